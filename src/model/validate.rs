//! Validation of a resource against the rule tables that the build writes from the document.

use std::collections::HashSet;
use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::rule::{Object, Rule};
use super::strict;
use super::violation::{Place, Violation, Violations};

/// Why a secret must be given in every write.
const SECRET: &str = "the server does not return it, so every write must set it, or the replacement would erase it";

/// Keeps traits from being implemented outside this crate.
pub trait Sealed {}

/// Checks a resource against the bounds and formats of the API, without sending anything.
///
/// This trait is sealed: the build implements it for every object of the document. Fields and enum values that this
/// version does not know are accepted, because the server may know them. So a typo in a name is not a violation.
/// [`Validate::from_json_strict`] and [`Validate::unknown_fields`] find typos.
///
/// ```
/// use ionos_vpn::{Connection, Validate};
///
/// let json = br#"{"datacenterId": "5a029f4a-72e5-11ec-90d6-0242ac120003", "lanId": "2", "ipv4CIDR": "192.168.1.0/24"}"#;
/// let violations = Connection::from_json(json).unwrap_err();
/// assert_eq!(violations.as_slice()[0].path(), "ipv4CIDR");
/// ```
pub trait Validate: Serialize + PartialEq + Sealed {
    #[doc(hidden)]
    const RULES: &'static Object;

    /// Checks every field.
    ///
    /// # Errors
    /// [`Violations`] with every value that breaks a rule, not just the first. If an `extra` holds a field that the type
    /// knows, the value cannot be written as JSON: this is then the only violation, and it has no path.
    fn validate(&self) -> Result<(), Violations> {
        violations(Self::RULES, &json(self)?).map_or(Ok(()), Err)
    }

    /// Returns the paths of the fields that this version does not know, such as `connections[0].mac`. Their values are
    /// in `extra`. If an `extra` holds a known field, the only element is a sentence that says so.
    ///
    /// ```
    /// use ionos_vpn::{MaintenanceWindow, Validate};
    ///
    /// let json = br#"{"dayOfTheWeek": "Sunday", "time": "03:00:00", "zone": "UTC"}"#;
    /// assert_eq!(MaintenanceWindow::from_json(json)?.unknown_fields(), ["zone"]);
    /// # Ok::<_, ionos_vpn::Violations>(())
    /// ```
    fn unknown_fields(&self) -> Vec<String> {
        match json(self) {
            Ok(value) => strict::unknown_fields(Self::RULES, &value),
            Err(violation) => vec![violation.remedy().to_owned()],
        }
    }

    /// Returns the resource as JSON without secrets: each secret is `***`. Absent secrets stay absent. If an `extra` holds a
    /// known field, returns a text that says so.
    ///
    /// ```
    /// use ionos_vpn::Validate;
    /// use ionos_vpn::types::IpSecPsk;
    ///
    /// let psk = IpSecPsk::builder().key("correct horse").build();
    /// assert_eq!(psk.redacted().to_string(), r#"{"key":"***"}"#);
    /// ```
    #[must_use]
    fn redacted(&self) -> Value {
        match json(self) {
            Ok(value) => Rule::Object(Self::RULES).redacted(&value),
            Err(violation) => violation.remedy().into(),
        }
    }

    /// Parses the resource from JSON and checks it. A field that is missing, has the wrong type or is not a UUID is
    /// reported together with all violations of [`Validate::validate`].
    ///
    /// # Errors
    /// [`Violations`]. If the text is not JSON, there is a single violation, which has no path. Its message gives
    /// the position of the error.
    fn from_json(json: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        Self::from_value(serde_json::from_slice(json).map_err(|error| unreadable(&error))?)
    }

