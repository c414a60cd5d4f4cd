//! Waits over HTTP: what is yielded, and which requests are made. When a wait polls is tested beside its code.

use std::collections::BTreeSet;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use ionos_vpn::{
    Client, ErrorKind, IpSecGateway, IpSecGatewayRead, Outcome, ResourceRef, Resources, RetryPolicy, Sandbox, Status,
    Target, WaitOptions,
};
use serde_json::{Value, json};
use uuid::Uuid;

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
        // Older than the write, not visible, and unavailable for a moment.
        (
            vec![page("AVAILABLE", OLD), answer(404, ""), provisioning(), answer(503, ""), page("AVAILABLE", NEW)],
            &["PROVISIONING", "AVAILABLE"],
            None,
        ),
        (vec![provisioning(), page("FAILED", NEW)], &["PROVISIONING"], Some(ErrorKind::ResourceFailed)),
        (vec![page("MELTING", NEW), page("DESTROYING", NEW)], &["MELTING"], Some(ErrorKind::ResourceDeleting)),
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
    let gateways = gateways(&server.base_url).wait_options(fast().timeout(Duration::from_secs(2)));
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
    // A resource that was only read: it has no information about a write.
    let server = Server::start(vec![page("AVAILABLE", NEW)]).await;
    let gateways = gateways(&server.base_url);
    let read = gateways.get(PAGE_ID).await.unwrap();
    gateways.wait_until_available(&read).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

/// The page's gateway as the server shows it, with a status.
fn shown(id: Uuid, status: &str) -> Value {
    let mut page: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    page["id"] = json!(id);
    page["metadata"]["status"] = json!(status);
    page
}

/// Returns how the requests of a sandbox read from a number on: lists, and single resources.
fn reads(sandbox: &Sandbox, from: usize) -> (usize, usize) {
    let requests = sandbox.requests().split_off(from);
    let lists = requests.iter().filter(|request| request.path.contains('?')).count();
    (lists, requests.len() - lists)
}

#[tokio::test]
async fn a_hundred_gateways_cost_one_request_for_each_poll() {
    let sandbox = Sandbox::builder().provisioning(Duration::from_millis(700)).start().await.unwrap();
    let gateways = gateways(sandbox.base_url());
    let mut written = Vec::new();
    for number in 1..=100 {
        written.push(gateways.ensure(Uuid::from_u128(number), &page_gateway()).await.unwrap());
    }
    let options = fast().first_poll(Duration::from_millis(300)).max_interval(Duration::from_millis(300));
    let all = gateways.wait_options(options).wait_until_all_available(&written);
    assert_eq!(reads(&sandbox, 100), (0, 0), "nothing is polled before the stream is");
    let results: Vec<_> = all.collect().await;
    let ids: BTreeSet<_> = results.iter().map(|(id, _)| *id).collect();
    assert_eq!((results.len(), ids.len()), (100, 100));
    assert!(results.iter().all(|(id, result)| result.as_ref().is_ok_and(|it| it.id == *id)));
    let (lists, singles) = reads(&sandbox, 100);
    assert!((1..=4).contains(&lists) && singles <= 1, "{lists} {singles}");
}

#[tokio::test]
async fn each_of_many_has_its_own_end() {
    let sandbox = Sandbox::builder().provisioning(Duration::ZERO).start().await.unwrap();
    let gateways = gateways(sandbox.base_url());
    let id = Uuid::from_u128;
    gateways.ensure(id(1), &page_gateway()).await.unwrap();
    let unchanged = gateways.reconcile(id(1), &page_gateway()).await.unwrap();
    for (number, status) in [(2, "AVAILABLE"), (3, "FAILED"), (4, "DESTROYING"), (5, "PROVISIONING")] {
        sandbox.insert_raw(id(number), shown(id(number), status));
    }
    // Unreadable in the list, and also when it is read individually.
    sandbox.insert_raw(id(6), json!({ "id": id(6), "metadata": { "status": "AVAILABLE" } }));
    let targets = [Target::from(&unchanged), id(2).into(), id(2).into(), id(3).into(), id(4).into()]
        .into_iter()
        .chain((5..=7).map(|number| id(number).into()));
    let options = fast().grace(Duration::from_millis(200)).timeout(Duration::from_secs(3));
    let results: Vec<_> = gateways.wait_options(options).wait_until_all_available(targets).collect().await;
    let mut ends: Vec<_> = results
        .iter()
        .map(|(id, result)| (id.as_u128(), result.as_ref().err().map(|error| (error.kind(), error.is_not_found()))))
        .collect();
    ends.sort_by_key(|(id, _)| *id);
    let failed = |kind| Some((kind, false));
    let expected = [
        (1, None),
        (2, None),
        (2, None),
        (3, failed(ErrorKind::ResourceFailed)),
        (4, failed(ErrorKind::ResourceDeleting)),
        (5, failed(ErrorKind::WaitTimeout)),
        (6, failed(ErrorKind::UnusableResponse)),
        (7, Some((ErrorKind::Api, true))),
    ];
    assert_eq!(ends, expected);
    for (id, error) in results.iter().filter_map(|(id, result)| Some((id, result.as_ref().err()?))) {
        assert_eq!(error.resource().and_then(ResourceRef::id), Some(*id), "{error}");
    }
    let late = results.iter().find(|(id, _)| id.as_u128() == 5).unwrap().1.as_ref().unwrap_err();
    assert_eq!(late.last_status(), Some(&Status::Provisioning));
}

