//! The overlay: how `build/overlay.rs` applies it, and what the extensions it adds mean.

use serde_json::{Value, json};

use crate::generation::{
    NO_ACTIONS, OVERLAY, SPEC, assert_has, at, build, generated, item, refusal, small, tight, with,
};

const THING: &str = "$.components.schemas.Thing";

fn overlay(actions: Value) -> String {
    json!({ "overlay": "1.0.0", "info": { "title": "Test", "version": "1" }, "actions": actions }).to_string()
}

/// Returns the smallest document with some actions applied.
#[track_caller]
fn applied(document: &Value, actions: Value) -> Value {
    build::apply(&document.to_string(), &overlay(actions)).unwrap_or_else(|problem| panic!("{problem}"))
}

#[test]
fn unsuitable_overlays_are_refused_in_words() {
    let with_action = |action: Value| overlay(json!([{ "target": THING, "update": {} }, action]));
    let update = |target: &str, update: Value| with_action(json!({ "target": target, "update": update }));
    let remove = |target: &str| with_action(json!({ "target": target, "remove": true }));
    let not_a_path = "not a JSONPath that the build can read; use `$`, `.name`, `['name']`, `[*]` and `.*` only";
    // The overlay; the place; what was found and the remedy.
    let rows = [
        ("".to_owned(), ":1:1", "the file is empty; put the document there"),
        ("overlay: 1.0.0".to_owned(), ":1:1", "not JSON; the first character suggests YAML"),
        ("{ \"overlay\": }".to_owned(), ":1:14", "not JSON: expected value"),
        (
            "{}".to_owned(),
            "#/overlay",
            "the version of the overlay is null; 1.0.0 is needed; write `\"overlay\": \"1.0.0\"`",
        ),
        (json!({ "overlay": "1.1.0", "actions": [] }).to_string(), "#/overlay", "is \"1.1.0\"; 1.0.0 is needed"),
        (json!({ "overlay": "1.0", "actions": [] }).to_string(), "#/overlay", "is \"1.0\"; 1.0.0 is needed"),
        (json!({ "overlay": 1, "actions": [] }).to_string(), "#/overlay", "is 1; 1.0.0 is needed"),
        (json!({ "overlay": "1.0.0" }).to_string(), "#/actions", "no list of actions; write `\"actions\": []`"),
        (json!({ "overlay": "1.0.0", "actions": {} }).to_string(), "#/actions", "no list of actions"),
        (with_action(json!({ "update": {} })), "#/actions/1", "an action without a target; write the `target`"),
        (with_action(json!("$")), "#/actions/1", "an action without a target"),
        (
            with_action(json!({ "target": THING })),
            "#/actions/1",
            "$.components.schemas.Thing: neither `update` nor `remove`",
        ),
        (
            with_action(json!({ "target": THING, "update": {}, "remove": true })),
            "#/actions/1",
            "$.components.schemas.Thing: both `update` and `remove`; write two actions",
        ),
        (
            with_action(json!({ "target": THING, "remove": false })),
            "#/actions/1",
            "`remove` is false; write `\"remove\": true`",
        ),
        (
            with_action(json!({ "target": THING, "updates": {} })),
            "#/actions/1",
            "$.components.schemas.Thing: the action has an unknown key \"updates\"; correct its spelling",
        ),
        (
            update("$.components.schemas.Thong", json!({})),
            "#/actions/1",
            "$.components.schemas.Thong: matches nothing in the document; adapt the target",
        ),
        (update("$.components.schemas[*].properties.x", json!({})), "#/actions/1", "properties.x: matches nothing"),
        (remove("$.paths['/thing']"), "#/actions/1", "$.paths['/thing']: matches nothing"),
        (update("components.schemas", json!({})), "#/actions/1", not_a_path),
        (update("$..schemas", json!({})), "#/actions/1", not_a_path),
        (update("$.servers[0]", json!({})), "#/actions/1", not_a_path),
        (update("$.paths./things", json!({})), "#/actions/1", not_a_path),
        (update("$.paths['/things", json!({})), "#/actions/1", not_a_path),
        (update("$.servers[?(@.url)]", json!({})), "#/actions/1", not_a_path),
        (update("$.", json!({})), "#/actions/1", not_a_path),
        (
            update("$.info.title", json!({ "a": 1 })),
            "#/actions/1",
            "$.info.title: the update is an object, but #/info/title is a text; write an update of the same type",
        ),
        (update("$.info", json!("x")), "#/actions/1", "the update is a text, but #/info is an object"),
        (remove("$"), "#/actions/1", "the whole document cannot be removed; name a part of it"),
    ];
    for (overlay, place, expected) in rows {
        let problem = build::generate(&small().to_string(), &overlay).map(|_| "accepted").unwrap_err().to_string();
        println!("{problem}");
        let before = if place.starts_with('#') { " at " } else { "" };
        assert!(problem.starts_with(&format!("spec/overlay.json{before}{place}: ")), "{problem}\nis not at {place}");
        assert!(problem.contains(expected) && problem.lines().count() == 1, "{problem}\nlacks {expected}");
    }
}

