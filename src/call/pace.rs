//! The common send rate of the clones of a client.
//!
//! A server that limits the rate answers 429, or 503 with `Retry-After`. Then no clone sends a request before the time
//! that the server requested. After that time the *rate* is limited. It starts at the rate that the server accepted,
//! falls with each further refusal, and grows with success. [`Pacer`] decides from events and instants only. [`Pace`]
//! delays the calls.

use std::f64::consts::LN_2;
use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turn, Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until, timeout_at};

use super::deadline as end;
use crate::traces;

/// The factor for the rate after a refusal at a rate that was refused before.
const DECREASE: f64 = 0.9;
/// The factor for the rate after a refusal at a rate that was not refused before.
const STEEP_DECREASE: f64 = 0.8;
/// The lowest rate to start from, in requests per second.
const START_RATE: f64 = 8.0;
/// If the ratio of a refused rate to the previously refused rate is in this range, they count as the same rate.
const CONFIRMED: Range<f64> = 0.92..1.2;
/// The time until the rate reaches the refused rate again. It doubles each time this rate is refused again.
const RECOVERY: Duration = Duration::from_secs(12);
const MAX_RECOVERY: Duration = Duration::from_secs(48);
/// The lowest rate, in requests per second.
const MIN_RATE: f64 = 1.0;
/// A limit is removed if it has delayed no call for this long.
const IDLE: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);

/// Decides when the next request may be sent.
#[derive(Clone, Debug)]
pub(crate) struct Pacer {
    /// A fixed bound on the rate, in requests per second.
    max_rate: Option<f64>,
    limit: Option<Limit>,
    /// No request may be sent before this instant.
    not_before: Instant,
    /// The time of the next request at the current rate.
    next: Instant,
    accepted: Counter,
}

/// A limit on the rate of sending.
#[derive(Clone, Copy, Debug)]
struct Limit {
    /// The rate that was refused, in requests per second. Before a second refusal: the initial rate.
    ceiling: f64,
    /// The time at which sending resumed and the rate began to grow.
    since: Instant,
    /// `None` until a second refusal. Until then the rate doubles each second.
    recovery: Option<Duration>,
    /// The initial fraction of the ceiling.
    decrease: f64,
    last_wait: Instant,
}

impl Limit {
    fn rate(&self, now: Instant) -> f64 {
        let age = now.saturating_duration_since(self.since).as_secs_f64();
        let rate = match self.recovery.map(|recovery| recovery.as_secs_f64()) {
            None => self.ceiling * 2_f64.powf(age),
            // CUBIC: the rate grows fast up to the ceiling, slowly around it, then faster again.
            Some(recovery) => self.ceiling * (1.0 + (1.0 - self.decrease) * ((age - recovery) / recovery).powi(3)),
        };
        rate.max(MIN_RATE)
    }
}

impl Pacer {
    pub(crate) fn new(max_rate: Option<f64>, now: Instant) -> Self {
        Self { max_rate, limit: None, not_before: now, next: now, accepted: Counter::new(now) }
    }

    /// Returns the current limit in requests per second, or `None`.
    pub(crate) fn rate(&self, now: Instant) -> Option<f64> {
        let limit = self.limit.map(|limit| limit.rate(now));
        [limit, self.max_rate].into_iter().flatten().reduce(f64::min)
    }

    /// Returns the approximate time to send the given number of requests, at the current rate or at the doubling rate.
    fn time_for(&self, requests: u32, now: Instant) -> Duration {
        let Some(rate) = self.rate(now) else { return Duration::ZERO };
        let is_doubling = self.limit.is_some_and(|limit| limit.recovery.is_none()) && self.max_rate.is_none();
        let at_rate = f64::from(requests) / rate;
        let seconds = if is_doubling { (1.0 + at_rate * LN_2).log2() } else { at_rate };
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    /// Returns when the next request may be sent.
    pub(crate) fn next(&self, now: Instant) -> Instant {
        let next = if self.rate(now).is_some() { self.next } else { now };
        now.max(self.not_before).max(next)
    }

    /// Records that a request is sent; `has_waited` is `true` if the limit delayed it.
    pub(crate) fn send(&mut self, now: Instant, has_waited: bool) {
        if has_waited && let Some(limit) = &mut self.limit {
            limit.last_wait = now;
        }
        if self.limit.is_some_and(|limit| now.saturating_duration_since(limit.last_wait.max(limit.since)) > IDLE) {
            self.limit = None;
        }
        if let Some(rate) = self.rate(now) {
            self.next = self.next.max(now) + Duration::from_secs_f64(1.0 / rate);
        }
    }

    /// Records a response that is not a refusal.
    pub(crate) fn accept(&mut self, now: Instant) {
        self.accepted.add(now);
    }

    /// Records a refusal of a request that was sent at `sent`. If the request was sent before the limit took effect, the
    /// refusal does not lower the rate again, but its `Retry-After` still applies.
    pub(crate) fn refuse(&mut self, sent: Instant, now: Instant, retry_after: Duration) {
        let resumed = end(now, retry_after);
        let (ceiling, recovery, decrease) = match self.limit {
            None => ((self.accepted.per_second(now) * DECREASE).max(START_RATE), None, DECREASE),
            // It was sent before the limit took effect.
            Some(mut limit) if sent < limit.since => {
                self.not_before = self.not_before.max(resumed);
                (self.next, limit.since) = (self.not_before, self.not_before);
                self.limit = Some(limit);
                return;
            }
            Some(limit) => {
                let rate = limit.rate(now);
                match limit.recovery {
                    // The rate was refused twice, so it is the limit of the server. It is probed less often.
                    Some(recovery) if CONFIRMED.contains(&(rate / limit.ceiling)) => {
                        (rate, Some((recovery * 2).min(MAX_RECOVERY)), DECREASE)
                    }
                    _ => (rate, Some(RECOVERY), STEEP_DECREASE),
                }
            }
        };
        self.not_before = self.not_before.max(resumed);
        self.next = self.not_before;
        let (since, last_wait) = (self.not_before, self.not_before);
        self.limit = Some(Limit { ceiling, since, recovery, decrease, last_wait });
    }
}

/// Counts events of about the last second.
#[derive(Clone, Debug)]
struct Counter {
    start: Instant,
    current: u32,
    previous: u32,
}

impl Counter {
    fn new(now: Instant) -> Self {
        Self { start: now, current: 0, previous: 0 }
    }

