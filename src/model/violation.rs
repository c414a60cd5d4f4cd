//! The values that break a rule.

use std::fmt;

use serde_json::Value;

use crate::text::snippet;

/// A value that breaks a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    place: Place,
    value: Value,
    remedy: String,
    /// It counts even if it was there before an edit.
    is_strict: bool,
}

/// The place of a value: its path, and what stays the same when the elements of a list are moved.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    path: String,
    /// The path with the keys of list elements instead of their indexes, where they have keys.
    identity: String,
}

impl Place {
    pub(crate) fn field(&self, name: &str) -> Self {
        let join = |path: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        Self { path: join(&self.path), identity: join(&self.identity) }
    }

    pub(crate) fn element(&self, index: usize, keys: Option<&[Value]>) -> Self {
        let keys = keys.map_or_else(|| index.to_string(), |keys| Value::from(keys).to_string());
        Self { path: format!("{}[{index}]", self.path), identity: format!("{}[{keys}]", self.identity) }
    }
}

impl Violation {
    pub(crate) fn new(path: &str, value: Value, remedy: impl Into<String>) -> Self {
        Self::at(&Place::default().field(path), value, remedy)
    }

    pub(crate) fn at(place: &Place, value: Value, remedy: impl Into<String>) -> Self {
        Self { place: place.clone(), value, remedy: remedy.into(), is_strict: false }
    }

    /// Says that this counts even if it was there before an edit.
    pub(crate) fn strict(self) -> Self {
        Self { is_strict: true, ..self }
    }

    /// Returns where the value is, such as `properties.connections[0].ipv4CIDR`; empty for the whole document.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.place.path
    }

    /// Returns the value that was found; `null` where there is none, `"***"` where it is a [`Secret`](crate::Secret).
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// Returns what would be right, as the end of a sentence: `must have 1 to 255 characters`.
    #[must_use]
    pub fn remedy(&self) -> &str {
        &self.remedy
    }

    /// Returns `true` if both say the same of the same field; list elements are recognized by their keys.
    fn is_same(&self, other: &Self) -> bool {
        !self.is_strict
            && self.value == other.value
            && self.remedy == other.remedy
            && self.place.identity == other.place.identity
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

/// Every value of a resource that breaks a rule; at least one.
#[derive(Clone, Debug, PartialEq)]
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

    pub(crate) fn with(mut self, violation: Violation) -> Self {
        self.0.push(violation);
        self
    }

    /// Returns the violations that were not there before the edit; `None` if there is none.
    pub(crate) fn without(mut self, before: Option<&Self>) -> Option<Self> {
        for old in before.into_iter().flat_map(|before| &before.0) {
            if let Some(index) = self.0.iter().position(|new| new.is_same(old)) {
                self.0.remove(index);
            }
        }
        Self::new(self.0)
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
