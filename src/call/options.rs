//! Settings for some calls only.

use std::time::Duration;

use super::Core;
use super::retry::RetryPolicy;

/// Settings for the calls of one handle. What is not set is as the client has it. Connections, the retry budget, the pace and
/// the token stay those of the client.
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::{CallOptions, Client, RetryPolicy};
/// # fn example(client: &Client) {
/// // For a request handler that must answer soon.
/// let options = CallOptions::default().total_timeout(Duration::from_secs(5)).retry(RetryPolicy::default().max_attempts(3));
/// let gateways = client.ipsec_gateways().with_options(options);
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct CallOptions {
    attempt_timeout: Option<Duration>,
    total_timeout: Option<Duration>,
    retry: Option<RetryPolicy>,
}

impl CallOptions {
    /// Sets the time for one request, from connecting to the end of the response body. Default: as
    /// [`ClientBuilder::attempt_timeout`](crate::ClientBuilder::attempt_timeout) says.
    #[must_use]
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the time for a call, from fetching the token to the last attempt, delays included. Default: as
    /// [`ClientBuilder::total_timeout`](crate::ClientBuilder::total_timeout) says. In an operation of several calls (a list, `modify`,
    /// `reconcile`, a wait) it is for each of them.
    #[must_use]
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = Some(timeout);
        self
    }

    /// Sets how often and how fast a call is tried again. Default: as [`ClientBuilder::retry`](crate::ClientBuilder::retry) says.
    /// The [budget](RetryPolicy::budget) of the policy has no effect: that of the client is shared.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Returns the settings of a call.
    pub(super) fn settings<'a>(&'a self, core: &'a Core) -> Settings<'a> {
        Settings {
            attempt_timeout: self.attempt_timeout.unwrap_or(core.attempt_timeout),
            total_timeout: self.total_timeout.unwrap_or(core.total_timeout),
            retry: self.retry.as_ref().unwrap_or(&core.retry),
        }
    }
}

/// The settings of one call: those of its options, else those of the client.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a> {
    pub(super) attempt_timeout: Duration,
    pub(super) total_timeout: Duration,
    pub(super) retry: &'a RetryPolicy,
}
