//! Changing the generated syntax tree so that types can grow without breaking their users: open enums and
//! `#[non_exhaustive]`; and so that fields keep the names that the document gives them.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};
use syn::parse_quote;

use super::Prepared;
use super::builders::{Builder, Field};
use super::problem::{Problem, Result};
use super::rules::identifier;

/// The types of lists and maps, which read `null` as empty.
const LISTS: [&str; 3] = [":: std :: vec :: Vec", ":: std :: collections :: HashMap", ":: serde_json :: Map"];

/// Polishes the file that progenitor wrote. Returns the builders that its types need.
pub(crate) fn polish(file: &mut syn::File, prepared: &Prepared) -> Result<Vec<Builder>> {
    let mut builders = Vec::new();
    for item in &mut file.items {
        match item {
            syn::Item::Mod(syn::ItemMod { ident, content: Some((_, items)), .. }) if ident == "types" => {
                builders.extend(polish_types(items, prepared)?);
            }
            // This constructor panics where TLS cannot be set up.
            syn::Item::Impl(block) if !prepared.methods.contains_key("new") => {
                block.items.retain(|item| !is_named(item, "new"));
            }
            _ => {}
        }
    }
    Ok(builders)
}

fn is_named(item: &syn::ImplItem, name: &str) -> bool {
    matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == name)
}

/// Parses generated code.
pub(crate) fn parse_file(tokens: TokenStream) -> Result<syn::File> {
    syn::parse2(tokens).map_err(|error| Problem::new("", format!("invalid Rust: {error}"), "correct build/"))
}

fn polish_types(all: &mut Vec<syn::Item>, prepared: &Prepared) -> Result<Vec<Builder>> {
    let (mut enums, mut builders, mut named) = (BTreeMap::new(), Vec::new(), Vec::new());
    for item in all.iter_mut() {
        match item {
            syn::Item::Struct(item) => {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
                let syn::Fields::Named(fields) = &mut item.fields else { continue };
                named.push(named_impl(&item.ident, fields));
                let fields = fields.named.iter_mut().filter_map(|field| polish_field(field, &item.ident, prepared));
                builders.push(Builder { ty: item.ident.clone(), fields: fields.collect() });
            }
            syn::Item::Enum(item) if item.variants.iter().all(|variant| variant.fields.is_empty()) => {
                let name = item.ident.to_string();
                enums.insert(name.clone(), open_enum(item, prepared.variants.get(&name))?);
            }
            _ => {}
        }
    }
    // The generated code for closed enums is replaced by code for open enums.
    all.retain(|item| match item {
        syn::Item::Impl(block) => !enums.contains_key(&block.self_ty.to_token_stream().to_string()),
        _ => true,
    });
    for tokens in enums.into_values() {
        all.extend(parse_file(tokens)?.items);
    }
    all.extend(named);
    Ok(builders)
}

/// Returns the code that lists the names of a type's fields in JSON.
fn named_impl(ty: &Ident, fields: &syn::FieldsNamed) -> syn::Item {
    let names = fields.named.iter().filter(|field| serde_attribute(&field.attrs, "flatten").is_none()).map(json_name);
    parse_quote! {
        impl crate::model::generated::Named for #ty {
            const FIELDS: &'static [&'static str] = &[#(#names),*];
        }
    }
}

/// Returns the name of a field in JSON.
fn json_name(field: &syn::Field) -> String {
    let name = || field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    serde_attribute(&field.attrs, "rename").unwrap_or_else(name)
}

/// Returns the text given for a serde attribute of a field or variant, such as `rename`; empty for one without a text.
pub(crate) fn serde_attribute(attributes: &[syn::Attribute], name: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            let value = meta.value().and_then(syn::parse::ParseBuffer::parse::<syn::LitStr>);
            if meta.path.is_ident(name) {
                found = Some(value.map_or(String::new(), |value| value.value()));
            }
            Ok(())
        });
    }
    found
}

/// Removes the documentation of a field or variant and returns it.
fn take_doc(attributes: &mut Vec<syn::Attribute>) -> Option<String> {
    let index = attributes.iter().position(|attribute| attribute.path().is_ident("doc"))?;
    let syn::Meta::NameValue(meta) = attributes.remove(index).meta else { return None };
    syn::parse2::<syn::LitStr>(meta.value.to_token_stream()).ok().map(|doc| doc.value())
}

