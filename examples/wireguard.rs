//! Connects a site by WireGuard: ensures a gateway and a peer with new keys, waits for both, and prints the `wg-quick` file of
//! the peer's side.
//!
//! **The output contains the peer's private key**, because the printed file is the only copy of the key. Redirect the
//! output: `(umask 077; wireguard > ionos.conf)`. Without `--region` or `--base-url` it runs against an embedded sandbox: no
//! account and no network are needed.

use std::io::{Write, stdout};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use ionos_vpn::types::{WireguardGateway, WireguardGatewayEnsure, WireguardPeer, WireguardPeerEnsure};
use ionos_vpn::{Secret, Validate, WireguardKeyPair};
use ipnet::IpNet;
use serde_json::{Value, json};

mod site;

use site::{Api, Failure, exit_code, failed, init_tracing, input, read, write_secret};

/// Ensures a WireGuard gateway and a peer, waits for both, and prints the wg-quick file of the peer's side.
///
/// The output holds the peer's private key, which is made here and sent nowhere: redirect it to a file that only its owner can
/// read. Every run makes a new pair for the peer, and one for the gateway unless FILE has its privateKey.
/// Without --region or --base-url it runs against an embedded sandbox. With one of them, the token is read from IONOS_TOKEN.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    api: Api,
    /// Writes the gateway's side as JSON, with its private key: {"gateway": ..., "peer": ...}. Its mode is 0600. Keep it: the
    /// server does not return the key, and every later ensure of the gateway needs it.
    #[arg(long, value_name = "JSON")]
    gateway_json: Option<PathBuf>,
    /// The gateway and the peer as JSON: {"gateway": ..., "peer": ...}, each with its id and properties, the peer without key.
    file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    init_tracing();
    exit_code(run(&Options::parse()).await)
}

async fn run(options: &Options) -> Result<(), Failure> {
    let text = read(options.file.as_ref(), include_str!("wireguard.json"))?;
    let mut value: Value =
        serde_json::from_str(&text).map_err(|error| input(format!("the file is not JSON: {error}")))?;
    let (gateway_keys, peer_keys) =
        (WireguardKeyPair::generate().map_err(failed)?, WireguardKeyPair::generate().map_err(failed)?);
    if let Some(properties) = value.pointer_mut("/gateway/properties").and_then(Value::as_object_mut) {
        properties.entry("privateKey").or_insert_with(|| gateway_keys.private_key.expose().into());
    }
    if let Some(properties) = value.pointer_mut("/peer/properties").and_then(Value::as_object_mut)
        && properties.insert("publicKey".to_owned(), json!(peer_keys.public_key)).is_some()
    {
        return Err(input("peer: leave publicKey out: the pair is made here"));
    }
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null).to_string();
    let gateway = WireguardGatewayEnsure::from_json(part("gateway").as_bytes())
        .map_err(|error| input(format!("gateway: {error}")))?;
    let peer =
        WireguardPeerEnsure::from_json(part("peer").as_bytes()).map_err(|error| input(format!("peer: {error}")))?;
    // Before any request, refuse input that could not be printed later.
    wg_quick(&gateway.properties, &peer.properties, &peer_keys.private_key).map_err(input)?;

    // A sandbox runs as long as this is held.
    let (client, _sandbox) = options.api.connect("wireguard-example").await?;
    // Also before any request: if this file cannot be written, the key would be lost.
    if let Some(file) = &options.gateway_json {
        let sides =
            json!({ "gateway": { "properties": gateway.properties }, "peer": { "properties": peer.properties } });
        write_secret(file, &format!("{sides:#}\n"))?;
    }
    let (gateways, peers) = (client.wireguard_gateways(), client.wireguard_peers(gateway.id));
    let ensured_gateway = gateways.ensure(gateway.id, &gateway.properties).await.map_err(failed)?;
    eprintln!("gateway {}: {:?}; waiting", gateway.id, ensured_gateway.outcome);
    let ensured_peer = peers.ensure(peer.id, &peer.properties).await.map_err(failed)?;
    eprintln!("peer {}: {:?}; waiting", peer.id, ensured_peer.outcome);
    let waits =
        tokio::try_join!(gateways.wait_until_available(&ensured_gateway), peers.wait_until_available(&ensured_peer));
    let (available_gateway, available_peer) = waits.map_err(failed)?;
    eprintln!("both are available");

    // The output shows the values of the server, except for the keys, which are the values that were sent.
    let (mut actual_gateway, actual_peer) = (available_gateway.properties, available_peer.properties);
    actual_gateway.private_key = gateway.properties.private_key;
    let conf = wg_quick(&actual_gateway, &actual_peer, &peer_keys.private_key).map_err(failed)?;
    stdout().write_all(conf.as_bytes()).map_err(failed)
}

