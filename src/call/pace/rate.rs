//! The rate of sending: the law by which it falls after a refusal and grows with time.
//!
//! *Search:* after a first refusal, or after an outage, the rate of the server is unknown. The rate grows exponentially
//! until it is refused. *Hold:* then it stays a little below for a minute, and after that a higher one is tried. If that
//! is refused, the rate that was held is held again.

use std::time::Duration;

use tokio::time::Instant;

/// The lowest rate at which a search begins, in requests per second.
const START: f64 = 10.0;
/// The lowest rate, in requests per second. A slower server is paced by its `Retry-After`.
const MIN: f64 = 0.5;
/// A limit above this rate is no limit.
const MAX: f64 = 10_000.0;
/// The growth per second while the rate of the server is unknown.
const SEARCH: f64 = 4.0;
/// The growth per second while a higher rate is tried, after [`HOLD`].
const PROBE: f64 = 1.5;
/// The part of the rate that is kept if the search is refused. It passes the rate of the server before it notices.
const AFTER_SEARCH: f64 = 0.86;
/// The part of the rate that is kept if it is refused later.
const AFTER_HOLD: f64 = 0.9;
/// What is refused is often a little above the rate of the server, and sometimes far. So the rate that is held begins
/// low, and then grows by this fraction.
const DRIFT: f64 = 0.07;
const DRIFT_TIME: Duration = Duration::from_secs(10);
/// How long a rate is held before a higher one is tried.
const HOLD: Duration = Duration::from_secs(60);
/// A limit is removed if it has delayed no call for this long.
const IDLE: Duration = Duration::from_secs(10);
const SECOND: Duration = Duration::from_secs(1);

/// The limit on the rate, if there is one.
#[derive(Clone, Debug)]
pub(super) struct Rate {
    /// A fixed bound, in requests per second.
    max: Option<f64>,
    limit: Option<Limit>,
    accepted: Counter,
}

/// A limit that the server's refusals have shown.
#[derive(Clone, Copy, Debug)]
struct Limit {
    /// The rate at `since`, in requests per second.
    base: f64,
    /// The time at which sending resumed and the rate began to grow.
    since: Instant,
    phase: Phase,
    last_wait: Instant,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Search,
    Hold,
}

impl Limit {
    fn at(&self, at: Instant) -> f64 {
        let age = at.saturating_duration_since(self.since);
        let power = |growth: f64, time: Duration| growth.powf(time.as_secs_f64());
        match self.phase {
            Phase::Search => self.base * power(SEARCH, age),
            Phase::Hold => {
                let drift = DRIFT * age.div_duration_f64(DRIFT_TIME).min(1.0);
                self.base * (1.0 + drift) * power(PROBE, age.saturating_sub(HOLD))
            }
        }
    }
}

impl Rate {
    pub(super) fn new(max: Option<f64>, now: Instant) -> Self {
        Self { max, limit: None, accepted: Counter::new(now) }
    }

    /// Returns the rate in requests per second, or `None` if there is no limit.
    pub(super) fn at(&self, at: Instant) -> Option<f64> {
        let limit = self.limit.map(|limit| limit.at(at)).filter(|rate| *rate < MAX);
        [limit, self.max].into_iter().flatten().reduce(f64::min)
    }

    /// Returns the time between two requests.
    pub(super) fn interval(&self, at: Instant) -> Duration {
        let seconds = self.at(at).map_or(0.0, |rate| 1.0 / rate);
        Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX)
    }

    pub(super) fn max(&self) -> Option<f64> {
        self.max
    }

    /// Returns the latest instant that the limit knows.
    pub(super) fn latest(&self) -> Instant {
        self.limit.map_or(self.accepted.start, |limit| limit.since.max(limit.last_wait).max(self.accepted.start))
    }

    /// Records that a request is sent; `has_waited` is `true` if the pace delayed it.
    pub(super) fn send(&mut self, now: Instant, has_waited: bool) {
        let Some(limit) = &mut self.limit else { return };
        if has_waited {
            limit.last_wait = now;
        } else if now.saturating_duration_since(limit.last_wait.max(limit.since)) > IDLE {
            self.limit = None;
        }
    }

    /// Records a response that is not a refusal.
    pub(super) fn accept(&mut self, now: Instant) {
        self.accepted.add(now);
    }

    /// Lowers the rate after the refusal of a request that was sent at `sent`. If nothing was accepted since the refusal
    /// before (`is_proven` is `false`), the refusal is not about the rate: the rate stays, and will be searched.
    pub(super) fn refuse(&mut self, sent: Instant, now: Instant, is_proven: bool) {
        let rate = self.limit.and_then(|_| self.at(sent));
        let (base, phase) = match (self.limit, rate) {
            (Some(limit), Some(_)) if !is_proven => (limit.base, Phase::Search),
            (Some(limit), Some(rate)) => match limit.phase {
                Phase::Search => (rate * AFTER_SEARCH, Phase::Hold),
                Phase::Hold if sent.saturating_duration_since(limit.since) < HOLD => (rate * AFTER_HOLD, Phase::Hold),
                Phase::Hold => (limit.base, Phase::Hold),
            },
            _ => ((self.accepted.per_second(now) * AFTER_SEARCH).max(START), Phase::Search),
        };
        self.limit = Some(Limit { base: base.max(MIN), since: now, phase, last_wait: now });
    }

    /// Records that sending resumes at this time: the rate grows from then on.
    pub(super) fn resume(&mut self, at: Instant) {
        if let Some(limit) = &mut self.limit {
            (limit.since, limit.last_wait) = (at, at);
        }
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
