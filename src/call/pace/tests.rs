use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;

use futures_util::future::{join, join_all};
use proptest::prelude::*;
use tokio::time::{Instant, advance, sleep, sleep_until, timeout};

use super::pacer::{MAX_PAUSE, Pacer, Sent, Turn};
use super::rate::Rate;
use super::{Pace, TooLate};

const ATTEMPT: Duration = Duration::from_secs(20);

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn pace(max_rate: Option<f64>) -> Pace {
    Pace::new(max_rate, None, ATTEMPT)
}

/// A rate that was refused after `accepted` requests, and grows from now on.
fn refused_after(accepted: u32) -> (Rate, Instant) {
    let now = Instant::now();
    let mut rate = Rate::new(None, now);
    (0..accepted).for_each(|_| rate.accept(now));
    rate.refuse(now, now, true);
    (rate, now)
}

#[track_caller]
fn assert_near(rate: Option<f64>, expected: f64) {
    let rate = rate.expect("a limit");
    assert!((rate / expected - 1.0).abs() < 0.01, "{rate} instead of {expected}");
}

fn poll_once(future: std::pin::Pin<&mut impl Future>) -> bool {
    future.poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Sends one request that is refused, so that the pace pauses.
async fn refuse(pace: &Pace, retry_after: Duration) {
    pace.ticket(Instant::now() + secs(300)).await.unwrap().refused(retry_after);
}

/// Sends one request at once. `place` is where it waits.
#[track_caller]
fn send(pacer: &mut Pacer, now: Instant) -> Sent {
    match pacer.poll(&mut None, now, now) {
        Turn::Send(sent) => sent,
        turn => panic!("{turn:?}"),
    }
}

/// Returns when a call that arrives now would send.
fn next(pacer: &Pacer, now: Instant) -> Instant {
    match pacer.clone().poll(&mut None, now, now + secs(3600)) {
        Turn::Send(_) => now,
        Turn::Wait(until) => until,
        Turn::Fail(late) => panic!("{late:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_is_limited_before_a_refusal() {
    let now = Instant::now();
    let mut pacer = Pacer::new(None, ATTEMPT, now);
    for _ in 0..1000 {
        let sent = send(&mut pacer, now);
        assert_eq!(pacer.rate.at(now), None);
        pacer.accept(sent, now);
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_refusal_nothing_is_sent_before_the_time_that_the_server_named() {
    for (retry_after, expected) in [(secs(3), secs(3)), (MAX_PAUSE, MAX_PAUSE), (Duration::MAX, MAX_PAUSE)] {
        let now = Instant::now();
        let mut pacer = Pacer::new(None, ATTEMPT, now);
        let sent = send(&mut pacer, now);
        pacer.refuse(sent, now, retry_after);
        assert_eq!(next(&pacer, now), now + expected);
        assert_eq!(next(&pacer, now + MAX_PAUSE), now + MAX_PAUSE);
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_starts_from_what_got_through() {
    for (accepted, expected) in [(0, 10.0), (1, 10.0), (100, 86.0)] {
        let (rate, now) = refused_after(accepted);
        assert_near(rate.at(now), expected);
        assert!((rate.interval(now).as_secs_f64() * expected - 1.0).abs() < 0.01);
    }
    // Columns: how many were accepted when, in milliseconds (the last ones just before the refusal), and the expected rate.
    for (accepted, expected) in [
        // Only the last second counts.
        ([(500, 0), (20, 5000)], 17.2),
        // Two seconds ago is over.
        ([(500, 0), (20, 2000)], 17.2),
        // A second that has just begun does not hide the one before.
        ([(30, 900), (1, 1100)], 25.8),
    ] {
        let now = Instant::now();
        let mut rate = Rate::new(None, now);
        for (count, at) in accepted {
            (0..count).for_each(|_| rate.accept(now + millis(at)));
        }
        let refused = now + millis(accepted[1].1);
        rate.refuse(refused, refused, true);
        assert_near(rate.at(refused), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_rate_is_searched_until_it_is_refused_and_then_held() {
    let (mut rate, now) = refused_after(10);
    for (seconds, expected) in [(0, 10.0), (1, 40.0), (2, 160.0)] {
        assert_near(rate.at(now + secs(seconds)), expected);
    }
    let now = now + secs(2);
    rate.refuse(now, now, true);
    // A little less than what was refused, growing a little, then constant, and after a minute higher ones are tried.
    let held = 160.0 * 0.86;
    for (seconds, factor) in [(0, 1.0), (5, 1.035), (10, 1.07), (60, 1.07), (62, 1.07 * 2.25)] {
        assert_near(rate.at(now + secs(seconds)), held * factor);
    }
    // A higher rate that is refused: back to the one that was held. The rate that is held is refused: lower.
    for (seconds, expected) in [(62, held), (30, held * 1.07 * 0.9)] {
        let mut rate = rate.clone();
        let refused = now + secs(seconds);
        rate.refuse(refused, refused, true);
        assert_near(rate.at(refused), expected);
        assert_near(rate.at(refused + secs(60)), expected * 1.07);
    }
    assert_eq!(rate.at(now + secs(90)), None, "no limit that was not refused lasts");
}

#[tokio::test(start_paused = true)]
async fn the_rate_does_not_fall_below_one_in_two_seconds() {
    let (mut rate, now) = refused_after(10);
    (0..100).for_each(|_| rate.refuse(now, now, true));
    assert_near(rate.at(now), 0.5);
}

#[tokio::test(start_paused = true)]
async fn a_rate_that_was_only_ever_refused_is_not_lowered() {
    let (mut rate, now) = refused_after(100);
    rate.refuse(now, now, true);
    let held = rate.at(now).unwrap();
    for second in 1..=60 {
        rate.refuse(now + secs(second), now + secs(second), false);
    }
    assert_near(rate.at(now + secs(60)), held);
    assert_near(rate.at(now + secs(62)), held * 16.0);
}

#[tokio::test(start_paused = true)]
async fn refusals_of_what_was_sent_before_count_once() {
    let now = Instant::now();
    let mut pacer = Pacer::new(None, ATTEMPT, now);
    let late = send(&mut pacer, now);
    let sent: Vec<_> = (0..100).map(|_| send(&mut pacer, now)).collect();
    for (number, sent) in sent.into_iter().enumerate() {
        if number < 50 {
            pacer.accept(sent, now);
        } else {
            pacer.refuse(sent, now + millis(number as u64), secs(1));
        }
    }
    assert_near(pacer.rate.at(now), 43.0);
    let resumes = now + millis(1099);
    assert_eq!(next(&pacer, now), resumes, "but the latest time counts");
    assert!(!pacer.refuse(late, now, secs(1)), "and an earlier one changes nothing");
    let sent = send(&mut pacer, resumes);
    pacer.accept(sent, resumes);
    let sent = send(&mut pacer, resumes + millis(500));
    pacer.refuse(sent, resumes + millis(500), secs(1));
    assert_near(pacer.rate.at(resumes + secs(1)), 43.0 * 2.0 * 0.86);
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_holds_nothing_back_is_lifted() {
    let (mut rate, now) = refused_after(10);
    rate.refuse(now, now, true);
    rate.send(now + secs(10), false);
    assert!(rate.at(now + secs(10)).is_some());
    rate.send(now + secs(10), true);
    rate.send(now + secs(20), false);
    assert!(rate.at(now + secs(20)).is_some(), "it held back a call in the meantime");
    rate.send(now + secs(20) + millis(1), false);
    assert_eq!(rate.at(now + secs(20) + millis(1)), None);
}

#[tokio::test(start_paused = true)]
async fn a_fixed_rate_is_never_exceeded() {
    let pace = pace(Some(4.0));
    let started = Instant::now();
    for number in 0..8 {
        pace.ticket(started + secs(60)).await.unwrap().accepted();
        assert_eq!(started.elapsed(), millis(250) * number);
    }
    let now = Instant::now();
    let mut rate = Rate::new(Some(4.0), now);
    (0..100).for_each(|_| rate.accept(now));
    rate.refuse(now, now, true);
    assert_near(rate.at(now + secs(10)), 4.0);
}

#[tokio::test(start_paused = true)]
async fn calls_wait_in_the_order_of_their_arrival() {
    let pace = pace(Some(10.0));
    let deadline = Instant::now() + secs(60);
    let started = Instant::now();
    let order = RefCell::new(Vec::new());
    let calls = (0..20_u64).map(|number| {
        let (pace, order) = (&pace, &order);
        async move {
            sleep(millis(number)).await;
            pace.ticket(deadline).await.unwrap().accepted();
            order.borrow_mut().push(number);
        }
    });
    join_all(calls).await;
    assert_eq!(*order.borrow(), (0..20).collect::<Vec<_>>());
    assert_eq!(started.elapsed().as_millis() / 100, 19, "the first one is free");
}

#[tokio::test(start_paused = true)]
async fn after_a_trial_calls_are_sent_in_the_order_of_their_arrival() {
    let pace = pace(None);
    refuse(&pace, secs(1)).await;
    let deadline = Instant::now() + secs(60);
    let order = RefCell::new(Vec::new());
    let calls = (0..20_u64).map(|number| {
        let (pace, order) = (&pace, &order);
        async move {
            sleep(millis(number)).await;
            let ticket = pace.ticket(deadline).await.unwrap();
            order.borrow_mut().push((number, Instant::now()));
            sleep(secs(3)).await;
            ticket.accepted();
        }
    });
    join_all(calls).await;
    let order = order.borrow();
    assert!(order.iter().map(|(number, _)| *number).eq(0..20), "{order:?}");
    assert_eq!(order[1].1 - order[0].1, secs(3), "the others wait for the result");
    assert!(order[1..].windows(2).all(|pair| pair[1].1 > pair[0].1), "and do not come all at once: {order:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_leaves_no_place_taken() {
    let pace = Pace::new(Some(1.0), Some(2), ATTEMPT);
    let started = Instant::now();
    let deadline = started + secs(60);
    drop(pace.ticket(deadline).await.unwrap());
    for _ in 0..10 {
        assert!(timeout(millis(10), pace.ticket(deadline)).await.is_err());
    }
    drop(pace.ticket(deadline).await.unwrap());
    assert_eq!(started.elapsed().as_secs(), 1);
    assert_eq!(pace.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_place_that_would_come_too_late_is_refused_at_once() {
    let limited = pace(Some(1.0));
    let started = Instant::now();
    let calls = (0..20).map(|_| async { limited.ticket(started + secs(5)).await.map(super::Ticket::accepted) });
    let results = join_all(calls).await;
    let (sent, late): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(sent.len(), 6, "at 0, 1, … 5 s");
    assert!(late.iter().all(|late| matches!(late, Err(TooLate::Pace(wait)) if *wait == secs(6))), "{late:?}");
    let pace = pace(None);
    refuse(&pace, secs(100)).await;
    let before = Instant::now();
    assert!(matches!(pace.ticket(before + secs(99)).await, Err(TooLate::Pace(wait)) if wait == secs(100)));
    assert_eq!(before.elapsed(), Duration::ZERO);
    // A place at the deadline is in time.
    assert!(pace.ticket(before + secs(100)).await.is_ok());
    assert_eq!(before.elapsed(), secs(100));
}

#[tokio::test(start_paused = true)]
async fn no_queue_is_longer_than_five_minutes() {
    let pace = pace(Some(1.0));
    let deadline = Instant::now() + secs(86_400);
    let mut calls: Vec<_> = (0..400).map(|_| Box::pin(pace.ticket(deadline))).collect();
    let failed = calls.iter_mut().map(|call| poll_once(call.as_mut())).filter(|is_ready| *is_ready).count();
    // One is sent, 300 wait.
    assert_eq!((failed, pace.waiting()), (100, 300));
}

#[tokio::test(start_paused = true)]
async fn a_call_behind_too_many_others_is_refused_at_once() {
    let pace = pace(Some(1.0));
    let started = Instant::now();
    let others = join_all((0..10).map(|_| pace.ticket(started + secs(60))));
    let hasty = async {
        tokio::task::yield_now().await;
        let late = pace.ticket(started + secs(5)).await.unwrap_err();
        (late, started.elapsed())
    };
    let (_, (late, elapsed)) = join(others, hasty).await;
    assert!(matches!(late, TooLate::Pace(wait) if wait >= secs(9)) && elapsed < secs(1), "{late:?} {elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn requests_in_flight_are_bounded() {
    let pace = Pace::new(None, Some(2), ATTEMPT);
    assert!(pace.has_permits());
    let deadline = Instant::now() + secs(1);
    let first = pace.permit(deadline).await.unwrap();
    let _second = pace.permit(deadline).await.unwrap();
    assert!(matches!(pace.permit(deadline).await, Err(TooLate::InFlight)));
    drop(first);
    assert!(pace.permit(Instant::now() + secs(1)).await.is_ok_and(|permit| permit.is_some()));
    let all = Pace::new(None, Some(usize::MAX), ATTEMPT);
    assert!(all.permit(Instant::now()).await.is_ok_and(|permit| permit.is_some()));
    let none = Pace::new(None, Some(0), ATTEMPT);
    let _one = none.permit(Instant::now()).await.unwrap();
    assert!(none.permit(Instant::now()).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn after_its_deadline_a_call_gets_neither_ticket_nor_permit() {
    let pace = Pace::new(Some(1.0), Some(1), ATTEMPT);
    let deadline = Instant::now() + secs(5);
    pace.ticket(deadline).await.unwrap().accepted();
    let permit = pace.permit(deadline).await.unwrap();
    let mut ticket = pin!(pace.ticket(deadline));
    let mut second = pin!(pace.permit(deadline));
    assert!(!poll_once(ticket.as_mut()) && !poll_once(second.as_mut()));
    drop(permit);
    advance(secs(6)).await;
    assert!(matches!(ticket.await, Err(TooLate::Pace(_))));
    assert!(matches!(second.await, Err(TooLate::InFlight)));
}

#[tokio::test(start_paused = true)]
async fn a_parked_call_delays_no_other() {
    let pace = pace(Some(10.0));
    let started = Instant::now();
    let deadline = started + secs(60);
    pace.ticket(deadline).await.unwrap().accepted();
    let mut parked = pin!(pace.ticket(deadline));
    assert!(!poll_once(parked.as_mut()));
    for number in 2..=20 {
        pace.ticket(deadline).await.unwrap().accepted();
        assert_eq!(started.elapsed(), millis(100) * number, "it costs its own slot only");
    }
    drop(parked.await.unwrap());
    assert_eq!(started.elapsed(), millis(2100));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_parked_goes_to_the_end_of_the_queue() {
    let now = Instant::now();
    let mut pacer = Pacer::new(Some(10.0), ATTEMPT, now);
    send(&mut pacer, now);
    let mut places = [None; 3];
    for (place, slot) in places.iter_mut().zip([100, 200, 300]) {
        assert!(matches!(pacer.poll(place, now, now + secs(60)), Turn::Wait(until) if until == now + millis(slot)));
    }
    let [parked, second, third] = &mut places;
    assert!(matches!(pacer.poll(second, now + millis(200), now + secs(60)), Turn::Send(_)));
    // The third one is polled a little late, after the one that was parked.
    let now = now + millis(360);
    assert!(matches!(pacer.poll(parked, now, now + secs(60)), Turn::Wait(until) if until == now + millis(40)));
    assert!(matches!(pacer.poll(third, now, now + secs(60)), Turn::Send(_)));
    assert!(matches!(pacer.poll(parked, now, now + secs(60)), Turn::Wait(until) if until == now + millis(100)));
}

#[tokio::test(start_paused = true)]
async fn what_was_sent_before_the_refusal_ends_no_trial() {
    let pace = pace(None);
    let deadline = Instant::now() + secs(60);
    let before = pace.ticket(deadline).await.unwrap();
    refuse(&pace, secs(1)).await;
    let trial = pace.ticket(deadline).await.unwrap();
    before.accepted();
    assert!(timeout(secs(5), pace.ticket(deadline)).await.is_err());
    trial.accepted();
    pace.ticket(deadline).await.unwrap().accepted();
}

#[tokio::test(start_paused = true)]
async fn parked_calls_do_not_come_all_at_once() {
    let pace = pace(Some(10.0));
    let deadline = Instant::now() + secs(60);
    let times = RefCell::new(Vec::new());
    let call = || async {
        pace.ticket(deadline).await.unwrap().accepted();
        times.borrow_mut().push(Instant::now());
    };
    let mut parked = Box::pin(join_all((0..20).map(|_| call())));
    assert!(!poll_once(parked.as_mut()));
    advance(secs(10)).await;
    let started = Instant::now();
    // Calls that were never parked keep their turn among them.
    join(parked, join_all((0..3).map(|_| call()))).await;
    let times = times.borrow();
    assert!(times[1..].windows(2).all(|pair| pair[1] - pair[0] >= millis(98)), "{times:?}");
    assert!(started.elapsed() <= millis(2200), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn calls_parked_during_a_pause_take_no_slots_after_it() {
    let pace = pace(Some(10.0));
    refuse(&pace, secs(1)).await;
    let deadline = Instant::now() + secs(60);
    let mut parked: Vec<_> = (0..5).map(|_| Box::pin(pace.ticket(deadline))).collect();
    assert!(!parked.iter_mut().any(|call| poll_once(call.as_mut())));
    sleep(secs(2)).await;
    let trial = pace.ticket(deadline).await.unwrap();
    let before = Instant::now();
    trial.accepted();
    pace.ticket(deadline).await.unwrap().accepted();
    assert_eq!((before.elapsed(), pace.waiting()), (millis(100), 0));
}

#[tokio::test(start_paused = true)]
async fn a_parked_trial_delays_the_others_by_one_attempt() {
    let pace = pace(None);
    let deadline = Instant::now() + secs(60);
    refuse(&pace, secs(1)).await;
    let _parked = pace.ticket(deadline).await.unwrap();
    let started = Instant::now();
    let in_time = async { pace.ticket(deadline).await.map(super::Ticket::accepted) };
    let hasty = async { (pace.ticket(started + secs(5)).await.map(drop), started.elapsed()) };
    let (in_time, (hasty, elapsed)) = join(in_time, hasty).await;
    assert!(matches!(hasty, Err(TooLate::Trial)) && elapsed == secs(5), "{hasty:?} {elapsed:?}");
    assert!(in_time.is_ok() && started.elapsed() == ATTEMPT, "{:?}", started.elapsed());
    // Its late result changes nothing for a trial that has passed since.
    pace.ticket(deadline).await.unwrap().accepted();
}

#[tokio::test(start_paused = true)]
async fn a_dropped_trial_is_passed_on_at_once() {
    let pace = pace(None);
    let deadline = Instant::now() + secs(60);
    refuse(&pace, secs(1)).await;
    let trial = pace.ticket(deadline).await.unwrap();
    let started = Instant::now();
    let next = async {
        let ticket = pace.ticket(deadline).await.unwrap();
        assert_eq!(started.elapsed(), secs(2));
        sleep(secs(1)).await;
        ticket.accepted();
    };
    let after = async {
        sleep(millis(1)).await;
        pace.ticket(deadline).await.unwrap().accepted();
        assert!((secs(3)..secs(4)).contains(&started.elapsed()), "one tries, not all: {:?}", started.elapsed());
    };
    let dropped = async {
        sleep(secs(2)).await;
        drop(trial);
    };
    join(dropped, join(next, after)).await;
}

#[tokio::test(start_paused = true)]
async fn a_trial_that_is_refused_starts_the_next_pause() {
    let pace = pace(None);
    let deadline = Instant::now() + secs(60);
    let started = Instant::now();
    refuse(&pace, secs(1)).await;
    // Without a time of its own, it is half a second.
    for (retry_after, resumed) in [(secs(1), millis(2000)), (Duration::ZERO, millis(2500)), (secs(4), millis(6500))] {
        let trial = pace.ticket(deadline).await.unwrap();
        let waiting = async { drop(pace.ticket(deadline).await.unwrap()) };
        let refuse = async { trial.refused(retry_after) };
        join(waiting, refuse).await;
        assert_eq!(started.elapsed(), resumed);
    }
    assert!(pace.pause().is_none());
}

#[tokio::test(start_paused = true)]
async fn an_instant_of_another_clock_is_dropped() {
    // Columns: the pace is limited by `max_rate`; how far the other clock is ahead.
    for (max_rate, ahead) in [(Some(10.0), 3630), (None, 3630), (None, 86_400 * 365)] {
        let pace = pace(max_rate);
        let now = Instant::now();
        {
            let mut pacer = pace.pacer();
            let sent = send(&mut pacer, now + secs(ahead));
            pacer.refuse(sent, now + secs(ahead), secs(1));
        }
        drop(pace.ticket(now + secs(1)).await.unwrap());
        assert_eq!(Instant::now(), now);
    }
}

#[tokio::test(start_paused = true)]
async fn what_another_clock_sent_is_in_flight_and_says_nothing_and_who_waits_keeps_the_place() {
    let now = Instant::now();
    let ahead = now + secs(3630);
    let mut pacer = Pacer::new(Some(10.0), ATTEMPT, now);
    let sent = send(&mut pacer, ahead);
    let turn = pacer.poll(&mut None, ahead, ahead + secs(60));
    assert!(matches!(turn, Turn::Wait(until) if until == ahead + millis(100)), "{turn:?}");
    let turn = pacer.poll(&mut None, now, now + secs(60));
    assert!(matches!(turn, Turn::Wait(until) if until == now + millis(100)), "{turn:?}");
    assert_eq!((pacer.in_flight, pacer.waiting(), pacer.rate.at(now)), (1, 2, Some(10.0)));
    assert!(!pacer.refuse(sent, now, Duration::ZERO));
}

#[tokio::test(start_paused = true)]
async fn requests_are_not_spaced_more_finely_than_timers_can() {
    let now = Instant::now();
    // The rate → the time after which the second request is sent, in milliseconds.
    for (rate, expected) in [(1000.0, 0), (501.0, 0), (500.0, 2), (100.0, 10)] {
        let mut pacer = Pacer::new(Some(rate), ATTEMPT, now);
        send(&mut pacer, now);
        assert_eq!(next(&pacer, now), now + millis(expected), "{rate}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_long_queue_follows_the_growing_rate() {
    let pace = pace(None);
    refuse(&pace, secs(1)).await;
    assert_near(pace.rate(), 10.0);
    assert_eq!(pace.pause(), Some(secs(1)));
    let started = Instant::now() + secs(1);
    let deadline = started + secs(60);
    join_all((0..500).map(|_| async { pace.ticket(deadline).await.unwrap().accepted() })).await;
    // At 10 a second it would take 50 s. The rate grows fourfold each second.
    assert!((millis(2500)..millis(4000)).contains(&started.elapsed()), "{:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_refusing_server_is_not_hammered() {
    for retry_after in [Duration::ZERO, secs(1)] {
        let pace = pace(None);
        let started = Instant::now();
        let sent = Cell::new(0);
        let calls = (0..3000_u64).map(|number| {
            let (pace, sent) = (&pace, &sent);
            async move {
                sleep_until(started + millis(10 * number)).await;
                if let Ok(ticket) = pace.ticket(Instant::now() + secs(5)).await {
                    sent.set(sent.get() + 1);
                    ticket.refused(retry_after);
                }
            }
        });
        join_all(calls).await;
        // One each half second, and two more at the beginning.
        let most = started.elapsed().as_millis() / 500 + 3;
        assert!(sent.get() <= most, "{} instead of {most}", sent.get());
    }
}

/// Sends `demand` requests a second. For a minute all are refused. Returns how many seconds after that the number of
/// accepted requests in each second stays at 80 % of the demand.
async fn recovery(demand: u32, total_time: Duration, retry_after: Duration, is_warm: bool) -> usize {
    let pace = pace(None);
    let started = Instant::now();
    let second = || usize::try_from(started.elapsed().as_secs()).unwrap();
    let outage = if is_warm { 5..65 } else { 0..60 };
    let accepted = RefCell::new(vec![0; 200]);
    let calls = (0..demand * 90).map(|number| {
        let (pace, accepted, outage) = (&pace, &accepted, outage.clone());
        async move {
            sleep_until(started + secs(1) * number / demand).await;
            let deadline = Instant::now() + total_time;
            while let Ok(ticket) = pace.ticket(deadline).await {
                sleep(millis(20)).await;
                if !outage.contains(&second()) {
                    ticket.accepted();
                    accepted.borrow_mut()[second()] += 1;
                    return;
                }
                ticket.refused(retry_after);
                sleep(millis(200)).await;
            }
        }
    });
    join_all(calls).await;
    let accepted = accepted.borrow();
    let enough = |second: &usize| accepted[*second] * 10 >= demand * 8;
    (outage.end..85).rev().take_while(enough).last().unwrap_or(85) - outage.end
}

#[tokio::test(start_paused = true)]
async fn after_an_outage_the_pace_is_soon_back_at_the_demand() {
    // Columns: the demand in requests a second, and the total time of a call. (A long queue makes the test slow.)
    for (demand, total_time) in [(5, secs(60)), (40, secs(60)), (200, secs(5))] {
        for (retry_after, is_warm) in
            [(Duration::ZERO, false), (Duration::ZERO, true), (secs(1), false), (secs(1), true)]
        {
            let seconds = recovery(demand, total_time, retry_after, is_warm).await;
            assert!(seconds < 15, "{demand} a second, {retry_after:?}, {is_warm}: {seconds} s");
        }
    }
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

/// One of the callers of a simulation, and what it does next.
struct Caller {
    at: Instant,
    place: Option<u64>,
    sent: Option<(Sent, bool)>,
}

/// Sends `count` requests, at most 64 at once. Each is answered within a millisecond and sent up to 1.5 ms late.
/// Returns the ratio of the total time to the ideal time, and the number of refusals.
fn simulate(count: u32, mut server: Limited, seed: u64) -> (f64, u32) {
    const LATENCY: f64 = 0.001;
    let mut random = fastrand::Rng::with_seed(seed);
    let start = Instant::now();
    let ideal = (f64::from(count) - server.left) / server.rate;
    let mut pacer = Pacer::new(None, ATTEMPT, start);
    let (mut now, mut left, mut refused) = (start, count as usize, 0);
    let mut callers: Vec<_> = (0..64).map(|_| Caller { at: start, place: None, sent: None }).collect();
    while let Some(index) = (0..callers.len()).min_by_key(|index| callers[*index].at) {
        let caller = &mut callers[index];
        now = now.max(caller.at);
        if let Some((sent, is_accepted)) = caller.sent.take() {
            left -= usize::from(is_accepted);
            refused += u32::from(!is_accepted);
            let is_changed = if is_accepted { pacer.accept(sent, now) } else { pacer.refuse(sent, now, secs(1)) };
            if is_accepted && left < callers.len() {
                callers.swap_remove(index);
            }
            callers.iter_mut().filter(|it| is_changed && it.sent.is_none()).for_each(|it| it.at = now);
            continue;
        }
        let place = caller.place;
        let turn = pacer.poll(&mut caller.place, now, now + secs(3600));
        if matches!(turn, Turn::Send(_)) && place.is_some() {
            let first = callers.iter().filter_map(|it| it.place).chain(place).min();
            assert_eq!(place, first, "calls are sent in the order of their arrival");
        }
        let caller = &mut callers[index];
        match turn {
            Turn::Wait(until) => caller.at = until + Duration::from_secs_f64(0.0015 * random.f64()),
            Turn::Fail(late) => panic!("{late:?}"),
            Turn::Send(sent) => {
                let arrives = (now - start).as_secs_f64() + LATENCY * (0.2 + 0.6 * random.f64());
                caller.sent = Some((sent, server.accepts(arrives)));
                caller.at = now + Duration::from_secs_f64(LATENCY);
            }
        }
    }
    ((now - start).as_secs_f64() / ideal, refused)
}

#[tokio::test(start_paused = true)]
async fn a_limited_server_is_used_well_and_refuses_little() {
    for (count, rate) in [(500, 10.0), (1000, 20.0), (5000, 100.0)] {
        // Columns: the burst, and the allowed ratio to the ideal time.
        for (burst, allowed) in
            [(None, 1.22), (Some(rate), 1.06), (Some(rate / 2.0), 1.16), (Some(2.0), 1.22), (Some(1.0), 1.25)]
        {
            for seed in 0..10 {
                let (ratio, refused) = simulate(count, Limited::new(rate, burst), seed);
                let row = format!("{count} at {rate}, burst {burst:?}, seed {seed}: {ratio:.2}, {refused} refused");
                assert!(ratio <= allowed && refused < 100, "{row}");
            }
        }
    }
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![
        Just(Duration::ZERO),
        Just(Duration::MAX),
        (0..10_000_u64).prop_map(Duration::from_millis),
        (0..400_u64).prop_map(Duration::from_secs),
        any::<u64>().prop_map(|nanos| Duration::from_nanos(nanos / 64)),
    ]
}

proptest! {
    #[test]
    fn no_events_make_the_pacer_panic_or_wait_too_long(
        max_rate in proptest::option::of(0.0034..1e9_f64),
        attempt_timeout in duration(),
        events in proptest::collection::vec((0..8_u8, duration(), duration()), 1..100),
    ) {
        let mut now = Instant::now();
        let mut pacer = Pacer::new(max_rate, attempt_timeout, now);
        let (mut places, mut sent) = (Vec::new(), Vec::new());
        for (event, step, span) in events {
            match (event, sent.pop()) {
                (0, Some(it)) => drop(pacer.accept(it, now)),
                (1, Some(it)) => drop(pacer.refuse(it, now, span)),
                (2, Some(it)) => drop(pacer.abandon(it, now)),
                (3, it) => { now = now.checked_add(step.min(MAX_PAUSE * 1000)).unwrap(); sent.extend(it); }
                (4, it) => { now = now.checked_sub(step.min(secs(3600))).unwrap_or(now); sent.extend(it); }
                (_, it) => {
                    sent.extend(it);
                    let mut place = if event == 5 { places.pop() } else { None };
                    let deadline = super::super::deadline(now, span);
                    match pacer.poll(&mut place, now, deadline) {
                        Turn::Send(it) => { prop_assert!(now <= deadline); sent.push(it); }
                        Turn::Wait(until) => prop_assert!(until > now && until <= deadline.min(now + MAX_PAUSE)),
                        Turn::Fail(_) => prop_assert!(place.is_none()),
                    }
                    places.extend(place);
                }
            }
            prop_assert!(pacer.waiting() <= places.len());
        }
    }
}
