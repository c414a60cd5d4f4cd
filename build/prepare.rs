//! Converts schemas to the form that the generator accepts: without unions, bounds and defaults, and with unknown
//! fields allowed.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::{Value, json};

use super::document::{
    Object, below, check_references, component, each_schema, effective, entries, is_component, is_object, is_true,
    remove_unreferenced, resolve, str_at, strings,
};
use super::kinds::{Kind, metadata_pointer};
use super::problem::{Problem, Result};

/// The formats that have a type of their own: the format, a private name for it, and the type. While the generator runs, the
/// document contains the private name instead of the format, because the generator would use another type for the format, or
/// knows none.
pub(crate) const TYPES: [(&str, &str, &str); 2] =
    [("date-time", "tolerant-timestamp", "crate::Timestamp"), ("password", "secret-text", "crate::Secret")];
/// The keywords of a schema that the generator sees. If it saw bounds, it would generate types that refuse valid data of a
/// server. If it saw defaults, a field that is set to its default would look like an absent field.
const KEYWORDS: [&str; 12] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "description",
    "enum",
    "format",
    "items",
    "not",
    "nullable",
    "properties",
    "required",
    "type",
];

/// Replaces `allOf`: a single reference stays a reference, with the members next to it; objects become one object, and
/// those that were only parts of others are removed.
pub(crate) fn merge_all_of(document: &mut Value) -> Result<()> {
    let (mut unmerged, mut merged) = (String::new(), BTreeSet::new());
    // Each round merges what refers to nothing unmerged.
    for _ in 0..16 {
        let original = document.clone();
        let mut left = None;
        each_schema(document, &mut |place, schema| {
            let Some(Value::Array(parts)) = schema.remove("allOf") else { return Ok(()) };
            left = Some(place.to_owned());
            let adds_fields = ["properties", "required"].iter().any(|name| schema.contains_key(*name));
            if let ([part], false) = (parts.as_slice(), adds_fields)
                && let Some(target) = part.get("$ref")
            {
                schema.insert("$ref".to_owned(), target.clone());
            } else if parts.iter().any(|part| resolve(&original, part).get("allOf").is_some()) {
                schema.insert("allOf".to_owned(), Value::Array(parts));
            } else {
                for part in &parts {
                    merge(schema, resolve(&original, part));
                    merged.extend(component(&original, part).map(str::to_owned));
                }
            }
            Ok(())
        })?;
        let Some(place) = left else {
            remove_unreferenced(document, &merged);
            // One of the new references may be to itself.
            return check_references(document);
        };
        unmerged = place;
    }
    Err(Problem::new(unmerged, "`allOf` refers to itself", "write out the fields of one of the schemas"))
}

/// Merges one part of an `allOf` into the whole: adds the keywords that the whole does not have yet.
fn merge(whole: &mut Object, part: &Value) {
    for (name, value) in entries(part, "") {
        match (whole.get_mut(name), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) if name == "properties" => {
                theirs.iter().for_each(|(name, value)| _ = ours.entry(name).or_insert(value.clone()));
            }
            (Some(Value::Array(ours)), Value::Array(theirs)) if name == "required" => {
                ours.extend(theirs.iter().filter(|name| !ours.contains(name)).cloned().collect::<Vec<_>>());
            }
            // All parts of an `allOf` apply, so the tightest bound is used.
            (Some(ours), theirs) if name.starts_with("max") && theirs.as_f64() < ours.as_f64() => {
                *ours = theirs.clone();
            }
            (Some(ours), theirs) if name.starts_with("min") && theirs.as_f64() > ours.as_f64() => {
                *ours = theirs.clone();
            }
            (Some(_), _) => {}
            (None, value) => _ = whole.insert(name.clone(), value.clone()),
        }
    }
}

/// Inlines references to texts, numbers and lists, so that they need no separate type, and removes their components.
/// References to objects and enums stay.
pub(crate) fn inline_plain(document: &mut Value) -> Result<()> {
    let mut inlined = BTreeSet::new();
    // A list of a text takes two rounds.
    for _ in 0..2 {
        let original = document.clone();
        each_schema(document, &mut |_, schema| {
            let whole = Value::Object(schema.clone());
            if let Some(name) = component(&original, &whole).filter(|_| is_plain(&original, &whole)) {
                inlined.insert(name.to_owned());
                *schema = effective(&original, &whole).as_object().cloned().unwrap_or_default();
            }
            Ok(())
        })?;
    }
    remove_unreferenced(document, &inlined);
    Ok(())
}

