//! Texts that must not be printed, such as pre-shared keys.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A string that is never printed, such as a pre-shared key. It is the type of all strings in the document that have
/// the format `password` or are write-only.
///
/// A server may leave out a secret in its responses, or return `null`, an empty string, a mask or the real value. All
/// of these can be parsed. [`Secret::expose`] returns the value that the server sent.
///
/// ```
/// let key = ionos_vpn::Secret::from("correct horse");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "correct horse");
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Secret(Option<String>);

impl Secret {
    /// Returns the value. It is empty if the server left out the secret.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Returns `true` if the value is empty, as in most responses. An absent secret is not sent.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(Some(text.into()))
    }
}

impl<'de> Deserialize<'de> for Secret {
    /// Accepts any value, so that an unexpected value in a secret field does not make a response unusable.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(|value| match value {
            Value::String(text) => Self(Some(text)),
            _ => Self(None),
        })
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
