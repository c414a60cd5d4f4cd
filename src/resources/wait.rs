//! Waiting until a resource is available or gone.

use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use super::{Resources, Target};
use crate::call::deadline;
use crate::error::{CallInfo, Error, ErrorKind, Subject};
use crate::model::generated::types::Status;
use crate::model::kind::Resource;
use crate::text::snippet;

/// The shortest interval between polls, whatever the options say.
pub(super) const MIN_INTERVAL: Duration = Duration::from_millis(100);

/// When a wait polls, and when it gives up.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitOptions {
    timeout: Duration,
    pub(super) first_poll: Duration,
    max_interval: Duration,
    pub(super) grace: Duration,
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
    /// Sets how long the wait may take, from its first delay on. Default 10 minutes. A poll that would begin after the deadline
    /// is not begun.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets the delay before the first poll. The interval between polls starts from it, but from 100 ms at least, and grows by
    /// half each time. Default 1 s.
    #[must_use]
    pub fn first_poll(mut self, delay: Duration) -> Self {
        self.first_poll = delay;
        self
    }

    /// Sets the longest interval between polls, shortened at random by up to a fifth. Default 10 s; at least 100 ms.
    #[must_use]
    pub fn max_interval(mut self, interval: Duration) -> Self {
        self.max_interval = interval;
        self
    }

    /// Sets how long the server may show the state before a write, counted from the beginning of the wait. In this time a 404
    /// means that a new resource is not visible yet, `FAILED` does not end the wait for a deletion, and a state that is
    /// older than the write is not taken for the current one. Default 30 s.
    #[must_use]
    pub fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }
}

impl<R: Resource> Resources<R> {
    /// Waits until the resource is `AVAILABLE`, and returns it. See [`Target`] for what to pass.
    ///
    /// # Errors
    /// [`ErrorKind::ResourceFailed`] with the resource's `statusMessage`, [`ErrorKind::ResourceGone`] if it is being deleted,
    /// [`ErrorKind::WaitTimeout`] at the deadline, and any error of a poll that does not pass by itself.
    pub async fn wait_until_available(&self, target: impl Into<Target>) -> Result<R::Read, Error> {
        let target = target.into();
        let wait = Wait::new(&self.wait, self.subject("wait for", R::KIND.operations.get, Some(target.id)));
        wait.until::<R, _, _>(|| self.get(target.id), |polled, age| judge_availability::<R>(&target, polled, age)).await
    }

    /// Waits until the resource is gone.
    ///
    /// # Errors
    /// As for [`Resources::wait_until_available`].
    pub async fn wait_until_deleted(&self, id: Uuid) -> Result<(), Error> {
        let subject = self.subject("wait for the deletion of", R::KIND.operations.get, Some(id));
        Wait::new(&self.wait, subject).until::<R, _, _>(|| self.get(id), judge_deletion::<R>).await
    }
}

/// What a poll means for the wait.
enum Verdict<T> {
    Done(T),
    /// Go on; the status that was seen, if any.
    Pending(Option<Status>),
    Fail(Error),
}

/// Whether the time in which a server may show an old state is over.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Age {
    InGrace,
    Settled,
}

fn judge_availability<R: Resource>(target: &Target, polled: Result<R::Read, Error>, age: Age) -> Verdict<R::Read> {
    let read = match polled {
        Ok(read) => read,
        Err(error) if error.is_not_found() && age == Age::InGrace => return Verdict::Pending(None),
        Err(error) => return Verdict::Fail(error),
    };
    match R::status(&read) {
        status @ (Status::Available | Status::Failed | Status::Destroying)
            if age == Age::InGrace && target.is_newer_than::<R>(&read) =>
        {
            Verdict::Pending(Some(status.clone()))
        }
        Status::Available => Verdict::Done(read),
        Status::Failed => Verdict::Fail(failed::<R>(&read)),
        Status::Destroying => {
            let error = Error::new(ErrorKind::ResourceGone, "it is being deleted and will not become available");
            Verdict::Fail(error.with(|details| details.last_status = Some(Status::Destroying)))
        }
        status => Verdict::Pending(Some(status.clone())),
    }
}

fn judge_deletion<R: Resource>(polled: Result<R::Read, Error>, age: Age) -> Verdict<()> {
    match polled {
        // In the grace time it may be the state before the deletion.
        Ok(read) if *R::status(&read) == Status::Failed && age == Age::Settled => Verdict::Fail(failed::<R>(&read)),
        Ok(read) => Verdict::Pending(Some(R::status(&read).clone())),
        Err(error) if error.is_not_found() => Verdict::Done(()),
        Err(error) => Verdict::Fail(error),
    }
}