/// Polishes a field and returns it in the form that the builder needs.
fn polish_field(field: &mut syn::Field, owner: &Ident, prepared: &Prepared) -> Option<Field> {
    let mut name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let json = json_name(field);
    if let Some(own) = prepared.field_names.get(&(owner.to_string(), json.clone())) {
        name.clone_from(own);
        field.ident = Some(format_ident!("{own}"));
    }
    let is_extra = serde_attribute(&field.attrs, "flatten").is_some();
    if is_extra {
        let writer = format!("crate::model::generated::extra::<{owner}, _>");
        field.attrs.insert(0, parse_quote!(#[serde(serialize_with = #writer)]));
    }
    let doc = match take_doc(&mut field.attrs) {
        _ if is_extra => "Fields that this version does not know, kept as they came.".to_owned(),
        Some(doc) if json == name => doc,
        Some(doc) => format!("{doc}\n\nJSON: `{json}`."),
        None => format!("`{json}`."),
    };
    field.attrs.insert(0, parse_quote!(#[doc = #doc]));
    let has_default = is_extra || serde_attribute(&field.attrs, "default").is_some();
    let doc = if is_extra { "Sets further fields. None of them may be a field of the type.".to_owned() } else { doc };
    let of_builder = Field::new(field.ident.as_ref()?, doc, &field.ty, has_default);
    let ty = field.ty.to_token_stream().to_string();
    let place = (owner.to_string(), json.clone());
    if ty == "crate :: Secret" {
        field.attrs.push(parse_quote!(#[serde(default, skip_serializing_if = "crate::Secret::is_absent")]));
    }
    if prepared.null_fields.contains(&place) {
        field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        if json != name {
            field.attrs.push(parse_quote!(#[serde(rename = #json)]));
        }
    }
    let reader = if prepared.tolerant_fields.contains(&place) {
        "or_default"
    } else if prepared.rules.iter().any(|rules| ty == format!(":: std :: option :: Option < {} >", rules.ty)) {
        // A server may return an optional object without its required fields, such as `{}`.
        "if_whole"
    } else if !is_extra && LISTS.iter().any(|list| ty.starts_with(list)) {
        "null_as_empty"
    } else {
        return Some(of_builder);
    };
    let has_default = reader == "null_as_empty" || serde_attribute(&field.attrs, "default").is_some();
    let default = (!has_default).then(|| quote!(default,));
    let reader = format!("crate::model::generated::{reader}");
    field.attrs.push(parse_quote!(#[serde(#default deserialize_with = #reader)]));
    Some(of_builder)
}

/// Adds the variant for values that are not in the document, and the code for it.
fn open_enum(item: &mut syn::ItemEnum, names: Option<&BTreeMap<String, String>>) -> Result<TokenStream> {
    let (mut variants, mut values) = (Vec::new(), Vec::new());
    for variant in &mut item.variants {
        let value = serde_attribute(&variant.attrs, "rename").unwrap_or_else(|| variant.ident.to_string());
        let doc = take_doc(&mut variant.attrs).unwrap_or_else(|| format!("`{value}`"));
        variant.ident = match names.and_then(|names| names.get(&value)) {
            Some(name) => identifier(name, "")?,
            None if variant.ident == "Other" => format_ident!("OtherValue"),
            None => variant.ident.clone(),
        };
        variant.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        variant.attrs.push(parse_quote!(#[doc = #doc]));
        if variant.ident != value {
            variant.attrs.push(parse_quote!(#[serde(rename = #value)]));
        }
        variants.push(variant.ident.clone());
        values.push(value);
    }
    for attribute in item.attrs.iter_mut().filter(|attribute| attribute.path().is_ident("derive")) {
        *attribute = parse_quote! {
            #[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        };
    }
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    item.variants.push(parse_quote! {
        /// A value that this version does not know, kept as it came.
        #[serde(untagged)]
        Other(::std::string::String)
    });
    Ok(enum_impls(&item.ident, &variants, &values))
}

fn enum_impls(name: &Ident, variants: &[Ident], values: &[String]) -> TokenStream {
    quote! {
        impl #name {
            /// Returns the value as it is written in JSON.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Other(value) => value,
                }
            }
        }
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::Other(value.to_owned()),
                }
            }
        }
        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;
            fn from_str(value: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }
    }
}