#[test]
fn updates_merge_append_and_replace_and_removals_remove() {
    let thing = "/components/schemas/Thing";
    let document = with(
        small(),
        &[(
            "/components/schemas/Other",
            json!({ "properties": { "name": { "type": "integer" } }, "enum": ["a", "b"] }),
        )],
    );
    // The action; a place; what is there then.
    let rows = [
        (json!({ "target": "$", "update": { "x-new": 1 } }), "/x-new", Some(json!(1))),
        (
            json!({ "target": THING, "update": { "title": "A thing" } }),
            "/components/schemas/Thing/title",
            Some(json!("A thing")),
        ),
        (
            json!({ "target": THING, "update": { "properties": { "name": { "maxLength": 9 }, "size": {} } } }),
            "/components/schemas/Thing/properties",
            Some(json!({ "name": { "type": "string", "maxLength": 9 }, "size": {} })),
        ),
        (
            json!({ "target": THING, "update": { "required": ["name", "size"] } }),
            "/components/schemas/Thing/required",
            Some(json!(["name", "size"])),
        ),
        (
            json!({ "target": "$.components.schemas.Other.enum", "update": ["b", "c"] }),
            "/components/schemas/Other/enum",
            Some(json!(["a", "b", "c"])),
        ),
        (
            json!({ "target": "$.components.schemas.Other.enum", "update": "c" }),
            "/components/schemas/Other/enum",
            Some(json!(["a", "b", "c"])),
        ),
        (json!({ "target": "$.servers", "update": { "url": "x" } }), "/servers/1", Some(json!({ "url": "x" }))),
        (json!({ "target": "$.info.title", "update": "Things!" }), "/info/title", Some(json!("Things!"))),
        (
            json!({ "target": "$.paths['/things/{thingId}']", "update": { "x-a": 1 } }),
            "/paths/~1things~1{thingId}/x-a",
            Some(json!(1)),
        ),
        (
            json!({ "target": "$[\"paths\"][\"/things/{thingId}\"].put", "remove": true }),
            "/paths/~1things~1{thingId}",
            Some(json!({})),
        ),
        (
            json!({ "target": "$.components.schemas[*].properties.name", "update": { "x-a": 1 } }),
            "/components/schemas/Other/properties/name/x-a",
            Some(json!(1)),
        ),
        (
            json!({ "target": "$.components.schemas.*", "update": { "x-a": 1 } }),
            "/components/schemas/Thing/x-a",
            Some(json!(1)),
        ),
        (
            json!({ "target": "$.servers[*].description", "remove": true }),
            "/servers/0",
            Some(json!({ "url": "https://vpn.de-fra.ionos.com" })),
        ),
        (
            json!({ "target": "$.components.schemas.Other.enum[*]", "remove": true }),
            "/components/schemas/Other/enum",
            Some(json!([])),
        ),
        (json!({ "target": THING, "remove": true, "description": "Gone.", "x-why": 1 }), thing, None),
    ];
    for (action, place, expected) in rows {
        let document = applied(&document, json!([action]));
        assert_eq!(document.pointer(place), expected.as_ref(), "{action}");
    }
    let nothing = build::apply(&small().to_string(), NO_ACTIONS).unwrap();
    assert_eq!(nothing, small());
}

