//! An in-memory VPN Gateway API on loopback, for tests and examples.
//!
//! **It follows our reading of the API, not the vendor's code.** It implements the kinds of resources in the document
//! in `spec/`, and has never been compared with the real service. A test against it shows that a program uses the API
//! as documented. The sandbox does not imitate the real service's handling of addresses, quotas, permissions or
//! provisioning times. Deleting a gateway also deletes its tunnels or peers (our choice).
//!
//! # A test
//!
//! ```toml
//! [dev-dependencies]
//! ionos-vpn = { version = "0.1", features = ["sandbox"] }
//! tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
//! uuid = "1"
//! ```
//!
//! ```
//! use ionos_vpn::sandbox::Fault;
//! use ionos_vpn::{Advice, Connection, Error, ErrorKind, IpSecGateway, Resources, Sandbox, Status};
//! use uuid::Uuid;
//!
//! /// The function that is tested.
//! async fn rename(gateways: &Resources<IpSecGateway>, id: Uuid, name: &str) -> Result<(), Error> {
//!     let renamed = gateways.modify(id, |gateway| gateway.name = name.into()).await?;
//!     gateways.wait_until_available(&renamed).await.map(drop)
//! }
//!
//! # /*
//! #[tokio::test]
//! # */
//! async fn a_gateway_is_renamed_and_a_failed_one_is_reported() -> Result<(), Box<dyn std::error::Error>> {
//!     let sandbox = Sandbox::start().await?;
//!     let gateways = sandbox.client().ipsec_gateways();
//!     let connection = Connection::new(Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
//!     let gateway = IpSecGateway::builder().name("a").gateway_ip("81.173.1.2").connections(vec![connection]).build();
//!     let (id, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
//!     gateways.ensure(id, &gateway).await?;
//!     gateways.ensure(other, &gateway).await?;
//!
//!     // Faults for this gateway only. With the second fault, the response of a write is lost.
//!     sandbox.fail_next_for(id, [Fault::Status(503), Fault::Reset]);
//!     rename(&gateways, other, "b").await?;
//!     rename(&gateways, id, "c").await?;
//!     let faults = sandbox.requests().iter().filter(|request| request.fault.is_some()).count();
//!     assert_eq!(faults, 2);
//!
//!     // The gateway fails.
//!     assert!(sandbox.set_status(id, Status::Failed, "no address left"));
//!     let error = gateways.wait_until_available(id).await.unwrap_err();
//!     assert_eq!((error.kind(), error.advice()), (ErrorKind::ResourceFailed, Advice::Alert));
//!     assert!(error.to_string().contains("no address left"));
//!
//!     // An error that the sandbox cannot cause, to test code that handles errors.
//!     let error = Error::for_test(ErrorKind::Tls).build();
//!     assert_eq!(error.advice(), Advice::Alert);
//!     Ok(())
//! }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! #     tokio::runtime::Runtime::new()?.block_on(a_gateway_is_renamed_and_a_failed_one_is_reported())
//! # }
//! ```

pub(crate) mod server;
pub(crate) mod store;

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use std::{fmt, io};

use axum::Router;
use http::Method;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::{Client, Status};
use server::Api;
use store::{FaultTarget, Store, authorization, locate};

/// A fault that the sandbox injects.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Answers with this status; the request is not processed.
    Status(u16),
    /// Answers 429 with `Retry-After`, in seconds; the request is not processed.
    RateLimited(u32),
    /// Processes the request and closes the connection instead of answering.
    Reset,
    /// Processes the request and closes the connection in the middle of the response.
    CutBody,
}

/// A request that the sandbox has received. Headers are not kept.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SeenRequest {
    /// The time at which it was received. If tokio's clock is paused, the time of that clock.
    pub at: Instant,
    /// The method.
    pub method: Method,
    /// The path, with its query.
    pub path: String,
    /// The body, with `***` for secrets; `null` if there was none, or if it was not JSON.
    pub body: Value,
    /// The fault that was injected, if any.
    pub fault: Option<Fault>,
    /// Whether the request had the right token. If not, the sandbox answered 401, unless a fault set another status.
    pub token_accepted: bool,
}

/// A running sandbox; it stops when this is dropped.
///
/// ```
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// use ionos_vpn::Sandbox;
///
/// let sandbox = Sandbox::start().await?;
/// let gateways = sandbox.client().ipsec_gateways();
/// assert!(gateways.get(uuid::Uuid::nil()).await.unwrap_err().is_not_found());
/// assert_eq!(sandbox.requests().len(), 1);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Sandbox {
    api: Arc<Api>,
    base_url: String,
    client: Client,
    server: JoinHandle<io::Result<()>>,
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

