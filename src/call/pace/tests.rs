use std::time::Duration;

use tokio::time::Instant;

use super::{IDLE, MIN_RATE, Pace, Pacer, RECOVERY};

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
    for (accepted, expected) in [(0, MIN_RATE), (1, MIN_RATE), (10, 9.0), (100, 90.0)] {
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
    // Nine tenths of what was refused; all of it after the recovery; more after twice that.
    let resumed = at(3);
    assert_near(pacer.rate(resumed), 36.0 * 0.9);
    assert_near(pacer.rate(resumed + RECOVERY), 36.0);
    assert_near(pacer.rate(resumed + RECOVERY * 2), 36.0 * 1.1);
    assert_near(pacer.rate(resumed + RECOVERY * 3), 36.0 * 1.8);
}

#[tokio::test(start_paused = true)]
async fn a_ceiling_that_is_confirmed_is_tried_less_often() {
    let (mut pacer, now) = refused_after(10, secs(1));
    pacer.refuse(now + secs(1), now + secs(1), secs(1));
    let mut now = now + secs(2);
    for factor in [1, 2, 4, 8, 8] {
        let rate = pacer.rate(now).unwrap();
        assert_near(pacer.rate(now + RECOVERY * factor), rate / 0.9);
        now += RECOVERY * factor;
        pacer.refuse(now, now, secs(1));
        now += secs(1);
    }
    // A refusal at another rate starts again.
    let far = now + RECOVERY * 8 * 3;
    let rate = pacer.rate(far).unwrap();
    pacer.refuse(far, far, secs(1));
    assert_near(pacer.rate(far + secs(1) + RECOVERY), rate);
}

#[tokio::test(start_paused = true)]
async fn refusals_of_what_was_sent_before_count_once() {
    let (mut pacer, now) = refused_after(10, secs(1));
    for late in 1..=50 {
        pacer.refuse(now - millis(1), now + millis(late), secs(1));
    }
    assert_near(pacer.rate(now + secs(1)), 9.0);
    assert_eq!(pacer.next(now), now + millis(1050), "but the latest time counts");
    pacer.refuse(now + millis(1), now + millis(60), secs(1));
    assert_near(pacer.rate(now + millis(1060)), 9.0 * 0.9);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_holds_nothing_back_is_lifted() {
    let (mut pacer, now) = refused_after(10, secs(1));
    let resumed = now + secs(1);
    pacer.send(resumed + IDLE, false);
    assert!(pacer.rate(resumed + IDLE).is_some());
    pacer.send(resumed + IDLE, true);
    pacer.send(resumed + IDLE * 2, false);
    assert!(pacer.rate(resumed + IDLE * 2).is_some(), "it held back a call in the meantime");
    pacer.send(resumed + IDLE * 2 + millis(1), false);
    assert_eq!(pacer.rate(resumed + IDLE * 2 + millis(1)), None);
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
    // At 1, 2, 4, … a second: 63 requests take 6 s.
    assert!((5.0..6.0).contains(&pacer.time_for(63, now).as_secs_f64()), "{:?}", pacer.time_for(63, now));
    pacer.refuse(now, now, secs(0));
    assert!((60.0..70.1).contains(&pacer.time_for(63, now).as_secs_f64()), "{:?}", pacer.time_for(63, now));
    assert_eq!(Pacer::new(None, now).time_for(1000, now), Duration::ZERO);
    assert_eq!(Pacer::new(Some(10.0), now).time_for(1000, now), secs(100));
}
