//! Options of one handle, and what it shares with the other handles of its client.

use std::time::Duration;

use futures_util::TryStreamExt;
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{CallOptions, Client, ErrorKind, RetryBudget, RetryPolicy, Sandbox, StopReason, WaitOptions};
use tokio::time::sleep;

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

fn page() -> Action {
    answer(200, PAGE_RESPONSE)
}

fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(1));
    Client::builder().base_url(&server.base_url).token("a-token-of-the-tests").retry(retry).build().unwrap()
}

#[tokio::test]
async fn two_handles_have_times_of_their_own_and_one_pool() {
    let server = Server::start(vec![page(), page(), page(), Action::Hang, headers(503, ""), page()]).await;
    let patient = client(&server).ipsec_gateways();
    let hasty = CallOptions::default().attempt_timeout(Duration::from_secs(1)).retry(RetryPolicy::none());
    let hasty = patient.clone().with_options(hasty);
    for gateways in [&patient, &hasty, &patient] {
        gateways.get(PAGE_ID).await.unwrap();
    }
    assert_eq!(server.connections(), 1);

    let error = hasty.get(PAGE_ID).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, Some(1)));
    // The client's own time is 30 s.
    assert!((Duration::from_secs(1)..Duration::from_secs(20)).contains(&error.elapsed().unwrap()), "{error}");
    patient.get(PAGE_ID).await.unwrap();
    assert_eq!(server.requests().len(), 6, "the patient one tries again");
}

#[tokio::test]
async fn the_total_time_is_for_each_call() {
    let total = Duration::from_millis(300);
    let options = || CallOptions::default().total_timeout(total);
    let server = Server::start(vec![headers(429, "retry-after: 5\r\n"), page()]).await;
    let gateways = client(&server).ipsec_gateways();
    let error = gateways.clone().with_options(options()).get(PAGE_ID).await.unwrap_err();
    assert_eq!(error.retry_stopped_by(), Some(StopReason::NoTimeLeft));
    // The pace is shared: this call would have to wait for it, too.
    let error = gateways.clone().with_options(options()).get(PAGE_ID).await.unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::PaceTimeout, 1));
    gateways.get(PAGE_ID).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn the_budget_is_that_of_the_client() {
    let server = Server::start(vec![answer(503, "")]).await;
    let policy = || RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1));
    let builder = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
    let gateways = builder.retry(policy().budget(RetryBudget::default().size(10))).build().unwrap().ipsec_gateways();
    let own = gateways.clone().with_options(CallOptions::default().retry(policy().budget(RetryBudget::unlimited())));
    assert_eq!(own.get(PAGE_ID).await.unwrap_err().retry_stopped_by(), Some(StopReason::NoAttemptsLeft));
    assert_eq!(own.get(PAGE_ID).await.unwrap_err().retry_stopped_by(), Some(StopReason::BudgetEmpty));
    assert_eq!(gateways.get(PAGE_ID).await.unwrap_err().retry_stopped_by(), Some(StopReason::BudgetEmpty));
}

#[tokio::test]
async fn lists_and_waits_have_the_options_of_their_handle() {
    let sandbox = Sandbox::start().await.unwrap();
    let once = CallOptions::default().retry(RetryPolicy::none());
    let gateways = sandbox.client().ipsec_gateways().with_options(once);
    let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    sandbox.fail_next([Fault::Status(503)]);
    assert_eq!(gateways.list().try_collect::<Vec<_>>().await.unwrap_err().attempts(), Some(1));
    sandbox.fail_next([Fault::Status(503), Fault::Status(503)]);
    let before = sandbox.requests().len();
    let fast = WaitOptions::default().first_poll(Duration::from_millis(100)).max_interval(Duration::from_millis(100));
    gateways.wait_options(fast).wait_until_available(&ensured).await.unwrap();
    assert!(sandbox.requests().len() >= before + 3, "each poll is one request");
}

#[tokio::test]
async fn a_header_is_sent_by_its_handle_alone() {
    let server = Server::start(vec![page()]).await;
    let client = Client::builder()
        .base_url(&server.base_url)
        .token("a-token-of-the-tests")
        .default_header("X-Contract-Number", "1")
        .default_header("X-Other", "2");
    let gateways = client.build().unwrap().ipsec_gateways();
    let own = CallOptions::default().header("x-contract-number", "31960002").header("X-Trace", "3");
    gateways.clone().with_options(own).get(PAGE_ID).await.unwrap();
    gateways.get(PAGE_ID).await.unwrap();
    let sent = server.requests().into_iter().map(|request| {
        let mut lines: Vec<_> = request.head.lines().filter(|it| it.starts_with("x-")).map(str::to_owned).collect();
        lines.sort();
        lines
    });
    let expected =
        [&["x-contract-number: 31960002", "x-other: 2", "x-trace: 3"][..], &["x-contract-number: 1", "x-other: 2"]];
    assert_eq!(sent.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn a_header_has_the_rules_of_the_client() {
    let mut secret = http::HeaderValue::from_static("a-secret-of-the-tests");
    secret.set_sensitive(true);
    let server = Server::start(vec![answer(400, "no access with a-secret-of-the-tests")]).await;
    let gateways = client(&server).ipsec_gateways();
    let options = CallOptions::default().header("x-key", secret);
    assert!(!format!("{options:?}").contains("a-secret"));
    let error = gateways.clone().with_options(options).get(PAGE_ID).await.unwrap_err();
    assert!(!format!("{error:?} {:?}", error.body()).contains("a-secret-of"), "{error:?}");
    for (name, value) in
        [("authorization", "x"), ("host", "x"), ("content-length", "1"), ("no name", "x"), ("x-a", "\n")]
    {
        let options = CallOptions::default().header(name, value);
        let error = gateways.clone().with_options(options).get(PAGE_ID).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{name}");
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn debug_output_tells_the_settings_and_no_header() {
    let options = CallOptions::default().attempt_timeout(Duration::from_secs(3)).total_timeout(Duration::from_secs(7));
    let text = format!("{:?}", options.retry(RetryPolicy::none()).header("x-key", "a-secret-of-a-caller"));
    for part in ["attempt_timeout: Some(3s)", "total_timeout: Some(7s)", "max_attempts: 1"] {
        assert!(text.contains(part), "{text}");
    }
    assert!(!text.contains("a-secret-of-a-caller"), "{text}");
}

#[tokio::test(start_paused = true)]
async fn the_load_tells_what_a_client_is_doing() {
    let server = Server::start(vec![answer(503, ""), answer(503, ""), answer(503, ""), Action::Hang]).await;
    let retry = RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1));
    let builder = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
    let busy = builder.retry(retry).max_rate(1.0).build().unwrap();
    busy.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
    for _ in 0..2 {
        let gateways = busy.ipsec_gateways();
        tokio::spawn(async move { gateways.get(PAGE_ID).await });
    }
    sleep(Duration::from_millis(1500)).await;
    let load = busy.load();
    assert_eq!((load.in_flight, load.waiting, load.rate, load.paused_for), (1, 1, Some(1.0), None));
    assert_eq!(load.retry_budget, 490, "two retries after an error status");

    let server = Server::start(vec![headers(429, "retry-after: 5\r\n")]).await;
    let paused = client(&server);
    let short = CallOptions::default().total_timeout(Duration::from_secs(1));
    paused.ipsec_gateways().with_options(short).get(PAGE_ID).await.unwrap_err();
    let load = paused.load();
    assert_eq!((load.in_flight, load.waiting, load.retry_budget), (0, 0, 500));
    assert!(load.rate.is_some() && load.paused_for > Some(Duration::from_secs(4)), "{load:?}");
}