/// Returns the `wg-quick` file of the peer's side, with the peer's private key, or the reason why it cannot be written.
fn wg_quick(gateway: &WireguardGateway, peer: &WireguardPeer, peer_key: &Secret) -> Result<String, String> {
    let parse = |cidr: &str| cidr.parse::<IpNet>().map_err(|error| format!("{cidr:?} cannot be parsed: {error}"));
    let ip: IpAddr = gateway.gateway_ip.parse().map_err(|error| format!("gateway: gatewayIP: {error}"))?;
    let port = |port: Option<i64>| u16::try_from(port.unwrap_or(51820)).ok().filter(|port| *port != 0);
    let listen_port =
        port(gateway.listen_port).ok_or("gateway: listenPort must be a port for the peer to send to, not 0")?;
    let endpoint = SocketAddr::new(ip, listen_port);
    let public_key =
        WireguardKeyPair::public_key_of(&gateway.private_key).map_err(|error| format!("gateway: {error}"))?;

    // The peer's own addresses: those of the interface's network, or the first of each family if that is a single address.
    let interfaces = [&gateway.interface_ipv4_cidr, &gateway.interface_ipv6_cidr].into_iter().flatten();
    let interfaces = interfaces.map(|cidr| parse(cidr)).collect::<Result<Vec<_>, _>>()?;
    let allowed = peer.allowed_ips.iter().map(|cidr| parse(cidr)).collect::<Result<Vec<_>, _>>()?;
    let (mut addresses, mut routes) = (Vec::new(), Vec::new());
    for interface in &interfaces {
        let is_single = |net: &&IpNet| net.prefix_len() == net.max_prefix_len() && net.addr() != interface.addr();
        let is_of_family = |net: &&IpNet| net.max_prefix_len() == interface.max_prefix_len();
        let is_near = |net: &&IpNet| interface.prefix_len() == interface.max_prefix_len() || interface.contains(*net);
        if let Some(own) = allowed.iter().filter(is_single).filter(is_of_family).find(is_near) {
            addresses.push(own.to_string());
            routes.push(IpNet::from(interface.addr()));
        }
    }
    if addresses.is_empty() {
        return Err("peer: allowedIPs must have the peer's own address in the tunnel (/32, or /128 for IPv6): in the network of \
             the gateway's interface, and not the gateway's"
            .to_owned());
    }
    // The networks of the connections, in the families that the peer has.
    let lans = gateway.connections.iter().flat_map(|it| [Some(&it.ipv4_cidr), it.ipv6_cidr.as_ref()]).flatten();
    for lan in lans.map(|cidr| parse(cidr)).collect::<Result<Vec<_>, _>>()? {
        if routes.iter().any(|it| it.max_prefix_len() == lan.max_prefix_len()) && !routes.contains(&lan.trunc()) {
            routes.push(lan.trunc());
        }
    }
    if let Some(net) = routes.iter().find(|net| net.contains(&ip)) {
        return Err(format!(
            "gateway: gatewayIP {ip} is in {net}, so the tunnel would route its own packets into itself"
        ));
    }
    let (address, allowed_ips) =
        (addresses.join(", "), routes.iter().map(IpNet::to_string).collect::<Vec<_>>().join(", "));
    let (interface_end, peer_end) = match &peer.endpoint {
        Some(endpoint) => {
            let port = port(endpoint.port).ok_or("peer: endpoint.port must be a port, not 0")?;
            (format!("# The port of the peer's endpoint.\nListenPort = {port}\n"), String::new())
        }
        None => (
            String::new(),
            "# The gateway knows no endpoint of this peer: this side keeps the way through NAT open.\nPersistentKeepalive = 25\n"
                .to_owned(),
        ),
    };
    let private_key = peer_key.expose();
    Ok(format!(
        "# WireGuard, the peer's side of gateway {ip}: /etc/wireguard/ionos.conf, mode 0600.
# Start it with: wg-quick up ionos
[Interface]
# Belongs to the peer's publicKey; it never leaves this side.
PrivateKey = {private_key}
# The peer's address in the tunnel: one of its allowedIPs.
Address = {address}
{interface_end}
[Peer]
PublicKey = {public_key}
# The gateway's own address in the tunnel, and the networks of its connections.
AllowedIPs = {allowed_ips}
Endpoint = {endpoint}
{peer_end}"
    ))
}
