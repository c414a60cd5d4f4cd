//! Violations: values that break a rule.

use std::{fmt, slice, vec};

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;

use super::rule::Rule;
use crate::text::snippet;

/// A value that breaks a rule. As JSON it has the members `path`, `value` and `remedy`.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    parts: Vec<PathPart>,
    /// The text of the parts.
    path: String,
    value: Value,
    remedy: String,
    /// The violation is reported even if it existed before an edit.
    is_strict: bool,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq)]
enum PathPart {
    Field(String),
    Element {
        index: usize,
        /// The values of its keys, which stay the same if the element is moved; its index if it has no keys.
        identity: Value,
    },
}

impl PathPart {
    fn element(index: usize, keys: Option<Vec<Value>>) -> Self {
        Self::Element { index, identity: keys.map_or_else(|| index.into(), Value::from) }
    }

    /// Returns `true` if both are the same field or the same element of a list.
    fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Element { identity, .. }, Self::Element { identity: other, .. }) => identity == other,
            _ => self == other,
        }
    }

    /// Parses a path that this crate wrote, such as `connections[0].ipv4CIDR`.
    fn parse(path: &str) -> Vec<Self> {
        let parts = path.split(['.', '[']).filter(|part| !part.is_empty());
        let index = |part: &str| part.strip_suffix(']')?.parse().ok();
        let step =
            |part: &str| index(part).map_or_else(|| Self::Field(part.to_owned()), |index| Self::element(index, None));
        parts.map(step).collect()
    }

    /// Returns the path as text.
    fn write(parts: &[Self]) -> String {
        parts.iter().fold(String::new(), |path, step| match step {
            Self::Field(name) if path.is_empty() => name.clone(),
            Self::Field(name) => format!("{path}.{name}"),
            Self::Element { index, .. } => format!("{path}[{index}]"),
        })
    }
}

/// The place of a value while it is visited: a chain that leads to the root. It becomes text only where it is reported.
#[derive(Clone, Copy)]
pub(crate) enum Place<'a> {
    Root,
    Field(&'a Place<'a>, &'a str),
    /// An element: the place of the list, the index, the rule of the list, and the element.
    Element(&'a Place<'a>, usize, &'a Rule, &'a Value),
}

impl Place<'_> {
    /// Returns the path, such as `connections[0].ipv4CIDR`.
    pub(crate) fn path(&self) -> String {
        PathPart::write(&self.parts())
    }

    fn parts(&self) -> Vec<PathPart> {
        let (above, step) = match self {
            Self::Root => return Vec::new(),
            Self::Field(above, name) => (above, PathPart::Field((*name).to_owned())),
            Self::Element(above, index, list, element) => (above, PathPart::element(*index, list.identity(element))),
        };
        let mut parts = above.parts();
        parts.push(step);
        parts
    }
}

impl Violation {
    /// Returns a violation at a path, which is empty for the value as a whole.
    pub(crate) fn new(path: &str, value: Value, remedy: impl Into<String>) -> Self {
        Self { parts: PathPart::parse(path), path: path.to_owned(), value, remedy: remedy.into(), is_strict: false }
    }

    pub(crate) fn at(place: &Place<'_>, value: Value, remedy: impl Into<String>) -> Self {
        let parts = place.parts();
        Self { path: PathPart::write(&parts), parts, value, remedy: remedy.into(), is_strict: false }
    }

    /// Marks the violation to be reported even if it existed before an edit.
    pub(crate) fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// Returns the path of the value, such as `connections[0].ipv4CIDR`; empty for the resource as a whole.
    ///
    /// A path uses the names in JSON and is relative to the properties. It is the same in `validate` and `from_json` of the
    /// properties type ([`IpSecGateway`](crate::IpSecGateway)) and in the errors of `ensure`, `create`, `modify` and `reconcile`.
    /// In such an error, the path of a field outside the properties starts with `$.`, such as `$.id`. In a body that is
    /// parsed as a whole ([`IpSecGatewayEnsure`](crate::IpSecGatewayEnsure)) a path is relative to the body:
    /// `properties.connections[0].ipv4CIDR`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the invalid value: `null` if the value is missing, `"***"` if it is a [`Secret`](crate::Secret).
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns the rule that the value must follow, as the end of a sentence: `must have 1 to 255 characters`.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// Returns `true` if both are the same violation of the same field; list elements are identified by their keys.
    fn is_same(&self, other: &Self) -> bool {
        let is_same_place = self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|(step, other)| step.is_same(other));
        !self.is_strict && self.value == other.value && self.remedy == other.remedy && is_same_place
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = if self.path().is_empty() { "the document" } else { self.path() };
        match &self.value {
            Value::Null => write!(f, "{place} {}", self.remedy),
            value => write!(f, "{place} {} {}", snippet(&value.to_string(), 80), self.remedy),
        }
    }
}

impl std::error::Error for Violation {}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Violation", 3)?;
        fields.serialize_field("path", self.path())?;
        fields.serialize_field("value", self.value())?;
        fields.serialize_field("remedy", self.remedy())?;
        fields.end()
    }
}

/// Every value of a resource that breaks a rule; at least one. As JSON it is a list.
///
/// ```
/// use ionos_vpn::{IpSecGateway, Validate};
///
/// let violations = IpSecGateway::from_json(br#"{"name": "", "gatewayIP": "81.173.1.2"}"#).unwrap_err();
/// for violation in &violations {
///     println!("{}: {}", violation.path(), violation.remedy());
/// }
/// let json = r#"[{"path":"connections","value":null,"remedy":"is missing and must be given"},"#;
/// assert!(serde_json::to_string(&violations)?.starts_with(json));
/// # Ok::<_, serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// Returns `None` if there is no violation.
    pub(crate) fn new(found: Vec<Violation>) -> Option<Self> {
        Some(Self(found)).filter(|found| !found.0.is_empty())
    }

    /// Returns the violations in the order of the fields.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }

    /// Returns an iterator over the violations.
    pub fn iter(&self) -> slice::Iter<'_, Violation> {
        self.0.iter()
    }

    /// Returns the violations that did not exist before the edit; `None` if there are none.
    pub(crate) fn without(mut self, before: Option<&Self>) -> Option<Self> {
        for old in before.into_iter().flat_map(|before| &before.0) {
            if let Some(index) = self.0.iter().position(|new| new.is_same(old)) {
                self.0.remove(index);
            }
        }
        Self::new(self.0)
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = vec::IntoIter<Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<Violation> for Violations {
    fn from(violation: Violation) -> Self {
        Self(vec![violation])
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            write!(f, "{}{violation}", if index > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}
