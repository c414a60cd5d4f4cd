//! Whether and when to send a request again. Nothing here waits, sends or looks at a clock.

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use http::Method;

/// The retry policy of a client: how often and how fast a call is tried again. What is tried again depends on the method and on what happened:
/// GET, PUT and DELETE after a lost connection, a timeout, 408, 429, 502, 503 and 504; POST only if the server has
/// certainly not acted on it (no connection, 429, 503 with `Retry-After`).
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::{Client, RetryPolicy};
/// let policy = RetryPolicy::default().max_attempts(6).base_delay(Duration::from_millis(200));
/// let builder = Client::builder().retry(policy);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(super) max_attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
}

impl RetryPolicy {
    /// Returns the policy that never tries again.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_attempts(1)
    }

    /// Sets how many requests a call sends at most, the first included. Default 10; 0 is taken as 1. A retry with a fresh
    /// token after a 401 counts, but is made even if the limit is reached.
    #[must_use]
    pub fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts.max(1);
        self
    }

    /// Sets the longest delay before the second request; it doubles for each further one. Default 500 ms. The actual delay is
    /// random between zero and this (full jitter), and not shorter than the server's `Retry-After`. After 429, or 503 with
    /// `Retry-After`, the pace of the client decides instead.
    #[must_use]
    pub fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the limit of that doubling. Default 10 s.
    #[must_use]
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    pub(super) fn backoff(&self, attempt: u32, jitter: f64) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1));
        // A day is longer than any call, and short enough to be multiplied.
        let limit = self.max_delay.min(Duration::from_secs(86_400));
        self.base_delay.saturating_mul(factor).min(limit).mul_f64(jitter.clamp(0.0, 1.0))
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self { max_attempts: 10, base_delay: Duration::from_millis(500), max_delay: Duration::from_secs(10) }
    }
}

/// The result of one attempt, as far as it matters for a retry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Event {
    /// No connection: nothing was sent.
    NotConnected,
    /// The request was sent, or may have been, and no complete response came.
    Interrupted,
    /// A complete response with this status.
    Answered(u16),
    /// A failure that another attempt would meet again: TLS, a redirect, a request that cannot be built, a body too large.
    Permanent,
}

/// One attempt, and what is known of its call.
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
    /// Do not try again; the note says why an event that allows a retry gets none.
    Stop(Option<&'static str>),
}

/// Decides whether another attempt follows; `jitter` is between 0 and 1.
pub(crate) fn decide(policy: &RetryPolicy, attempt: &Attempt<'_>, jitter: f64) -> Decision {
    let idempotent = *attempt.method != Method::POST && *attempt.method != Method::PATCH;
    let may_retry = match attempt.event {
        Event::NotConnected | Event::Answered(429) => true,
        Event::Interrupted | Event::Answered(408 | 502 | 504) => idempotent,
        Event::Answered(503) => idempotent || attempt.retry_after.is_some(),
        Event::Answered(_) | Event::Permanent => false,
    };
    if !may_retry || policy.max_attempts == 1 {
        return Decision::Stop(None);
    }
    if attempt.number >= policy.max_attempts {
        return Decision::Stop(Some("no attempts left"));
    }
    let delay = policy.backoff(attempt.number, jitter).max(attempt.retry_after.unwrap_or_default());
    if delay >= attempt.remaining {
        return Decision::Stop(Some("no time left for another attempt"));
    }
    Decision::Retry(delay)
}

/// Parses `Retry-After`: seconds, or the HTTP date until which to wait. A date that has passed means no wait.
pub(crate) fn retry_after(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// The retry budget that the clones of a client share, as in the AWS SDKs. A retry costs 5, after a lost connection 10; a call
/// that succeeds returns what its last retry cost, or 1. When it is empty no call is retried, so an outage is not multiplied.
#[derive(Debug)]
pub(crate) struct Budget(Mutex<u32>);

impl Budget {
    const CAPACITY: u32 = 500;

    pub(crate) fn new() -> Self {
        Self(Mutex::new(Self::CAPACITY))
    }

    fn tokens(&self) -> std::sync::MutexGuard<'_, u32> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Takes what a retry after the event costs; `None` if there is not enough left.
    pub(crate) fn take(&self, event: Event) -> Option<u32> {
        let cost = if matches!(event, Event::Interrupted | Event::NotConnected) { 10 } else { 5 };
        let mut tokens = self.tokens();
        *tokens = tokens.checked_sub(cost)?;
        Some(cost)
    }

    /// Returns what the last retry of a call cost, after a success.
    pub(crate) fn refund(&self, cost: Option<u32>) {
        let mut tokens = self.tokens();
        *tokens = tokens.saturating_add(cost.unwrap_or(1)).min(Self::CAPACITY);
    }
}

#[cfg(test)]
mod tests;
