//! Compares a resource with the desired state, and determines the fields that a replacement keeps. Both use the
//! generated rule tables and the JSON of the types, so they cover a new field after a rebuild.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::rule::{Field, Object, Rule, is_absent};
use super::validate::{Validate, json};
use super::violation::{Place, Violation};
use super::visit::Node;
#[cfg(feature = "wireguard-keys")]
use super::wireguard::{WireguardKeyPair, public_key};

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The path in the actual resource, such as `connections[0].ipv4CIDR`. A new element has the index that it would
    /// get at the end of the list. Empty for the resource as a whole.
    pub path: String,
    /// The actual value, or `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The desired value, or `None` if the field should be empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// All differences between a desired and an actual resource. `Display` prints one line for each change: `~` for
/// changed, `+` for added, `-` for removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Drift(Vec<Change>);

impl Drift {
    /// Returns the changes, in the order of the fields.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// Adds a change for each private key that does not match the public key in the metadata of the actual resource.
    #[cfg(feature = "wireguard-keys")]
    pub(crate) fn with_keys<T: Validate>(mut self, desired: &T, metadata: impl Fn() -> Value) -> Self {
        if T::RULES.fields.iter().any(|field| field.public_key.is_some())
            && let Ok(desired) = json(desired)
        {
            self.add_keys(T::RULES, &desired, &metadata());
        }
        self
    }

    /// Adds the same changes, for the desired properties and the metadata of the actual resource as JSON.
    #[cfg(feature = "wireguard-keys")]
    pub(crate) fn add_keys(&mut self, object: &Object, desired: &Value, metadata: &Value) {
        for (field, name) in object.fields.iter().filter_map(|field| Some((field, field.public_key?))) {
            let text = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
            let private =
                text(desired.get(field.name)).and_then(|key| WireguardKeyPair::public_key_of(&key.into()).ok());
            let public = text(metadata.get(name)).and_then(|key| public_key(&key));
            if private.zip(public).is_some_and(|(desired, actual)| desired != actual) {
                let place = Place::Field(&Place::Root, field.name);
                self.0.push(change(&field.rule, &place, Some(&Value::Null), Some(&Value::Null)));
            }
        }
    }

    /// Returns the drift of values of which one cannot be written as JSON.
    fn incomparable(before: Option<Violation>, after: Option<Violation>) -> Self {
        let shown = |violation: Option<Violation>| violation.map(|violation| violation.remedy().into());
        Self(vec![Change { path: String::new(), before: shown(before), after: shown(after) }])
    }

