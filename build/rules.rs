//! Builds the rule tables for validation, drift and the sandbox: one for each object schema.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use serde_json::Value;

use super::document::{
    below, component, effective, elements, entries, is_object, is_true, resolve, schema_of, str_at, strings,
};
use super::prepare::{SECRET, TYPES};
use super::problem::{DOCUMENT, Problem, Result};

/// The functions for formats; a format is known if it has one here.
const FORMATS: &str = include_str!("../src/model/format.rs");
/// The bounds, and the type of schema for which `src/model/rule.rs` has a rule for them; empty if there is none.
const BOUNDS: [(&str, &str); 13] = [
    ("exclusiveMaximum", ""),
    ("exclusiveMinimum", ""),
    ("maxItems", "array"),
    ("maxLength", "string"),
    ("maxProperties", ""),
    ("maximum", "integer number"),
    ("minItems", "array"),
    ("minLength", "string"),
    ("minProperties", ""),
    ("minimum", "integer number"),
    ("multipleOf", ""),
    ("pattern", ""),
    ("uniqueItems", ""),
];

/// The rules of a component: the name of the table, the type it belongs to, and the table.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) table: Ident,
    pub(crate) ty: Ident,
    pub(crate) code: TokenStream,
}

/// Returns a name for generated code. Some names in the document are not valid in Rust.
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
            let found = format!("the component {other:?} would have the same type name {ty}");
            return Err(Problem::new(place, found, "give one of them another name"));
        }
        if is_object(schema) {
            warn_unchecked(schema, name, &mut warnings);
            let code = object_rule(document, schema, name, &mut warnings)?;
            rules.push(Rules { table: table_name(name), ty, code });
        }
    }
    Ok((rules, warnings))
}

