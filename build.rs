//! Writes the client: reads the OpenAPI document, prepares it for progenitor, generates, polishes, checks the result and
//! writes it to `OUT_DIR`. Each step is a function over the document or the syntax tree; `tests/it/generation.rs` holds
//! them to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::{any::Any, env, fmt, fs, panic};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{ToTokens, format_ident, quote};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::{Map, Value, json};
use syn::parse_quote;
use syn::visit::Visit;

const SPEC: &str = "spec/vpn.json";
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// The formats that have a function in `src/validate.rs`.
const FORMATS: [&str; 6] = ["uuid", "public-ip", "ipv4-interface", "ipv6-interface", "lan-id", "time-local"];
/// The formats that have a type of their own. Each stands in the document under a private name while the generator runs,
/// which would have a type of its own for it, or none.
const TYPES: [(&str, &str, &str); 2] =
    [("date-time", "tolerant-timestamp", "crate::Timestamp"), ("password", "secret-text", "crate::Secret")];
/// What the generator sees of a schema. From bounds and defaults it would make types that refuse a server's data, or
/// values that cannot be told from absent ones.
const KEPT: &str =
    "$ref additionalProperties allOf description enum format items not nullable properties required type";
/// Bounds for which `src/validate.rs` has no rule.
const UNCHECKED: &str = "exclusiveMaximum exclusiveMinimum maxProperties minProperties multipleOf pattern uniqueItems";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={SPEC}");
    println!("cargo::rerun-if-changed=build.rs");
    // Some documents make the generator panic: its words are reported, where its backtrace would be noise.
    panic::set_hook(Box::new(|_| {}));
    match panic::catch_unwind(write).unwrap_or_else(|panic| {
        Err(Problem::new("", format!("build.rs gave up: {}", last_words(&*panic)), "teach it to take the document"))
    }) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={problem}");
            ExitCode::FAILURE
        }
    }
}

fn write() -> Result<()> {
    let text = fs::read_to_string(SPEC).map_err(|error| Problem::new("", error, "put the OpenAPI document there"))?;
    let Generated { code, warnings } = generate(&text)?;
    for warning in warnings {
        println!("cargo::warning={warning}");
    }
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    fs::write(Path::new(&out).join("vpn.rs"), code).map_err(|error| {
        Problem::new("", format!("OUT_DIR: {error}"), "let cargo run this, with a target it may write to")
    })
}

/// What a panic said, in one line.
fn last_words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    text.and_then(|text| text.lines().next()).unwrap_or("no reason given")
}

/// Why a document cannot be taken: where, what was found there, and what to do about it. The place is a JSON pointer, or a
/// line and a column.
#[derive(Debug)]
pub(crate) struct Problem {
    place: String,
    found: String,
    remedy: String,
}

impl Problem {
    fn new(place: impl Into<String>, found: impl fmt::Display, remedy: impl Into<String>) -> Self {
        Self { place: place.into(), found: found.to_string(), remedy: remedy.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, found, remedy } = self;
        let before = if place.starts_with('#') { " at " } else { "" };
        let line = format!("{SPEC}{before}{place}: {found}; {remedy}");
        f.write_str(&line.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

type Result<T, E = Problem> = std::result::Result<T, E>;

/// The generated file, and what a maintainer should know of it.
#[derive(Debug)]
pub(crate) struct Generated {
    pub(crate) code: String,
    pub(crate) warnings: Vec<String>,
}

/// The document as the generator takes it, and what was taken out of it.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) document: Value,
    pub(crate) warnings: Vec<String>,
    rules: Vec<(Ident, Ident, TokenStream)>,
    regions: Vec<(Ident, String, String)>,
    /// Type and JSON name of the fields in which `null` says "nothing".
    nulls: BTreeSet<(String, String)>,
    /// How often each type of [`TYPES`] is to be met in the result.
    types: BTreeMap<&'static str, usize>,
    /// The names of the methods, with the places of their operations.
    methods: BTreeMap<String, String>,
}

/// Turns the text of an OpenAPI document into the text of the client.
pub(crate) fn generate(text: &str) -> Result<Generated> {
    let prepared = prepare(parse(text)?)?;
    let mut file = run_progenitor(&prepared.document)?;
    polish(&mut file, &prepared)?;
    check(&file, &prepared)?;
    Ok(Generated { code: prettyplease::unparse(&file), warnings: prepared.warnings })
}

/// Reads JSON.
pub(crate) fn parse(text: &str) -> Result<Value> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        None => Err(Problem::new(":1:1", "the file is empty", "put the OpenAPI document there")),
        Some('{' | '[') => serde_json::from_str(text).map_err(|error| {
            let place = format!(":{}:{}", error.line(), error.column());
            Problem::new(place, format!("not JSON: {error}"), "mend the JSON at that place")
        }),
        Some(_) => Err(Problem::new(
            ":1:1",
            "not JSON, by its first character rather YAML",
            "convert it with `npx @redocly/cli bundle openapi.yaml --ext json --output spec/vpn.json`",
        )),
    }
}

