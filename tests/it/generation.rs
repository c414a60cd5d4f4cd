//! The generator in `build/`: which documents it refuses and in which words, and what it makes of the others. The overlay and
//! the kinds of resources have files of their own; `documents` compiles and runs the result.

use serde_json::{Value, json};

#[path = "../../build/mod.rs"]
pub(crate) mod build;

pub(crate) const SPEC: &str = include_str!("../../spec/vpn.json");
pub(crate) const OVERLAY: &str = include_str!("../../spec/overlay.json");
pub(crate) const NO_ACTIONS: &str =
    r#"{ "overlay": "1.0.0", "info": { "title": "Nothing", "version": "1" }, "actions": [] }"#;
/// An API description with four kinds of resources, written as a vendor would.
pub(crate) const VENDOR: &str = include_str!("../fixtures/specs/vendor.json");

/// The smallest document that is accepted.
pub(crate) fn small() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Things", "version": "1.0.0" },
        "servers": [{ "url": "https://vpn.de-fra.ionos.com", "description": "Frankfurt" }],
        "paths": { "/things/{thingId}": { "put": {
            "operationId": "ensureThing",
            "parameters": [{
                "name": "thingId", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" }
            }],
            "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } } },
            "responses": { "200": {
                "description": "Done.",
                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } }
            } }
        } } },
        "components": { "schemas": { "Thing": {
            "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } }
        } } }
    })
}

const PUT: &str = "/paths/~1things~1{thingId}/put";

/// Returns the value at a JSON pointer, which is created if it is missing.
pub(crate) fn at<'a>(document: &'a mut Value, pointer: &str) -> &'a mut Value {
    pointer.split('/').skip(1).fold(document, |value, name| {
        let name = name.replace("~1", "/").replace("~0", "~");
        match name.parse::<usize>() {
            Ok(index) if value.is_array() => {
                let list = value.as_array_mut().unwrap();
                list.resize(list.len().max(index + 1), Value::Null);
                &mut value[index]
            }
            _ => &mut value[name],
        }
    })
}

/// Returns a document with some values replaced.
pub(crate) fn with(mut document: Value, edits: &[(&str, Value)]) -> Value {
    for (pointer, value) in edits {
        *at(&mut document, pointer) = value.clone();
    }
    document
}

/// Generates the code, with single spaces as white space.
#[track_caller]
pub(crate) fn generated(document: &Value) -> String {
    let generated = build::generate(&document.to_string(), NO_ACTIONS);
    even(&whole(&generated.unwrap_or_else(|problem| panic!("{problem}"))))
}

/// Returns the code of the types and of the client.
pub(crate) fn whole(generated: &build::Generated) -> String {
    [generated.code.as_str(), &generated.client].concat()
}

fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Removes white space, which the formatting puts where it needs to.
pub(crate) fn tight(text: &str) -> String {
    text.split_whitespace().collect::<String>().replace(",>", ">")
}

/// Returns the error for a document: `spec/vpn.json`, the place, what was found, and the remedy.
#[track_caller]
pub(crate) fn refusal(text: &str) -> String {
    let problem = build::generate(text, NO_ACTIONS).map(|_| "accepted").unwrap_err().to_string();
    assert_eq!(problem.lines().count(), 1, "{problem}");
    assert!(problem.starts_with("spec/vpn.json"), "{problem}");
    assert!(!problem.contains("RUST_BACKTRACE") && !problem.contains("panicked at"), "{problem}");
    println!("{problem}");
    problem
}

#[test]
fn anything_but_json_is_refused_with_line_and_column() {
    let rows = [
        ("", ":1:1: the file is empty; put the document there"),
        (" \n\t", ":1:1: the file is empty; put the document there"),
        ("openapi: 3.0.3\ninfo: {}", "convert it to JSON, as `npx @redocly/cli bundle openapi.yaml --ext json"),
        ("{\n  \"openapi\": \"3.0.3\",\n  oops\n}", ":3:3: not JSON: key must be a string"),
        ("{\n  \"openapi\": \"3.0.3\"", ":2:20: not JSON: EOF while parsing an object"),
        ("{} {}", ":1:4: not JSON: trailing characters"),
        ("[]", " at #/openapi: the document has no version; write `\"openapi\": \"3.0.3\"`"),
    ];
    for (text, expected) in rows {
        let problem = refusal(text);
        assert!(problem.contains(expected), "{text:?}: {problem}");
    }
    let marked = format!("\u{feff}{}", small());
    assert!(build::generate(&marked, NO_ACTIONS).is_ok(), "a byte order mark is accepted");
}

