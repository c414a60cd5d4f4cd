//! Kinds below other kinds, over HTTP against the sandbox, and what is tolerated in their responses.

use std::time::Duration;

use futures_util::TryStreamExt;
use ionos_vpn::{
    Client, DiffieHellmanGroup, EncryptionAlgorithm, Error, EspEncryption, IkeEncryption, IntegrityAlgorithm, IpSecPsk,
    IpSecTunnel, IpSecTunnelAuth, Outcome, Resource, ResourcePath, Resources, RetryPolicy, Sandbox, Secret,
    TunnelAuthMethod, Validate, WaitOptions, WireguardEndpoint, WireguardGateway, WireguardPeer,
};
use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::server::{Server, answer};
use crate::support::page_gateway;

const TUNNEL: &str = include_str!("../../examples/tunnel.json");
const GATEWAY: &str = include_str!("../../examples/wireguard_gateway.json");
const PEER: &str = include_str!("../../examples/wireguard_peer.json");
const FIRST: Uuid = uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
const SECOND: Uuid = uuid!("c28b2d3e-7b15-53ca-ae88-6ae9378d6efe");
const ID: Uuid = uuid!("b62b3a40-adee-5b6c-b98d-be20bfcbdd91");

fn properties<R: Resource>(example: &str) -> R {
    serde_json::from_value(example.parse::<Value>().unwrap()["properties"].take()).unwrap()
}

fn client(base_url: &str) -> Client {
    Client::builder().base_url(base_url).token("sandbox").retry(RetryPolicy::none()).build().unwrap()
}

async fn sandbox() -> (Sandbox, Client) {
    let sandbox = Sandbox::builder().provisioning(Duration::from_millis(20)).start().await.unwrap();
    let client = client(sandbox.base_url());
    (sandbox, client)
}

/// Makes both parents of each kind.
async fn add_parents(client: &Client) {
    for id in [FIRST, SECOND] {
        client.ipsec_gateways().ensure(id, &page_gateway()).await.unwrap();
        client.wireguard_gateways().ensure(id, &properties(GATEWAY)).await.unwrap();
    }
}

/// The errors of everything that can be done below a parent.
async fn errors<R: Resource>(handle: &Resources<R>, properties: &R) -> Vec<(&'static str, Error)> {
    vec![
        ("list", handle.list().try_collect::<Vec<_>>().await.unwrap_err()),
        ("create", handle.create(properties).await.unwrap_err()),
        ("ensure", handle.ensure(ID, properties).await.unwrap_err()),
        ("reconcile", handle.reconcile(ID, properties).await.unwrap_err()),
        ("get", handle.get(ID).await.unwrap_err()),
        ("modify", handle.modify(ID, |_| {}).await.unwrap_err()),
        ("delete", handle.delete(ID).await.unwrap_err()),
    ]
}

#[tokio::test]
async fn a_missing_parent_is_not_found_and_named() {
    let (_sandbox, client) = sandbox().await;
    let of_tunnels = errors(&client.ipsec_tunnels(FIRST), &properties(TUNNEL)).await;
    let of_peers = errors(&client.wireguard_peers(FIRST), &properties(PEER)).await;
    let rows = of_tunnels.into_iter().map(|it| ("IPSec", it)).chain(of_peers.into_iter().map(|it| ("WireGuard", it)));
    for (family, (call, error)) in rows {
        assert!(error.is_not_found(), "{call}: {error}");
        let text = error.to_string();
        assert!(text.contains(&format!("The {family} gateway was not found")), "{call}: {text}");
        assert!(text.contains(&FIRST.to_string()), "{call}: {text}");
    }
}