    fn advance(&mut self, now: Instant) {
        let age = now.saturating_duration_since(self.start);
        if age >= SECOND {
            self.previous = if age < 2 * SECOND { self.current } else { 0 };
            (self.start, self.current) = (now, 0);
        }
    }

    fn add(&mut self, now: Instant) {
        self.advance(now);
        self.current = self.current.saturating_add(1);
    }

    fn per_second(&mut self, now: Instant) -> f64 {
        self.advance(now);
        f64::from(self.current.max(self.previous))
    }
}

/// The shared state of the clones of a client: the pacer and a first-in-first-out queue.
#[derive(Debug)]
pub(crate) struct Pace {
    pacer: Mutex<Pacer>,
    /// Held by the first call of the queue. tokio's mutex is fair, and a dropped call leaves the queue.
    turn: Turn<()>,
    waiting: AtomicU32,
    in_flight: Option<Semaphore>,
}

/// The call could be sent only after its deadline, or only after this delay.
#[derive(Debug)]
pub(crate) struct TooLate(pub(crate) Duration);

/// A permit to send one request.
#[derive(Debug)]
pub(crate) struct Permit<'a> {
    pub(crate) sent: Instant,
    _in_flight: Option<SemaphorePermit<'a>>,
}

/// Counts a call as waiting until it is dropped.
struct Waiting<'a>(&'a AtomicU32);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Pace {
    pub(crate) fn new(max_rate: Option<f64>, max_in_flight: Option<usize>) -> Self {
        Self {
            pacer: Mutex::new(Pacer::new(max_rate, Instant::now())),
            turn: Turn::new(()),
            waiting: AtomicU32::new(0),
            in_flight: max_in_flight.map(|count| Semaphore::new(count.max(1))),
        }
    }

    pub(crate) fn pacer(&self) -> MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a request may be sent. Fails at once if that would be after the deadline.
    pub(crate) async fn acquire(&self, deadline: Instant) -> Result<Permit<'_>, TooLate> {
        let late = || TooLate(deadline.saturating_duration_since(Instant::now()));
        let in_flight = match &self.in_flight {
            Some(semaphore) => Some(timeout_at(deadline, semaphore.acquire()).await.map_err(|_| late())?),
            None => None,
        };
        // The semaphore is never closed.
        let in_flight = in_flight.and_then(Result::ok);
        let ahead = self.waiting.fetch_add(1, Ordering::Relaxed);
        let waiting = Waiting(&self.waiting);
        let started = Instant::now();
        let place = self.estimate(ahead, started);
        if place > deadline {
            return Err(TooLate(place.saturating_duration_since(started)));
        }
        if place > started {
            traces::pause(place.saturating_duration_since(started));
        }
        let turn = timeout_at(deadline, self.turn.lock()).await.map_err(|_| late())?;
        let mut has_waited = false;
        loop {
            let now = Instant::now();
            let next = {
                let mut pacer = self.pacer();
                let next = pacer.next(now);
                if next <= now {
                    pacer.send(now, has_waited);
                }
                next
            };
            if next <= now {
                drop((turn, waiting));
                return Ok(Permit { sent: now, _in_flight: in_flight });
            }
            if next > deadline {
                return Err(TooLate(next.saturating_duration_since(now)));
            }
            has_waited = true;
            sleep_until(next).await;
        }
    }

    /// Returns approximately when a call may be sent if the given number of calls is ahead of it.
    fn estimate(&self, ahead: u32, now: Instant) -> Instant {
        let pacer = self.pacer();
        end(pacer.next(now), pacer.time_for(ahead, now))
    }
}

#[cfg(test)]
mod tests;