#[test]
#[allow(clippy::too_many_lines, clippy::type_complexity)] // A table.
fn unsuitable_documents_are_refused_in_words() {
    let other = json!({ "description": "", "content": { "application/json": { "schema": { "type": "string" } } } });
    let thing = |name: &str| format!("/components/schemas/Thing/properties/{name}");
    let operation = small().pointer(PUT).unwrap().clone();
    let put = |name: &str| format!("{PUT}{name}");
    let parameter = put("/parameters/0");
    let object = json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    let no_schema = json!({ "text/plain": { "schema": { "type": "string" } } });
    // What is edited; the place; what was found; the remedy.
    let rows: Vec<(Vec<(String, Value)>, &str, &str, &str)> = vec![
        (vec![("/openapi".into(), json!("3.1.0"))], "#/openapi", "OpenAPI \"3.1.0\"", "write the document as 3.0.3"),
        (
            vec![("/swagger".into(), json!("2.0"))],
            "#/swagger",
            "the document is Swagger \"2.0\"; OpenAPI 3.0 is needed",
            "convert it with `npx swagger2openapi`",
        ),
        (
            vec![(thing("a~1b~0c"), json!({ "$ref": "#/components/schemas/Missing" }))],
            "#/components/schemas/Thing/properties/a~1b~0c/$ref",
            "\"#/components/schemas/Missing\" is not in the document",
            "add the component or correct the reference",
        ),
        (
            vec![(put("/responses/200"), json!({ "$ref": "common.json#/components/responses/Done" }))],
            "#/paths/~1things~1{thingId}/put/responses/200/$ref",
            "is outside the document",
            "bundle it with `npx @redocly/cli bundle`",
        ),
        (
            vec![
                ("/components/schemas/One".into(), json!({ "$ref": "#/components/schemas/Two" })),
                ("/components/schemas/Two".into(), json!({ "$ref": "#/components/schemas/One" })),
            ],
            "#/components/schemas/One/$ref",
            "refers to itself",
            "refer to a component",
        ),
        (
            vec![("/components/schemas/One".into(), json!({ "allOf": [{ "$ref": "#/components/schemas/One" }, {}] }))],
            "#/components/schemas/One",
            "`allOf` refers to itself",
            "write out the fields",
        ),
        (vec![(put("/operationId"), Value::Null)], "/put", "no operationId", "give the operation one"),
        (vec![(put("/operationId"), json!(""))], "/put", "no operationId", "give the operation one"),
        (
            vec![("/paths/~1things~1{thingId}/get".into(), operation.clone())],
            "#/paths/~1things~1{thingId}/put",
            "is also used by #/paths/~1things~1{thingId}/get",
            "give one of them another operationId",
        ),
        (
            vec![(
                "/paths/~1things~1{thingId}/get".into(),
                with(operation.clone(), &[("/operationId", json!("ensure_thing"))]),
            )],
            "#/paths/~1things~1{thingId}/put",
            "is also used by #/paths/~1things~1{thingId}/get",
            "give one of them another operationId",
        ),
        (
            vec![(put("/operationId"), json!("newWithClient"))],
            "/put",
            "2 methods have the name `new_with_client`",
            "give the operation another operationId",
        ),
        (
            vec![
                ("/paths/~1ipssecgateways".into(), json!({ "get": operation })),
                ("/paths/~1ipsecgateways/x-misspellings".into(), json!(["ipssecgateways"])),
            ],
            "#/paths/~1ipssecgateways",
            "the path is misspelt: `ipssecgateways` is one of the `x-misspellings` of /ipsecgateways",
            "write `ipsecgateways`",
        ),
        (
            vec![(format!("{parameter}/schema"), json!({ "type": "string" }))],
            "/put/parameters/0",
            "the path parameter \"thingId\" is not a UUID",
            "give its schema `\"format\": \"uuid\"`",
        ),
        (
            vec![
                (
                    "/components/parameters/thingId".into(),
                    json!({ "name": "thingId", "in": "path", "required": true, "schema": { "type": "integer" } }),
                ),
                (
                    "/paths/~1things~1{thingId}/parameters".into(),
                    json!([{ "$ref": "#/components/parameters/thingId" }]),
                ),
            ],
            "#/paths/~1things~1{thingId}/parameters/0",
            "is not a UUID",
            "give its schema",
        ),
        (
            vec![(put("/responses/202"), other)],
            "#/paths/~1things~1{thingId}/put/responses",
            "the bodies of 200 and 202 differ",
            "give both the same schema, or drop one",
        ),
        (
            vec![(put("/responses/204"), json!({ "description": "" }))],
            "/put/responses",
            "the bodies of 200 and 204 differ",
            "give both the same schema, or drop one",
        ),
        (
            vec![(put("/responses"), json!({ "default": { "description": "" } }))],
            "/put/responses",
            "no 2xx response",
            "document the successful code (`default` is used for errors)",
        ),
        (vec![(put("/responses"), Value::Null)], "/put/responses", "no 2xx response", "document the successful code"),
        (
            vec![(put("/responses/200/content"), no_schema.clone())],
            "/put/responses",
            "the body of 200 has no JSON schema",
            "describe it under `application/json` with a schema",
        ),
        (
            vec![(put("/responses/200/content"), json!({ "application/json": {} }))],
            "/put/responses",
            "the body of 200 has no JSON schema",
            "describe it under `application/json` with a schema",
        ),
        (
            vec![(put("/requestBody/content"), no_schema)],
            "/put/requestBody",
            "the request body has no JSON schema",
            "describe it under `application/json` with a schema",
        ),
        (
            vec![(thing("kind"), json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }))],
            "#/components/schemas/Thing/properties/kind/oneOf",
            "a union type, which would refuse responses of newer versions of the API",
            "write one object schema with the fields of all",
        ),
        (
            vec![(thing("kind"), json!({ "anyOf": [{ "$ref": "#/components/schemas/Thing" }, { "type": "object" }] }))],
            "#/components/schemas/Thing/properties/kind/anyOf",
            "a union type, which would refuse responses of newer versions of the API",
            "write one object schema with the fields of all",
        ),
        (
            vec![("/servers".into(), json!([{ "url": "/" }]))],
            "#/servers/0/url",
            "\"/\" contains no region",
            "write it as `https://vpn.de-fra.ionos.com`",
        ),
        (
            vec![("/servers/0/url".into(), json!("https://vpn.{region}.ionos.com"))],
            "#/servers/0/url",
            "\"https://vpn.{region}.ionos.com\" contains no region",
            "write it as `https://vpn.de-fra.ionos.com`",
        ),
        (
            vec![("/servers".into(), json!([]))],
            "#/servers",
            "no server; the regions are read from the servers",
            "write one as `https://vpn.",
        ),
        (
            vec![("/components/schemas/thing".into(), json!({ "type": "object" }))],
            "#/components/schemas/thing",
            "the component \"Thing\" would have the same type name Thing",
            "give one of them another name",
        ),
        (
            vec![("/components/schemas/2nd".into(), json!({ "type": "object" }))],
            "#/components/schemas/2nd",
            "\"2nd\" is not a name in Rust",
            "give it another name",
        ),
        (
            vec![(thing("NAME"), json!({ "type": "string" }))],
            "#/components/schemas/Thing/properties/name",
            "the name in Rust, `name`, is also used by NAME",
            "remove one of them",
        ),
        (
            vec![(thing("extra"), json!({ "type": "string" }))],
            "#/components/schemas/Thing/properties/extra",
            "the name in Rust, `extra`, is also used by the map of unknown fields",
            "remove one of them",
        ),
        (
            vec![(thing("a1"), json!({ "type": "string" })), (thing("a_1"), json!({ "type": "string" }))],
            "#/components/schemas/Thing/properties/a_1",
            "the name in Rust, `a_1`, is also used by a1",
            "remove one of them",
        ),
        (
            vec![(thing("kind"), json!({ "type": "string", "enum": ["Other", "OtherValue"] }))],
            "#/components/schemas/ThingKind",
            "two items in `ThingKind` would have the name `OtherValue` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![(thing("part"), object.clone()), ("/components/schemas/ThingPart".into(), object.clone())],
            "#/components/schemas/ThingPart",
            "two items in `types` would have the name `ThingPart` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![
                (thing("parts"), json!({ "type": "array", "items": object })),
                ("/components/schemas/ThingPartsItem".into(), object.clone()),
            ],
            "#/components/schemas/ThingPartsItem",
            "two items in `types` would have the name `ThingPartsItem` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![("/components/schemas/ThingBuilder".into(), object.clone())],
            "#/components/schemas/ThingBuilder",
            "two items in `types` would have the name `ThingBuilder` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![("/components/schemas/Option".into(), object)],
            "#/components/schemas/Option",
            "two items in `types` would have the name `Option` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![("/components/schemas/Some".into(), json!({ "type": "object" }))],
            "#/components/schemas/Some",
            "two items in `types` would have the name `Some` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![("/servers/0/url".into(), json!("https://vpn.other.ionos.com"))],
            "#/servers",
            "two items in `Region` would have the name `Other` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![(
                "/servers".into(),
                json!([{ "url": "https://vpn.de-fra-1.ionos.com" }, { "url": "https://vpn.de-fra1.ionos.com" }]),
            )],
            "#/servers",
            "two items in `Region` would have the name `DeFra1` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![(put("/parameters/1"), json!({ "name": "body", "in": "query", "schema": { "type": "string" } }))],
            "#/paths/~1things~1{thingId}/put",
            "two items in `ensure_thing` would have the name `body` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![(
                put("/parameters/1"),
                json!({ "name": "header-map", "in": "query", "schema": { "type": "string" } }),
            )],
            "#/paths/~1things~1{thingId}/put",
            "two items in `ensure_thing` would have the name `header_map` in the generated code",
            "rename one of them in the document",
        ),
        (
            vec![("/components/schemas/One".into(), json!({ "allOf": [{ "$ref": "#/components/schemas/One" }] }))],
            "#/components/schemas/One/$ref",
            "refers to itself",
            "refer to a component that is not a reference",
        ),
        (
            vec![(thing("kind"), json!({ "type": "string", "enum": ["a-b", "a_b"] }))],
            "#/components/schemas/ThingKind",
            "progenitor panicked: Failed to make unique variant names for [a-b,a_b]",
            "simplify that part of the document",
        ),
        (
            vec![(thing("kind"), json!({ "not": { "type": "string" } }))],
            "#/components/schemas/Thing",
            "progenitor panicked: not yet implemented",
            "simplify that part of the document",
        ),
        (
            vec![(put("/requestBody/content/application~1json/schema"), json!({ "not": { "type": "string" } }))],
            "#/paths/~1things~1{thingId}/put",
            "progenitor panicked: not yet implemented",
            "simplify that part of the document",
        ),
        (
            vec![(put("/parameters"), json!([]))],
            "#/paths/~1things~1{thingId}/put",
            "progenitor",
            "simplify that part of the document",
        ),
        (
            vec![("/info/version".into(), json!(1))],
            "spec/vpn.json: info.version: invalid type: integer `1`, expected a string",
            "",
            "make it a valid OpenAPI 3.0 document (`npx @redocly/cli lint`)",
        ),
        (
            vec![(thing("name"), json!({ "type": "text" }))],
            "#/components/schemas/Thing",
            "progenitor panicked: not yet implemented: invalid type: text",
            "simplify that part of the document",
        ),
    ];
    for (edits, place, found, remedy) in rows {
        let mut document = small();
        for (pointer, value) in &edits {
            *at(&mut document, pointer) = value.clone();
        }
        let problem = refusal(&document.to_string());
        for expected in [place, found, remedy] {
            assert!(problem.contains(expected), "{edits:?}\n{problem}\nlacks {expected:?}");
        }
    }
}

