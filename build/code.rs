//! Writes the code that progenitor does not generate: the rule tables, and an implementation of `Resource` for every kind.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::Prepared;
use super::kinds::{self, Kind};
use super::regions::region_code;
use super::rules::{Rules, table_name};

/// Returns the code to append to the generated file.
pub(crate) fn additions(prepared: &Prepared) -> TokenStream {
    let (rules, regions) = (rules_code(&prepared.rules), region_code(&prepared.regions));
    let impls = prepared.kinds.iter().map(kind_code);
    let tables = prepared.kinds.iter().map(|kind| table_name(&kind.properties));
    let (methods, operations) = (prepared.methods.keys(), prepared.methods.values().map(|operation| &operation.id));
    quote! {
        #rules
        /// The facts of the document about each kind.
        mod kinds {
            use super::{rules, types};
            use crate::model::kind::{Kind, Names, Operations, Resource, Segment};
            #(#impls)*
        }
        /// The methods of the generated client, with their operationIds.
        pub(crate) static OPERATIONS: &[(&str, &str)] = &[#((#methods, #operations)),*];
        /// The kinds of resources, parents first.
        pub(crate) static KINDS: &[&crate::model::kind::Kind] = &[#(&kinds::#tables),*];
        #regions
    }
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
    let (accessors, inherent) = (accessors(kind), inherent_impls(kind));
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
        #inherent
    }
}

/// Returns the functions of `Resource` that read responses.
fn accessors(kind: &Kind) -> TokenStream {
    let map = quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>);
    let (id, metadata, properties) =
        (field_name(kinds::ID), field_name(kinds::METADATA), field_name(kinds::PROPERTIES));
    let (status, items) = (field_name(kinds::STATUS), field_name(kinds::ITEMS));
    // `From` works for an optional field and for a required field.
    let optional = |is_there: bool, field: &str, ty: TokenStream| {
        let field = field_name(field);
        let of_read = quote!(::std::option::Option::<&#ty>::from(&read.#metadata.#field));
        if is_there { of_read } else { quote!(None::<&#ty>) }
    };
    let message = quote!(::std::string::String);
    let message = optional(kind.has_status_message, kinds::STATUS_MESSAGE, message);
    let modified = optional(kind.has_last_modified, kinds::LAST_MODIFIED, quote!(crate::Timestamp));
    quote! {
        fn id(read: &Self::Read) -> ::uuid::Uuid { read.#id }
        fn properties(read: &Self::Read) -> &Self { &read.#properties }
        fn metadata(read: &Self::Read) -> ::serde_json::Value {
            ::serde_json::to_value(&read.#metadata).unwrap_or_default()
        }
        fn status(read: &Self::Read) -> &types::Status { &read.#metadata.#status }
        fn status_message(read: &Self::Read) -> Option<&str> { #message.map(::std::string::String::as_str) }
        fn last_modified(read: &Self::Read) -> Option<&crate::Timestamp> { #modified }
        fn extra(read: &Self::Read) -> &#map { &read.extra }
        fn metadata_extra(read: &Self::Read) -> &#map { &read.#metadata.extra }
        fn items(list: Self::List) -> Vec<Self::Read> { list.#items }
    }
}

/// Returns the inherent methods of the properties and the resource of a kind.
fn inherent_impls(kind: &Kind) -> TokenStream {
    let (properties, read) = (type_name(&kind.properties), type_name(&kind.read));
    quote! {
        impl types::#properties {
            /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()).
            #[must_use]
            pub fn drift_from(&self, actual: &Self) -> crate::Drift { crate::drift(self, actual) }
        }
        impl types::#read {
            /// Returns the status that the server reports.
            #[must_use]
            pub fn status(&self) -> &types::Status { <types::#properties as Resource>::status(self) }
        }
        impl ::std::convert::From<&types::#read> for crate::Target {
            fn from(read: &types::#read) -> Self {
                let modified = <types::#properties as Resource>::last_modified(read).cloned();
                Self::new(<types::#properties as Resource>::id(read), modified)
            }
        }
    }
}