#[bon::bon]
impl Sandbox {
    /// Starts a sandbox with the defaults of [`Sandbox::builder`].
    ///
    /// # Errors
    /// If no port is free on loopback.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Starts a sandbox with settings other than the defaults.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use std::time::Duration;
    /// use ionos_vpn::Sandbox;
    ///
    /// let sandbox = Sandbox::builder()
    ///     .token("secret")
    ///     .provisioning(Duration::from_millis(10))
    ///     .fault_rate(0.1)
    ///     .seed(7)
    ///     .start()
    ///     .await?;
    /// assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
    /// # Ok::<_, std::io::Error>(())
    /// # })?;
    /// # Ok::<_, std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// If the port is taken, or the token cannot be sent in a header.
    #[builder(finish_fn = start)]
    pub async fn builder(
        /// The port on loopback. Default 0: any free port.
        #[builder(default)]
        port: u16,
        /// The token that requests must carry. Default `sandbox`.
        #[builder(into, default = "sandbox")]
        token: String,
        /// How long a resource is `PROVISIONING` after a write, and `DESTROYING` before it is gone. Default 100 ms.
        #[builder(default = Duration::from_millis(100))]
        provisioning: Duration,
        /// How long the sandbox waits before it processes a request. If the client gives up earlier, nothing is changed. To
        /// let the sandbox process a request but lose its response, use [`Fault::Reset`]. Default 0. With a latency,
        /// requests overlap as on a real server; see [`Sandbox::peak_in_flight`].
        #[builder(default)]
        latency: Duration,
        /// The fraction of the requests, from 0 to 1, that get a fault: 503, 429 with `Retry-After: 0`, reset or cut
        /// body, in equal parts. Default 0.
        #[builder(default)]
        fault_rate: f64,
        /// The seed of the random faults and of the ids of resources that are created. The same seed gives the same faults
        /// and ids in the same order. Default 0.
        #[builder(default)]
        seed: u64,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let client = Client::builder().base_url(&base_url).token(&token).build().map_err(io::Error::other)?;
        let store = Store::new(&token, provisioning, fault_rate, seed);
        let api = Arc::new(Api { latency, store: Mutex::new(store) });
        let app = Router::new().fallback(server::handle).with_state(Arc::clone(&api));
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { api, base_url, client, server })
    }

    /// Returns a client of this sandbox, with the defaults of [`Client::builder`] and the token that the sandbox was started
    /// with.
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Returns the base URL of the sandbox, such as `http://127.0.0.1:34567`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Injects these faults into the next requests, in this order, one for each request to any resource. Which of several
    /// concurrent requests gets a fault is not determined; see [`Sandbox::fail_next_for`].
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// use ionos_vpn::sandbox::Fault;
    ///
    /// sandbox.fail_next([Fault::Status(503), Fault::Reset]);
    /// let ensured = gateways.ensure(id, &gateway).await?;
    /// assert_eq!(ensured.attempts, 3);
    /// # Ok(()) });
    /// ```
    pub fn fail_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.api.store().faults.extend(faults);
    }

    /// Injects these faults into the next requests to one place, in this order. Other requests are not affected.
    ///
    /// The place is the id of a resource of any kind, the path of a resource, or the path of a collection, such as
    /// `/ipsecgateways` for its lists and creates. A path that the API does not have is ignored.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// use ionos_vpn::sandbox::Fault;
    ///
    /// sandbox.fail_next_for(id, [Fault::Status(500)]);
    /// sandbox.fail_next_for("/ipsecgateways", [Fault::Status(403)]);
    /// assert_eq!(gateways.ensure(id, &gateway).await.unwrap_err().status().unwrap(), 500);
    /// assert!(gateways.create(&gateway).await.unwrap_err().is_forbidden());
    /// # Ok(()) });
    /// ```
    pub fn fail_next_for(&self, place: impl fmt::Display, faults: impl IntoIterator<Item = Fault>) {
        if let Some(place) = FaultTarget::parse(&place.to_string()) {
            self.api.store().faults_for.push((place, faults.into_iter().collect()));
        }
    }

    /// Sets the status and the `statusMessage` of a resource; an empty message becomes `null`. The resource keeps them until it
    /// is written or deleted. The place is the id of a resource of any kind, or its path. Returns `false` if the resource does
    /// not exist.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// use ionos_vpn::{Action, Status};
    ///
    /// gateways.ensure(id, &gateway).await?;
    /// assert!(sandbox.set_status(id, Status::Failed, "no address left"));
    /// assert_eq!(gateways.plan(id, &gateway).await?.action, Action::Repair);
    /// # Ok(()) });
    /// ```
    pub fn set_status(&self, place: impl fmt::Display, status: impl Into<Status>, message: &str) -> bool {
        let status = status.into();
        FaultTarget::parse(&place.to_string())
            .is_some_and(|place| self.api.store().set_status(&place, &status, message))
    }

    /// Changes the token that requests must carry from now on. A request with the old token gets a 401. This includes
    /// requests of clients from [`Sandbox::client`]. To test a rotation, create a client with a token provider or a
    /// token file.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, id, .. }| {
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use std::sync::Arc;
    /// use ionos_vpn::Client;
    ///
    /// let is_rotated = Arc::new(AtomicBool::new(false));
    /// let flag = Arc::clone(&is_rotated);
    /// let provider = move || {
    ///     let token = if flag.load(Ordering::SeqCst) { "new" } else { "sandbox" };
    ///     async move { Ok::<_, std::io::Error>(token.to_owned()) }
    /// };
    /// let client = Client::builder().base_url(sandbox.base_url()).token_provider(provider).build()?;
    /// assert!(client.ipsec_gateways().get(id).await.unwrap_err().is_not_found());
    ///
    /// sandbox.set_token("new");
    /// is_rotated.store(true, Ordering::SeqCst);
    /// assert!(client.ipsec_gateways().get(id).await.unwrap_err().is_not_found());
    /// assert_eq!(sandbox.requests().iter().filter(|request| !request.token_accepted).count(), 1);
    /// # Ok(()) });
    /// ```
    pub fn set_token(&self, token: &str) {
        self.api.store().authorization = authorization(token);
    }

    /// Limits the rate of requests from now on: `requests_per_second` on average, and `burst` at once. A request above
    /// the limit is not processed and gets a 429 with `Retry-After`, in whole seconds. With 0 requests per second, none
    /// is accepted after the first `burst`.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, .. }| {
    /// use std::time::Duration;
    /// use ionos_vpn::CallOptions;
    ///
    /// sandbox.rate_limit(1, 1);
    /// let short = gateways.with_options(CallOptions::default().total_timeout(Duration::from_millis(500)));
    /// assert!(short.get(id).await.unwrap_err().is_not_found());
    /// assert!(short.get(id).await.unwrap_err().is_rate_limited());
    /// # Ok(()) });
    /// ```
    pub fn rate_limit(&self, requests_per_second: u32, burst: u32) {
        self.api.store().limit_rate(requests_per_second, burst);
    }

    /// Inserts a resource as the server would show it: the JSON of a response to `GET`, with `id`, `metadata` (with a
    /// `status`) and `properties`. Nothing is checked or filled in, so it may have unknown fields, unexpected values
    /// and missing parts.
    ///
    /// The resource does not change until it is written or deleted, or [`Sandbox::set_status`] is called. A
    /// `PROVISIONING` resource does not become `AVAILABLE`.
    ///
    /// The place is a path ([`ResourcePath`](crate::ResourcePath) or text) or an id; an id alone means the first kind of the
    /// document, an IPSec gateway. A path that the API does not have is ignored.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// let properties = serde_json::to_value(&gateway)?;
    /// let resource = serde_json::json!({"id": id, "metadata": {"status": "SUSPENDED"}, "properties": properties});
    /// sandbox.insert_raw(id, resource.clone());
    /// assert_eq!(gateways.get(id).await?.status().as_str(), "SUSPENDED");
    /// assert_eq!(sandbox.get_raw(id), Some(resource));
    /// # Ok(()) });
    /// ```
    pub fn insert_raw(&self, place: impl fmt::Display, resource: Value) {
        if let Some(location) = locate(&place.to_string()) {
            self.api.store().insert(&location, resource);
        }
    }

    /// Returns a resource as the server would return it. The place has the same form as in [`Sandbox::insert_raw`].
    #[must_use]
    pub fn get_raw(&self, place: impl fmt::Display) -> Option<Value> {
        self.api.store().get(&locate(&place.to_string())?).cloned()
    }

    /// Returns the highest number of requests in flight at the same time so far. A request is in flight from the arrival of its
    /// headers until its response. The sandbox answers at once, so start it with a `latency` to see requests overlap.
    ///
    /// ```
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// use std::time::Duration;
    /// use ionos_vpn::{Client, Sandbox};
    ///
    /// let sandbox = Sandbox::builder().latency(Duration::from_millis(50)).start().await?;
    /// let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").max_in_flight(1).build()?;
    /// let gateways = client.ipsec_gateways();
    /// let _ = tokio::join!(gateways.get(uuid::Uuid::nil()), gateways.get(uuid::Uuid::nil()));
    /// assert_eq!(sandbox.peak_in_flight(), 1);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn peak_in_flight(&self) -> usize {
        self.api.store().peak_in_flight
    }

    /// Returns the requests received so far, oldest first. Only the last 20,000 are kept.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, gateways, id, gateway, .. }| {
    /// gateways.ensure(id, &gateway).await?;
    /// let requests = sandbox.requests();
    /// assert_eq!((requests[0].method.as_str(), requests[0].path.as_str()), ("PUT", &*format!("/ipsecgateways/{id}")));
    /// assert_eq!(requests[0].body["properties"]["name"], "a");
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.api.store().log.iter().cloned().collect()
    }
}