/// Returns the text of a generated type, from its name to the next `}`.
#[track_caller]
pub(crate) fn item<'a>(code: &'a str, name: &str) -> &'a str {
    let start = code.find(name).unwrap_or_else(|| panic!("no {name:?} in {code}"));
    let rest = &code[start..];
    &rest[..rest.find(" } ").map_or(rest.len(), |end| end + 2)]
}

#[test]
#[allow(clippy::too_many_lines)] // A table.
fn schemas_become_types_that_accept_what_a_server_says() {
    let string = "::std::string::String";
    // A property of `Thing`; what the type must have; what the rules must have.
    let rows = [
        (
            json!({ "type": "string", "default": "x", "pattern": "^x", "minLength": 2, "maxLength": 9 }),
            format!("pub field: ::std::option::Option<{string}>,"),
            "server_default: Some(\"\\\"x\\\"\"), rule: Rule::Text { min: 2u64, max: 9u64, format: None,",
        ),
        (
            json!({ "type": "string", "format": "ipv4-interface" }),
            format!("pub field: ::std::option::Option<{string}>,"),
            "format: Some(format::ipv4_interface),",
        ),
        (
            json!({ "type": "string", "format": "hostname" }),
            format!("pub field: ::std::option::Option<{string}>,"),
            "rule: Rule::Text { min: 0u64, max: 18446744073709551615u64, format: None,",
        ),
        (
            json!({ "type": "string", "format": "uuid" }),
            "pub field: ::std::option::Option<::uuid::Uuid>,".into(),
            "format: Some(format::uuid),",
        ),
        (
            json!({ "type": "string", "format": "date-time" }),
            "pub field: ::std::option::Option<crate::Timestamp>,".into(),
            "format: None,",
        ),
        (
            json!({ "type": "string", "format": "date-time", "nullable": true, "readOnly": true, "description": "When." }),
            "///When. #[serde(skip_serializing_if = \"::std::option::Option::is_none\")] pub field: ::std::option::Option<crate::Timestamp>,".into(),
            "nullable: true,",
        ),
        (
            json!({ "type": "string", "format": "password", "minLength": 8 }),
            "pub field: ::std::option::Option<crate::Secret>,".into(),
            "rule: Rule::Text { min: 8u64, max: 18446744073709551615u64, format: None, secret: true, }",
        ),
        (
            json!({ "type": "string", "writeOnly": true }),
            "pub field: ::std::option::Option<crate::Secret>,".into(),
            "secret: true,",
        ),
        (
            json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 65535 }),
            "pub field: ::std::option::Option<i64>,".into(),
            "rule: Rule::Integer { min: 1i64, max: 65535i64, }",
        ),
        (
            json!({ "type": "array", "minItems": 1, "maxItems": 20, "uniqueItems": true, "items": { "type": "string" } }),
            format!("#[serde(default, skip_serializing_if = \"::std::vec::Vec::is_empty\")] #[serde(deserialize_with = \"crate::model::generated::null_as_empty\")] pub field: ::std::vec::Vec<{string}>,"),
            "rule: Rule::List { min: 1u64, max: 20u64, keys: &[],",
        ),
        (
            json!({ "type": "string", "nullable": true, "readOnly": true }),
            format!("///`field`. #[serde(skip_serializing_if = \"::std::option::Option::is_none\")] pub field: ::std::option::Option<{string}>,"),
            "nullable: true,",
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string" } }),
            format!("pub field: ::std::collections::HashMap<{string}, {string}>,"),
            "rule: Rule::Map(&Rule::Text {",
        ),
        (
            json!({ "type": "object", "additionalProperties": false }),
            "pub field: ::serde_json::Map<::std::string::String, ::serde_json::Value>,".into(),
            "rule: Rule::Map(&Rule::Any),",
        ),
        (
            // An `f32` would be sent as another number: 0.1 as 0.10000000149011612.
            json!({ "type": "number", "format": "float" }),
            "pub field: ::std::option::Option<f64>,".into(),
            "rule: Rule::Number {",
        ),
        (
            json!({ "type": "array", "items": { "type": "number", "format": "float" } }),
            "pub field: ::std::vec::Vec<f64>,".into(),
            "rule: Rule::List {",
        ),
        (
            json!({ "enum": [1, 2], "type": "integer" }),
            "pub field: ::std::option::Option<i64>,".into(),
            "rule: Rule::Integer {",
        ),
        (
            json!({ "type": "string", "enum": ["on", "off"], "default": "on", "description": "Whether." }),
            "///Whether. #[serde(skip_serializing_if = \"::std::option::Option::is_none\")] pub field: ::std::option::Option<ThingField>,".into(),
            "server_default: Some(\"\\\"on\\\"\"),",
        ),
        (
            json!({ "type": "string", "enum": ["on", null], "nullable": true, "readOnly": true }),
            "///`field`. #[serde(skip_serializing_if = \"::std::option::Option::is_none\")] pub field: ::std::option::Option<ThingField>,".into(),
            "nullable: true,",
        ),
        (
            json!({ "type": "array", "items": { "type": "string", "enum": ["on", "off"] } }),
            "pub field: ::std::vec::Vec<ThingFieldItems>,".into(),
            "rule: Rule::List {",
        ),
        (
            json!({ "anyOf": [{ "type": "string", "enum": ["on"] }, { "type": "string" }], "nullable": true }),
            "pub field: ::std::option::Option<ThingField>,".into(),
            "nullable: true,",
        ),
        (
            json!({ "allOf": [{ "$ref": "#/components/schemas/Other" }], "default": {}, "description": "Its other." }),
            "///Its other. #[serde(skip_serializing_if = \"::std::option::Option::is_none\")] #[serde(default, deserialize_with = \"crate::model::generated::if_whole\")] pub field: ::std::option::Option<Other>,".into(),
            "server_default: Some(\"{}\"), rule: Rule::Object(&OTHER),",
        ),
        (
            json!({ "$ref": "#/components/schemas/Nothing" }),
            "pub field: ::std::option::Option<Nothing>,".into(),
            "nullable: true, read_only: false, write_only: false, public_key: None, server_default: None, rule: Rule::Object(&NOTHING),",
        ),
        (
            json!({ "type": "object", "properties": { "deep": { "type": "string", "maxLength": 3 } }, "additionalProperties": false }),
            "pub field: ::std::option::Option<ThingField>,".into(),
            "rule: Rule::Object( &Object { name: \"Thing.field\", fields: &[ Field { name: \"deep\",",
        ),
    ];
    let others = json!({
        "Other": { "type": "object", "properties": { "a": { "type": "string" } } },
        "Nothing": { "type": "object", "nullable": true, "properties": { "a": { "type": "string" } } }
    });
    for (schema, expected, rule) in rows {
        let mut document = with(small(), &[("/components/schemas/Thing/properties/field", schema.clone())]);
        for (name, other) in others.as_object().unwrap() {
            document["components"]["schemas"][name] = other.clone();
        }
        let code = generated(&document);
        let thing = item(&code, "pub struct Thing {");
        assert!(tight(thing).contains(&tight(&expected)), "{schema}\n{thing}\nlacks {expected}");
        let rules = &code[code.find("static THING: Object").unwrap()..];
        assert!(tight(rules).contains(&tight(rule)), "{schema}\n{rules}\nlacks {rule}");
        assert!(!code.contains("DateTime") && !code.contains("regress"), "{schema}");
    }
}

