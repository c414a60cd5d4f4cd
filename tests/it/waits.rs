//! Waits over HTTP: what is yielded, and which requests are made. When a wait polls is tested beside its code.

use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use ionos_vpn::{
    Client, ErrorKind, IpSecGateway, IpSecGatewayRead, Outcome, Resources, RetryPolicy, Sandbox, Status, WaitOptions,
};
use serde_json::{Value, json};

use crate::server::{Action, Server, answer};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

const OLD: &str = "2026-11-01T12:00:00Z";
const NEW: &str = "2026-11-02T12:00:00Z";

/// The page's response with a status and a time of change.
fn page(status: &str, changed: &str) -> Action {
    let mut page: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    page["metadata"]["status"] = json!(status);
    page["metadata"]["lastModifiedDate"] = json!(changed);
    answer(200, page)
}

fn fast() -> WaitOptions {
    WaitOptions::default().first_poll(Duration::from_millis(100)).max_interval(Duration::from_millis(100))
}

fn gateways(base_url: &str) -> Resources<IpSecGateway> {
    let builder = Client::builder().base_url(base_url).token("sandbox").retry(RetryPolicy::none());
    builder.build().unwrap().ipsec_gateways().wait_options(fast())
}

fn status(read: &IpSecGatewayRead) -> String {
    read.status().to_string()
}

#[tokio::test]
async fn a_watch_yields_each_state_that_counts_and_then_the_end() {
    let provisioning = || page("PROVISIONING", NEW);
    // What the server shows after the ensure → the states, and the kind of the error at the end, if there is one.
    let table: [(Vec<Action>, &[&str], Option<ErrorKind>); 6] = [
        (vec![page("AVAILABLE", NEW)], &["AVAILABLE"], None),
        (
            vec![provisioning(), provisioning(), page("AVAILABLE", NEW)],
            &["PROVISIONING", "PROVISIONING", "AVAILABLE"],
            None,
        ),
        // Older than the write, not visible, and not to be had for a moment.
        (
            vec![page("AVAILABLE", OLD), answer(404, ""), provisioning(), answer(503, ""), page("AVAILABLE", NEW)],
            &["PROVISIONING", "AVAILABLE"],
            None,
        ),
        (vec![provisioning(), page("FAILED", NEW)], &["PROVISIONING"], Some(ErrorKind::ResourceFailed)),
        (vec![page("MELTING", NEW), page("DESTROYING", NEW)], &["MELTING"], Some(ErrorKind::ResourceGone)),
        (vec![answer(403, "")], &[], Some(ErrorKind::Api)),
    ];
    for (script, states, end) in table {
        let polls = script.len();
        let server = Server::start([vec![provisioning()], script].concat()).await;
        let gateways = gateways(&server.base_url);
        let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        let mut watch = gateways.watch(&ensured);
        assert_eq!(server.requests().len(), 1, "nothing is polled before the stream is");
        let mut seen = Vec::new();
        let mut error = None;
        while let Some(state) = watch.next().await {
            assert!(error.is_none(), "an error is the last element");
            match state {
                Ok(read) => seen.push(status(&read)),
                Err(it) => error = Some(it),
            }
        }
        assert!(watch.next().await.is_none());
        assert_eq!((seen, error.map(|it| it.kind())), (states.iter().map(|it| (*it).to_owned()).collect(), end));
        assert_eq!(server.requests().len(), 1 + polls, "{states:?}");
    }
}

#[tokio::test]
async fn a_watch_ends_at_its_deadline() {
    let server = Server::start(vec![page("PROVISIONING", NEW)]).await;
    let gateways = gateways(&server.base_url).wait_options(fast().timeout(Duration::from_millis(500)));
    let result: Result<Vec<_>, _> = gateways.watch(PAGE_ID).try_collect().await;
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.last_status()), (ErrorKind::WaitTimeout, Some(&Status::Provisioning)));
}

#[tokio::test]
async fn an_id_takes_any_state_and_the_result_of_a_write_no_older_one() {
    let script = || vec![page("PROVISIONING", NEW), page("AVAILABLE", OLD), page("AVAILABLE", NEW)];
    for (follows, requests) in [(false, 2), (true, 3)] {
        let server = Server::start(script()).await;
        let gateways = gateways(&server.base_url);
        let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        let result = if follows {
            gateways.wait_until_available(&ensured).await
        } else {
            gateways.wait_until_available(PAGE_ID).await
        };
        result.unwrap();
        assert_eq!(server.requests().len(), requests);
    }
}

#[tokio::test]
async fn what_was_read_as_available_and_not_written_ends_a_wait_without_a_request() {
    let sandbox = Sandbox::builder().provisioning(Duration::ZERO).start().await.unwrap();
    let gateways = gateways(sandbox.base_url());
    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    let reconciled = gateways.reconcile(PAGE_ID, &page_gateway()).await.unwrap();
    let modified = gateways.modify(PAGE_ID, |_| {}).await.unwrap();
    for unchanged in [&reconciled, &modified] {
        assert_eq!(unchanged.outcome, Outcome::Unchanged);
        let before = sandbox.requests().len();
        let read = gateways.wait_until_available(unchanged).await.unwrap();
        let watched: Vec<_> = gateways.watch(unchanged).try_collect().await.unwrap();
        assert_eq!((&read, &watched), (&unchanged.resource, &vec![read.clone()]));
        assert_eq!(sandbox.requests().len(), before);
    }
}

#[tokio::test]
async fn anything_else_is_polled() {
    // What the first request shows, and whether it is a write.
    for (first, is_write) in [(page("AVAILABLE", OLD), true), (page("PROVISIONING", OLD), false)] {
        let server = Server::start(vec![first, page("PROVISIONING", NEW), page("AVAILABLE", NEW)]).await;
        let gateways = gateways(&server.base_url);
        let ensured = if is_write {
            gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap()
        } else {
            gateways.modify(PAGE_ID, |_| {}).await.unwrap()
        };
        let available = gateways.wait_until_available(&ensured).await.unwrap();
        assert_eq!((status(&available).as_str(), server.requests().len()), ("AVAILABLE", 3), "write: {is_write}");
    }
    // What was only read, as it is: it says nothing about a write.
    let server = Server::start(vec![page("AVAILABLE", NEW)]).await;
    let gateways = gateways(&server.base_url);
    let read = gateways.get(PAGE_ID).await.unwrap();
    gateways.wait_until_available(&read).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}
