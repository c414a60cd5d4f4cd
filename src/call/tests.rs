use std::pin::pin;
use std::task::{Context, Waker};

use tokio::time::{advance, sleep};

use super::transport::within;
use super::*;

#[tokio::test(start_paused = true)]
async fn a_span_that_the_clock_cannot_hold_ends_in_decades() {
    const YEAR: Duration = Duration::from_secs(365 * 86_400);
    let now = Instant::now();
    // The span → when it ends.
    let table = [
        (Duration::ZERO, Duration::ZERO),
        (Duration::from_secs(60), Duration::from_secs(60)),
        (100 * YEAR, 100 * YEAR),
        (Duration::MAX, 30 * YEAR),
    ];
    for (span, expected) in table {
        assert_eq!(deadline(now, span) - now, expected, "{span:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn time_in_which_nobody_polled_is_not_the_fault_of_a_response() {
    let millis = Duration::from_millis;
    // How long nobody polls a response with a time limit of 5 s, which then needs another 60 ms → whether it is received.
    for (parked, is_received) in
        [(4900, false), (5000, false), (5099, false), (5100, true), (9000, true), (90_000, true)]
    {
        let response = async {
            sleep(millis(4960)).await;
            sleep(millis(60)).await;
        };
        let mut response = pin!(within(millis(5000), response));
        assert!(response.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        advance(millis(parked)).await;
        assert_eq!(response.await.is_some(), is_received, "{parked} ms");
    }
}
