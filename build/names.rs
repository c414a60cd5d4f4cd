//! Renames types: components with an `x-rust-name`, and the generated client and its error, which must not be confused
//! with `Client` and `Error` of this crate.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use serde_json::Value;

use super::document::{below, entries, object_mut, schema_of, str_at};
use super::problem::{Problem, Result};
use super::rules::identifier;

/// The generated client.
pub(crate) const CLIENT: &str = "RawApi";
/// The error of its methods.
const ERROR: &str = "RawError";

/// Renames the components with an `x-rust-name`, and updates the references to them.
pub(crate) fn name_components(document: &mut Value) -> Result<()> {
    let mut names = BTreeMap::new();
    for (component, schema) in entries(document, "/components/schemas") {
        let Some(name) = str_at(schema, "x-rust-name") else { continue };
        let place = format!("{}/x-rust-name", below("#/components/schemas", component));
        identifier(name, &place)?;
        if name.to_upper_camel_case() != name {
            let found = format!("{name:?} is not written as the name of a type");
            return Err(Problem::new(place, found, format!("write `{}`", name.to_upper_camel_case())));
        }
        if schema_of(document, name).is_some() {
            let found = format!("{name:?} is also the name of a component");
            return Err(Problem::new(place, found, "give one of them another name"));
        }
        names.insert(component.clone(), name.to_owned());
    }
    if let Some(schemas) = object_mut(document, "/components/schemas") {
        for (component, name) in &names {
            let Some(mut schema) = schemas.remove(component) else { continue };
            schema.as_object_mut().and_then(|schema| schema.remove("x-rust-name"));
            schemas.insert(name.clone(), schema);
        }
    }
    let pointer = |name: &str| below("#/components/schemas", name);
    let references = names.iter().map(|(component, name)| (pointer(component), pointer(name))).collect();
    rename_references(document, &references);
    Ok(())
}

fn rename_references(value: &mut Value, names: &BTreeMap<String, String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(target)) = map.get_mut("$ref")
                && let Some(name) = names.get(target)
            {
                target.clone_from(name);
            }
            let members = map.iter_mut().filter(|(name, _)| !matches!(name.as_str(), "example" | "examples"));
            members.for_each(|(_, value)| rename_references(value, names));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| rename_references(value, names)),
        _ => {}
    }
}

/// Renames the client that progenitor wrote, and the error that it imports, outside the types of the document.
pub(crate) fn rename_client(file: &mut syn::File) -> Result<()> {
    let is_module = |item: &syn::Item, name: &str| matches!(item, syn::Item::Mod(module) if module.ident == name);
    // It contains only the old name.
    file.items.retain(|item| !is_module(item, "prelude"));
    for item in file.items.iter_mut().filter(|item| !is_module(item, "types")) {
        let tokens = renamed(item.to_token_stream(), matches!(item, syn::Item::Use(_)));
        *item = syn::parse2(tokens)
            .map_err(|error| Problem::new("", format!("invalid Rust: {error}"), "correct build/"))?;
    }
    Ok(())
}

/// Returns code in which the old names are replaced by the new names, except where they follow a path.
fn renamed(tokens: TokenStream, is_import: bool) -> TokenStream {
    let mut colons = 0;
    let renamed = tokens.into_iter().map(|token| {
        let follows_path = colons == 2;
        colons = if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ':') { colons + 1 } else { 0 };
        let (client, error) = (format_ident!("{CLIENT}"), format_ident!("{ERROR}"));
        match token {
            TokenTree::Group(group) => {
                let inner = renamed(group.stream(), is_import);
                Group::new(group.delimiter(), inner).to_token_stream()
            }
            TokenTree::Ident(name) if name == "Client" && !follows_path => quote!(#client),
            TokenTree::Ident(name) if name == "Error" && !follows_path && is_import => quote!(#name as #error),
            TokenTree::Ident(name) if name == "Error" && !follows_path => quote!(#error),
            token => token.to_token_stream(),
        }
    });
    renamed.collect()
}