/// Returns `true` for a text, a number, or a list that holds no lists.
fn is_plain(document: &Value, schema: &Value) -> bool {
    let schema = resolve(document, schema);
    match str_at(schema, "type") {
        Some("string") => !strings(schema, "/enum").any(|_| true),
        Some("integer" | "number" | "boolean") => true,
        Some("array") => {
            schema.get("items").is_none_or(|items| str_at(resolve(document, items), "type") != Some("array"))
        }
        _ => false,
    }
}

/// Reads "this enum or any text" as an enum, which is open anyway; any other union has no open form.
pub(crate) fn open_unions(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |place, schema| {
        let Some(key) = ["anyOf", "oneOf"].into_iter().find(|key| schema.contains_key(*key)) else { return Ok(()) };
        let parts = schema.remove(key);
        let parts: Vec<_> = parts.iter().filter_map(Value::as_array).flatten().collect();
        let are_texts = parts.iter().all(|part| str_at(resolve(&original, part), "type") == Some("string"));
        let enums: Vec<_> = parts.iter().filter(|part| resolve(&original, part).get("enum").is_some()).collect();
        let ([part], true) = (enums.as_slice(), are_texts) else {
            return Err(Problem::new(
                format!("{place}/{key}"),
                "a union type, which would refuse responses of newer versions of the API",
                "write one object schema with the fields of all, or a text with an enum",
            ));
        };
        schema.remove("type");
        merge(schema, part);
        Ok(())
    })
}

/// Makes fields optional that only the server sets, because a caller cannot set them.
pub(crate) fn relax_read_only(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |_, schema| {
        let properties = schema.get("properties").cloned().unwrap_or_default();
        let is_read_only = |name: &str| {
            properties.get(name).is_some_and(|property| is_true(&effective(&original, property), "readOnly"))
        };
        if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|name| !name.as_str().is_some_and(is_read_only));
        }
        Ok(())
    })
}

/// Removes the format from UUIDs that only the server sets, except `id`, so that a response with another value can be
/// parsed.
pub(crate) fn loosen_read_only_ids(document: &mut Value) -> Result<()> {
    each_schema(document, &mut |_, schema| {
        let properties = schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
        for (_, property) in properties.filter(|(name, _)| *name != "id") {
            let is_loose = is_true(property, "readOnly") && str_at(property, "format") == Some("uuid");
            property.as_object_mut().filter(|_| is_loose).map(|property| property.remove("format"));
        }
        Ok(())
    })
}

/// Moves `nullable` from components to the references to them, so that a component is a type without `null`.
pub(crate) fn move_nullable(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |place, schema| {
        if is_component(place) {
            schema.remove("nullable");
        } else if schema.contains_key("$ref") && is_true(resolve(&original, &json!(schema)), "nullable") {
            schema.insert("nullable".to_owned(), json!(true));
        }
        Ok(())
    })
}

/// The keyword that marks a text as a secret, whatever its format is.
pub(crate) const SECRET: &str = "x-secret";

/// Returns the names in Rust that the document gives fields, by type and JSON name.
pub(crate) fn field_names(document: &Value) -> Result<BTreeMap<(String, String), String>> {
    let mut names = BTreeMap::new();
    for (component, schema) in entries(document, "/components/schemas") {
        for (field, property) in entries(schema, "/properties") {
            let Some(name) = str_at(property, "x-rust-name") else { continue };
            let place = format!("{}/properties/{field}/x-rust-name", below("#/components/schemas", component));
            super::rules::identifier(name, place)?;
            names.insert((component.to_upper_camel_case(), field.clone()), name.to_owned());
        }
    }
    Ok(names)
}

/// Marks every `writeOnly` text, and every text within a `writeOnly` object, as a secret.
pub(crate) fn mark_secrets(document: &mut Value) -> Result<()> {
    let mut secret = BTreeSet::new();
    loop {
        let before = secret.len();
        each_schema(document, &mut |place, schema| {
            if is_true(&json!(schema), "writeOnly") || secret.contains(place) {
                mark_secret(schema, &mut secret);
            }
            Ok(())
        })?;
        // The components that were found last are marked in one more round.
        if secret.len() == before {
            return Ok(());
        }
    }
}

/// Marks the texts in a schema as secrets, and collects the components that it refers to.
fn mark_secret(schema: &mut Object, secret: &mut BTreeSet<String>) {
    secret.extend(schema.get("$ref").and_then(Value::as_str).map(str::to_owned));
    if schema.get("type") == Some(&json!("string")) && !schema.contains_key("enum") {
        schema.insert(SECRET.to_owned(), json!(true));
    }
    let fields = schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten();
    fields.filter_map(|(_, field)| field.as_object_mut()).for_each(|field| mark_secret(field, secret));
    for name in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(name).and_then(Value::as_object_mut) {
            mark_secret(inner, secret);
        }
    }
}

