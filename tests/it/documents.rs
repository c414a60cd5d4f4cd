//! Other documents in copies of the package: the same API written differently, one with more kinds, one with additions. Each
//! copy is built, and a program runs there against its sandbox.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::{Value, json};

const DOCUMENT: &str = include_str!("../../spec/vpn.json");
const OVERLAY: &str = include_str!("../../spec/overlay.json");
const REWRITTEN: &str = include_str!("../fixtures/specs/rewritten.json");

/// A copy of the package with other documents.
struct Copy(tempfile::TempDir);

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let from = entry.unwrap().path();
        let to = to.join(from.file_name().unwrap());
        if from.is_dir() { copy_folder(&from, &to) } else { _ = fs::copy(&from, to).unwrap() }
    }
}

/// The folder that holds what the dependencies were built into; a copy reuses it.
fn target() -> PathBuf {
    env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned()
}

impl Copy {
    fn new(name: &str, document: &Value, overlay: &Value, program: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let copy = Self(tempfile::Builder::new().prefix(name).tempdir_in(target()).unwrap());
        for folder in ["src", "build", "examples"] {
            copy_folder(&root.join(folder), &copy.path(folder));
        }
        for file in ["build.rs", "README.md", "Cargo.lock", "clippy.toml"] {
            fs::copy(root.join(file), copy.path(file)).unwrap();
        }
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let parts: Vec<_> = manifest.split("\n[").filter(|part| !part.starts_with("[bench]]")).collect();
        // A separate version, or cargo would confuse the artifacts of the copies.
        let version = env!("CARGO_PKG_VERSION");
        let manifest = parts.join("\n[").replacen(&format!("{version:?}"), &format!("\"{version}-{name}\""), 1);
        // Nobody debugs a copy. The dependencies are those of the tests.
        let profile = "[profile.dev.package.ionos-vpn]\ndebug = false\n";
        fs::write(copy.path("Cargo.toml"), format!("{manifest}\n[workspace]\n\n{profile}")).unwrap();
        fs::create_dir(copy.path("spec")).unwrap();
        fs::write(copy.path("spec/vpn.json"), document.to_string()).unwrap();
        fs::write(copy.path("spec/overlay.json"), overlay.to_string()).unwrap();
        // Under their own names, so that they do not replace the examples of the package among the built files.
        fs::write(copy.path(&format!("examples/{name}_program.rs")), format!("//! A program of a test.\n{program}"))
            .unwrap();
        fs::rename(copy.path("examples/ensure.rs"), copy.path(&format!("examples/{name}_ensure.rs"))).unwrap();
        copy
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs an example of the copy.
    fn run(&self, example: &str) -> Output {
        let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command.args(["run", "--offline", "--quiet", "--example", example]).current_dir(self.0.path());
        // Each copy is compiled once.
        command.env("CARGO_TARGET_DIR", target()).env("CARGO_INCREMENTAL", "0").env_remove("RUST_LOG");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{example}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }
}

/// Inserts the members of an object into an object of a document.
fn insert(document: &mut Value, pointer: &str, members: Value) {
    let Value::Object(members) = members else { panic!("{members} is no object") };
    document.pointer_mut(pointer).unwrap().as_object_mut().unwrap().extend(members);
}

#[test]
fn the_same_api_written_differently_needs_no_edit() {
    let program = r#"
        use ionos_vpn::{Connection, DayOfTheWeek, IkeVersion, IpSecGateway, IpSecGatewayEnsure, Outcome, Sandbox, Status};
        use ionos_vpn::{Tier, Validate};

        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let page = include_str!("gateway.json");
            let body = IpSecGatewayEnsure::from_json(page.as_bytes())?;
            for (from, to, path) in [
                ("81.173.1.2", "10.0.0.1", "properties.gatewayIP"),
                ("192.168.1.100/24", "192.168.1.0/24", "properties.connections[0].ipv4CIDR"),
                ("2001:0db8:85a3::/24", "192.168.1.1/24", "properties.connections[0].ipv6CIDR"),
                ("\"2\"", "\"two\"", "properties.connections[0].lanId"),
                ("5a029f4a", "5a029f4", "properties.connections[0].datacenterId"),
                ("My Company Gateway", "", "properties.name"),
            ] {
                let violations = IpSecGatewayEnsure::from_json(page.replace(from, to).as_bytes()).unwrap_err();
                assert_eq!(violations.as_slice()[0].path(), path, "{violations}");
            }
            let mut two = body.properties.clone();
            two.connections.push(Connection::new(uuid::Uuid::nil(), 3, "10.0.0.1/24".parse()?, None));
            assert!(two.validate().unwrap_err().to_string().contains("the same datacenterId"));
            two.connections[1] = two.connections[0].clone();
            assert!(two.validate().unwrap_err().to_string().contains("duplicate"));

            let sandbox = Sandbox::start().await?;
            let gateways = sandbox.client().ipsec_gateways();
            let desired = IpSecGateway::builder()
                .name("a").gateway_ip("81.173.1.2").connections(body.properties.connections.clone());
            let desired = desired.tier(Tier::EnhancedHa).version(IkeVersion::IkeV2).build();
            let ensured = gateways.ensure(body.id, &desired).await?;
            assert_eq!(ensured.outcome, Outcome::Created);
            let window = ensured.resource.properties.maintenance_window.unwrap();
            assert_eq!((window.time.as_str(), window.day_of_the_week), ("03:00:00", DayOfTheWeek::Sunday));
            let available = gateways.wait_until_available(body.id).await?;
            assert_eq!(*available.status(), Status::Available);
            let renamed = gateways.modify(body.id, |gateway| gateway.name = "b".into()).await?;
            assert_eq!(renamed.resource.properties.tier, Some(Tier::EnhancedHa));
            assert_eq!(gateways.reconcile(body.id, &desired).await?.outcome, Outcome::Updated);
            let error = gateways.get(uuid::Uuid::nil()).await.unwrap_err();
            println!("{error} {:?}", error.operation());
            Ok(())
        }
    "#;
    let copy = Copy::new("rewritten", &REWRITTEN.parse().unwrap(), &OVERLAY.parse().unwrap(), program);
    let said = String::from_utf8(copy.run("rewritten_program").stdout).unwrap();
    assert!(
        said.starts_with("get IPSec gateway 00000000-0000-0000-0000-000000000000: the server answered 404"),
        "{said}"
    );
    assert!(!said.contains("ipsecgateways"), "the operationIds are other ones: {said}");
    let gateway: Value = serde_json::from_slice(&copy.run("rewritten_ensure").stdout).unwrap();
    assert_eq!(gateway["metadata"]["status"], "AVAILABLE");
}

