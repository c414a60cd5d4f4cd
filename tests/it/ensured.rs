//! The result of a write after attempts whose responses were lost.

use std::time::Duration;

use ionos_vpn::sandbox::Fault;
use ionos_vpn::{Client, Outcome, RetryPolicy, Sandbox};

use crate::support::{PAGE_ID, page_gateway, small_gateway};

#[tokio::test]
async fn a_write_says_how_often_it_was_sent_and_whether_it_may_have_created() {
    use Fault::{CutBody, RateLimited, Reset, Status};
    use Outcome::{Created, Updated};
    // Whether the gateway is there, the faults → the outcome, the attempts, and whether this call may have created it.
    let table: [(bool, &[Fault], Outcome, u32, bool); 8] = [
        (false, &[], Created, 1, true),
        (false, &[Status(503), Reset, CutBody], Updated, 4, true),
        (false, &[Reset], Updated, 2, true),
        (false, &[Status(503)], Created, 2, true),
        (true, &[], Updated, 1, false),
        (true, &[RateLimited(1)], Updated, 2, false),
        // It may have been deleted in the meantime.
        (true, &[Reset], Updated, 2, true),
        (true, &[Status(503)], Updated, 2, true),
    ];
    for (is_there, faults, outcome, attempts, created) in table {
        let sandbox = Sandbox::start().await.unwrap();
        let retry = RetryPolicy::default().base_delay(Duration::from_millis(1));
        let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").retry(retry).build().unwrap();
        let gateways = client.ipsec_gateways();
        if is_there {
            gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        }
        sandbox.fail_next(faults.iter().copied());
        let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        let seen = (ensured.outcome, ensured.attempts, ensured.may_have_created());
        assert_eq!(seen, (outcome, attempts, created), "there: {is_there}, {faults:?}");

        // A resource that was read before is not created.
        let unchanged = gateways.reconcile(PAGE_ID, &page_gateway()).await.unwrap();
        assert_eq!(
            (unchanged.outcome, unchanged.attempts, unchanged.may_have_created()),
            (Outcome::Unchanged, 0, false)
        );
        for modify in [false, true] {
            let mut other = small_gateway();
            other.name = format!("modify: {modify}");
            let plan = gateways.plan(PAGE_ID, &other).await.unwrap();
            let written = if modify {
                // The first request is the read.
                sandbox.fail_next([Status(503), Reset]);
                gateways.modify(PAGE_ID, |gateway| gateway.name.push('!')).await.unwrap()
            } else {
                sandbox.fail_next([Reset]);
                gateways.apply(plan).await.unwrap()
            };
            assert!(written.outcome == Updated && !written.may_have_created(), "{written:?}");
        }
    }
}
