//! The [`types`] of the API and what the document says about them, generated from `spec/`.
#![allow(
    missing_docs,
    unreachable_pub,
    dead_code,
    unused_imports,
    unused_variables,
    clippy::all,
    clippy::pedantic,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    rustdoc::all
)]

/// Parses a list or a map; `null` is empty.
pub(crate) fn null_as_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de> + Default,
{
    serde::Deserialize::deserialize(deserializer).map(Option::unwrap_or_default)
}

/// Parses a field that this crate does not need. A value of an unexpected type becomes `None`.
pub(crate) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned + Default,
{
    let value: serde_json::Value = serde::Deserialize::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}

/// Parses an optional object. An object without a required field becomes `None`.
pub(crate) fn if_whole<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::de::DeserializeOwned,
{
    match serde::Deserialize::deserialize(deserializer)? {
        serde_json::Value::Null => Ok(None),
        object @ serde_json::Value::Object(_) => Ok(serde_json::from_value(object).ok()),
        other => serde_json::from_value(other).map(Some).map_err(serde::de::Error::custom),
    }
}

/// A generated type with named fields. (Its rules have the same names, but the type of an object that is not a component has no
/// rules of its own.)
pub(crate) trait Named {
    /// The names of the fields in JSON.
    const FIELDS: &'static [&'static str];
}

/// Writes the field `extra` of the type `T`. It fails if the map holds a known field, which would be sent twice.
pub(crate) fn extra<T, S>(extra: &serde_json::Map<String, serde_json::Value>, serializer: S) -> Result<S::Ok, S::Error>
where
    T: Named,
    S: serde::Serializer,
{
    match extra.keys().find(|name| T::FIELDS.contains(&name.as_str())) {
        Some(name) => Err(serde::ser::Error::custom(format!("`extra` holds a known field, `{name}`"))),
        None => serde::Serialize::serialize(extra, serializer),
    }
}

include!(concat!(env!("OUT_DIR"), "/vpn.rs"));