    /// Returns `true` if there is no difference.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|change| change.path.chars().count()).max().unwrap_or_default() + 1;
        for (index, Change { path, before, after }) in self.0.iter().enumerate() {
            let line = if index > 0 { "\n" } else { "" };
            let path = format!("{path}:");
            match (before, after) {
                (Some(before), Some(after)) => write!(f, "{line}~ {path:width$} {before} → {after}")?,
                (None, Some(after)) => write!(f, "{line}+ {path:width$} {after}")?,
                (Some(before), None) => write!(f, "{line}- {path:width$} {before}")?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}

/// Returns how the actual resource differs from the desired one.
///
/// IP addresses and CIDRs are compared by value. The elements of a list with keys (connections: datacenter and LAN) are
/// compared in any order. These fields are not compared: fields that `desired` leaves out and the server fills in, fields
/// that this version does not know, read-only fields and write-only fields. (WireGuard keys are compared only by
/// `reconcile`, `plan` and `Resources::drift_of`, with the feature `wireguard-keys`.) If `desired` leaves out any other
/// field, the actual field must be empty: absent, `null`, `""`, `[]` or `{}`.
///
/// A value whose `extra` holds a known field cannot be compared. The drift is then one change with an empty path, which says so
/// in place of that value.
///
/// ```
/// # use ionos_vpn::{Connection, IpSecGateway};
/// let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
/// let actual = IpSecGateway::builder().name("site A").gateway_ip("81.173.1.2").connections(vec![connection]).build();
/// let mut desired = actual.clone();
/// desired.name = "site B".into();
/// assert_eq!(desired.drift_from(&actual).to_string(), r#"~ name: "site A" → "site B""#);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn drift<T: Validate>(desired: &T, actual: &T) -> Drift {
    if desired == actual {
        return Drift::default();
    }
    match (json(desired), json(actual)) {
        (Ok(desired), Ok(actual)) => drift_of_json(T::RULES, &desired, &actual),
        (desired, actual) => Drift::incomparable(actual.err(), desired.err()),
    }
}

/// Returns how the actual resource differs from the desired one, both as JSON; see [`drift`].
pub(crate) fn drift_of_json(object: &'static Object, desired: &Value, actual: &Value) -> Drift {
    let mut changes = Vec::new();
    compare(&Rule::Object(object), desired, actual, &Place::Root, &mut changes);
    Drift(changes)
}

/// Returns the drift if the resource does not exist yet: one change for each field of `desired` that is neither read-only
/// nor empty.
pub(crate) fn drift_from_nothing<T: Validate>(desired: &T) -> Drift {
    json(desired).map_or_else(
        |violation| Drift::incomparable(None, Some(violation)),
        |desired| drift_of_json_from_nothing(T::RULES, &desired),
    )
}

/// Returns the drift if the resource does not exist yet, for the desired resource as JSON.
pub(crate) fn drift_of_json_from_nothing(object: &'static Object, desired: &Value) -> Drift {
    let Value::Object(fields) = Rule::Object(object).redacted(desired) else { return Drift::default() };
    let is_given = |name: &str| !object.field(name).is_some_and(|field| field.read_only);
    let fields = fields.into_iter().filter(|(name, value)| is_given(name) && !is_absent(value));
    Drift(fields.map(|(path, value)| Change { path, before: None, after: Some(value) }).collect())
}

/// Returns the desired resource. The fields that the caller left to the server are copied from the actual resource.
pub(crate) fn carry_over<T: Validate + DeserializeOwned>(desired: &T, actual: &T) -> serde_json::Result<T> {
    let (mut whole, actual) = (serde_json::to_value(desired)?, serde_json::to_value(actual)?);
    carry_over_json(T::RULES, &mut whole, &actual);
    serde_json::from_value(whole)
}

/// Copies the fields that the caller left to the server from the actual resource to the desired one, both as JSON.
pub(crate) fn carry_over_json(object: &'static Object, desired: &mut Value, actual: &Value) {
    carry(&Rule::Object(object), desired, actual);
}

/// Removes the fields that the server never returns, whatever it returned in them.
pub(crate) fn remove_secrets(object: &'static Object, value: &mut Value) {
    if object.has_secret {
        Rule::Object(object).remove_fields(value, |field| field.write_only);
    }
}

/// Returns a resource without the values that the server returned in secret fields.
pub(crate) fn without_secrets<T: Validate + Clone + DeserializeOwned>(resource: &T) -> serde_json::Result<T> {
    if !T::RULES.has_secret {
        return Ok(resource.clone());
    }
    let mut whole = serde_json::to_value(resource)?;
    remove_secrets(T::RULES, &mut whole);
    serde_json::from_value(whole)
}

/// Returns the path of the first number that was rounded when it was read, because it has more than 64 bits.
pub(crate) fn rounded_number(value: &Value) -> Option<String> {
    let mut path = None;
    Rule::Any.visit(value, &Place::Root, &mut |place, node| {
        // A float of about 2⁶³ or more is treated as an integer that did not fit.
        if let Node::Known(_, Value::Number(number)) = node
            && number.is_f64()
            && number.as_f64().is_some_and(|number| number.abs() >= 9.2e18)
        {
            path.get_or_insert_with(|| place.path());
        }
    });
    path
}

/// Returns `true` if leaving out the field means that it is emptied.
fn is_ours(field: Option<&Field>) -> bool {
    field.is_some_and(|field| field.server_default.is_none())
}

fn present<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.get(name).filter(|value| !value.is_null())
}

fn compare_objects(
    object: &Object,
    desired: &Map<String, Value>,
    actual: &Map<String, Value>,
    place: &Place<'_>,
    changes: &mut Vec<Change>,
) {
    let known = object.fields.iter().map(|field| field.name);
    let unknown = desired.keys().map(String::as_str).filter(|name| object.field(name).is_none());
    for name in known.chain(unknown) {
        let field = object.field(name);
        let rule = field.map_or(&Rule::Any, |field| &field.rule);
        let place = Place::Field(place, name);
        match (present(desired, name), present(actual, name)) {
            _ if field.is_some_and(Field::is_read_or_write_only) => {}
            (None, Some(_)) if !is_ours(field) => {}
            (Some(only), None) | (None, Some(only))
                if field.is_some_and(|field| field.is_absent(&rule.canonical(only))) => {}
            (desired, actual) => compare_members(rule, desired, actual, &place, changes),
        }
    }
}