#[test]
fn every_struct_keeps_unknown_fields_and_has_a_builder() {
    for additional in [Value::Null, json!(true), json!(false), json!({}), json!({ "type": "string" })] {
        let mut document = small();
        if !additional.is_null() {
            document["components"]["schemas"]["Thing"]["additionalProperties"] = additional.clone();
        }
        let (code, builders) =
            (generated(&document), build::generate(&document.to_string(), NO_ACTIONS).unwrap().builders);
        assert!(builders.contains("pub struct ThingBuilder<"), "{additional}: {builders}");
        assert!(
            code.contains(
                "#[derive(::serde::Deserialize, ::serde::Serialize, Clone, Debug, PartialEq)] #[non_exhaustive] pub struct Thing {"
            ),
            "{additional}: {code}"
        );
        let thing = item(&code, "pub struct Thing {");
        let extra = "#[serde(flatten)] pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>,";
        assert!(thing.contains(extra) && !code.contains("deny_unknown_fields"), "{additional}: {thing}");
    }
}

#[test]
fn a_builder_has_a_parameter_for_each_required_field() {
    let mut document = small();
    let thing = &mut document["components"]["schemas"]["Thing"];
    thing["required"] = json!(["name", "list", "build"]);
    for (name, schema) in [
        ("build", json!({ "type": "integer", "format": "int64" })),
        ("list", json!({ "type": "array", "items": { "type": "string" } })),
        ("maybeName", json!({ "type": "string" })),
        ("tags", json!({ "type": "array", "items": { "type": "string" } })),
    ] {
        thing["properties"][name] = schema;
    }
    let code = tight(&build::generate(&document.to_string(), NO_ACTIONS).unwrap().builders);
    for expected in [
        "/// The required field `list` is not set.\n pub struct list;",
        "pub struct ThingBuilder<has_build = missing::build, has_list = missing::list, has_name = missing::name,>",
        "pub fn set_build(self, value: i64,) -> ThingBuilder<state::Set<i64>, has_list, has_name>",
        "pub fn name(self, value: impl ::std::convert::Into<::std::string::String>,)
            -> ThingBuilder<has_build, has_list, state::Set<::std::string::String>>",
        "pub fn set_maybe_name(mut self, value: impl ::std::convert::Into<::std::string::String>,) -> Self {
            self.maybe_name = ::std::option::Option::Some(::std::convert::Into::into(value));",
        "pub fn maybe_maybe_name(",
        "pub fn tags(mut self, value: ::std::vec::Vec<::std::string::String>) -> Self { self.tags = value;",
        "pub fn maybe_tags(mut self, value: ::std::option::Option<::std::vec::Vec<::std::string::String>>,) -> Self {
            self.tags = value.unwrap_or_default();",
        "pub fn build(self) -> Thing where has_build: state::IsSet<i64>, has_list: state::IsSet<::std::vec::Vec<::std::string::String>>,
            has_name: state::IsSet<::std::string::String>,",
        "pub fn maybe_extra(",
    ] {
        assert!(code.contains(&tight(expected)), "{code}\nlacks {expected}");
    }
    for other in ["fn maybe_list(", "fn maybe_build("] {
        assert!(!code.contains(&tight(other)), "{code}\nhas {other}");
    }
}