/// The document and the overlay with a kind `site`, and a kind `link` below it.
fn with_sites() -> (Value, Value) {
    let (mut document, mut overlay): (Value, Value) = (DOCUMENT.parse().unwrap(), OVERLAY.parse().unwrap());
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let content = |name: &str| json!({ "application/json": { "schema": reference(name) } });
    let response = |name: &str| json!({ "description": "Done.", "content": content(name) });
    let parameter = |name: &str| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string", "format": "uuid" } });
    let paging = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "integer" } });
    for (kind, collection, parents) in
        [("Site", "/sites", vec![]), ("Link", "/sites/{siteId}/links", vec![parameter("siteId")])]
    {
        let operation = |verb: &str| format!("{verb}{kind}");
        let [ensure, create, read, list] = ["Ensure", "Create", "Read", "List"].map(|part| format!("{kind}{part}"));
        let with = |more: Vec<Value>| [parents.clone(), more].concat();
        let own = || vec![parameter("id")];
        insert(
            &mut document,
            "/paths",
            json!({
                collection: {
                    "get": { "operationId": operation("list"), "parameters": with(vec![paging("offset"), paging("limit")]),
                        "responses": { "200": response(&list) } },
                    "post": { "operationId": operation("create"), "parameters": with(vec![]),
                        "requestBody": { "content": content(&create) }, "responses": { "201": response(&read) } },
                },
                format!("{collection}/{{id}}"): {
                    "get": { "operationId": operation("get"), "parameters": with(own()),
                        "responses": { "200": response(&read) } },
                    "put": { "operationId": operation("put"), "parameters": with(own()),
                        "requestBody": { "content": content(&ensure) },
                        "responses": { "200": response(&read), "201": response(&read) } },
                    "delete": { "operationId": operation("delete"), "parameters": with(own()),
                        "responses": { "202": { "description": "Begun." } } },
                },
            }),
        );
        let id = json!({ "type": "string", "format": "uuid" });
        let of_read = reference(&read);
        insert(
            &mut document,
            "/components/schemas",
            json!({
                ensure: { "type": "object", "required": ["id", "properties"], "properties": {
                    "id": id, "metadata": { "type": "object" }, "properties": reference(kind) } },
                create: { "type": "object", "required": ["properties"], "properties": { "properties": reference(kind) } },
                read: { "type": "object", "required": ["id", "metadata", "properties"], "properties": {
                    "id": id, "type": { "type": "string" }, "properties": reference(kind), "metadata": {
                        "type": "object", "required": ["status"], "properties": {
                            "status": { "type": "string" },
                            "lastModifiedDate": { "type": "string", "format": "date-time", "example": "2020-12-10T13:37:50Z" }
                        } } } },
                list: { "type": "object", "properties": { "items": { "type": "array", "items": of_read } } },
            }),
        );
    }
    insert(
        &mut document,
        "/components/schemas",
        json!({
            "Site": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string" }, "size": { "type": "string", "default": "SMALL" },
                "gateways": { "type": "array", "items": { "type": "object", "properties": {
                    "number": { "type": "integer" }, "zone": { "type": "string" } } } } } },
            "Link": { "type": "object", "required": ["name"], "properties": {
                "name": { "type": "string" }, "peerIPv4": { "type": "string" }, "peerIPv6": { "type": "string" } } },
        }),
    );
    let actions = overlay["actions"].as_array_mut().unwrap();
    for (target, update) in [
        ("$.components.schemas.Site.properties.name", json!({ "minLength": 3 })),
        (
            "$.components.schemas.Site.properties.gateways",
            json!({ "x-list-map-keys": ["number"], "x-same-in-all": ["zone"] }),
        ),
        ("$.components.schemas.Site.properties.gateways.items", json!({ "required": ["number"] })),
        (
            "$.components.schemas.Link",
            json!({ "title": "cross-site link", "x-at-least-one-of": ["peerIPv4", "peerIPv6"] }),
        ),
        ("$.components.schemas.Link.properties.peerIPv4", json!({ "format": "ipv4-interface" })),
        ("$.paths['/sites']", json!({ "x-misspellings": ["sights"] })),
    ] {
        actions.push(json!({ "target": target, "update": update }));
    }
    (document, overlay)
}

