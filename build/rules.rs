//! The rule tables, which validation, drift and the sandbox go by: one for every object schema.

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::document::{
    below, component, effective, elements, entries, is_object, is_true, resolve, schema_of, str_at, strings,
};
use super::prepare::TYPES;
use super::problem::{DOCUMENT, Problem, Result};

/// The formats that have a function in `src/model/format.rs`.
const FORMATS: [&str; 6] = ["uuid", "public-ip", "ipv4-interface", "ipv6-interface", "lan-id", "time-local"];
/// The bounds that `src/model/rule.rs` has no rule for.
const UNCHECKED: [&str; 7] =
    ["exclusiveMaximum", "exclusiveMinimum", "maxProperties", "minProperties", "multipleOf", "pattern", "uniqueItems"];

/// The rules of a component: the name of the table, the type it belongs to, and the table.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) table: Ident,
    pub(crate) ty: Ident,
    pub(crate) code: TokenStream,
}

/// Returns a name for generated code, which cannot be made of every name in the document.
pub(crate) fn identifier(name: &str, place: impl Into<String>) -> Result<Ident> {
    syn::parse_str(name)
        .map_err(|_| Problem::new(place, format!("{name:?} is not a name in Rust"), "give it another name"))
}

/// Returns the name of a component's rule table.
pub(crate) fn table_name(component: &str) -> Ident {
    format_ident!("{}", component.to_shouty_snake_case())
}

/// Returns the rules of every object component, and a warning for each bound or format that has no rule.
pub(crate) fn rules(document: &Value) -> Result<(Vec<Rules>, Vec<String>)> {
    let (mut rules, mut warnings) = (Vec::new(), Vec::new());
    let mut seen = BTreeMap::new();
    for (name, schema) in entries(document, "/components/schemas") {
        let place = below("#/components/schemas", name);
        let ty = identifier(&name.to_upper_camel_case(), &place)?;
        if let Some(other) = seen.insert(ty.clone(), name) {
            let found = format!("the type {ty} would also be that of the component {other:?}");
            return Err(Problem::new(place, found, "give one of them another name"));
        }
        if is_object(schema) {
            let code = object_rule(document, schema, name, &mut warnings)?;
            rules.push(Rules { table: table_name(name), ty, code });
        }
    }
    Ok((rules, warnings))
}

/// Returns an example of a value: that of the schema, or for an object one made of the examples of its fields.
pub(crate) fn example(document: &Value, schema: &Value) -> Option<Value> {
    example_within(document, schema, 8)
}

fn example_within(document: &Value, schema: &Value, depth: u32) -> Option<Value> {
    let schema = effective(document, schema);
    schema.get("example").cloned().or_else(|| {
        let depth = depth.checked_sub(1).filter(|_| is_object(&schema))?;
        let fields = entries(&schema, "/properties").filter(|(_, property)| !is_true(property, "writeOnly"));
        let examples = fields.filter_map(|(name, field)| Some((name.clone(), example_within(document, field, depth)?)));
        Some(examples.collect())
    })
}

/// Returns the JSON text of what the server fills in for a field that is left out.
fn server_default(document: &Value, property: &Value) -> Option<String> {
    let property = effective(document, property);
    match property.get("default") {
        Some(default) => Some(default.to_string()),
        None => {
            is_true(&property, "x-server-chosen").then(|| example(document, &property).unwrap_or_default().to_string())
        }
    }
}

