//! An in-memory VPN Gateway API on loopback, for tests and examples.
//!
//! **It is our reading of the API, not the vendor's**: it serves the kinds of resources that the document in `spec/` describes,
//! and was never compared with the real service. It shows that a program speaks the documented API. It knows nothing of what
//! the real service does with addresses, quotas, rights or time. Deleting a resource deletes what is below it (our choice).

mod server;
mod store;

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{fmt, io};

use axum::Router;
use http::Method;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::Client;
use server::Api;
use store::{Location, Store};

/// A fault that the sandbox injects.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// Answers with this status; the request is not acted on.
    Status(u16),
    /// Answers 429 with `Retry-After`, in seconds; the request is not acted on.
    RateLimited(u32),
    /// Acts on the request and closes the connection instead of answering.
    Reset,
    /// Acts on the request and closes the connection in the middle of the response.
    CutBody,
}

/// A request that the sandbox has received. Headers are not kept.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SeenRequest {
    /// The method.
    pub method: Method,
    /// The path, with its query.
    pub path: String,
    /// The body, with `***` for secrets; `null` if there was none, or none that is JSON.
    pub body: Value,
    /// The fault that was injected, if any.
    pub fault: Option<Fault>,
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

    /// Starts a sandbox with settings other than the defaults: `Sandbox::builder().port(8080).start().await?`.
    ///
    /// # Errors
    /// If the port is taken, or the token cannot be sent in a header.
    #[builder(finish_fn = start)]
    pub async fn builder(
        /// The port on loopback. Default 0: any that is free.
        #[builder(default)]
        port: u16,
        /// The token that requests must carry. Default `sandbox`.
        #[builder(into, default = "sandbox")]
        token: String,
        /// How long a resource is `PROVISIONING` after a write, and `DESTROYING` before it is gone. Default 100 ms.
        #[builder(default = Duration::from_millis(100))]
        provisioning: Duration,
        /// The part of the requests, between 0 and 1, that meet a fault: 503, 429 with `Retry-After: 0`, reset or cut body,
        /// in equal parts. Default 0.
        #[builder(default)]
        fault_rate: f64,
        /// The seed of the faults: the same seed gives them in the same order. Default 0.
        #[builder(default)]
        seed: u64,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let base_url = format!("http://{}", listener.local_addr()?);
        let client = Client::builder().base_url(&base_url).token(&token).build().map_err(io::Error::other)?;
        let store = Store::new(provisioning, fault_rate, seed);
        let api = Arc::new(Api { authorization: format!("Bearer {token}"), store: Mutex::new(store) });
        let app = Router::new().fallback(server::handle).with_state(Arc::clone(&api));
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(Self { api, base_url, client, server })
    }

    /// Returns a client of this sandbox, with the defaults of [`Client::builder`].
    #[must_use]
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// Returns the base URL of the sandbox, such as `http://127.0.0.1:34567`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Makes the next requests meet these faults, in this order.
    pub fn fail_next(&self, faults: impl IntoIterator<Item = Fault>) {
        self.api.store().faults.extend(faults);
    }

    /// Limits the rate of requests from now on: so many per second on average, and so many at once. Others are answered with
    /// 429 and `Retry-After`, in whole seconds, and are not acted on. 0 requests per second allow none once `burst` is used up.
    pub fn rate_limit(&self, requests_per_second: u32, burst: u32) {
        self.api.store().limit_rate(requests_per_second, burst);
    }

    /// Inserts a resource as the server would show it, whatever it holds: unknown fields, odd values, missing parts. It stays
    /// as it is until it is written or deleted.
    ///
    /// The place is a path ([`ResourcePath`](crate::ResourcePath) or text) or an id; an id alone means the first kind of the
    /// document, an IPSec gateway. A path that the API does not have is ignored.
    pub fn insert_raw(&self, place: impl fmt::Display, resource: Value) {
        if let Some(location) = Location::parse(&place.to_string()) {
            self.api.store().insert(&location, resource);
        }
    }

    /// Returns a resource as the server would show it. The place is given as to [`Sandbox::insert_raw`].
    #[must_use]
    pub fn get_raw(&self, place: impl fmt::Display) -> Option<Value> {
        self.api.store().get(&Location::parse(&place.to_string())?).cloned()
    }

    /// Returns the requests received so far, oldest first. Only the last 20,000 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<SeenRequest> {
        self.api.store().log.iter().cloned().collect()
    }
}
