//! Text from outside, made fit to be shown.

use std::collections::HashSet;

use serde_json::Value;

/// Returns at most `limit` characters of a text, with control characters escaped.
pub(crate) fn snippet(text: &str, limit: usize) -> String {
    let mut shown = String::new();
    for character in text.chars().take(limit) {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    if text.chars().nth(limit).is_some() {
        shown.push('…');
    }
    shown
}

/// How much of a response body is looked at for showing it, in bytes.
pub(crate) const SHOWN_BODY: usize = 16 << 10;

/// Returns a response body as it may be shown: `redact` removes secrets from its texts, in JSON after decoding.
pub(crate) fn shown_body(body: &[u8], redact: &dyn Fn(&str) -> String) -> String {
    let body = body.get(..SHOWN_BODY).unwrap_or(body);
    let decoded = serde_json::from_slice::<Value>(body).ok();
    let redacted =
        decoded.clone().map(|value| redacted(value, redact)).filter(|redacted| decoded.as_ref() != Some(redacted));
    snippet(&redacted.map_or_else(|| redact(&String::from_utf8_lossy(body)), |value| value.to_string()), 300)
}

/// Returns a JSON value with `redact` applied to its texts and names.
pub(crate) fn redacted(value: Value, redact: &dyn Fn(&str) -> String) -> Value {
    match value {
        Value::String(text) => redact(&text).into(),
        Value::Array(list) => list.into_iter().map(|value| redacted(value, redact)).collect(),
        Value::Object(map) => map.into_iter().map(|(name, value)| (redact(&name), redacted(value, redact))).collect(),
        other => other,
    }
}

/// The shortest part of a secret that is not shown. With what stands around it, not even eight characters are then.
const REDACTED: usize = 6;
/// A shorter secret could be any text, and is no real one.
const SHORTEST_SECRET: usize = 8;

/// Replaces every part of a secret that has at least [`REDACTED`] characters by `***`.
pub(crate) fn redact(text: &str, secret: &str) -> String {
    if secret.len() < SHORTEST_SECRET {
        return text.to_owned();
    }
    let parts: HashSet<&[u8]> = secret.as_bytes().windows(REDACTED).collect();
    let mut shown = String::with_capacity(text.len());
    let mut hidden_to = 0;
    for (index, character) in text.char_indices() {
        let was_hidden = index < hidden_to;
        let window = text.as_bytes().get(index..index + REDACTED);
        if window.is_some_and(|window| parts.contains(window)) {
            hidden_to = index + REDACTED;
        }
        if index >= hidden_to {
            shown.push(character);
        } else if !was_hidden {
            shown.push_str("***");
        }
    }
    shown
}

#[cfg(test)]
mod tests;
