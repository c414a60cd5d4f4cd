//! Tests of rules that no field of our document has, with a handwritten table.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Field, Object, Rule};
use crate::model::drift::{carry_over, drift};
use crate::model::format;
use crate::model::validate::{Sealed, Validate};

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(transparent)]
struct Thing(Value);

impl Sealed for Thing {}

impl Validate for Thing {
    const RULES: &'static Object = &THING;
}

const EMPTY: Object =
    Object { name: "", fields: &[], at_least_one_of: &[], required_if: &[], has_read_only: true, has_secret: true };
const TEXT: Rule = Rule::Text { min: 0, max: u64::MAX, format: None, secret: false };
const KEY: Rule = Rule::Text { min: 8, max: 20, format: None, secret: true };
const NET: Rule = Rule::Text { min: 0, max: u64::MAX, format: Some(format::cidr), secret: false };

const fn field(name: &'static str, rule: Rule) -> Field {
    Field {
        name,
        required: false,
        nullable: false,
        read_only: false,
        write_only: false,
        public_key: None,
        server_default: None,
        rule,
    }
}

const fn list(keys: &'static [&'static str], item: &'static Rule) -> Rule {
    Rule::List { min: 0, max: u64::MAX, keys, same: &[], item }
}

static AUTH: Object = Object {
    name: "Auth",
    fields: &[
        field("method", TEXT),
        Field { write_only: true, ..field("key", KEY) },
        Field { read_only: true, ..field("hint", TEXT) },
        field("more", list(&[], &TEXT)),
    ],
    ..EMPTY
};
static HOLDER: Object = Object { name: "Holder", fields: &[field("auth", Rule::Object(&AUTH))], ..EMPTY };
static TAG: Object = Object { name: "Tag", fields: &[Field { required: true, ..field("label", TEXT) }], ..EMPTY };
static THING: Object = Object {
    name: "Thing",
    fields: &[
        Field { read_only: true, ..field("serial", TEXT) },
        Field { write_only: true, server_default: Some("1"), ..field("pin", Rule::Integer { min: 1, max: 9999 }) },
        field("auth", Rule::Object(&AUTH)),
        Field { server_default: Some("null"), ..field("backup", Rule::Object(&AUTH)) },
        field("peers", list(&["method"], &Rule::Object(&AUTH))),
        field("others", list(&[], &Rule::Object(&AUTH))),
        field("nets", list(&[], &NET)),
        field("routes", Rule::Map(&list(&[], &NET))),
        field("tables", list(&[], &Rule::Map(&NET))),
        field("holders", list(&[], &Rule::Object(&HOLDER))),
        field("keys", Rule::Map(&KEY)),
        field("key_list", list(&[], &KEY)),
        field("users", Rule::Map(&Rule::Object(&AUTH))),
        field("load", Rule::Number { min: -1.5, max: 1000.0 }),
        field("least", Rule::Number { min: 0.5, max: f64::INFINITY }),
        field("count", Rule::Integer { min: -5, max: i64::MAX }),
        field("sizes", Rule::Map(&Rule::Integer { min: 1, max: 9 })),
        field("free", Rule::Map(&Rule::Any)),
        field("note", TEXT),
        field("holder", Rule::Object(&HOLDER)),
        field("tag", Rule::Object(&TAG)),
        Field { server_default: Some("\"high\""), ..field("level", TEXT) },
    ],
    ..EMPTY
};

