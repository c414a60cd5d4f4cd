//! The kinds of resources that `build/kinds.rs` finds in a document.

use std::collections::BTreeMap;

use quote::ToTokens;
use serde_json::{Value, json};

use crate::generation::{NO_ACTIONS, OVERLAY, SPEC, VENDOR, assert_has, at, build, generated, refusal, small, whole};

/// The API description of this crate, written as another author would.
const REWRITTEN: &str = include_str!("../fixtures/specs/rewritten.json");
const STATUSES: [&str; 4] = ["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"];

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn media(schema: Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

/// An operation that takes and returns components. Its operationId does not describe it.
fn operation(id: &str, takes: Option<&str>, code: &str, returns: Option<&str>) -> Value {
    let mut operation = json!({ "operationId": id, "responses": {
        code: { "description": "" }, "default": { "description": "", "content": media(json!({ "type": "object" })) }
    } });
    if let Some(name) = takes {
        operation["requestBody"] = json!({ "content": media(reference(name)) });
    }
    if let Some(name) = returns {
        operation["responses"][code]["content"] = media(reference(name));
    }
    operation
}

fn id_parameter(name: &str) -> Value {
    json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } })
}

fn page_parameter(name: &str) -> Value {
    json!({ "name": name, "in": "query", "schema": { "type": "integer" } })
}

/// Adds a kind: its schemas have the prefix; the parameters are those of the path above the collection.
fn add_kind(document: &mut Value, prefix: &str, collection: &str, parents: &[&str]) {
    let id = json!({ "type": "string", "format": "uuid" });
    let name = |suffix: &str| format!("{prefix}{suffix}");
    let status = json!({ "type": "string", "enum": STATUSES });
    let time = json!({ "type": "string", "format": "date-time", "example": "2020-12-10T13:37:50Z" });
    let message = json!({ "type": "string", "nullable": true, "example": "Why." });
    let limit = json!({ "type": "integer" });
    let items = json!({ "type": "array", "items": reference(&name("Shown")) });
    // The suffix of a schema; its properties; which of them are required.
    let schemas = [
        ("", json!({ "name": { "type": "string" } }), json!(["name"])),
        ("In", json!({ "id": id, "metadata": { "type": "object" }, "properties": reference(prefix) }), json!([])),
        ("New", json!({ "properties": reference(prefix) }), json!([])),
        (
            "Shown",
            json!({ "id": id, "metadata": reference(&name("Facts")), "properties": reference(prefix) }),
            json!([]),
        ),
        ("Facts", json!({ "status": status, "statusMessage": message, "lastModifiedDate": time }), json!([])),
        ("Page", json!({ "items": items, "limit": limit }), json!([])),
    ];
    for (suffix, properties, required) in schemas {
        *at(document, &format!("/components/schemas/{prefix}{suffix}")) =
            json!({ "type": "object", "properties": properties, "required": required });
    }
    let mut parameters: Vec<_> = parents.iter().map(|name| id_parameter(name)).collect();
    let path = |path: &str| format!("/paths/{}", path.replace('/', "~1"));
    let shown = name("Shown");
    *at(document, &path(collection)) = json!({
        "parameters": parameters,
        "get": operation(&name("1"), None, "200", Some(&name("Page"))),
        "post": operation(&name("2"), Some(&name("New")), "201", Some(&shown)),
    });
    *at(document, &format!("{}/get/parameters", path(collection))) =
        json!([page_parameter("offset"), page_parameter("sort"), page_parameter("limit")]);
    parameters.push(id_parameter("id"));
    *at(document, &path(&format!("{collection}/{{id}}"))) = json!({
        "parameters": parameters,
        "get": operation(&name("3"), None, "200", Some(&shown)),
        "put": operation(&name("4"), Some(&name("In")), "200", Some(&shown)),
        "delete": operation(&name("5"), None, "202", Some(&shown)),
    });
}