fn object_rule(document: &Value, schema: &Value, name: &str, warnings: &mut Vec<String>) -> Result<TokenStream> {
    let fields = entries(schema, "/properties").map(|(field, property)| {
        let required = strings(schema, "/required").any(|required| required == field);
        let nullable = is_true(property, "nullable");
        let default = server_default(document, property).filter(|_| !required);
        let default = default.map_or(quote!(None), |default| quote!(Some(#default)));
        let rule = rule(document, property, &format!("{name}.{field}"), warnings)?;
        Ok(quote! {
            Field { name: #field, required: #required, nullable: #nullable, server_default: #default, rule: #rule }
        })
    });
    let fields = fields.collect::<Result<Vec<_>>>()?;
    // One group as `["a", "b"]`, several as `[["a", "b"], ["c", "d"]]`.
    let key = "x-at-least-one-of";
    let single: Vec<_> = strings(schema, &format!("/{key}")).collect();
    let groups = elements(schema, &format!("/{key}")).map(|group| strings(group, "").collect::<Vec<_>>());
    let groups: Vec<_> = std::iter::once(single).chain(groups).filter(|group| !group.is_empty()).collect();
    groups.iter().try_for_each(|group| check_fields(document, schema, group, name, key))?;
    let groups = groups.iter().map(|group| quote!(&[#(#group),*]));
    Ok(quote!(Object { name: #name, fields: &[#(#fields),*], at_least_one_of: &[#(#groups),*] }))
}

/// Refuses an extension that names a field which the object does not have.
fn check_fields(document: &Value, object: &Value, fields: &[&str], name: &str, key: &str) -> Result<()> {
    let properties = resolve(document, object).get("properties");
    match fields.iter().find(|field| properties.is_none_or(|properties| properties.get(**field).is_none())) {
        Some(field) => {
            let found = format!("the `{key}` of {name} names {field:?}, which is not a field there");
            Err(Problem::new("#/components/schemas", found, "correct the name, or take it out"))
        }
        None => Ok(()),
    }
}

fn rule(document: &Value, schema: &Value, name: &str, warnings: &mut Vec<String>) -> Result<TokenStream> {
    let target = component(document, schema).filter(|target| schema_of(document, target).is_some_and(is_object));
    // A rule of this field alone, of which a recursive schema has no end.
    let has_own_rule = schema.get("x-at-least-one-of").is_some() && name.len() < 512;
    if let Some(target) = target.filter(|_| !has_own_rule) {
        let table = table_name(target);
        return Ok(quote!(Rule::Object(&#table)));
    }
    let schema = &effective(document, schema);
    warn_unchecked(schema, name, warnings);
    let natural = |key, absent| schema.get(key).and_then(Value::as_u64).unwrap_or(absent);
    let integer = |key, absent| schema.get(key).and_then(Value::as_i64).unwrap_or(absent);
    Ok(match str_at(schema, "type") {
        Some("string") => {
            let (min, max) = (natural("minLength", 0), natural("maxLength", u64::MAX));
            let secret = str_at(schema, "format") == Some("password");
            let function = str_at(schema, "format").filter(|format| FORMATS.contains(format));
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
        Some("array") if name.len() < 512 => {
            let (min, max) = (natural("minItems", 0), natural("maxItems", u64::MAX));
            let items = schema.get("items").unwrap_or(&Value::Null);
            let keys: Vec<_> = strings(schema, "/x-list-map-keys").collect();
            let same: Vec<_> = strings(schema, "/x-same-in-all").collect();
            check_fields(document, items, &keys, name, "x-list-map-keys")?;
            check_fields(document, items, &same, name, "x-same-in-all")?;
            let item = rule(document, items, &format!("{name}[]"), warnings)?;
            quote!(Rule::List { min: #min, max: #max, keys: &[#(#keys),*], same: &[#(#same),*], item: &#item })
        }
        _ if is_object(schema) => {
            let inline = object_rule(document, schema, name, warnings)?;
            quote!(Rule::Object(&#inline))
        }
        Some("object") => quote!(Rule::Map),
        Some("boolean") => quote!(Rule::Boolean),
        Some("number") => quote!(Rule::Number),
        _ => quote!(Rule::Any),
    })
}

fn warn_unchecked(schema: &Value, name: &str, warnings: &mut Vec<String>) {
    for key in UNCHECKED.iter().filter(|key| schema.get(**key).is_some()) {
        warnings.push(format!("{DOCUMENT}: {name} has `{key}`, for which src/model/rule.rs has no rule"));
    }
    let format = str_at(schema, "format").filter(|_| str_at(schema, "type") == Some("string"));
    if let Some(format) =
        format.filter(|name| !TYPES.iter().any(|(typed, ..)| typed == name) && !FORMATS.contains(name))
    {
        warnings.push(format!(
            "{DOCUMENT}: {name} has the format {format:?}, for which src/model/format.rs has no function"
        ));
    }
}
