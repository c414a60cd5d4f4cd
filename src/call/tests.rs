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
