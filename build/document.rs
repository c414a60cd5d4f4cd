//! Parses an OpenAPI document and provides access to it: version, references, JSON pointers, schemas.

use serde_json::{Map, Value};

use super::problem::{Problem, Result};

/// The names of an object, with their values.
pub(crate) type Object = Map<String, Value>;

/// The keys of a path item that hold an operation.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Parses JSON.
pub(crate) fn parse(json: &str) -> Result<Value> {
    let json = json.trim_start_matches('\u{feff}');
    match json.trim_start().chars().next() {
        None => Err(Problem::new(":1:1", "the file is empty", "put the document there")),
        Some('{' | '[') => serde_json::from_str(json).map_err(|error| {
            let place = format!(":{}:{}", error.line(), error.column());
            Problem::new(place, format!("not JSON: {error}"), "correct the JSON at that place")
        }),
        Some(_) => Err(Problem::new(
            ":1:1",
            "not JSON; the first character suggests YAML",
            "convert it to JSON, as `npx @redocly/cli bundle openapi.yaml --ext json --output spec/vpn.json` does",
        )),
    }
}

/// Refuses a document unless it is OpenAPI 3.0.
pub(crate) fn check_version(document: &Value) -> Result<()> {
    if let Some(version) = document.get("swagger") {
        let found = format!("the document is Swagger {version}; OpenAPI 3.0 is needed");
        return Err(Problem::new("#/swagger", found, "convert it with `npx swagger2openapi`"));
    }
    match str_at(document, "openapi") {
        Some(version) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        Some(version) => Err(Problem::new(
            "#/openapi",
            format!("the document is OpenAPI {version:?}; 3.0 is needed"),
            "write the document as 3.0.3 (a list of types becomes `nullable`, `examples` becomes `example`)",
        )),
        None => Err(Problem::new("#/openapi", "the document has no version", "write `\"openapi\": \"3.0.3\"`")),
    }
}

/// Refuses references to other documents, to missing components, and cycles of references.
pub(crate) fn check_references(document: &Value) -> Result<()> {
    check_references_in(document, document, "#")
}

fn check_references_in(document: &Value, value: &Value, place: &str) -> Result<()> {
    match value {
        Value::Object(map) => {
            if let Some(target) = str_at(value, "$ref") {
                let refuse = |found: &str, remedy| {
                    Err(Problem::new(format!("{place}/$ref"), format!("{target:?} {found}"), remedy))
                };
                let Some(pointer) = target.strip_prefix('#') else {
                    return refuse("is outside the document", "bundle it with `npx @redocly/cli bundle`");
                };
                if document.pointer(pointer).is_none() {
                    return refuse("is not in the document", "add the component or correct the reference");
                }
                if resolve(document, value).get("$ref").is_some_and(Value::is_string) {
                    return refuse("refers to itself", "refer to a component that is not a reference");
                }
            }
            map.iter()
                .filter(|(name, _)| !matches!(name.as_str(), "example" | "examples"))
                .try_for_each(|(name, value)| check_references_in(document, value, &below(place, name)))
        }
        Value::Array(values) => values
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| check_references_in(document, value, &format!("{place}/{index}"))),
        _ => Ok(()),
    }
}

/// Returns the pointer to a name below another pointer.
pub(crate) fn below(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

/// Returns the text at a key.
pub(crate) fn str_at<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

/// Returns `true` if the value at a key is `true`.
pub(crate) fn is_true(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// Returns the elements of the array at a pointer; none if there is no array.
pub(crate) fn elements<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

/// Returns the texts in the array at a pointer.
pub(crate) fn strings<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    elements(value, pointer).filter_map(Value::as_str)
}

/// Returns the names and values of the object at a pointer; none if there is no object.
pub(crate) fn entries<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

/// Returns the object at a pointer, to be changed.
pub(crate) fn object_mut<'a>(value: &'a mut Value, pointer: &str) -> Option<&'a mut Object> {
    value.pointer_mut(pointer).and_then(Value::as_object_mut)
}