#[test]
fn actions_see_what_those_before_them_did() {
    let document = applied(
        &small(),
        json!([
            { "target": THING, "update": { "properties": { "size": { "type": "integer" } } } },
            { "target": "$.components.schemas.Thing.properties.size", "update": { "minimum": 1 } },
            { "target": "$.components.schemas.Thing.properties.name", "remove": true },
        ]),
    );
    let properties = document.pointer("/components/schemas/Thing/properties");
    assert_eq!(properties, Some(&json!({ "size": { "type": "integer", "minimum": 1 } })));
}

#[test]
fn the_document_with_the_overlay_applied_is_returned() {
    let generated = build::generate(SPEC, OVERLAY).unwrap();
    let document: Value = serde_json::from_str(&generated.document).unwrap();
    assert_eq!(document, build::apply(SPEC, OVERLAY).unwrap());
    assert!(
        document.get("x-region-descriptions").is_some() && serde_json::from_str::<Value>(SPEC).unwrap() != document
    );
}

/// Returns the smallest document with other properties of `Thing`, none of which are required.
fn with_properties(properties: Value) -> Value {
    with(small(), &[("/components/schemas/Thing", json!({ "type": "object", "properties": properties }))])
}

#[test]
fn a_title_names_an_enum_wherever_it_is_written() {
    let tiers = json!(["BIG", "SMALL"]);
    // The property, and components beside `Thing`.
    let rows = [
        (json!({ "type": "string", "enum": tiers, "title": "Tier of a thing" }), json!({})),
        (json!({ "type": "string", "enum": ["BIG", "SMALL", null], "title": "Tier of a thing" }), json!({})),
        (
            json!({ "anyOf": [{ "enum": tiers, "type": "string" }, { "type": "string" }], "title": "Tier of a thing" }),
            json!({}),
        ),
        (
            json!({ "$ref": "#/components/schemas/Sizes", "title": "Tier of a thing" }),
            json!({ "Sizes": { "type": "string", "enum": tiers, "title": "Sizes" } }),
        ),
        (
            json!({ "allOf": [{ "$ref": "#/components/schemas/Sizes" }], "title": "Tier of a thing" }),
            json!({ "Sizes": { "type": "string", "enum": tiers } }),
        ),
        (
            json!({ "$ref": "#/components/schemas/TierOfAThing", "title": "Tier of a thing" }),
            json!({ "TierOfAThing": { "type": "string", "enum": tiers } }),
        ),
        (
            json!({ "type": "string", "enum": tiers, "title": "Tier of a thing" }),
            json!({ "Other": { "type": "object", "properties": {
                "tier": { "type": "string", "enum": ["SMALL", "BIG"], "title": "Tier of a thing" }
            } } }),
        ),
    ];
    for (property, components) in rows {
        let mut document = with_properties(json!({ "tier": property }));
        for (name, schema) in components.as_object().unwrap() {
            document["components"]["schemas"][name] = schema.clone();
        }
        let code = generated(&document);
        let thing = item(&code, "pub struct Thing {");
        assert!(tight(thing).contains("pubtier:::std::option::Option<TierOfAThing>,"), "{property}: {thing}");
        assert_eq!(code.matches("pub enum TierOfAThing {").count(), 1, "{property}");
        assert!(!code.contains("pub enum Sizes {"), "{property}");
    }
    // A component that others refer to stays.
    let document = with(
        with_properties(json!({
            "a": { "$ref": "#/components/schemas/Sizes", "title": "Tier" }, "b": { "$ref": "#/components/schemas/Sizes" }
        })),
        &[("/components/schemas/Sizes", json!({ "type": "string", "enum": tiers, "title": "Not its name" }))],
    );
    let code = generated(&document);
    assert_has(item(&code, "pub struct Thing {"), "pub a: ::std::option::Option<Tier>");
    assert_has(item(&code, "pub struct Thing {"), "pub b: ::std::option::Option<Sizes>");
}

#[test]
fn enums_of_one_title_have_the_same_values() {
    let text = |values: &[&str]| json!({ "type": "string", "enum": values, "title": "Size" });
    let problem = refusal(&with_properties(json!({ "a": text(&["S"]), "b": text(&["L"]) })).to_string());
    let expected = "at #/components/schemas/Thing/properties/b: the schema Size (S) has the same title \"Size\"; \
        give both the same values, or one of them another title";
    assert!(problem.contains(expected), "{problem}");
    let document = with(
        with_properties(json!({ "a": text(&["S"]) })),
        &[("/components/schemas/Size", json!({ "type": "object" }))],
    );
    let problem = refusal(&document.to_string());
    assert!(problem.contains("the schema Size () has the same title \"Size\""), "{problem}");
}

