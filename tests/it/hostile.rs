//! Regression tests with hostile or unusual servers and callers. Each test name starts with the number of its finding.

use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use futures_util::TryStreamExt;
use ionos_vpn::{
    Client, ClientBuilder, Connection, Error, ErrorKind, GatewayPath, IpSecGateway, Outcome, Resources, RetryPolicy,
    Sandbox, Validate, WaitOptions, types,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, kept, page_gateway, small_gateway};

fn builder(server: &Server) -> ClientBuilder {
    let retry = RetryPolicy::default().max_attempts(4).base_delay(Duration::from_millis(1));
    Client::builder().base_url(&server.base_url).token("a-token-of-the-tests").retry(retry)
}

fn gateways(server: &Server) -> Resources<IpSecGateway> {
    builder(server).build().unwrap().ipsec_gateways()
}

fn page() -> Action {
    answer(200, PAGE_RESPONSE)
}

/// The page's response with other values at some JSON pointers.
fn page_with(edits: &[(&str, Value)]) -> Value {
    let mut page: Value = PAGE_RESPONSE.parse().unwrap();
    for (pointer, value) in edits {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        page.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    page
}

/// A URL on this machine at which nothing listens.
fn nowhere() -> String {
    format!("http://{}", TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
}

#[tokio::test]
async fn a1_with_a_foreign_client_no_failure_shows_that_nothing_was_sent() {
    for status in [303, 307] {
        let location: &'static str = format!("location: {}/ipsecgateways\r\n", nowhere()).leak();
        let server = Server::start(vec![headers(status, location)]).await;
        let client = builder(&server).http_client(reqwest::Client::new()).build().unwrap();
        let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{status}: {error}");
        assert!(status == 307 || error.may_have_been_applied(), "{status}: {error}");
    }
    let refused =
        Client::builder().base_url(nowhere()).token("a-token-of-the-tests").http_client(reqwest::Client::new());
    let error = refused.build().unwrap().ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, Some(1)));
    assert!(error.may_have_been_applied() && !error.is_transient(), "{error}");
}

#[tokio::test]
async fn a1_a_builder_of_the_callers_own_follows_no_redirect() {
    let other = Server::start(vec![page()]).await;
    let location: &'static str = format!("location: {}/ipsecgateways\r\n", other.base_url).leak();
    let server = Server::start(vec![headers(307, location)]).await;
    let own = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(5));
    let client = builder(&server).http_client_builder(own).build().unwrap();
    for error in [
        client.ipsec_gateways().delete(PAGE_ID).await.unwrap_err(),
        client.ipsec_gateways().create(&page_gateway()).await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::Redirect, false));
    }
    assert_eq!(other.connections(), 0);
    let refused = Client::builder().base_url(nowhere()).token("a-token-of-the-tests");
    let refused = refused.retry(RetryPolicy::default().max_attempts(4).base_delay(Duration::from_millis(1)));
    let client = refused.http_client_builder(reqwest::Client::builder()).build().unwrap();
    let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), error.may_have_been_applied()), (ErrorKind::Connect, Some(4), false));
}

#[tokio::test]
async fn a3_a_closure_calls_one_operation() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).build().unwrap();
    let body = serde_json::from_value(json!({ "id": PAGE_ID, "properties": page_gateway() })).unwrap();
    let both = client.call(|api| async move {
        api.ipsecgateways_put(&PAGE_ID, &body).await?;
        api.ipsecgateways_find_by_id(&PAGE_ID).await
    });
    let error = both.await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::Configuration, Some("ipsecgatewaysPut")));
    assert!(error.may_have_been_applied() && error.to_string().contains("make a call for each"), "{error}");
    assert_eq!(server.requests().len(), 1);

    let joined = client.call(|api| async move {
        let (first, second) =
            tokio::join!(api.ipsecgateways_find_by_id(&PAGE_ID), api.ipsecgateways_find_by_id(&PAGE_ID));
        first.and(second)
    });
    let error = joined.await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::Configuration, false), "{error}");
    assert_eq!(server.requests().len(), 2);
}