/// Follows references to a value that is not a reference.
pub(crate) fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let target = str_at(value, "$ref").and_then(|target| target.strip_prefix('#'));
        match target.and_then(|pointer| document.pointer(pointer)) {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

/// Returns a schema merged with the schema that it refers to; the members next to a reference come first.
pub(crate) fn effective(document: &Value, schema: &Value) -> Value {
    let target = str_at(schema, "$ref").and_then(|target| document.pointer(target.strip_prefix('#')?));
    let Some(target) = target else { return schema.clone() };
    let mut whole = effective(document, target);
    if let (Some(whole), Some(beside)) = (whole.as_object_mut(), schema.as_object()) {
        let beside = beside.iter().filter(|(name, _)| *name != "$ref");
        whole.extend(beside.map(|(name, value)| (name.clone(), value.clone())));
    }
    whole
}

/// Returns the name of the component schema that a schema refers to, directly or through others.
pub(crate) fn component<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a str> {
    let name = str_at(schema, "$ref")?.strip_prefix("#/components/schemas/")?;
    let next = document.pointer("/components/schemas").and_then(|schemas| schemas.get(name));
    next.and_then(|next| component(document, next)).or(Some(name))
}

/// Returns the component schema with this name.
pub(crate) fn schema_of<'a>(document: &'a Value, component: &str) -> Option<&'a Value> {
    document.pointer(&below("/components/schemas", component))
}

/// Adds a component schema, unless one with this name exists.
pub(crate) fn add_schema(document: &mut Value, name: &str, schema: Value) {
    let components =
        document.as_object_mut().map(|map| map.entry("components").or_insert_with(|| Object::new().into()));
    let components = components.and_then(Value::as_object_mut);
    let schemas = components.map(|map| map.entry("schemas").or_insert_with(|| Object::new().into()));
    if let Some(schemas) = schemas.and_then(Value::as_object_mut) {
        schemas.entry(name).or_insert(schema);
    }
}

/// Returns `true` for the place of a component schema itself, not of a schema within it.
pub(crate) fn is_component(place: &str) -> bool {
    place.strip_prefix("#/components/schemas/").is_some_and(|rest| !rest.contains('/'))
}

/// Returns `true` if a schema names fields.
pub(crate) fn is_object(schema: &Value) -> bool {
    entries(schema, "/properties").next().is_some()
}

/// Removes unreferenced schemas from a set of component schemas.
pub(crate) fn remove_unreferenced<'a>(document: &mut Value, names: impl IntoIterator<Item = &'a String>) {
    let whole = document.to_string();
    for name in names {
        let reference = Value::from(below("#/components/schemas", name));
        if !whole.contains(&format!("\"$ref\":{reference}")) {
            object_mut(document, "/components/schemas").map(|schemas| schemas.remove(name));
        }
    }
}

/// A function on a schema and its place.
type Visitor<'a> = dyn FnMut(&str, &mut Object) -> Result<()> + 'a;

/// Visits every schema of the document, inner ones first.
pub(crate) fn each_schema(document: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
    visit_schemas_in("#", document, visit)
}

fn visit_schemas_in(place: &str, value: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
    match value {
        Value::Object(map) => map.iter_mut().try_for_each(|(name, value)| match name.as_str() {
            "schema" => visit_schema(&below(place, name), value, visit),
            "example" | "examples" => Ok(()),
            "schemas" if place == "#/components" => {
                let mut named = value.as_object_mut().into_iter().flatten();
                named.try_for_each(|(name, value)| visit_schema(&below("#/components/schemas", name), value, visit))
            }
            _ => visit_schemas_in(&below(place, name), value, visit),
        }),
        Value::Array(values) => values
            .iter_mut()
            .enumerate()
            .try_for_each(|(index, value)| visit_schemas_in(&format!("{place}/{index}"), value, visit)),
        _ => Ok(()),
    }
}

fn visit_schema(place: &str, value: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
    let Some(schema) = value.as_object_mut() else { return Ok(()) };
    for (name, value) in schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
        visit_schema(&below(&format!("{place}/properties"), name), value, visit)?;
    }
    for name in ["items", "additionalProperties", "not"] {
        schema.get_mut(name).map_or(Ok(()), |value| visit_schema(&below(place, name), value, visit))?;
    }
    for name in ["allOf", "anyOf", "oneOf"] {
        for (index, value) in schema.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
            visit_schema(&format!("{place}/{name}/{index}"), value, visit)?;
        }
    }
    visit(place, schema)
}