/// A document with the kind `/sites` and the kind `/sites/{siteId}/links` below it.
fn sites() -> Value {
    let mut document = small();
    document["paths"] = json!({});
    add_kind(&mut document, "Site", "/sites", &[]);
    add_kind(&mut document, "LinkOfSITEs", "/sites/{siteId}/links", &["siteId"]);
    document
}

#[track_caller]
fn warnings(document: &Value) -> Vec<String> {
    build::generate(&document.to_string(), NO_ACTIONS).unwrap_or_else(|problem| panic!("{problem}")).warnings
}

#[test]
fn kinds_are_found_by_their_shape() {
    let code = generated(&sites());
    assert_eq!(warnings(&sites()), [""; 0]);
    assert_has(
        &code,
        "pub(crate) static KINDS: &[&crate::model::kind::Kind] = &[&kinds::SITE, &kinds::LINK_OF_SIT_ES];",
    );
    for part in [
        r#"pub(super) static SITE: Kind = Kind {
            name: "Site",
            path: &[Segment { name: "sites", misspellings: &[] }],
            operations: Operations { ensure: "Site4", create: "Site2", get: "Site3", delete: "Site5", list: "Site1" },
            names: Names {
                id: "id",
                properties: "properties",
                metadata: "metadata",
                items: "items",
                offset: "offset",
                limit: "limit",
            },
            page_size: 100i64,
            max_page_size: 100i64,
            ensure: &rules::SITE_IN,
            create: &rules::SITE_NEW,
            status_message: Some("statusMessage"),
            sample_type: "sites",
            sample_metadata: "{\"lastModifiedDate\":\"2020-12-10T13:37:50Z\"}",
        };"#,
        r#"impl Resource for types::Site {
            type Parents = [::uuid::Uuid; 0usize];
            type Ensure = types::SiteIn;
            type Create = types::SiteNew;
            type Read = types::SiteShown;
            type List = types::SitePage;
            const KIND: &'static Kind = &SITE;"#,
        "impl types::SiteShown { /// Returns the status that the server reports. #[must_use] pub fn status(&self) -> &types::Status {",
        "impl ResourceRead for types::SiteShown { type Properties = types::Site;",
        "impl types::Site { /// Returns the differences between `actual` and this desired state; see [`drift`](crate::drift()). \
         #[must_use] pub fn drift_from(&self, actual: &Self) -> crate::Drift { crate::drift(self, actual) } }",
        // The envelope has what makes it a resource, and one type of status.
        "pub struct SiteShown { ///`id`. pub id: ::uuid::Uuid, ///`metadata`. pub metadata: SiteFacts, ///`properties`. pub properties: Site,",
        "pub status: Status,",
        // A nested kind.
        r#"name: "Link of sites", path: &[Segment { name: "sites", misspellings: &[] }, Segment { name: "links", misspellings: &[] }],"#,
        "type Parents = [::uuid::Uuid; 1usize];",
        // The body of a deletion's response is not read.
        "pub async fn site5<'a>(&'a self, id: &'a ::uuid::Uuid) -> Result<ResponseValue<()>, RawError<()>>",
    ] {
        assert_has(&code, part);
    }
    assert_eq!(code.matches("pub enum Status {").count(), 1);
}

#[test]
fn the_documents_of_this_crate_have_their_kinds() {
    let code = whole(&build::generate(SPEC, OVERLAY).unwrap());
    let kinds = "&kinds::IP_SEC_GATEWAY, &kinds::WIREGUARD_GATEWAY, &kinds::IP_SEC_TUNNEL, &kinds::WIREGUARD_PEER";
    assert_has(&code, &format!("KINDS: &[&crate::model::kind::Kind] = &[{kinds}]"));
    assert_has(&code, "path: &[Segment { name: \"ipsecgateways\", misspellings: &[\"ipssecgateways\"] }]");
    assert_has(&code, "name: \"IPSec gateway\"");
    assert_has(&code, "(\"ipsecgateways_put\", \"ipsecgatewaysPut\")");
    let code = whole(&build::generate(VENDOR, NO_ACTIONS).unwrap());
    for name in ["IPSec gateway", "IPSec tunnel", "Wireguard gateway", "Wireguard peer"] {
        assert_has(&code, &format!("name: \"{name}\""));
    }
    assert_has(&code, "&kinds::IP_SEC_TUNNEL, &kinds::WIREGUARD_PEER]");
}

