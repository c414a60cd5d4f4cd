//! A point in time as a server wrote it.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A point in time as a server wrote it, kept and sent back unchanged.
///
/// The vendor's page shows `2020-12-10T13:37:50+01:00`; other APIs of the vendor omit the zone. So any string is
/// accepted and kept. [`Timestamp::datetime`] parses it.
///
/// ```
/// # use ionos_vpn::Timestamp;
/// let time = Timestamp::from("2020-12-10T13:37:50+01:00");
/// assert_eq!(time.datetime().unwrap().timestamp(), 1_607_603_870);
/// assert_eq!(Timestamp::from("yesterday").datetime(), None);
/// assert_eq!(Timestamp::from("yesterday").to_string(), "yesterday");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(Value);

impl Timestamp {
    /// Returns the point in time, or `None` if the text is not a timestamp. A timestamp without a zone is parsed as UTC
    /// (our decision; the vendor's Go SDK does the same).
    #[must_use]
    pub fn datetime(&self) -> Option<DateTime<FixedOffset>> {
        let text = self.0.as_str()?.trim();
        let zoned =
            DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%#z"));
        let bare = || {
            ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
                .iter()
                .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
        };
        zoned.ok().or_else(|| bare().map(|time| time.and_utc().fixed_offset()))
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<DateTime<FixedOffset>> for Timestamp {
    fn from(time: DateTime<FixedOffset>) -> Self {
        Self(time.to_rfc3339().into())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::String(text) => f.write_str(text),
            other => other.fmt(f),
        }
    }
}
