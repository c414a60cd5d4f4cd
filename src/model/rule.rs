//! The rule tables that the build writes from the document: one [`Object`] for each object schema.

use serde_json::{Map, Number, Value};

use super::format::Meaning;

/// The rules of an object.
#[derive(Debug)]
pub struct Object {
    /// The name of the schema.
    pub name: &'static str,
    pub fields: &'static [Field],
    /// How many fields are required.
    pub required: usize,
    /// Groups of fields. At least one field of each group must be set.
    pub at_least_one_of: &'static [&'static [&'static str]],
    /// Fields that are required only if other fields have certain values.
    pub required_if: &'static [Condition],
    /// There is a read-only field at any depth.
    pub has_read_only: bool,
    /// There is a secret or write-only field at any depth.
    pub has_secret: bool,
}

/// A field, and the values of other fields under which it is required.
pub(crate) type Condition = (&'static str, &'static [(&'static str, &'static str)]);

/// The rules of a field.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools)] // Each flag is a keyword of the document.
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub nullable: bool,
    /// The server sets the field: it is not sent and not compared.
    pub read_only: bool,
    /// The server does not return the field: it is not compared, and never copied from a response.
    pub write_only: bool,
    /// The field of the metadata that holds the public key of this private key.
    pub public_key: Option<&'static str>,
    /// The value, as JSON, that the server fills in if the field is left out. If there is no fixed default because the
    /// server chooses the value itself, this is an example value.
    pub server_default: Option<&'static str>,
    pub rule: Rule,
}

/// Returns the meaning of a text, or a description of valid values.
pub(crate) type Format = fn(&str) -> Result<Meaning<'_>, &'static str>;