#[test]
fn inline_enums_are_named_after_what_holds_them() {
    let values = |values: &[&str]| json!({ "type": "string", "enum": values });
    let mut document = with(
        small(),
        &[
            ("/components/schemas/Thing/properties/state", values(&["UP", "OTHER"])),
            // The same as a component of that name, and another than a component of that name.
            ("/components/schemas/ThingSize", values(&["big"])),
            ("/components/schemas/Thing/properties/size", values(&["big"])),
            ("/components/schemas/thing-colour", values(&["red"])),
            ("/components/schemas/Thing/properties/colour", values(&["blue"])),
        ],
    );
    let parameters = document.pointer_mut(&format!("{PUT}/parameters")).unwrap().as_array_mut().unwrap();
    parameters.push(json!({ "name": "sort-by", "in": "query", "schema": { "type": "string", "enum": ["name"] } }));
    let code = generated(&document);
    for name in ["ThingState", "ThingSize", "ThingColour", "ThingColourValue", "EnsureThingSortBy"] {
        let text = item(&code, &format!("pub enum {name} {{"));
        assert!(text.ends_with("#[serde(untagged)] Other(::std::string::String), }"), "{text}");
        assert_eq!(code.matches(&format!("pub enum {name} {{")).count(), 1);
    }
    assert!(code.contains("sort_by: Option<types::EnsureThingSortBy>"), "{code}");
    assert!(item(&code, "pub enum ThingState {").contains("#[serde(rename = \"OTHER\")] OtherValue,"), "{code}");
    assert!(item(&code, "pub enum ThingColourValue {").contains("Blue"), "{code}");
}

#[test]
fn all_of_becomes_one_object() {
    let document = with(
        small(),
        &[
            (
                "/components/schemas/Page",
                json!({ "type": "object", "required": ["limit"], "properties": {
                    "limit": { "type": "integer", "maximum": 1000 }, "items": { "type": "array", "items": {} }
                } }),
            ),
            (
                "/components/schemas/Base",
                json!({ "allOf": [{ "$ref": "#/components/schemas/Page" }, { "required": ["items"] }] }),
            ),
            (
                "/components/schemas/ThingList",
                json!({ "allOf": [
                    { "type": "object", "required": ["items"], "properties": {
                        "items": { "type": "array", "maxItems": 7, "items": { "$ref": "#/components/schemas/Thing" } }
                    } },
                    { "$ref": "#/components/schemas/Base" }
                ] }),
            ),
        ],
    );
    let code = generated(&document);
    let list = item(&code, "pub struct ThingList {");
    assert!(list.contains("pub items: ::std::vec::Vec<Thing>,") && list.contains("pub limit: i64,"), "{list}");
    let rules = &code[code.find("static THING_LIST: Object").unwrap()..];
    assert!(rules.contains("max: 1000i64") && rules.contains("max: 7u64"), "{rules}");
}

#[test]
fn only_successful_responses_make_types() {
    let body = small().pointer(&format!("{PUT}/responses/200")).unwrap().clone();
    let error = json!({ "description": "", "content": { "application/json": { "schema": { "type": "object" } } } });
    let mut document = small();
    let responses = document.pointer_mut(&format!("{PUT}/responses")).unwrap();
    for (code, response) in [("201", &body), ("202", &body), ("404", &error), ("422", &json!({ "description": "" }))] {
        responses[code] = response.clone();
    }
    for code in ["4XX", "500", "default"] {
        responses[code] = error.clone();
    }
    responses["418"] = json!({ "description": "No body." });
    responses["2XX"] = json!({ "$ref": "#/components/responses/Done" });
    document["components"]["responses"] = json!({ "Done": body });
    let code = generated(&document);
    assert!(code.contains("Result<ResponseValue<types::Thing>, RawError<()>>"), "{code}");
}

