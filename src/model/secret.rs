//! Texts that must not be printed, such as pre-shared keys.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// A text that cannot be printed, such as a pre-shared key: any text of the document with the format `password` or that is
/// write-only.
///
/// A server may leave a secret out of its responses, or show `null`, an empty text, a mask or the real value. All of that can
/// be read; [`Secret::expose`] returns what came.
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
    /// Returns the text; an empty one if a server left the secret out.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    /// Returns `true` if there is no text, as in most responses. An absent secret is not sent.
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
    /// Accepts any value: a response is not refused for a secret that is not needed.
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
