//! What the build makes of a document: what it refuses, what it mends, and that the result compiles.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

#[path = "../../build.rs"]
#[allow(dead_code, unreachable_pub)]
mod build;

const SPEC: &str = include_str!("../../spec/vpn.json");
const VENDOR: &str = include_str!("../fixtures/specs/vendor.json");

/// A document with one operation and one schema.
fn small() -> Value {
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Small", "version": "1" },
        "paths": {
            "/things/{id}": {
                "get": {
                    "operationId": "getThing",
                    "parameters": id_parameter(),
                    "responses": { "200": body("Thing") },
                },
            },
        },
        "components": { "schemas": {
            "Thing": { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } },
            "Other": { "type": "object", "properties": { "size": { "type": "integer" } } },
        } },
    })
}

fn body(schema: &str) -> Value {
    let schema = json!({ "$ref": format!("#/components/schemas/{schema}") });
    json!({ "description": "Fine.", "content": { "application/json": { "schema": schema } } })
}

fn id_parameter() -> Value {
    json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } }])
}

/// The small document with values put in, each at its pointer (the last part may be new).
fn with(changes: &[(&str, Value)]) -> Value {
    let mut document = small();
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = document.pointer_mut(parent).unwrap();
        parent[name.replace("~1", "/")] = value.clone();
    }
    document
}

const GET: &str = "/paths/~1things~1{id}/get";
const THING: &str = "/components/schemas/Thing/properties";

fn at(place: &str, name: &str) -> String {
    format!("{place}/{name}")
}

#[track_caller]
fn generated(document: &Value) -> String {
    build::generate(&document.to_string()).unwrap_or_else(|problem| panic!("{problem}")).code
}

/// The code without white space, in which a test looks for a part.
#[track_caller]
fn assert_has(code: &str, part: &str) {
    let bare = |text: &str| text.split_whitespace().collect::<String>().replace(",}", "}").replace(",)", ")");
    assert!(bare(code).contains(&bare(part)), "no {part} in\n{code}");
}

