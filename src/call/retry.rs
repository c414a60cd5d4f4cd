//! Decides whether and when to send a request again. This module is pure: it does not wait, send or read a clock.

use std::time::{Duration, SystemTime};

use http::Method;

use super::budget::{Budget, RetryBudget};
use super::pace::MAX_PAUSE;
use crate::error::{Event, Repeat, StopReason, repeat};

/// The retry policy of a client: how often and how fast a call is retried.
///
/// Whether a call is retried depends on the method and on the failure: GET, PUT and DELETE after a lost connection, a
/// timeout, 408, 429, 502, 503 and 504; GET also after 500; POST only if the server has certainly not acted on it (no
/// connection, 429, 503 with `Retry-After`, or HTTP/2 said so). The [guide](crate::guide#retries-and-pacing) has a table.
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::{Client, RetryPolicy};
/// let policy = RetryPolicy::default().max_attempts(6).base_delay(Duration::from_millis(200));
/// let builder = Client::builder().retry(policy);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    budget: RetryBudget,
}

impl RetryPolicy {
    /// Returns the policy without retries; a failed [`TokenProvider`](crate::TokenProvider) is not called again, either. After a
    /// 429, later calls still wait for the pace of the client. After a 401, the request is still sent once more with a new
    /// token.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets the maximum number of requests of a call, including the first one. Default 10; 0 means 1. A retry with a
    /// new token after a 401 counts, but is made even if the limit is reached.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the base of the exponential backoff. Default 500 ms. It is the *longest* delay before the second request,
    /// and doubles for each further one up to [`RetryPolicy::max_delay`]. The actual delay is a random value between
    /// zero and this maximum (full jitter). It is never shorter than the server's `Retry-After` (of which at most five minutes
    /// count). The pace of the client may make it longer.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum of the exponential backoff. Default 10 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the retry budget that the client and its clones share. Default [`RetryBudget::default`]. It belongs to the client: in
    /// a policy of [`CallOptions`](crate::CallOptions) it has no effect.
    #[must_use]
    pub fn budget(mut self, budget: RetryBudget) -> Self {
        self.budget = budget;
        self
    }

    /// Returns a budget with the settings of this policy.
    pub(crate) fn new_budget(&self) -> Budget {
        Budget::new(self.budget.clone())
    }

    pub(super) fn backoff(&self, attempt: u32, jitter: f64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        // A day is longer than any call, and does not overflow when it is multiplied.
        let limit = self.max_delay.min(Duration::from_secs(86_400));
        self.base_delay.saturating_mul(factor).min(limit).mul_f64(jitter.clamp(0.0, 1.0))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_attempts: 10,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(10),
            budget: RetryBudget::default(),
        }
    }
}

/// One attempt and the state of its call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Attempt<'a> {
    pub(crate) method: &'a Method,
    pub(crate) event: Event,
    pub(crate) retry_after: Option<Duration>,
    /// The number of the attempt, from 1.
    pub(crate) number: u32,
    /// The rest of the call's total time.
    pub(crate) remaining: Duration,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Decision {
    /// Try again after this long.
    Retry(Duration),
    /// Do not try again. Contains the reason if the failure was retryable.
    Stop(Option<StopReason>),
}

/// Decides whether another attempt follows; `jitter` is between 0 and 1.
pub(crate) fn decide(policy: &RetryPolicy, attempt: &Attempt<'_>, jitter: f64) -> Decision {
    let repeats = repeat(attempt.method, attempt.event, attempt.retry_after.is_some());
    if repeats != Repeat::Now || policy.max_attempts == 1 {
        return Decision::Stop(None);
    }
    if attempt.number >= policy.max_attempts {
        return Decision::Stop(Some(StopReason::NoAttemptsLeft));
    }
    let delay = policy.backoff(attempt.number, jitter).max(attempt.retry_after.unwrap_or_default());
    if delay >= attempt.remaining {
        return Decision::Stop(Some(StopReason::NoTimeLeft));
    }
    Decision::Retry(delay)
}

/// Parses `Retry-After`: seconds, or the HTTP date until which to wait. A date that has passed means no wait. The result is at
/// most [`MAX_PAUSE`], so that one response cannot stop a client for hours.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)).min(MAX_PAUSE));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default().min(MAX_PAUSE))
}

#[cfg(test)]
mod tests;
