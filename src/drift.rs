//! How a gateway differs from what it should be, and what of it a replacement has to carry over. Both go by the rules that
//! the build wrote from the document, over the JSON of the types, so that a new field is covered by regenerating.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::validate::{Field, Object, Rule, Validate};
use crate::{Error, ErrorKind, IpSecGateway};

/// One difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// Where it is in the actual resource, such as `connections[0].ipv4CIDR`. An element that is to be added has the index it
    /// would get at the end.
    pub path: String,
    /// The actual value; `None` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Value>,
    /// The desired value; `None` where there is to be none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Value>,
}

/// Every difference between a desired and an actual resource. `Display` is a plan for people, a line for each change: `~`
/// changed, `+` added, `-` removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Drift(Vec<Change>);

impl Drift {
    /// Returns the changes, in the order of the fields.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.0
    }

    /// True when the actual resource is as desired.
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

impl IpSecGateway {
    /// Returns how `actual` differs from this, the desired state; see [`drift`].
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
    pub fn drift_from(&self, actual: &Self) -> Drift {
        drift(self, actual)
    }
}

/// Returns how the actual resource differs from the desired one.
///
/// IPs and CIDRs are compared by value, elements of a list that has keys (connections: datacenter and LAN) whatever their
/// order. A field that `desired` leaves out is no difference where the server fills it by itself, or where this version does
/// not know it; anywhere else, leaving it out means that it is to be empty.
#[must_use]
pub fn drift<T: Validate>(desired: &T, actual: &T) -> Drift {
    let mut changes = Vec::new();
    if let (Value::Object(desired), Value::Object(actual)) = (json(desired), json(actual)) {
        compare_objects(T::RULES, &desired, &actual, "", &mut changes);
    }
    Drift(changes)
}

/// Returns the desired resource with what it has no say in taken from the actual one.
pub(crate) fn carry_over<T: Validate + DeserializeOwned>(desired: &T, actual: &T) -> Result<T, Error> {
    let mut whole = json(desired);
    if let (Value::Object(whole), Value::Object(actual)) = (&mut whole, json(actual)) {
        carry_object(T::RULES, whole, &actual);
    }
    let unusable = "the gateway cannot be merged with the desired state, so nothing was sent";
    serde_json::from_value(whole).map_err(|cause| Error::new(ErrorKind::UnusableAnswer, unusable).with_source(cause))
}

fn json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// True when the caller has a say in a field by leaving it out.
fn is_ours(field: Option<&Field>) -> bool {
    field.is_some_and(|field| !field.server_default)
}

fn present<'a>(map: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    map.get(name).filter(|value| !value.is_null())
}

fn compare_objects(
    object: &Object,
    desired: &Map<String, Value>,
    actual: &Map<String, Value>,
    path: &str,
    changes: &mut Vec<Change>,
) {
    let known = object.fields.iter().map(|field| field.name);
    let unknown = desired.keys().map(String::as_str).filter(|name| object.field(name).is_none());
    for name in known.chain(unknown) {
        let field = object.field(name);
        let rule = field.map_or(&Rule::Any, |field| &field.rule);
        let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match (present(desired, name), present(actual, name)) {
            (Some(desired), Some(actual)) => compare(rule, desired, actual, &path, changes),
            (None, Some(_)) if !is_ours(field) => {}
            (None, None) => {}
            (after, before) => changes.push(change(rule, path, before, after)),
        }
    }
}

/// A change whose secrets are not shown.
fn change(rule: &Rule, path: String, before: Option<&Value>, after: Option<&Value>) -> Change {
    Change { path, before: before.map(|value| rule.shown(value)), after: after.map(|value| rule.shown(value)) }
}

fn compare(rule: &Rule, desired: &Value, actual: &Value, path: &str, changes: &mut Vec<Change>) {
    match (rule, desired, actual) {
        (Rule::Object(object), Value::Object(desired), Value::Object(actual)) => {
            compare_objects(object, desired, actual, path, changes);
        }
        (Rule::List { keys, item, .. }, Value::Array(desired), Value::Array(actual)) if !keys.is_empty() => {
            let pairs = pair(item, keys, desired, actual);
            for (index, before) in actual.iter().enumerate() {
                let path = format!("{path}[{index}]");
                match pairs.iter().position(|other| *other == Some(index)).and_then(|other| desired.get(other)) {
                    Some(after) => compare(item, after, before, &path, changes),
                    None => changes.push(change(item, path, Some(before), None)),
                }
            }
            let added = desired.iter().zip(&pairs).filter(|(_, pair)| pair.is_none());
            for (count, (after, _)) in added.enumerate() {
                let path = format!("{path}[{}]", actual.len() + count);
                changes.push(change(item, path, None, Some(after)));
            }
        }
        _ if rule.canonical(desired) == rule.canonical(actual) => {}
        _ => changes.push(change(rule, path.to_owned(), Some(actual), Some(desired))),
    }
}

/// For each desired element, the index of the actual one with the same keys; each is matched once.
fn pair(item: &Rule, keys: &[&str], desired: &[Value], actual: &[Value]) -> Vec<Option<usize>> {
    let mut left: Vec<_> = actual.iter().map(|it| item.identity(keys, it)).collect();
    let mut take = |wanted: &Value| {
        let wanted = item.identity(keys, wanted)?;
        let index = left.iter().position(|it| it.as_ref() == Some(&wanted))?;
        left.get_mut(index).and_then(Option::take).map(|_| index)
    };
    desired.iter().map(&mut take).collect()
}

fn carry_object(object: &Object, desired: &mut Map<String, Value>, actual: &Map<String, Value>) {
    for (name, theirs) in actual {
        let field = object.field(name);
        match (desired.get_mut(name).filter(|ours| !ours.is_null()), field) {
            (Some(ours), Some(field)) => carry(&field.rule, ours, theirs),
            (None, field) if !is_ours(field) => _ = desired.insert(name.clone(), theirs.clone()),
            _ => {}
        }
    }
}

fn carry(rule: &Rule, desired: &mut Value, actual: &Value) {
    match (rule, desired, actual) {
        (Rule::Object(object), Value::Object(desired), Value::Object(actual)) => carry_object(object, desired, actual),
        (Rule::List { keys, item, .. }, Value::Array(desired), Value::Array(actual)) if !keys.is_empty() => {
            let pairs = pair(item, keys, desired, actual);
            for (ours, theirs) in desired.iter_mut().zip(pairs) {
                if let Some(theirs) = theirs.and_then(|index| actual.get(index)) {
                    carry(item, ours, theirs);
                }
            }
        }
        _ => {}
    }
}