#[test]
fn variants_have_the_names_that_the_document_gives_them() {
    let version = |names: Value| {
        with_properties(json!({
            "v": { "type": "string", "enum": ["IKEv2", "other"], "title": "IKE version", "x-enum-varnames": names }
        }))
    };
    let code = generated(&version(json!(["IkeV2", "Different"])));
    let text = item(&code, "pub enum IkeVersion {");
    assert!(text.contains("#[serde(rename = \"IKEv2\")] IkeV2,"), "{text}");
    assert!(text.contains("#[serde(rename = \"other\")] Different,"), "{text}");
    assert!(code.contains("\"IKEv2\" => Self::IkeV2,") && code.contains("Self::Different => \"other\","), "{code}");
    // Beside a reference, and on a component.
    let document = with(
        with_properties(json!({
            "a": { "$ref": "#/components/schemas/Sizes" },
            "b": { "$ref": "#/components/schemas/Colours", "x-enum-varnames": ["Crimson"] }
        })),
        &[
            ("/components/schemas/Sizes", json!({ "type": "string", "enum": ["1"], "x-enum-varnames": ["One"] })),
            ("/components/schemas/Colours", json!({ "type": "string", "enum": ["red"] })),
        ],
    );
    let code = generated(&document);
    assert!(item(&code, "pub enum Sizes {").contains("#[serde(rename = \"1\")] One,"), "{code}");
    assert!(item(&code, "pub enum Colours {").contains("#[serde(rename = \"red\")] Crimson,"), "{code}");
    // The names; what was found.
    let rows = [
        (json!(["IkeV2"]), "1 names for 2 values (IKEv2, other); write one name for each value, in the same order"),
        (json!(["A", "B", "C"]), "3 names for 2 values"),
        (json!("IkeV2"), "0 names for 2 values"),
        (json!(["IKE v2", "B"]), "\"IKE v2\" is not a name in Rust"),
        (json!(["A", "A"]), "two variants of IkeVersion have the same name"),
        (json!(["A", "Other"]), "`Other` is reserved for unknown values"),
    ];
    for (names, expected) in rows {
        let problem = refusal(&version(names).to_string());
        let place = "at #/components/schemas/Thing/properties/v/x-enum-varnames: ";
        assert!(problem.contains(place) && problem.contains(expected), "{problem}\nlacks {expected}");
    }
    let mut document = version(json!(["A", "B"]));
    *at(&mut document, "/components/schemas/Thing/properties/w") =
        document.pointer("/components/schemas/Thing/properties/v").unwrap().clone();
    *at(&mut document, "/components/schemas/Thing/properties/w/x-enum-varnames/0") = json!("C");
    let problem = refusal(&document.to_string());
    assert!(
        problem.contains("the value \"IKEv2\" of IkeVersion has two names: A and C; give it one name"),
        "{problem}"
    );
}

#[test]
fn what_stands_beside_a_reference_overrides_the_component() {
    let components = [
        ("/components/schemas/Text", json!({ "type": "string", "maxLength": 5, "pattern": "^x" })),
        ("/components/schemas/Texts", json!({ "type": "array", "items": { "$ref": "#/components/schemas/Text" } })),
        ("/components/schemas/Part", json!({ "type": "object", "properties": { "a": { "type": "string" } } })),
    ];
    let properties = json!({
        "text": { "$ref": "#/components/schemas/Text", "format": "lan-id", "maxLength": 7 },
        "texts": { "$ref": "#/components/schemas/Texts", "maxItems": 3 },
        "part": { "$ref": "#/components/schemas/Part", "x-server-chosen": true, "x-at-least-one-of": ["a"] },
    });
    let code = generated(&with(with_properties(properties), &components));
    assert_has(&code, "pub text: ::std::option::Option<::std::string::String>");
    assert_has(&code, "pub texts: ::std::vec::Vec<::std::string::String>");
    assert!(!code.contains("pub struct Text(") && !code.contains("pub struct Texts("), "{code}");
    assert_has(&code, "rule: Rule::Text { min: 0u64, max: 7u64, format: Some(format::lan_id), secret: false }");
    assert_has(
        &code,
        "rule: Rule::List { min: 0u64, max: 3u64, keys: &[], same: &[], item: &Rule::Text { min: 0u64, max: 5u64,",
    );
    assert_has(
        &code,
        "name: \"part\", required: false, nullable: false, read_only: false, write_only: false, public_key: None, server_default: Some(\"{}\")",
    );
    assert_has(&code, "rule: Rule::Object(&Object { name: \"Thing.part\", fields: &[Field { name: \"a\"");
    assert_has(&code, "at_least_one_of: &[&[\"a\"]]");
}