    /// Parses the resource as [`Validate::from_json`] does, and refuses possible typos: fields and enum values that
    /// this version does not know. Use it for input written by people, not for responses of the server. The value of an
    /// unknown field is not repeated, because it may be a secret.
    ///
    /// ```
    /// use ionos_vpn::{MaintenanceWindow, Validate};
    ///
    /// let json = br#"{"dayOfTheWeek": "Sundae", "time": "03:00:00", "tiem": "04:00:00"}"#;
    /// assert!(MaintenanceWindow::from_json(json).is_ok());
    /// let violations = MaintenanceWindow::from_json_strict(json).unwrap_err();
    /// let lines: Vec<_> = violations.iter().map(ToString::to_string).collect();
    /// assert_eq!(lines[0], r#"dayOfTheWeek "Sundae" is an unknown value; did you mean `Sunday`?"#);
    /// assert_eq!(lines[1], "tiem is an unknown field; did you mean `time`?");
    /// ```
    ///
    /// # Errors
    /// [`Violations`]
    fn from_json_strict(json: &[u8]) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        let value = serde_json::from_slice(json).map_err(|error| unreadable(&error))?;
        let mut found: Vec<_> = violations(Self::RULES, &value).into_iter().flatten().collect();
        found.extend(strict::unknown(Self::RULES, &value));
        Violations::new(found).map_or(Ok(()), Err)?;
        serde_json::from_value(value).map_err(|error| unreadable(&error))
    }

    /// Parses the resource from a JSON value and checks it, as [`Validate::from_json`] does. Use it for a part of a
    /// larger document.
    ///
    /// # Errors
    /// [`Violations`]
    fn from_value(value: Value) -> Result<Self, Violations>
    where
        Self: DeserializeOwned,
    {
        violations(Self::RULES, &value).map_or(Ok(()), Err)?;
        serde_json::from_value(value).map_err(|error| unreadable(&error))
    }
}

fn unreadable(error: &serde_json::Error) -> Violations {
    Violation::new("", Value::Null, error.to_string()).into()
}

/// Returns a value as JSON. It fails if an `extra` holds a known field.
pub(crate) fn json<T: Serialize + ?Sized>(value: &T) -> Result<Value, Violation> {
    serde_json::to_value(value)
        .map_err(|error| Violation::new("", Value::Null, format!("cannot be written as JSON: {error}")))
}

/// Returns every violation in a JSON value; `None` if there is none. The paths are relative to the value.
pub(crate) fn violations(object: &'static Object, value: &Value) -> Option<Violations> {
    let mut found = Vec::new();
    check_value(&Rule::Object(object), value, &Place::Root, &mut found);
    Violations::new(found)
}

fn check_object(object: &Object, map: &Map<String, Value>, place: &Place<'_>, found: &mut Vec<Violation>) {
    for field in object.fields {
        let place = Place::Field(place, field.name);
        match map.get(field.name) {
            None | Some(Value::Null) if !field.required => {}
            Some(Value::Null) if field.nullable => {}
            None | Some(Value::Null) if field.write_only => {
                found.push(Violation::at(&place, Value::Null, format!("is missing; {SECRET}")).strict());
            }
            None | Some(Value::Null) => found.push(Violation::at(&place, Value::Null, "is missing and must be given")),
            Some(value) => check_value(&field.rule, value, &place, found),
        }
    }
    for (name, condition) in object.required_if {
        let holds = condition.iter().all(|(other, text)| map.get(*other).and_then(Value::as_str) == Some(text));
        if holds && map.get(*name).is_none_or(Value::is_null) {
            let words: Vec<_> = condition.iter().map(|(other, text)| format!("{other} is {text}")).collect();
            let why = if object.field(name).is_some_and(|field| field.rule.holds_secret()) { SECRET } else { "" };
            let remedy = format!("must be given when {}; {why}", words.join(" and "));
            let remedy = remedy.trim_end_matches("; ");
            found.push(Violation::at(&Place::Field(place, name), Value::Null, remedy).strict());
        }
    }
    for group in object.at_least_one_of {
        if !group.iter().any(|name| map.get(*name).is_some_and(|value| !value.is_null())) {
            let remedy = format!("must have at least one of {}", group.join(", "));
            found.push(Violation::at(place, Value::Null, remedy));
        }
    }
}