#[test]
fn a_method_sends_the_headers_of_its_operation_alone() {
    let header = json!({ "name": "x-reason", "in": "header", "schema": { "type": "string" } });
    let code = generated(&with(small(), &[(&format!("{PUT}/parameters/1"), header)]));
    assert_has(&code, "header_map.append(\"x-reason\", value.to_string().try_into()?);");
    assert_has(&code, ".headers(header_map)");
}

#[test]
fn a_component_has_the_name_that_the_document_gives_its_type() {
    let named = |name: &str| with(small(), &[("/components/schemas/Thing/x-rust-name", json!(name))]);
    let code = generated(&named("Gadget"));
    for part in [
        "pub struct Gadget {",
        "Result<ResponseValue<types::Gadget>, RawError<()>>",
        "impl crate::Validate for types::Gadget {",
        "name: \"Gadget\"",
        // The generated client and its error have no name of this crate's own types.
        "pub struct RawApi {",
        "ClientInfo, Error as RawError, ResponseValue}",
    ] {
        assert!(code.contains(part), "no {part} in {code}");
    }
    assert!(!code.contains("Thing {") && !code.contains("types::Thing"), "{code}");
    assert!(!code.contains("struct Client") && !code.contains("mod prelude"), "{code}");
    // Types of the document keep such names.
    let renamed = with(small(), &[("/components/schemas/Error", small()["components"]["schemas"]["Thing"].clone())]);
    assert!(generated(&renamed).contains("pub struct Error {"));

    let place = "at #/components/schemas/Thing/x-rust-name:";
    for (name, found) in [
        ("a b", "\"a b\" is not a name in Rust"),
        ("gadget", "\"gadget\" is not written as the name of a type; write `Gadget`"),
        ("Other", "\"Other\" is also the name of a component"),
    ] {
        let mut document = named(name);
        document["components"]["schemas"]["Other"] = json!({ "type": "object" });
        let problem = refusal(&document.to_string());
        assert!(problem.contains(place) && problem.contains(found), "{problem}");
    }
}

#[test]
fn regions_come_from_the_servers() {
    let server = json!({
        "url": "https://vpn.{region}.ionos.com/", "variables": { "region": { "default": "es-vit", "enum": ["es-vit", "de-fra"] } }
    });
    let code = generated(&with(small(), &[("/servers", json!([small()["servers"][0], server]))]));
    let region = item(&code, "pub enum Region {");
    assert!(region.starts_with("pub enum Region { ///`de-fra`: Frankfurt DeFra, ///`es-vit` EsVit,"), "{region}");
}

#[test]
fn descriptions_are_never_run_as_code() {
    let texts = [
        "    let x = 1;\n\n\tlet y = 2;",
        "End of a comment */ and begin /* of one.",
        "<b>Bold</b> <script>alert(1)</script> & <T>",
        "Run:\n```\nnot rust\n```\n~~~ sh\nls\n~~~\n````\nfour\n````",
        "> ```\n> quoted\n> ```\n\n1. ```\n   listed\n   ```\n\n-     indented in a list",
        "`unbalanced, \"quoted\" \\ and # [link](nowhere) [Self::nothing]",
        "Line\r\nline\u{2028}line",
    ];
    for text in texts {
        let mut document = with(
            small(),
            &[
                ("/components/schemas/Thing/description", json!(text)),
                ("/components/schemas/Thing/properties/name/description", json!(text)),
                ("/components/schemas/Thing/properties/description", json!({ "type": "string", "description": text })),
            ],
        );
        let operation = document.pointer_mut(PUT).unwrap();
        operation["summary"] = json!(text);
        operation["description"] = json!(text);
        operation["parameters"][0]["description"] = json!(text);
        operation["responses"]["200"]["description"] = json!(text);
        let code = whole(&build::generate(&document.to_string(), NO_ACTIONS).unwrap());
        let docs = docs(&syn::parse_file(&code).unwrap());
        assert!(docs.iter().filter(|doc| doc.len() > 20).count() >= 4, "{docs:?}");
        for line in docs.iter().flat_map(|doc| doc.lines()) {
            let runs =
                line.starts_with("    ") || line.starts_with('\t') || line.contains("```") || line.contains("~~~");
            assert!(!runs && !line.contains("     "), "{text:?} became {line:?}");
        }
    }
}

/// Returns every documentation text of a file.
fn docs(file: &syn::File) -> Vec<String> {
    struct Docs(Vec<String>);
    impl<'a> syn::visit::Visit<'a> for Docs {
        fn visit_attribute(&mut self, attribute: &'a syn::Attribute) {
            if let syn::Meta::NameValue(meta) = &attribute.meta
                && let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &meta.value
                && meta.path.is_ident("doc")
            {
                self.0.push(text.value());
            }
        }
    }
    let mut docs = Docs(Vec::new());
    syn::visit::Visit::visit_file(&mut docs, file);
    docs.0
}

