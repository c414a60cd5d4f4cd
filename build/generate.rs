//! Running progenitor.

use std::any::Any;
use std::panic;

use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::quote;
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::{Value, json};

use super::document::{METHODS, below, entries, object_mut};
use super::names;
use super::prepare::TYPES;
use super::problem::{Problem, Result};

/// Runs progenitor on a prepared document. If it fails and its error has no place, this function searches for a part of the
/// document without which it succeeds, and reports that part as the place.
pub(crate) fn run_progenitor(document: &Value) -> Result<syn::File> {
    let operations = entries(document, "/paths").flat_map(|(path, item)| {
        let methods = entries(item, "").filter(|(method, _)| METHODS.contains(&method.as_str()));
        methods.map(move |(method, _)| (below("/paths", path), method))
    });
    let components = entries(document, "/components/schemas").map(|(name, _)| ("/components/schemas".to_owned(), name));
    let is_culprit = |(holder, name): &(String, &String)| {
        let mut without = document.clone();
        let removed = object_mut(&mut without, holder).and_then(|map| {
            if holder.starts_with("/paths") { map.remove(*name) } else { map.insert((*name).clone(), json!({})) }
        });
        removed.is_some() && try_progenitor(&without).is_ok()
    };
    let mut file = try_progenitor(document).map_err(|problem| {
        let culprit = || operations.chain(components).find(is_culprit);
        problem.or_at(|| culprit().map(|(holder, name)| below(&format!("#{holder}"), name)))
    })?;
    names::rename_client(&mut file)?;
    Ok(file)
}

fn try_progenitor(document: &Value) -> Result<syn::File> {
    let document = serde_path_to_error::deserialize(document).map_err(|error| {
        let remedy = "make it a valid OpenAPI 3.0 document (`npx @redocly/cli lint`)";
        Problem::new("", format!("{error}"), remedy)
    })?;
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::call::hook::Hook))
        .with_derive("PartialEq");
    for (_, private, ty) in TYPES {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some(private.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, ty, std::iter::empty());
    }
    let remedy = "simplify that part of the document, or extend build/prepare.rs";
    let tokens = panic::catch_unwind(|| Generator::new(&settings).generate_tokens(&document))
        .map_err(|panic| Problem::new("", format!("progenitor panicked: {}", panic_message(&*panic)), remedy))?
        .map_err(|error| Problem::new("", format!("progenitor refused the document: {error}"), remedy))?;
    syn::parse2(tokens).map_err(|error| Problem::new("", format!("progenitor wrote invalid Rust: {error}"), remedy))
}

/// Returns the first line of a panic's message.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let message = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    message.and_then(|message| message.lines().next()).unwrap_or("no reason given")
}
