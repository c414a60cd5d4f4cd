//! Writes the code that progenitor does not generate: the rule tables, and an implementation of `Resource` for every kind.

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::Prepared;
use super::kinds::{self, Kind};
use super::regions::region_code;
use super::rules::{Rules, table_name};

/// Returns the code to append to the generated file.
pub(crate) fn additions(file: &syn::File, prepared: &Prepared) -> TokenStream {
    let (rules, regions) = (rules_code(&prepared.rules), region_code(&prepared.regions));
    let impls = prepared.kinds.iter().map(|kind| kind_code(file, kind));
    let tables = prepared.kinds.iter().map(|kind| table_name(&kind.properties));
    quote! {
        #rules
        /// The facts of the document about each kind, and the code to call its operations.
        mod kinds {
            use super::{RawApi, RawError, ResponseValue, rules, types};
            use crate::model::kind::{Kind, Operations, Resource, Segment};
            #(#impls)*
        }
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
fn kind_code(file: &syn::File, kind: &Kind) -> TokenStream {
    let properties_field = kinds::PROPERTIES;
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
    let calls = purposes.iter().zip(ids).map(|(purpose, id)| call(file, id, purpose, parents));
    let (accessors, inherent) = (accessors(kind), inherent_impls(kind));
    quote! {
        pub(super) static #table: Kind = Kind {
            name: #name,
            path: &[#(#segments),*],
            operations: Operations { #(#purposes: #ids),* },
            properties: #properties_field,
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
            #(#calls)*
            #accessors
        }
        #inherent
    }
}

/// Returns the functions of `Resource` that build bodies and read responses.
fn accessors(kind: &Kind) -> TokenStream {
    let map = quote!(::serde_json::Map<::std::string::String, ::serde_json::Value>);
    let (id, metadata, properties) =
        (field_name(kinds::ID), field_name(kinds::METADATA), field_name(kinds::PROPERTIES));
    let (status, items) = (field_name(kinds::STATUS), field_name(kinds::ITEMS));
    let (items_name, id_name, offset_name, limit_name) = (kinds::ITEMS, kinds::ID, kinds::OFFSET, kinds::LIMIT);
    let sent = |name: Option<&str>| name.map(type_name).map(|ty| quote!(.#metadata(types::#ty(metadata))));
    let (ensure_metadata, create_metadata) = (sent(kind.ensure_metadata), sent(kind.create_metadata));
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
        fn ensure_body(id: ::uuid::Uuid, properties: Self, metadata: #map, extra: #map) -> Self::Ensure {
            let properties = crate::model::drift::without_read_only(properties);
            Self::Ensure::builder().#id(id).#properties(properties)#ensure_metadata.extra(extra).build()
        }
        fn create_body(properties: Self, metadata: #map) -> Self::Create {
            let properties = crate::model::drift::without_read_only(properties);
            Self::Create::builder().#properties(properties)#create_metadata.build()
        }
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
        fn raw_items(list: &mut ::serde_json::Value) -> Option<::serde_json::Value> {
            // An empty list may leave out its items. Any other object is not a list.
            let is_list = list.get(#offset_name).is_some() || list.get(#limit_name).is_some();
            let absent = is_list.then(|| ::serde_json::Value::Array(::std::vec::Vec::new()));
            list.get_mut(#items_name).map(::serde_json::Value::take).or(absent)
        }
        fn raw_id(element: &::serde_json::Value) -> Option<&::serde_json::Value> { element.get(#id_name) }
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

/// Returns the function of `Resource` that calls an operation. The parameters of the method and their order are read
/// from the generated code. [`check`](super::check) reports a missing method.
fn call(file: &syn::File, operation_id: &str, purpose: &Ident, parents: usize) -> TokenStream {
    let (takes, returns) = match purpose.to_string().as_str() {
        "ensure" => (quote!(id: &'a ::uuid::Uuid, body: &'a Self::Ensure), quote!(Self::Read)),
        "create" => (quote!(body: &'a Self::Create), quote!(Self::Read)),
        "list" => (quote!(offset: i64, limit: i64), quote!(Self::List)),
        "delete" => (quote!(id: &'a ::uuid::Uuid), quote!(())),
        _ => (quote!(id: &'a ::uuid::Uuid), quote!(Self::Read)),
    };
    let (function, method) = (format_ident!("call_{purpose}"), format_ident!("{}", operation_id.to_snake_case()));
    let parents: Vec<_> = (1..=parents).map(|number| format_ident!("parent_{number}")).collect();
    let mut ids = parents.iter().map(ToTokens::to_token_stream).chain([quote!(id)]);
    let mut arguments = Vec::new();
    for input in inputs(file, &method).skip(1) {
        let syn::FnArg::Typed(syn::PatType { pat, ty, .. }) = input else { continue };
        let is_optional = ty.to_token_stream().to_string().starts_with("Option");
        arguments.push(match pat.to_token_stream().to_string().as_str() {
            "body" if matches!(purpose.to_string().as_str(), "ensure" | "create") => quote!(body),
            kinds::OFFSET | kinds::LIMIT if is_optional => quote!(Some(#pat)),
            kinds::OFFSET | kinds::LIMIT => quote!(#pat),
            _ if is_optional => quote!(None),
            _ => ids.next().unwrap_or_default(),
        });
    }
    quote! {
        fn #function<'a>(
            api: &'a RawApi, parents: &'a Self::Parents, #takes
        ) -> impl ::std::future::Future<Output = Result<ResponseValue<#returns>, RawError<()>>> + Send + 'a {
            async move {
                let [#(#parents),*] = parents;
                api.#method(#(#arguments),*).await
            }
        }
    }
}

/// Returns the parameters of a client method.
fn inputs<'a>(file: &'a syn::File, method: &Ident) -> impl Iterator<Item = &'a syn::FnArg> {
    let blocks = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(block) if block.trait_.is_none() => Some(&block.items),
        _ => None,
    });
    let inputs = blocks.flatten().find_map(|item| match item {
        syn::ImplItem::Fn(function) if function.sig.ident == *method => Some(&function.sig.inputs),
        _ => None,
    });
    inputs.into_iter().flatten()
}
