//! Runs a wait: when it polls, its state between polls, and how it ends.

use std::time::Duration;

use tokio::time::{Instant, sleep};
use tracing::{Instrument, Span};

use super::judge::{Age, Verdict};
use super::{MIN_INTERVAL, WaitOptions};
use crate::call::deadline;
use crate::call::transport::{OVERSLEPT, within};
use crate::error::{Error, ErrorKind, Subject};
use crate::model::generated::types::Status;
use crate::model::kind::Resource;
use crate::text::snippet;
use crate::traces;

/// A result of a wait.
pub(super) enum Step<T> {
    /// A state that does not end the wait.
    Shown(T),
    /// The final state.
    Done(T),
}

/// When a wait polls, and when it gives up.
pub(super) struct Schedule {
    options: WaitOptions,
    started: Instant,
    pub(super) deadline: Instant,
    interval: Duration,
    /// The delay before the next poll.
    delay: Duration,
    pub(super) polls: u32,
    /// The deadline passed while nobody polled the wait, so no further poll follows.
    is_last: bool,
}

impl Schedule {
    pub(super) fn new(options: &WaitOptions) -> Self {
        let started = Instant::now();
        let mut schedule = Self {
            options: options.clone(),
            started,
            deadline: deadline(started, options.timeout),
            interval: options.first_poll,
            delay: Duration::ZERO,
            polls: 0,
            is_last: false,
        };
        schedule.advance(None);
        schedule
    }

    /// Sets the delay before the next poll, lets the interval grow, and returns the delay.
    pub(super) fn advance(&mut self, retry_after: Option<Duration>) -> Duration {
        let interval = self.interval;
        self.interval = (interval.saturating_mul(3) / 2).min(self.options.max_interval).max(MIN_INTERVAL);
        let jittered = interval.saturating_sub(interval.mul_f64(0.2 * fastrand::f64()));
        self.delay = jittered.max(retry_after.unwrap_or_default());
        self.delay
    }

    /// Waits until the time of the next poll. If the poll would be after the deadline, returns the delay as the error.
    pub(super) async fn next_poll(&mut self) -> Result<(), Duration> {
        if !self.is_overslept() {
            if self.is_last || self.delay >= self.deadline.saturating_duration_since(Instant::now()) {
                return Err(self.delay);
            }
            sleep(self.delay).await;
        }
        self.is_last = self.is_overslept();
        self.polls += 1;
        Ok(())
    }

    /// Returns `true` if the deadline passed while nobody polled the wait. It then polls the server once more.
    fn is_overslept(&self) -> bool {
        !self.is_last && self.deadline.elapsed() > OVERSLEPT
    }

    /// Returns the time limit of a poll. The last poll after the deadline has only the limits of a call.
    pub(super) fn poll_time(&self) -> Duration {
        if self.is_last { Duration::MAX } else { self.deadline.saturating_duration_since(Instant::now()) }
    }

    pub(super) fn age(&self) -> Age {
        if self.started.elapsed() < self.options.grace { Age::InGrace } else { Age::Settled }
    }
}

/// The state of a wait for one resource.
pub(super) struct Record {
    pub(super) subject: Subject,
    pub(super) last_status: Option<Status>,
    /// The error of the last poll, if it was transient.
    pub(super) last_error: Option<Error>,
}

impl Record {
    pub(super) fn new(subject: Subject) -> Self {
        Self { subject, last_status: None, last_error: None }
    }

    /// Records a poll that did not end the wait.
    pub(super) fn note(&mut self, status: Option<Status>) {
        self.last_status = status.or(self.last_status.take());
        self.last_error = None;
    }

    /// Returns the error that ends the wait, with the details of the wait.
    pub(super) fn failed(&mut self, schedule: &Schedule, error: Error) -> Error {
        let error = error.of_wait(&self.subject, schedule.polls, schedule.started.elapsed());
        error.with_last_status(self.last_status.take())
    }