const EARLIER: &str = "2026-11-02T11:59:00Z";
const LATER: &str = "2026-11-02T12:00:00Z";

#[tokio::test]
async fn a4_modify_and_reconcile_do_not_write_back_what_was_before_the_last_write() {
    let written = page_with(&[
        ("/metadata/lastModifiedDate", json!(LATER)),
        ("/properties/description", json!("new")),
        ("/properties/tier", json!("ENHANCED_HA")),
    ]);
    let old = page_with(&[("/metadata/lastModifiedDate", json!(EARLIER)), ("/properties/description", json!("old"))]);
    let wait = WaitOptions::default().first_poll(Duration::from_millis(1));
    for lag in [answer(200, &old), answer(404, "")] {
        let script = vec![answer(201, &written), lag.clone(), lag.clone(), answer(200, &written)];
        let server = Server::start(script.clone()).await;
        let gateways = gateways(&server).wait_options(wait.clone());
        let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        gateways.modify(&ensured, |gateway| gateway.name = "renamed".into()).await.unwrap();
        let sent: Value = server.requests().last().unwrap().body.parse().unwrap();
        assert_eq!(sent["properties"]["description"], "new", "{lag:?}");
        assert_eq!(server.requests().len(), 5, "{lag:?}");

        let server = Server::start(script).await;
        let gateways = self::gateways(&server).wait_options(wait.clone());
        let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
        let mut desired = page_gateway();
        desired.name = "renamed".into();
        gateways.reconcile(&ensured, &desired).await.unwrap();
        let sent: Value = server.requests().last().unwrap().body.parse().unwrap();
        assert_eq!(sent["properties"]["tier"], "ENHANCED_HA", "{lag:?}");
    }
}

#[tokio::test]
async fn a4_reading_again_has_an_end() {
    let old = page_with(&[("/metadata/lastModifiedDate", json!(EARLIER))]);
    let written = page_with(&[("/metadata/lastModifiedDate", json!(LATER))]);
    let wait = WaitOptions::default().first_poll(Duration::from_millis(1)).grace(Duration::from_millis(300));
    let server = Server::start(vec![answer(200, &written), answer(200, &old)]).await;
    let gateways = gateways(&server).wait_options(wait.clone());
    let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    let error = gateways.modify(&ensured, |gateway| gateway.name = "renamed".into()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WaitTimeout, "{error}");
    assert!(server.requests().iter().skip(1).all(|request| request.method == "GET"));
    // An id alone has no information about the last write.
    assert_eq!(gateways.modify(PAGE_ID, |_| {}).await.unwrap().outcome, Outcome::Unchanged);
}

/// A token with what JSON escapes: a slash, quotes, a backslash.
const TOKEN: &str = "eyJ0eX/aiOiJ=KV1Q\"LCJraWQi\\iOiJub3Qt";

/// Everything that an error prints: `Display`, `Debug` and its sources.
fn all_of(error: &Error) -> String {
    let mut said = format!("{error} {error:?} {:?} {}", error.api(), kept(error));
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        said.push_str(&format!("{cause} {cause:?}"));
        source = cause.source();
    }
    said
}

/// Returns a part of the token of 8 letters that a text shows.
fn leak<'a>(text: &str, token: &'a str) -> Option<&'a str> {
    (0..token.len().saturating_sub(7)).filter_map(|start| token.get(start..start + 8)).find(|part| text.contains(part))
}

async fn shown(action: Action, token: &str) -> String {
    let server = Server::start(vec![action]).await;
    let client = Client::builder().base_url(&server.base_url).token(token).retry(RetryPolicy::none()).build().unwrap();
    all_of(&client.ipsec_gateways().get(PAGE_ID).await.unwrap_err())
}

