use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::Method;
use proptest::prelude::*;

use super::{Attempt, Decision, Event, MAX_PAUSE, RetryPolicy, StopReason, decide, retry_after};

const HOUR: Duration = Duration::from_secs(3600);

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// A first attempt, with a long remaining time.
fn attempt(method: &Method, event: Event) -> Attempt<'_> {
    Attempt { method, event, retry_after: None, number: 1, remaining: HOUR }
}

#[test]
fn the_method_and_the_event_decide() {
    use Event::{Answered, Interrupted, NotConnected, Permanent};
    // Columns: the event, whether it has `Retry-After` → whether it is retried for GET, PUT and DELETE, and for POST
    // and PATCH.
    let table: &[(&[Event], bool, bool, bool)] = &[
        (&[NotConnected], false, true, true),
        (&[Interrupted], false, true, false),
        (&[Permanent], false, false, false),
        (&[Answered(408)], false, true, false),
        (&[Answered(408)], true, true, false),
        (&[Answered(429)], false, true, true),
        (&[Answered(429)], true, true, true),
        (&[Answered(502)], false, true, false),
        (&[Answered(502)], true, true, false),
        (&[Answered(503)], false, true, false),
        (&[Answered(503)], true, true, true),
        (&[Answered(504)], false, true, false),
        (&[Answered(504)], true, true, false),
        (&[501, 505, 507, 599].map(Answered), false, false, false),
        (&[501, 505, 507, 599].map(Answered), true, false, false),
        (&[400, 401, 403, 404, 405, 409, 415, 422, 425, 428].map(Answered), false, false, false),
        (&[400, 401, 403, 404, 405, 409, 415, 422, 425, 428].map(Answered), true, false, false),
    ];
    let policy = RetryPolicy::default();
    for &(events, has_retry_after, idempotent, other) in table {
        let groups = [
            ([Method::GET, Method::PUT, Method::DELETE].as_slice(), idempotent),
            (&[Method::POST, Method::PATCH], other),
        ];
        // A read, and no write, is repeated after 500.
        let read = Attempt { retry_after: None, ..attempt(&Method::GET, Answered(500)) };
        assert_eq!(decide(&policy, &read, 1.0), Decision::Retry(millis(500)));
        for method in [Method::PUT, Method::DELETE, Method::POST, Method::PATCH] {
            assert_eq!(decide(&policy, &attempt(&method, Answered(500)), 1.0), Decision::Stop(None), "{method}");
        }
        for (methods, again) in groups {
            for (method, event) in methods.iter().flat_map(|method| events.iter().map(move |event| (method, *event))) {
                let attempt = Attempt { retry_after: has_retry_after.then(|| secs(1)), ..attempt(method, event) };
                let delay = if has_retry_after { secs(1) } else { millis(500) };
                let expected = if again { Decision::Retry(delay) } else { Decision::Stop(None) };
                assert_eq!(decide(&policy, &attempt, 1.0), expected, "{attempt:?}");
            }
        }
    }
}

#[test]
fn attempts_time_and_policy_bound_it() {
    const LAST: Decision = Decision::Stop(Some(StopReason::NoAttemptsLeft));
    const LATE: Decision = Decision::Stop(Some(StopReason::NoTimeLeft));
    let default = || RetryPolicy::default().max_attempts(4);
    // The policy, the attempt's number, `Retry-After` in seconds, the time that is left → what follows.
    let table = [
        (default(), 3, None, HOUR, Decision::Retry(secs(2))),
        (default(), 4, None, HOUR, LAST),
        (default(), 5, None, HOUR, LAST),
        (default().max_attempts(2), 1, None, HOUR, Decision::Retry(millis(500))),
        (default().max_attempts(2), 2, None, HOUR, LAST),
        (RetryPolicy::none(), 1, None, HOUR, Decision::Stop(None)),
        (default().max_attempts(1), 1, None, HOUR, Decision::Stop(None)),
        (default().max_attempts(0), 1, None, HOUR, Decision::Stop(None)),
        (default(), 1, None, millis(501), Decision::Retry(millis(500))),
        (default(), 1, None, millis(500), LATE),
        (default(), 1, None, millis(499), LATE),
        (default(), 1, None, Duration::ZERO, LATE),
        (default().base_delay(Duration::ZERO), 1, None, Duration::ZERO, LATE),
        (default(), 1, Some(59), secs(60), Decision::Retry(secs(59))),
        (default(), 1, Some(60), secs(60), LATE),
        (default(), 1, Some(86_400), secs(60), LATE),
        (default(), 1, Some(u64::MAX), secs(60), LATE),
        (default(), 4, Some(86_400), secs(60), LAST),
    ];
    for (policy, number, after, remaining, expected) in table {
        let attempt =
            Attempt { number, remaining, retry_after: after.map(secs), ..attempt(&Method::PUT, Event::Answered(503)) };
        assert_eq!(decide(&policy, &attempt, 1.0), expected, "{policy:?} {attempt:?}");
    }
}

