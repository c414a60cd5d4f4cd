//! The rule tables that the build writes from the document: one [`Object`] for each object schema.

use serde_json::{Map, Number, Value};

use super::format::Meaning;

/// The rules of an object.
#[derive(Debug)]
pub struct Object {
    /// The name of the schema.
    pub name: &'static str,
    pub fields: &'static [Field],
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
    pub(crate) fn is_read_or_write_only(&self) -> bool {
        self.read_only || self.write_only
    }

    /// Returns `true` if a canonical value is equivalent to a missing value. For an optional field without a server
    /// default, this includes an empty text and an empty list, because servers return them for fields that were never
    /// set.
    pub(crate) fn is_absent(&self, canonical: &Value) -> bool {
        let is_empty = match canonical {
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        is_absent(canonical) || is_empty && !self.required && self.server_default.is_none()
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

    /// Returns an object without the known fields that have an unexpected type. Numbers written as text, and texts written as
    /// numbers, are converted.
    pub(crate) fn lenient(&'static self, mut value: Value) -> Option<Value> {
        Rule::Object(self).transform(None, &mut value, &mut |rule, _, value| {
            match (rule, &*value) {
                (Rule::Text { .. } | Rule::Enum(_), Value::Number(number)) => *value = number.to_string().into(),
                (Rule::Integer { .. }, Value::String(text)) => {
                    *value = text.parse::<i64>().map_or(Value::Null, Value::from);
                }
                _ => {}
            }
            rule.has_type(value)
        });
        Some(value).filter(Value::is_object)
    }
}

/// Returns `true` if a canonical value is equivalent to a missing value.
pub(crate) fn is_absent(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

/// Returns a float as an integer if its value is whole, such as `5` for `5.0`.
fn whole(number: &Number) -> Option<i64> {
    let float = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0)?;
    // Above this limit, not every whole number can be a float.
    format!("{float:.0}").parse().ok().filter(|_| float.abs() <= 9_007_199_254_740_992.0)
}

impl Rule {
    /// Returns the rule of the elements of a list.
    pub(super) fn item(&self) -> &Self {
        if let Self::List { item, .. } = self { item } else { &Self::Any }
    }

    /// Returns the rule of a member, and its field if it is a known field of an object; otherwise the object that does not
    /// know it.
    pub(super) fn member(&self, name: &str) -> Result<(&Self, Option<&'static Field>), &'static Object> {
        match self {
            Self::Object(object) => object.field(name).map(|field| (&field.rule, Some(field))).ok_or(object),
            Self::Map(item) => Ok((item, None)),
            _ => Ok((&Self::Any, None)),
        }
    }

    /// Changes everything in a value and then the value itself. Members and elements for which `change` returns `false` are
    /// removed. `field` is the known field of an object that holds the value.
    fn transform(
        &self,
        field: Option<&Field>,
        value: &mut Value,
        change: &mut dyn FnMut(&Self, Option<&Field>, &mut Value) -> bool,
    ) -> bool {
        match value {
            Value::Array(list) => list.retain_mut(|value| self.item().transform(None, value, change)),
            Value::Object(map) => map.retain(|name, value| {
                let (rule, field) = self.member(name).unwrap_or((&Self::Any, None));
                rule.transform(field, value, change)
            }),
            _ => {}
        }
        change(self, field, value)
    }

    /// Returns the value in the form in which it is compared: texts with a format by their meaning, numbers by value,
    /// objects without fields that are empty or not compared.
    pub(crate) fn canonical(&self, value: &Value) -> Value {
        let mut canonical = value.clone();
        self.transform(None, &mut canonical, &mut |rule, field, value| {
            match (rule, &*value) {
                (Self::Text { format: Some(format), .. }, Value::String(text)) => {
                    if let Some(text) = format(text).ok().map(|meaning| meaning.to_string()) {
                        *value = text.into();
                    }
                }
                (_, Value::Number(number)) => {
                    if let Some(whole) = whole(number) {
                        *value = whole.into();
                    }
                }
                _ => {}
            }
            !field.is_some_and(|field| field.is_read_or_write_only() || field.is_absent(value))
        });
        canonical
    }

    /// Removes the known fields for which `is_removed` returns `true`, at any depth.
    pub(crate) fn remove_fields(&self, value: &mut Value, is_removed: fn(&Field) -> bool) {
        self.transform(None, value, &mut |_, field, _| !field.is_some_and(is_removed));
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
        let mut redacted = value.clone();
        self.transform(None, &mut redacted, &mut |rule, field, value| {
            // A value of the wrong type may be the secret itself.
            let is_secret =
                matches!(rule, Self::Text { secret: true, .. }) || rule.holds_secret() && !rule.has_type(value);
            if is_secret || field.is_some_and(|field| field.write_only) {
                *value = "***".into();
            }
            true
        });
        redacted
    }

    /// Returns `true` if a value is a secret or holds one.
    pub(crate) fn holds_secret(&self) -> bool {
        match self {
            Self::List { item, .. } | Self::Map(item) => item.holds_secret(),
            Self::Object(object) => object.has_secret,
            rule => matches!(rule, Self::Text { secret: true, .. }),
        }
    }

    /// Returns the values of the keys that identify an element of a list; `None` if the list has no keys, or the element lacks
    /// one.
    pub(crate) fn identity(&self, element: &Value) -> Option<Vec<Value>> {
        let Self::List { keys, item: Self::Object(object), .. } = self else { return None };
        let key = |name: &&str| Some(object.field(name)?.rule.canonical(element.get(*name)?));
        let identity = keys.iter().map(key).collect::<Option<Vec<_>>>();
        identity.filter(|identity| !identity.is_empty())
    }
}

#[cfg(test)]
mod tests;