/// The type and bounds of a value.
#[derive(Debug)]
pub enum Rule {
    Any,
    Boolean,
    Number {
        min: f64,
        max: f64,
    },
    Integer {
        min: i64,
        max: i64,
    },
    /// Sizes are in characters. A secret is never shown.
    Text {
        min: u64,
        max: u64,
        format: Option<Format>,
        secret: bool,
    },
    /// A text with known values. Other values are accepted, because enums are open.
    Enum(&'static [&'static str]),
    List {
        min: u64,
        max: u64,
        /// The fields that identify an element.
        keys: &'static [&'static str],
        /// The fields that must have the same value in all elements.
        same: &'static [&'static str],
        item: &'static Rule,
    },
    Object(&'static Object),
    /// A map, with the rule for its values.
    Map(&'static Rule),
}

impl Field {
    /// Returns `true` if only the caller or only the server sets the value.
    pub(crate) fn is_one_sided(&self) -> bool {
        self.read_only || self.write_only
    }

    /// Returns `true` if a canonical value is equivalent to a missing value. For an optional field without a server
    /// default, this includes an empty text and an empty list, because servers return them for fields that were never
    /// set.
    pub(crate) fn says_nothing(&self, canonical: &Value) -> bool {
        let is_empty = match canonical {
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        is_nothing(canonical) || is_empty && !self.required && self.server_default.is_none()
    }
}

impl Object {
    /// Returns the names of the secret fields at any depth.
    #[cfg(feature = "sandbox")]
    pub(crate) fn secret_names(&self) -> Vec<&'static str> {
        let names = self.fields.iter().flat_map(|field| match &field.rule {
            Rule::Object(object) => object.secret_names(),
            rule if field.write_only || rule.holds_secret() => vec![field.name],
            _ => Vec::new(),
        });
        names.collect()
    }

    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Returns the index of a field; `next` is where it is most likely to be.
    #[inline]
    pub(crate) fn field_near(&self, next: usize, name: &str) -> Option<usize> {
        if self.fields.get(next).is_some_and(|field| field.name == name) {
            return Some(next);
        }
        self.field_from(next, name)
    }

    /// Searches all fields, first those after `next`, because optional fields are often absent. Not inlined, so that the usual
    /// case needs fewer registers.
    #[inline(never)]
    fn field_from(&self, next: usize, name: &str) -> Option<usize> {
        let (before, after) = self.fields.split_at(next.min(self.fields.len()));
        let is_named = |field: &Field| field.name == name;
        let position = after.iter().position(is_named).map(|position| next + position);
        position.or_else(|| before.iter().position(is_named))
    }

    /// Returns an object without the known fields that have an unexpected type. Numbers written as text, and texts written as
    /// numbers, are converted.
    pub(crate) fn lenient(&self, value: Value) -> Option<Value> {
        let Value::Object(map) = value else { return None };
        let fields = map.into_iter().filter_map(|(name, value)| match self.field(&name) {
            Some(field) => field.rule.lenient(value).map(|value| (name, value)),
            None => Some((name, value)),
        });
        Some(fields.collect())
    }

    /// Returns the value of a field in the form in which it is compared.
    pub(crate) fn canonical_field(&self, object: &Value, name: &str) -> Option<Value> {
        Some(self.field(name)?.rule.canonical(object.get(name)?))
    }
}

/// Returns `true` if a canonical value is equivalent to a missing value.
pub(crate) fn is_nothing(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

/// Returns a float as an integer if its value is whole, such as `5` for `5.0`.
fn whole(number: &Number) -> Option<i64> {
    let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0)?;
    // Above this limit, not every whole number can be a float.
    format!("{float:.0}").parse().ok().filter(|_| float.abs() <= 9_007_199_254_740_992.0)
}

impl Rule {
    /// Returns the value in the form in which it is compared: texts with a format by their meaning, numbers by value,
    /// objects without fields that are empty or not compared.
    pub(crate) fn canonical(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { format: Some(format), .. }, Value::String(text)) => {
                format(text).map_or_else(|_| value.clone(), |meaning| meaning.to_string().into())
            }
            (_, Value::Number(number)) => whole(number).map_or_else(|| value.clone(), Value::from),
            (Self::List { item, .. }, Value::Array(list)) => list.iter().map(|value| item.canonical(value)).collect(),
            (_, Value::Array(list)) => list.iter().map(|value| Self::Any.canonical(value)).collect(),
            (Self::Map(item), Value::Object(map)) => {
                map.iter().map(|(name, value)| (name.clone(), item.canonical(value))).collect()
            }
            (rule, Value::Object(map)) => {
                let members = map.iter().map(|(name, value)| (name, rule.field(name), value));
                let members = members.filter_map(|(name, field, value)| match field {
                    Some(field) if field.is_one_sided() => None,
                    Some(field) => {
                        Some((name.clone(), field.rule.canonical(value))).filter(|(_, it)| !field.says_nothing(it))
                    }
                    None => Some((name.clone(), Self::Any.canonical(value))),
                });
                members.collect()
            }
            _ => value.clone(),
        }
    }

    /// Returns `true` if a number is within the bounds.
    pub(crate) fn accepts_number(&self, number: &Number) -> bool {
        match self {
            Self::Number { min, max } => number.as_f64().is_some_and(|number| (*min..=*max).contains(&number)),
            Self::Integer { min, max } => number.as_i64().is_some_and(|number| (*min..=*max).contains(&number)),
            rule => matches!(rule, Self::Any),
        }
    }

    /// Returns the known field of an object.
    fn field(&self, name: &str) -> Option<&'static Field> {
        if let Self::Object(object) = self { object.field(name) } else { None }
    }

    /// Removes the known fields for which `is_removed` returns `true`, at any depth.
    pub(crate) fn remove_fields(&self, value: &mut Value, is_removed: fn(&Field) -> bool) {
        match (self, value) {
            (Self::Object(object), Value::Object(map)) => {
                map.retain(|name, _| !object.field(name).is_some_and(is_removed));
                for (name, value) in map {
                    if let Some(field) = object.field(name) {
                        field.rule.remove_fields(value, is_removed);
                    }
                }
            }
            (Self::List { item, .. }, Value::Array(list)) => {
                for value in list {
                    item.remove_fields(value, is_removed);
                }
            }
            (Self::Map(item), Value::Object(map)) => {
                for value in map.values_mut() {
                    item.remove_fields(value, is_removed);
                }
            }
            _ => {}
        }
    }

    fn lenient(&self, value: Value) -> Option<Value> {
        match (self, value) {
            (Self::Text { .. } | Self::Enum(_), Value::Number(number)) => Some(number.to_string().into()),
            (Self::Integer { .. }, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
            (Self::List { item, .. }, Value::Array(list)) => {
                Some(list.into_iter().filter_map(|value| item.lenient(value)).collect())
            }
            (Self::Map(item), Value::Object(map)) => {
                Some(map.into_iter().filter_map(|(name, value)| Some((name, item.lenient(value)?))).collect())
            }
            (Self::Object(object), value) => object.lenient(value),
            (rule, value) => rule.has_type(&value).then_some(value),
        }
    }

    /// Returns `true` if a value has the type that the rule demands, whatever its content.
    fn has_type(&self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Boolean => value.is_boolean(),
            Self::Number { .. } => value.is_number(),
            Self::Integer { .. } => value.is_i64(),
            Self::Text { .. } | Self::Enum(_) => value.is_string(),
            Self::List { .. } => value.is_array(),
            Self::Object(_) | Self::Map(_) => value.is_object(),
        }
    }

    /// Returns the value with `***` in place of secrets.
    pub(crate) fn redacted(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { secret: true, .. }, _) => "***".into(),
            (Self::List { item, .. }, Value::Array(list)) => list.iter().map(|value| item.redacted(value)).collect(),
            (Self::Map(item), Value::Object(map)) => {
                map.iter().map(|(name, value)| (name.clone(), item.redacted(value))).collect()
            }
            (Self::Object(object), Value::Object(map)) => map
                .iter()
                .map(|(name, value)| match object.field(name) {
                    Some(field) if field.write_only => (name.clone(), "***".into()),
                    Some(field) => (name.clone(), field.rule.redacted(value)),
                    None => (name.clone(), value.clone()),
                })
                .collect(),
            // A value of the wrong type may be the secret itself.
            (rule, _) if rule.holds_secret() => "***".into(),
            _ => value.clone(),
        }
    }

    /// Returns the texts of the secrets in a value.
    pub(crate) fn secrets(&self, value: &Value) -> Vec<String> {
        match (self, value) {
            (Self::Text { secret: true, .. }, Value::String(text)) => vec![text.clone()],
            (Self::List { item, .. }, Value::Array(list)) => {
                list.iter().flat_map(|value| item.secrets(value)).collect()
            }
            (Self::Map(item), Value::Object(map)) => map.values().flat_map(|value| item.secrets(value)).collect(),
            (Self::Object(object), Value::Object(map)) => {
                let fields = object.fields.iter().filter_map(|field| Some((field, map.get(field.name)?)));
                fields.flat_map(|(field, value)| field.rule.secrets(value)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Returns `true` if a value is a secret or holds one.
    pub(crate) fn holds_secret(&self) -> bool {
        match self {
            Self::List { item, .. } | Self::Map(item) => item.holds_secret(),
            Self::Object(object) => object.has_secret,
            rule => matches!(rule, Self::Text { secret: true, .. }),
        }
    }

    /// Returns the values of the keys that identify an element of a list; `None` if one is missing.
    pub(crate) fn identity(&self, keys: &[&str], item: &Value) -> Option<Vec<Value>> {
        let Self::Object(object) = self else { return None };
        let identity = keys.iter().map(|key| object.canonical_field(item, key)).collect::<Option<Vec<_>>>();
        identity.filter(|identity| !identity.is_empty())
    }
}

#[cfg(test)]
mod tests;