#[test]
fn rules_across_fields_come_from_extensions() {
    let list = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Part" } });
    let part = json!({ "type": "object", "required": ["a", "b", "d"], "properties": {
        "a": { "type": "string" }, "b": { "type": "string" }, "o": { "type": "string" }, "d": { "type": "string", "readOnly": true }
    } });
    let document = with(with_properties(json!({ "parts": list })), &[("/components/schemas/Part", part)]);
    let list = "/components/schemas/Thing/properties/parts";
    let part = "/components/schemas/Part";
    // The place of the extension; its value; what the rules say.
    let rows = [
        (list, "x-list-map-keys", json!(["a", "b"]), "keys: &[\"a\", \"b\"], same: &[], item: &Rule::Object(&PART)"),
        (list, "x-same-in-all", json!(["a"]), "keys: &[], same: &[\"a\"], item: &Rule::Object(&PART)"),
        (part, "x-at-least-one-of", json!(["a", "b"]), "at_least_one_of: &[&[\"a\", \"b\"]]"),
        (part, "x-at-least-one-of", json!([["a"], ["a", "b"]]), "at_least_one_of: &[&[\"a\"], &[\"a\", \"b\"]]"),
    ];
    for (place, key, value, expected) in rows {
        assert_has(&generated(&with(document.clone(), &[(&format!("{place}/{key}"), value)])), expected);
    }
    for (place, key) in [(list, "x-list-map-keys"), (list, "x-same-in-all"), (part, "x-at-least-one-of")] {
        let problem = refusal(&with(document.clone(), &[(&format!("{place}/{key}"), json!(["a", "c"]))]).to_string());
        let expected = format!(
            "the `{key}` of {} contains \"c\", which is not a field of it",
            if place == part { "Part" } else { "Thing.parts" }
        );
        assert!(problem.contains(&expected), "{problem}\nlacks {expected}");
    }
    // A key that an element may leave out, and one that is not sent.
    for key in ["o", "d"] {
        let problem =
            refusal(&with(document.clone(), &[(&format!("{list}/x-list-map-keys"), json!(["a", key]))]).to_string());
        let expected = format!(
            "the `x-list-map-keys` of Thing.parts contains {key:?}, which is optional in the elements; make it required in the element"
        );
        assert!(problem.contains(&expected), "{problem}\nlacks {expected}");
    }
}

#[test]
fn server_defaults_are_json() {
    let window = json!({ "type": "object", "properties": {
        "time": { "type": "string", "example": "09:00:00" }, "day": { "type": "string" }, "key": { "type": "string", "writeOnly": true, "example": "x" }
    } });
    // The property; whether it is required; the default.
    let rows = [
        (json!({ "type": "string", "default": "a" }), false, "server_default: Some(\"\\\"a\\\"\")"),
        (json!({ "type": "string", "default": "a" }), true, "server_default: None"),
        (json!({ "type": "integer", "default": 86400 }), false, "server_default: Some(\"86400\")"),
        (
            json!({ "type": "array", "items": { "type": "string" }, "default": ["a"] }),
            false,
            "server_default: Some(\"[\\\"a\\\"]\")",
        ),
        (
            json!({ "type": "string", "x-server-chosen": true, "example": "b" }),
            false,
            "server_default: Some(\"\\\"b\\\"\")",
        ),
        (json!({ "type": "string", "x-server-chosen": true }), false, "server_default: Some(\"null\")"),
        (json!({ "type": "string", "x-server-chosen": false }), false, "server_default: None"),
        (
            json!({ "$ref": "#/components/schemas/Window", "x-server-chosen": true }),
            false,
            "server_default: Some(\"{\\\"time\\\":\\\"09:00:00\\\"}\")",
        ),
        (
            json!({ "$ref": "#/components/schemas/Window", "x-server-chosen": true, "example": {} }),
            false,
            "server_default: Some(\"{}\")",
        ),
        (json!({ "$ref": "#/components/schemas/Window" }), false, "server_default: None"),
    ];
    for (property, required, expected) in rows {
        let required = if required { json!(["field"]) } else { json!([]) };
        let document = with(
            with_properties(json!({ "field": property })),
            &[("/components/schemas/Window", window.clone()), ("/components/schemas/Thing/required", required)],
        );
        let code = generated(&document);
        let rules = &code[code.find("static THING: Object").unwrap()..];
        let field = &rules[..rules.find("rule:").unwrap()];
        assert!(field.contains(expected), "{property}: {field}");
    }
}