#[test]
fn a_document_that_cannot_be_taken_is_refused_in_words() {
    let responses = at(GET, "responses");
    let parameter = at(GET, "parameters");
    let text_id = json!([{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }]);
    let mut optional = id_parameter();
    optional[0]["required"] = json!(false);
    let mut cookie = id_parameter();
    let session = json!({ "name": "s", "in": "cookie", "schema": { "type": "string" } });
    cookie.as_array_mut().unwrap().push(session);
    let edits: Vec<(Vec<(&str, Value)>, &str, &str, &str)> = vec![
        // The edit; the place, what was found, and the remedy, each in part.
        (vec![("/openapi", json!("3.1.0"))], "#/openapi", "3.1.0", "3.0.3"),
        (vec![("/openapi", json!(3))], "#/openapi", "no version", "3.0.3"),
        (vec![("/swagger", json!("2.0"))], "#/swagger", "2.0", "swagger2openapi"),
        (
            vec![(&responses, json!({ "200": body("Thing"), "202": body("Other") }))],
            "#/paths/~1things~1{id}/get",
            "200 and 202 differ",
            "same schema",
        ),
        (
            vec![(&responses, json!({ "200": body("Thing"), "204": { "description": "Empty." } }))],
            "#/paths/~1things~1{id}/get",
            "200 and 204 differ",
            "same schema",
        ),
        (vec![(&responses, json!({ "default": body("Thing") }))], "{id}/get", "no 2xx", "successful code"),
        (vec![(&responses, json!({ "404": body("Thing") }))], "{id}/get", "no 2xx", "successful code"),
        (
            vec![(&responses, json!({ "200": { "description": "x", "content": { "text/plain": {} } } }))],
            "{id}/get",
            "no JSON schema",
            "application/json",
        ),
        (
            vec![(
                "/paths/~1things~1{id}/put",
                json!({
                    "operationId": "putThing", "parameters": id_parameter(), "responses": { "200": body("Thing") },
                    "requestBody": { "content": { "text/plain": { "schema": { "type": "string" } } } },
                }),
            )],
            "{id}/put",
            "no JSON schema",
            "application/json",
        ),
        (
            vec![(
                "/paths/~1things",
                json!({ "get": { "operationId": "getThing", "responses": { "200": body("Thing") } } }),
            )],
            "#/paths/",
            "\"getThing\" is also that of",
            "another operationId",
        ),
        (
            vec![("/paths/~1things", json!({ "get": { "responses": { "200": body("Thing") } } }))],
            "#/paths/~1things/get",
            "no operationId",
            "give the operation one",
        ),
        (
            vec![(&responses, json!({ "200": body("Nothing") }))],
            "responses/200/content/application~1json/schema/$ref",
            "\"#/components/schemas/Nothing\" is not in the document",
            "add the component",
        ),
        (
            vec![(&responses, json!({ "200": { "$ref": "other.json#/x" } }))],
            "responses/200/$ref",
            "outside the document",
            "bundle",
        ),
        (vec![(&parameter, text_id)], "{id}/get/parameters/0", "\"id\" is not a UUID", "\"format\": \"uuid\""),
        (
            vec![(
                "/paths/~1ipssecgateways",
                json!({ "get": { "operationId": "x", "responses": { "200": body("Thing") } } }),
            )],
            "#/paths/~1ipssecgateways",
            "misspelt",
            "`ipsecgateways`",
        ),
        (
            vec![("/components/schemas/Thing/oneOf", json!([{ "$ref": "#/components/schemas/Other" }]))],
            "#/components/schemas/Thing/oneOf",
            "union",
            "one object schema",
        ),
        (
            vec![("/servers", json!([{ "url": "https://api.example.com" }]))],
            "#/servers/0/url",
            "names no region",
            "https://vpn.{region}.ionos.com",
        ),
        (vec![("/info", json!({ "title": "x" }))], "info", "missing field `version`", "valid OpenAPI 3.0"),
        (vec![(&parameter, optional)], "{id}/get/parameters/0", "\"id\" is not required", "\"required\": true"),
        (vec![(&parameter, json!([]))], "{id}/get", "\"id\" is not described", "`parameters`"),
        // What no step knows of is told in the generator's own words.
        (vec![(&parameter, cookie)], "", "progenitor refused it: unexpected", "`prepare`"),
    ];
    let texts: Vec<(String, &str, &str, &str)> = vec![
        (String::new(), ":1:1", "empty", "put the OpenAPI document there"),
        ("\u{feff} \n".to_owned(), ":1:1", "empty", "put the OpenAPI document there"),
        ("{\n  \"openapi\": \"3.0.3\",\n  \"info\": }".to_owned(), ":3:11", "not JSON", "mend the JSON"),
        ("{".to_owned(), ":1:1", "not JSON", "mend the JSON"),
        ("openapi: 3.0.3\ninfo:\n".to_owned(), ":1:1", "YAML", "npx @redocly/cli bundle"),
        ("# a comment\nopenapi: 3.0.3".to_owned(), ":1:1", "YAML", "--ext json"),
    ];
    let edited = edits.into_iter().map(|(edit, place, found, remedy)| (with(&edit).to_string(), place, found, remedy));
    for (text, place, found, remedy) in edited.chain(texts) {
        let problem = match build::generate(&text) {
            Ok(made) => panic!("taken: {text}\n{}", made.code),
            Err(problem) => problem.to_string(),
        };
        println!("spec/vpn.json{problem}");
        for part in [place, found, remedy] {
            assert!(problem.contains(part), "{problem} lacks {part:?}");
        }
        assert!(!problem.contains("panicked") && !problem.contains('\n'), "{problem}");
    }
}

