//! The common send rate of the clones of a client.
//!
//! A server that limits the rate answers 429, or 503 with `Retry-After`. Then no clone sends a request before the time
//! that the server requested. After that time one request *tries*, and the others wait for its result. From then on the
//! *rate* is limited: see [`rate`]. [`pacer`] keeps the queue. Both decide from events and instants only. [`Pace`]
//! delays the calls.
//!
//! Each call sleeps on its own and holds nothing, because a future may stop being polled at any time.

mod pacer;
mod rate;

use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};

use crate::traces;
pub(crate) use pacer::MAX_PAUSE;
use pacer::{Pacer, Sent, Turn};

/// The pace that the clones of a client share.
#[derive(Debug)]
pub(crate) struct Pace {
    pacer: Mutex<Pacer>,
    /// Wakes the waiting calls, because they have new slots.
    changed: Notify,
    in_flight: Option<Arc<Semaphore>>,
}

/// Why a request was not sent in time.
#[derive(Debug)]
pub(crate) enum TooLate {
    /// The pace would send it after this delay.
    Pace(Duration),
    /// The request that tries after a rate limit has no result yet.
    Trial,
    /// `max_in_flight` requests were in flight all the time.
    InFlight,
}

/// The turn of one request, from the time at which it may be sent until its result is known. If it is dropped without a
/// result, and was the one that tries after a rate limit, another call tries.
#[derive(Debug)]
pub(crate) struct Ticket<'a> {
    pace: &'a Pace,
    sent: Option<Sent>,
}

impl Ticket<'_> {
    /// Reports a response that is not a refusal.
    pub(crate) fn accepted(mut self) {
        self.report(Pacer::accept);
    }

    /// Reports a response that limits the rate. The pause may be zero.
    pub(crate) fn refused(mut self, retry_after: Duration) {
        self.report(|pacer, sent, now| pacer.refuse(sent, now, retry_after));
    }

    fn report(&mut self, event: impl FnOnce(&mut Pacer, Sent, Instant) -> bool) {
        let Some(sent) = self.sent.take() else { return };
        let mut pacer = self.pace.pacer();
        pacer.in_flight -= 1;
        if event(&mut pacer, sent, Instant::now()) {
            self.pace.changed.notify_waiters();
        }
    }
}

impl Drop for Ticket<'_> {
    fn drop(&mut self) {
        self.report(Pacer::abandon);
    }
}

/// The place of a call in the queue, which it leaves if it is dropped.
struct Waiting<'a>(&'a Pace, Option<u64>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if let Some(number) = self.1 {
            self.0.pacer().leave(number);
        }
    }
}

impl Pace {
    /// `attempt_timeout` is how long the other calls wait for the result of the request that tries.
    pub(crate) fn new(max_rate: Option<f64>, max_in_flight: Option<usize>, attempt_timeout: Duration) -> Self {
        let permits = |count: usize| Arc::new(Semaphore::new(count.clamp(1, Semaphore::MAX_PERMITS)));
        Self {
            pacer: Mutex::new(Pacer::new(max_rate, attempt_timeout, Instant::now())),
            changed: Notify::new(),
            in_flight: max_in_flight.map(permits),
        }
    }

    fn pacer(&self) -> MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a request may be sent. Holds nothing while it waits. Fails at once if that would be after the deadline.
    pub(crate) async fn ticket(&self, deadline: Instant) -> Result<Ticket<'_>, TooLate> {
        let mut place = Waiting(self, None);
        let mut is_traced = false;
        loop {
            let mut changed = pin!(self.changed.notified());
            // From here on it notices changes, so that none is missed after the lock is released.
            changed.as_mut().enable();
            let now = Instant::now();
            let turn = self.pacer().poll(&mut place.1, now, deadline);
            match turn {
                Turn::Send(sent) => return Ok(Ticket { pace: self, sent: Some(sent) }),
                Turn::Fail(late) => return Err(late),
                Turn::Wait(until) => {
                    if !is_traced {
                        traces::pause(until.saturating_duration_since(now));
                        is_traced = true;
                    }
                    let _ = timeout_at(until, changed).await;
                }
            }
        }
    }

    /// Waits for one of `max_in_flight` permits. To be awaited only in a task that the runtime polls: a permit may be
    /// assigned to a call that is parked.
    pub(crate) async fn permit(&self, deadline: Instant) -> Result<Option<OwnedSemaphorePermit>, TooLate> {
        let Some(permits) = &self.in_flight else { return Ok(None) };
        match timeout_at(deadline, Arc::clone(permits).acquire_owned()).await {
            // The semaphore is never closed.
            Ok(permit) if Instant::now() <= deadline => Ok(permit.ok()),
            _ => Err(TooLate::InFlight),
        }
    }

    /// Returns `true` if `max_in_flight` is set.
    pub(crate) fn has_permits(&self) -> bool {
        self.in_flight.is_some()
    }

    /// Returns how many requests are in flight.
    pub(crate) fn in_flight(&self) -> usize {
        self.pacer().in_flight
    }

    /// Returns how many calls wait for the pace.
    pub(crate) fn waiting(&self) -> usize {
        self.pacer().waiting()
    }

    /// Returns the current limit in requests per second, or `None`.
    pub(crate) fn rate(&self) -> Option<f64> {
        self.pacer().rate.at(Instant::now())
    }

    /// Returns how long nothing is sent, because the server limits the rate.
    pub(crate) fn pause(&self) -> Option<Duration> {
        Some(self.pacer().pause(Instant::now())).filter(|pause| !pause.is_zero())
    }

    #[cfg(test)]
    pub(super) fn free_permits(&self) -> Option<usize> {
        self.in_flight.as_ref().map(|permits| permits.available_permits())
    }
}

#[cfg(test)]
mod tests;
