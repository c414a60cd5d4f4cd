//! Generating the builders of the types. The type of a builder has one parameter for each required field, so that
//! `build` compiles only once all of them are set.
//!
//! A derive macro would do the same. In a measurement, the macro took a fifth of the time that this crate adds to a first
//! build.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// The types whose setters accept any value that can be converted into the type (`impl Into<T>`).
const CONVERTED: [&str; 2] = [":: std :: string :: String", "crate :: Secret"];

/// A field of a type with a builder.
pub(crate) struct Field {
    name: Ident,
    setter: Ident,
    doc: String,
    ty: syn::Type,
    need: Need,
}

#[derive(PartialEq)]
enum Need {
    Required,
    /// The type of the field is an `Option`.
    Optional,
    /// The field starts with the default value of its type.
    Defaulted,
}

/// A type with a builder.
pub(crate) struct Builder {
    pub(crate) ty: Ident,
    pub(crate) fields: Vec<Field>,
}

impl Field {
    pub(crate) fn new(name: &Ident, doc: String, ty: &syn::Type, has_default: bool) -> Self {
        // The builder has methods of these names itself.
        let is_taken = name == "build" || name.to_string().starts_with("maybe_");
        let (ty, need) = match inner_type(ty) {
            Some(inner) => (inner, Need::Optional),
            None if has_default => (ty, Need::Defaulted),
            None => (ty, Need::Required),
        };
        let setter = if is_taken { format_ident!("set_{name}") } else { name.clone() };
        Self { name: name.clone(), setter, doc, ty: ty.clone(), need }
    }

    /// Returns the parameter of the builder that says whether the field is set. No type of the document has such a name.
    fn parameter(&self) -> Option<Ident> {
        (self.need == Need::Required).then(|| format_ident!("has_{}", self.name))
    }

