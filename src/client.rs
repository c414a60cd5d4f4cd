//! The client: one constructor for each kind of resource, and the way to any other operation.

use std::sync::Arc;

use uuid::Uuid;

use crate::call::{self, Core};
use crate::error::Error;
use crate::model::generated::{self, ResponseValue, types};
use crate::resources::Resources;

/// A client of the VPN Gateway API in one region. Cheap to clone; clones share connections, the retry
/// budget, the pace and the token.
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

    // The kinds of resources: one constructor each, with the id of the parent where there is one.

    /// Returns the operations on IPSec gateways.
    #[must_use]
    pub fn ipsec_gateways(&self) -> Resources<types::IpSecGateway> {
        Resources::new(Arc::clone(&self.core), [])
    }

    /// Returns the operations on the IPSec tunnels of a gateway.
    ///
    /// `AVAILABLE` means that a tunnel is configured, not that it is connected: the API has no state of the connection.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use ionos_vpn::{EspEncryption, IkeEncryption, IpSecPsk, IpSecTunnel, IpSecTunnelAuth, TunnelAuthMethod};
    /// # use ionos_vpn::{Connection, IpSecGateway, Sandbox};
    /// # let (sandbox, gateway_id) = (Sandbox::start().await?, uuid::Uuid::new_v4());
    /// # let client = sandbox.client();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
    /// # client.ipsec_gateways().ensure(gateway_id, &gateway).await?;
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
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn ipsec_tunnels(&self, gateway_id: Uuid) -> Resources<types::IpSecTunnel> {
        Resources::new(Arc::clone(&self.core), [gateway_id])
    }

    /// Returns the operations on WireGuard gateways. Every write needs the private key, which the server does not return.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use ionos_vpn::{Connection, WireguardGateway};
    /// # let sandbox = ionos_vpn::Sandbox::start().await?;
    /// # let client = sandbox.client();
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
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn wireguard_gateways(&self) -> Resources<types::WireguardGateway> {
        Resources::new(Arc::clone(&self.core), [])
    }

    /// Returns the operations on the peers of a WireGuard gateway.
    ///
    /// ```
    /// # #[cfg(feature = "sandbox")]
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use ionos_vpn::WireguardPeer;
    /// # use ionos_vpn::{Connection, Sandbox, WireguardGateway};
    /// # let (sandbox, gateway_id) = (Sandbox::start().await?, uuid::Uuid::new_v4());
    /// # let client = sandbox.client();
    /// # let connection = Connection::new(uuid::Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    /// # let gateway = WireguardGateway::builder().name("wg").gateway_ip("81.173.1.2").connections(vec![connection]);
    /// # let gateway = gateway.interface_ipv4_cidr("172.17.0.1/24").private_key("0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=");
    /// # client.wireguard_gateways().ensure(gateway_id, &gateway.build()).await?;
    ///
    /// let peer = WireguardPeer::builder()
    ///     .name("laptop")
    ///     .public_key("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI=")
    ///     .allowed_ips(vec!["172.17.0.2/32".into()])
    ///     .build();
    /// client.wireguard_peers(gateway_id).ensure(uuid::Uuid::new_v4(), &peer).await?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn wireguard_peers(&self, gateway_id: Uuid) -> Resources<types::WireguardPeer> {
        Resources::new(Arc::clone(&self.core), [gateway_id])
    }

    /// Returns the URL that paths are joined to, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.core.base_url
    }

    /// Calls an operation of the API's document, with the retries, bounds and errors of this crate. Use it for operations
    /// that [`Resources`] does not cover.
    ///
    /// The closure gets the generated client (`RawApi`), whose methods are named after the operationIds: `ipsecgatewaysFindById` is
    /// `ipsecgateways_find_by_id`. It calls one operation; a second one is refused. The body is not validated; see
    /// [`Validate`](crate::Validate).
    ///
    /// ```
    /// # async fn example(client: &ionos_vpn::Client, id: uuid::Uuid) -> Result<(), ionos_vpn::Error> {
    /// let gateway = client.call(|api| async move { api.ipsecgateways_find_by_id(&id).await }).await?;
    /// println!("{} {}", gateway.status(), gateway.properties.name);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// As with the writes of [`Resources`], dropping the future does not undo what was sent.
    ///
    /// # Errors
    /// Those of the call: see [`ErrorKind`](crate::ErrorKind). [`Configuration`](crate::ErrorKind::Configuration) if the closure called a second operation; then
    /// [`Error::may_have_been_applied`] says whether the first one was a write.
    pub async fn call<T, E, F, Fut>(&self, operation: F) -> Result<ResponseValue<T>, Error>
    where
        F: FnOnce(generated::RawApi) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, generated::RawError<E>>>,
    {
        call::dispatch(&self.core, &Arc::default(), None, operation).await.map(|completed| completed.value)
    }
}
