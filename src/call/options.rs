//! Settings for the calls of one handle.

use std::fmt;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use super::Core;
use super::headers::Headers;
use super::retry::RetryPolicy;
use crate::error::Error;

/// Settings for the calls of one handle. If a setting is left out, the setting of the client is used. Connections, the
/// retry budget, the pace and the token are always shared with the client.
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::{CallOptions, Client, RetryPolicy};
/// # fn example(client: &Client) {
/// // For a request handler that must answer quickly.
/// let options = CallOptions::default().total_timeout(Duration::from_secs(5)).retry(RetryPolicy::default().max_attempts(3));
/// let gateways = client.ipsec_gateways().with_options(options);
/// # }
/// ```
#[derive(Clone)]
pub struct CallOptions {
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
    headers: Result<Headers, Error>,
}

impl Default for CallOptions {
    fn default() -> Self {
        Self { attempt_timeout: None, total_timeout: None, retry: None, headers: Ok(Headers::default()) }
    }
}

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { attempt_timeout, total_timeout, retry, headers: _ } = self;
        f.debug_struct("CallOptions")
            .field("attempt_timeout", attempt_timeout)
            .field("total_timeout", total_timeout)
            .field("retry", retry)
            .finish_non_exhaustive()
    }
}

impl CallOptions {
    /// Sets the timeout for one request, from connecting to the end of the response body. Default:
    /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout). If it is shorter than the
    /// [connect timeout](crate::ClientBuilder::connect_timeout), which belongs to the client, the call cannot tell a slow
    /// connection from a slow response: a write that times out counts as possibly applied.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the timeout for a call, from fetching the token to the last attempt, delays included. Default:
    /// [`ClientBuilder::total_timeout`](crate::ClientBuilder::total_timeout). In an operation that makes several calls
    /// (a list, `modify`, `reconcile`, a wait), the timeout applies to each call.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets how often and how fast a call is retried. Default: [`ClientBuilder::retry`](crate::ClientBuilder::retry).
    /// The [budget](RetryPolicy::budget) of the policy has no effect, because the budget of the client is used.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header to each request. If the client has a default header with the same name, this header replaces it. The
    /// rules of [`ClientBuilder::default_header`](crate::ClientBuilder::default_header) apply. If the header breaks them,
    /// each call of the handle fails before anything is sent.
    ///
    /// ```
    /// # mod setup { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/guide/setup.rs")); }
    /// # setup::run(async |setup::Setup { sandbox, id, .. }| {
    /// # use ionos_vpn::{CallOptions, ErrorKind};
    /// # let id = uuid::Uuid::nil();
    /// let gateways = sandbox.client().ipsec_gateways();
    /// let of_contract = gateways.clone().with_options(CallOptions::default().header("X-Contract-Number", "31960002"));
    /// assert!(of_contract.get(id).await.unwrap_err().is_not_found());
    ///
    /// let refused = gateways.with_options(CallOptions::default().header("Host", "elsewhere.example"));
    /// assert_eq!(refused.get(id).await.unwrap_err().kind(), ErrorKind::Configuration);
    /// # Ok(()) });
    /// ```
    #[must_use]
    pub fn header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        self.headers = self.headers.and_then(|mut headers| headers.set(name, value).map(|()| headers));
        self
    }

    /// Refuses a header that breaks the rules.
    pub(super) fn check_headers(&self) -> Result<(), Error> {
        self.headers.as_ref().map(drop).map_err(Error::clone)
    }

    /// Returns the settings of a call.
    pub(super) fn settings<'a>(&'a self, core: &'a Core) -> Settings<'a> {
        Settings {
            attempt_timeout: self.attempt_timeout.unwrap_or(core.attempt_timeout),
            total_timeout: self.total_timeout.unwrap_or(core.total_timeout),
            retry: self.retry.as_ref().unwrap_or(&core.retry),
            headers: [Some(&core.headers), self.headers.as_ref().ok()],
        }
    }
}

/// The settings of one call: its options, else the settings of the client.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) attempt_timeout: Duration,
    pub(super) total_timeout: Duration,
    pub(super) retry: &'a RetryPolicy,
    /// The headers of the client and of the options.
    pub(super) headers: [Option<&'a Headers>; 2],
}
