//! The examples that configure a site, and the example `ensure` for every kind, as a user runs them. Parsers in this
//! file check the output.

use std::collections::BTreeMap;
use std::process::Output;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ionos_vpn::{Sandbox, WireguardKeyPair};
use ipnet::IpNet;
use serde_json::{Value, json};
use tempfile::{NamedTempFile, TempDir};

use crate::program::{TOKEN, example, file, run, text};
use crate::server::{Server, answer};

const SITE: &str = include_str!("../../examples/site_to_site.json");
const WIREGUARD: &str = include_str!("../../examples/wireguard.json");
const KEY: &str = "X2wosbaw74M8hQGbK3jCCaEusR6CCFRa";
const GATEWAY_ID: &str = "66a114c7-2ddd-5119-9ddf-5a789f5a5a44";
const OTHER_ID: &str = "5a029f4a-72e5-11ec-90d6-0242ac120003";

#[track_caller]
fn stdout(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[track_caller]
fn assert_private(path: &std::path::Path) {
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&path.metadata().unwrap().permissions()) & 0o777, 0o600);
    assert!(path.exists());
}

/// Returns what a swanctl.conf sets: `connections/site/local/id` and its value. Stricter than strongSwan's own grammar.
#[track_caller]
fn parse_swanctl(text: &str) -> BTreeMap<String, String> {
    let is_name = |name: &str| {
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter))
    };
    let (mut path, mut found) = (Vec::new(), BTreeMap::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line == "}" {
            path.pop().expect("a section ends that did not begin");
        } else if let Some(name) = line.strip_suffix(" {") {
            assert!(is_name(name), "{line}");
            path.push(name);
        } else if let Some(name) = line.strip_prefix("include ") {
            assert!(path.is_empty() && found.insert("include".to_owned(), name.to_owned()).is_none(), "{line}");
        } else {
            let (key, value) = line.split_once(" = ").unwrap_or_else(|| panic!("neither section nor value: {line}"));
            assert!(is_name(key) && !value.is_empty() && !value.contains(['#', '"', '{', '}', '\\']), "{line}");
            let path = format!("{}/{key}", path.join("/"));
            assert!(found.insert(path, value.to_owned()).is_none(), "twice: {line}");
        }
    }
    assert!(path.is_empty(), "{path:?} does not end");
    found
}

/// Returns the sections of a wg-quick file, in order.
#[track_caller]
fn parse_wg_quick(text: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut sections: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            sections.push((name.strip_suffix(']').unwrap().to_owned(), BTreeMap::new()));
        } else {
            let (key, value) = line.split_once(" = ").unwrap_or_else(|| panic!("neither section nor value: {line}"));
            let (_, section) = sections.last_mut().expect("a value before the first section");
            assert!(section.insert(key.to_owned(), value.to_owned()).is_none(), "twice: {line}");
        }
    }
    sections
}

#[track_caller]
fn assert_values(found: &BTreeMap<String, String>, expected: &[(&str, &str)]) {
    for (path, value) in expected {
        assert_eq!(found.get(*path).map(String::as_str), Some(*value), "{path} in {found:#?}");
    }
}

/// Runs the example for a file, and returns what it printed, and the file with the secret.
async fn site_to_site(change: impl FnOnce(&mut Value)) -> (String, String, String) {
    let (input, place) = (file(SITE, change), TempDir::new().unwrap());
    let secrets = place.path().join("site.secrets");
    std::fs::write(&secrets, "a file that was there and that all could read").unwrap();
    let mut command = example("site_to_site");
    command.arg("--secrets").arg(&secrets).arg(input.path()).env("RUST_LOG", "trace");
    let output = run(command).await;
    let conf = stdout(&output);
    assert_private(&secrets);
    (conf, std::fs::read_to_string(secrets).unwrap(), text(&output.stderr))
}