fn check_value(rule: &Rule, value: &Value, place: &Place<'_>, found: &mut Vec<Violation>) {
    let mut refuse = |remedy: String| found.push(Violation::at(place, rule.redacted(value), remedy));
    match (rule, value) {
        (Rule::Any, _) | (Rule::Boolean, Value::Bool(_)) | (Rule::Enum(_), Value::String(_)) => {}
        (Rule::Map(item), Value::Object(map)) => {
            map.iter().for_each(|(name, value)| check_value(item, value, &Place::Field(place, name), found));
        }
        (Rule::Number { min, max }, Value::Number(number)) => {
            if !number.as_f64().is_some_and(|number| (*min..=*max).contains(&number)) {
                let (min, max) = (Some(min).filter(|min| min.is_finite()), Some(max).filter(|max| max.is_finite()));
                refuse(format!("must be a number {}", range(min, max)));
            }
        }
        (Rule::Integer { min, max }, Value::Number(number)) => {
            if !number.as_i64().is_some_and(|number| (*min..=*max).contains(&number)) {
                let (min, max) = (Some(min).filter(|it| **it != i64::MIN), Some(max).filter(|it| **it != i64::MAX));
                refuse(format!("must be a whole number {}", range(min, max)));
            }
        }
        (Rule::Text { min, max, format, .. }, Value::String(text)) => {
            if !is_within(text.chars().count(), *min, *max) {
                refuse(format!("must have {} character{}", sizes(*min, *max), plural(*min, *max)));
            } else if let Some(Err(remedy)) = format.map(|format| format(text)) {
                refuse(remedy.to_owned());
            }
        }
        (Rule::Text { secret: false, .. } | Rule::Enum(_), Value::Number(number)) => {
            refuse(format!("must be text: \"{number}\""));
        }
        (Rule::List { min, max, same, .. }, Value::Array(list)) => {
            if !is_within(list.len(), *min, *max) {
                refuse(format!("must have {} element{}, not {}", sizes(*min, *max), plural(*min, *max), list.len()));
            }
            check_elements(rule, list, place, found);
            same.iter().for_each(|name| check_agreement(rule, name, list, place, found));
        }
        (Rule::Object(object), Value::Object(map)) => check_object(object, map, place, found),
        (Rule::Text { .. } | Rule::Enum(_), _) => refuse("must be text".to_owned()),
        (Rule::List { .. }, _) => refuse("must be a list".to_owned()),
        (Rule::Object(_) | Rule::Map(_), _) => refuse("must be an object".to_owned()),
        (Rule::Boolean, _) => refuse("must be true or false".to_owned()),
        (Rule::Number { .. } | Rule::Integer { .. }, _) => refuse("must be a number".to_owned()),
    }
}

/// Checks each element of a list, and that no two have the same keys.
fn check_elements(rule: &Rule, list: &[Value], place: &Place<'_>, found: &mut Vec<Violation>) {
    let Rule::List { item, keys, .. } = rule else { return };
    let mut seen = HashSet::new();
    for (index, element) in list.iter().enumerate() {
        let place = Place::Element(place, index, rule, element);
        check_value(item, element, &place, found);
        // A single element needs no comparison.
        let identity = if list.len() > 1 { rule.identity(element) } else { None };
        if identity.is_some_and(|identity| !seen.insert(identity)) {
            let remedy = format!("is a duplicate: another element has the same {}", keys.join(" and "));
            found.push(Violation::at(&place, item.redacted(element), remedy));
        }
    }
}

/// Checks that all elements of a list have the same value in a field. Values that are invalid on their own are ignored.
fn check_agreement(rule: &Rule, name: &str, list: &[Value], place: &Place<'_>, found: &mut Vec<Violation>) {
    let Rule::List { item: Rule::Object(object), .. } = rule else { return };
    let Some(field) = object.field(name).filter(|_| list.len() > 1) else { return };
    let mut first: Option<Value> = None;
    for (index, element) in list.iter().enumerate() {
        let Some(value) = element.get(name) else { continue };
        let mut invalid = Vec::new();
        check_value(&field.rule, value, &Place::Root, &mut invalid);
        let canonical = field.rule.canonical(value);
        if !invalid.is_empty() || *first.get_or_insert_with(|| canonical.clone()) == canonical {
            continue;
        }
        let first = first.as_ref().and_then(Value::as_str).unwrap_or_default();
        let remedy = format!("must be {first}, as in the first element: all elements must have the same {name}");
        let place = Place::Element(place, index, rule, element);
        found.push(Violation::at(&Place::Field(&place, name), value.clone(), remedy));
    }
}

fn is_within(size: usize, min: u64, max: u64) -> bool {
    (min..=max).contains(&(size as u64))
}

/// Returns the plural ending of the noun after a size.
fn plural(min: u64, max: u64) -> &'static str {
    if (min, max) == (1, u64::MAX) || max == 1 { "" } else { "s" }
}

fn sizes(min: u64, max: u64) -> String {
    range(Some(min).filter(|min| *min > 0), Some(max).filter(|max| *max != u64::MAX))
}

fn range<T: Display>(min: Option<T>, max: Option<T>) -> String {
    match (min, max) {
        (None, Some(max)) => format!("at most {max}"),
        (Some(min), None) => format!("at least {min}"),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (None, None) => "of 64 bits".to_owned(),
    }
}