#[tokio::test]
async fn a_list_that_fails_ends_the_wait_for_all_unless_it_passes() {
    let list = json!({ "items": [shown(Uuid::from_u128(1), "AVAILABLE"), shown(Uuid::from_u128(2), "AVAILABLE")] });
    // What the server answers → how many are available, and the requests.
    let table = [(vec![answer(503, ""), answer(200, &list)], 2, 2), (vec![answer(403, ""), answer(200, &list)], 0, 1)];
    for (script, available, requests) in table {
        let server = Server::start(script).await;
        let ids = [1, 2].map(Uuid::from_u128);
        let results: Vec<_> = gateways(&server.base_url).wait_until_all_available(ids).collect().await;
        let is_available = results.iter().filter(|(_, result)| result.is_ok()).count();
        assert_eq!((results.len(), is_available, server.requests().len()), (2, available, requests));
    }
}

#[tokio::test]
async fn the_last_few_of_a_large_collection_are_read_by_themselves() {
    let sandbox = Sandbox::start().await.unwrap();
    let id = Uuid::from_u128;
    (1..=2500).for_each(|number| sandbox.insert_raw(id(number), shown(id(number), "PROVISIONING")));
    let gateways = gateways(sandbox.base_url()).wait_options(fast().timeout(Duration::from_secs(3)));
    let results: Vec<_> = gateways.wait_until_all_available([id(1), id(2500)]).collect().await;
    assert!(results.iter().all(|(_, result)| result.is_err()));
    let (lists, singles) = reads(&sandbox, 0);
    assert!(lists == 3 && singles >= 2 && singles % 2 == 0, "{lists} {singles}");
}

#[tokio::test]
async fn a_wait_that_ends_with_an_error_of_a_poll_is_told_as_a_wait() {
    let sandbox = Sandbox::start().await.unwrap();
    let options = WaitOptions::default().first_poll(Duration::from_millis(100)).grace(Duration::from_millis(300));
    let gateways = sandbox.client().ipsec_gateways().wait_options(options);
    let error = gateways.wait_until_available(uuid::Uuid::nil()).await.unwrap_err();
    assert!(error.is_not_found() && error.to_string().starts_with("wait for IPSec gateway"), "{error}");
    let polls = u32::try_from(sandbox.requests().len()).unwrap();
    assert!(polls > 1 && error.attempts() == Some(polls), "{error}");
    assert!(error.elapsed() > Some(Duration::from_millis(300)), "{error}");
    assert!(format!("{:?}", error.resource()).len() < 100);
}

#[tokio::test]
async fn a_call_that_the_pace_would_send_too_late_says_when() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.fail_next([ionos_vpn::sandbox::Fault::RateLimited(30)]);
    let options = ionos_vpn::CallOptions::default().total_timeout(Duration::from_secs(5));
    let gateways = sandbox.client().ipsec_gateways().with_options(options.retry(ionos_vpn::RetryPolicy::none()));
    gateways.get(uuid::Uuid::nil()).await.unwrap_err();
    let error = gateways.get(uuid::Uuid::nil()).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_stopped_by()), (ionos_vpn::ErrorKind::PaceTimeout, None));
    assert!(error.retry_after() > Some(Duration::from_secs(20)), "{error}");
}