#[test]
fn a_call_that_is_never_tried_again_gives_no_reason_for_it() {
    let attempt = Attempt { number: 4, remaining: Duration::ZERO, ..attempt(&Method::PUT, Event::Answered(404)) };
    assert_eq!(decide(&RetryPolicy::default(), &attempt, 1.0), Decision::Stop(None));
}

#[test]
fn the_delay_is_the_longer_of_backoff_and_retry_after() {
    let policy = RetryPolicy::default().max_attempts(u32::MAX);
    // The attempt's number, jitter, `Retry-After` in milliseconds → the delay in milliseconds.
    let table = [
        (1, 1.0, None, 500),
        (2, 1.0, None, 1000),
        (3, 1.0, None, 2000),
        (5, 1.0, None, 8000),
        (6, 1.0, None, 10_000),
        (7, 1.0, None, 10_000),
        (40, 1.0, None, 10_000),
        (u32::MAX - 1, 1.0, None, 10_000),
        (1, 0.0, None, 0),
        (6, 0.0, None, 0),
        (1, 0.5, None, 250),
        (6, 0.5, None, 5000),
        (1, -1.0, None, 0),
        (1, 7.0, None, 500),
        (1, 1.0, Some(0), 500),
        (1, 1.0, Some(499), 500),
        (1, 1.0, Some(501), 501),
        (1, 0.0, Some(2000), 2000),
        (6, 0.5, Some(2000), 5000),
        (1, 1.0, Some(30_000), 30_000),
    ];
    for (number, jitter, after, expected) in table {
        let attempt = Attempt { number, retry_after: after.map(millis), ..attempt(&Method::GET, Event::Answered(429)) };
        let decision = decide(&policy, &attempt, jitter);
        assert_eq!(
            decision,
            Decision::Retry(millis(expected)),
            "attempt {number}, jitter {jitter}, Retry-After {after:?}"
        );
    }
}

#[test]
fn base_and_greatest_delay_can_be_set() {
    let policy = RetryPolicy::default().max_attempts(9).base_delay(millis(3)).max_delay(millis(20));
    let delays = [1, 2, 3, 4, 5]
        .map(|number| decide(&policy, &Attempt { number, ..attempt(&Method::GET, Event::NotConnected) }, 1.0));
    assert_eq!(delays, [3, 6, 12, 20, 20].map(|delay| Decision::Retry(millis(delay))));
    let endless = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
    let attempt = Attempt { number: 2, ..attempt(&Method::GET, Event::NotConnected) };
    assert_eq!(decide(&endless, &attempt, 1.0), Decision::Stop(Some(StopReason::NoTimeLeft)));
}