#[test]
fn bounds_and_formats_without_a_rule_are_warnings() {
    let properties = json!({
        "name": { "type": "string", "pattern": "^x", "format": "hostname" },
        "size": { "type": "integer", "exclusiveMinimum": true, "minimum": 0, "exclusiveMaximum": false },
        "time": { "type": "string", "format": "date-time" },
        "labels": { "type": "object", "additionalProperties": { "type": "string", "pattern": "^x" } },
        "load": { "type": "number", "multipleOf": 0.5, "maximum": "9", "minLength": 1 },
        "part": { "allOf": [{ "$ref": "#/components/schemas/Part" }], "minProperties": 1 },
        "typeless": { "minimum": 1 }
    });
    let part = json!({ "type": "object", "maxProperties": 9, "properties": { "a": { "type": "string" } },
        "additionalProperties": { "type": "integer" } });
    let edits = [("/components/schemas/Thing/properties", properties), ("/components/schemas/Part", part)];
    let document = with(small(), &edits);
    let generated = build::generate(&document.to_string(), NO_ACTIONS).unwrap();
    let has = |what: &str| format!("spec/vpn.json: {what}, for which src/model/rule.rs has no rule");
    let expected = [
        has("Part has `maxProperties`"),
        has("Part has `additionalProperties`"),
        has("Thing.labels.* has `pattern`"),
        has("Thing.load has `maximum`"),
        has("Thing.load has `minLength`"),
        has("Thing.load has `multipleOf`"),
        has("Thing.name has `pattern`"),
        "spec/vpn.json: Thing.name has the format \"hostname\", for which src/model/format.rs has no function"
            .to_owned(),
        has("Thing.part has `minProperties`"),
        has("Thing.size has `exclusiveMinimum`"),
        has("Thing.typeless has `minimum`"),
    ];
    assert_eq!(generated.warnings, expected);
    assert!(build::generate(SPEC, OVERLAY).unwrap().warnings.is_empty());
}

#[test]
fn bounds_are_rules_however_they_are_written() {
    let text = |max: u64| format!("Rule::Text {{ min: 0u64, max: {max}u64, format: None, secret: false }}");
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    // A property of `Thing`; its rule.
    let rows = [
        (
            json!({ "type": "number", "minimum": -1.5, "maximum": 1000 }),
            "Rule::Number { min: -1.5f64, max: 1000f64 }".to_owned(),
        ),
        (json!({ "type": "number" }), "Rule::Number { min: f64::NEG_INFINITY, max: f64::INFINITY }".to_owned()),
        (
            json!({ "type": "integer", "minimum": 1.0, "maximum": 1e3 }),
            "Rule::Integer { min: 1i64, max: 1000i64 }".to_owned(),
        ),
        (
            json!({ "type": "integer", "minimum": 1.5, "maximum": 2.5 }),
            "Rule::Integer { min: 2i64, max: 2i64 }".to_owned(),
        ),
        (
            json!({ "type": "integer", "minimum": -1e300, "maximum": 18_446_744_073_709_551_615_u64 }),
            "Rule::Integer { min: -9223372036854775808i64, max: 9223372036854775807i64 }".to_owned(),
        ),
        (json!({ "type": "string", "minLength": -1, "maxLength": 9.0 }), text(9)),
        (
            json!({ "type": "array", "minItems": 2.0, "maxItems": 1e1, "items": { "type": "boolean" } }),
            "Rule::List { min: 2u64, max: 10u64, keys: &[], same: &[], item: &Rule::Boolean }".to_owned(),
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string", "maxLength": 9 } }),
            format!("Rule::Map(&{})", text(9)),
        ),
        (reference("Labels"), format!("Rule::Map(&Rule::Map(&{}))", text(5))),
        (json!({ "allOf": [reference("Text")], "maxLength": 9 }), text(9)),
        (json!({ "allOf": [reference("Text"), { "maxLength": 3 }] }), text(3)),
        (json!({ "allOf": [reference("Text"), { "maxLength": 9 }] }), text(5)),
        // Keywords next to a reference in a chain of references.
        (reference("Short"), text(4)),
        (json!({ "allOf": [reference("Short")] }), text(4)),
    ];
    let text = json!({ "type": "string", "maxLength": 5 });
    let maps = json!({ "type": "object", "additionalProperties": { "type": "object", "additionalProperties": reference("Text") } });
    let short = json!({ "allOf": [reference("Text")], "maxLength": 4 });
    let components = [("Text", text), ("Labels", maps), ("Short", short)];
    let components = components.map(|(name, schema)| (format!("/components/schemas/{name}"), schema));
    for (property, expected) in rows {
        let mut document = with(small(), &[("/components/schemas/Thing/properties", json!({ "field": property }))]);
        components.iter().for_each(|(place, schema)| *at(&mut document, place) = schema.clone());
        *at(&mut document, "/components/schemas/Thing/required") = json!([]);
        let code = generated(&document);
        assert_has(&code[code.find("static THING: Object").unwrap()..], &format!("rule: {expected} }}]"));
    }
    // A map that holds its own kind ends.
    let tree = json!({ "type": "object", "additionalProperties": reference("Tree") });
    assert!(
        generated(&with(
            small(),
            &[("/components/schemas/Tree", tree), ("/components/schemas/Thing/properties/tree", reference("Tree"))]
        ))
        .contains("pub struct Tree(")
    );
}

#[test]
fn required_fields_beside_a_reference_are_required() {
    let part = json!({ "type": "object", "properties": { "a": { "type": "string" }, "b": { "type": "string" } } });
    let whole = json!({ "allOf": [{ "$ref": "#/components/schemas/Part" }], "required": ["b"] });
    let edits = [("/components/schemas/Part", part), ("/components/schemas/Thing/properties/whole", whole)];
    let code = generated(&with(small(), &edits));
    assert_has(
        &code,
        "rule: Rule::Object(&Object { name: \"Thing.whole\", fields: &[Field { name: \"a\", required: false",
    );
    assert_has(item(&code, "pub struct ThingWhole {"), "pub b: ::std::string::String");
}

