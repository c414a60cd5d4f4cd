//! Waiting for the server to finish, with an end to it.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use crate::error::{CallInfo, snippet};
use crate::transport::deadline;
use crate::{Ensured, Error, ErrorKind, IpSecGatewayRead, Status, Timestamp};

/// How a wait goes: when it polls and when it gives up.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitOptions {
    timeout: Duration,
    first_poll: Duration,
    max_interval: Duration,
    grace: Duration,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(600),
            first_poll: Duration::from_secs(1),
            max_interval: Duration::from_secs(10),
            grace: Duration::from_secs(30),
        }
    }
}

impl WaitOptions {
    /// Sets how long the wait may take. Default 10 minutes. A poll that would begin after the deadline is not begun.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the time before the first poll, from which the interval grows by half each time. Default 1 s.
    #[must_use]
    pub fn first_poll(mut self, delay: Duration) -> Self {
        self.first_poll = delay;
        self
    }

    /// Sets the longest interval between polls, shortened at random by up to a fifth. Default 10 s.
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets for how long what a server shows may lag behind a write: a 404 is then taken for a gateway that is not visible
    /// yet, and `FAILED` for the state before a deletion. Default 30 s.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }
}

/// What a wait is for: a gateway, and the write that it follows.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitTarget {
    pub(crate) id: Uuid,
    /// When the server last changed the gateway, by its own clock.
    since: Option<Timestamp>,
}

impl From<Uuid> for WaitTarget {
    fn from(id: Uuid) -> Self {
        Self { id, since: None }
    }
}

impl From<&IpSecGatewayRead> for WaitTarget {
    fn from(gateway: &IpSecGatewayRead) -> Self {
        Self { id: gateway.id, since: gateway.metadata.last_modified_date.clone() }
    }
}

impl From<&Ensured> for WaitTarget {
    fn from(ensured: &Ensured) -> Self {
        Self::from(&ensured.resource)
    }
}

impl WaitTarget {
    /// True when the gateway is shown as it was before the write, be it `AVAILABLE` or `FAILED`. Server times are compared
    /// with server times; where one is missing or unreadable, the status alone decides.
    fn is_newer_than(&self, gateway: &IpSecGatewayRead) -> bool {
        let written = self.since.as_ref().and_then(Timestamp::datetime);
        let seen = gateway.metadata.last_modified_date.as_ref().and_then(Timestamp::datetime);
        written.zip(seen).is_some_and(|(written, seen)| seen < written)
    }
}

pub(crate) async fn until_available<P, F>(
    options: &WaitOptions,
    target: &WaitTarget,
    poll: P,
) -> Result<IpSecGatewayRead, Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
{
    run(options, "wait_until_available", target.id, poll, |polled, elapsed| match polled {
        Ok(gateway) => match gateway.status() {
            Status::Available | Status::Failed if target.is_newer_than(&gateway) => {
                Ok(Poll::Pending(Some(gateway.metadata.status)))
            }
            Status::Available => Ok(Poll::Done(gateway)),
            Status::Failed => Err(failed(&gateway)),
            Status::Destroying => {
                let message = format!("the gateway {} is being deleted and will not become available", target.id);
                Err(Error::new(ErrorKind::Gone, message).with_last_status(Status::Destroying))
            }
            _ => Ok(Poll::Pending(Some(gateway.metadata.status))),
        },
        Err(error) if error.is_not_found() && elapsed < options.grace => Ok(Poll::Pending(None)),
        Err(error) => Err(error),
    })
    .await
}

pub(crate) async fn until_deleted<P, F>(options: &WaitOptions, id: Uuid, poll: P) -> Result<(), Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
{
    run(options, "wait_until_deleted", id, poll, |polled, elapsed| match polled {
        // A failed gateway may still be shown as it was before its deletion.
        Ok(gateway) if *gateway.status() == Status::Failed && elapsed >= options.grace => Err(failed(&gateway)),
        Ok(gateway) => Ok(Poll::Pending(Some(gateway.metadata.status))),
        Err(error) if error.is_not_found() => Ok(Poll::Done(())),
        Err(error) => Err(error),
    })
    .await
}

fn failed(gateway: &IpSecGatewayRead) -> Error {
    let why = gateway.metadata.status_message.as_deref().unwrap_or("no reason given");
    let message = format!("the gateway {} has failed: {}", gateway.id, snippet(why.as_bytes(), 300));
    Error::new(ErrorKind::Failed, message).with_last_status(Status::Failed)
}

/// What a poll means for the wait, where it is not the end of it.
enum Poll<T> {
    Done(T),
    Pending(Option<Status>),
}

async fn run<T, P, F, J>(
    options: &WaitOptions,
    operation: &'static str,
    id: Uuid,
    mut poll: P,
    judge: J,
) -> Result<T, Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
    J: Fn(Result<IpSecGatewayRead, Error>, Duration) -> Result<Poll<T>, Error>,
{
    let started = Instant::now();
    let deadline = deadline(started, options.timeout);
    let mut interval = options.first_poll;
    let mut last: Option<Status> = None;
    let mut missed: Option<Error> = None;
    let mut polls = 0;
    let info = |polls| CallInfo { operation, attempts: polls, elapsed: started.elapsed(), note: None };
    loop {
        let asked = missed.as_ref().and_then(Error::retry_after).unwrap_or_default();
        let delay = interval.saturating_sub(interval.mul_f64(0.2 * fastrand::f64())).max(asked);
        interval = (interval.saturating_mul(3) / 2).min(options.max_interval);
        let polled = if delay < deadline.saturating_duration_since(Instant::now()) {
            sleep(delay).await;
            polls += 1;
            timeout_at(deadline, poll()).await.ok()
        } else {
            None
        };
        let Some(polled) = polled else {
            let state = last.as_ref().map_or("none", Status::as_str);
            let message =
                format!("the gateway {id} was waited for in vain for {:?}, last status {state}", options.timeout);
            let mut error = Error::new(ErrorKind::WaitTimeout, message).with_call(info(polls));
            if let Some(status) = last {
                error = error.with_last_status(status);
            }
            return Err(match missed {
                Some(cause) => error.with_source(cause),
                None => error,
            });
        };
        match judge(polled, started.elapsed()) {
            Ok(Poll::Done(value)) => return Ok(value),
            Ok(Poll::Pending(status)) => {
                tracing::info!(%id, status = status.as_ref().map_or("not visible yet", Status::as_str), polls, "waiting");
                last = status.or(last);
                missed = None;
            }
            Err(error) if error.is_transient() => {
                tracing::info!(%id, polls, reason = %error, "a poll failed");
                missed = Some(error);
            }
            Err(error) => {
                let error = if error.operation().is_some() { error } else { error.with_call(info(polls)) };
                return Err(match last {
                    Some(status) if error.last_status().is_none() => error.with_last_status(status),
                    _ => error,
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