    /// Returns what a new builder holds for the field.
    fn start(&self) -> TokenStream {
        let name = &self.name;
        match self.need {
            Need::Required => quote!(missing::#name),
            Need::Optional | Need::Defaulted => quote!(::std::default::Default::default()),
        }
    }

    /// Returns the type of what a builder holds for the field.
    fn held_type(&self) -> TokenStream {
        let (parameter, ty) = (self.parameter(), &self.ty);
        match self.need {
            Need::Required => quote!(#parameter),
            Need::Optional => quote!(::std::option::Option<#ty>),
            Need::Defaulted => quote!(#ty),
        }
    }

    /// Returns the code in `build` for the value of the field.
    fn value(&self) -> TokenStream {
        let name = &self.name;
        match self.need {
            Need::Required => quote!(state::IsSet::value(self.#name)),
            Need::Optional | Need::Defaulted => quote!(self.#name),
        }
    }

    /// Returns the type of the setter's argument `value`, the code that converts the argument, and the code that converts an
    /// `Option` of it.
    fn argument(&self) -> (TokenStream, TokenStream, TokenStream) {
        let ty = &self.ty;
        if CONVERTED.contains(&ty.to_token_stream().to_string().as_str()) {
            let into = quote!(::std::convert::Into::into);
            (quote!(impl ::std::convert::Into<#ty>), quote!(#into(value)), quote!(value.map(#into)))
        } else {
            (quote!(#ty), quote!(value), quote!(value))
        }
    }

    /// Returns the setters of a field that need not be set.
    fn setters(&self) -> TokenStream {
        let Self { name, setter, doc, .. } = self;
        let maybe = format_ident!("maybe_{name}");
        let (argument, value, option) = self.argument();
        let (value, option, otherwise) = if self.need == Need::Optional {
            (quote!(::std::option::Option::Some(#value)), option, "leaves the field out")
        } else {
            (value, quote!(#option.unwrap_or_default()), "makes the field empty")
        };
        let of_maybe = format!("Sets [`{setter}`](Self::{setter}), or {otherwise} if there is no value.");
        quote! {
            #[doc = #doc]
            pub fn #setter(mut self, value: #argument) -> Self {
                self.#name = #value;
                self
            }
            #[doc = #of_maybe]
            pub fn #maybe(mut self, value: ::std::option::Option<#argument>) -> Self {
                self.#name = #option;
                self
            }
        }
    }
}

/// Returns `T` of an `Option<T>`.
fn inner_type(ty: &syn::Type) -> Option<&syn::Type> {
    let syn::Type::Path(path) = ty else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first() {
        Some(syn::GenericArgument::Type(inner)) => Some(inner),
        _ => None,
    }
}

impl Builder {
    fn code(&self) -> TokenStream {
        let Self { ty, fields } = self;
        let builder = format_ident!("{ty}Builder");
        let required: Vec<_> = fields.iter().filter(|field| field.need == Need::Required).collect();
        let parameters: Vec<_> = fields.iter().filter_map(Field::parameter).collect();
        let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
        let list: Vec<_> = required.iter().map(|field| format!("[`{0}`]({builder}::{0})", field.setter)).collect();
        let doc = match list.as_slice() {
            [] => "Returns a builder. No field is required.".to_owned(),
            list => format!("Returns a builder. Required: {}.", list.join(", ")),
        };
        let about = format!("A builder for [`{ty}`].");
        let starts = fields.iter().map(Field::start);
        let types = fields.iter().map(Field::held_type);
        let values = fields.iter().map(Field::value);
        let missing = required.iter().map(|field| &field.name);
        let bounds = required.iter().map(|field| {
            let (parameter, ty) = (field.parameter(), &field.ty);
            quote!(#parameter: state::IsSet<#ty>)
        });
        let other_setters = fields.iter().filter(|field| field.need != Need::Required).map(Field::setters);
        let required_setters = required.iter().map(|field| self.required_setter(&builder, field));
        quote! {
            impl types::#ty {
                #[doc = #doc]
                pub fn builder() -> #builder {
                    #builder { #(#names: #starts,)* }
                }
            }
            #[doc = #about]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct #builder<#(#parameters = missing::#missing,)*> {
                #(#names: #types,)*
            }
            impl<#(#parameters,)*> #builder<#(#parameters,)*> {
                #(#required_setters)*
                #(#other_setters)*
                /// Returns the value. Compiles only if each required field is set.
                #[must_use]
                pub fn build(self) -> #ty where #(#bounds,)* {
                    #ty { #(#names: #values,)* }
                }
            }
        }
    }

    /// Returns the setter of a required field.
    fn required_setter(&self, builder: &Ident, field: &Field) -> TokenStream {
        let Field { name, setter, doc, ty, .. } = field;
        let parameters = self.fields.iter().filter_map(|other| {
            let parameter = other.parameter()?;
            Some(if other.name == *name { quote!(state::Set<#ty>) } else { quote!(#parameter) })
        });
        let others = self.fields.iter().map(|other| &other.name).filter(|other| *other != name);
        let (argument, value, _) = field.argument();
        quote! {
            #[doc = #doc]
            pub fn #setter(self, value: #argument) -> #builder<#(#parameters,)*> {
                #builder { #name: state::Set(#value), #(#others: self.#others,)* }
            }
        }
    }
}

/// Returns the code of the builders.
pub(crate) fn code(builders: &[Builder]) -> TokenStream {
    let fields = builders.iter().flat_map(|builder| &builder.fields);
    let required = fields.filter(|field| field.need == Need::Required);
    let missing: BTreeSet<_> = required.map(|field| &field.name).collect();
    let docs = missing.iter().map(|name| format!("The required field `{name}` is not set."));
    let code = builders.iter().map(Builder::code);
    quote! {
        /// The states of required fields that are not set. Each has the name of its field, so that the compiler names the
        /// field that is missing.
        pub mod missing {
            #(#[doc = #docs] pub struct #missing;)*
        }
        #(#code)*
    }
}
