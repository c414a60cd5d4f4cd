//! Names the text enums: by title, by component, or by the enclosing schema.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;
use serde_json::{Value, json};

use super::document::{
    METHODS, Object, add_schema, below, component, each_schema, effective, entries, is_component, remove_unreferenced,
    str_at, strings,
};
use super::problem::{Problem, Result};

/// The names of variants: by type, then by value.
pub(crate) type VariantNames = BTreeMap<String, BTreeMap<String, String>>;

/// Keywords that describe a field and not its type. They do not move into the component of an enum.
const OF_THE_FIELD: [&str; 5] = ["nullable", "readOnly", "writeOnly", "deprecated", "title"];
/// The members that describe the type. They move to the component and do not stay next to the reference to it.
const OF_THE_TYPE: [&str; 3] = ["enum", "type", "x-enum-varnames"];

/// Moves every text enum into a component, which gives its type a name. Returns the names of the variants.
pub(crate) fn name_enums(document: &mut Value) -> Result<VariantNames> {
    let mut variants = VariantNames::new();
    keep_texts(document)?;
    // Titles first, so that no other enum takes their names.
    lift_enums(document, true, &mut variants)?;
    lift_enums(document, false, &mut variants)?;
    Ok(variants)
}

/// Removes `null` from enums. Removes the list of values from enums that are not text enums.
fn keep_texts(document: &mut Value) -> Result<()> {
    each_schema(document, &mut |_, schema| {
        let Some(Value::Array(mut values)) = schema.remove("enum") else { return Ok(()) };
        if values.iter().any(Value::is_null) {
            schema.insert("nullable".to_owned(), json!(true));
        }
        values.retain(|value| !value.is_null());
        if !values.is_empty() && values.iter().all(Value::is_string) {
            schema.insert("type".to_owned(), json!("string"));
            schema.insert("enum".to_owned(), Value::Array(values));
        }
        Ok(())
    })
}

/// Moves the enums with a title, or the enums without one, out of the schemas that contain them.
fn lift_enums(document: &mut Value, with_title: bool, variants: &mut VariantNames) -> Result<()> {
    let original = document.clone();
    let mut lifted: BTreeMap<String, Value> = BTreeMap::new();
    let mut replaced = BTreeSet::new();
    each_schema(document, &mut |place, schema| {
        let here = Value::Object(schema.clone());
        let whole = effective(&original, &here);
        let own_name = place.strip_prefix("#/components/schemas/").filter(|_| is_component(place));
        let title = str_at(&here, "title").filter(|_| own_name.is_none());
        if value_set(&whole).is_empty() || title.is_some() != with_title {
            return Ok(());
        }
        let target = component(&original, &here);
        if let (None, Some(name)) = (title, target.or(own_name)) {
            return note_variants(variants, name, &whole, place);
        }
        let name = title.map_or_else(|| name_by_holder(&original, place), str::to_owned);
        let key = component_key(&original, &lifted, name.to_upper_camel_case(), &whole, title.is_none());
        let key = key.map_err(|others| {
            let found = format!("the schema {others} has the same title {name:?}");
            Problem::new(place, found, "give both the same values, or one of them another title")
        })?;
        note_variants(variants, &key, &whole, place)?;
        replaced.extend(target.filter(|target| *target != key).map(str::to_owned));
        schema.retain(|name, _| !OF_THE_TYPE.contains(&name.as_str()));
        schema.insert("$ref".to_owned(), json!(format!("#/components/schemas/{key}")));
        let of_the_type = whole.as_object().cloned().unwrap_or_default().into_iter();
        let of_the_type = of_the_type.filter(|(name, _)| !OF_THE_FIELD.contains(&name.as_str()));
        let schema = lifted.entry(key).or_insert_with(|| of_the_type.collect::<Object>().into());
        add_values(schema, &whole);
        Ok(())
    })?;
    for (key, schema) in lifted {
        add_schema(document, &key, schema.clone());
        if let Some(present) = document.pointer_mut(&below("/components/schemas", &key)) {
            add_values(present, &schema);
        }
    }
    remove_unreferenced(document, &replaced);
    Ok(())
}

