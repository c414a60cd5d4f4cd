//! Writes the code that progenitor does not generate: the rule tables, and an implementation of `Resource` for every kind.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Prepared;
use super::kinds::{self, Kind};
use super::names::CLIENT;
use super::polish::parse_file;
use super::problem::Result;
use super::regions::region_code;
use super::rules::{Rules, table_name};

/// Returns the code to append to the generated file.
pub(crate) fn additions(prepared: &Prepared) -> TokenStream {
    let (rules, regions) = (rules_code(&prepared.rules), region_code(&prepared.regions));
    let impls = prepared.kinds.iter().map(kind_code);
    let tables = prepared.kinds.iter().map(|kind| table_name(&kind.properties));
    quote! {
        #rules
        /// The facts of the document about each kind.
        mod kinds {
            use super::{rules, types};
            use crate::model::kind::{Kind, Names, Operations, Resource, ResourceRead, Segment};
            #(#impls)*
        }
        /// The kinds of resources, parents first.
        pub(crate) static KINDS: &[&crate::model::kind::Kind] = &[#(&kinds::#tables),*];
        #regions
    }
}

/// Moves the client, and what it imports, out of the file, which keeps the modules, the tables and the regions. The client uses
/// code that depends on the types.
pub(crate) fn split_client(file: &mut syn::File, prepared: &Prepared) -> Result<syn::File> {
    let (methods, operations) = (prepared.methods.keys(), prepared.methods.values().map(|operation| &operation.id));
    let mut client = parse_file(quote! {
        /// The methods of the client, with their operationIds.
        pub(crate) static OPERATIONS: &[(&str, &str)] = &[#((#methods, #operations)),*];
    })?;
    let is_of_client = |item: &mut syn::Item| match item {
        syn::Item::Use(_) | syn::Item::Const(_) => true,
        syn::Item::Struct(item) => item.ident == CLIENT,
        syn::Item::Impl(block) => matches!(&*block.self_ty, syn::Type::Path(ty) if ty.path.is_ident(CLIENT)),
        _ => false,
    };
    client.items.extend(file.items.extract_if(.., is_of_client));
    Ok(client)
}

fn rules_code(rules: &[Rules]) -> TokenStream {
    let (tables, types) = (rules.iter().map(|rules| &rules.table), rules.iter().map(|rules| &rules.ty));
    let (tables, types) = (tables.collect::<Vec<_>>(), types.collect::<Vec<_>>());
    let codes = rules.iter().map(|rules| &rules.code);
    quote! {
        /// The rules of every object.
        mod rules {
            use crate::model::format;
            use crate::model::rule::{Field, Object, Rule};
            #(pub(super) static #tables: Object = #codes;)*
        }
        #(
            impl crate::model::Sealed for types::#types {}
            impl crate::Validate for types::#types {
                const RULES: &'static crate::model::rule::Object = &rules::#tables;
            }
        )*
    }
}

fn type_name(component: &str) -> Ident {
    format_ident!("{}", component.to_upper_camel_case())
}

fn field_name(json: &str) -> Ident {
    format_ident!("{}", json.to_snake_case())
}

/// Returns the static description of a kind, its implementation of `Resource`, and additional methods of its types.
fn kind_code(kind: &Kind) -> TokenStream {
    let [id, properties_name, metadata] = [kinds::ID, kinds::PROPERTIES, kinds::METADATA];
    let [items, offset, limit] = [kinds::ITEMS, kinds::OFFSET, kinds::LIMIT];
    let status_message = if kind.has_status_message {
        let name = kinds::STATUS_MESSAGE;
        quote!(Some(#name))
    } else {
        quote!(None)
    };
    let Kind { name, page_size, max_page_size, sample_type, sample_metadata, .. } = kind;
    let (table, properties) = (table_name(&kind.properties), type_name(&kind.properties));
    let (ensure_rules, create_rules) = (table_name(&kind.ensure), table_name(&kind.create));
    let [ensure, create, read, list] = [&kind.ensure, &kind.create, &kind.read, &kind.list].map(|name| type_name(name));
    let segments = kind.segments.iter();
    let segments = segments.map(|(name, others)| quote!(Segment { name: #name, misspellings: &[#(#others),*] }));
    let purposes = kinds::OPERATIONS.map(|(purpose, ..)| format_ident!("{purpose}"));
    let ids = &kind.operations;
    let parents = kind.segments.len().saturating_sub(1);
    let (accessors, read_impls) = (accessors(), read_impls(kind));
    quote! {
        pub(super) static #table: Kind = Kind {
            name: #name,
            path: &[#(#segments),*],
            operations: Operations { #(#purposes: #ids),* },
            names: Names {
                id: #id, properties: #properties_name, metadata: #metadata,
                items: #items, offset: #offset, limit: #limit,
            },
            page_size: #page_size,
            max_page_size: #max_page_size,
            ensure: &rules::#ensure_rules,
            create: &rules::#create_rules,
            status_message: #status_message,
            sample_type: #sample_type,
            sample_metadata: #sample_metadata,
        };
        impl Resource for types::#properties {
            type Parents = [::uuid::Uuid; #parents];
            type Ensure = types::#ensure;
            type Create = types::#create;
            type Read = types::#read;
            type List = types::#list;
            const KIND: &'static Kind = &#table;
            #accessors
        }
        #read_impls
    }
}

/// Returns the functions of `Resource` that read responses.
fn accessors() -> TokenStream {
    let map = quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>);
    let (metadata, items) = (field_name(kinds::METADATA), field_name(kinds::ITEMS));
    quote! {
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.#metadata).unwrap_or_default()
        }
        fn extra(read: &Self::Read) -> &#map { &read.extra }
        fn metadata_extra(read: &Self::Read) -> &#map { &read.#metadata.extra }
        fn items(list: Self::List) -> Vec<Self::Read> { list.#items }
    }
}

/// Returns the implementation of `ResourceRead`, and the inherent methods of the properties and the resource of a kind.
fn read_impls(kind: &Kind) -> TokenStream {
    let (ty, read) = (type_name(&kind.properties), type_name(&kind.read));
    let [id, metadata, properties, status] =
        [kinds::ID, kinds::METADATA, kinds::PROPERTIES, kinds::STATUS].map(field_name);
    // `From` works for an optional field and for a required field.
    let optional = |is_there: bool, field: &str, ty: TokenStream| {
        let field = field_name(field);
        let of_read = quote!(::std::option::Option::<&#ty>::from(&self.#metadata.#field));
        if is_there { of_read } else { quote!(None::<&#ty>) }
    };
    let message = optional(kind.has_status_message, kinds::STATUS_MESSAGE, quote!(::std::string::String));
    let modified = optional(kind.has_last_modified, kinds::LAST_MODIFIED, quote!(crate::Timestamp));
    quote! {
        impl ResourceRead for types::#read {
            type Properties = types::#ty;
            fn id(&self) -> ::uuid::Uuid { self.#id }
            fn properties(&self) -> &types::#ty { &self.#properties }
            fn status(&self) -> &types::Status { &self.#metadata.#status }
            fn status_message(&self) -> Option<&str> { #message.map(::std::string::String::as_str) }
            fn last_modified(&self) -> Option<&crate::Timestamp> { #modified }
        }
        impl types::#ty {
            /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
            #[must_use]
            pub fn drift_from(&self, actual: &Self) -> crate::Drift { crate::drift(self, actual) }
        }
        impl types::#read {
            /// Returns the status that the server reports.
            #[must_use]
            pub fn status(&self) -> &types::Status { &self.#metadata.#status }
        }
    }
}