fn compare_members(
    rule: &Rule,
    desired: Option<&Value>,
    actual: Option<&Value>,
    place: &Place<'_>,
    changes: &mut Vec<Change>,
) {
    match (desired, actual) {
        (Some(desired), Some(actual)) => compare(rule, desired, actual, place, changes),
        (None, None) => {}
        (Some(only), None) | (None, Some(only)) if is_absent(&rule.canonical(only)) => {}
        (after, before) => changes.push(change(rule, place, before, after)),
    }
}

/// Returns a change without its secrets.
fn change(rule: &Rule, place: &Place<'_>, before: Option<&Value>, after: Option<&Value>) -> Change {
    let shown = |value: Option<&Value>| value.map(|value| rule.redacted(value));
    Change { path: place.path(), before: shown(before), after: shown(after) }
}

fn compare(rule: &Rule, desired: &Value, actual: &Value, place: &Place<'_>, changes: &mut Vec<Change>) {
    match (rule, desired, actual) {
        // Nearly always true, and much faster than the comparisons below.
        _ if desired == actual => {}
        (Rule::Object(object), Value::Object(desired), Value::Object(actual)) => {
            compare_objects(object, desired, actual, place, changes);
        }
        (Rule::Map(item), Value::Object(desired), Value::Object(actual)) => {
            for name in desired.keys().chain(actual.keys()).collect::<BTreeSet<_>>() {
                let (desired, actual) = (present(desired, name), present(actual, name));
                compare_members(item, desired, actual, &Place::Field(place, name), changes);
            }
        }
        (Rule::List { keys, item, .. }, Value::Array(desired), Value::Array(actual)) if !keys.is_empty() => {
            let pairs = pair(rule, desired, actual);
            for (index, before) in actual.iter().enumerate() {
                let place = Place::Element(place, index, rule, before);
                match pairs.iter().position(|other| *other == Some(index)).and_then(|other| desired.get(other)) {
                    Some(after) => compare(item, after, before, &place, changes),
                    None => changes.push(change(item, &place, Some(before), None)),
                }
            }
            let added = desired.iter().zip(&pairs).filter(|(_, pair)| pair.is_none());
            for (count, (after, _)) in added.enumerate() {
                let place = Place::Element(place, actual.len() + count, rule, after);
                changes.push(change(item, &place, None, Some(after)));
            }
        }
        _ if rule.canonical(desired) == rule.canonical(actual) => {}
        _ => changes.push(change(rule, place, Some(actual), Some(desired))),
    }
}

/// Returns for each desired element of a list the index of the actual element with the same keys. Each element is matched at
/// most once.
fn pair(list: &Rule, desired: &[Value], actual: &[Value]) -> Vec<Option<usize>> {
    let mut left: Vec<_> = actual.iter().map(|it| list.identity(it)).collect();
    let mut take = |wanted: &Value| {
        let wanted = list.identity(wanted)?;
        let index = left.iter().position(|it| it.as_ref() == Some(&wanted))?;
        left.get_mut(index).and_then(Option::take).map(|_| index)
    };
    desired.iter().map(&mut take).collect()
}

fn carry_object(object: &Object, desired: &mut Map<String, Value>, actual: &Map<String, Value>) {
    for (name, theirs) in actual {
        let field = object.field(name);
        match (desired.get_mut(name).filter(|ours| !ours.is_null()), field) {
            (_, Some(field)) if field.is_read_or_write_only() => {}
            (Some(ours), Some(field)) => carry(&field.rule, ours, theirs),
            (None, field) if !is_ours(field) => {
                let mut theirs = theirs.clone();
                field.map_or(&Rule::Any, |field| &field.rule).remove_fields(&mut theirs, Field::is_read_or_write_only);
                desired.insert(name.clone(), theirs);
            }
            _ => {}
        }
    }
}

fn carry(rule: &Rule, desired: &mut Value, actual: &Value) {
    match (rule, desired, actual) {
        (Rule::Object(object), Value::Object(desired), Value::Object(actual)) => carry_object(object, desired, actual),
        (Rule::List { keys, item, .. }, Value::Array(desired), Value::Array(actual)) if !keys.is_empty() => {
            let pairs = pair(rule, desired, actual);
            for (ours, theirs) in desired.iter_mut().zip(pairs) {
                if let Some(theirs) = theirs.and_then(|index| actual.get(index)) {
                    carry(item, ours, theirs);
                }
            }
        }
        _ => {}
    }
}
