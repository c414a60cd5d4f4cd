//! Connects two sites: ensures an IPSec gateway and a tunnel below it, waits for both, and prints the strongSwan configuration
//! of the other side (`/etc/swanctl/swanctl.conf`).
//!
//! Without `--region` or `--base-url` it runs against an embedded sandbox: no account and no network are needed.

use std::io::{Write, stdout};
use std::net::IpAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use clap::Parser;
use ionos_vpn::types::{
    DiffieHellmanGroup, EncryptionAlgorithm, IntegrityAlgorithm, IpSecTunnel, IpSecTunnelEnsure, TunnelAuthMethod,
};
use ionos_vpn::{IkeVersion, IpSecGateway, IpSecGatewayEnsure, Validate};
use ipnet::IpNet;
use serde_json::Value;

mod site;

use site::{Api, Failure, exit_code, failed, init_tracing, input, read, write_secret};

/// Ensures an IPSec gateway and a tunnel below it, waits for both, and prints the swanctl.conf of the other side.
///
/// A tunnel with the status AVAILABLE is configured, but may not be connected: the other side connects it. The pre-shared
/// key is never printed. Without --region or --base-url it runs against an embedded sandbox. With one of them, the token is
/// read from IONOS_TOKEN.
#[derive(Parser)]
struct Options {
    #[command(flatten)]
    api: Api,
    /// Writes the file with the pre-shared key, which swanctl.conf includes as site.secrets. Its mode is 0600.
    #[arg(long, value_name = "FILE")]
    secrets: Option<PathBuf>,
    /// The gateway and the tunnel as JSON: {"gateway": ..., "tunnel": ...}, each with its id and properties.
    file: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> ExitCode {
    init_tracing();
    exit_code(run(&Options::parse()).await)
}

async fn run(options: &Options) -> Result<(), Failure> {
    let text = read(options.file.as_ref(), include_str!("site_to_site.json"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| input(format!("the file is not JSON: {error}")))?;
    let part = |name: &str| value.get(name).unwrap_or(&Value::Null).to_string();
    let gateway = IpSecGatewayEnsure::from_json(part("gateway").as_bytes())
        .map_err(|error| input(format!("gateway: {error}")))?;
    let tunnel =
        IpSecTunnelEnsure::from_json(part("tunnel").as_bytes()).map_err(|error| input(format!("tunnel: {error}")))?;
    // Before any request, refuse input that could not be printed later.
    swanctl_conf(&gateway.properties, &tunnel.properties).map_err(input)?;

    // A sandbox runs as long as this is held.
    let (client, _sandbox) = options.api.connect("site-to-site-example").await?;
    let (gateways, tunnels) = (client.ipsec_gateways(), client.ipsec_tunnels(gateway.id));
    let gateway = gateways.ensure(gateway.id, &gateway.properties).await.map_err(failed)?;
    eprintln!("gateway {}: {:?}; waiting", gateway.resource.id, gateway.outcome);
    let ensured = tunnels.ensure(tunnel.id, &tunnel.properties).await.map_err(failed)?;
    eprintln!("tunnel {}: {:?}; waiting", ensured.resource.id, ensured.outcome);
    let waits = tokio::try_join!(gateways.wait_until_available(&gateway), tunnels.wait_until_available(&ensured));
    let (gateway, available) = waits.map_err(failed)?;
    eprintln!("both are available");

    // The output shows the values of the server, except for the key, which is the value that was sent.
    let (gateway, mut actual) = (gateway.properties, available.properties);
    actual.auth = tunnel.properties.auth;
    let conf = swanctl_conf(&gateway, &actual).map_err(failed)?;
    match &options.secrets {
        Some(file) => write_secret(file, &secrets_file(&gateway, &actual))?,
        None => eprintln!("note: --secrets FILE writes the file with the pre-shared key"),
    }
    stdout().write_all(conf.as_bytes()).map_err(failed)
}

/// Returns the name of the connection: the name of the tunnel, reduced to the characters that strongSwan allows.
fn connection_name(tunnel: &IpSecTunnel) -> String {
    let allowed = |letter: char| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' };
    let name: String = tunnel.name.chars().map(allowed).take(32).collect();
    if name.is_empty() { "site".to_owned() } else { name }
}

/// Returns the file with the pre-shared key.
fn secrets_file(gateway: &IpSecGateway, tunnel: &IpSecTunnel) -> String {
    let (name, gateway_ip, host) = (connection_name(tunnel), &gateway.gateway_ip, &tunnel.remote_host);
    let key = tunnel.auth.psk.as_ref().map_or("", |psk| psk.key.expose());
    let key = BASE64.encode(key);
    format!(
        r#"# The pre-shared key of connection "{name}": mode 0600. 0s means base64, so that no letter of the key needs quoting.
secrets {{
    ike-{name} {{
        id-gateway = {gateway_ip}
        id-peer = {host}
        secret = 0s{key}
    }}
}}
"#
    )
}

/// Returns the `swanctl.conf` of the other side, without the pre-shared key, or the reason why it cannot be written.
fn swanctl_conf(gateway: &IpSecGateway, tunnel: &IpSecTunnel) -> Result<String, String> {
    if tunnel.auth.method != TunnelAuthMethod::Psk
        || gateway.version.as_ref().is_some_and(|it| *it != IkeVersion::IkeV2)
    {
        return Err("only IKEv2 with a pre-shared key (auth.method PSK) is known here".to_owned());
    }
    let gateway_ip = gateway.ip().map_err(|error| format!("gateway: {error}"))?;
    let id = &tunnel.remote_host;
    if !id.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-".contains(letter)) {
        return Err(format!("tunnel: remoteHost is {id:?}, which is neither a DNS name nor an IPv4 address"));
    }
    let local_addrs = if id.parse::<IpAddr>().is_ok() { id } else { "%any" };
    let (local_ts, remote_ts) = (networks(&tunnel.peer_network_cidrs)?, networks(&tunnel.cloud_network_cidrs)?);
    let (ike, esp, name) = (&tunnel.ike, &tunnel.esp, connection_name(tunnel));
    let missing = || "tunnel: ike.lifetime and esp.lifetime must be set: this program does not guess them".to_owned();
    let (ike_lifetime, esp_lifetime) = ike.lifetime.zip(esp.lifetime).ok_or_else(missing)?;
    let (ike_rekey, esp_rekey) = (ike_lifetime * 9 / 10, esp_lifetime * 9 / 10);
    let over_time = ike_lifetime - ike_rekey;
    let proposals = proposal(
        "ike",
        ike.encryption_algorithm.as_ref().map(EncryptionAlgorithm::as_str),
        ike.integrity_algorithm.as_ref().map(IntegrityAlgorithm::as_str),
        ike.diffie_hellman_group.as_ref().map(DiffieHellmanGroup::as_str),
    )?;
    let esp_proposals = proposal(
        "esp",
        esp.encryption_algorithm.as_ref().map(EncryptionAlgorithm::as_str),
        esp.integrity_algorithm.as_ref().map(IntegrityAlgorithm::as_str),
        esp.diffie_hellman_group.as_ref().map(DiffieHellmanGroup::as_str),
    )?;
    Ok(format!(
        r#"# The other side of tunnel "{name}" of gateway {gateway_ip}, for strongSwan 5.9 or newer: /etc/swanctl/swanctl.conf
# Start it with: swanctl --load-all --noprompt
connections {{
    {name} {{
        version = 2
        # Behind NAT, write %any here: the identity below stays.
        local_addrs = {local_addrs}
        remote_addrs = {gateway_ip}
        proposals = {proposals}
        # ike.lifetime: {ike_lifetime} s, of which the last tenth is for the rekeying
        rekey_time = {ike_rekey}s
        over_time = {over_time}s
        dpd_delay = 30s
        mobike = no
        local {{
            auth = psk
            id = {id}
        }}
        remote {{
            auth = psk
            id = {gateway_ip}
        }}
        children {{
            {name} {{
                # peerNetworkCIDRs and cloudNetworkCIDRs. Where one is 0.0.0.0/0, keep the local networks out of the tunnel:
                # ip rule add pref 210 lookup main suppress_prefixlength 0
                local_ts = {local_ts}
                remote_ts = {remote_ts}
                esp_proposals = {esp_proposals}
                # esp.lifetime: {esp_lifetime} s
                rekey_time = {esp_rekey}s
                life_time = {esp_lifetime}s
                start_action = start
                dpd_action = restart
                close_action = start
            }}
        }}
    }}
}}
# The pre-shared key, readable by root only. A relative name is looked for beside this file.
include site.secrets
"#
    ))
}

/// Returns networks as strongSwan writes a list. Host bits are taken off.
fn networks(cidrs: &[String]) -> Result<String, String> {
    let network = |cidr: &String| match cidr.parse::<IpNet>() {
        Ok(net) => Ok(net.trunc().to_string()),
        Err(error) => Err(format!("tunnel: the network {cidr:?} cannot be parsed: {error}")),
    };
    Ok(cidrs.iter().map(network).collect::<Result<Vec<_>, _>>()?.join(", "))
}

const CIPHERS: [&str; 10] = [
    "AES128",
    "AES256",
    "AES128-CTR",
    "AES256-CTR",
    "AES128-GCM-16",
    "AES256-GCM-16",
    "AES128-GCM-12",
    "AES256-GCM-12",
    "AES128-CCM-12",
    "AES256-CCM-12",
];
const INTEGRITY: [&str; 4] = ["SHA256", "SHA384", "SHA512", "AES-XCBC"];
const GROUPS: [&str; 8] =
    ["15-MODP3072", "16-MODP4096", "19-ECP256", "20-ECP384", "21-ECP521", "28-ECP256BP", "29-ECP384BP", "30-ECP512BP"];

/// Returns the proposal of a phase in the syntax of strongSwan. Only algorithms that were seen in an established connection
/// are accepted.
fn proposal(phase: &str, cipher: Option<&str>, integrity: Option<&str>, group: Option<&str>) -> Result<String, String> {
    let keyword = |name: &str, known: &[&str], value: Option<&str>| match value {
        None => Err(format!("tunnel: {phase}.{name} must be set: this program does not guess it")),
        // `16-MODP4096` is `modp4096`, `AES256-GCM-16` is `aes256gcm16`.
        Some(value) if known.contains(&value) => {
            Ok(value.trim_start_matches(|it: char| it.is_ascii_digit()).replace('-', "").to_lowercase())
        }
        Some(value) => Err(format!("tunnel: {phase}.{name} is {value:?}, for which no strongSwan keyword is known")),
    };
    let cipher = keyword("encryptionAlgorithm", &CIPHERS, cipher)?;
    let integrity = keyword("integrityAlgorithm", &INTEGRITY, integrity)?;
    let group = keyword("diffieHellmanGroup", &GROUPS, group)?;
    // GCM and CCM check the integrity by themselves. Which PRF the gateway pairs with them is not documented.
    let is_aead = cipher.contains("gcm") || cipher.contains("ccm");
    let middle = match (phase, is_aead) {
        ("ike", true) => {
            let others = ["prfsha256", "prfsha384", "prfsha512"].into_iter().filter(|it| !it.ends_with(&integrity));
            format!("-prf{integrity}-{}", others.collect::<Vec<_>>().join("-"))
        }
        ("ike", false) => format!("-{integrity}-prf{integrity}"),
        (_, true) => String::new(),
        (_, false) => format!("-{integrity}"),
    };
    Ok(format!("{cipher}{middle}-{group}"))
}