fn failed<R: Resource>(read: &R::Read) -> Error {
    let reason = R::status_message(read).map_or("no reason given".to_owned(), |text| snippet(text, 300));
    let error = Error::new(ErrorKind::ResourceFailed, format!("it has failed: {reason}"));
    error.with(|details| details.last_status = Some(Status::Failed))
}

/// The state between two polls.
struct Wait<'a> {
    options: &'a WaitOptions,
    subject: Subject,
    started: Instant,
    deadline: Instant,
    interval: Duration,
    polls: u32,
    last_status: Option<Status>,
    /// The error of the last poll, if it failed for a passing reason.
    last_error: Option<Error>,
}

impl<'a> Wait<'a> {
    fn new(options: &'a WaitOptions, subject: Subject) -> Self {
        let started = Instant::now();
        Self {
            options,
            subject,
            started,
            deadline: deadline(started, options.timeout),
            interval: options.first_poll,
            polls: 0,
            last_status: None,
            last_error: None,
        }
    }

    async fn until<R: Resource, T, F>(
        mut self,
        mut poll: impl FnMut() -> F,
        judge: impl Fn(Result<R::Read, Error>, Age) -> Verdict<T>,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<R::Read, Error>>,
    {
        loop {
            let delay = self.next_delay();
            if delay >= self.deadline.saturating_duration_since(Instant::now()) {
                return Err(self.timed_out(Some(delay)));
            }
            sleep(delay).await;
            self.polls += 1;
            let Ok(polled) = timeout_at(self.deadline, poll()).await else { return Err(self.timed_out(None)) };
            let age = if self.started.elapsed() < self.options.grace { Age::InGrace } else { Age::Settled };
            match judge(polled, age) {
                Verdict::Done(value) => return Ok(value),
                Verdict::Pending(status) => self.note_status(status),
                Verdict::Fail(error) if error.is_transient() => self.note_error(error),
                Verdict::Fail(error) => return Err(self.failed(error)),
            }
        }
    }

    /// Returns the delay before the next poll, and lets the interval grow.
    fn next_delay(&mut self) -> Duration {
        let interval = self.interval;
        self.interval = (interval.saturating_mul(3) / 2).min(self.options.max_interval).max(MIN_INTERVAL);
        let jittered = interval.saturating_sub(interval.mul_f64(0.2 * fastrand::f64()));
        jittered.max(self.last_error.as_ref().and_then(Error::retry_after).unwrap_or_default())
    }

    fn note_status(&mut self, status: Option<Status>) {
        let shown = status.as_ref().map_or("not visible yet".to_owned(), |status| snippet(status.as_str(), 80));
        tracing::info!(
            id = self.subject.resource.id().map(tracing::field::display),
            status = shown,
            polls = self.polls,
            "waiting"
        );
        self.last_status = status.or(self.last_status.take());
        self.last_error = None;
    }

    fn note_error(&mut self, error: Error) {
        let id = self.subject.resource.id().map(tracing::field::display);
        tracing::info!(id, polls = self.polls, reason = %error, "a poll failed");
        self.last_error = Some(error);
    }

    fn info(&self) -> CallInfo {
        let operation = self.subject.operation;
        CallInfo { operation, attempts: self.polls, elapsed: self.started.elapsed() }
    }

    /// Returns the error that ends the wait, with what the wait knows.
    fn failed(self, error: Error) -> Error {
        let info = self.info();
        error.about(self.subject).with(|details| {
            details.call.get_or_insert(info);
            details.last_status = details.last_status.take().or(self.last_status);
        })
    }

    /// Returns the error at the deadline, or before it if the next delay would pass it.
    fn timed_out(mut self, delay: Option<Duration>) -> Error {
        let last = self.last_status.as_ref().map_or("none".to_owned(), |status| snippet(status.as_str(), 80));
        let elapsed = self.started.elapsed();
        let next = delay.map_or(String::new(), |delay| format!(": the next poll, in {delay:.1?}, would come too late"));
        let message =
            format!("timed out after {elapsed:.1?} of {:?}{next} (last status: {last})", self.options.timeout);
        let error = Error::new(ErrorKind::WaitTimeout, message);
        let error = match self.last_error.take() {
            Some(cause) => {
                let retry_after = cause.retry_after();
                error.with(|details| details.retry_after = retry_after).with_source(cause)
            }
            None => error,
        };
        self.failed(error)
    }
}

#[cfg(test)]
mod tests;