/// Returns an example value: the example of the schema, or for an object, the examples of its fields.
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
    let is_required = |name: &str| strings(schema, "/required").any(|required| required == name);
    let fields = entries(schema, "/properties").map(|(field, property)| {
        let required = is_required(field);
        let nullable = is_true(property, "nullable");
        let [read_only, write_only] = ["readOnly", "writeOnly"].map(|key| is_true(&effective(document, property), key));
        let default = server_default(document, property).filter(|_| !required);
        let optional = |text: Option<&str>| text.map_or(quote!(None), |text| quote!(Some(#text)));
        let (default, public_key) = (optional(default.as_deref()), optional(str_at(property, "x-public-key")));
        let rule = rule(document, property, &format!("{name}.{field}"), warnings)?;
        Ok(quote! {
            Field {
                name: #field,
                required: #required,
                nullable: #nullable,
                read_only: #read_only,
                write_only: #write_only,
                public_key: #public_key,
                server_default: #default,
                rule: #rule,
            }
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
    let conditions = required_if(document, schema, name)?;
    let is_secret = |schema: &Value| is_true(schema, "writeOnly") || is_secret(schema);
    let has_read_only = is_any(document, schema, &|schema| is_true(schema, "readOnly"), &mut BTreeSet::new());
    let has_secret = is_any(document, schema, &is_secret, &mut BTreeSet::new());
    Ok(quote! {
        Object {
            name: #name,
            fields: &[#(#fields),*],
            at_least_one_of: &[#(#groups),*],
            required_if: &[#(#conditions),*],
            has_read_only: #has_read_only,
            has_secret: #has_secret,
        }
    })
}

fn is_secret(schema: &Value) -> bool {
    str_at(schema, "format") == Some("password") || is_true(schema, SECRET)
}

/// Returns `true` if a schema or one within it is wanted. `seen` holds the components that were looked at.
fn is_any(document: &Value, schema: &Value, is_wanted: &dyn Fn(&Value) -> bool, seen: &mut BTreeSet<String>) -> bool {
    if component(document, schema).is_some_and(|name| !seen.insert(name.to_owned())) {
        return false;
    }
    let schema = effective(document, schema);
    let fields = entries(&schema, "/properties").map(|(_, field)| field);
    let mut parts = fields.chain(schema.get("items")).chain(schema.get("additionalProperties"));
    is_wanted(&schema) || parts.any(|part| is_any(document, part, is_wanted, seen))
}

/// Returns the fields that are required if other fields have some values, such as `{"psk": {"method": "PSK"}}`.
fn required_if(document: &Value, schema: &Value, name: &str) -> Result<Vec<TokenStream>> {
    let key = "x-required-if";
    let conditions = entries(schema, &format!("/{key}")).map(|(field, condition)| {
        let names: Vec<_> = entries(condition, "").map(|(other, _)| other.as_str()).chain([field.as_str()]).collect();
        check_fields(document, schema, &names, name, key)?;
        let condition = entries(condition, "").map(|(other, value)| {
            let value = value.as_str().unwrap_or_default();
            quote!((#other, #value))
        });
        Ok(quote!((#field, &[#(#condition),*])))
    });
    conditions.collect()
}

/// Refuses an extension that names a field which the object does not have.
fn check_fields(document: &Value, object: &Value, fields: &[&str], name: &str, key: &str) -> Result<()> {
    let properties = resolve(document, object).get("properties");
    match fields.iter().find(|field| properties.is_none_or(|properties| properties.get(**field).is_none())) {
        Some(field) => {
            let found = format!("the `{key}` of {name} contains {field:?}, which is not a field of it");
            Err(Problem::new("#/components/schemas", found, "correct the name, or remove it"))
        }
        None => Ok(()),
    }
}

fn rule(document: &Value, schema: &Value, name: &str, warnings: &mut Vec<String>) -> Result<TokenStream> {
    let target = component(document, schema).filter(|target| schema_of(document, target).is_some_and(is_object));
    // The rule of this field only. The rules of a recursive schema would be infinite.
    let has_own_rule = schema.get("x-at-least-one-of").is_some() && name.len() < 512;
    if let Some(target) = target.filter(|_| !has_own_rule) {
        let table = table_name(target);
        warn_unchecked(schema, name, warnings);
        return Ok(quote!(Rule::Object(&#table)));
    }
    let schema = &effective(document, schema);
    warn_unchecked(schema, name, warnings);
    // A list or a map may contain itself.
    let is_deep = name.matches(['[', '*']).count() > 16;
    let natural = |key| whole_bound(schema, key, 0, u64::MAX);
    let integer = |key| whole_bound(schema, key, i64::MIN, i64::MAX);
    Ok(match str_at(schema, "type") {
        Some("string") => {
            let (min, max) = (natural("minLength"), natural("maxLength"));
            let secret = is_secret(schema);
            let values: Vec<_> = strings(schema, "/enum").collect();
            if !values.is_empty() && !secret {
                return Ok(quote!(Rule::Enum(&[#(#values),*])));
            }
            let format = match str_at(schema, "format").and_then(format_function) {
                Some(function) => quote!(Some(format::#function)),
                None => quote!(None),
            };
            quote!(Rule::Text { min: #min, max: #max, format: #format, secret: #secret })
        }
        Some("integer") => {
            let (min, max) = (integer("minimum"), integer("maximum"));
            quote!(Rule::Integer { min: #min, max: #max })
        }
        Some("array") if !is_deep => list_rule(document, schema, name, warnings)?,
        _ if is_object(schema) => {
            let inline = object_rule(document, schema, name, warnings)?;
            quote!(Rule::Object(&#inline))
        }
        Some("object") if !is_deep => {
            let values = schema.get("additionalProperties").unwrap_or(&Value::Null);
            let values = rule(document, values, &format!("{name}.*"), warnings)?;
            quote!(Rule::Map(&#values))
        }
        Some("boolean") => quote!(Rule::Boolean),
        Some("number") => {
            let min = number_bound(schema, "minimum").unwrap_or(quote!(f64::NEG_INFINITY));
            let max = number_bound(schema, "maximum").unwrap_or(quote!(f64::INFINITY));
            quote!(Rule::Number { min: #min, max: #max })
        }
        _ => quote!(Rule::Any),
    })
}

fn list_rule(document: &Value, schema: &Value, name: &str, warnings: &mut Vec<String>) -> Result<TokenStream> {
    let [min, max] = ["minItems", "maxItems"].map(|key| whole_bound(schema, key, 0, u64::MAX));
    let items = schema.get("items").unwrap_or(&Value::Null);
    let [keys, same] = ["x-list-map-keys", "x-same-in-all"].map(|key| {
        let fields: Vec<_> = strings(schema, &format!("/{key}")).collect();
        check_fields(document, items, &fields, name, key).map(|()| fields)
    });
    let (keys, same) = (keys?, same?);
    let element = effective(document, items);
    if let Some(key) = keys.iter().find(|key| !strings(&element, "/required").any(|required| required == **key)) {
        let found = format!("the `x-list-map-keys` of {name} contains {key:?}, which is optional in the elements");
        let remedy = "make it required in the element, or remove it from the keys";
        return Err(Problem::new("#/components/schemas", found, remedy));
    }
    let item = rule(document, items, &format!("{name}[]"), warnings)?;
    Ok(quote!(Rule::List { min: #min, max: #max, keys: &[#(#keys),*], same: &[#(#same),*], item: &#item }))
}

/// Returns a bound as a whole number within `least` and `most`, however it is written: `5`, `5.0` or `5e0`.
fn whole_bound<T: TryFrom<i128>>(schema: &Value, key: &str, least: T, most: T) -> T {
    let is_min = key.starts_with("min");
    let Some(bound) = schema.get(key).and_then(Value::as_number) else { return if is_min { least } else { most } };
    let round = |float: f64| if is_min { float.ceil() } else { float.floor() };
    let float = || format!("{:.0}", round(bound.as_f64()?).clamp(-1e30, 1e30)).parse().ok();
    let whole = bound.as_i128().or_else(float).unwrap_or_default();
    T::try_from(whole).unwrap_or(if whole < 0 { least } else { most })
}

fn number_bound(schema: &Value, key: &str) -> Option<TokenStream> {
    schema.get(key).and_then(Value::as_f64).map(|bound| quote!(#bound))
}

/// Returns the name of the function for a format, if there is one.
fn format_function(format: &str) -> Option<Ident> {
    let name = format.to_snake_case();
    FORMATS.contains(&format!("\npub(crate) fn {name}(")).then(|| format_ident!("{name}"))
}

fn warn_unchecked(schema: &Value, name: &str, warnings: &mut Vec<String>) {
    let ty = str_at(schema, "type");
    let unchecked = BOUNDS.iter().filter(|(key, types)| {
        let is_checked = |bound: &Value| bound.is_number() && types.split(' ').any(|it| Some(it) == ty);
        schema.get(*key).is_some_and(|bound| *bound != false && !is_checked(bound))
    });
    let has_typed_rest = is_object(schema) && entries(schema, "/additionalProperties").next().is_some();
    let rest = has_typed_rest.then_some("additionalProperties");
    for key in unchecked.map(|(key, _)| *key).chain(rest) {
        warnings.push(format!("{DOCUMENT}: {name} has `{key}`, for which src/model/rule.rs has no rule"));
    }
    let format = str_at(schema, "format").filter(|_| ty == Some("string"));
    if let Some(format) =
        format.filter(|name| !TYPES.iter().any(|(typed, ..)| typed == name) && format_function(name).is_none())
    {
        warnings.push(format!(
            "{DOCUMENT}: {name} has the format {format:?}, for which src/model/format.rs has no function"
        ));
    }
}