#[tokio::test]
async fn b1_a_token_that_comes_back_escaped_is_not_shown() {
    let escaped = Value::from(TOKEN).to_string().replace('/', "\\/").replace('=', "\\u003d");
    let rows = [
        format!(r#"{{"messages":[{{"errorCode":{escaped},"message":{escaped}}}],"x":{{{escaped}:[{escaped}]}}}}"#),
        format!(r#"{{"your":{escaped}}}"#),
        escaped,
    ];
    for body in rows {
        for status in [200, 401, 500] {
            let said = shown(answer(status, &body), TOKEN).await;
            assert_eq!(leak(&said, TOKEN), None, "{status} {body}: {said}");
            assert!(!said.contains("eyJ0eX") && !said.contains("KV1Q"), "{status} {body}: {said}");
        }
    }
}

#[tokio::test]
async fn b2_b3_a_token_that_is_cut_off_is_not_shown() {
    let token = "x".repeat(100) + &"eyJ0eXAiOiJKV1Qi".repeat(200);
    for body in [
        format!("<p>{}", &token[..90]),
        format!("<p>{token}"),
        format!("{}{token}", " ".repeat(250)),
        token.clone(),
        token[40..].to_owned(),
    ] {
        let said = shown(answer(500, &body), &token).await;
        assert_eq!(leak(&said, &token), None, "{said}");
        let cut = Action::Truncate { status: 500, body: body.clone() };
        assert_eq!(leak(&shown(cut, &token).await, &token), None);
    }
}

#[test]
fn b6_credentials_without_a_scheme_are_not_repeated() {
    let path = format!("user:password@vpn.de-fra.ionos.com/ipsecgateways/{PAGE_ID}");
    let violations = path.parse::<GatewayPath>().unwrap_err();
    assert!(!format!("{violations} {violations:?}").contains("password"), "{violations}");
}

#[tokio::test]
async fn c1_a_deletion_that_never_took_place_is_not_a_success() {
    for first in [answer(429, ""), headers(503, "retry-after: 0\r\n"), answer(408, "")] {
        let server = Server::start(vec![first.clone(), answer(404, "")]).await;
        let error = gateways(&server).delete(PAGE_ID).await.unwrap_err();
        assert!(error.is_not_found() && !error.may_have_been_applied(), "{first:?}: {error}");
        assert_eq!(error.attempts(), Some(2));
    }
    for first in [answer(504, ""), Action::Reset] {
        let server = Server::start(vec![first.clone(), answer(404, "")]).await;
        gateways(&server).delete(PAGE_ID).await.unwrap_or_else(|error| panic!("{first:?}: {error}"));
    }
}

#[tokio::test]
async fn c2_deletions_that_succeed_by_a_404_give_the_budget_back() {
    let deletions = std::iter::repeat_n([Action::Reset, answer(404, "")], 60).flatten();
    let server = Server::start(deletions.chain([answer(503, "")]).collect()).await;
    let gateways = gateways(&server);
    for _ in 0..60 {
        gateways.delete(PAGE_ID).await.unwrap();
    }
    assert_eq!(gateways.get(PAGE_ID).await.unwrap_err().attempts(), Some(4));
}

#[tokio::test]
async fn c3_a_dropped_call_gives_back_what_it_took_for_a_retry() {
    let server = Server::start(vec![answer(503, "")]).await;
    let retry = RetryPolicy::default().base_delay(Duration::from_secs(600)).max_delay(Duration::from_secs(600));
    let client = builder(&server).retry(retry).total_timeout(Duration::from_secs(100_000)).build().unwrap();
    for call in 1..=120 {
        let gateways = client.ipsec_gateways();
        let sent = async {
            while server.requests().len() < call {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            // Wait until the response has been read and the client waits for the retry.
            tokio::time::sleep(Duration::from_millis(5)).await;
        };
        tokio::select! {
            result = gateways.get(PAGE_ID) => panic!("call {call}: {result:?}"),
            () = sent => {}
        }
    }
    assert_eq!(server.requests().len(), 120, "each of them waited for a retry");
}

#[tokio::test]
async fn c8_a_known_field_in_extra_is_a_violation() {
    let server = Server::start(vec![page()]).await;
    let mut gateway = small_gateway();
    gateway.extra.insert("name".into(), "x".repeat(300).into());
    let violations = gateway.validate().unwrap_err();
    assert!(violations.to_string().contains("`extra` holds a known field"), "{violations}");
    let mut inner = small_gateway();
    inner.connections[0].extra.insert("lanId".into(), "2".into());
    for gateway in [gateway, inner] {
        assert!(gateways(&server).ensure(PAGE_ID, &gateway).await.unwrap_err().is_validation());
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_known_field_in_extra_is_never_sent_and_never_passed_over() {
    let server = Server::start(vec![page()]).await;
    let good = small_gateway();
    let [mut outer, mut inner] = [good.clone(), good.clone()];
    outer.extra.insert("gatewayIP".into(), "81.173.1.9".into());
    // Not even if the field itself is absent.
    inner.connections[0].extra.insert("ipv6CIDR".into(), "2001:db8::1/64".into());
    inner.connections[0].ipv6_cidr = None;
    for (bad, name) in [(outer, "gatewayIP"), (inner, "ipv6CIDR")] {
        let reason = format!("cannot be written as JSON: `extra` holds a known field, `{name}`");
        let violations = bad.validate().unwrap_err();
        assert_eq!(violations.to_string(), format!("the document {reason}"));
        assert_eq!(bad.redacted(), json!(reason));
        assert_eq!(bad.unknown_fields(), [reason.as_str()]);
        assert_eq!(json!(bad.drift_from(&good)), json!([{ "path": "", "after": reason }]));
        assert_eq!(json!(good.drift_from(&bad)), json!([{ "path": "", "before": reason }]));
        let client = builder(&server).skip_validation().build().unwrap();
        let gateways = client.ipsec_gateways();
        assert!(gateways.ensure(PAGE_ID, &bad).await.is_err());
        assert!(gateways.create(&bad).await.is_err());
        let error = client.call(|api| async move { api.ipsecgateways_post(&create_of(bad)).await }).await.unwrap_err();
        assert!(!error.may_have_been_applied(), "{error}");
    }
    assert!(server.requests().is_empty());
}

fn create_of(gateway: IpSecGateway) -> types::IpSecGatewayCreate {
    types::IpSecGatewayCreate::builder().properties(gateway).build()
}

fn item(number: u128) -> Value {
    page_with(&[("/id", json!(Uuid::from_u128(number)))])
}

fn list_of(items: &[Value]) -> Action {
    answer(
        200,
        json!({
            "id": Uuid::nil(), "type": "collection", "href": "/", "items": items, "offset": 0, "limit": 100, "_links": {},
        }),
    )
}

#[tokio::test]
async fn c11_a_short_page_does_not_end_a_list() {
    let pages = [(1..=50), (51..=100), (101..=110)].map(|page| list_of(&page.map(item).collect::<Vec<_>>()));
    let server = Server::start(pages.into_iter().chain([list_of(&[])]).collect()).await;
    let listed: Vec<_> = gateways(&server).list().try_collect().await.unwrap();
    assert_eq!(listed.len(), 110);
    let offsets: Vec<_> =
        server.requests().iter().map(|it| it.head.split([' ', '=']).nth(3).unwrap().to_owned()).collect();
    assert_eq!(offsets, ["0", "50", "100", "110"]);
}

#[tokio::test]
async fn a_page_that_overlaps_the_one_before_is_an_error() {
    let full: Vec<_> = (1..=100).map(item).collect();
    let overlapping: Vec<_> = (100..=110).map(item).collect();
    for second in [full.clone(), overlapping] {
        let server = Server::start(vec![list_of(&full), list_of(&second)]).await;
        let mut list = gateways(&server).list();
        for _ in 0..100 {
            list.try_next().await.unwrap().unwrap();
        }
        let error = list.try_next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnusableResponse, "{error}");
        assert_eq!(list.try_next().await.unwrap(), None);
    }
    let all: Vec<_> = (1..=300).map(item).collect();
    let server = Server::start(vec![list_of(&all)]).await;
    assert_eq!(gateways(&server).list().try_collect::<Vec<_>>().await.unwrap().len(), 300, "one page for all");
}

#[tokio::test]
async fn c14_a_slow_connect_has_sent_nothing() {
    // It accepts, but never answers the TLS handshake.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", silent.local_addr().unwrap());
    let client = Client::builder().base_url(url).token("a-token-of-the-tests").retry(RetryPolicy::none());
    let client = client.attempt_timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    assert!(error.is_timeout() && !error.may_have_been_applied(), "{error}");
    assert!(error.to_string().contains("no connection within"), "{error}");
    let server = Server::start(vec![Action::Hang]).await;
    let client = builder(&server).attempt_timeout(Duration::from_millis(200)).build().unwrap();
    let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    assert!(error.is_timeout() && error.may_have_been_applied(), "{error}");
}

#[tokio::test]
async fn c15_a_renewal_is_an_attempt_that_is_always_made() {
    // What the server answers → the attempts of a policy of two.
    for (script, attempts) in [([503, 401, 503], 3), ([401, 503, 503], 2), ([401, 401, 503], 2), ([503, 503, 503], 2)] {
        let server = Server::start(script.map(|status| answer(status, "")).to_vec()).await;
        let number = Arc::new(AtomicUsize::new(0));
        let provider = move || {
            let number = number.fetch_add(1, Ordering::SeqCst);
            async move { Ok::<_, std::io::Error>(format!("token-{number}")) }
        };
        let retry = RetryPolicy::default().max_attempts(2).base_delay(Duration::from_millis(1));
        let client = builder(&server).retry(retry).token_provider(provider).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert_eq!((error.attempts(), server.requests().len()), (Some(attempts), attempts as usize), "{script:?}");
    }
}

#[tokio::test]
async fn c16_the_time_of_a_provider_that_hangs_is_told() {
    let hangs = std::future::pending::<Result<String, std::io::Error>>;
    let client = Client::builder().base_url(nowhere()).token_provider(hangs).total_timeout(Duration::from_millis(50));
    let error = client.build().unwrap().ipsec_gateways().get(PAGE_ID).await.unwrap_err();
    assert!(error.elapsed().unwrap() >= Duration::from_millis(50), "{error}");
    assert!(!error.to_string().contains("0 attempts"), "{error}");
}

#[tokio::test]
async fn c18_a_number_that_was_rounded_is_not_sent_back() {
    let huge = "36893488147419103233"; // 2⁶⁵ + 1
    for place in ["properties", "metadata", ""] {
        let mut body: Value = PAGE_RESPONSE.parse().unwrap();
        if place.is_empty() {
            body["x"] = json!("HUGE")
        } else {
            body[place]["x"] = json!({ "y": ["HUGE"] })
        }
        let server = Server::start(vec![answer(200, body.to_string().replace("\"HUGE\"", huge))]).await;
        let error = gateways(&server).modify(PAGE_ID, |gateway| gateway.name = "renamed".into()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnusableResponse, "{error}");
        assert!(error.to_string().contains("more than 64 bits") && !error.may_have_been_applied(), "{error}");
        assert_eq!(server.requests().len(), 1);
    }
    let largest = page_with(&[("/properties/x", json!([u64::MAX, i64::MIN, 0.1, -0.0]))]);
    let server = Server::start(vec![answer(200, &largest)]).await;
    gateways(&server).modify(PAGE_ID, |gateway| gateway.name = "renamed".into()).await.unwrap();
    let sent: Value = server.requests()[1].body.parse().unwrap();
    assert_eq!(sent["properties"]["x"], largest["properties"]["x"]);
}

#[test]
fn c22_numbers_are_compared_by_value() {
    let (mut desired, mut actual) = (small_gateway(), small_gateway());
    desired.extra.insert("x".into(), json!({ "y": [1, 2.0, -3, 0] }));
    actual.extra.insert("x".into(), json!({ "y": [1.0, 2, -3.0, -0.0] }));
    assert!(desired.drift_from(&actual).is_empty(), "{}", desired.drift_from(&actual));
    actual.extra.insert("x".into(), json!({ "y": [1.5, 2, -3.0, 0] }));
    assert_eq!(desired.drift_from(&actual).changes().len(), 1);
}

#[tokio::test]
async fn c19_a_violation_of_one_element_does_not_excuse_another() {
    let sandbox = Sandbox::start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    let bad = "192.168.1.0/24";
    sandbox.insert_raw(PAGE_ID, page_with(&[("/properties/connections/0/ipv4CIDR", json!(bad))] as &[_]));
    let error = gateways
        .modify(PAGE_ID, |gateway| {
            let mut added = gateway.connections[0].clone();
            added.lan_id = "7".into();
            gateway.connections[0].ipv4_cidr = "192.168.1.9/24".into();
            gateway.connections.push(added);
        })
        .await
        .unwrap_err();
    assert_eq!(error.violations()[0].path(), "connections[1].ipv4CIDR", "{error}");
    // The same element at another place is still excused.
    let moved = gateways.modify(PAGE_ID, |gateway| {
        let datacenter = gateway.connections[0].datacenter_id;
        gateway.connections.insert(0, Connection::new(datacenter, 9, "10.0.0.1/24".parse().unwrap(), None));
    });
    assert_eq!(moved.await.unwrap().resource.properties.connections.len(), 2);
}

#[tokio::test]
async fn c20_a_date_is_compared_with_the_clock_of_its_server() {
    let at = |offset: u64| httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(offset));
    let ahead: &'static str = format!("date: {}\r\nretry-after: {}\r\n", at(7200), at(7200 + 100)).leak();
    let server = Server::start(vec![headers(429, ahead)]).await;
    let error = gateways(&server).get(PAGE_ID).await.unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 100, "{error}");
}

#[tokio::test]
async fn c21_a_status_is_shown_without_control_characters() {
    let odd = page_with(&[("/metadata/status", json!("\u{1b}[31mRED\n"))]);
    let server = Server::start(vec![answer(200, &odd)]).await;
    let wait = WaitOptions::default().timeout(Duration::from_millis(300)).first_poll(Duration::from_millis(1));
    let error = gateways(&server).wait_options(wait).wait_until_available(PAGE_ID).await.unwrap_err();
    assert!(error.to_string().contains("RED") && !error.to_string().contains(['\u{1b}', '\n']), "{error}");
}

#[tokio::test]
async fn c4_options_of_zero_poll_with_a_pause() {
    let sandbox = Sandbox::builder().provisioning(Duration::from_secs(600)).start().await.unwrap();
    let zero = WaitOptions::default().first_poll(Duration::ZERO).max_interval(Duration::ZERO);
    let gateways = sandbox.client().ipsec_gateways().wait_options(zero.timeout(Duration::from_secs(1)));
    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    let started = Instant::now();
    gateways.wait_until_available(PAGE_ID).await.unwrap_err();
    let polls = sandbox.requests().len() - 1;
    assert!((2..=14).contains(&polls) && started.elapsed() < Duration::from_secs(20), "{polls} polls");
}

#[tokio::test]
async fn a_raw_resource_without_a_status_can_be_deleted() {
    let sandbox = Sandbox::builder().provisioning(Duration::from_millis(50)).start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    for raw in [json!({ "id": PAGE_ID }), json!(null), json!([])] {
        sandbox.insert_raw(PAGE_ID, raw);
        gateways.delete(PAGE_ID).await.unwrap();
        let is_gone = async {
            while sandbox.get_raw(PAGE_ID).is_some() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), is_gone).await.unwrap();
    }
}

#[tokio::test]
async fn a_missing_privilege_is_not_a_refused_token() {
    for (status, unauthorized) in [(401, true), (403, false)] {
        let server = Server::start(vec![answer(status, "")]).await;
        let error = gateways(&server).get(PAGE_ID).await.unwrap_err();
        assert_eq!((error.is_unauthorized(), error.is_forbidden()), (unauthorized, !unauthorized), "{error}");
        assert!(!error.is_conflict(), "{error}");
    }
}

#[tokio::test]
async fn a_list_below_a_missing_gateway_says_so() {
    let server = Server::start(vec![answer(404, "")]).await;
    let tunnels = builder(&server).build().unwrap().ipsec_tunnels(PAGE_ID);
    let error = tunnels.list().try_next().await.unwrap_err().to_string();
    assert!(error.starts_with(&format!("list IPSec tunnel of {PAGE_ID}: the server answered 404")), "{error}");
    assert!(error.contains(&format!("; IPSec gateway {PAGE_ID} was not found")), "{error}");
    let error = tunnels.get(PAGE_ID).await.unwrap_err().to_string();
    assert!(!error.contains("was not found"), "{error}");
}

#[test]
fn a_repetition_that_could_act_twice_is_not_called_transient() {
    // Columns: the call, the fault → whether the error is transient.
    let rows = [
        ("POST", Action::Reset, false),
        ("POST", answer(500, ""), false),
        ("POST", answer(503, ""), false),
        ("POST", headers(503, "retry-after: 1\r\n"), true),
        ("POST", answer(429, ""), true),
        ("POST", answer(408, ""), true),
        ("PUT", Action::Reset, true),
        ("PUT", answer(500, ""), true),
        ("GET", answer(503, ""), true),
        ("GET", answer(404, ""), false),
    ];
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for (method, action, expected) in rows {
        let error = runtime.block_on(async {
            let server = Server::start(vec![action.clone()]).await;
            let gateways = builder(&server).retry(RetryPolicy::none()).build().unwrap().ipsec_gateways();
            match method {
                "POST" => gateways.create(&page_gateway()).await.unwrap_err(),
                "PUT" => gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap_err(),
                _ => gateways.get(PAGE_ID).await.unwrap_err(),
            }
        });
        assert_eq!(error.is_transient(), expected, "{method} {action:?}: {error}");
    }
}

/// Fewer cases than usual, because each case starts a server. `PROPTEST_CASES` overrides the number.
fn few() -> ProptestConfig {
    let default = ProptestConfig::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 64 };
    ProptestConfig { cases, failure_persistence: None, ..default }
}

proptest! {
    #![proptest_config(few())]
    /// A server that repeats parts of the token between other text, escaped or not, cut or not.
    #[test]
    fn no_error_shows_eight_letters_of_the_token(
        token in "[!-~]{8,60}",
        parts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[ -~]{0,9}"), 1..6),
        form in 0..4,
        status in prop::sample::select(vec![200_u16, 400, 401, 500]),
    ) {
        let mut text = String::new();
        for (from, to, between) in parts {
            let (from, to) = (from.index(token.len()), to.index(token.len() + 1));
            text.push_str(&token[from.min(to)..from.max(to)]);
            text.push_str(&between);
        }
        let body = match form {
            0 => text,
            1 => Value::from(text).to_string().replace('/', "\\/"),
            2 => json!({ "messages": [{ "message": text }] }).to_string(),
            _ => json!({ "x": { &text: [text] } }).to_string(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let said = runtime.block_on(shown(answer(status, &body), &token));
        prop_assert_eq!(leak(&said, &token), None, "{}", said);
    }
}
