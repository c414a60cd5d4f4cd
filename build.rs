//! Writes the client: reads the OpenAPI document, prepares it for progenitor, generates, polishes, checks the result and
//! writes it to `OUT_DIR`. Each step is a function over the document or the syntax tree; `tests/it/build.rs` holds them.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fmt, fs, panic};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle};
use quote::{format_ident, quote};
use schemars::schema::{InstanceType, SchemaObject};
use serde_json::{Map, Value, json};
use syn::parse_quote;
use syn::visit::Visit;

const SPEC: &str = "spec/vpn.json";
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// The formats that have a function in `src/validate.rs`; any other is documentation only.
const FORMATS: [&str; 6] = ["uuid", "public-ip", "ipv4-interface", "ipv6-interface", "lan-id", "time-local"];
/// What progenitor would turn into types that refuse a server's data, or into values that cannot be told from absent ones.
const STRIPPED: [&str; 14] = [
    "default",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];
/// Stands for `date-time` while the generator runs, so that the tolerant timestamp is used for it.
const TIMESTAMP: &str = "tolerant-timestamp";
/// Stands for `password`, so that a type that cannot be printed is used for it.
const SECRET: &str = "secret-text";

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed={SPEC}");
    println!("cargo::rerun-if-changed=build.rs");
    let Some(out) = env::var_os("OUT_DIR") else {
        println!("cargo::error=OUT_DIR is not set; this program is run by cargo");
        return ExitCode::FAILURE;
    };
    let written = fs::read_to_string(SPEC)
        .map_err(|error| Problem::new("", error, "put the OpenAPI document there"))
        .and_then(|text| generate(&text))
        .and_then(|made| {
            made.warnings.iter().for_each(|warning| println!("cargo::warning={SPEC}{warning}"));
            fs::write(Path::new(&out).join("vpn.rs"), made.code)
                .map_err(|error| Problem::new("", error, "make OUT_DIR writable"))
        });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={SPEC}{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Why a document cannot be taken: where, what was found there, and what to do about it.
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
        let told = format!("{}; {}", self.found, self.remedy);
        write!(f, "{}: {}", self.place, told.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

type Result<T, E = Problem> = std::result::Result<T, E>;

/// The generated file, and what a maintainer should know of it.
#[derive(Debug)]
pub(crate) struct Generated {
    pub(crate) code: String,
    pub(crate) warnings: Vec<String>,
}

/// What the steps before generation learnt of the document, and changed in it.
#[derive(Debug, Default)]
pub(crate) struct Prepared {
    pub(crate) document: Value,
    /// How often each step changed something.
    pub(crate) counts: BTreeMap<&'static str, usize>,
    pub(crate) warnings: Vec<String>,
    rules: Vec<(String, TokenStream)>,
    regions: Vec<(String, String)>,
    /// Type and JSON name of the fields in which a server writes `null` for "nothing".
    nulls: Vec<(String, String)>,
}

/// Turns the text of an OpenAPI document into the text of the client.
pub(crate) fn generate(text: &str) -> Result<Generated> {
    let prepared = prepare(parse(text)?)?;
    let mut file = run_progenitor(&prepared.document)?;
    polish(&mut file, &prepared)?;
    check(&file, &prepared)?;
    let Prepared { warnings, .. } = prepared;
    Ok(Generated { code: prettyplease::unparse(&file), warnings })
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
    check_operations(&document)?;
    let regions = regions(&document)?;
    let mut prepared = Prepared { regions, ..Prepared::default() };
    prepared.counts.insert("allOf merged", merge_all_of(&mut document)?);
    prepared.counts.insert("enums opened", open_unions(&mut document)?);
    prepared.counts.insert("enums lifted", lift_enums(&mut document)?);
    prepared.counts.insert("responses removed", collapse_responses(&mut document)?);
    prepared.counts.insert("request media types removed", keep_json_bodies(&mut document)?);
    prepared.rules = rules(&document, &mut prepared.warnings);
    prepared.nulls = nulls(&document);
    prepared.counts.insert("objects opened", open_objects(&mut document)?);
    prepared.counts.insert("bounds stripped", strip(&mut document)?);
    prepared.counts.insert("timestamps", mark(&mut document, "date-time", TIMESTAMP)?);
    prepared.counts.insert("secrets", mark(&mut document, "password", SECRET)?);
    prepared.counts.insert("texts trimmed", trim_texts(&mut document));
    prepared.document = document;
    Ok(prepared)
}

fn check_version(document: &Value) -> Result<()> {
    if let Some(version) = document.get("swagger") {
        let found = format!("OpenAPI {version}, where 3.0 is needed");
        return Err(Problem::new(" at #/swagger", found, "convert it with `npx swagger2openapi`"));
    }
    match document.get("openapi").and_then(Value::as_str) {
        Some(version) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        Some(version) => Err(Problem::new(
            " at #/openapi",
            format!("OpenAPI {version:?}, where 3.0 is needed"),
            "write the document as 3.0.3 (a list of types becomes `nullable`, `examples` becomes `example`)",
        )),
        None => Err(Problem::new(" at #/openapi", "no version text", "write `\"openapi\": \"3.0.3\"`")),
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
                let place = format!(" at {place}/$ref");
                let Some(pointer) = target.strip_prefix('#') else {
                    let found = format!("{target:?} is outside the document");
                    return Err(Problem::new(place, found, "bundle it with `npx @redocly/cli bundle`"));
                };
                if document.pointer(pointer).is_none() {
                    let found = format!("{target:?} is not in the document");
                    return Err(Problem::new(place, found, "add the component or correct the reference"));
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

fn object<'a>(value: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.pointer(pointer).and_then(Value::as_object).into_iter().flatten()
}

/// Follows references until a value that is none.
fn resolve<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    for _ in 0..32 {
        let target = value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        match target.and_then(|pointer| document.pointer(pointer)) {
            Some(next) => value = next,
            None => break,
        }
    }
    value
}

fn check_operations(document: &Value) -> Result<()> {
    let mut seen = BTreeMap::new();
    for (path, item) in object(document, "/paths") {
        let place = below(" at #/paths", path);
        if path.contains("ipssecgateways") {
            let found = "the path is misspelt (`ipssecgateways`), as in a sample call of the vendor's page";
            return Err(Problem::new(place, found, "write `ipsecgateways`"));
        }
        let shared = check_parameters(document, item, &place)?;
        for (method, operation) in item.as_object().into_iter().flatten() {
            if !METHODS.contains(&method.as_str()) {
                continue;
            }
            let place = format!("{place}/{method}");
            let Some(id) = operation.get("operationId").and_then(Value::as_str).filter(|id| !id.is_empty()) else {
                return Err(Problem::new(place, "no operationId", "give the operation one: it names the method"));
            };
            if let Some(other) = seen.insert(id.to_snake_case(), place.clone()) {
                let found = format!("the operationId {id:?} is also that of{other}");
                return Err(Problem::new(place, found, "give one of them another operationId"));
            }
            let own = check_parameters(document, operation, &place)?;
            let mut named = path.split('{').skip(1).filter_map(|part| part.split('}').next());
            if let Some(name) = named.find(|name| !shared.iter().chain(&own).any(|known| known == name)) {
                let found = format!("the path parameter {name:?} is not described");
                return Err(Problem::new(place, found, "add it to `parameters`"));
            }
        }
    }
    Ok(())
}

/// Checks the path parameters, and returns their names.
fn check_parameters(document: &Value, holder: &Value, place: &str) -> Result<Vec<String>> {
    let parameters = holder.get("parameters").and_then(Value::as_array).into_iter().flatten();
    let mut names = Vec::new();
    for (index, parameter) in parameters.enumerate() {
        let parameter = resolve(document, parameter);
        if parameter.get("in").and_then(Value::as_str) != Some("path") {
            continue;
        }
        let place = format!("{place}/parameters/{index}");
        let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
        let schema = parameter.get("schema").map(|schema| resolve(document, schema));
        if schema.and_then(|schema| schema.get("format")).and_then(Value::as_str) != Some("uuid") {
            let found = format!("the path parameter {name:?} is not a UUID, and any text in a path can lead elsewhere");
            return Err(Problem::new(place, found, "give its schema `\"format\": \"uuid\"`"));
        }
        if parameter.get("required").and_then(Value::as_bool) != Some(true) {
            let found = format!("the path parameter {name:?} is not required");
            return Err(Problem::new(place, found, "write `\"required\": true`, as OpenAPI demands"));
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

/// The names of the regions, with what the document says of them, from its servers.
fn regions(document: &Value) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    for (index, server) in document.get("servers").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
        let text = server.get("description").and_then(Value::as_str).unwrap_or_default();
        let region =
            url.trim_end_matches('/').strip_prefix("https://vpn.").and_then(|rest| rest.strip_suffix(".ionos.com"));
        match region {
            Some(variable) if variable.starts_with('{') => {
                let name = variable.trim_matches(['{', '}']);
                let values = server.pointer(&format!("/variables/{name}/enum")).and_then(Value::as_array);
                let names = values.into_iter().flatten().filter_map(Value::as_str);
                found.extend(names.map(|name| (name.to_owned(), String::new())));
            }
            Some(region) if !region.is_empty() => found.push((region.to_owned(), text.to_owned())),
            _ => {
                return Err(Problem::new(
                    format!(" at #/servers/{index}/url"),
                    format!("{url:?} names no region"),
                    "write it as `https://vpn.{region}.ionos.com`",
                ));
            }
        }
    }
    Ok(found)
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

/// Writes `allOf` out: a reference alone stays a reference, objects become one object.
fn merge_all_of(document: &mut Value) -> Result<usize> {
    fn merged(document: &Value, schema: &Map<String, Value>, depth: usize) -> Map<String, Value> {
        let mut whole = schema.clone();
        let Some(Value::Array(parts)) = whole.remove("allOf") else { return whole };
        if let ([part], false, Some(target)) =
            (parts.as_slice(), whole.contains_key("properties"), parts.first().and_then(|part| part.get("$ref")))
        {
            // What stands beside a reference is not generated, but a default tells who fills the field.
            let kept = ["default", "nullable", "x-server-chosen"].into_iter();
            let mut reference: Map<_, _> =
                kept.filter_map(|name| Some((name.to_owned(), whole.get(name)?.clone()))).collect();
            reference.insert("$ref".to_owned(), target.clone());
            debug_assert!(part.is_object());
            return reference;
        }
        for part in &parts {
            let Some(part) = resolve(document, part).as_object() else { continue };
            let part = if depth < 32 { merged(document, part, depth + 1) } else { part.clone() };
            for (name, value) in part {
                match (whole.get_mut(&name), value) {
                    (Some(Value::Object(ours)), Value::Object(theirs)) if name == "properties" => {
                        theirs.into_iter().for_each(|(name, value)| _ = ours.entry(name).or_insert(value));
                    }
                    (Some(Value::Array(ours)), Value::Array(theirs)) if name == "required" => ours.extend(theirs),
                    (Some(_), _) => {}
                    (None, value) => _ = whole.insert(name, value),
                }
            }
        }
        whole
    }
    let original = document.clone();
    let mut count = 0;
    each_schema(document, &mut |_, schema| {
        if schema.contains_key("allOf") {
            *schema = merged(&original, schema, 0);
            count += 1;
        }
        Ok(())
    })?;
    // Objects that were merged in whole may themselves hold what was merged.
    if count > 0 { Ok(count + merge_all_of(document)?) } else { Ok(count) }
}

/// Reads "this enum or any text" as the open enum that every enum becomes; any other union has no open form.
fn open_unions(document: &mut Value) -> Result<usize> {
    let original = document.clone();
    let mut count = 0;
    each_schema(document, &mut |place, schema| {
        let Some(key) = ["anyOf", "oneOf"].into_iter().find(|key| schema.contains_key(*key)) else { return Ok(()) };
        let parts: Vec<_> = schema.get(key).and_then(Value::as_array).into_iter().flatten().collect();
        let text = |part: &&Value| resolve(&original, part).get("type").and_then(Value::as_str) == Some("string");
        let listed = parts.iter().find(|part| resolve(&original, part).get("enum").is_some());
        match listed {
            Some(listed) if parts.iter().all(text) => {
                *schema = listed.as_object().cloned().unwrap_or_default();
                count += 1;
                Ok(())
            }
            _ => Err(Problem::new(
                format!(" at {place}/{key}"),
                "a union, which would close the type to answers that are new",
                "write one object schema with the fields of all, or a text with an enum",
            )),
        }
    })?;
    Ok(count)
}

fn is_text_enum(schema: &Map<String, Value>) -> bool {
    schema.contains_key("enum") && schema.get("type").and_then(Value::as_str) == Some("string")
}

/// Gives every inline text enum a component, so that it has a name; an enum of anything else loses its list.
fn lift_enums(document: &mut Value) -> Result<usize> {
    let original = document.clone();
    let mut lifted: BTreeMap<String, Value> = BTreeMap::new();
    let mut count = 0;
    each_schema(document, &mut |place, schema| {
        if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            values.retain(|value| !value.is_null());
        }
        let named = place.strip_prefix("#/components/schemas/").is_some_and(|rest| !rest.contains('/'));
        if !is_text_enum(schema) {
            schema.remove("enum");
        } else if !named {
            let mut component = schema.clone();
            let nullable = component.remove("nullable");
            let component = Value::Object(component);
            let mut name = enum_name(&original, place);
            let taken = |name: &String| {
                original
                    .pointer(&format!("/components/schemas/{name}"))
                    .or(lifted.get(name))
                    .is_some_and(|it| *it != component)
            };
            while taken(&name) {
                name.push_str("Value");
            }
            *schema = Map::from_iter([("$ref".to_owned(), json!(format!("#/components/schemas/{name}")))]);
            schema.extend(nullable.map(|nullable| ("nullable".to_owned(), nullable)));
            lifted.insert(name, component);
            count += 1;
        }
        Ok(())
    })?;
    if !lifted.is_empty() {
        let components = document.as_object_mut().map(|document| document.entry("components").or_insert(json!({})));
        let components = components.and_then(Value::as_object_mut);
        let schemas = components.and_then(|map| map.entry("schemas").or_insert(json!({})).as_object_mut());
        if let Some(schemas) = schemas {
            schemas.extend(lifted);
        }
    }
    Ok(count)
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
        let methods =
            item.as_object_mut().into_iter().flatten().filter(|(method, _)| METHODS.contains(&method.as_str()));
        methods.filter_map(move |(method, operation)| {
            Some((format!("{}/{method}", below(" at #/paths", path)), operation.as_object_mut()?))
        })
    })
}

/// Keeps the JSON media type alone; true when there is one.
fn keep_json(content: &mut Map<String, Value>) -> bool {
    let is_json = |name: &str| name == "application/json" || name.starts_with("application/json;");
    let json = content.iter().find(|(name, _)| is_json(name)).map(|(_, media)| media.clone());
    content.clear();
    content.extend(json.map(|media| ("application/json".to_owned(), media)));
    content.get("application/json").is_some_and(|media| media.get("schema").is_some())
}

/// Keeps of each operation's responses the successful ones, as one `2XX`: every other answer then reaches the facade whole.
fn collapse_responses(document: &mut Value) -> Result<usize> {
    let original = document.clone();
    let mut count = 0;
    for (place, operation) in operations(document) {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        let Some(responses) = responses else {
            return Err(Problem::new(place, "no responses", "document the successful one"));
        };
        let mut kept: Option<(String, Value, Option<Value>)> = None;
        for (code, response) in std::mem::take(responses) {
            if !code.starts_with('2') {
                count += 1;
                continue;
            }
            let mut response = resolve(&original, &response).clone();
            let content =
                response.get_mut("content").and_then(Value::as_object_mut).filter(|content| !content.is_empty());
            if content.is_some_and(|content| !keep_json(content)) {
                let found = format!("the body of {code} has no JSON schema");
                return Err(Problem::new(place, found, "describe it under `application/json` with a schema"));
            }
            let body = response.pointer("/content/application~1json/schema").cloned();
            match &kept {
                Some((other, _, first)) if *first != body => {
                    let found = format!("the bodies of {other} and {code} differ, and a method returns one type");
                    return Err(Problem::new(place, found, "give both the same schema, or drop one"));
                }
                Some(_) => count += 1,
                None => kept = Some((code, response, body)),
            }
        }
        let Some((_, response, _)) = kept else {
            let found = "no 2xx response, so nothing says what success looks like";
            return Err(Problem::new(place, found, "document the successful code (`default` is taken for errors)"));
        };
        responses.insert("2XX".to_owned(), response);
    }
    if let Some(components) = document.get_mut("components").and_then(Value::as_object_mut) {
        components.remove("responses");
    }
    Ok(count)
}

fn keep_json_bodies(document: &mut Value) -> Result<usize> {
    let original = document.clone();
    let mut count = 0;
    for (place, operation) in operations(document) {
        let Some(body) = operation.get_mut("requestBody") else { continue };
        let mut whole = resolve(&original, body).clone();
        if let Some(content) = whole.get_mut("content").and_then(Value::as_object_mut) {
            count += content.len().saturating_sub(1);
            if !keep_json(content) {
                let found = "the request body has no JSON schema";
                return Err(Problem::new(place, found, "describe it under `application/json` with a schema"));
            }
        }
        *body = whole;
    }
    Ok(count)
}

fn is_object(schema: &Value) -> bool {
    schema.get("properties").and_then(Value::as_object).is_some_and(|properties| !properties.is_empty())
}

fn component_name(reference: &Value) -> Option<&str> {
    reference.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}

/// Writes the rules of every object component: what the validation and the comparison of resources go by.
fn rules(document: &Value, warnings: &mut Vec<String>) -> Vec<(String, TokenStream)> {
    let objects = object(document, "/components/schemas").filter(|(_, schema)| is_object(schema));
    objects.map(|(name, schema)| (name.clone(), object_rule(document, schema, name, warnings))).collect()
}

fn object_rule(document: &Value, schema: &Value, place: &str, warnings: &mut Vec<String>) -> TokenStream {
    let required: Vec<_> = schema.get("required").and_then(Value::as_array).into_iter().flatten().collect();
    let fields = object(schema, "/properties").map(|(name, property)| {
        let target = resolve(document, property);
        let either = |key| [property, target].into_iter().find_map(|it| it.get(key));
        let required = required.iter().any(|it| it.as_str() == Some(name));
        let nullable = either("nullable").and_then(Value::as_bool).unwrap_or(false);
        let server_default = !required && (either("default").is_some() || either("x-server-chosen").is_some());
        let rule = rule(document, property, &format!("{place}.{name}"), warnings);
        quote!(Field { name: #name, required: #required, nullable: #nullable, server_default: #server_default, rule: #rule })
    });
    let fields = fields.collect::<Vec<_>>();
    quote!(Object { name: #place, fields: &[#(#fields),*] })
}

fn rule(document: &Value, schema: &Value, place: &str, warnings: &mut Vec<String>) -> TokenStream {
    if let Some(name) = component_name(schema).filter(|_| is_object(resolve(document, schema))) {
        let name = format_ident!("{}", name.to_shouty_snake_case());
        return quote!(Rule::Object(&#name));
    }
    let schema = resolve(document, schema);
    let bound = |key| schema.get(key).and_then(Value::as_u64);
    let (min, max) = (|key| bound(key).unwrap_or(0), |key| bound(key).unwrap_or(u64::MAX));
    match schema.get("type").and_then(Value::as_str) {
        Some("string") => {
            let (min, max) = (min("minLength"), max("maxLength"));
            if schema.get("format").and_then(Value::as_str) == Some("password") {
                return quote!(Rule::Secret { min: #min, max: #max });
            }
            let format = schema.get("format").and_then(Value::as_str).filter(|format| {
                let known = FORMATS.contains(format);
                if !known && *format != "date-time" {
                    warnings.push(format!(
                        ": {place} has the format {format:?}, for which src/validate.rs has no function"
                    ));
                }
                known
            });
            let format = match format {
                Some(name) => {
                    let function = format_ident!("{}", name.to_snake_case());
                    quote!(Some(format::#function))
                }
                None => quote!(None),
            };
            quote!(Rule::Text { min: #min, max: #max, format: #format })
        }
        Some("integer") => {
            let bound = |key| schema.get(key).and_then(Value::as_i64);
            let (min, max) = (bound("minimum").unwrap_or(i64::MIN), bound("maximum").unwrap_or(i64::MAX));
            quote!(Rule::Integer { min: #min, max: #max })
        }
        Some("array") => {
            let (min, max) = (min("minItems"), max("maxItems"));
            let keys =
                schema.get("x-list-map-keys").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
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

/// The fields that a server sends as `null`: written back the same way.
fn nulls(document: &Value) -> Vec<(String, String)> {
    let truth = |schema: &Value, key| schema.get(key).and_then(Value::as_bool).unwrap_or(false);
    object(document, "/components/schemas")
        .flat_map(|(name, schema)| object(schema, "/properties").map(move |(field, schema)| (name, field, schema)))
        .filter(|(_, _, schema)| truth(schema, "nullable") && truth(schema, "readOnly"))
        .map(|(name, field, _)| (name.to_upper_camel_case(), field.clone()))
        .collect()
}

/// Makes every object keep the fields that the document does not name.
fn open_objects(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    each_schema(document, &mut |_, schema| {
        if is_object(&Value::Object(schema.clone())) {
            schema.insert("type".to_owned(), json!("object"));
            schema.insert("additionalProperties".to_owned(), json!({}));
            count += 1;
        } else if schema.get("additionalProperties").is_some_and(Value::is_boolean) {
            schema.remove("additionalProperties");
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}

/// Takes out bounds, defaults and formats: wire types hold whatever a server says.
fn strip(document: &mut Value) -> Result<usize> {
    let mut count = 0;
    each_schema(document, &mut |_, schema| {
        let before = schema.len();
        schema.retain(|name, _| !STRIPPED.contains(&name.as_str()) && name != "title");
        let kept = ["uuid", "date-time", "password"];
        if schema.get("format").and_then(Value::as_str).is_some_and(|format| !kept.contains(&format)) {
            schema.remove("format");
        }
        count += before - schema.len();
        Ok(())
    })?;
    Ok(count)
}

/// Renames a format to the private one for which a type of ours is used.
fn mark(document: &mut Value, format: &str, private: &str) -> Result<usize> {
    let mut count = 0;
    each_schema(document, &mut |_, schema| {
        if schema.get("format").and_then(Value::as_str) == Some(format) {
            schema.insert("format".to_owned(), json!(private));
            count += 1;
        }
        Ok(())
    })?;
    Ok(count)
}

/// Takes out of descriptions what rustdoc would read as code to run, or the compiler as the end of a comment.
fn trim_texts(value: &mut Value) -> usize {
    match value {
        Value::Object(map) => map
            .iter_mut()
            .map(|(name, value)| match (name.as_str(), &mut *value) {
                ("description" | "summary", Value::String(text)) => {
                    let lines =
                        text.trim().lines().map(|line| line.trim().trim_start_matches("```").trim_start_matches("~~~"));
                    let trimmed = lines.collect::<Vec<_>>().join("\n").replace("*/", "* /").replace("/*", "/ *");
                    let changed = usize::from(trimmed != *text);
                    *text = trimmed;
                    changed
                }
                _ => trim_texts(value),
            })
            .sum(),
        Value::Array(list) => list.iter_mut().map(trim_texts).sum(),
        _ => 0,
    }
}

fn run_progenitor(document: &Value) -> Result<syn::File> {
    let document = serde_path_to_error::deserialize::<_, openapiv3::OpenAPI>(document).map_err(|error| {
        let place = format!(" at {}", error.path());
        Problem::new(place, error.into_inner(), "make it a valid OpenAPI 3.0 document (`npx @redocly/cli lint`)")
    })?;
    let text = |format: &str| SchemaObject {
        instance_type: Some(InstanceType::String.into()),
        format: Some(format.to_owned()),
        ..SchemaObject::default()
    };
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote!(crate::transport::Call))
        .with_derive("PartialEq")
        .with_conversion(text(TIMESTAMP), "crate::Timestamp", std::iter::empty())
        .with_conversion(text(SECRET), "crate::Secret", std::iter::empty());
    let remedy = "simplify that part of the document, or teach `prepare` in build.rs to";
    // The generator panics on some documents; its words are worth more than its backtrace.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let tokens = panic::catch_unwind(|| Generator::new(&settings).generate_tokens(&document));
    panic::set_hook(hook);
    let tokens = tokens.map_err(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        Problem::new("", format!("progenitor gave up: {}", text.unwrap_or("no reason given")), remedy)
    })?;
    let tokens = tokens.map_err(|error| Problem::new("", format!("progenitor refused it: {error}"), remedy))?;
    syn::parse2(tokens).map_err(|error| Problem::new("", format!("progenitor wrote bad Rust: {error}"), remedy))
}

/// Makes the generated types grow without breaking their users: builders, open enums, `#[non_exhaustive]`.
fn polish(file: &mut syn::File, prepared: &Prepared) -> Result<()> {
    for item in &mut file.items {
        match item {
            syn::Item::Mod(module) if module.ident == "types" => {
                if let Some((_, items)) = &mut module.content {
                    polish_types(items, prepared);
                }
            }
            // The constructor that panics where TLS cannot be set up.
            syn::Item::Impl(block) if block.trait_.is_none() => {
                block.items.retain(|item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"));
            }
            _ => {}
        }
    }
    let tokens = appendix(prepared);
    let added: syn::File =
        syn::parse2(tokens).map_err(|error| Problem::new("", error, "mend `appendix` in build.rs"))?;
    file.items.extend(added.items);
    Ok(())
}

fn polish_types(items: &mut Vec<syn::Item>, prepared: &Prepared) {
    let mut enums = Vec::new();
    for item in items.iter_mut() {
        match item {
            syn::Item::Struct(item) => {
                item.attrs.push(parse_quote!(#[non_exhaustive]));
                let name = item.ident.to_string();
                let syn::Fields::Named(fields) = &mut item.fields else { continue };
                item.attrs.push(parse_quote!(#[derive(::bon::Builder)]));
                item.attrs.push(parse_quote!(#[builder(on(::std::string::String, into))]));
                for field in &mut fields.named {
                    polish_field(field, |json| {
                        prepared.nulls.iter().any(|(owner, field)| *owner == name && field == json)
                    });
                }
            }
            syn::Item::Enum(item) if item.variants.iter().all(|variant| variant.fields.is_empty()) => {
                enums.push((item.ident.clone(), open_enum(item)));
            }
            _ => {}
        }
    }
    // What the generator wrote for the closed enums is replaced by what holds for the open ones.
    items.retain(|item| match item {
        syn::Item::Impl(block) => !enums.iter().any(|(name, _)| is_type(&block.self_ty, name)),
        _ => true,
    });
    for (_, tokens) in enums {
        let file: syn::Result<syn::File> = syn::parse2(tokens);
        items.extend(file.into_iter().flat_map(|file| file.items));
    }
}

fn is_type(ty: &syn::Type, name: &Ident) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.is_ident(name))
}

/// The string given for a serde attribute of a field or variant, such as `rename`.
fn serde_value(attributes: &[syn::Attribute], name: &str) -> Option<String> {
    let mut found = None;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        let _ = attribute.parse_nested_meta(|meta| {
            if let Ok(value) = meta.value() {
                let value: syn::LitStr = value.parse()?;
                found = if meta.path.is_ident(name) { Some(value.value()) } else { found.take() };
            }
            Ok(())
        });
    }
    found
}

fn has_serde(attributes: &[syn::Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("serde") && quote!(#attribute).to_string().contains(name))
}

fn document_if_bare(attributes: &mut Vec<syn::Attribute>, text: &str) {
    if !attributes.iter().any(|attribute| attribute.path().is_ident("doc")) {
        attributes.insert(0, parse_quote!(#[doc = #text]));
    }
}

fn polish_field(field: &mut syn::Field, null_is_written: impl Fn(&str) -> bool) {
    let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let json = serde_value(&field.attrs, "rename").unwrap_or_else(|| name.clone());
    if has_serde(&field.attrs, "flatten") {
        document_if_bare(&mut field.attrs, "Fields that this version does not know, kept as they came.");
    }
    document_if_bare(&mut field.attrs, &format!("`{json}`."));
    if has_serde(&field.attrs, "flatten") || has_serde(&field.attrs, "default") {
        field.attrs.push(parse_quote!(#[builder(default)]));
    }
    if null_is_written(&json) {
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
        let value = serde_value(&variant.attrs, "rename").unwrap_or_else(|| variant.ident.to_string());
        document_if_bare(&mut variant.attrs, &format!("`{value}`"));
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
    let (statics, types): (Vec<_>, Vec<_>) = prepared
        .rules
        .iter()
        .map(|(name, _)| {
            (format_ident!("{}", name.to_shouty_snake_case()), format_ident!("{}", name.to_upper_camel_case()))
        })
        .unzip();
    let rules = prepared.rules.iter().map(|(_, rule)| rule);
    let (variants, (codes, texts)): (Vec<_>, (Vec<_>, Vec<_>)) = prepared
        .regions
        .iter()
        .map(|(code, text)| (format_ident!("{}", code.to_upper_camel_case()), (code, format!("`{code}`: {text}"))))
        .unzip();
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
        types: Vec<String>,
        closed: Vec<String>,
        timestamps: usize,
        secrets: usize,
    }
    impl<'a> Visit<'a> for Seen {
        fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
            self.types.push(item.ident.to_string());
            let named = matches!(item.fields, syn::Fields::Named(_)) && item.ident != "Client";
            let keeps = item.fields.iter().any(|field| has_serde(&field.attrs, "flatten"));
            if named && !keeps || has_serde(&item.attrs, "deny_unknown_fields") {
                self.closed.push(item.ident.to_string());
            }
            let uses = |name: &str| {
                let of = |field: &&syn::Field| {
                    let ty = &field.ty;
                    quote!(#ty).to_string().contains(name)
                };
                item.fields.iter().filter(of).count()
            };
            self.timestamps += uses("crate :: Timestamp");
            self.secrets += uses("crate :: Secret");
        }
        fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
            if !item.variants.iter().any(|variant| variant.ident == "Other") {
                self.closed.push(item.ident.to_string());
            }
        }
    }
    let mut seen = Seen::default();
    seen.visit_file(file);
    let remedy = "see which step of build.rs no longer matches what progenitor writes";
    if !seen.closed.is_empty() {
        return Err(Problem::new("", format!("closed to what a server may add: {}", seen.closed.join(", ")), remedy));
    }
    let missing: Vec<_> = prepared
        .rules
        .iter()
        .map(|(name, _)| name.to_upper_camel_case())
        .filter(|name| !seen.types.contains(name))
        .collect();
    if !missing.is_empty() {
        return Err(Problem::new("", format!("no type was generated for {}", missing.join(", ")), remedy));
    }
    for (name, generated) in [("timestamps", seen.timestamps), ("secrets", seen.secrets)] {
        let expected = prepared.counts.get(name).copied().unwrap_or_default();
        if generated != expected {
            let found = format!("{generated} {name} were generated for {expected} in the document");
            return Err(Problem::new("", found, remedy));
        }
    }
    Ok(())
}