#[test]
fn a_new_kind_costs_the_documents_and_a_constructor() {
    let program = r#"
        use futures_util::TryStreamExt;
        use ionos_vpn::types::{Link, Site, SiteGatewaysItem};
        use ionos_vpn::{ErrorKind, Outcome, ResourcePath, Resources, Sandbox, Status, Validate};
        use uuid::Uuid;

        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let sandbox = Sandbox::start().await?;
            let client = sandbox.client();
            let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));

            let sites: Resources<Site> = client.sites();
            let gateway = |number: i64, zone: &str| SiteGatewaysItem::builder().number(number).zone(zone).build();
            let site = Site::builder().name("north").gateways(vec![gateway(1, "a"), gateway(2, "a")]).build();
            let ensured = sites.ensure(id, &site).await?;
            assert_eq!((ensured.outcome, ensured.resource.properties.size.as_deref()), (Outcome::Created, Some("SMALL")));
            assert_eq!(*sites.wait_until_available(&ensured).await?.status(), Status::Available);

            let bad = Site::builder().name("n").gateways(vec![gateway(1, "a"), gateway(1, "b")]).build();
            let found = bad.validate().unwrap_err();
            let paths: Vec<_> = found.as_slice().iter().map(|violation| violation.path().to_owned()).collect();
            assert_eq!(paths, ["gateways[1]", "gateways[1].zone", "name"], "{found}");
            let error = sites.ensure(other, &bad).await.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Validation, None));
            assert!(error.to_string().starts_with("ensure Site 00000000-0000-0000-0000-000000000002: 3 invalid"), "{error}");

            let mut moved = site.clone();
            moved.gateways.reverse();
            assert!(moved.drift_from(&site).is_empty());
            moved.gateways[0].extra.insert("mtu".into(), 1400.into());
            sites.modify(id, |site| site.gateways = moved.gateways.clone()).await?;
            assert_eq!(sites.reconcile(id, &site).await?.outcome, Outcome::Unchanged);

            let links: Resources<Link> = client.links(id);
            let nowhere = client.links(other);
            let link = Link::builder().name("up").peer_i_pv4("10.0.0.1/24").build();
            assert!(Link::builder().name("up").build().validate().is_err());
            assert!(nowhere.ensure(other, &link).await.unwrap_err().is_not_found());
            let ensured = links.reconcile(other, &link).await?;
            assert_eq!(ensured.outcome, Outcome::Created);
            links.wait_until_available(&ensured).await?;
            links.create(&link).await?;
            assert_eq!(links.list().try_collect::<Vec<_>>().await?.len(), 2);
            assert_eq!(sites.list().try_collect::<Vec<_>>().await?.len(), 1);
            links.modify(other, |link| link.name = "down".into()).await?;
            assert_eq!(links.get(other).await?.properties.name, "down");
            let path = ResourcePath::<Link>::new([id], other);
            assert_eq!(path.to_string(), format!("/sites/{id}/links/{other}"));
            assert_eq!(format!("https://a/b/sights/{id}/links/{other}/").parse::<ResourcePath<Link>>()?, path);
            assert!(other.to_string().parse::<ResourcePath<Link>>().is_err());
            assert!(sandbox.get_raw(path).is_some());

            let error = links.get(Uuid::nil()).await.unwrap_err();
            println!("{error} {:?}", error.operation());
            links.delete(other).await?;
            links.wait_until_deleted(other).await?;
            sites.delete(id).await?;
            sites.wait_until_deleted(id).await?;
            assert!(links.list().try_collect::<Vec<_>>().await.unwrap_err().is_not_found());
            Ok(())
        }
    "#;
    let (document, overlay) = with_sites();
    let copy = Copy::new("sites", &document, &overlay, program);
    let client = fs::read_to_string(copy.path("src/client.rs")).unwrap();
    let constructors = "
    /// Returns the operations on sites.
    pub fn sites(&self) -> Resources<types::Site> {
        Resources::new(Arc::clone(&self.core), [])
    }

    /// Returns the operations on the links of a site.
    pub fn links(&self, site_id: uuid::Uuid) -> Resources<types::Link> {
        Resources::new(Arc::clone(&self.core), [site_id])
    }