#[test]
fn texts_within_what_is_only_written_are_secrets() {
    let reference = |name: &str| json!({ "allOf": [{ "$ref": format!("#/components/schemas/{name}") }] });
    let beside = |name: &str, key: &str, value: Value| with(reference(name), &[(&format!("/{key}"), value)]);
    let secret = "crate::Secret";
    // A property of `Thing`; what must be in the code.
    let rows = [
        (beside("Text", "writeOnly", json!(true)), format!("pub field: ::std::option::Option<{secret}>")),
        (beside("Text", "format", json!("password")), format!("pub field: ::std::option::Option<{secret}>")),
        // Keywords next to a reference in a chain of references.
        (reference("Hidden"), format!("pub field: ::std::option::Option<{secret}>")),
        (beside("Outer", "writeOnly", json!(true)), format!("pub deep: ::std::option::Option<{secret}>")),
        (reference("HiddenOuter"), format!("pub deep: ::std::option::Option<{secret}>")),
        (
            json!({ "type": "object", "writeOnly": true, "properties": { "deep": { "type": "string" } } }),
            format!("pub deep: ::std::option::Option<{secret}>"),
        ),
        (
            json!({ "type": "array", "writeOnly": true, "items": { "type": "array", "items": reference("Text") } }),
            format!("pub field: ::std::vec::Vec<::std::vec::Vec<{secret}>>"),
        ),
        (
            json!({ "type": "object", "writeOnly": true, "additionalProperties": { "type": "string" } }),
            format!("pub field: ::std::collections::HashMap<::std::string::String, {secret}>"),
        ),
        (
            json!({ "type": "object", "additionalProperties": { "type": "string", "format": "password" } }),
            format!("pub field: ::std::collections::HashMap<::std::string::String, {secret}>"),
        ),
    ];
    let inner = json!({ "type": "object", "properties": {
        "deep": { "type": "string" }, "again": reference("Inner"), "kind": { "type": "string", "enum": ["a"], "title": "Kind" }
    } });
    let components = [
        ("Text", json!({ "type": "string" })),
        ("Hidden", json!({ "allOf": [{ "$ref": "#/components/schemas/Text" }], "writeOnly": true })),
        ("HiddenOuter", beside("Outer", "writeOnly", json!(true))),
        ("Inner", inner),
        ("Outer", json!({ "type": "object", "properties": { "inner": reference("Inner") } })),
    ];
    let components = components.map(|(name, schema)| (format!("/components/schemas/{name}"), schema));
    for (property, expected) in rows {
        let mut document = with(small(), &[("/components/schemas/Thing/properties/field", property.clone())]);
        components.iter().for_each(|(place, schema)| *at(&mut document, place) = schema.clone());
        let code = generated(&document);
        assert!(tight(&code).contains(&tight(&expected)), "{property}\n{code}\nlacks {expected}");
        let rules = &code[code.find("mod rules").unwrap()..];
        assert!(rules.contains("secret: true"), "{property}: {rules}");
        assert!(code.contains("pub enum Kind {"), "{property}: {code}");
    }
}

#[test]
fn null_reads_as_an_empty_list_or_map() {
    let schema = |required: Value| {
        let fields = json!({ "a": { "type": "array", "items": { "type": "string" } }, "b": { "type": "object" },
            "c": { "type": "object", "additionalProperties": { "type": "string" } } });
        with(
            small(),
            &[("/components/schemas/Thing", json!({ "type": "object", "properties": fields, "required": required }))],
        )
    };
    for required in [json!([]), json!(["a", "b", "c"])] {
        let code = generated(&schema(required));
        let thing = item(&code, "pub struct Thing {");
        assert_eq!(
            thing.matches("deserialize_with = \"crate::model::generated::null_as_empty\"").count(),
            3,
            "{thing}"
        );
    }
    let error = json!({ "httpStatus": 400, "messages": null });
    assert_eq!(serde_json::from_value::<ionos_vpn::types::ErrorEnvelope>(error).unwrap().messages, []);
    let mut page: Value =
        json!({ "id": uuid::Uuid::nil(), "type": "", "href": "", "limit": 1, "offset": 0, "_links": {} });
    page["items"] = Value::Null;
    assert_eq!(serde_json::from_value::<ionos_vpn::types::IpSecGatewayReadList>(page).unwrap().items, []);
}

#[test]
fn a_generator_that_works_differently_is_noticed() {
    let date = json!({ "type": "string", "format": "date-time" });
    let document = with(
        small(),
        &[
            ("/components/schemas/Thing/properties/kind", json!({ "type": "string", "enum": ["a", "b"] })),
            ("/components/schemas/Thing/properties/when", date),
        ],
    );
    let prepared = build::prepare(document).unwrap();
    let mut file = build::generate::run_progenitor(&prepared.document).unwrap();
    let closed = build::check::check(&file, &prepared).unwrap_err().to_string();
    assert!(closed.contains("ThingKind refuses fields or values that a server may add"), "{closed}");
    build::polish::polish(&mut file, &prepared).unwrap();
    build::check::check(&file, &prepared).unwrap();
    let good = prettyplease::unparse(&file);

    let rows = [
        ("Other(::std::string::String)", "Rest(::std::string::String)", "ThingKind refuses fields"),
        ("#[serde(flatten)]", "", "Thing refuses fields"),
        ("pub struct Thing {", "#[serde(deny_unknown_fields)]\npub struct Thing {", "Thing refuses fields"),
        ("pub struct Thing {", "pub struct Thong {", "no type was generated for the component Thing"),
        ("crate::Timestamp", "::chrono::DateTime", "crate::Timestamp was generated 0 times for 1 in the document"),
        ("fn ensure_thing<", "fn ensured_thing<", "0 methods have the name `ensure_thing`"),
    ];
    for (from, to, expected) in rows {
        assert!(good.contains(from), "no {from:?} in {good}");
        let doctored = syn::parse_file(&good.replace(from, to)).unwrap();
        let problem = build::check::check(&doctored, &prepared).unwrap_err().to_string();
        assert!(problem.contains(expected), "{from:?} → {to:?}: {problem}");
        println!("{problem}");
    }
}

/// Fails unless the code has a part, whatever the white space.
#[track_caller]
pub(crate) fn assert_has(code: &str, part: &str) {
    let bare = |text: &str| {
        text.split_whitespace().collect::<String>().replace(",}", "}").replace(",)", ")").replace(",]", "]")
    };
    assert!(bare(code).contains(&bare(part)), "no {part} in\n{code}");
}

#[test]
fn the_vendors_kinds_have_types() {
    let code = whole(&build::generate(VENDOR, NO_ACTIONS).unwrap());
    for part in [
        "pub struct IpSecTunnel {",
        "pub struct WireguardPeer {",
        "pub enum EncryptionEncryptionAlgorithm {",
        "pub key: ::std::option::Option<crate::Secret>",
        "pub items: ::std::vec::Vec<IpSecTunnelRead>",
        "pub async fn ensure_ip_sec_tunnel<'a>",
        "pub async fn delete_wireguard_peer<'a>",
    ] {
        assert_has(&code, part);
    }
}