/// Returns the types and the rule tables of generated code, by name, without documentation and order of variants.
fn definitions(code: &str) -> BTreeMap<String, String> {
    let mut file = syn::parse_file(code).unwrap();
    let modules = file.items.iter_mut().filter_map(|item| match item {
        syn::Item::Mod(syn::ItemMod { content: Some((_, items)), .. }) => Some(items),
        _ => None,
    });
    let is_doc = |attribute: &syn::Attribute| attribute.path().is_ident("doc");
    let definitions = modules.flatten().filter_map(|item| match item {
        syn::Item::Struct(item) => {
            item.attrs.retain(|attribute| !is_doc(attribute));
            item.fields.iter_mut().for_each(|field| field.attrs.retain(|attribute| !is_doc(attribute)));
            Some((item.ident.to_string(), item.to_token_stream().to_string()))
        }
        syn::Item::Enum(item) => {
            item.attrs.retain(|attribute| !is_doc(attribute));
            item.variants.iter_mut().for_each(|variant| variant.attrs.retain(|attribute| !is_doc(attribute)));
            let mut variants: Vec<_> = item.variants.iter().cloned().collect();
            variants.sort_by_key(|variant| variant.ident.to_string());
            item.variants = variants.into_iter().collect();
            Some((item.ident.to_string(), item.to_token_stream().to_string()))
        }
        syn::Item::Static(item) if item.ty.to_token_stream().to_string() == "Object" => {
            Some((item.ident.to_string(), item.to_token_stream().to_string()))
        }
        _ => None,
    });
    definitions.collect()
}

#[test]
fn a_document_written_differently_gives_the_same_types_and_rules() {
    let ours = definitions(&build::generate(SPEC, OVERLAY).unwrap().code);
    let theirs = definitions(&build::generate(REWRITTEN, OVERLAY).unwrap().code);
    for name in [
        "Connection",
        "DayOfTheWeek",
        "IkeVersion",
        "IpSecGateway",
        "IpSecGatewayCreate",
        "IpSecGatewayEnsure",
        "IpSecGatewayMetadata",
        "MaintenanceWindow",
        "Metadata",
        "Status",
        "Tier",
        "CONNECTION",
        "IP_SEC_GATEWAY",
        "IP_SEC_GATEWAY_CREATE",
        "IP_SEC_GATEWAY_ENSURE",
        "MAINTENANCE_WINDOW",
    ] {
        assert!(ours.contains_key(name), "no {name}");
        assert_eq!(theirs.get(name), ours.get(name), "{name}");
    }
}

#[test]
fn a_kind_has_the_name_type_and_samples_of_the_document() {
    let mut document = sites();
    let schemas = &mut document["components"]["schemas"];
    schemas["Site"]["title"] = json!("office site");
    schemas["SiteShown"]["properties"]["type"] = json!({ "type": "string", "enum": ["site"] });
    schemas["SiteFacts"]["properties"]["createdBy"] = json!({ "type": "string", "format": "uuid", "example": "x" });
    schemas["LinkOfSITEsShown"]["properties"]["type"] = json!({ "type": "string", "example": "link" });
    document["paths"]["/sites"]["x-misspellings"] = json!(["sitez", "sits"]);
    let code = generated(&document);
    assert_has(
        &code,
        "name: \"office site\", path: &[Segment { name: \"sites\", misspellings: &[\"sitez\", \"sits\"] }]",
    );
    assert_has(
        &code,
        "&[Segment { name: \"sites\", misspellings: &[\"sitez\", \"sits\"] }, Segment { name: \"links\",",
    );
    assert_has(
        &code,
        "sample_type: \"site\", sample_metadata: \"{\\\"createdBy\\\":\\\"x\\\",\\\"lastModifiedDate\\\":",
    );
    assert_has(&code, "sample_type: \"link\",");
    assert_has(&code, "pub created_by: ::std::option::Option<::std::string::String>");
}