";
    let place = "    /// Returns the base URL, without a trailing slash.";
    assert!(client.contains(place));
    fs::write(copy.path("src/client.rs"), client.replacen(place, &format!("{constructors}\n{place}"), 1)).unwrap();
    let said = String::from_utf8(copy.run("sites_program").stdout).unwrap();
    let expected = "get cross-site link 00000000-0000-0000-0000-000000000000 of 00000000-0000-0000-0000-000000000001: the server answered 404";
    assert!(said.starts_with(expected) && said.contains("\"getLink\""), "{said}");
}

#[test]
fn an_addition_to_the_spec_reaches_users_without_an_edit() {
    let mut document: Value = DOCUMENT.parse().unwrap();
    let schemas = &mut document["components"]["schemas"];
    schemas["IPSecGateway"]["properties"]["mtu"] = json!({ "type": "integer", "minimum": 576, "maximum": 9000 });
    schemas["IPSecGateway"]["properties"]["tier"]["enum"].as_array_mut().unwrap().push("ULTIMATE".into());
    // The builder has methods of these names itself.
    schemas["IPSecGateway"]["properties"]["build"] = json!({ "type": "string" });
    schemas["IPSecGateway"]["properties"]["maybeTier"] = json!({ "type": "string" });
    // A caller cannot set fields that only the server sets.
    schemas["IPSecGateway"]["properties"]["serial"] = json!({ "type": "string", "readOnly": true });
    schemas["IPSecGateway"]["required"].as_array_mut().unwrap().push("serial".into());
    schemas["IPSecGateway"]["properties"]["labels"] =
        json!({ "type": "object", "additionalProperties": { "type": "number", "minimum": 0.5 } });
    let body = json!({ "name": "body", "in": "query", "schema": { "type": "string" } });
    document["paths"]["/ipsecgateways"]["get"]["parameters"].as_array_mut().unwrap().push(body);
    let gateway = &mut document["paths"]["/ipsecgateways/{gatewayId}"];
    let response = gateway["put"]["responses"]["200"].clone();
    gateway["put"]["responses"]["202"] = response.clone();
    gateway["put"]["responses"]["default"] = json!({ "$ref": "#/components/responses/InternalServerError" });
    gateway["get"]["responses"]["418"] = json!({ "description": "A teapot." });
    document["paths"]["/ipsecgateways/{gatewayId}/restart"] = json!({
        "post": {
            "operationId": "restartIPSecGateway",
            "parameters": [{ "$ref": "#/components/parameters/gatewayId" }],
            "responses": { "202": response },
        },
    });
    let program = r#"
        use ionos_vpn::{Client, Error, IpSecGateway, Sandbox, Tier, Validate};
        use uuid::Uuid;

        async fn restart(client: &Client, id: Uuid) -> Result<(), Error> {
            client.call(|api| async move { api.restart_ip_sec_gateway(&id).await }).await?;
            Ok(())
        }

        #[tokio::main]
        async fn main() -> Result<(), Box<dyn std::error::Error>> {
            let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![]);
            let gateway = gateway.mtu(9001).tier(Tier::Ultimate).set_build("7").set_maybe_tier("x").build();
            assert_eq!(gateway.validate().unwrap_err().as_slice().len(), 2);
            let sandbox = Sandbox::start().await?;
            let error = restart(&sandbox.client(), Uuid::nil()).await.unwrap_err();
            println!("{error} {:?}", error.operation());
            Ok(())
        }
    "#;
    let copy = Copy::new("addition", &document, &OVERLAY.parse().unwrap(), program);
    let said = String::from_utf8(copy.run("addition_program").stdout).unwrap();
    assert!(said.starts_with("restartIPSecGateway: the server answered 4"), "{said}");
}