/// Returns the type and the JSON name of the fields whose absence is written as `null`: those that are required, and those
/// of the metadata of a kind, which is never sent.
pub(crate) fn null_fields(document: &Value, kinds: &[Kind]) -> BTreeSet<(String, String)> {
    let metadata: Vec<_> = kinds.iter().map(|kind| metadata_pointer(document, kind)).collect();
    let mut fields = BTreeSet::new();
    for (name, schema) in entries(document, "/components/schemas") {
        let is_metadata = metadata.contains(&below("/components/schemas", name));
        for (field, _) in entries(schema, "/properties").filter(|(_, property)| is_true(property, "nullable")) {
            if is_metadata || strings(schema, "/required").any(|required| required == field) {
                fields.insert((name.to_upper_camel_case(), field.clone()));
            }
        }
    }
    fields
}

/// Gives every field without a description the description of the schema that it refers to, or its title.
pub(crate) fn describe_fields(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |_, schema| {
        for (_, property) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            let whole = effective(&original, property);
            let description = str_at(&whole, "description").or(str_at(&whole, "title"));
            if let (Some(description), Some(property)) = (description, property.as_object_mut()) {
                property.insert("description".to_owned(), description.into());
            }
        }
        Ok(())
    })
}

/// Makes every object keep the fields that the document does not name.
pub(crate) fn open_objects(document: &mut Value) -> Result<()> {
    each_schema(document, &mut |place, schema| {
        // The builders make a type of each field, so `a1` and `a_1` have one name.
        let mut seen = BTreeMap::from([("Extra".to_owned(), "the map of unknown fields")]);
        for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let own = str_at(field, "x-rust-name").map_or_else(|| name.to_snake_case(), str::to_owned);
            if let Some(other) = seen.insert(own.to_upper_camel_case(), name) {
                let found = format!("the name in Rust, `{own}`, is also used by {other}");
                return Err(Problem::new(below(&format!("{place}/properties"), name), found, "remove one of them"));
            }
        }
        if seen.len() > 1 {
            schema.insert("type".to_owned(), json!("object"));
            schema.insert("additionalProperties".to_owned(), json!({}));
        } else if schema.get("additionalProperties").is_some_and(Value::is_boolean) {
            schema.remove("additionalProperties");
        }
        Ok(())
    })
}

/// Keeps only the keywords that determine the type of a schema, because wire types accept any value. Returns how often
/// each type of [`TYPES`] must be generated.
pub(crate) fn strip(document: &mut Value) -> Result<BTreeMap<&'static str, usize>> {
    let mut counts = BTreeMap::new();
    each_schema(document, &mut |_, schema| {
        if schema.contains_key(SECRET) {
            schema.insert("format".to_owned(), json!("password"));
        }
        schema.retain(|name, _| KEYWORDS.contains(&name.as_str()));
        if let Some(format) = schema.remove("format") {
            if let Some((_, private, name)) = TYPES.iter().find(|(name, ..)| format == *name) {
                schema.insert("format".to_owned(), json!(private));
                *counts.entry(*name).or_default() += 1;
            } else if format == "uuid" {
                schema.insert("format".to_owned(), format);
            }
        }
        // The generator ignores keywords next to a reference.
        if schema.len() > 1
            && let Some(target) = schema.remove("$ref")
        {
            schema.insert("allOf".to_owned(), json!([{ "$ref": target }]));
        }
        Ok(())
    })?;
    Ok(counts)
}

/// Removes from descriptions the text that rustdoc would run as code, or that would end a comment.
pub(crate) fn clean_descriptions(value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| match (name.as_str(), &mut *value) {
            ("description" | "summary", Value::String(description)) => {
                let lines = description.trim().lines();
                let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
                *description = lines.collect::<Vec<_>>().join("\n").replace("*/", "* /").replace("/*", "/ *");
                *description = description.replace("```", "").replace("~~~", "");
            }
            _ => clean_descriptions(value),
        }),
        Value::Array(values) => values.iter_mut().for_each(clean_descriptions),
        _ => {}
    }
}

/// Returns `true` for an object that names no fields, so that its type is a map.
pub(crate) fn is_free_object(schema: &Value) -> bool {
    str_at(schema, "type") == Some("object") && !is_object(schema)
}
