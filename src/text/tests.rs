use http::{HeaderMap, HeaderValue, StatusCode};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::{REDACTED, redact, redacted_body, redacted_headers, shown_body, snippet, unescape};
use crate::error::Error;

/// Secrets made of the characters of a bearer token (RFC 6750), and secrets made of only one to three different letters, so
/// that parts of a secret overlap with other parts and with themselves.
fn secrets() -> impl Strategy<Value = String> {
    prop_oneof![r"[A-Za-z0-9._~+/-]{8,60}={0,2}", "[ab]{8,24}", "[a-c]{8,60}", "a{8,20}"]
}

/// Texts with parts of a secret in them.
fn texts(secret: String) -> impl Strategy<Value = (String, String)> {
    let other = prop_oneof![r"[a-c*]{0,9}", r"[ -~]{0,9}", r"\PC{0,3}", r#"["\\/\n\t{}\[\]:,é\x7f]{0,4}"#];
    let parts = prop::collection::vec((any::<[Index; 2]>(), other), 0..6);
    parts.prop_map(move |parts| {
        let mut text = String::new();
        for (ends, other) in parts {
            let [from, to] = ends.map(|end| end.index(secret.len() + 1));
            text.extend([&secret[from.min(to)..from.max(to)], &other]);
        }
        (secret.clone(), text)
    })
}

fn secrets_and_texts() -> impl Strategy<Value = (String, String)> {
    secrets().prop_flat_map(texts)
}

/// Returns 8 consecutive letters of a secret that a text shows.
fn leak<'a>(text: &str, secret: &'a str) -> Option<&'a str> {
    (0..secret.len().saturating_sub(7))
        .filter_map(|start| secret.get(start..start + 8))
        .find(|part| text.contains(part))
}

/// Hides the parts of a secret in a text, letter by letter; parts that overlap are hidden as one.
fn hidden(text: &str, secret: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let secret: Vec<char> = secret.chars().collect();
    let starts: Vec<_> = (0..letters.len())
        .filter(|start| {
            let part = letters.get(*start..start + REDACTED);
            part.is_some_and(|part| secret.windows(REDACTED).any(|window| window == part))
        })
        .collect();
    let mut shown = String::new();
    for (index, letter) in letters.iter().enumerate() {
        let mut covering = starts.iter().filter(|start| (**start..**start + REDACTED).contains(&index)).peekable();
        if covering.peek().is_none() {
            shown.push(*letter);
        } else if covering.all(|start| *start == index) {
            shown.push_str("***");
        }
    }
    shown
}