#[test]
fn what_can_be_mended_is() {
    let add = |name: &str, schema: Value| with(&[(&at(THING, name), schema)]);
    let thing = |parts: Value| with(&[("/components/schemas/Thing", parts)]);
    let responses = |responses: Value| with(&[(&at(GET, "responses"), responses)]);
    let properties = json!({ "name": { "type": "string" } });
    let mut ordered = id_parameter();
    let order = json!({ "name": "order", "in": "query", "schema": { "type": "string", "enum": ["a"] } });
    ordered.as_array_mut().unwrap().push(order);
    let table: Vec<(Value, &str)> = vec![
        // Responses: what is not a success is left to the facade.
        (
            responses(json!({ "200": body("Thing"), "400": body("Other"), "default": body("Other") })),
            "200..=299 => ResponseValue::from_response",
        ),
        (
            responses(json!({ "200": body("Thing"), "201": body("Thing"), "202": body("Thing") })),
            "200..=299 => ResponseValue::from_response",
        ),
        (
            responses(json!({ "202": { "description": "x" }, "418": { "description": "x" } })),
            "Ok(ResponseValue::empty(response))",
        ),
        // Unknown fields are kept, whatever the document says.
        (
            thing(json!({ "type": "object", "properties": properties, "additionalProperties": false })),
            "#[serde(flatten)] #[builder(default)] pub extra:",
        ),
        (
            thing(json!({ "type": "object", "properties": properties, "additionalProperties": true })),
            "#[serde(flatten)] #[builder(default)] pub extra:",
        ),
        (
            thing(json!({ "type": "object", "properties": properties, "additionalProperties": { "type": "string" } })),
            "pub extra: ::serde_json::Map<::std::string::String, ::serde_json::Value>",
        ),
        (thing(json!({ "properties": properties })), "pub extra:"),
        // Bounds and defaults are rules, not types.
        (add("a", json!({ "type": "string", "default": "x" })), "pub a: ::std::option::Option<::std::string::String>"),
        (
            add("a", json!({ "type": "string", "pattern": "^x$", "minLength": 1, "maxLength": 9 })),
            "pub a: ::std::option::Option<::std::string::String>",
        ),
        (
            add("a", json!({ "type": "string", "minLength": 1, "maxLength": 9 })),
            "rule: Rule::Text { min: 1u64, max: 9u64, format: None }",
        ),
        (
            add("a", json!({ "type": "string", "format": "ipv4" })),
            "pub a: ::std::option::Option<::std::string::String>",
        ),
        (add("a", json!({ "type": "string", "format": "public-ip" })), "format: Some(format::public_ip)"),
        (
            add("a", json!({ "type": "integer", "minimum": 1, "maximum": 5, "format": "int32" })),
            "pub a: ::std::option::Option<i64>",
        ),
        (add("a", json!({ "type": "integer", "minimum": 1, "maximum": 5 })), "Rule::Integer { min: 1i64, max: 5i64 }"),
        (
            add("a", json!({ "type": "array", "items": { "type": "string" }, "uniqueItems": true, "maxItems": 3 })),
            "pub a: ::std::vec::Vec<::std::string::String>",
        ),
        (
            add(
                "a",
                json!({ "type": "array", "maxItems": 3, "x-list-map-keys": ["id"], "items": { "$ref": "#/components/schemas/Other" } }),
            ),
            r#"Rule::List { min: 0u64, max: 3u64, keys: &["id"], item: &Rule::Object(&OTHER) }"#,
        ),
        (
            add("a", json!({ "type": "string", "default": "x" })),
            r#"Field { name: "a", required: false, nullable: false, server_default: true"#,
        ),
        // Types of ours.
        (
            add("a", json!({ "type": "string", "format": "date-time" })),
            "pub a: ::std::option::Option<crate::Timestamp>",
        ),
        (
            add("a", json!({ "type": "string", "format": "date-time", "nullable": true })),
            "pub a: ::std::option::Option<crate::Timestamp>",
        ),
        (
            add("a", json!({ "type": "string", "format": "password", "writeOnly": true, "minLength": 8 })),
            "pub a: ::std::option::Option<crate::Secret>",
        ),
        (
            add("a", json!({ "type": "string", "format": "password", "minLength": 8 })),
            "Rule::Secret { min: 8u64, max: 18446744073709551615u64 }",
        ),
        (
            add("a", json!({ "type": "string", "nullable": true, "readOnly": true })),
            "#[doc = \"`a`.\"] pub a: ::std::option::Option<::std::string::String>",
        ),
        // Enums have names and are open.
        (add("kind", json!({ "type": "string", "enum": ["a", "b"] })), "pub enum ThingKind {"),
        (
            add("kind", json!({ "type": "string", "enum": ["a", null], "nullable": true })),
            "pub kind: ::std::option::Option<ThingKind>",
        ),
        (
            add("kinds", json!({ "type": "array", "items": { "type": "string", "enum": ["a"] } })),
            "pub kinds: ::std::vec::Vec<ThingKindsItems>",
        ),
        (
            add("kind", json!({ "anyOf": [{ "type": "string", "enum": ["a"] }, { "type": "string" }] })),
            "#[serde(untagged)] Other(::std::string::String)",
        ),
        (add("level", json!({ "type": "integer", "enum": [1, 2] })), "pub level: ::std::option::Option<i64>"),
        (with(&[(&at(GET, "parameters"), ordered)]), "order: Option<types::GetThingOrder>"),
        // Whole from parts.
        (
            add("a", json!({ "allOf": [{ "$ref": "#/components/schemas/Other" }], "description": "x", "default": {} })),
            "pub a: ::std::option::Option<Other>",
        ),
        (
            thing(
                json!({ "allOf": [{ "$ref": "#/components/schemas/Other" }, { "type": "object", "properties": properties }] }),
            ),
            "pub name:",
        ),
        (
            thing(
                json!({ "allOf": [{ "$ref": "#/components/schemas/Other" }, { "type": "object", "properties": properties }] }),
            ),
            "pub size: ::std::option::Option<i64>",
        ),
        // Builders, and room to grow.
        (
            small(),
            "#[non_exhaustive] #[derive(::bon::Builder)] #[builder(on(::std::string::String, into))] pub struct Thing",
        ),
        (
            with(&[("/servers", json!([{ "url": "https://vpn.de-fra.ionos.com" }]))]),
            "pub enum Region { #[doc = \"`de-fra`: \"] DeFra",
        ),
        (
            with(&[(
                "/servers",
                json!([{ "url": "https://vpn.{r}.ionos.com", "variables": { "r": { "default": "x-y", "enum": ["x-y", "z"] } } }]),
            )]),
            "XY",
        ),
    ];
    for (document, part) in table {
        // Doc comments are compared as attributes.
        let file = syn::parse_file(&generated(&document)).unwrap();
        let tokens = quote::quote!(#file).to_string().replace("# [", "#[");
        assert_has(&tokens, part);
    }
}

#[test]
fn texts_become_neither_doctests_nor_the_end_of_a_comment() {
    let text = "Ends */ here\n\n    let code = 1;\n\t```\n```rust\nfn main() {}\n```\n<b>HTML</b> and `ticks";
    let document = with(&[
        ("/components/schemas/Thing/description", json!(text)),
        (&at(THING, "name"), json!({ "type": "string", "description": text })),
        (&at(GET, "description"), json!(text)),
    ]);
    let code = generated(&document);
    assert!(syn::parse_file(&code).is_ok());
    let prose = code.lines().filter(|line| line.contains("let code") || line.contains("fn main"));
    for line in prose {
        assert!(line.trim_start_matches([' ', '/', '*']).starts_with(['l', 'f']) || line.contains('"'), "{line}");
        assert!(!line.contains("    let code"), "{line}");
    }
    assert!(!code.contains("```rust"), "{code}");
}

#[test]
fn clashing_names_of_enums_are_told_apart() {
    let one = json!({ "type": "string", "enum": ["a"] });
    let other = json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    let document = with(&[(&at(THING, "kind"), one.clone()), ("/components/schemas/ThingKind", other)]);
    assert_has(&generated(&document), "pub enum ThingKindValue");
    let document = with(&[(&at(THING, "kind"), one.clone()), ("/components/schemas/ThingKind", one)]);
    assert!(!generated(&document).contains("ThingKindValue"));
}

#[test]
fn a_result_that_is_closed_is_not_released() {
    let prepared = build::prepare(small()).unwrap();
    let good: syn::File = syn::parse_file(&generated(&small())).unwrap();
    build::check(&good, &prepared).unwrap();
    let doctored: [(syn::Item, &str); 3] = [
        (
            syn::parse_quote!(
                pub enum Closed {
                    A,
                }
            ),
            "Closed",
        ),
        (
            syn::parse_quote!(
                pub struct Forgetful {
                    name: String,
                }
            ),
            "Forgetful",
        ),
        (
            syn::parse_quote!(
                #[serde(deny_unknown_fields)]
                pub struct Strict {
                    #[serde(flatten)]
                    extra: Map,
                }
            ),
            "Strict",
        ),
    ];
    for (item, name) in doctored {
        let mut file = good.clone();
        file.items.push(item);
        assert!(build::check(&file, &prepared).unwrap_err().to_string().contains(name));
    }
    let mut file = good;
    file.items.retain(|item| !matches!(item, syn::Item::Mod(module) if module.ident == "types"));
    assert!(build::check(&file, &prepared).unwrap_err().to_string().contains("no type was generated for Other, Thing"));
}

#[test]
fn every_step_counts_what_it_changed() {
    let prepared = build::prepare(serde_json::from_str(VENDOR).unwrap()).unwrap();
    for (step, count) in &prepared.counts {
        assert!(
            *count > 0 || *step == "enums opened" || *step == "request media types removed",
            "{step} matched nothing"
        );
    }
    let warned = prepared.warnings.join("\n");
    assert!(warned.contains("IPSecTunnel.cloudNetworkCIDRs[]") && warned.contains("\"cidr\""), "{warned}");
}

#[test]
fn the_vendors_kinds_have_types() {
    let code = generated(&serde_json::from_str(VENDOR).unwrap());
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

#[test]
fn golden() {
    let generated = include_str!(concat!(env!("OUT_DIR"), "/vpn.rs"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/vpn.rs");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, generated).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(golden.as_str(), generated);
    let shown = difference.unified_diff().context_radius(3).header("tests/golden/vpn.rs", "generated").to_string();
    assert!(
        golden == generated,
        "the generated code has changed:\n{shown}\nRead it as its users would; accept it with\n  UPDATE_GOLDEN=1 cargo test --test it golden\n"
    );
}

/// A copy of the package with another document, and a program that uses it.
fn build_with(name: &str, document: &Value, program: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // The profile's folder holds what the dependencies were built into; a copy reuses them.
    let target: PathBuf = env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned();
    let copy = tempfile::Builder::new().prefix(name).tempdir_in(&target).unwrap();
    let package = copy.path().join("ionos-vpn");
    fs::create_dir_all(package.join("spec")).unwrap();
    fs::create_dir_all(package.join("src")).unwrap();
    for file in ["build.rs", "README.md"] {
        fs::copy(root.join(file), package.join(file)).unwrap();
    }
    for entry in fs::read_dir(root.join("src")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, package.join("src").join(path.file_name().unwrap())).unwrap();
        }
    }
    fs::write(package.join("spec/vpn.json"), document.to_string()).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let parts =
        manifest.split("\n[").filter(|part| !part.starts_with("dev-dependencies]") && !part.starts_with("[bench]]"));
    fs::write(package.join("Cargo.toml"), parts.collect::<Vec<_>>().join("\n[")).unwrap();

    let user = copy.path().join("user");
    fs::create_dir_all(user.join("src")).unwrap();
    let manifest = "[package]\nname = \"user\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n\
        [dependencies]\nionos-vpn = { path = \"../ionos-vpn\" }\nuuid = \"1\"\nserde_json = \"1\"\n";
    fs::write(user.join("Cargo.toml"), manifest).unwrap();
    fs::copy(root.join("Cargo.lock"), user.join("Cargo.lock")).unwrap();
    fs::write(user.join("src/main.rs"), program).unwrap();
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["check", "--offline", "--quiet"]).current_dir(&user).env("CARGO_TARGET_DIR", &target);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_vendors_document_compiles_and_is_used() {
    let program = r#"
        use ionos_vpn::types::{Encryption, EncryptionIntegrityAlgorithm, IpSecTunnelAuth, IpSecTunnelAuthPsk};
        use ionos_vpn::types::{IpSecTunnel, IpSecTunnelEnsure, WireguardPeer, WireguardPeerMode};
        use ionos_vpn::{Client, Error, Secret, Validate};
        use uuid::Uuid;

        pub async fn tunnel(client: &Client, gateway: Uuid, id: Uuid) -> Result<(), Error> {
            let phase = Encryption::builder().integrity_algorithm(EncryptionIntegrityAlgorithm::from("BLAKE3")).build();
            let auth = IpSecTunnelAuth::builder().method("PSK".into());
            let auth = auth.psk(IpSecTunnelAuthPsk::builder().key(Secret::from("correct horse")).build()).build();
            let tunnel = IpSecTunnel::builder().name("a").remote_host("b").auth(auth).ike(phase.clone()).esp(phase);
            let tunnel = tunnel.cloud_network_cid_rs(vec!["10.0.0.0/8".into()]).peer_network_cid_rs(vec![]).build();
            let body = IpSecTunnelEnsure::builder().id(id).properties(tunnel).build();
            body.validate()?;
            let answer = client.call(|api| async move { api.ensure_ip_sec_tunnel(&gateway, &id, &body).await }).await?;
            println!("{:?}", answer.properties.name);
            Ok(())
        }

        fn main() {
            let peer = WireguardPeer::builder().name("a").public_key("b").allowed_i_ps(vec![]);
            let peer = peer.mode(WireguardPeerMode::Other("SLEEPING".into())).build();
            assert!(peer.validate().is_err());
        }
    "#;
    build_with("vendor", &serde_json::from_str(VENDOR).unwrap(), program);
}

#[test]
fn an_addition_to_the_spec_reaches_users_without_an_edit() {
    let mut document: Value = serde_json::from_str(SPEC).unwrap();
    let schemas = &mut document["components"]["schemas"];
    schemas["IPSecGateway"]["properties"]["mtu"] = json!({ "type": "integer", "minimum": 576, "maximum": 9000 });
    schemas["Tier"]["enum"].as_array_mut().unwrap().push("ULTIMATE".into());
    let gateway = &mut document["paths"]["/ipsecgateways/{gatewayId}"];
    let answer = gateway["put"]["responses"]["200"].clone();
    gateway["put"]["responses"]["202"] = answer.clone();
    gateway["put"]["responses"]["default"] = json!({ "$ref": "#/components/responses/InternalServerError" });
    gateway["get"]["responses"]["418"] = json!({ "description": "A teapot." });
    document["paths"]["/ipsecgateways/{gatewayId}/restart"] = json!({
        "post": {
            "operationId": "restartIPSecGateway",
            "parameters": [{ "$ref": "#/components/parameters/gatewayId" }],
            "responses": { "202": answer },
        },
    });
    let program = r#"
        use ionos_vpn::{Client, Error, IpSecGateway, Tier, Validate};
        use uuid::Uuid;

        pub async fn restart(client: &Client, id: Uuid) -> Result<(), Error> {
            client.call(|api| async move { api.restart_ip_sec_gateway(&id).await }).await?;
            Ok(())
        }

        fn main() {
            let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![]);
            let gateway = gateway.mtu(9001).tier(Tier::Ultimate).build();
            assert!(gateway.validate().is_err());
        }
    "#;
    build_with("addition", &document, program);
}