#[test]
fn regions_are_described_by_the_overlay() {
    let server = |region: &str| json!({ "url": format!("https://vpn.{region}.ionos.com") });
    let document = with(small(), &[("/servers", json!([server("de-fra"), server("es-vit")]))]);
    let described = with(document.clone(), &[("/x-region-descriptions", json!({ "es-vit": "Logroño, Spain" }))]);
    let code = generated(&described);
    let region = item(&code, "pub enum Region {");
    assert!(region.starts_with("pub enum Region { ///`de-fra` DeFra, ///`es-vit`: Logroño, Spain EsVit,"), "{region}");
    let unknown = with(document, &[("/x-region-descriptions", json!({ "es-vitoria": "Vitoria" }))]);
    let problem = refusal(&unknown.to_string());
    let expected = "at #/x-region-descriptions/es-vitoria: no server is in the region \"es-vitoria\", only in de-fra, es-vit; \
        correct the name of the region";
    assert!(problem.contains(expected), "{problem}");
}

#[test]
fn fields_are_documented_with_their_json_name() {
    let components = [
        (
            "/components/schemas/Part",
            json!({ "type": "object", "description": "A part.", "properties": { "a": { "type": "string" } } }),
        ),
        ("/components/schemas/Size", json!({ "type": "string", "enum": ["S"], "description": "The size." })),
    ];
    // The name of a property; the property; its documentation.
    let rows = [
        ("plain", json!({ "type": "string", "description": "Plain." }), "///Plain."),
        ("theIP", json!({ "type": "string", "description": "An IP." }), "/**An IP. JSON: `theIP`.*/"),
        ("bare", json!({ "type": "string" }), "///`bare`."),
        ("bareIP", json!({ "type": "string" }), "///`bareIP`."),
        ("thePart", json!({ "$ref": "#/components/schemas/Part" }), "/**A part. JSON: `thePart`.*/"),
        ("part", json!({ "$ref": "#/components/schemas/Part", "description": "Mine." }), "///Mine."),
        ("size", json!({ "$ref": "#/components/schemas/Size" }), "///The size."),
        ("titled", json!({ "type": "string", "title": "A title" }), "///A title"),
        ("type", json!({ "type": "string", "description": "Its type." }), "/**Its type. JSON: `type`.*/"),
    ];
    for (name, property, expected) in rows {
        let code = generated(&with(with_properties(json!({ name: property })), &components));
        let thing = item(&code, "pub struct Thing {");
        assert!(thing.starts_with(&format!("pub struct Thing {{ {expected} ")), "{thing}\nlacks {expected}");
    }
}

#[test]
fn an_id_that_only_the_server_sets_is_plain_text() {
    let id = |read_only: bool| json!({ "type": "string", "format": "uuid", "readOnly": read_only });
    let properties = json!({ "id": id(true), "createdByUserId": id(true), "ownerId": id(false) });
    let code = generated(&with_properties(properties));
    let thing = item(&code, "pub struct Thing {");
    assert_has(thing, "pub id: ::std::option::Option<::uuid::Uuid>");
    assert_has(thing, "pub owner_id: ::std::option::Option<::uuid::Uuid>");
    assert_has(thing, "pub created_by_user_id: ::std::option::Option<::std::string::String>");
    assert_has(
        &code,
        "name: \"createdByUserId\", required: false, nullable: false, read_only: true, write_only: false, public_key: None, server_default: None, rule: Rule::Text { min: 0u64, max: 18446744073709551615u64, format: None, secret: false }",
    );
}
