//! The client: one constructor for each kind of resource, and `call` for any other operation.

use std::sync::Arc;
use std::time::Duration;

use http::Method;
use serde_json::Value;
use uuid::Uuid;

use crate::call::Core;
use crate::call::options::CallOptions;
use crate::call::raw_api::{RawApi, RawError, ResponseValue};
use crate::call::response::Secrets;
use crate::error::{Error, Subject};
use crate::model::generated::types;
use crate::model::kind::Resource;
use crate::model::path::ResourceRef;
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

    /// Returns the operations on the resources of any kind. `parents` are the ids of the resources that they belong to: `[]` for
    /// a gateway, `[gateway_id]` for a tunnel or a peer. The constructors below are shorter if the kind is known.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, id: gateway_id, gateway, .. }| {
    /// # client.ipsec_gateways().ensure(gateway_id, &gateway).await?;
    /// use futures_util::TryStreamExt;
    /// use ionos_vpn::{Client, Error, IpSecTunnel, Resource};
    ///
    /// async fn count<R: Resource>(client: &Client, parents: R::Parents) -> Result<usize, Error> {
    ///     client.resources::<R>(parents).list().try_fold(0, |count, _| async move { Ok(count + 1) }).await
    /// }
    /// assert_eq!(count::<IpSecTunnel>(&client, [gateway_id]).await?, 0);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn resources<R: Resource>(&self, parents: R::Parents) -> Resources<R> {
        Resources::new(Arc::clone(&self.core), parents)
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
        self.resources([])
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
        self.resources([gateway_id])
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
        self.resources([])
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
        self.resources([gateway_id])
    }

    /// Returns the base URL, without a trailing slash.
    ///
    /// See [`ClientBuilder::base_url`](crate::ClientBuilder::base_url) for an example.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.core.base_url()
    }

    /// Sends a request to any path of the API and returns the response as JSON, with the retries, limits and errors of this
    /// crate. Use it for what neither [`Resources`] nor [`Client::call`] can do, such as a field of an unexpected type.
    ///
    /// The path starts with one slash, may have a query, and is appended to the base URL. A response without a body is
    /// [`Value::Null`]. GET, PUT and DELETE are repeated as described in the [guide](crate::guide#retries-and-pacing), every
    /// other method as POST. The body is not validated. Errors do not show the body of a response if the path belongs to a
    /// kind of resource with secrets, or to no kind.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, gateways, id, gateway, .. }| {
    /// # gateways.ensure(id, &gateway).await?;
    /// use ionos_vpn::http::Method;
    ///
    /// let page = client.request(Method::GET, "/ipsecgateways?limit=1", None).await?;
    /// assert_eq!(page.body()["items"][0]["properties"]["name"], "a");
    /// # Ok(()) });
    /// ```
    ///
    /// **Cancellation.** Dropping the future does not undo a write, which may have been sent; see the
    /// [guide](crate::guide#cancellation).
    ///
    /// # Errors
    /// Any error of a call; see [`ErrorKind`](crate::ErrorKind). [`Configuration`](crate::ErrorKind::Configuration) if the
    /// path does not start with one slash or leaves the base URL; [`UnusableResponse`](crate::ErrorKind::UnusableResponse)
    /// if the body of a successful response is not JSON.
    pub async fn request(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<http::Response<Value>, Error> {
        let (path, query) = path.split_once('?').map_or((path, None), |(path, query)| (path, Some(query)));
        let resource = ResourceRef::from_path(path);
        let kind = resource.as_ref().map(ResourceRef::facts);
        let subject = Subject { verb: None, operation: operation(&method, resource.as_ref()), resource };
        if !is_plain(path) {
            let message = "the path must start with one slash, and have no `..` and no fragment";
            return Err(Error::configuration(message).about(&subject));
        }
        let secrets = Secrets::of(kind.map(|kind| kind.ensure), body);
        let request = self.core.request(method, path, query, body).map_err(|error| error.about(&subject))?;
        let response = self.core.send(&CallOptions::default(), &subject, request, secrets).await?;
        let value = if response.body.is_empty() { Value::Null } else { response.json("JSON")? };
        let mut whole = http::Response::new(value);
        (*whole.status_mut(), *whole.headers_mut()) = (response.status, response.headers);
        Ok(whole)
    }

    /// Returns what the client and its clones are doing now, for metrics.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { client, .. }| {
    /// let load = client.load();
    /// assert_eq!((load.in_flight, load.waiting, load.rate, load.paused_for), (0, 0, None, None));
    /// assert_eq!(load.retry_budget, 500);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn load(&self) -> Load {
        let pace = &self.core.pace;
        Load {
            in_flight: pace.in_flight(),
            waiting: pace.waiting(),
            rate: pace.rate(),
            paused_for: pace.pause(),
            retry_budget: self.core.budget.remaining(),
        }
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
        F: FnOnce(RawApi) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, RawError<E>>>,
    {
        self.core.run(operation).await
    }
}

/// What a client and its clones are doing at one moment. Returned by [`Client::load`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Load {
    /// How many requests were sent and have no result yet.
    pub in_flight: usize,
    /// How many requests wait for the pace. Requests that wait for [`max_in_flight`](crate::ClientBuilder::max_in_flight) are
    /// not counted.
    pub waiting: usize,
    /// The present limit in requests per second; `None` if there is none.
    pub rate: Option<f64>,
    /// How long the client still waits because the server limits the rate; `None` if it does not.
    pub paused_for: Option<Duration>,
    /// What is left of the [retry budget](crate::RetryBudget).
    pub retry_budget: u32,
}

/// Returns `true` for a path that stays below the base URL when it is appended to it.
fn is_plain(path: &str) -> bool {
    let decoded = path.to_ascii_lowercase().replace("%2e", ".");
    let leaves_folder = decoded.split('/').any(|segment| matches!(segment, "." | ".."));
    let is_refused = |letter: char| matches!(letter, '\\' | '#') || letter.is_control();
    path.starts_with('/') && !path.starts_with("//") && !path.contains(is_refused) && !leaves_folder
}

/// Returns the operationId for a request to a resource or a collection; empty if the document has no such operation.
fn operation(method: &Method, resource: Option<&ResourceRef>) -> &'static str {
    let Some(resource) = resource else { return "" };
    let operations = &resource.facts().operations;
    match (method, resource.id().is_some()) {
        (&Method::PUT, true) => operations.ensure,
        (&Method::GET, true) => operations.get,
        (&Method::DELETE, true) => operations.delete,
        (&Method::GET, false) => operations.list,
        (&Method::POST, false) => operations.create,
        _ => "",
    }
}