#[tokio::test]
async fn a_site_is_connected_from_one_file_and_the_key_is_where_it_is_meant() {
    let output = run(example("site_to_site")).await;
    let (conf, stderr) = (stdout(&output), text(&output.stderr));
    let found = parse_swanctl(&conf);
    let expected = [
        ("connections/site-A/version", "2"),
        ("connections/site-A/local_addrs", "203.0.113.1"),
        ("connections/site-A/remote_addrs", "81.173.1.2"),
        ("connections/site-A/proposals", "aes256-sha256-prfsha256-modp4096"),
        ("connections/site-A/rekey_time", "77760s"),
        ("connections/site-A/over_time", "8640s"),
        ("connections/site-A/dpd_delay", "30s"),
        ("connections/site-A/mobike", "no"),
        ("connections/site-A/local/auth", "psk"),
        ("connections/site-A/local/id", "203.0.113.1"),
        ("connections/site-A/remote/auth", "psk"),
        ("connections/site-A/remote/id", "81.173.1.2"),
        ("connections/site-A/children/site-A/local_ts", "10.20.0.0/24"),
        ("connections/site-A/children/site-A/remote_ts", "192.168.1.0/24"),
        ("connections/site-A/children/site-A/esp_proposals", "aes256-sha256-modp4096"),
        ("connections/site-A/children/site-A/rekey_time", "3240s"),
        ("connections/site-A/children/site-A/life_time", "3600s"),
        ("connections/site-A/children/site-A/start_action", "start"),
        ("connections/site-A/children/site-A/dpd_action", "restart"),
        ("connections/site-A/children/site-A/close_action", "start"),
        ("include", "site.secrets"),
    ];
    assert_values(&found, &expected);
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    assert_eq!(conf.lines().last(), Some("include site.secrets"));
    assert!(stderr.contains("--secrets FILE") && stderr.contains("both are available"), "{stderr}");

    let (conf, secrets, stderr) = site_to_site(|_| {}).await;
    let found = parse_swanctl(&secrets);
    let encoded = BASE64.encode(KEY);
    assert_values(
        &found,
        &[
            ("secrets/ike-site-A/id-gateway", "81.173.1.2"),
            ("secrets/ike-site-A/id-peer", "203.0.113.1"),
            ("secrets/ike-site-A/secret", &format!("0s{encoded}")),
        ],
    );
    assert_eq!(found.len(), 3);
    for shown in [conf, stderr] {
        assert!(!shown.contains(KEY) && !shown.contains(&encoded) && !shown.contains(TOKEN), "{shown}");
    }
}

#[tokio::test]
async fn every_algorithm_has_its_keyword() {
    // The values of the API for IKE and ESP (encryption, integrity, group), and the two proposals.
    let table = [
        ["AES128", "SHA256", "15-MODP3072", "aes128-sha256-prfsha256-modp3072", "aes128-sha256-modp3072"],
        ["AES256", "SHA384", "16-MODP4096", "aes256-sha384-prfsha384-modp4096", "aes256-sha384-modp4096"],
        ["AES128-CTR", "SHA512", "19-ECP256", "aes128ctr-sha512-prfsha512-ecp256", "aes128ctr-sha512-ecp256"],
        ["AES256-CTR", "AES-XCBC", "20-ECP384", "aes256ctr-aesxcbc-prfaesxcbc-ecp384", "aes256ctr-aesxcbc-ecp384"],
        [
            "AES128-GCM-16",
            "SHA256",
            "21-ECP521",
            "aes128gcm16-prfsha256-prfsha384-prfsha512-ecp521",
            "aes128gcm16-ecp521",
        ],
        [
            "AES256-GCM-16",
            "SHA384",
            "28-ECP256BP",
            "aes256gcm16-prfsha384-prfsha256-prfsha512-ecp256bp",
            "aes256gcm16-ecp256bp",
        ],
        [
            "AES128-GCM-12",
            "SHA512",
            "29-ECP384BP",
            "aes128gcm12-prfsha512-prfsha256-prfsha384-ecp384bp",
            "aes128gcm12-ecp384bp",
        ],
        [
            "AES256-GCM-12",
            "AES-XCBC",
            "30-ECP512BP",
            "aes256gcm12-prfaesxcbc-prfsha256-prfsha384-prfsha512-ecp512bp",
            "aes256gcm12-ecp512bp",
        ],
        [
            "AES128-CCM-12",
            "SHA256",
            "19-ECP256",
            "aes128ccm12-prfsha256-prfsha384-prfsha512-ecp256",
            "aes128ccm12-ecp256",
        ],
        [
            "AES256-CCM-12",
            "SHA384",
            "16-MODP4096",
            "aes256ccm12-prfsha384-prfsha256-prfsha512-modp4096",
            "aes256ccm12-modp4096",
        ],
    ];
    let runs = table.map(|[encryption, integrity, group, ike, esp]| async move {
        let (conf, ..) = site_to_site(|site| {
            let algorithms = json!({
                "encryptionAlgorithm": encryption, "integrityAlgorithm": integrity, "diffieHellmanGroup": group,
                "lifetime": 3601,
            });
            site["tunnel"]["properties"]["ike"] = algorithms.clone();
            site["tunnel"]["properties"]["esp"] = algorithms;
        })
        .await;
        let found = parse_swanctl(&conf);
        assert_values(
            &found,
            &[
                ("connections/site-A/proposals", ike),
                ("connections/site-A/children/site-A/esp_proposals", esp),
                ("connections/site-A/rekey_time", "3240s"),
                ("connections/site-A/over_time", "361s"),
                ("connections/site-A/children/site-A/life_time", "3601s"),
            ],
        );
    });
    futures_util::future::join_all(runs).await;
}

