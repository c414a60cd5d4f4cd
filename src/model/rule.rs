//! The rule tables that the build writes from the document: one [`Object`] for each object schema.

use serde_json::Value;

/// The rules of an object.
#[derive(Debug)]
pub struct Object {
    /// The name of the schema.
    pub name: &'static str,
    pub fields: &'static [Field],
    /// Groups of fields of which one at least must be given.
    pub at_least_one_of: &'static [&'static [&'static str]],
}

/// The rules of a field.
#[derive(Debug)]
pub struct Field {
    pub name: &'static str,
    pub required: bool,
    pub nullable: bool,
    /// What the server fills in when the field is left out, as JSON; for a value that it chooses itself, an example.
    pub server_default: Option<&'static str>,
    pub rule: Rule,
}

/// Returns the canonical text of a value, or what would be right.
pub(crate) type Format = fn(&str) -> Result<String, &'static str>;

/// What a value must be.
#[derive(Debug)]
pub enum Rule {
    Any,
    Boolean,
    Number,
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
    List {
        min: u64,
        max: u64,
        /// The fields that identify an element.
        keys: &'static [&'static str],
        /// The fields in which all elements agree.
        same: &'static [&'static str],
        item: &'static Rule,
    },
    Object(&'static Object),
    Map,
}

impl Object {
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
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

impl Rule {
    /// Returns the value in the form in which it is compared: a text with a format by what it means.
    pub(crate) fn canonical(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { format: Some(format), .. }, Value::String(text)) => {
                format(text).map_or_else(|_| value.clone(), Value::from)
            }
            _ => value.clone(),
        }
    }

    fn lenient(&self, value: Value) -> Option<Value> {
        match (self, value) {
            (Self::Text { .. }, Value::Number(number)) => Some(number.to_string().into()),
            (Self::Integer { .. }, Value::String(text)) => text.parse::<i64>().ok().map(Value::from),
            (Self::List { item, .. }, Value::Array(list)) => {
                Some(list.into_iter().filter_map(|value| item.lenient(value)).collect())
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
            Self::Number => value.is_number(),
            Self::Integer { .. } => value.is_i64(),
            Self::Text { .. } => value.is_string(),
            Self::List { .. } => value.is_array(),
            Self::Object(_) | Self::Map => value.is_object(),
        }
    }

    /// Returns the value as it may be shown: secrets are replaced by `***`.
    pub(crate) fn redacted(&self, value: &Value) -> Value {
        match (self, value) {
            (Self::Text { secret: true, .. }, _) => "***".into(),
            (Self::List { item, .. }, Value::Array(list)) => list.iter().map(|value| item.redacted(value)).collect(),
            (Self::Object(object), Value::Object(map)) => map
                .iter()
                .map(|(name, value)| match object.field(name) {
                    Some(field) => (name.clone(), field.rule.redacted(value)),
                    None => (name.clone(), value.clone()),
                })
                .collect(),
            _ => value.clone(),
        }
    }

    /// Returns the values of the keys that identify an element of a list; `None` if one is missing.
    pub(crate) fn identity(&self, keys: &[&str], item: &Value) -> Option<Vec<Value>> {
        let Self::Object(object) = self else { return None };
        let identity = keys.iter().map(|key| object.canonical_field(item, key)).collect::<Option<Vec<_>>>();
        identity.filter(|identity| !identity.is_empty())
    }
}