#[test]
fn escapes_of_json_are_decoded() {
    let rows = [
        (r#"a\/b\u003dc\nd\\e\"f"#, "a/b=c\nd\\e\"f"),
        (r"\\u0041\\", r"\u0041\"),
        (r"\u00e9\ud83d\u12", "é\u{fffd}u12"),
        ("no escapes é", "no escapes é"),
        (r"cut off \", "cut off \\"),
    ];
    for (text, expected) in rows {
        assert_eq!(unescape(text), expected, "{text}");
    }
}

#[test]
fn a_secret_in_json_that_was_cut_off_is_not_shown() {
    let secret = r#"ab"cd\ef/gh=ij"#;
    let body = json!({ "key": secret, "name": "after" }).to_string().replace('/', "\\/").replace('=', "\\u003d");
    assert_eq!(
        redacted_body(&body.as_bytes()[..body.len() - 3], &|text| redact(text, secret)),
        r#"{"key":"***","name":"afte"#
    );
}

#[test]
fn a_header_that_holds_a_secret_is_shown_without_it() {
    let rows: [(&[u8], &[u8]); 4] = [
        (b"Bearer a-secret-of-the-tests", b"Bearer ***"),
        (b"a-secret-of-the-tests\xff", b"***\xef\xbf\xbd"),
        (b"a-harmless value\xff", b"a-harmless value\xff"),
        (b"", b""),
    ];
    for (value, expected) in rows {
        let headers = HeaderMap::from_iter([(http::header::SERVER, HeaderValue::from_bytes(value).unwrap())]);
        let shown = redacted_headers(&headers, &|text| redact(text, "a-secret-of-the-tests"));
        assert_eq!(shown["server"].as_bytes(), expected);
    }
}

proptest! {
    #[test]
    fn no_eight_letters_of_a_secret_are_left((secret, text) in secrets_and_texts()) {
        let shown = redact(&text, &secret);
        prop_assert_eq!(leak(&shown, &secret), None, "{}", shown);
        prop_assert_eq!(&shown, &hidden(&text, &secret));
    }

    #[test]
    fn a_short_secret_hides_nothing((secret, text) in secrets_and_texts(), length in 0..REDACTED) {
        prop_assert_eq!(redact(&text, &secret[..length]), text);
    }

    #[test]
    fn a_snippet_is_short_and_has_no_control_characters(text in any::<String>(), limit in 0_usize..40) {
        let shown = snippet(&text, limit);
        prop_assert!(!shown.contains(char::is_control), "{:?}", shown);
        prop_assert_eq!(shown.ends_with('…') && !text.contains('…'), text.chars().count() > limit && !text.contains('…'));
        prop_assert!(text.chars().take(limit).any(char::is_control) || shown.trim_end_matches('…').len() <= text.len());
    }

    #[test]
    fn no_error_for_a_response_shows_a_secret(
        (secret, text) in secrets_and_texts(),
        form in 0..8,
        cut in prop::option::of(any::<Index>()),
        status in prop::sample::select(vec![400_u16, 401, 404, 422, 500, 503, 599]),
    ) {
        let escaped = || Value::from(text.as_str()).to_string().replace('/', "\\/").replace('=', "\\u003d");
        let mut body = match form {
            0 => text.into_bytes(),
            1 => escaped().into_bytes(),
            2 => json!({ "httpStatus": status, "messages": [{ "errorCode": text, "message": text }] }).to_string().into_bytes(),
            3 => json!({ "messages": [text, { "message": text, "more": [text] }, [text]] }).to_string().into_bytes(),
            4 => json!({ "x": { &text: [text, null, 1.5] } }).to_string().into_bytes(),
            5 => format!("{{\"messages\":[{{\"message\":{0},{0}:{0}}}]}}", escaped()).into_bytes(),
            6 => format!("<p>{}{text}", " ".repeat(290)).into_bytes(),
            _ => format!("\u{fffd}{}{text}", "é".repeat(16_380 / 2)).into_bytes(),
        };
        if let Some(length) = cut {
            body.truncate(length.index(body.len() + 1));
        }
        let redact = |text: &str| redact(text, &secret);
        let shown = shown_body(&body, &redact);
        prop_assert!(shown.chars().count() <= 10 * 301 && !shown.contains(char::is_control), "{:?}", shown);
        let error = Error::from_response(StatusCode::from_u16(status).unwrap(), &body, true, &redact);
        let kept = redacted_body(&body, &redact);
        prop_assert!(kept.len() <= 2048, "{}", kept.len());
        for shown in [unescape(&kept), kept, shown, error.to_string(), format!("{error:?}"), format!("{:?}", error.api())] {
            prop_assert_eq!(leak(&shown, &secret), None, "{}", shown);
        }
    }

    #[test]
    fn any_body_is_shown(
        body in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..400),
            any::<String>().prop_map(String::into_bytes),
            r#"(\{|\[|"|messages|httpStatus|message|errorCode|:|,|\}|\]|null|1e999|-?[0-9]{1,25}){0,24}"#.prop_map(String::into_bytes),
        ],
        status in 100_u16..1000,
    ) {
        let shown = shown_body(&body, &str::to_owned);
        prop_assert!(!shown.contains(char::is_control), "{:?}", shown);
        let error = Error::from_response(StatusCode::from_u16(status).unwrap(), &body, true, &str::to_owned);
        let message = error.to_string();
        prop_assert!(message.starts_with(&format!("the server answered {status}")), "{}", message);
        prop_assert!(!message.contains(char::is_control), "{:?}", message);
    }
}
