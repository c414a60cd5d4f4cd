//! The client: one constructor for each kind of resource, and `call` for any other operation.

use std::sync::Arc;

use uuid::Uuid;

use crate::call::{self, Core};
use crate::error::Error;
use crate::model::generated::{self, ResponseValue, types};
use crate::resources::Resources;

/// A client of the VPN Gateway API in one region. Create one client at the start of a program. It is cheap to clone.
/// Clones share connections, the retry budget, the pace and the token.
///
/// ```
/// use ionos_vpn::{Client, Region};
///
/// let client = Client::builder().region(Region::EsVit).token("eyJ0eXAiOiJKV1Qi").build()?;
/// assert_eq!(client.base_url(), "https://vpn.es-vit.ionos.com");
/// # Ok::<_, ionos_vpn::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    core: Arc<Core>,
}

impl Client {
    pub(crate) fn new(core: Core) -> Self {
        Self { core: Arc::new(core) }
    }

    // One constructor for each kind of resource. It takes the id of the parent if the kind has one.

    /// Returns the operations on IPSec gateways.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, id, .. }| {
    /// use ionos_vpn::{Connection, IpSecGateway};
    ///
    /// let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
    /// client.ipsec_gateways().ensure(id, &gateway).await?;
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn ipsec_gateways(&self) -> Resources<types::IpSecGateway> {
        Resources::new(Arc::clone(&self.core), [])
    }

    /// Returns the operations on the IPSec tunnels of a gateway.
    ///
    /// An `AVAILABLE` tunnel is configured, but may not be connected. The API does not show whether it is connected.
    /// Every write needs the pre-shared key, which the server does not return.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, id: gateway_id, gateway, .. }| {
    /// # client.ipsec_gateways().ensure(gateway_id, &gateway).await?;
    /// use ionos_vpn::{EspEncryption, IkeEncryption, IpSecPsk, IpSecTunnel, IpSecTunnelAuth, TunnelAuthMethod};
    ///
    /// let key = IpSecPsk::builder().key("X2wosbaw74M8hQGbK3jCCaEusR6CCFRa").build();
    /// let tunnel = IpSecTunnel::builder()
    ///     .name("site A")
    ///     .remote_host("vpn.mycompany.com")
    ///     .auth(IpSecTunnelAuth::builder().method(TunnelAuthMethod::Psk).psk(key).build())
    ///     .ike(IkeEncryption::builder().build())
    ///     .esp(EspEncryption::builder().build())
    ///     .cloud_network_cidrs(vec!["192.168.1.0/24".into()])
    ///     .peer_network_cidrs(vec!["10.0.0.0/16".into()])
    ///     .build();
    /// let tunnels = client.ipsec_tunnels(gateway_id);
    /// let ensured = tunnels.ensure(uuid::Uuid::new_v4(), &tunnel).await?;
    /// tunnels.wait_until_available(&ensured).await?;
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn ipsec_tunnels(&self, gateway_id: Uuid) -> Resources<types::IpSecTunnel> {
        Resources::new(Arc::clone(&self.core), [gateway_id])
    }

    /// Returns the operations on WireGuard gateways. Every write needs the private key, which the server does not return.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, .. }| {
    /// use ionos_vpn::{Connection, WireguardGateway};
    ///
    /// let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// let gateway = WireguardGateway::builder()
    ///     .name("wg")
    ///     .gateway_ip("81.173.1.2")
    ///     .interface_ipv4_cidr("172.17.0.1/24")
    ///     .connections(vec![connection])
    ///     .private_key("0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=")
    ///     .build();
    /// client.wireguard_gateways().ensure(uuid::Uuid::new_v4(), &gateway).await?;
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn wireguard_gateways(&self) -> Resources<types::WireguardGateway> {
        Resources::new(Arc::clone(&self.core), [])
    }

    /// Returns the operations on the peers of a WireGuard gateway.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, id: gateway_id, wireguard, .. }| {
    /// # client.wireguard_gateways().ensure(gateway_id, &wireguard).await?;
    /// use ionos_vpn::WireguardPeer;
    ///
    /// let peer = WireguardPeer::builder()
    ///     .name("laptop")
    ///     .public_key("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI=")
    ///     .allowed_ips(vec!["172.17.0.2/32".into()])
    ///     .build();
    /// client.wireguard_peers(gateway_id).ensure(uuid::Uuid::new_v4(), &peer).await?;
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn wireguard_peers(&self, gateway_id: Uuid) -> Resources<types::WireguardPeer> {
        Resources::new(Arc::clone(&self.core), [gateway_id])
    }

    /// Returns the base URL, without a trailing slash.
    ///
    /// See [`ClientBuilder::base_url`](crate::ClientBuilder::base_url) for an example.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.core.base_url()
    }

    /// Calls an operation of the API, with the retries, limits and errors of this crate. Use it for an operation that
    /// [`Resources`] does not have.
    ///
    /// The closure gets the generated client (`RawApi`), whose methods are named after the operationIds:
    /// `ipsecgatewaysFindById` is `ipsecgateways_find_by_id`. It must call one operation; a second call fails. The body
    /// is not validated; see [`Validate`](crate::Validate).
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, gateways, id, gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// let gateway = client.call(|api| async move { api.ipsecgateways_find_by_id(&id).await }).await?;
    /// println!("{} {}", gateway.status(), gateway.properties.name);
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// Any error of a call; see [`ErrorKind`](crate::ErrorKind). [`Configuration`](crate::ErrorKind::Configuration) if
    /// the closure called a second operation; then [`Error::may_have_been_applied`] says whether the first operation
    /// was a write.
    pub async fn call<T, E, F, Fut>(&self, operation: F) -> Result<ResponseValue<T>, Error>
    where
        F: FnOnce(generated::RawApi) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, generated::RawError<E>>>,
    {
        call::dispatch(&self.core, &Arc::default(), None, true, operation).await.map(|completed| completed.value)
    }
}