#[test]
fn what_the_server_alone_sets_is_neither_demanded_nor_sent() {
    let mut document = sites();
    let schemas = &mut document["components"]["schemas"];
    let read_only = json!({ "type": "string", "nullable": true, "readOnly": true });
    schemas["Site"]["properties"]["serial"] = read_only.clone();
    schemas["Site"]["properties"]["label"] = reference("Label");
    schemas["Site"]["properties"]["key"] = json!({ "type": "string", "writeOnly": true });
    schemas["Label"] = json!({ "type": "object", "readOnly": true, "properties": { "text": { "type": "string" } } });
    schemas["Site"]["required"] = json!(["name", "serial", "label", "key"]);
    schemas["SiteIn"]["properties"]["etag"] = read_only;
    schemas["SiteIn"]["required"] = json!(["etag"]);
    for name in ["SiteIn", "SiteShown"] {
        schemas[name]["properties"]["id"]["readOnly"] = json!(true);
    }
    assert_eq!(warnings(&document), [""; 0]);
    let code = generated(&document);
    let skip = "#[serde(skip_serializing_if = \"::std::option::Option::is_none\")]";
    for part in [
        &format!("{skip} pub serial: ::std::option::Option<::std::string::String>,"),
        &format!(
            "{skip} #[serde(default, deserialize_with = \"crate::model::generated::if_whole\")] pub label: ::std::option::Option<Label>,"
        ),
        &format!("{skip} pub etag: ::std::option::Option<::std::string::String>,"),
        "pub key: crate::Secret,",
        "pub id: ::uuid::Uuid,",
        "name: \"serial\", required: false, nullable: true, read_only: true, write_only: false,",
        "name: \"label\", required: false, nullable: false, read_only: true, write_only: false,",
        "name: \"key\", required: true, nullable: false, read_only: false, write_only: true,",
        "name: \"id\", required: true, nullable: false, read_only: false, write_only: false,",
        // A `null` in the metadata of a response is kept, because metadata is not sent.
        "#[serde(rename = \"statusMessage\")] \
         #[serde(default, deserialize_with = \"crate::model::generated::or_default\")] \
         pub status_message: ::std::option::Option<::std::string::String>,",
    ] {
        assert_has(&code, part);
    }
}

#[test]
fn what_a_kind_does_not_have_is_none() {
    let mut document = sites();
    let schemas = &mut document["components"]["schemas"];
    schemas["SiteFacts"]["properties"] =
        json!({ "status": { "type": "string", "enum": STATUSES }, "lastModifiedDate": { "type": "string" } });
    schemas["SitePage"]["properties"]["limit"] = json!({ "type": "string" });
    let code = generated(&document);
    let site = &code[code.find("impl ResourceRead for types::SiteShown {").unwrap()..];
    for part in [
        "fn status_message(&self) -> Option<&str> { None::<&::std::string::String>.map(",
        "fn last_modified(&self) -> Option<&crate::Timestamp> { None::<&crate::Timestamp> }",
    ] {
        assert_has(site, part);
    }
    assert!(!site.contains("list.limit"), "a page is read without its `limit`");
}