    /// Returns the timeout error. The wait ends with it at the deadline, or earlier if the next poll would be after the
    /// deadline.
    pub(super) fn timed_out(&mut self, schedule: &Schedule, delay: Option<Duration>) -> Error {
        let last = self.last_status.as_ref().map_or("none".to_owned(), |status| snippet(status.as_str(), 80));
        let elapsed = schedule.started.elapsed();
        let next = delay
            .map_or(String::new(), |delay| format!(": the next poll, in {delay:.1?}, would be after the deadline"));
        let timeout = schedule.options.timeout;
        let message = format!("timed out after {elapsed:.1?} of {timeout:?}{next} (last status: {last})");
        let error = Error::new(ErrorKind::WaitTimeout, message);
        let error = match self.last_error.take() {
            Some(cause) => {
                let retry_after = cause.retry_after();
                error.with_retry_after(retry_after).with_source(cause)
            }
            None => error,
        };
        self.failed(schedule, error)
    }
}

/// A wait for one resource.
pub(super) struct Wait {
    schedule: Schedule,
    record: Record,
    span: Span,
}

impl Wait {
    pub(super) fn new(options: &WaitOptions, subject: Subject) -> Self {
        Self { schedule: Schedule::new(options), span: traces::wait_span(&subject), record: Record::new(subject) }
    }

    /// Polls to the end.
    pub(super) async fn until<R: Resource, T, F>(
        mut self,
        mut poll: impl FnMut() -> F,
        judge: impl Fn(Result<R::Read, Error>, Age) -> Verdict<T>,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<R::Read, Error>>,
    {
        loop {
            if let Step::Done(value) = self.next::<R, _, _>(&mut poll, &judge).await? {
                return Ok(value);
            }
        }
    }

    /// Polls until there is a state to show, or the wait ends.
    pub(super) async fn next<R: Resource, T, F>(
        &mut self,
        poll: impl FnMut() -> F,
        judge: impl Fn(Result<R::Read, Error>, Age) -> Verdict<T>,
    ) -> Result<Step<T>, Error>
    where
        F: Future<Output = Result<R::Read, Error>>,
    {
        let span = self.span.clone();
        let result = self.poll::<R, _, _>(poll, judge).instrument(span.clone()).await;
        traces::end(&span, result.as_ref().err());
        result
    }

    async fn poll<R: Resource, T, F>(
        &mut self,
        mut poll: impl FnMut() -> F,
        judge: impl Fn(Result<R::Read, Error>, Age) -> Verdict<T>,
    ) -> Result<Step<T>, Error>
    where
        F: Future<Output = Result<R::Read, Error>>,
    {
        let Self { schedule, record, .. } = self;
        loop {
            if let Err(delay) = schedule.next_poll().await {
                return Err(record.timed_out(schedule, Some(delay)));
            }
            let Some(polled) = within(schedule.poll_time(), poll()).await else {
                return Err(record.timed_out(schedule, None));
            };
            let (status, value) = match judge(polled, schedule.age()) {
                Verdict::Done(value, status) => {
                    traces::poll(schedule.polls, None, status.as_ref(), None);
                    return Ok(Step::Done(value));
                }
                Verdict::Fail(error) if error.is_transient() => {
                    let delay = schedule.advance(error.retry_after());
                    traces::poll(schedule.polls, Some(delay), None, Some(&error));
                    record.last_error = Some(error);
                    continue;
                }
                Verdict::Fail(error) => {
                    traces::poll(schedule.polls, None, None, Some(&error));
                    return Err(record.failed(schedule, error));
                }
                Verdict::Shown(value, status) => (Some(status), Some(value)),
                Verdict::Pending(status) => (status, None),
            };
            let delay = schedule.advance(None);
            traces::poll(schedule.polls, Some(delay), status.as_ref(), None);
            record.note(status);
            if let Some(value) = value {
                return Ok(Step::Shown(value));
            }
        }
    }
}