/// Brings the document into the form that progenitor takes, and takes out of it what the facade needs.
pub(crate) fn prepare(mut document: Value) -> Result<Prepared> {
    check_version(&document)?;
    check_references(&document, &document, "#")?;
    let mut prepared = Prepared { methods: methods(&document)?, regions: regions(&document)?, ..Prepared::default() };
    merge_all_of(&mut document)?;
    open_unions(&mut document)?;
    lift_enums(&mut document)?;
    collapse_responses(&mut document)?;
    keep_json_bodies(&mut document)?;
    move_nullable(&mut document)?;
    mark_secrets(&mut document)?;
    rules(&document, &mut prepared)?;
    open_objects(&mut document)?;
    strip(&mut document, &mut prepared)?;
    trim_texts(&mut document);
    prepared.document = document;
    Ok(prepared)
}

fn check_version(document: &Value) -> Result<()> {
    if let Some(version) = document.get("swagger") {
        let found = format!("Swagger {version}, where OpenAPI 3.0 is needed");
        return Err(Problem::new("#/swagger", found, "convert it with `npx swagger2openapi`"));
    }
    match document.get("openapi").and_then(Value::as_str) {
        Some(version) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        Some(version) => Err(Problem::new(
            "#/openapi",
            format!("OpenAPI {version:?}, where 3.0 is needed"),
            "write the document as 3.0.3 (a list of types becomes `nullable`, `examples` becomes `example`)",
        )),
        None => Err(Problem::new("#/openapi", "no version text", "write `\"openapi\": \"3.0.3\"`")),
    }
}