#[test]
fn the_statuses_of_all_kinds_are_one_type() {
    let mut document = sites();
    let schemas = &mut document["components"]["schemas"];
    schemas["LinkOfSITEsFacts"]["properties"]["status"] = reference("LinkStatus");
    schemas["LinkStatus"] = json!({ "type": "string", "enum": ["AVAILABLE", "PAUSED"] });
    let code = generated(&document);
    assert_has(&code, "pub enum Status {");
    assert!(code.contains("Paused") && !code.contains("LinkStatus"), "{code}");
    assert_eq!(code.matches("pub status: Status,").count(), 2);

    for schema in [json!({ "type": "string" }), json!({ "type": "string", "enum": ["AVAILABLE", "DESTROYING"] })] {
        for name in ["Site", "LinkOfSITEs"] {
            document["components"]["schemas"][format!("{name}Facts")]["properties"]["status"] = schema.clone();
        }
        let problem = refusal(&document.to_string());
        let lack = if schema.get("enum").is_some() {
            "PROVISIONING, FAILED"
        } else {
            "AVAILABLE, PROVISIONING, DESTROYING, FAILED"
        };
        let expected = format!(
            "at #/components/schemas/SiteFacts/properties/status: the statuses lack {lack}, which waits need; add them"
        );
        assert!(problem.contains(&expected), "{problem}");
    }
}

#[test]
fn metadata_that_is_sent_has_a_type_of_its_own() {
    let mut document = sites();
    document["components"]["schemas"]["Metadata"] =
        json!({ "type": "object", "properties": { "a": { "type": "string" } } });
    document["components"]["schemas"]["SiteNew"]["properties"]["metadata"] =
        json!({ "type": "object", "additionalProperties": true });
    document["components"]["schemas"]["SiteNew"]["required"] = json!(["metadata"]);
    let code = generated(&document);
    assert_has(&code, "pub struct RequestMetadata(");
    // The rules say that the body has the field, so a create sends it.
    let rules = code.split("static SITE_NEW: Object").nth(1).unwrap().split("static ").next().unwrap();
    assert_has(rules, "name: \"metadata\", required: true");
}

