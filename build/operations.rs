//! Operations: their names and parameters, and the responses and bodies that the generator can take.

use std::collections::BTreeMap;

use heck::ToSnakeCase;
use serde_json::{Value, json};

use super::document::{METHODS, Object, below, effective, elements, entries, resolve, str_at, strings};
use super::problem::{Problem, Result};

/// An operation: its place in the document and its operationId.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) place: String,
    pub(crate) id: String,
}

/// Returns the operations by the names of their methods.
pub(crate) fn methods(document: &Value) -> Result<BTreeMap<String, Operation>> {
    check_spelling(document)?;
    let mut methods: BTreeMap<String, Operation> = BTreeMap::new();
    for (path, item) in entries(document, "/paths") {
        let place = below("#/paths", path);
        check_parameters(document, item, &place)?;
        for (method, operation) in entries(item, "").filter(|(method, _)| METHODS.contains(&method.as_str())) {
            let place = format!("{place}/{method}");
            let Some(id) = str_at(operation, "operationId").filter(|id| !id.is_empty()) else {
                return Err(Problem::new(place, "no operationId", "give the operation one: it names the method"));
            };
            check_parameters(document, operation, &place)?;
            let operation = Operation { place: place.clone(), id: id.to_owned() };
            if let Some(other) = methods.insert(id.to_snake_case(), operation) {
                let found = format!("the operationId {id:?} is also used by {}", other.place);
                return Err(Problem::new(place, found, "give one of them another operationId"));
            }
        }
    }
    Ok(methods)
}

/// Returns the last segment of a path.
pub(crate) fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Refuses paths that are listed in the `x-misspellings` of another path.
fn check_spelling(document: &Value) -> Result<()> {
    for (correct, item) in entries(document, "/paths") {
        for misspelling in strings(item, "/x-misspellings") {
            let mut paths = entries(document, "/paths").map(|(path, _)| path);
            if let Some(path) = paths.find(|path| path.split('/').any(|segment| segment == misspelling)) {
                let found =
                    format!("the path is misspelt: `{misspelling}` is one of the `x-misspellings` of {correct}");
                let remedy = format!("write `{}`", last_segment(correct));
                return Err(Problem::new(below("#/paths", path), found, remedy));
            }
        }
    }
    Ok(())
}

/// Refuses path parameters that are not UUIDs.
fn check_parameters(document: &Value, holder: &Value, place: &str) -> Result<()> {
    for (index, parameter) in elements(holder, "/parameters").enumerate() {
        let parameter = resolve(document, parameter);
        let schema = parameter.get("schema").map(|schema| effective(document, schema));
        let format = schema.as_ref().and_then(|schema| str_at(schema, "format"));
        if str_at(parameter, "in") == Some("path") && format != Some("uuid") {
            let name = str_at(parameter, "name").unwrap_or_default();
            return Err(Problem::new(
                format!("{place}/parameters/{index}"),
                format!("the path parameter {name:?} is not a UUID, and any other text in a path can lead elsewhere"),
                "give its schema `\"format\": \"uuid\"`",
            ));
        }
    }
    Ok(())
}

fn operations_mut(document: &mut Value) -> impl Iterator<Item = (String, &mut Object)> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let place = below("#/paths", path);
        let methods = item.as_object_mut().into_iter().flatten();
        methods
            .filter(|(method, _)| METHODS.contains(&method.as_str()))
            .filter_map(move |(method, operation)| Some((format!("{place}/{method}"), operation.as_object_mut()?)))
    })
}

/// Keeps the JSON media type alone, which must have a schema.
fn keep_json(holder: &mut Value, place: &str, what: &str) -> Result<()> {
    let Some(content) = holder.get_mut("content").and_then(Value::as_object_mut) else { return Ok(()) };
    let is_json = |name: &str| name == "application/json" || name.starts_with("application/json;");
    let whole = std::mem::take(content);
    let was_empty = whole.is_empty();
    let media = whole.into_iter().find(|(name, media)| is_json(name) && media.get("schema").is_some());
    content.extend(media.map(|(_, media)| ("application/json".to_owned(), media)));
    if content.is_empty() && !was_empty {
        let found = format!("{what} has no JSON schema");
        return Err(Problem::new(place, found, "describe it under `application/json` with a schema"));
    }
    Ok(())
}

/// Keeps only the successful responses of each operation, as one `2XX`, so that every other response reaches the caller
/// with its status, headers and body.
pub(crate) fn keep_successes(document: &mut Value) -> Result<()> {
    let original = document.clone();
    for (place, operation) in operations_mut(document) {
        let place = format!("{place}/responses");
        let mut kept: Option<(String, Value)> = None;
        let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
        for (code, response) in responses.filter(|(code, _)| code.starts_with('2')) {
            let mut response = resolve(&original, response).clone();
            keep_json(&mut response, &place, &format!("the body of {code}"))?;
            let body = |response: &Value| response.pointer("/content/application~1json/schema").cloned();
            match &kept {
                Some((other, first)) if body(first) != body(&response) => {
                    let found = format!("the bodies of {other} and {code} differ, and a method returns one type");
                    return Err(Problem::new(place, found, "give both the same schema, or drop one"));
                }
                Some(_) => {}
                None => kept = Some((code.clone(), response)),
            }
        }
        let Some((_, response)) = kept else {
            let found = "no 2xx response, so the type of a success is not known";
            return Err(Problem::new(place, found, "document the successful code (`default` is used for errors)"));
        };
        operation.insert("responses".to_owned(), json!({ "2XX": response }));
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("responses");
    }
    Ok(())
}

/// Keeps only the JSON media type of each request body.
pub(crate) fn keep_json_bodies(document: &mut Value) -> Result<()> {
    let original = document.clone();
    for (place, operation) in operations_mut(document) {
        let Some(body) = operation.get_mut("requestBody") else { continue };
        *body = resolve(&original, body).clone();
        keep_json(body, &format!("{place}/requestBody"), "the request body")?;
    }
    Ok(())
}