/// Returns the lines of the drift.
fn drifts(desired: &Value, actual: &Value) -> Vec<String> {
    let drift = drift(&Thing(desired.clone()), &Thing(actual.clone()));
    drift.to_string().lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn what_one_side_alone_sets_is_no_drift() {
    // The desired state, and the actual one.
    let rows = [
        (json!({}), json!({ "serial": "a" })),
        (json!({ "serial": "a" }), json!({ "serial": "b" })),
        (json!({ "pin": 1 }), json!({})),
        (json!({ "pin": 1 }), json!({ "pin": 2 })),
        (json!({}), json!({ "pin": 2 })),
        // Within objects, lists and maps. An object without other fields may be missing.
        (json!({ "auth": { "key": "correct horse" } }), json!({})),
        (
            json!({ "auth": { "method": "PSK", "key": "correct horse" } }),
            json!({ "auth": { "method": "PSK", "hint": "c" } }),
        ),
        (json!({ "peers": [{ "method": "a", "key": "x" }] }), json!({ "peers": [{ "method": "a", "hint": "x" }] })),
        (json!({ "others": [{ "method": "a", "key": "x" }] }), json!({ "others": [{ "method": "a", "hint": "x" }] })),
        (json!({ "holders": [{ "auth": { "key": "x" } }] }), json!({ "holders": [{}] })),
        (json!({ "users": { "a": { "key": "x" } } }), json!({ "users": { "a": { "hint": "x" } } })),
    ];
    for (desired, actual) in rows {
        assert_eq!(drifts(&desired, &actual), [""; 0], "{desired} against {actual}");
    }
    assert_eq!(drifts(&json!({ "auth": { "method": "PSK" } }), &json!({})), [r#"+ auth: {"method":"PSK"}"#]);
}

#[test]
fn an_empty_optional_value_is_no_drift() {
    // With an empty value, and without it.
    let rows = [
        (json!({ "note": "" }), json!({})),
        (json!({ "note": null }), json!({})),
        (json!({ "note": "" }), json!({ "note": null })),
        (json!({ "nets": [] }), json!({})),
        (json!({ "peers": [] }), json!({})),
        (json!({ "free": {} }), json!({})),
        (json!({ "holder": {} }), json!({})),
        // At any depth, and in lists that are compared as a whole.
        (json!({ "auth": { "method": "" } }), json!({})),
        (json!({ "peers": [{ "method": "a", "more": [] }] }), json!({ "peers": [{ "method": "a" }] })),
        (json!({ "others": [{ "method": "" }] }), json!({ "others": [{}] })),
    ];
    for (with, without) in rows {
        assert_eq!(drifts(&with, &without), [""; 0], "{with} against {without}");
        assert_eq!(drifts(&without, &with), [""; 0], "{without} against {with}");
    }
    // A required field, and one that the server fills in.
    assert_eq!(drifts(&json!({ "tag": {} }), &json!({ "tag": { "label": "" } })), [r#"- tag.label: """#]);
    assert_eq!(drifts(&json!({ "level": "" }), &json!({})), [r#"+ level: """#]);
    // A removed value is a difference, in any notation.
    assert_eq!(drifts(&json!({ "note": "" }), &json!({ "note": "a" })), [r#"~ note: "a" → """#]);
    assert_eq!(drifts(&json!({ "nets": [] }), &json!({ "nets": ["::/0"] })), [r#"~ nets: ["::/0"] → []"#]);
}

#[test]
fn lists_without_keys_and_maps_are_compared_by_value() {
    let nets = |a: &str, b: &str| json!({ "nets": [a], "routes": { "x": [b] } });
    let actual = nets("2001:db8::/32", "10.0.0.0/8");
    assert_eq!(drifts(&nets("2001:DB8::/32", "10.0.0.0/8"), &actual), [""; 0]);
    assert_eq!(drifts(&actual, &nets("2001:db8:0::/32", "10.0.0.0/8")), [""; 0]);
    let expected =
        [r#"~ nets: ["2001:db8::/32"] → ["2001:db9::/32"]"#, r#"~ routes.x: ["10.0.0.0/8"] → ["10.0.0.0/9"]"#];
    assert_eq!(drifts(&nets("2001:db9::/32", "10.0.0.0/9"), &actual), expected);
    let v6 = |text: &str| json!({ "routes": { "x": [text] }, "free": { "a": { "b": [1] } } });
    assert_eq!(
        drifts(&v6("2001:DB8::/32"), &json!({ "routes": { "x": ["2001:db8::/32"] }, "free": { "a": { "b": [1.0] } } })),
        [""; 0]
    );
    let tables = |net: &str| json!({ "tables": [{ "a": net }] });
    assert_eq!(drifts(&tables("2001:DB8::/32"), &tables("2001:db8::/32")), [""; 0]);
    let expected = ["- sizes.b: 2", "+ sizes.c: 3"];
    let sizes = |name: &str, size: u8| json!({ "sizes": { "a": 1, name: size } });
    assert_eq!(drifts(&sizes("c", 3), &sizes("b", 2)), expected);
}

#[test]
fn what_one_side_alone_sets_is_not_carried_over() {
    let auth = json!({ "method": "PSK", "key": "from the server", "hint": "f", "unknown": 1 });
    let actual =
        json!({ "serial": "a", "pin": 2, "auth": auth, "backup": auth, "peers": [auth], "free": {}, "unknown": auth });
    let desired = json!({ "auth": { "method": "PSK" }, "peers": [{ "method": "PSK", "key": "mine" }] });
    let carried = carry_over(&Thing(desired), &Thing(actual)).unwrap();
    let expected = json!({
        "auth": { "method": "PSK", "unknown": 1 },
        "backup": { "method": "PSK", "unknown": 1 },
        "peers": [{ "method": "PSK", "key": "mine", "unknown": 1 }],
        "unknown": auth,
    });
    assert_eq!(carried.0, expected);
}

#[test]
fn what_the_server_alone_sets_is_not_sent() {
    let auth = json!({ "method": "PSK", "key": "correct horse", "hint": "c" });
    let sent = json!({ "method": "PSK", "key": "correct horse" });
    let thing = |auth: &Value| {
        json!({
            "pin": 1, "auth": auth, "peers": [auth], "others": [auth], "users": { "a": auth }, "unknown": { "hint": 1 }
        })
    };
    let mut whole = thing(&auth);
    whole["serial"] = json!("a");
    Rule::Object(&THING).remove_fields(&mut whole, |field| field.read_only);
    assert_eq!(whole, thing(&sent));
}

#[test]
fn numbers_and_the_values_of_maps_have_bounds() {
    // A value; its violation, if there is one.
    let rows = [
        (json!({ "load": -1.5 }), ""),
        (json!({ "load": 1000 }), ""),
        (json!({ "load": 1000.5 }), "load 1000.5 must be a number -1.5 to 1000"),
        (json!({ "load": -2 }), "load -2 must be a number -1.5 to 1000"),
        (json!({ "load": "1" }), "load \"1\" must be a number"),
        (json!({ "least": 1e300 }), ""),
        (json!({ "least": 0.4 }), "least 0.4 must be a number at least 0.5"),
        (json!({ "count": -5 }), ""),
        (json!({ "count": -6 }), "count -6 must be a whole number at least -5"),
        (json!({ "sizes": { "a": 1, "b": 9 } }), ""),
        (json!({ "sizes": { "a": 1, "b": 10 } }), "sizes.b 10 must be a whole number 1 to 9"),
        (json!({ "routes": { "a": ["10.0.0.0"] } }), "routes.a[0] \"10.0.0.0\" must be a network in CIDR notation"),
        (json!({ "users": { "a": 1 } }), "users.a \"***\" must be an object"),
        (json!({ "free": { "a": [null, {}] } }), ""),
        (json!({ "free": [] }), "free [] must be an object"),
    ];
    for (value, expected) in rows {
        let found = Thing(value.clone()).validate().map_or_else(|found| found.to_string(), |()| String::new());
        assert!(found.starts_with(expected) && found.is_empty() == expected.is_empty(), "{value}: {found}");
    }
}

#[test]
fn a_secret_is_shown_nowhere() {
    let secret = "horse";
    // Each value has the secret in a secret field, or in a field of another type.
    let rows = [
        json!({ "keys": { "a": secret } }),
        json!({ "keys": secret }),
        json!({ "key_list": [secret] }),
        json!({ "key_list": secret }),
        json!({ "auth": { "method": 1, "key": secret } }),
        json!({ "auth": secret }),
        json!({ "users": { "a": { "key": secret } } }),
        json!({ "peers": [secret] }),
    ];
    for value in rows {
        let found = Thing(value.clone()).validate().unwrap_err();
        let shown =
            format!("{found} {found:?} {:?}", drifts(&value, &json!({})).into_iter().chain(drifts(&json!({}), &value)));
        assert!(!shown.contains(secret), "{value}: {shown}");
    }
    let keys = |key: &str| json!({ "keys": { "a": key } });
    assert_eq!(drifts(&keys("correct horse"), &keys("other horse")), [r#"~ keys.a: "***" → "***""#]);
}