/// Returns the component for an enum: an existing one with the same values, or a new one. If the name belongs to an
/// enum with other values, a longer name is used or the document is refused.
fn component_key(
    document: &Value,
    lifted: &BTreeMap<String, Value>,
    mut name: String,
    schema: &Value,
    may_grow: bool,
) -> Result<String, String> {
    loop {
        let mut known = entries(document, "/components/schemas").chain(lifted);
        match known.find(|(known, _)| known.to_upper_camel_case() == name) {
            None => return Ok(name),
            Some((key, other)) if value_set(other) == value_set(schema) => return Ok(key.clone()),
            // Enums with the same title may get a new value at different times.
            Some((key, other)) if !may_grow && !value_set(other).is_disjoint(&value_set(schema)) => {
                return Ok(key.clone());
            }
            Some(_) if may_grow => name.push_str("Value"),
            Some((key, other)) => {
                return Err(format!("{key} ({})", strings(other, "/enum").collect::<Vec<_>>().join(", ")));
            }
        }
    }
}

/// Adds the values of another enum that are missing.
fn add_values(schema: &mut Value, other: &Value) {
    let Some(Value::Array(values)) = schema.get_mut("enum") else { return };
    for value in strings(other, "/enum").map(Value::from) {
        if !values.contains(&value) {
            values.push(value);
        }
    }
}

/// Returns the values of a text enum; none for any other schema.
fn value_set(schema: &Value) -> BTreeSet<&str> {
    strings(schema, "/enum").collect()
}

/// Records the variant names of an enum.
fn note_variants(variants: &mut VariantNames, component: &str, schema: &Value, place: &str) -> Result<()> {
    let enum_name = component.to_upper_camel_case();
    if schema.get("x-enum-varnames").is_none() {
        return Ok(());
    }
    let place = format!("{place}/x-enum-varnames");
    let (mut values, mut names): (Vec<_>, Vec<_>) =
        (strings(schema, "/enum").collect(), strings(schema, "/x-enum-varnames").collect());
    // By value, so that neither the order nor a new value changes the names of the others.
    if let Some(Value::Object(by_value)) = schema.get("x-enum-varnames") {
        if let Some(value) = by_value.keys().find(|value| !values.contains(&value.as_str())) {
            let found = format!("{value:?} has a name, but is not one of the values ({})", values.join(", "));
            return Err(Problem::new(place, found, "correct the value, or remove it"));
        }
        (values, names) = by_value.iter().filter_map(|(value, name)| Some((value.as_str(), name.as_str()?))).unzip();
    }
    if values.len() != names.len() {
        let found = format!("{} names for {} values ({})", names.len(), values.len(), values.join(", "));
        return Err(Problem::new(place, found, "write one name for each value, in the same order"));
    }
    let known = variants.entry(enum_name.clone()).or_default();
    for (value, name) in values.into_iter().zip(names) {
        super::rules::identifier(name, &place)?;
        if let Some(other) = known.insert(value.to_owned(), name.to_owned()).filter(|other| other != name) {
            let found = format!("the value {value:?} of {enum_name} has two names: {other} and {name}");
            return Err(Problem::new(place, found, "give it one name"));
        }
    }
    if known.values().collect::<BTreeSet<_>>().len() < known.len() || known.values().any(|name| name == "Other") {
        let found = format!("two variants of {enum_name} have the same name (`Other` is reserved for unknown values)");
        return Err(Problem::new(place, found, "give each value a different name"));
    }
    Ok(())
}

/// Names an inline enum after its place: the component and property, or the operation and parameter.
fn name_by_holder(document: &Value, place: &str) -> String {
    let mut name = String::new();
    let mut pointer = String::new();
    for part in place.trim_start_matches("#/").split('/') {
        pointer = format!("{pointer}/{part}");
        let here = document.pointer(&pointer).unwrap_or(&Value::Null);
        match part {
            "components" | "schemas" | "properties" | "paths" | "parameters" | "schema" | "content" | "allOf" => {}
            _ if METHODS.contains(&part) && str_at(here, "operationId").is_some() => {
                name = str_at(here, "operationId").unwrap_or_default().to_upper_camel_case();
            }
            _ => name.push_str(&str_at(here, "name").unwrap_or(part).replace("~1", " ").to_upper_camel_case()),
        }
    }
    name
}
