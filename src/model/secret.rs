//! Texts that must not be printed, such as pre-shared keys.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A text that cannot be printed, such as a pre-shared key: any text of the document with the format `password` or that is
/// write-only.
///
/// ```
/// let key = ionos_vpn::Secret::from("correct horse");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Returns the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