#[tokio::test]
async fn names_networks_and_keys_do_not_break_the_file() {
    let key = "0x \"quoted\" # { \\ } ü";
    let (conf, secrets, stderr) = site_to_site(|site| {
        let tunnel = &mut site["tunnel"]["properties"];
        tunnel["name"] = json!("a } # b.c \"ü\" {");
        tunnel["remoteHost"] = json!("vpn.mycompany.com");
        tunnel["cloudNetworkCIDRs"] = json!(["192.168.1.100/24", "2001:db8:1::5/64"]);
        tunnel["peerNetworkCIDRs"] = json!(["0.0.0.0/0", "::/0"]);
        tunnel["auth"]["psk"]["key"] = json!(key);
    })
    .await;
    let name = "a-----b-c------";
    let (found, secret) = (parse_swanctl(&conf), parse_swanctl(&secrets));
    assert_values(
        &found,
        &[
            (&format!("connections/{name}/local_addrs"), "%any"),
            (&format!("connections/{name}/local/id"), "vpn.mycompany.com"),
            (&format!("connections/{name}/children/{name}/local_ts"), "0.0.0.0/0, ::/0"),
            (&format!("connections/{name}/children/{name}/remote_ts"), "192.168.1.0/24, 2001:db8:1::/64"),
        ],
    );
    let encoded = secret[&format!("secrets/ike-{name}/secret")].strip_prefix("0s").unwrap();
    assert_eq!(BASE64.decode(encoded).unwrap(), key.as_bytes());
    assert!(!format!("{conf}{stderr}").contains("quoted") && !format!("{conf}{stderr}").contains(encoded));
}

#[tokio::test]
async fn wireguard_keys_are_made_and_each_is_where_it_is_meant() {
    let place = TempDir::new().unwrap();
    let json_file = place.path().join("gateway.json");
    let mut command = example("wireguard");
    command.arg("--gateway-json").arg(&json_file).env("RUST_LOG", "trace");
    let output = run(command).await;
    let (conf, stderr) = (stdout(&output), text(&output.stderr));
    assert_private(&json_file);
    let written = std::fs::read_to_string(&json_file).unwrap();
    let sides: Value = serde_json::from_str(&written).unwrap();
    let at = |pointer: &str| sides.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    let (gateway_key, peer_public) = (at("/gateway/properties/privateKey"), at("/peer/properties/publicKey"));

    let sections = parse_wg_quick(&conf);
    let [(first, interface), (second, peer)] = sections.as_slice() else { panic!("{conf}") };
    assert_eq!((first.as_str(), second.as_str()), ("Interface", "Peer"));
    let peer_key = interface["PrivateKey"].clone();
    assert_eq!(WireguardKeyPair::public_key_of(&peer_key.as_str().into()).unwrap(), peer_public);
    assert_values(interface, &[("Address", "172.17.0.2/32")]);
    assert_values(
        peer,
        &[
            ("PublicKey", &WireguardKeyPair::public_key_of(&gateway_key.as_str().into()).unwrap()),
            ("AllowedIPs", "172.17.0.1/32, 192.168.1.0/24"),
            ("Endpoint", "81.173.1.2:51820"),
            ("PersistentKeepalive", "25"),
        ],
    );
    assert_eq!((interface.len(), peer.len()), (2, 4), "{conf}");
    for (shown, secrets) in [(&conf, [&gateway_key, TOKEN]), (&written, [&peer_key, TOKEN])] {
        assert!(secrets.iter().all(|secret| !shown.contains(secret)), "{shown}");
    }
    assert!(![&gateway_key, &peer_key, TOKEN].iter().any(|secret| stderr.contains(*secret)), "{stderr}");

    let again = stdout(&run(example("wireguard")).await);
    assert_ne!(parse_wg_quick(&again)[0].1["PrivateKey"], peer_key);
}

