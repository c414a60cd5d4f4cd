use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use super::{Pace, Pacer, RECOVERY, START_RATE};

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A pacer that has accepted `accepted` requests, and then met a refusal with `Retry-After`.
fn refused_after(accepted: u32, retry_after: Duration) -> (Pacer, Instant) {
    let now = Instant::now();
    let mut pacer = Pacer::new(None, now);
    (0..accepted).for_each(|_| pacer.accept(now));
    pacer.refuse(now, now, retry_after);
    (pacer, now)
}

#[track_caller]
fn assert_near(rate: Option<f64>, expected: f64) {
    let rate = rate.expect("a limit");
    assert!((rate / expected - 1.0).abs() < 0.01, "{rate} instead of {expected}");
}

#[tokio::test(start_paused = true)]
async fn nothing_is_limited_before_a_refusal() {
    let now = Instant::now();
    let mut pacer = Pacer::new(None, now);
    for _ in 0..1000 {
        assert_eq!((pacer.next(now), pacer.rate(now)), (now, None));
        pacer.send(now, false);
        pacer.accept(now);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_refusal_nothing_is_sent_before_the_time_that_the_server_named() {
    let (pacer, now) = refused_after(10, secs(3));
    assert_eq!(pacer.next(now), now + secs(3));
    assert_eq!(pacer.next(now + secs(5)), now + secs(5));
    let (pacer, now) = refused_after(10, Duration::MAX);
    assert!(pacer.next(now) > now + secs(86_400));
}

#[tokio::test(start_paused = true)]
async fn the_rate_starts_from_what_got_through() {
    for (accepted, expected) in [(0, START_RATE), (1, START_RATE), (10, 9.0), (100, 90.0)] {
        let (mut pacer, now) = refused_after(accepted, secs(1));
        assert_near(pacer.rate(now + secs(1)), expected);
        pacer.send(now + secs(1), true);
        let interval = pacer.next(now + secs(1)) - (now + secs(1));
        assert!((interval.as_secs_f64() * expected - 1.0).abs() < 0.01, "{interval:?}");
    }
    // Only the last second counts.
    let now = Instant::now();
    let mut pacer = Pacer::new(None, now);
    (0..500).for_each(|_| pacer.accept(now));
    (0..20).for_each(|_| pacer.accept(now + secs(5)));
    pacer.refuse(now + secs(5), now + secs(5), secs(1));
    assert_near(pacer.rate(now + secs(6)), 18.0);
    // Two seconds ago is over.
    let mut pacer = Pacer::new(None, now);
    (0..500).for_each(|_| pacer.accept(now));
    (0..20).for_each(|_| pacer.accept(now + secs(2)));
    pacer.refuse(now + secs(2), now + secs(2), secs(1));
    assert_near(pacer.rate(now + secs(3)), 18.0);
    // A second that has just begun does not hide the one before.
    let mut pacer = Pacer::new(None, now);
    (0..30).for_each(|_| pacer.accept(now + millis(900)));
    pacer.accept(now + millis(1100));
    pacer.refuse(now, now + millis(1100), secs(1));
    assert_near(pacer.rate(now + millis(2100)), 27.0);
}

#[tokio::test(start_paused = true)]
async fn the_rate_doubles_each_second_until_it_is_refused_again() {
    let (mut pacer, now) = refused_after(10, secs(1));
    let at = |seconds: u64| now + secs(1 + seconds);
    for (seconds, expected) in [(0_u64, 9.0), (1, 18.0), (2, 36.0)] {
        assert_near(pacer.rate(at(seconds)), expected);
    }
    pacer.refuse(at(2), at(2), secs(1));
    // Four fifths of what was refused; all of it after the recovery; more after twice that.
    let resumed = at(3);
    assert_near(pacer.rate(resumed), 36.0 * 0.8);
    assert_near(pacer.rate(resumed + RECOVERY), 36.0);
    assert_near(pacer.rate(resumed + RECOVERY * 2), 36.0 * 1.2);
    assert_near(pacer.rate(resumed + RECOVERY * 3), 36.0 * 2.6);
}

#[tokio::test(start_paused = true)]
async fn a_ceiling_that_is_confirmed_is_tried_less_often() {
    let (mut pacer, now) = refused_after(10, secs(1));
    pacer.refuse(now + secs(1), now + secs(1), secs(1));
    let mut now = now + secs(2);
    for (factor, decrease) in [(1, 0.8), (2, 0.9), (4, 0.9), (4, 0.9)] {
        let rate = pacer.rate(now).unwrap();
        assert_near(pacer.rate(now + RECOVERY * factor), rate / decrease);
        now += RECOVERY * factor;
        pacer.refuse(now, now, secs(1));
        now += secs(1);
    }
    // A refusal at another rate, below or above, starts again.
    for far in [now, now + RECOVERY * 4 * 3] {
        let mut pacer = pacer.clone();
        let rate = pacer.rate(far).unwrap();
        pacer.refuse(far, far, secs(1));
        assert_near(pacer.rate(far + secs(1)), rate * 0.8);
        assert_near(pacer.rate(far + secs(1) + RECOVERY), rate);
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_does_not_fall_below_one_a_second() {
    let (mut pacer, mut now) = refused_after(10, secs(1));
    for _ in 0..30 {
        now = pacer.next(now);
        pacer.refuse(now, now, secs(1));
    }
    assert_near(pacer.rate(pacer.next(now)), 1.0);
}

#[tokio::test(start_paused = true)]
async fn refusals_of_what_was_sent_before_count_once() {
    let (mut pacer, now) = refused_after(10, secs(1));
    for late in 1..=50 {
        // They may have been sent after the first refusal arrived, but before it was processed.
        pacer.refuse(now + millis(late) - millis(1), now + millis(late), secs(1));
    }
    assert_near(pacer.rate(now + millis(1050)), 9.0);
    assert_eq!(pacer.next(now), now + millis(1050), "but the latest time counts");
    pacer.refuse(now + millis(1050), now + millis(1060), secs(1));
    assert_near(pacer.rate(now + millis(2060)), 9.0 * 2_f64.powf(0.01) * 0.8);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_holds_nothing_back_is_lifted() {
    let (mut pacer, now) = refused_after(10, secs(1));
    let resumed = now + secs(1);
    pacer.send(resumed + secs(10), false);
    assert!(pacer.rate(resumed + secs(10)).is_some());
    pacer.send(resumed + secs(10), true);
    pacer.send(resumed + secs(20), false);
    assert!(pacer.rate(resumed + secs(20)).is_some(), "it held back a call in the meantime");
    pacer.send(resumed + secs(20) + millis(1), false);
    assert_eq!(pacer.rate(resumed + secs(20) + millis(1)), None);
}

#[tokio::test(start_paused = true)]
async fn a_fixed_rate_is_never_exceeded() {
    let now = Instant::now();
    let mut pacer = Pacer::new(Some(4.0), now);
    for number in 0..8 {
        assert_eq!(pacer.next(now), now + millis(250) * number);
        pacer.send(now, true);
    }
    let (mut limited, now) = refused_after(100, secs(0));
    limited.max_rate = Some(4.0);
    assert_near(limited.rate(now), 4.0);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_in_the_order_of_their_arrival() {
    let pace = Pace::new(Some(10.0), None);
    let deadline = Instant::now() + secs(60);
    let started = Instant::now();
    let order = std::sync::Mutex::new(Vec::new());
    let calls = (0..20_u64).map(|number| {
        let (pace, order) = (&pace, &order);
        async move {
            tokio::time::sleep(millis(number)).await;
            pace.acquire(deadline).await.unwrap();
            order.lock().unwrap().push(number);
        }
    });
    futures_util::future::join_all(calls).await;
    assert_eq!(*order.lock().unwrap(), (0..20).collect::<Vec<_>>());
    assert_eq!(started.elapsed().as_millis() / 100, 19, "the first one is free");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_leaves_no_place_taken() {
    let pace = Pace::new(Some(1.0), Some(2));
    let started = Instant::now();
    let deadline = started + secs(60);
    drop(pace.acquire(deadline).await.unwrap());
    for _ in 0..10 {
        let dropped = tokio::time::timeout(millis(10), pace.acquire(deadline)).await;
        assert!(dropped.is_err());
    }
    pace.acquire(deadline).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 1);
    assert_eq!(pace.waiting.load(std::sync::atomic::Ordering::Relaxed), 0);
}

#[tokio::test(start_paused = true)]
async fn a_place_that_would_come_too_late_is_refused_at_once() {
    let pace = Pace::new(Some(1.0), None);
    let started = Instant::now();
    let calls = (0..20).map(|_| pace.acquire(started + secs(5)));
    let results = futures_util::future::join_all(calls).await;
    let (sent, late): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert!((4..=6).contains(&sent.len()), "{}", sent.len());
    assert!(late.iter().all(|late| late.as_ref().is_err_and(|late| late.0 > secs(4))), "{late:?}");
    pace.pacer().refuse(Instant::now(), Instant::now(), secs(100));
    let before = Instant::now();
    assert!(pace.acquire(before + secs(99)).await.is_err());
    assert_eq!(before.elapsed(), Duration::ZERO);
    // A place at the deadline is in time.
    assert!(pace.acquire(before + secs(100)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_call_behind_too_many_others_is_refused_at_once() {
    let pace = Pace::new(Some(1.0), None);
    let started = Instant::now();
    let others = futures_util::future::join_all((0..10).map(|_| pace.acquire(started + secs(60))));
    let hasty = async {
        tokio::task::yield_now().await;
        let late = pace.acquire(started + secs(5)).await.unwrap_err();
        (late.0, started.elapsed())
    };
    let (_, (wait, elapsed)) = futures_util::future::join(others, hasty).await;
    assert!(wait >= secs(9) && elapsed < secs(1), "{wait:?} {elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_bounded() {
    let pace = Pace::new(None, Some(2));
    let deadline = Instant::now() + secs(1);
    let first = pace.acquire(deadline).await.unwrap();
    let _second = pace.acquire(deadline).await.unwrap();
    assert!(pace.acquire(deadline).await.is_err());
    drop(first);
    assert!(pace.acquire(Instant::now() + secs(1)).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_queue_is_estimated_by_how_the_rate_will_be() {
    let (mut pacer, now) = refused_after(0, secs(1));
    let now = now + secs(1);
    // At 8, 16, … a second: 63 requests take almost 3 s.
    assert!((2.5..2.8).contains(&pacer.time_for(63, now).as_secs_f64()), "{:?}", pacer.time_for(63, now));
    pacer.refuse(now, now, secs(0));
    assert!((9.5..10.1).contains(&pacer.time_for(63, now).as_secs_f64()), "{:?}", pacer.time_for(63, now));
    assert_eq!(Pacer::new(None, now).time_for(1000, now), Duration::ZERO);
    assert_eq!(Pacer::new(Some(10.0), now).time_for(1000, now), secs(100));
}

/// A server that accepts a number of requests per second. It refuses other requests with `Retry-After: 1`.
struct Limited {
    rate: f64,
    /// The size of the burst. `None`: a fixed window of one second without a burst limit.
    burst: Option<f64>,
    left: f64,
    seen: f64,
}

impl Limited {
    fn new(rate: f64, burst: Option<f64>) -> Self {
        Self { rate, burst, left: burst.unwrap_or(rate), seen: 0.0 }
    }

    fn accepts(&mut self, at: f64) -> bool {
        match self.burst {
            Some(burst) => self.left = (self.left + (at - self.seen).max(0.0) * self.rate).min(burst),
            None if at.floor() > self.seen.floor() => self.left = self.rate,
            None => {}
        }
        self.seen = self.seen.max(at);
        let accepts = self.left >= 1.0;
        self.left -= f64::from(u8::from(accepts));
        accepts
    }
}

/// Sends `count` requests, at most 64 at once. Each is answered within a millisecond and sent up to 1.5 ms late.
/// Returns the ratio of the total time to the ideal time, and the number of refusals.
fn simulate(count: u32, mut server: Limited, seed: u64) -> (f64, u32) {
    const LATENCY: f64 = 0.001;
    let mut random = fastrand::Rng::with_seed(seed);
    let start = Instant::now();
    let at = |seconds: f64| start + Duration::from_secs_f64(seconds);
    let ideal = (f64::from(count) - server.left) / server.rate;
    let mut pacer = Pacer::new(None, start);
    let (mut now, mut accepted, mut refused) = (0.0, 0, 0);
    // The pending responses: the time of arrival, the time at which the request was sent, and whether it was accepted.
    let mut responses = VecDeque::new();
    while accepted < count {
        let next = pacer.next(at(now)).duration_since(start).as_secs_f64();
        let has_work = responses.len() < 64 && accepted as usize + responses.len() < count as usize;
        match responses.front() {
            Some(&(time, sent, is_accepted)) if !has_work || time < next => {
                now = f64::max(now, time);
                responses.pop_front();
                if is_accepted {
                    accepted += 1;
                    pacer.accept(at(now));
                } else {
                    refused += 1;
                    pacer.refuse(at(sent), at(now), secs(1));
                }
            }
            _ => {
                // Rounding is no delay.
                let has_waited = next > now + 1e-6;
                now = if has_waited { next + random.f64() * 0.0015 } else { now };
                pacer.send(at(now), has_waited);
                let is_accepted = server.accepts(now + LATENCY * (0.2 + 0.6 * random.f64()));
                responses.push_back((now + LATENCY, now, is_accepted));
            }
        }
    }
    (now / ideal, refused)
}

#[tokio::test(start_paused = true)]
async fn a_limited_server_is_used_well_and_refuses_little() {
    for (count, rate) in [(500, 10.0), (1000, 20.0), (5000, 100.0)] {
        // Columns: the burst, and the allowed ratio to the ideal time.
        for (burst, allowed) in
            [(None, 1.22), (Some(rate), 1.06), (Some(rate / 2.0), 1.16), (Some(2.0), 1.22), (Some(1.0), 1.34)]
        {
            for seed in 0..10 {
                let (ratio, refused) = simulate(count, Limited::new(rate, burst), seed);
                let row = format!("{count} at {rate}, burst {burst:?}, seed {seed}: {ratio:.2}, {refused} refused");
                assert!(ratio <= allowed && refused < 100, "{row}");
            }
        }
    }
}
