//! Validation of a resource against the rule tables that the build writes from the document.

use std::collections::HashSet;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::rule::{Object, Rule};
use super::violation::{Violation, Violations};

/// Keeps traits from being implemented outside this crate.
pub trait Sealed {}

/// Checks a resource against the bounds and formats of the API, without sending anything.
///
/// This trait is sealed: the build implements it for every object of the document. Values of an enumeration and fields that
/// this version does not know are accepted: the server is the authority on those.
///
/// ```
/// use ionos_vpn::{Connection, Validate};
///
/// let json = br#"{"datacenterId": "5a029f4a-72e5-11ec-90d6-0242ac120003", "lanId": "2", "ipv4CIDR": "192.168.1.0/24"}"#;
/// let violations = Connection::from_json(json).unwrap_err();
/// assert_eq!(violations.as_slice()[0].path(), "ipv4CIDR");
/// ```
pub trait Validate: Serialize + Sealed {
    #[doc(hidden)]
    const RULES: &'static Object;

    /// Checks every field.
    ///
    /// # Errors
    /// [`Violations`] with every value that breaks a rule, not just the first.
    fn validate(&self) -> Result<(), Violations> {
        let value = serde_json::to_value(self).map_err(|error| Violation::new("", Value::Null, error.to_string()))?;
        violations(Self::RULES, &value).map_or(Ok(()), Err)
    }

    /// Parses the resource from JSON and checks it. A field that is missing, of another type or no UUID is reported together
    /// with everything that [`Validate::validate`] finds.
    ///
    /// # Errors
    /// [`Violations`]; for a text that is not JSON a single one without a path, which says where.
    fn from_json(json: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        let whole = |error: serde_json::Error| Violations::from(Violation::new("", Value::Null, error.to_string()));
        let value = serde_json::from_slice(json).map_err(whole)?;
        violations(Self::RULES, &value).map_or(Ok(()), Err)?;
        serde_json::from_value(value).map_err(whole)
    }
}

/// Returns every violation in a JSON value; `None` if there is none.
pub(crate) fn violations(object: &Object, value: &Value) -> Option<Violations> {
    let mut found = Vec::new();
    check_object(object, value, "", &mut found);
    Violations::new(found)
}

fn check_object(object: &Object, value: &Value, path: &str, found: &mut Vec<Violation>) {
    let Some(map) = value.as_object() else {
        return found.push(Violation::new(path, value.clone(), "must be an object"));
    };
    for field in object.fields {
        let path = if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        match map.get(field.name) {
            None | Some(Value::Null) if !field.required => {}
            Some(Value::Null) if field.nullable => {}
            None | Some(Value::Null) => found.push(Violation::new(&path, Value::Null, "is missing and must be given")),
            Some(value) => check(&field.rule, value, &path, found),
        }
    }
    for group in object.at_least_one_of {
        if !group.iter().any(|name| map.get(*name).is_some_and(|value| !value.is_null())) {
            let remedy = format!("must have at least one of {}", group.join(", "));
            found.push(Violation::new(path, Value::Null, remedy));
        }
    }
}

fn check(rule: &Rule, value: &Value, path: &str, found: &mut Vec<Violation>) {
    let mut refuse = |remedy: String| found.push(Violation::new(path, rule.redacted(value), remedy));
    match (rule, value) {
        (Rule::Any, _)
        | (Rule::Boolean, Value::Bool(_))
        | (Rule::Number, Value::Number(_))
        | (Rule::Map, Value::Object(_)) => {}
        (Rule::Integer { min, max }, Value::Number(number)) => {
            if !number.as_i64().is_some_and(|number| (min..=max).contains(&&number)) {
                let natural = |bound: &i64| u64::try_from(*bound).unwrap_or(0);
                refuse(format!("must be a whole number {}", range(natural(min), natural(max))));
            }
        }
        (Rule::Text { min, max, format, .. }, Value::String(text)) => {
            if !is_within(text.chars().count(), *min, *max) {
                refuse(format!("must have {} characters", range(*min, *max)));
            } else if let Some(Err(remedy)) = format.map(|format| format(text)) {
                refuse(remedy.to_owned());
            }
        }
        (Rule::Text { secret: false, .. }, Value::Number(number)) => refuse(format!("must be text: \"{number}\"")),
        (Rule::List { min, max, keys, same, item }, Value::Array(list)) => {
            if !is_within(list.len(), *min, *max) {
                refuse(format!("must have {} elements, not {}", range(*min, *max), list.len()));
            }
            check_elements(item, keys, list, path, found);
            same.iter().for_each(|name| check_agreement(item, name, list, path, found));
        }
        (Rule::Object(object), _) => check_object(object, value, path, found),
        (Rule::Text { .. }, _) => refuse("must be text".to_owned()),
        (Rule::List { .. }, _) => refuse("must be a list".to_owned()),
        (Rule::Map, _) => refuse("must be an object".to_owned()),
        (Rule::Boolean, _) => refuse("must be true or false".to_owned()),
        (Rule::Number | Rule::Integer { .. }, _) => refuse("must be a number".to_owned()),
    }
}

/// Checks each element of a list, and that no two have the same keys.
fn check_elements(item: &Rule, keys: &[&str], list: &[Value], path: &str, found: &mut Vec<Violation>) {
    let mut seen = HashSet::new();
    for (index, value) in list.iter().enumerate() {
        let path = format!("{path}[{index}]");
        check(item, value, &path, found);
        if item.identity(keys, value).is_some_and(|identity| !seen.insert(identity)) {
            let remedy = format!("is a duplicate: another element has the same {}", keys.join(" and "));
            found.push(Violation::new(&path, item.redacted(value), remedy));
        }
    }
}

/// Checks that all elements of a list have the same value in a field. Values that are invalid by themselves are left out.
fn check_agreement(item: &Rule, name: &str, list: &[Value], path: &str, found: &mut Vec<Violation>) {
    let Rule::Object(object) = item else { return };
    let Some(field) = object.field(name) else { return };
    let mut first: Option<Value> = None;
    for (index, element) in list.iter().enumerate() {
        let Some(value) = element.get(name) else { continue };
        let mut invalid = Vec::new();
        check(&field.rule, value, "", &mut invalid);
        let canonical = field.rule.canonical(value);
        if !invalid.is_empty() || *first.get_or_insert_with(|| canonical.clone()) == canonical {
            continue;
        }
        let first = first.as_ref().and_then(Value::as_str).unwrap_or_default();
        let remedy = format!("must be {first}, as in the first element: all elements must have the same {name}");
        found.push(Violation::new(&format!("{path}[{index}].{name}"), value.clone(), remedy));
    }
}

fn is_within(size: usize, min: u64, max: u64) -> bool {
    (min..=max).contains(&(size as u64))
}

fn range(min: u64, max: u64) -> String {
    match (min, max) {
        (0, max) => format!("at most {max}"),
        (min, max) if max >= i64::MAX as u64 => format!("at least {min}"),
        (min, max) => format!("{min} to {max}"),
    }
}