#[test]
#[allow(clippy::type_complexity)] // A table.
fn a_kind_that_is_not_complete_is_a_warning_that_says_what_is_missing() {
    let site = |place: &str| format!("/paths/~1sites~1{{id}}{place}");
    let all = |place: &str| format!("/paths/~1sites{place}");
    let schema = |place: &str| format!("/components/schemas/{place}");
    let text = json!({ "type": "string" });
    let parameter =
        |name: &str| json!({ "name": name, "in": "query", "required": true, "schema": { "type": "string" } });
    let other = json!({ "type": "object", "properties": { "x": { "type": "string" } } });
    // Columns: the edit (`null` removes a member), the warning.
    let rows: Vec<(Vec<(String, Value)>, &str)> = vec![
        (vec![(site("/put"), Value::Null)], "no PUT"),
        (vec![(site("/get"), Value::Null), (site("/delete"), Value::Null)], "no GET; no DELETE"),
        (vec![(all("/get"), Value::Null)], "no GET of the collection"),
        (vec![(all("/post"), Value::Null)], "no POST to the collection"),
        (vec![(schema("SiteIn/properties/id"), text.clone())], "the body of PUT has no `id` that is a UUID"),
        (vec![(schema("SiteShown/properties/id"), text.clone())], "the response to GET has no `id` that is a UUID"),
        (
            vec![(schema("SiteNew/properties/properties"), reference("Other")), (schema("Other"), other.clone())],
            "the bodies of PUT and POST differ in their `properties`",
        ),
        (
            vec![(schema("SiteShown/properties/properties"), reference("Other")), (schema("Other"), other.clone())],
            "the response to GET and the body of PUT differ in their `properties`",
        ),
        (
            vec![(schema("SiteIn/properties/properties"), json!({ "type": "object" }))],
            "the body of PUT has no object component `properties`; the bodies of PUT and POST differ in their `properties`; \
             the response to GET and the body of PUT differ in their `properties`",
        ),
        (
            vec![(schema("SiteFacts/properties/status"), json!({ "type": "integer" }))],
            "the response to GET has no `metadata` with a text `status`",
        ),
        (
            vec![(schema("SiteShown/properties/metadata"), Value::Null)],
            "the response to GET has no `metadata` with a text `status`",
        ),
        (vec![(site("/put/responses/200/content"), media(reference("Site")))], "the responses to PUT and GET differ"),
        (vec![(all("/post/responses/201/content"), Value::Null)], "the responses to POST and GET differ"),
        (
            vec![(schema("SitePage/properties/items/items"), reference("Site"))],
            "the `items` of the collection are not what GET returns",
        ),
        (
            vec![(all("/get/parameters"), json!([page_parameter("limit")]))],
            "GET of the collection has no integer parameter `offset`",
        ),
        (
            vec![(all("/get/parameters/2/schema"), text.clone())],
            "GET of the collection has no integer parameter `limit`",
        ),
        (vec![(site("/put/parameters"), json!([parameter("why")]))], "PUT requires the parameter `why`"),
        (
            vec![(all("/parameters"), json!([parameter("who")]))],
            "POST to the collection requires the parameter `who`; GET of the collection requires the parameter `who`",
        ),
        (
            vec![(schema("SiteIn/properties/size"), text.clone()), (schema("SiteIn/required"), json!(["size"]))],
            "the body of PUT requires the field `size`",
        ),
        (vec![(schema("SiteIn/properties/metadata"), other)], "the `metadata` in the body of PUT is not a free object"),
    ];
    for (edits, expected) in rows {
        let mut document = sites();
        for (pointer, value) in &edits {
            let (holder, name) = pointer.rsplit_once('/').unwrap();
            match value {
                Value::Null => _ = at(&mut document, holder).as_object_mut().unwrap().remove(name),
                value => *at(&mut document, pointer) = value.clone(),
            }
        }
        let expected = [
            format!("spec/vpn.json: /sites/{{id}} is not a kind of resource: {expected}"),
            "spec/vpn.json: /sites/{siteId}/links/{id} is not a kind of resource: its parent /sites/{siteId} is not a kind of resource".to_owned(),
        ];
        assert_eq!(warnings(&document), expected, "{edits:?}");
        let code = generated(&document);
        assert!(code.contains("KINDS: &[&crate::model::kind::Kind] = &[];"), "{code}");
        assert!(code.contains("pub async fn link_of_sit_es4<'a>("), "{code}");
    }
}

#[test]
fn paths_of_kinds_alternate_and_properties_belong_to_one_kind() {
    let mut document = sites();
    add_kind(&mut document, "Vpn", "/vpn/sites", &[]);
    add_kind(&mut document, "Twin", "/twins", &[]);
    for place in ["In", "New", "Shown"] {
        *at(&mut document, &format!("/components/schemas/Twin{place}/properties/properties")) = reference("Site");
    }
    let expected = [
        "spec/vpn.json: /twins/{id} is not a kind of resource: its `properties` are also used by /sites/{id}",
        "spec/vpn.json: /vpn/sites/{id} is not a kind of resource: the path is not a sequence of alternating names and ids; its parent /vpn is not a kind of resource",
    ];
    assert_eq!(warnings(&document), expected);
}

#[test]
fn an_operation_of_no_kind_is_generated() {
    let mut document = sites();
    document["paths"]["/sites/{id}/restart"] =
        json!({ "parameters": [id_parameter("id")], "post": operation("restart", None, "202", Some("SiteShown")) });
    document["paths"]["/versions"] = json!({ "get": operation("versions", None, "200", Some("SitePage")) });
    assert_eq!(warnings(&document), [""; 0]);
    let code = generated(&document);
    assert!(code.contains("pub async fn restart<'a>(") && code.contains("pub async fn versions<'a>("), "{code}");
}