#[test]
fn retry_after_is_read_as_seconds_or_as_a_date() {
    // 1994-11-15T08:12:31Z
    let now = SystemTime::UNIX_EPOCH + secs(784_887_151);
    let table = [
        ("0", Some(0)),
        ("1", Some(1)),
        ("007", Some(7)),
        (" 120 ", Some(120)),
        ("300", Some(300)),
        // At most five minutes.
        ("301", Some(300)),
        ("86400", Some(300)),
        ("18446744073709551615", Some(300)),
        ("18446744073709551616", Some(300)),
        ("99999999999999999999999999", Some(300)),
        ("Tue, 15 Nov 1994 08:12:32 GMT", Some(1)),
        ("Tue, 15 Nov 1994 08:17:31 GMT", Some(300)),
        ("Tue, 15 Nov 1994 09:12:31 GMT", Some(300)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", Some(300)),
        ("Tuesday, 15-Nov-94 08:12:41 GMT", Some(10)),
        ("Tue Nov 15 08:13:31 1994", Some(60)),
        ("Tue, 15 Nov 1994 08:12:31 GMT", Some(0)),
        ("Tue, 15 Nov 1994 08:12:30 GMT", Some(0)),
        ("Thu, 01 Jan 1970 00:00:00 GMT", Some(0)),
        ("", None),
        ("   ", None),
        ("-1", None),
        ("+1", None),
        ("1.5", None),
        ("1s", None),
        ("0x10", None),
        ("١٢", None),
        ("soon", None),
        ("1994-11-15T08:12:32Z", None),
        ("Tue, 99 Nov 1994 08:12:31 GMT", None),
    ];
    for (value, expected) in table {
        assert_eq!(retry_after(value, now), expected.map(secs), "{value:?}");
    }
}

/// Texts that are, or nearly are, seconds or one of the three forms of an HTTP date.
fn near_retry_after() -> impl Strategy<Value = String> {
    let dates = (
        "[A-Z][a-z]{2,8}",
        "[,]? ?",
        0_u8..34,
        "[ -]",
        "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[A-Za-z]{3}",
        "[0-9]{2}|[0-9]{4}|-?[0-9]{1,5}",
        (0_u8..26, 0_u8..62, 0_u8..63),
        "( GMT| UTC)?",
    );
    let dates = dates.prop_map(|(weekday, comma, day, hyphen, month, year, (hour, minute, second), zone)| {
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        if comma.is_empty() {
            format!("{weekday} {month} {day:2} {time} {year}{zone}")
        } else {
            format!("{weekday}{comma}{day:02}{hyphen}{month}{hyphen}{year} {time}{zone}")
        }
    });
    prop_oneof!["[0-9]{0,30}", r"\s?[+-]?[0-9]{1,4}[.0-9e]{0,3}\s?", dates, r"[!-~ ]{0,32}", any::<String>()]
}

fn at(seconds: i64) -> SystemTime {
    SystemTime::from(DateTime::<Utc>::from_timestamp(seconds, 0).unwrap())
}

proptest! {
    #[test]
    fn any_retry_after_is_a_delay_or_nothing(value in near_retry_after(), now in -200_000_000_000_i64..400_000_000_000) {
        let read = retry_after(&value, at(now));
        let trimmed = value.trim();
        if !trimmed.is_empty() && trimmed.chars().all(|letter| letter.is_ascii_digit()) {
            let digits = trimmed.bytes().map(|digit| u128::from(digit - b'0'));
            let seconds = digits.fold(0_u128, |sum, digit| sum.saturating_mul(10).saturating_add(digit));
            prop_assert_eq!(read, Some(secs(u64::try_from(seconds).unwrap_or(u64::MAX)).min(MAX_PAUSE)));
        } else if let Some(delay) = read {
            // Only a date is anything else, and none is later than the year 9999.
            prop_assert!(trimmed.contains(':') && trimmed.is_ascii(), "{}", value);
            prop_assert!(at(now) + delay <= at(253_402_300_800) || delay.is_zero(), "{} {:?}", value, delay);
            prop_assert!(delay <= MAX_PAUSE, "{} {:?}", value, delay);
        }
    }

    #[test]
    fn a_date_is_the_time_until_then(now in 0_i64..4_000_000_000, until in 0_i64..3_000_000_000) {
        let date = DateTime::<Utc>::from_timestamp(until, 0).unwrap();
        let delay = secs(u64::try_from(until - now).unwrap_or(0)).min(MAX_PAUSE);
        for form in ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"] {
            let value = date.format(form).to_string();
            prop_assert_eq!(retry_after(&value, at(now)), Some(delay), "{}", value);
        }
    }

    #[test]
    fn a_retry_comes_when_the_server_says_and_before_the_time_is_up(
        policy in (any::<u32>(), any::<Duration>(), any::<Duration>()),
        after in prop::option::of(prop_oneof![any::<Duration>(), (0_u64..5000).prop_map(millis)]),
        remaining in prop_oneof![any::<Duration>(), (0_u64..5000).prop_map(millis)],
        (number, status) in (any::<u32>(), 100_u16..600),
        jitter in prop_oneof![any::<f64>(), 0.0..1.0],
    ) {
        let (attempts, base, greatest) = policy;
        let policy = RetryPolicy::default().max_attempts(attempts).base_delay(base).max_delay(greatest);
        for event in [Event::Answered(status), Event::NotConnected, Event::Interrupted, Event::Permanent] {
            let attempt = Attempt { method: &Method::PUT, event, retry_after: after, number, remaining };
            if let Decision::Retry(delay) = decide(&policy, &attempt, jitter) {
                prop_assert!(delay >= after.unwrap_or_default() && delay < remaining, "{:?}", delay);
                prop_assert!(delay <= greatest.max(after.unwrap_or_default()) && number < attempts, "{:?}", delay);
            }
        }
    }
}
