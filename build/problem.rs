//! The error type of the build.

use std::fmt;

/// The API description, as error messages name it.
pub(crate) const DOCUMENT: &str = "spec/vpn.json";
/// The overlay, as error messages name it.
pub(crate) const OVERLAY: &str = "spec/overlay.json";

/// The result of a pass.
pub(crate) type Result<T, E = Problem> = std::result::Result<T, E>;

/// The reason why a document is refused: the file and the place in it, what was found there, and the remedy. The place
/// is a JSON pointer such as `#/paths`, or a line and a column such as `:3:1`.
#[derive(Debug)]
pub(crate) struct Problem {
    file: String,
    place: String,
    found: String,
    remedy: String,
}

impl Problem {
    /// Returns a problem of the API description.
    pub(crate) fn new(place: impl Into<String>, found: impl fmt::Display, remedy: impl Into<String>) -> Self {
        Self { file: DOCUMENT.to_owned(), place: place.into(), found: found.to_string(), remedy: remedy.into() }
    }

    /// Returns the same problem with another file.
    pub(crate) fn in_file(self, file: impl Into<String>) -> Self {
        Self { file: file.into(), ..self }
    }

    /// Combines this problem with a second problem in the same file, and returns them as one problem.
    pub(crate) fn and(self, Self { place, found, remedy, .. }: Self) -> Self {
        Self { remedy: format!("{}; and at {place}: {found}; {remedy}", self.remedy), ..self }
    }

    /// Returns the same problem with a place, unless it has one.
    pub(crate) fn or_at(self, place: impl FnOnce() -> Option<String>) -> Self {
        let place = if self.place.is_empty() { place().unwrap_or_default() } else { self.place };
        Self { place, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, place, found, remedy } = self;
        let before = if place.starts_with('#') { " at " } else { "" };
        let line = format!("{file}{before}{place}: {found}; {remedy}");
        f.write_str(&line.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
