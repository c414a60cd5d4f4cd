// What the examples in the documentation share: a sandbox, and a valid gateway. This file is no module of the crate; an example
// includes it in a hidden line, and runs inside the closure that it gives to `run`:
//
//     # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
//     # setup::run(async |setup::Setup { gateways, id, gateway, .. }| {
//     gateways.ensure(id, &gateway).await?;
//     # Ok(()) });

use std::error::Error;
use std::time::Duration;

use ionos_vpn::{Client, Connection, IpSecGateway, Resources, Sandbox, WireguardGateway};
use uuid::Uuid;

pub struct Setup {
    pub sandbox: Sandbox,
    pub client: Client,
    pub gateways: Resources<IpSecGateway>,
    /// An id that no resource has yet.
    pub id: Uuid,
    pub gateway: IpSecGateway,
    pub wireguard: WireguardGateway,
}

async fn start() -> Result<Setup, Box<dyn Error>> {
    let sandbox = Sandbox::builder().provisioning(Duration::from_millis(10)).start().await?;
    let connection = Connection::new(Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    let connections = vec![connection];
    let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(connections.clone()).build();
    let wireguard = WireguardGateway::builder().name("wg").gateway_ip("81.173.1.2").connections(connections);
    let wireguard = wireguard.interface_ipv4_cidr("172.17.0.1/24");
    let wireguard = wireguard.private_key("0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=").build();
    let client = sandbox.client();
    let gateways = client.ipsec_gateways();
    Ok(Setup { sandbox, client, gateways, id: Uuid::from_u128(1), gateway, wireguard })
}

/// Runs an example to its end. If the example returns an error, it fails.
pub fn run(example: impl AsyncFnOnce(Setup) -> Result<(), Box<dyn Error>>) {
    let result = tokio::runtime::Runtime::new().unwrap().block_on(async { example(start().await?).await });
    result.unwrap();
}
