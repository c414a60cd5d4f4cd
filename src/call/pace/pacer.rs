//! The queue of the calls that wait to be sent, and the trial after a refusal. It decides from events and instants only.

use std::collections::BTreeMap;
use std::mem;
use std::time::Duration;

use tokio::time::Instant;

use super::TooLate;
use super::rate::Rate;
use crate::call::deadline as end;

/// No call waits longer, whatever the server asks for. An instant further ahead comes from another clock: that of a
/// runtime whose paused clock was advanced.
pub(crate) const MAX_PAUSE: Duration = Duration::from_secs(300);
/// A call that was not polled for this long after its time has lost its place.
const PARKED: Duration = Duration::from_millis(250);
/// The shortest pause after a trial that was refused. A server that names no time is not tried all the time.
const AFTER_TRIAL: Duration = Duration::from_millis(500);
/// Timers cannot space requests more finely. At higher rates only the average is kept.
const SPACING: Duration = Duration::from_millis(2);

/// Decides when the next request may be sent.
#[derive(Clone, Debug)]
pub(super) struct Pacer {
    pub(super) rate: Rate,
    attempt_timeout: Duration,
    /// How many requests have no result yet.
    pub(super) in_flight: usize,
    /// The waiting calls, in the order of their arrival.
    queue: BTreeMap<u64, Place>,
    arrivals: u64,
    /// When the last request was sent.
    last: Option<Instant>,
    /// The server refuses requests before this instant.
    not_before: Instant,
    trial: Trial,
    /// How many refusals there were. What was sent before the last one proves nothing about what followed.
    refusals: u64,
    /// A request was accepted since the last refusal.
    is_proven: bool,
}

/// The place of a waiting call.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// When it may send.
    slot: Instant,
    /// When it will be polled at the latest, if somebody polls it at all.
    wakes: Instant,
    deadline: Instant,
}

/// After a refusal one request is sent first, to learn whether the server accepts requests again.
#[derive(Clone, Copy, Debug)]
enum Trial {
    Passed,
    Due,
    /// The others wait for its result, but not after `until`. The call may be parked.
    Running {
        number: u64,
        until: Instant,
    },
}

/// A request that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    at: Instant,
    number: u64,
    refusals: u64,
}

/// What a call that waits has to do.
#[derive(Debug)]
pub(super) enum Turn {
    Send(Sent),
    /// Wait until this instant, or until something has changed.
    Wait(Instant),
    Fail(TooLate),
}

impl Pacer {
    pub(super) fn new(max_rate: Option<f64>, attempt_timeout: Duration, now: Instant) -> Self {
        Self {
            rate: Rate::new(max_rate, now),
            attempt_timeout: attempt_timeout.min(MAX_PAUSE),
            in_flight: 0,
            queue: BTreeMap::new(),
            arrivals: 0,
            last: None,
            not_before: now,
            trial: Trial::Passed,
            refusals: 0,
            is_proven: true,
        }
    }

    /// Returns how many calls wait.
    pub(super) fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Returns the time for which nothing is sent, because the server refuses requests.
    pub(super) fn pause(&self, now: Instant) -> Duration {
        self.not_before.saturating_duration_since(now)
    }

    /// Decides about a call that waits, or wants to. `place` is its number in the queue, if it has one.
    pub(super) fn poll(&mut self, place: &mut Option<u64>, now: Instant, deadline: Instant) -> Turn {
        self.drop_other_clock(now);
        let trial_end = match self.trial {
            Trial::Running { until, .. } if until > now => Some(until),
            _ => None,
        };
        let (number, slot) = self.place(place.take(), now);
        let due = slot.max(self.earliest(now));
        let too_late = if now > deadline && trial_end.is_none() || due > deadline.min(self.horizon(now)) {
            Some(TooLate::Pace(due.saturating_duration_since(now)))
        } else {
            trial_end.filter(|_| now >= deadline).map(|_| TooLate::Trial)
        };
        if let Some(too_late) = too_late {
            self.leave(number);
            return Turn::Fail(too_late);
        }
        let wakes = trial_end.unwrap_or(due).max(due).min(deadline).min(end(now, MAX_PAUSE));
        if wakes > now {
            self.queue.insert(number, Place { slot, wakes, deadline });
            *place = Some(number);
            return Turn::Wait(wakes);
        }
        let has_waited = self.queue.remove(&number).is_some();
        Turn::Send(self.send(number, now, has_waited))
    }

    /// Removes a call from the queue.
    pub(super) fn leave(&mut self, number: u64) {
        self.queue.remove(&number);
    }

    /// Records a response that is not a refusal. Returns `true` if the waiting calls have new slots.
    pub(super) fn accept(&mut self, sent: Sent, now: Instant) -> bool {
        self.rate.accept(now);
        if sent.refusals != self.refusals {
            return false;
        }
        self.is_proven = true;
        if matches!(self.trial, Trial::Passed) {
            return false;
        }
        self.trial = Trial::Passed;
        self.rate.resume(now);
        self.assign_slots(now);
        true
    }

