//! Why a call is not tried again, as a program sees it.

use std::time::Duration;

use ionos_vpn::{Client, ClientBuilder, RetryBudget, RetryPolicy, StopReason};

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, page_gateway};

fn builder(server: &Server, retry: RetryPolicy) -> ClientBuilder {
    Client::builder().base_url(&server.base_url).token("a-token-of-the-tests").retry(retry)
}

fn fast() -> RetryPolicy {
    RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn a_program_sees_why_a_call_is_not_tried_again() {
    let empty = || fast().budget(RetryBudget::default().size(0));
    let busy = || answer(503, "");
    let far = || headers(429, "retry-after: 86400\r\n");
    // The policy, what the server does → the requests that it sees, and the reason.
    let table = [
        (fast(), busy(), 3, Some(StopReason::NoAttemptsLeft)),
        (fast(), Action::Reset, 3, Some(StopReason::NoAttemptsLeft)),
        (fast(), far(), 1, Some(StopReason::NoTimeLeft)),
        (empty(), busy(), 1, Some(StopReason::BudgetEmpty)),
        (empty(), Action::Reset, 1, Some(StopReason::BudgetEmpty)),
        (fast().budget(RetryBudget::default().size(5)), busy(), 2, Some(StopReason::BudgetEmpty)),
        (fast().budget(RetryBudget::default().size(5)), Action::Reset, 1, Some(StopReason::BudgetEmpty)),
        (empty().budget(RetryBudget::unlimited()), busy(), 3, Some(StopReason::NoAttemptsLeft)),
        (RetryPolicy::none(), busy(), 1, None),
        (fast(), answer(404, ""), 1, None),
        (fast(), answer(500, ""), 3, Some(StopReason::NoAttemptsLeft)),
        (fast(), answer(501, ""), 1, None),
    ];
    for (policy, action, requests, reason) in table {
        let row = format!("{policy:?} {action:?}");
        let server = Server::start(vec![action]).await;
        let client = builder(&server, policy).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert_eq!((server.requests().len(), error.retry_stopped_by()), (requests, reason), "{row}: {error}");
    }
    let server = Server::start(vec![Action::Reset]).await;
    let client = builder(&server, fast()).build().unwrap();
    let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    assert_eq!(error.retry_stopped_by(), None, "a create whose response was lost is not repeated");
}

#[tokio::test]
async fn a_provider_that_keeps_failing_is_a_reason_too() {
    let server = Server::start(vec![answer(503, "")]).await;
    let sealed = || async { Err::<String, _>(std::io::Error::other("the vault is sealed")) };
    let slow = RetryPolicy::default().base_delay(Duration::MAX).max_delay(Duration::MAX);
    for (policy, reason) in
        [(fast(), Some(StopReason::NoAttemptsLeft)), (slow, Some(StopReason::NoTimeLeft)), (RetryPolicy::none(), None)]
    {
        let client = builder(&server, policy).token_provider(sealed).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert_eq!(error.retry_stopped_by(), reason, "{error}");
    }
    assert!(server.requests().is_empty());
}