/// The vendor's 404 may say nothing.
#[tokio::test]
async fn a_404_for_a_collection_says_that_the_parent_was_not_found() {
    let server = Server::start(vec![answer(404, "")]).await;
    let client = client(&server.base_url);
    let tunnels = client.ipsec_tunnels(FIRST);
    let peers = client.wireguard_peers(FIRST);
    for (kind, error) in [
        ("IPSec gateway", tunnels.list().try_collect::<Vec<_>>().await.unwrap_err()),
        ("IPSec gateway", tunnels.create(&properties(TUNNEL)).await.unwrap_err()),
        ("IPSec gateway", tunnels.ensure(ID, &properties(TUNNEL)).await.unwrap_err()),
        ("WireGuard gateway", peers.list().try_collect::<Vec<_>>().await.unwrap_err()),
        ("WireGuard gateway", peers.create(&properties(PEER)).await.unwrap_err()),
        ("WireGuard gateway", peers.ensure(ID, &properties(PEER)).await.unwrap_err()),
    ] {
        let text = error.to_string();
        assert!(error.is_not_found() && text.contains(kind), "{text}");
        assert!(text.to_lowercase().contains("not found"), "{text}");
        assert!(text.contains(&FIRST.to_string()), "{text}");
    }
}

async fn check_other_parent<R: Resource>(first: &Resources<R>, second: &Resources<R>, properties: &R) {
    assert_eq!(first.ensure(ID, properties).await.unwrap().outcome, Outcome::Created);
    let error = second.ensure(ID, properties).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(422), "{error}");
    let codes: Vec<_> = error.api().unwrap().messages.iter().map(|it| it.error_code.as_deref()).collect();
    assert_eq!(codes, [Some("vpn-common-0021")]);
    assert!(second.get(ID).await.unwrap_err().is_not_found());
    assert_eq!(second.list().try_collect::<Vec<_>>().await.unwrap(), []);
    assert_eq!(first.ensure(ID, properties).await.unwrap().outcome, Outcome::Updated);
    assert_eq!(first.list().try_collect::<Vec<_>>().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_id_under_another_parent_is_refused() {
    let (_sandbox, client) = sandbox().await;
    add_parents(&client).await;
    check_other_parent(&client.ipsec_tunnels(FIRST), &client.ipsec_tunnels(SECOND), &properties(TUNNEL)).await;
    // An id of another kind can be used.
    check_other_parent(&client.wireguard_peers(FIRST), &client.wireguard_peers(SECOND), &properties(PEER)).await;
}

#[tokio::test]
async fn deleting_a_gateway_deletes_what_is_below_it() {
    let (sandbox, client) = sandbox().await;
    add_parents(&client).await;
    let other = uuid!("00000000-0000-4000-8000-000000000001");
    for (parent, id) in [(FIRST, ID), (SECOND, other)] {
        client.ipsec_tunnels(parent).ensure(id, &properties(TUNNEL)).await.unwrap();
        client.wireguard_peers(parent).ensure(id, &properties(PEER)).await.unwrap();
    }
    let wait = WaitOptions::default().first_poll(Duration::from_millis(10));
    let gateways = client.ipsec_gateways().wait_options(wait.clone());
    gateways.delete(FIRST).await.unwrap();
    gateways.wait_until_deleted(FIRST).await.unwrap();
    let tunnel = |parent, id| ResourcePath::<IpSecTunnel>::new([parent], id);
    let peer = |parent, id| ResourcePath::<WireguardPeer>::new([parent], id);
    assert_eq!(sandbox.get_raw(tunnel(FIRST, ID)), None);
    // Children of other parents stay.
    assert!(sandbox.get_raw(tunnel(SECOND, other)).is_some() && sandbox.get_raw(peer(FIRST, ID)).is_some());

    let gateways = client.wireguard_gateways().wait_options(wait);
    gateways.delete(FIRST).await.unwrap();
    gateways.wait_until_deleted(FIRST).await.unwrap();
    assert_eq!(sandbox.get_raw(peer(FIRST, ID)), None);
    assert!(sandbox.get_raw(peer(SECOND, other)).is_some());
    // A new gateway with the same id begins without them, and the ids are free again.
    client.ipsec_gateways().ensure(FIRST, &page_gateway()).await.unwrap();
    assert_eq!(client.ipsec_tunnels(FIRST).list().try_collect::<Vec<_>>().await.unwrap(), []);
    let moved = client.ipsec_tunnels(SECOND).ensure(ID, &properties(TUNNEL)).await.unwrap();
    assert_eq!(moved.outcome, Outcome::Created);
}

fn shown(example: &str, edits: &[(&str, Value)]) -> Value {
    let mut properties = example.parse::<Value>().unwrap()["properties"].take();
    for (name, value) in edits {
        properties[name] = value.clone();
    }
    json!({ "id": ID, "type": "x", "href": "/x", "metadata": { "status": "AVAILABLE" }, "properties": properties })
}

fn puts(server: &Server) -> Vec<Value> {
    let requests = server.requests().into_iter().filter(|request| request.method == "PUT");
    requests.map(|request| request.body.parse().unwrap()).collect()
}

#[tokio::test]
async fn an_endpoint_without_a_host_is_none_and_not_sent_back() {
    // The endpoint that is shown, and whether it is one.
    for (endpoint, is_one) in [
        (json!({}), false),
        (json!({ "port": 51820 }), false),
        (json!({ "host": null, "port": 51820 }), false),
        (json!(null), false),
        (json!({ "host": "1.2.3.4" }), true),
        (json!({ "host": "1.2.3.4", "port": 51820, "x-unknown": 1 }), true),
    ] {
        let server = Server::start(vec![answer(200, shown(PEER, &[("endpoint", endpoint.clone())]))]).await;
        let peers = client(&server.base_url).wireguard_peers(FIRST);
        assert_eq!(peers.get(ID).await.unwrap().properties.endpoint.is_some(), is_one, "{endpoint}");
        assert_eq!(peers.modify(ID, |_| {}).await.unwrap().outcome, Outcome::Unchanged, "{endpoint}");
        peers.modify(ID, |peer| peer.name = "renamed".into()).await.unwrap();
        let [sent] = puts(&server).try_into().unwrap();
        assert_eq!(sent["properties"].get("endpoint"), Some(&endpoint).filter(|_| is_one), "{endpoint}");
        // Nor is it drift, and it is not carried over.
        let mut desired: WireguardPeer = properties(PEER);
        desired.endpoint = None;
        let expected = if is_one { Outcome::Updated } else { Outcome::Unchanged };
        assert_eq!(peers.reconcile(ID, &desired).await.unwrap().outcome, expected, "{endpoint}");
        desired.name = "other".into();
        peers.reconcile(ID, &desired).await.unwrap();
        assert_eq!(puts(&server).last().unwrap()["properties"].get("endpoint"), None, "{endpoint}");
    }
}

#[tokio::test]
async fn an_incomplete_maintenance_window_is_none_and_not_sent_back() {
    for (window, is_one) in [
        (json!({}), false),
        (json!({ "time": "09:00:00" }), false),
        (json!({ "dayOfTheWeek": "Monday" }), false),
        (json!({ "dayOfTheWeek": "Monday", "time": "09:00:00", "zone": "UTC" }), true),
    ] {
        let server = Server::start(vec![answer(200, shown(GATEWAY, &[("maintenanceWindow", window.clone())]))]).await;
        let gateways = client(&server.base_url).wireguard_gateways();
        assert_eq!(gateways.get(ID).await.unwrap().properties.maintenance_window.is_some(), is_one, "{window}");
        let desired: WireguardGateway = properties(GATEWAY);
        assert_eq!(gateways.reconcile(ID, &desired).await.unwrap().outcome, Outcome::Unchanged, "{window}");
        let key = desired.private_key.clone();
        gateways.modify(ID, |gateway| gateway.private_key = key).await.unwrap();
        let [sent] = puts(&server).try_into().unwrap();
        assert_eq!(sent["properties"].get("maintenanceWindow"), Some(&window).filter(|_| is_one), "{window}");
    }
}

#[tokio::test]
async fn a_literal_gateway_id_in_href_is_kept() {
    let href = format!("/ipsecgateways/{{gatewayId}}/tunnels/{ID}");
    let (sandbox, client) = sandbox().await;
    add_parents(&client).await;
    let mut tunnel = shown(TUNNEL, &[]);
    tunnel["href"] = json!(href);
    sandbox.insert_raw(ResourcePath::<IpSecTunnel>::new([FIRST], ID), tunnel);
    let tunnels = client.ipsec_tunnels(FIRST);
    assert_eq!(tunnels.get(ID).await.unwrap().href.as_ref(), Some(&href));
    assert_eq!(tunnels.list().try_collect::<Vec<_>>().await.unwrap()[0].href.as_ref(), Some(&href));
    // It is no path, since it does not say which gateway.
    assert!(href.parse::<ResourcePath<IpSecTunnel>>().is_err());
}

#[test]
fn the_path_of_a_tunnel_is_read_with_the_misspelling_above_it() {
    let expected = format!("/ipsecgateways/{FIRST}/tunnels/{ID}");
    for text in [
        expected.clone(),
        format!("/ipssecgateways/{FIRST}/tunnels/{ID}"),
        format!("/ipssecgateways/{FIRST}/tunnels/{ID}/"),
        format!("https://vpn.de-fra.ionos.com/ipssecgateways/{FIRST}/tunnels/{ID}"),
        format!("https://proxy.example/vpn/ipsecgateways/{FIRST}/tunnels/{ID}"),
    ] {
        let path: ResourcePath<IpSecTunnel> = text.parse().unwrap();
        assert_eq!((path.to_string(), path.parents(), path.id()), (expected.clone(), [FIRST], ID), "{text}");
    }
    for text in [
        ID.to_string(),
        format!("/ipssecgateways/{FIRST}"),
        format!("/ipsssecgateways/{FIRST}/tunnels/{ID}"),
        format!("/tunnels/{ID}"),
        format!("/wireguardgateways/{FIRST}/tunnels/{ID}"),
        format!("/ipssecgateways/{FIRST}/peers/{ID}"),
        format!("/ipssecgateways/{FIRST}/tunnels/{ID}/x"),
        format!("/ipssecgateways/{FIRST}/tunnels/"),
        format!("/ipssecgateways//tunnels/{ID}"),
    ] {
        assert!(text.parse::<ResourcePath<IpSecTunnel>>().is_err(), "{text}");
    }
}

#[tokio::test]
async fn every_kind_is_described_with_builders() {
    let (_sandbox, client) = sandbox().await;
    add_parents(&client).await;
    let ike = IkeEncryption::builder().diffie_hellman_group(DiffieHellmanGroup::Modp4096).lifetime(86400).build();
    let esp = EspEncryption::builder().encryption_algorithm(EncryptionAlgorithm::Aes256Gcm16);
    let esp = esp.integrity_algorithm(IntegrityAlgorithm::from("BLAKE3")).build();
    let psk = IpSecPsk::builder().key(Secret::from("X2wosbaw74M8hQGbK3jCCaEusR6CCFRa")).build();
    let auth = IpSecTunnelAuth::builder().method(TunnelAuthMethod::Psk).psk(psk).build();
    let tunnel =
        IpSecTunnel::builder().name("first").name("a").remote_host("vpn.example.com").auth(auth).ike(ike).esp(esp);
    let tunnel = tunnel.cloud_network_cidrs(vec!["10.0.0.0/8".into()]).peer_network_cidrs(vec!["10.1.0.0/16".into()]);
    let ensured = client.ipsec_tunnels(FIRST).ensure(ID, &tunnel.build()).await.unwrap();
    assert_eq!((ensured.outcome, ensured.resource.properties.name.as_str()), (Outcome::Created, "a"));
    assert_eq!(ensured.resource.properties.esp.integrity_algorithm, Some(IntegrityAlgorithm::Other("BLAKE3".into())));

    let endpoint = WireguardEndpoint::builder().host("1.2.3.4").port(51820).build();
    let peer = WireguardPeer::builder().name("a").public_key("b").allowed_ips(vec![]).endpoint(endpoint).build();
    let violations = peer.validate().unwrap_err();
    let paths = violations.as_slice().iter().map(|violation| violation.path().to_owned());
    assert_eq!(paths.collect::<Vec<_>>(), ["allowedIPs", "publicKey"]);
    let gateway = WireguardGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![]);
    let gateway =
        gateway.interface_ipv4_cidr("172.17.0.1/24").private_key("b").listen_port(51820).maybe_tier(None).build();
    let violations = gateway.validate().unwrap_err();
    let paths = violations.as_slice().iter().map(|violation| violation.path().to_owned());
    assert_eq!(paths.collect::<Vec<_>>(), ["connections", "privateKey"]);
}
