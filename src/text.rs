//! Makes foreign text safe to print: truncated, escaped and without secrets.

use std::collections::HashSet;

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderValue};
use serde_json::Value;

/// Returns the plural ending of the noun after a count.
pub(crate) fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

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

/// How many bytes of a response body are read for a message.
const READ_BODY: usize = 16 << 10;
/// How many bytes of a response body an error keeps.
const KEPT_BODY: usize = 2 << 10;

/// Returns a response body for a message: redacted, cut, with control characters escaped.
pub(crate) fn shown_body(body: &[u8], redact: &dyn Fn(&str) -> String) -> String {
    snippet(&redacted_text(body, redact), 300)
}

/// Returns the start of a response body, redacted and at most [`KEPT_BODY`] bytes long. An error stores it.
pub(crate) fn redacted_body(body: &[u8], redact: &dyn Fn(&str) -> String) -> String {
    let mut text = redacted_text(body, redact);
    let end = (0..=KEPT_BODY).rfind(|index| text.is_char_boundary(*index));
    text.truncate(end.unwrap_or(0));
    text
}

/// Returns the headers of a response. An error stores them.
pub(crate) fn redacted_headers(headers: &HeaderMap, redact: &dyn Fn(&str) -> String) -> HeaderMap {
    let redacted = headers.iter().map(|(name, value)| {
        let text = String::from_utf8_lossy(value.as_bytes());
        let shown = redact(&text);
        let mut value = if shown == text {
            value.clone()
        } else {
            HeaderValue::try_from(shown).unwrap_or(HeaderValue::from_static("***"))
        };
        value.set_sensitive(value.is_sensitive() || name == SET_COOKIE);
        (name.clone(), value)
    });
    redacted.collect()
}

/// Returns a response body as text. JSON escapes are decoded first, and then `redact` removes the secrets.
fn redacted_text(body: &[u8], redact: &dyn Fn(&str) -> String) -> String {
    let body = body.get(..READ_BODY).unwrap_or(body);
    if let Ok(value) = serde_json::from_slice::<Value>(body) {
        let shown = redacted(value.clone(), redact);
        if shown != value {
            return shown.to_string();
        }
    }
    let text = redact(&String::from_utf8_lossy(body));
    // Truncated JSON has escapes, too.
    let unescaped = unescape(&text);
    let shown = redact(&unescaped);
    if shown == unescaped { text } else { shown }
}

/// Decodes the escapes of JSON in a text. Escaped pairs of surrogates become `U+FFFD`.
fn unescape(text: &str) -> String {
    let mut parts = text.split('\\');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    while let Some(part) = parts.next() {
        let mut rest = part.chars();
        match rest.next() {
            // An escaped backslash: the next part does not begin with an escape.
            None => {
                plain.push('\\');
                plain.push_str(parts.next().unwrap_or_default());
            }
            Some('u') if part.get(1..5).is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit())) => {
                let code = part.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok());
                plain.push(code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER));
                plain.push_str(part.get(5..).unwrap_or_default());
            }
            Some(letter) => {
                plain.push(match letter {
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    other => other,
                });
                plain.push_str(rest.as_str());
            }
        }
    }
    plain
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

/// The shortest part of a secret that is redacted.
const REDACTED: usize = 6;
/// The minimum length of a secret that is redacted. Real secrets are not shorter, and a shorter text could occur anywhere by
/// chance.
const SHORTEST_SECRET: usize = 8;

/// Replaces parts of the secret in the text with `***`. Only parts of at least [`REDACTED`] bytes are replaced.
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