    /// Records a refusal. Returns `true` if the waiting calls have new slots.
    pub(super) fn refuse(&mut self, sent: Sent, now: Instant, retry_after: Duration) -> bool {
        // A request that was sent before the last refusal says nothing about the rate since then.
        let is_new = sent.refusals == self.refusals;
        let shortest = if is_new && !self.is_proven { AFTER_TRIAL } else { Duration::ZERO };
        let resumes = end(now, retry_after.clamp(shortest, MAX_PAUSE));
        if !is_new && (retry_after.is_zero() || resumes <= self.not_before) {
            return false;
        }
        if is_new {
            self.rate.refuse(sent.at, now, self.is_proven);
        }
        self.not_before = self.not_before.max(resumes);
        self.refusals += 1;
        (self.trial, self.is_proven) = (Trial::Due, false);
        self.rate.resume(self.not_before);
        self.assign_slots(now);
        true
    }

    /// Records that a request has no result. If it was the trial, another call tries at once, and the result is `true`.
    pub(super) fn abandon(&mut self, sent: Sent, now: Instant) -> bool {
        let is_trial = matches!(self.trial, Trial::Running { number, .. } if number == sent.number);
        if is_trial {
            (self.trial, self.last) = (Trial::Due, None);
            self.assign_slots(now);
        }
        is_trial
    }

    /// Returns the place of a call. It is a new one, at the end of the queue, if the call has none, or was parked.
    fn place(&mut self, number: Option<u64>, now: Instant) -> (u64, Instant) {
        if let Some(number) = number {
            match self.queue.get(&number) {
                Some(place) if end(place.wakes, PARKED) >= now => return (number, place.slot),
                _ => self.leave(number),
            }
        }
        self.arrivals += 1;
        let earliest = self.earliest(now);
        let after = |(_, last): (_, &Place)| end(last.slot, self.rate.interval(last.slot)).max(earliest);
        (self.arrivals, self.queue.last_key_value().map_or(earliest, after))
    }

    /// Returns the end of the longest queue: no call waits longer after a pause.
    fn horizon(&self, now: Instant) -> Instant {
        end(self.not_before.max(now), MAX_PAUSE)
    }

    /// Returns the time before which no request may be sent at all.
    fn earliest(&self, now: Instant) -> Instant {
        let interval = self.rate.interval(now);
        let spaced = self.last.map(|last| end(last, interval.saturating_sub(slack(interval))));
        spaced.unwrap_or(now).max(self.not_before).max(now)
    }

    fn send(&mut self, number: u64, now: Instant, has_waited: bool) -> Sent {
        self.rate.send(now, has_waited);
        self.in_flight += 1;
        let last = self.last.replace(now);
        // If timers fire late, the calls that follow are sent later, too, so that none comes too soon after another.
        let follows = |(other, place): &(&u64, &mut Place)| **other > number && Some(place.slot) > last;
        let mut following =
            self.queue.iter_mut().skip_while(|entry| !follows(entry)).map(|(_, place)| place).peekable();
        let interval = self.rate.interval(now);
        let lateness =
            following.peek().map(|next| end(now, interval).saturating_duration_since(end(next.slot, slack(interval))));
        following.for_each(|place| place.slot = end(place.slot, lateness.unwrap_or_default()));
        if !matches!(self.trial, Trial::Passed) {
            self.trial = Trial::Running { number, until: end(now, self.attempt_timeout) };
        }
        Sent { at: now, number, refusals: self.refusals }
    }

    /// Gives the waiting calls new slots from now on, in the order of their arrival. Those that are parked, or would be
    /// sent too late, take none.
    fn assign_slots(&mut self, now: Instant) {
        self.queue.retain(|_, place| end(place.wakes, PARKED) >= now);
        let (mut slot, horizon) = (self.earliest(now), self.horizon(now));
        for place in self.queue.values_mut() {
            (place.slot, place.wakes) = (slot, slot);
            if slot <= place.deadline.min(horizon) {
                slot = end(slot, self.rate.interval(slot));
            }
        }
    }

    /// Forgets everything if an instant comes from another clock.
    fn drop_other_clock(&mut self, now: Instant) {
        let latest = self.last.unwrap_or(now).max(self.not_before).max(self.rate.latest());
        if latest > end(now, MAX_PAUSE) {
            let new = Self::new(self.rate.max(), self.attempt_timeout, now);
            let (queue, arrivals, refusals) = (mem::take(&mut self.queue), self.arrivals, self.refusals + 1);
            *self = Self { in_flight: self.in_flight, queue, arrivals, refusals, ..new };
            self.assign_slots(now);
        }
    }
}

/// Returns how much a single interval may be shorter than the average.
fn slack(interval: Duration) -> Duration {
    if interval < SPACING { SPACING } else { Duration::ZERO }
}
