//! Waiting for the server to finish, with an end to it.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use crate::error::CallInfo;
use crate::{Ensured, Error, ErrorKind, IpSecGatewayRead, Status, Timestamp};

/// How a wait goes: when it polls and when it gives up.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitOptions {
    timeout: Duration,
    first_poll: Duration,
    max_interval: Duration,
    not_found_grace: Duration,
}

impl Default for WaitOptions {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(600),
            first_poll: Duration::from_secs(1),
            max_interval: Duration::from_secs(10),
            not_found_grace: Duration::from_secs(30),
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

    /// Sets for how long a 404 is taken for a gateway that is not visible yet. Default 30 s.
    #[must_use]
    pub fn not_found_grace(mut self, grace: Duration) -> Self {
        self.not_found_grace = grace;
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
    /// True when the gateway is shown as it was before the write. Server times are compared with server times; where one is
    /// missing or unreadable, the status alone decides.
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
    let id = target.id;
    run(options, "wait_until_available", id, poll, |polled, elapsed| match polled {
        Ok(gateway) => match gateway.status() {
            Status::Available if target.is_newer_than(&gateway) => Poll::Pending(Some(Status::Available)),
            Status::Available => Poll::Done(gateway),
            Status::Failed => {
                let why = gateway.metadata.status_message.as_deref().unwrap_or("no reason given");
                Poll::Failed(
                    Error::new(ErrorKind::Failed, format!("the gateway {id} has failed: {why}")),
                    Some(Status::Failed),
                )
            }
            Status::Destroying => {
                let error = Error::new(
                    ErrorKind::Gone,
                    format!("the gateway {id} is being deleted and will not become available"),
                );
                Poll::Failed(error, Some(Status::Destroying))
            }
            status => Poll::Pending(Some(status.clone())),
        },
        Err(error) if error.is_not_found() && elapsed < options.not_found_grace => Poll::Pending(None),
        Err(error) => Poll::failed(error),
    })
    .await
}

pub(crate) async fn until_deleted<P, F>(options: &WaitOptions, id: Uuid, poll: P) -> Result<(), Error>
where
    P: FnMut() -> F,
    F: Future<Output = Result<IpSecGatewayRead, Error>>,
{
    run(options, "wait_until_deleted", id, poll, |polled, _| match polled {
        Ok(gateway) if *gateway.status() == Status::Failed => {
            let why = gateway.metadata.status_message.as_deref().unwrap_or("no reason given");
            Poll::Failed(
                Error::new(ErrorKind::Failed, format!("the gateway {id} has failed: {why}")),
                Some(Status::Failed),
            )
        }
        Ok(gateway) => Poll::Pending(Some(gateway.status().clone())),
        Err(error) if error.is_not_found() => Poll::Done(()),
        Err(error) => Poll::failed(error),
    })
    .await
}

/// What a poll means for the wait.
enum Poll<T> {
    Done(T),
    Pending(Option<Status>),
    /// This poll failed for a reason that may pass.
    Missed(Error),
    Failed(Error, Option<Status>),
}

impl<T> Poll<T> {
    fn failed(error: Error) -> Self {
        if error.is_transient() { Self::Missed(error) } else { Self::Failed(error, None) }
    }
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
    J: Fn(Result<IpSecGatewayRead, Error>, Duration) -> Poll<T>,
{
    let started = Instant::now();
    let deadline = started + options.timeout;
    let mut interval = options.first_poll;
    let mut last = None;
    let mut missed: Option<Error> = None;
    let mut polls = 0;
    let info = |polls| CallInfo { operation, attempts: polls, elapsed: started.elapsed(), note: None };
    loop {
        let asked = missed.as_ref().and_then(Error::retry_after).unwrap_or_default();
        let delay = interval.mul_f64(1.0 - 0.2 * fastrand::f64()).max(asked);
        interval = (interval.mul_f64(1.5)).min(options.max_interval);
        let polled = if delay < deadline.saturating_duration_since(Instant::now()) {
            sleep(delay).await;
            polls += 1;
            timeout_at(deadline, poll()).await.ok()
        } else {
            None
        };
        let Some(polled) = polled else {
            let state =
                last.as_ref().map_or_else(|| "no status seen".to_owned(), |status| format!("last status {status}"));
            let message =
                format!("the wait for the gateway {id} reached its deadline of {:?}, {state}", options.timeout);
            let error = Error::new(ErrorKind::WaitTimeout, message).with_last_status(last).with_call(info(polls));
            return Err(match missed {
                Some(cause) => error.with_source(cause),
                None => error,
            });
        };
        match judge(polled, started.elapsed()) {
            Poll::Done(value) => return Ok(value),
            Poll::Failed(error, status) => {
                let error = if error.operation().is_some() { error } else { error.with_call(info(polls)) };
                return Err(error.with_last_status(status.or(last)));
            }
            Poll::Pending(status) => {
                tracing::info!(%id, status = status.as_ref().map_or("not visible yet", Status::as_str), polls, "waiting");
                last = status.or(last);
                missed = None;
            }
            Poll::Missed(error) => {
                tracing::info!(%id, polls, reason = %error, "a poll failed");
                missed = Some(error);
            }
        }
    }
}

#[cfg(test)]
mod tests;