#[tokio::test]
async fn a_wireguard_peer_with_an_endpoint_listens_and_ipv6_is_routed_where_the_peer_has_it() {
    let gateway_key = "AJIrca70poa0dZhlvSexsOrCZ8LE70zVyYaSbLD7HH8=";
    let input = file(WIREGUARD, |site| {
        let gateway = &mut site["gateway"]["properties"];
        gateway["privateKey"] = json!(gateway_key);
        gateway["listenPort"] = json!(51999);
        gateway["interfaceIPv4CIDR"] = json!("172.17.0.1/32");
        gateway["interfaceIPv6CIDR"] = json!("2001:0db8:85a3::1/64");
        gateway["connections"][0]["ipv6CIDR"] = json!("2001:db8:ffff::5/64");
        site["peer"]["properties"]["endpoint"] = json!({ "host": "198.51.100.77" });
        site["peer"]["properties"]["allowedIPs"] =
            json!(["10.20.0.0/24", "2001:db8::7/128", "2001:db8:85a3::2/128", "172.17.0.1/32", "172.17.0.2/32"]);
    });
    let mut command = example("wireguard");
    command.arg(input.path());
    let conf = stdout(&run(command).await);
    let sections = parse_wg_quick(&conf);
    let [(_, interface), (_, peer)] = sections.as_slice() else { panic!("{conf}") };
    assert_values(interface, &[("Address", "172.17.0.2/32, 2001:db8:85a3::2/128"), ("ListenPort", "51820")]);
    assert_values(
        peer,
        &[
            ("PublicKey", "s8TLtJgbzsshymrxZOc1bbId1/wLQMpAPwrrSsLcJ3c="),
            ("AllowedIPs", "172.17.0.1/32, 2001:db8:85a3::1/128, 192.168.1.0/24, 2001:db8:ffff::/64"),
            ("Endpoint", "81.173.1.2:51999"),
        ],
    );
    assert!(!peer.contains_key("PersistentKeepalive") && !conf.contains(gateway_key), "{conf}");
    assert!(peer["AllowedIPs"].split(", ").all(|net| net.parse::<IpNet>().is_ok()));
}