/// The place of a name below another, as a JSON pointer.
fn below(place: &str, name: &str) -> String {
    format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn check_references(document: &Value, value: &Value, place: &str) -> Result<()> {
    match value {
        Value::Object(map) => {
            if let Some(target) = map.get("$ref").and_then(Value::as_str) {
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
                    return refuse("leads back to itself", "refer to a component that is none");
                }
            }
            map.iter()
                .filter(|(name, _)| !matches!(name.as_str(), "example" | "examples"))
                .try_for_each(|(name, value)| check_references(document, value, &below(place, name)))
        }
        Value::Array(list) => list
            .iter()
            .enumerate()
            .try_for_each(|(index, value)| check_references(document, value, &format!("{place}/{index}"))),
        _ => Ok(()),
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn object<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

/// Follows references until a value that is none.
fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let target = text(value, "$ref").and_then(|target| target.strip_prefix('#'));
        match target.and_then(|pointer| document.pointer(pointer)) {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

fn is_true(schema: &Value, key: &str) -> bool {
    schema.get(key).and_then(Value::as_bool).unwrap_or(false)
}

/// A name in the generated text, which cannot be made of every name in the document.
fn identifier(name: &str, place: impl Into<String>) -> Result<Ident> {
    syn::parse_str(name)
        .map_err(|_| Problem::new(place, format!("{name:?} is no name in Rust"), "give it another name"))
}

/// The names of the methods, one for each operation.
fn methods(document: &Value) -> Result<BTreeMap<String, String>> {
    let mut seen = BTreeMap::new();
    for (path, item) in object(document, "/paths") {
        let place = below("#/paths", path);
        if path.contains("ipssecgateways") {
            let found = "the path is misspelt (`ipssecgateways`), as in a sample call of the vendor's page";
            return Err(Problem::new(place, found, "write `ipsecgateways`"));
        }
        check_parameters(document, item, &place)?;
        for (method, operation) in object(item, "") {
            if !METHODS.contains(&method.as_str()) {
                continue;
            }
            let place = format!("{place}/{method}");
            let Some(id) = text(operation, "operationId").filter(|id| !id.is_empty()) else {
                return Err(Problem::new(place, "no operationId", "give the operation one: it names the method"));
            };
            if let Some(other) = seen.insert(id.to_snake_case(), place.clone()) {
                let found = format!("the operationId {id:?} is also that of {other}");
                return Err(Problem::new(place, found, "give one of them another operationId"));
            }
            check_parameters(document, operation, &place)?;
        }
    }
    Ok(seen)
}

fn check_parameters(document: &Value, holder: &Value, place: &str) -> Result<()> {
    for (index, parameter) in list(holder, "/parameters").enumerate() {
        let parameter = resolve(document, parameter);
        let format = parameter.get("schema").and_then(|schema| text(resolve(document, schema), "format"));
        if text(parameter, "in") == Some("path") && format != Some("uuid") {
            let name = text(parameter, "name").unwrap_or_default();
            return Err(Problem::new(
                format!("{place}/parameters/{index}"),
                format!("the path parameter {name:?} is not a UUID, and any text in a path can lead elsewhere"),
                "give its schema `\"format\": \"uuid\"`",
            ));
        }
    }
    Ok(())
}

/// The regions, with what the document says of them, from its servers.
fn regions(document: &Value) -> Result<Vec<(Ident, String, String)>> {
    let mut found = BTreeMap::new();
    let refuse = |place, found| Err(Problem::new(place, found, "write it as `https://vpn.de-fra.ionos.com`"));
    for (index, server) in list(document, "/servers").enumerate() {
        let place = format!("#/servers/{index}/url");
        let url = text(server, "url").unwrap_or_default();
        let host = url.trim_end_matches('/').strip_prefix("https://vpn.");
        let region = host.and_then(|rest| rest.strip_suffix(".ionos.com")).unwrap_or_default();
        let variable = region.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let listed = variable.map_or(Vec::new(), |name| list(server, &format!("/variables/{name}/enum")).collect());
        let mut names: Vec<_> = listed.into_iter().filter_map(Value::as_str).collect();
        names.extend(Some(region).filter(|_| variable.is_none()));
        if names.is_empty() || !names.iter().all(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) {
            return refuse(place, format!("{url:?} names no region"));
        }
        for name in names {
            let text = text(server, "description").filter(|_| variable.is_none()).unwrap_or_default();
            found.entry(name.to_owned()).or_insert((identifier(&name.to_upper_camel_case(), &place)?, text.to_owned()));
        }
    }
    if found.is_empty() {
        return refuse("#/servers".to_owned(), "no server, so no region".to_owned());
    }
    Ok(found.into_iter().map(|(name, (variant, text))| (variant, name, text)).collect())
}

type Visitor<'a> = dyn FnMut(&str, &mut Map<String, Value>) -> Result<()> + 'a;

/// Visits every schema of the document, inner ones first.
fn each_schema(document: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
    fn schema(place: &str, value: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
        let Some(map) = value.as_object_mut() else { return Ok(()) };
        for (name, value) in map.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten() {
            schema(&below(&format!("{place}/properties"), name), value, visit)?;
        }
        for name in ["items", "additionalProperties", "not"] {
            map.get_mut(name).map_or(Ok(()), |value| schema(&below(place, name), value, visit))?;
        }
        for name in ["allOf", "anyOf", "oneOf"] {
            for (index, value) in map.get_mut(name).and_then(Value::as_array_mut).into_iter().flatten().enumerate() {
                schema(&format!("{place}/{name}/{index}"), value, visit)?;
            }
        }
        visit(place, map)
    }
    fn holders(place: &str, value: &mut Value, visit: &mut Visitor<'_>) -> Result<()> {
        match value {
            Value::Object(map) => map.iter_mut().try_for_each(|(name, value)| match name.as_str() {
                "schema" => schema(&below(place, name), value, visit),
                "example" | "examples" => Ok(()),
                "schemas" if place == "#/components" => {
                    let mut named = value.as_object_mut().into_iter().flatten();
                    named.try_for_each(|(name, value)| schema(&below("#/components/schemas", name), value, visit))
                }
                _ => holders(&below(place, name), value, visit),
            }),
            Value::Array(list) => list
                .iter_mut()
                .enumerate()
                .try_for_each(|(index, value)| holders(&format!("{place}/{index}"), value, visit)),
            _ => Ok(()),
        }
    }
    holders("#", document, visit)
}

/// Writes `allOf` out: a reference alone stays a reference, with what stands beside it; objects become one object.
fn merge_all_of(document: &mut Value) -> Result<()> {
    let mut unmerged = String::new();
    // Each pass merges what refers to nothing unmerged.
    for _ in 0..16 {
        let original = document.clone();
        let mut left = None;
        each_schema(document, &mut |place, schema| {
            let Some(Value::Array(parts)) = schema.remove("allOf") else { return Ok(()) };
            left = Some(place.to_owned());
            if let ([part], false) = (parts.as_slice(), schema.contains_key("properties"))
                && let Some(target) = part.get("$ref")
            {
                schema.insert("$ref".to_owned(), target.clone());
            } else if parts.iter().any(|part| resolve(&original, part).get("allOf").is_some()) {
                schema.insert("allOf".to_owned(), Value::Array(parts));
            } else {
                for part in &parts {
                    merge(schema, resolve(&original, part));
                }
            }
            Ok(())
        })?;
        let Some(place) = left else { return Ok(()) };
        unmerged = place;
    }
    Err(Problem::new(unmerged, "`allOf` leads back to itself", "write out the fields of one of the schemas"))
}

/// Adds what a part of an `allOf` says and the whole does not.
fn merge(whole: &mut Map<String, Value>, part: &Value) {
    for (name, value) in object(part, "") {
        match (whole.get_mut(name), value) {
            (Some(Value::Object(ours)), Value::Object(theirs)) if name == "properties" => {
                theirs.iter().for_each(|(name, value)| _ = ours.entry(name).or_insert(value.clone()));
            }
            (Some(Value::Array(ours)), Value::Array(theirs)) if name == "required" => {
                ours.extend(theirs.iter().filter(|name| !ours.contains(name)).cloned().collect::<Vec<_>>());
            }
            (Some(_), _) => {}
            (None, value) => _ = whole.insert(name.clone(), value.clone()),
        }
    }
}

/// Reads "this enum or any text" as the open enum that every enum becomes; any other union has no open form.
fn open_unions(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |place, schema| {
        let Some(key) = ["anyOf", "oneOf"].into_iter().find(|key| schema.contains_key(*key)) else { return Ok(()) };
        let parts = schema.remove(key);
        let parts: Vec<_> = parts.iter().filter_map(Value::as_array).flatten().collect();
        let texts = parts.iter().all(|part| text(resolve(&original, part), "type") == Some("string"));
        let listed: Vec<_> = parts.iter().filter(|part| resolve(&original, part).get("enum").is_some()).collect();
        let ([listed], true) = (listed.as_slice(), texts) else {
            return Err(Problem::new(
                format!("{place}/{key}"),
                "a union, which would close the type to answers that are new",
                "write one object schema with the fields of all, or a text with an enum",
            ));
        };
        schema.remove("type");
        merge(schema, listed);
        Ok(())
    })
}

/// Gives every inline text enum a component, so that it has a name; an enum of anything else loses its list.
fn lift_enums(document: &mut Value) -> Result<()> {
    let original = document.clone();
    let mut lifted: BTreeMap<String, Value> = BTreeMap::new();
    each_schema(document, &mut |place, schema| {
        let Some(Value::Array(mut values)) = schema.remove("enum") else { return Ok(()) };
        let nullable = values.iter().any(Value::is_null);
        values.retain(|value| !value.is_null());
        if values.is_empty() || !values.iter().all(Value::is_string) {
            return Ok(());
        }
        schema.insert("type".to_owned(), json!("string"));
        schema.insert("enum".to_owned(), Value::Array(values));
        if nullable {
            schema.insert("nullable".to_owned(), json!(true));
        }
        if place.strip_prefix("#/components/schemas/").is_some_and(|rest| !rest.contains('/')) {
            return Ok(());
        }
        let beside = schema.clone().into_iter().filter(|(name, _)| !matches!(name.as_str(), "enum" | "type"));
        let beside: Map<_, _> = beside.collect();
        schema.remove("nullable");
        let component = Value::Object(std::mem::take(schema));
        let mut name = enum_name(&original, place);
        while object(&original, "/components/schemas")
            .chain(&lifted)
            .any(|(other, it)| other.to_upper_camel_case() == name && *it != component)
        {
            name.push_str("Value");
        }
        *schema = beside;
        schema.insert("$ref".to_owned(), json!(format!("#/components/schemas/{name}")));
        lifted.insert(name, component);
        Ok(())
    })?;
    let components = document.as_object_mut().map(|document| document.entry("components").or_insert(json!({})));
    let components = components.and_then(Value::as_object_mut);
    let schemas = components.map(|map| map.entry("schemas").or_insert(json!({})));
    schemas.and_then(Value::as_object_mut).into_iter().for_each(|schemas| schemas.extend(std::mem::take(&mut lifted)));
    Ok(())
}

/// Names an inline enum after what holds it: the component and property, or the operation and parameter.
fn enum_name(document: &Value, place: &str) -> String {
    let mut name = String::new();
    let mut at = String::new();
    for part in place.trim_start_matches("#/").split('/') {
        at = format!("{at}/{part}");
        let here = document.pointer(&at);
        let text = |key| here.and_then(|here| here.get(key)).and_then(Value::as_str);
        match part {
            "components" | "schemas" | "properties" | "paths" | "parameters" | "schema" | "content" | "allOf" => {}
            _ if METHODS.contains(&part) && text("operationId").is_some() => {
                name = text("operationId").unwrap_or_default().to_upper_camel_case();
            }
            _ => name.push_str(&text("name").unwrap_or(part).replace("~1", " ").to_upper_camel_case()),
        }
    }
    name
}

fn operations(document: &mut Value) -> impl Iterator<Item = (String, &mut Map<String, Value>)> {
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
    let is_empty = whole.is_empty();
    let json = whole.into_iter().find(|(name, media)| is_json(name) && media.get("schema").is_some());
    content.extend(json.map(|(_, media)| ("application/json".to_owned(), media)));
    if content.is_empty() && !is_empty {
        let found = format!("{what} has no JSON schema");
        return Err(Problem::new(place, found, "describe it under `application/json` with a schema"));
    }
    Ok(())
}

/// Keeps of each operation's responses the successful ones, as one `2XX`: every other answer then reaches the facade whole.
fn collapse_responses(document: &mut Value) -> Result<()> {
    let original = document.clone();
    for (place, operation) in operations(document) {
        let place = format!("{place}/responses");
        let mut kept: Option<(String, Value)> = None;
        for (code, response) in object(&original, &place[1..]).filter(|(code, _)| code.starts_with('2')) {
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
            let found = "no 2xx response, so nothing says what success looks like";
            return Err(Problem::new(place, found, "document the successful code (`default` is taken for errors)"));
        };
        operation.insert("responses".to_owned(), json!({ "2XX": response }));
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("responses");
    }
    Ok(())
}

fn keep_json_bodies(document: &mut Value) -> Result<()> {
    let original = document.clone();
    for (place, operation) in operations(document) {
        let Some(body) = operation.get_mut("requestBody") else { continue };
        *body = resolve(&original, body).clone();
        keep_json(body, &format!("{place}/requestBody"), "the request body")?;
    }
    Ok(())
}

fn is_object(schema: &Value) -> bool {
    object(schema, "/properties").next().is_some()
}

/// Says of each reference to a nullable component that it is nullable, so that the component is a type without `null`.
fn move_nullable(document: &mut Value) -> Result<()> {
    let original = document.clone();
    each_schema(document, &mut |place, schema| {
        if place.strip_prefix("#/components/schemas/").is_some_and(|rest| !rest.contains('/')) {
            schema.remove("nullable");
        } else if schema.contains_key("$ref") && is_true(resolve(&original, &json!(schema)), "nullable") {
            schema.insert("nullable".to_owned(), json!(true));
        }
        Ok(())
    })
}

/// A text that is never read back is as secret as one that says so.
fn mark_secrets(document: &mut Value) -> Result<()> {
    each_schema(document, &mut |_, schema| {
        if schema.get("type") == Some(&json!("string")) && schema.get("writeOnly") == Some(&json!(true)) {
            schema.insert("format".to_owned(), json!("password"));
        }
        Ok(())
    })
}

/// Reads the rules of every object component: what the validation and the comparison of resources go by.
fn rules(document: &Value, prepared: &mut Prepared) -> Result<()> {
    let mut seen = BTreeMap::new();
    for (name, schema) in object(document, "/components/schemas") {
        let place = below("#/components/schemas", name);
        let ty = identifier(&name.to_upper_camel_case(), &place)?;
        if let Some(other) = seen.insert(ty.clone(), name) {
            let found = format!("the type {ty} would also be that of the component {other:?}");
            return Err(Problem::new(place, found, "give one of them another name"));
        }
        if is_object(schema) {
            let rule = object_rule(document, schema, name, &mut prepared.warnings);
            prepared.rules.push((format_ident!("{}", name.to_shouty_snake_case()), ty, rule));
        }
        for (field, property) in object(schema, "/properties").filter(|(_, property)| is_true(property, "nullable")) {
            let required = list(schema, "/required").any(|it| it.as_str() == Some(field));
            if required || is_true(property, "readOnly") {
                prepared.nulls.insert((name.to_upper_camel_case(), field.clone()));
            }
        }
    }
    Ok(())
}

fn object_rule(document: &Value, schema: &Value, place: &str, warnings: &mut Vec<String>) -> TokenStream {
    let fields = object(schema, "/properties").map(|(name, property)| {
        let target = resolve(document, property);
        let either = |key| [property, target].into_iter().find_map(|it| it.get(key));
        let required = list(schema, "/required").any(|it| it.as_str() == Some(name));
        let nullable = is_true(property, "nullable");
        let server_default = !required && (either("default").is_some() || either("x-server-chosen").is_some());
        let rule = rule(document, property, &format!("{place}.{name}"), warnings);
        quote!(Field { name: #name, required: #required, nullable: #nullable, server_default: #server_default, rule: #rule })
    });
    let fields = fields.collect::<Vec<_>>();
    quote!(Object { name: #place, fields: &[#(#fields),*] })
}

fn rule(document: &Value, schema: &Value, place: &str, warnings: &mut Vec<String>) -> TokenStream {
    let component = text(schema, "$ref").and_then(|target| target.strip_prefix("#/components/schemas/"));
    let schema = resolve(document, schema);
    if let (Some(name), true) = (component, is_object(schema)) {
        let name = format_ident!("{}", name.to_shouty_snake_case());
        return quote!(Rule::Object(&#name));
    }
    let format = text(schema, "format").filter(|_| text(schema, "type") == Some("string"));
    let typed = TYPES.iter().any(|(name, ..)| format == Some(name));
    let unchecked = UNCHECKED.split(' ').filter(|key| schema.get(key).is_some());
    let mut warn = |what: &str| {
        warnings.push(format!("{SPEC}: {place} has {what}, for which src/validate.rs has no rule"));
    };
    unchecked.for_each(|key| warn(&format!("`{key}`")));
    if let Some(format) = format.filter(|format| !typed && !FORMATS.contains(format)) {
        warn(&format!("the format {format:?}"));
    }
    let natural = |key, absent| schema.get(key).and_then(Value::as_u64).unwrap_or(absent);
    let integer = |key, absent| schema.get(key).and_then(Value::as_i64).unwrap_or(absent);
    match text(schema, "type") {
        Some("string") => {
            let (min, max) = (natural("minLength", 0), natural("maxLength", u64::MAX));
            let secret = format == Some("password");
            let function = format.filter(|format| FORMATS.contains(format));
            let format = match function.map(|name| format_ident!("{}", name.to_snake_case())) {
                Some(function) => quote!(Some(format::#function)),
                None => quote!(None),
            };
            quote!(Rule::Text { min: #min, max: #max, format: #format, secret: #secret })
        }
        Some("integer") => {
            let (min, max) = (integer("minimum", i64::MIN), integer("maximum", i64::MAX));
            quote!(Rule::Integer { min: #min, max: #max })
        }
        // A list may hold lists of its own kind without end.
        Some("array") if place.len() < 512 => {
            let (min, max) = (natural("minItems", 0), natural("maxItems", u64::MAX));
            let keys = list(schema, "/x-list-map-keys").filter_map(Value::as_str);
            let item = rule(document, schema.get("items").unwrap_or(&Value::Null), &format!("{place}[]"), warnings);
            quote!(Rule::List { min: #min, max: #max, keys: &[#(#keys),*], item: &#item })
        }
        _ if is_object(schema) => {
            let inline = object_rule(document, schema, place, warnings);
            quote!(Rule::Object(&#inline))
        }
        Some("object") => quote!(Rule::Map),
        Some("boolean") => quote!(Rule::Boolean),
        Some("number") => quote!(Rule::Number),
        _ => quote!(Rule::Any),
    }
}

/// Makes every object keep the fields that the document does not name.
fn open_objects(document: &mut Value) -> Result<()> {
    each_schema(document, &mut |place, schema| {
        let mut seen = BTreeMap::from([("extra".to_owned(), "the map of the fields that are not named")]);
        for name in schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys) {
            if let Some(other) = seen.insert(name.to_snake_case(), name) {
                let found = format!("the name in Rust, `{}`, is also that of {other}", name.to_snake_case());
                return Err(Problem::new(below(&format!("{place}/properties"), name), found, "take one of them out"));
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

/// Leaves of each schema what makes its type: wire types hold whatever a server says.
fn strip(document: &mut Value, prepared: &mut Prepared) -> Result<()> {
    each_schema(document, &mut |_, schema| {
        schema.retain(|name, _| KEPT.split(' ').any(|kept| kept == name));
        if let Some(format) = schema.remove("format") {
            if let Some((_, private, ty)) = TYPES.iter().find(|(name, ..)| format == *name) {
                schema.insert("format".to_owned(), json!(private));
                *prepared.types.entry(ty).or_default() += 1;
            } else if format == "uuid" {
                schema.insert("format".to_owned(), format);
            }
        }
        // Beside a reference the generator reads nothing.
        if schema.len() > 1
            && let Some(target) = schema.remove("$ref")
        {
            schema.insert("allOf".to_owned(), json!([{ "$ref": target }]));
        }
        Ok(())
    })
}

/// Takes out of descriptions what rustdoc would read as code to run, or the compiler as the end of a comment.
fn trim_texts(value: &mut Value) {
    match value {
        Value::Object(map) => map.iter_mut().for_each(|(name, value)| match (name.as_str(), &mut *value) {
            ("description" | "summary", Value::String(text)) => {
                let lines = text.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
                *text = lines.collect::<Vec<_>>().join("\n").replace("*/", "* /").replace("/*", "/ *");
                *text = text.replace("```", "").replace("~~~", "");
            }
            _ => trim_texts(value),
        }),
        Value::Array(list) => list.iter_mut().for_each(trim_texts),
        _ => {}
    }
}

/// Runs the generator. Where it gives up without a place, the place is the part without which it does not.
pub(crate) fn run_progenitor(document: &Value) -> Result<syn::File> {
    let operations = object(document, "/paths").flat_map(|(path, item)| {
        let methods = object(item, "").filter(|(method, _)| METHODS.contains(&method.as_str()));
        methods.map(move |(method, _)| (below("/paths", path), method))
    });
    let components = object(document, "/components/schemas").map(|(name, _)| ("/components/schemas".to_owned(), name));
    let heals = |(holder, name): &(String, &String)| {
        let mut without = document.clone();
        let map = without.pointer_mut(holder).and_then(Value::as_object_mut);
        map.is_some_and(|map| {
            if holder.starts_with("/paths") { map.remove(*name) } else { map.insert((*name).clone(), json!({})) }
                .is_some()
        }) && try_progenitor(&without).is_ok()
    };
    try_progenitor(document).map_err(|problem| {
        let culprit = operations.chain(components).filter(|_| problem.place.is_empty()).find(heals);
        let place = culprit.map_or(problem.place, |(holder, name)| below(&format!("#{holder}"), name));
        Problem { place, ..problem }
    })
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
        .with_inner_type(quote!(crate::transport::Call))
        .with_derive("PartialEq");
    for (_, private, ty) in TYPES {
        let schema = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some(private.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(schema, ty, std::iter::empty());
    }
    let remedy = "simplify that part of the document, or teach `prepare` in build.rs to";
    let tokens = panic::catch_unwind(|| Generator::new(&settings).generate_tokens(&document))
        .map_err(|panic| Problem::new("", format!("progenitor gave up: {}", last_words(&*panic)), remedy))?
        .map_err(|error| Problem::new("", format!("progenitor refused it: {error}"), remedy))?;
    syn::parse2(tokens).map_err(|error| Problem::new("", format!("progenitor wrote bad Rust: {error}"), remedy))
}

/// Makes the generated types grow without breaking their users: builders, open enums, `#[non_exhaustive]`.
pub(crate) fn polish(file: &mut syn::File, prepared: &Prepared) -> Result<()> {
    for item in &mut file.items {
        match item {
            syn::Item::Mod(syn::ItemMod { ident, content: Some((_, items)), .. }) if ident == "types" => {
                polish_types(items, prepared)?;
            }
            // The constructor that panics where TLS cannot be set up.
            syn::Item::Impl(block) if block.trait_.is_none() && !prepared.methods.contains_key("new") => {
                block.items.retain(|item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"));
            }
            _ => {}
        }
    }
    file.items.extend(items(appendix(prepared))?);
    Ok(())
}

fn items(tokens: TokenStream) -> Result<Vec<syn::Item>> {
    let file = syn::parse2::<syn::File>(tokens);
    file.map(|file| file.items).map_err(|error| Problem::new("", format!("bad Rust: {error}"), "mend build.rs"))
}

fn polish_types(all: &mut Vec<syn::Item>, prepared: &Prepared) -> Result<()> {
    let mut enums = BTreeMap::new();
    for item in all.iter_mut() {
        match item {
            syn::Item::Struct(item) => {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
                let syn::Fields::Named(fields) = &mut item.fields else { continue };
                item.attrs.push(parse_quote!(#[derive(::bon::Builder)]));
                item.attrs.push(parse_quote!(#[builder(on(::std::string::String, into), on(crate::Secret, into))]));
                for field in &mut fields.named {
                    polish_field(field, &item.ident, prepared);
                }
            }
            syn::Item::Enum(item) if item.variants.iter().all(|variant| variant.fields.is_empty()) => {
                enums.insert(item.ident.to_string(), open_enum(item));
            }
            _ => {}
        }
    }
    // What the generator wrote for the closed enums is replaced by what holds for the open ones.
    all.retain(|item| match item {
        syn::Item::Impl(block) => !enums.contains_key(&block.self_ty.to_token_stream().to_string()),
        _ => true,
    });
    for tokens in enums.into_values() {
        all.extend(items(tokens)?);
    }
    Ok(())
}

/// The string given for a serde attribute of a field or variant, such as `rename`; empty for one without a string.
fn serde(attributes: &[syn::Attribute], name: &str) -> Option<String> {
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

fn document_if_bare(attributes: &mut Vec<syn::Attribute>, text: &str) {
    if !attributes.iter().any(|attribute| attribute.path().is_ident("doc")) {
        attributes.insert(0, parse_quote!(#[doc = #text]));
    }
}

fn polish_field(field: &mut syn::Field, owner: &Ident, prepared: &Prepared) {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let json = serde(&field.attrs, "rename").unwrap_or_else(|| name.clone());
    let is_extra = serde(&field.attrs, "flatten").is_some();
    let text = format!("`{json}`.");
    let text = if is_extra { "Fields that this version does not know, kept as they came." } else { &text };
    document_if_bare(&mut field.attrs, text);
    if is_extra || serde(&field.attrs, "default").is_some() {
        field.attrs.push(parse_quote!(#[builder(default)]));
    }
    if prepared.nulls.contains(&(owner.to_string(), json.clone())) {
        field.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        if json != name {
            field.attrs.push(parse_quote!(#[serde(rename = #json)]));
        }
    }
}

/// Adds the variant for values that the document does not list, and what goes with it.
fn open_enum(item: &mut syn::ItemEnum) -> TokenStream {
    let name = &item.ident;
    let mut arms = Vec::new();
    for variant in &mut item.variants {
        let value = serde(&variant.attrs, "rename").unwrap_or_else(|| variant.ident.to_string());
        document_if_bare(&mut variant.attrs, &format!("`{value}`"));
        if variant.ident == "Other" {
            variant.ident = format_ident!("OtherValue");
            variant.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
            variant.attrs.push(parse_quote!(#[serde(rename = #value)]));
        }
        arms.push((variant.ident.clone(), value));
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
    let (variants, values): (Vec<_>, Vec<_>) = arms.into_iter().unzip();
    quote! {
        impl #name {
            /// The value as it is written in JSON.
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

/// The rules of the objects and the regions, which progenitor has no part in.
fn appendix(prepared: &Prepared) -> TokenStream {
    let statics = prepared.rules.iter().map(|(name, ..)| name).collect::<Vec<_>>();
    let (types, rules) = (prepared.rules.iter().map(|(_, ty, _)| ty), prepared.rules.iter().map(|(.., rule)| rule));
    let variants = prepared.regions.iter().map(|(variant, ..)| variant).collect::<Vec<_>>();
    let codes = prepared.regions.iter().map(|(_, code, _)| code);
    let texts = prepared.regions.iter().map(|(_, code, text)| match text.as_str() {
        "" => format!("`{code}`"),
        text => format!("`{code}`: {text}"),
    });
    quote! {
        mod rules {
            use crate::validate::{Field, Object, Rule, format};
            #(pub(super) static #statics: Object = #rules;)*
        }
        #(impl crate::Validate for types::#types {
            const RULES: &'static crate::validate::Object = &rules::#statics;
        })*
        /// A region in which the vendor serves the API.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Region {
            #(#[doc = #texts] #variants,)*
            /// A region that this version does not list, by its name in host names, such as `de-fra`.
            Other(String),
        }
        impl Region {
            /// The regions that this version lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];
            /// The name of the region in host names.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #codes,)*
                    Self::Other(name) => name,
                }
            }
        }
    }
}

/// Holds the result against what the steps meant to do; a generator that changed its ways is seen here.
pub(crate) fn check(file: &syn::File, prepared: &Prepared) -> Result<()> {
    #[derive(Default)]
    struct Seen {
        types: BTreeSet<String>,
        closed: BTreeSet<String>,
        methods: Vec<String>,
        /// The types of fields, and of what methods take and give.
        used: String,
    }
    impl<'a> Visit<'a> for Seen {
        fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
            self.types.insert(item.ident.to_string());
            let named = matches!(item.fields, syn::Fields::Named(_)) && item.ident != "Client";
            let keeps = item.fields.iter().any(|field| serde(&field.attrs, "flatten").is_some());
            if named && !keeps || serde(&item.attrs, "deny_unknown_fields").is_some() {
                self.closed.insert(item.ident.to_string());
            }
            item.fields.iter().for_each(|field| self.used += &field.ty.to_token_stream().to_string());
        }
        fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
            if !item.variants.iter().any(|variant| variant.ident == "Other" && !variant.fields.is_empty()) {
                self.closed.insert(item.ident.to_string());
            }
        }
        fn visit_item_impl(&mut self, block: &'a syn::ItemImpl) {
            let is_client = block.trait_.is_none() && block.self_ty.to_token_stream().to_string() == "Client";
            for item in block.items.iter().filter(|_| is_client) {
                if let syn::ImplItem::Fn(function) = item {
                    self.methods.push(function.sig.ident.to_string());
                    self.used += &function.sig.to_token_stream().to_string();
                }
            }
        }
    }
    let mut seen = Seen::default();
    seen.visit_file(file);
    let mut problems = Vec::new();
    problems.extend(seen.closed.iter().map(|name| format!("{name} is closed to what a server may add")));
    let missing = prepared.rules.iter().filter(|(_, ty, _)| !seen.types.contains(&ty.to_string()));
    problems.extend(missing.map(|(_, ty, _)| format!("no type was generated for the component {ty}")));
    for (method, place) in &prepared.methods {
        let count = seen.methods.iter().filter(|seen| *seen == method).count();
        if count != 1 {
            let found = format!("{count} methods have the name `{method}`, which the operationId gives");
            return Err(Problem::new(place, found, "give the operation another operationId"));
        }
    }
    for (ty, expected) in &prepared.types {
        let count = seen.used.matches(&ty.replace("::", " :: ")).count();
        if count < *expected {
            problems.push(format!("{ty} was generated {count} times for {expected} in the document"));
        }
    }
    let remedy =
        "rename that part of the document, or see which step of build.rs no longer matches what progenitor writes";
    if problems.is_empty() { Ok(()) } else { Err(Problem::new("", problems.join(", "), remedy)) }
}