#[tokio::test]
async fn what_cannot_be_configured_is_refused_in_words_and_before_any_request() {
    let server = Server::start(vec![answer(500, "")]).await;
    // Columns: the example, the place of a value in its file, the value, the message.
    let table = [
        (
            "site_to_site",
            "/tunnel/properties/ike/encryptionAlgorithm",
            json!("AES999"),
            "ike.encryptionAlgorithm is \"AES999\"",
        ),
        ("site_to_site", "/tunnel/properties/esp/encryptionAlgorithm", json!("SHA256"), "no strongSwan keyword"),
        (
            "site_to_site",
            "/tunnel/properties/esp/integrityAlgorithm",
            json!("MD5"),
            "esp.integrityAlgorithm is \"MD5\"",
        ),
        ("site_to_site", "/tunnel/properties/ike/diffieHellmanGroup", json!("2-MODP1024"), "no strongSwan keyword"),
        (
            "site_to_site",
            "/tunnel/properties/esp/diffieHellmanGroup",
            Value::Null,
            "esp.diffieHellmanGroup must be set",
        ),
        ("site_to_site", "/tunnel/properties/esp/lifetime", Value::Null, "esp.lifetime must be set"),
        ("site_to_site", "/tunnel/properties/auth/method", json!("RSA"), "PSK"),
        ("site_to_site", "/gateway/properties/version", json!("IKEv1"), "only IKEv2"),
        ("site_to_site", "/tunnel/properties/remoteHost", json!("a b"), "tunnel: properties.remoteHost"),
        (
            "site_to_site",
            "/tunnel/properties/cloudNetworkCIDRs/0",
            json!("10.0.0.0"),
            "tunnel: properties.cloudNetworkCIDRs[0]",
        ),
        ("site_to_site", "/gateway/properties/gatewayIP", json!("10.0.0.1"), "gateway: properties.gatewayIP"),
        ("site_to_site", "/tunnel/properties/auth/psk", Value::Null, "tunnel: properties.auth.psk"),
        ("site_to_site", "/tunnel", Value::Null, "tunnel: "),
        ("wireguard", "/gateway/properties/listenPort", json!(0), "listenPort"),
        ("wireguard", "/peer/properties/allowedIPs", json!(["10.20.0.0/24"]), "the peer's own address"),
        ("wireguard", "/peer/properties/allowedIPs", json!(["10.20.0.1/32"]), "the peer's own address"),
        (
            "wireguard",
            "/gateway/properties/connections/0/ipv4CIDR",
            json!("81.173.1.9/24"),
            "route its own packets into itself",
        ),
        ("wireguard", "/gateway/properties/privateKey", json!("X2wosbaw74M8"), "gateway: properties.privateKey"),
        (
            "wireguard",
            "/peer/properties/publicKey",
            json!("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI="),
            "leave publicKey out",
        ),
        ("wireguard", "/peer", Value::Null, "peer: "),
    ];
    for (name, place, value, part) in table {
        let sample = if name == "wireguard" { WIREGUARD } else { SITE };
        let input = file(sample, |site| {
            let (above, last) = place.rsplit_once('/').unwrap();
            match site.pointer_mut(above).unwrap() {
                Value::Array(list) => list[last.parse::<usize>().unwrap()] = value.clone(),
                object => object[last] = value.clone(),
            }
        });
        let mut command = example(name);
        command.args(["--base-url", &server.base_url]).arg(input.path());
        let output = run(command).await;
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{name} {place}: {stderr}");
        assert!(stderr.contains(part) && !stderr.contains("X2wosbaw74M8"), "{name} {place}: {stderr}");
    }
    for name in ["site_to_site", "wireguard"] {
        let not_json = NamedTempFile::new().unwrap();
        let arguments: &[&[&str]] = &[
            &["/no/such/file"],
            &[not_json.path().to_str().unwrap()],
            &["--region", "de-fra", "--base-url", "https://vpn.example"],
            &["--region", "de fra"],
            &["--base-url", "http://vpn.example"],
        ];
        for arguments in arguments {
            let mut command = example(name);
            command.args(*arguments);
            assert_eq!(run(command).await.status.code(), Some(2), "{name} {arguments:?}");
        }
        let mut command = example(name);
        command.args(["--region", "de-fra"]).env_remove("IONOS_TOKEN");
        assert_eq!(run(command).await.status.code(), Some(2), "{name}");
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_server_that_refuses_ends_the_examples_with_1() {
    for (name, option) in [("site_to_site", "--secrets"), ("wireguard", "--gateway-json")] {
        let server = Server::start(vec![answer(403, "")]).await;
        let place = TempDir::new().unwrap();
        let secrets = place.path().join("secrets");
        let mut command = example(name);
        command.args(["--base-url", &server.base_url, option]).arg(&secrets);
        let output = run(command).await;
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{name}: {stderr}");
        assert!(stderr.contains("error: ") && !stderr.contains(KEY), "{stderr}");
        assert_eq!(server.requests().len(), 1);
        // A generated key may have reached the server and must not be lost. A key from a file is already stored.
        assert_eq!(secrets.exists(), name == "wireguard");
    }
}

/// The kinds of the example `ensure`: the name, the path of the sample, and its secret.
const KINDS: [(&str, &str, &str); 4] = [
    ("ipsec-gateway", "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44", ""),
    (
        "ipsec-tunnel",
        "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44/tunnels/c28b2d3e-7b15-53ca-ae88-6ae9378d6efe",
        KEY,
    ),
    (
        "wireguard-gateway",
        "/wireguardgateways/85c79b4b-5b40-570a-b788-58dd46ea71e2",
        "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=",
    ),
    (
        "wireguard-peer",
        "/wireguardgateways/85c79b4b-5b40-570a-b788-58dd46ea71e2/peers/b62b3a40-adee-5b6c-b98d-be20bfcbdd91",
        "",
    ),
];

/// Returns the sample of a kind.
fn sample(kind: &str) -> &'static str {
    match kind {
        "ipsec-gateway" => include_str!("../../examples/gateway.json"),
        "ipsec-tunnel" => include_str!("../../examples/tunnel.json"),
        "wireguard-gateway" => include_str!("../../examples/wireguard_gateway.json"),
        _ => include_str!("../../examples/wireguard_peer.json"),
    }
}

/// Runs the example `ensure` for a kind at trace level. Returns the exit code, stdout and stderr, which must not
/// contain the secret.
async fn ensure(kind: &(&str, &str, &str), arguments: &[&str]) -> (i32, String, String) {
    let (name, _, secret) = kind;
    let mut command = example("ensure");
    command.args(["--kind", name]).args(arguments).env("RUST_LOG", "ionos_vpn=trace");
    let output = run(command).await;
    let (shown, stderr) = (text(&output.stdout), text(&output.stderr));
    assert!(secret.is_empty() || !format!("{shown}{stderr}").contains(secret), "{shown}{stderr}");
    (output.status.code().unwrap(), shown, stderr)
}

#[tokio::test]
async fn the_main_job_takes_every_kind_in_the_embedded_sandbox() {
    let runs = KINDS.iter().map(|kind| async move {
        let (code, shown, stderr) = ensure(kind, &[]).await;
        assert_eq!(code, 0, "{stderr}");
        let resource: Value = serde_json::from_str(&shown).unwrap();
        assert_eq!(resource["metadata"]["status"], "AVAILABLE");
        assert!(stderr.lines().any(|line| line.starts_with("created ") && line.ends_with(kind.1)), "{stderr}");
        let (code, plan, stderr) = ensure(kind, &["--plan"]).await;
        assert!(code == 3 && plan.lines().all(|line| line.starts_with("+ ")), "{plan}{stderr}");
        assert_eq!(plan.contains("***"), !kind.2.is_empty(), "{plan}");
        // A path other than the path of the sample.
        let id = OTHER_ID;
        let arguments: &[&str] =
            if kind.1.matches('/').count() == 2 { &["--id", id] } else { &["--gateway", id, "--id", id] };
        let (code, _, stderr) = ensure(kind, &[arguments, &["--no-wait"]].concat()).await;
        assert_eq!((code, stderr.contains(GATEWAY_ID)), (0, false), "{stderr}");
        assert!(stderr.contains(&format!("/{id}")), "{stderr}");
    });
    futures_util::future::join_all(runs).await;
}

#[tokio::test]
async fn plan_and_reconcile_agree_for_every_kind() {
    let sandbox = Sandbox::start().await.unwrap();
    for kind in &KINDS {
        let renamed = file(sample(kind.0), |request| request["properties"]["name"] = json!("renamed"));
        let renamed = renamed.path().to_str().unwrap();
        // The path names the gateway; `--gateway` is for an id alone.
        let at: &[&str] = &["--base-url", sandbox.base_url(), "--id", kind.1];
        let run = async |arguments: &[&str]| {
            let mut command = example("ensure");
            command.args(["--kind", kind.0]).args(at).args(arguments).env("IONOS_TOKEN", "sandbox");
            let output = run(command).await;
            let (shown, stderr) = (text(&output.stdout), text(&output.stderr));
            assert!(kind.2.is_empty() || !format!("{shown}{stderr}").contains(kind.2), "{shown}{stderr}");
            (output.status.code().unwrap(), shown, stderr)
        };
        let (code, plan, stderr) = run(&["--plan"]).await;
        assert!(code == 3 && plan.lines().all(|line| line.starts_with("+ ")), "{}: {plan}{stderr}", kind.0);
        let (code, _, stderr) = run(&["--reconcile"]).await;
        assert!(code == 0 && stderr.contains(&format!("created {}{}", sandbox.base_url(), kind.1)), "{stderr}");
        assert_eq!(run(&["--plan"]).await.0, 0, "{}", kind.0);
        let (code, _, stderr) = run(&["--reconcile"]).await;
        assert!(code == 0 && stderr.contains("unchanged "), "{stderr}");
        let (code, plan, _) = run(&["--plan", renamed]).await;
        assert!(code == 3 && plan.lines().count() == 1 && plan.ends_with("→ \"renamed\"\n"), "{plan}");
        let (code, shown, stderr) = run(&["--reconcile", renamed]).await;
        assert!(code == 0 && stderr.contains("updated ") && shown.contains("renamed"), "{stderr}");
        assert_eq!(run(&["--plan", renamed]).await.0, 0);
    }
}

#[tokio::test]
async fn a_secret_that_a_server_returns_is_not_printed() {
    let sandbox = Sandbox::start().await.unwrap();
    for (name, path, secret) in KINDS {
        let mut resource: Value = serde_json::from_str(sample(name)).unwrap();
        resource["type"] = json!("any");
        resource["href"] = json!(path);
        resource["metadata"] = json!({ "status": "AVAILABLE", "publicKey": "" });
        sandbox.insert_raw(path, resource);
        if secret.is_empty() {
            continue;
        }
        let renamed = file(sample(name), |request| request["properties"]["name"] = json!("renamed"));
        let renamed = renamed.path().to_str().unwrap();
        for arguments in [&["--reconcile"][..], &["--plan"], &["--plan", renamed], &["--reconcile", renamed], &[]] {
            let mut command = example("ensure");
            command.args(["--kind", name, "--base-url", sandbox.base_url(), "--id", path, "--no-wait"]);
            command.args(arguments).env("IONOS_TOKEN", "sandbox").env("RUST_LOG", "trace");
            let output = run(command).await;
            let shown = format!("{}{}", text(&output.stdout), text(&output.stderr));
            assert!(matches!(output.status.code(), Some(0 | 3)) && !shown.contains(secret), "{arguments:?}: {shown}");
        }
    }
}

#[tokio::test]
async fn wrong_input_for_a_kind_ends_with_2_before_any_request() {
    let server = Server::start(vec![answer(500, "")]).await;
    let set = |kind: &str, place: &'static str, value: Value| {
        file(sample(kind), |request| *request.pointer_mut(place).unwrap() = value)
    };
    let no_key = set("ipsec-tunnel", "/properties/auth/psk", json!({}));
    let empty_key = set("ipsec-tunnel", "/properties/auth/psk/key", json!(""));
    let bad_key = set("wireguard-gateway", "/properties/privateKey", json!("c2VjcmV0LW9mLXRoZS10ZXN0cw=="));
    let bad_peer = set("wireguard-peer", "/properties/publicKey", json!("short"));
    let [tunnel, peer] = [KINDS[1].1, KINDS[3].1];
    let url = format!("https://user:c2VjcmV0@vpn.de-fra.ionos.com{tunnel}");
    let path = |file: &NamedTempFile| file.path().to_str().unwrap().to_owned();
    // Columns: the kind, the arguments, the message.
    let table: &[(&str, &[&str], &str)] = &[
        ("ipsec-tunnel", &[], "--gateway: "),
        ("wireguard-peer", &["--id", OTHER_ID], "--gateway: "),
        ("ipsec-gateway", &["--gateway", OTHER_ID], "--gateway: "),
        ("wireguard-gateway", &["--gateway", OTHER_ID], "--gateway: "),
        ("ipsec-tunnel", &["--gateway", "x"], "--gateway"),
        ("ipsec-tunnel", &["--gateway", OTHER_ID, "--id", tunnel], "belongs to the gateway"),
        ("ipsec-tunnel", &["--id", peer], "must identify one IPSec tunnel"),
        ("wireguard-peer", &["--id", tunnel], "must identify one WireGuard peer"),
        (
            "wireguard-gateway",
            &["--id", &format!("/ipsecgateways/{GATEWAY_ID}")],
            "must identify one WireGuard gateway",
        ),
        ("ipsec-tunnel", &["--id", &url], "credentials"),
        ("ipsec-tunnel", &["--id", tunnel, &path(&no_key)], "properties.auth.psk.key"),
        ("ipsec-tunnel", &["--id", tunnel, &path(&empty_key)], "properties.auth.psk.key"),
        ("wireguard-gateway", &[&path(&bad_key)], "properties.privateKey"),
        ("wireguard-peer", &["--id", peer, &path(&bad_peer)], "properties.publicKey"),
        ("wireguard-peer", &["--id", peer, &path(&no_key)], "properties.allowedIPs"),
        ("nonsense", &[], "--kind"),
    ];
    for (kind, arguments, part) in table {
        let mut command = example("ensure");
        command.args(["--kind", kind, "--base-url", &server.base_url]).args(*arguments);
        let output = run(command).await;
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{kind} {arguments:?}: {stderr}");
        assert!(stderr.contains(part) && !stderr.contains("c2VjcmV0"), "{kind} {arguments:?}: no {part:?} in {stderr}");
    }
    assert_eq!(server.connections(), 0);
}
