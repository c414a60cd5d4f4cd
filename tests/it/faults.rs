//! Faults of the network and the server: for each fault, the requests, the outcome, and the error.

use std::time::{Duration, SystemTime};

use futures_util::StreamExt;
use ionos_vpn::{Client, ClientBuilder, Error, ErrorKind, Outcome, RetryPolicy};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::{Action, REQUEST_ID, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    Get,
    Ensure,
    Create,
    Delete,
}
use Call::{Create, Delete, Ensure, Get};

/// The expected failure: its kind, the status, and whether a write may have been applied.
type Told = (ErrorKind, Option<u16>, bool);

/// The call, what the server does, the requests it sees, and the failure where there is one.
type Row = (Call, Vec<Action>, usize, Option<Told>);

fn builder(server: &Server) -> ClientBuilder {
    let retry = RetryPolicy::default().max_attempts(4).base_delay(Duration::from_millis(1));
    Client::builder()
        .base_url(&server.base_url)
        .token("a-token-of-the-tests")
        .retry(retry)
        .total_timeout(Duration::from_secs(30))
}

async fn call(client: &Client, call: Call) -> Result<(), Error> {
    let gateways = client.ipsec_gateways();
    match call {
        Get => gateways.get(PAGE_ID).await.map(drop),
        Ensure => gateways.ensure(PAGE_ID, &page_gateway()).await.map(drop),
        Create => gateways.create(&page_gateway()).await.map(drop),
        Delete => gateways.delete(PAGE_ID).await,
    }
}

fn page() -> Action {
    answer(200, PAGE_RESPONSE)
}

/// The page's answer with a part changed.
fn page_with(pointer: &str, value: Value) -> Action {
    let mut page: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    *page.pointer_mut(pointer).unwrap() = value;
    answer(200, page)
}

fn page_without(name: &str) -> Action {
    let mut page: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    page.as_object_mut().unwrap().remove(name);
    answer(200, page)
}

fn api(status: u16, applied: bool) -> Option<Told> {
    Some((ErrorKind::Api, Some(status), applied))
}

fn unusable(status: u16, applied: bool) -> Option<Told> {
    Some((ErrorKind::UnusableResponse, Some(status), applied))
}

const HTML: &str = "<html><h1>502 Bad Gateway</h1></html>";

fn table() -> Vec<Row> {
    let said = |status| answer(status, json!({ "httpStatus": status, "messages": [] }));
    let html = |status| Action::Answer { status, headers: "content-type: text/html\r\n", body: HTML.to_owned() };
    let cut = || Action::Truncate { status: 200, body: PAGE_RESPONSE[..100].to_owned() };
    let redirect = |status| headers(status, "location: https://elsewhere.example/ipsecgateways\r\n");
    let huge = |status| Action::Huge { status, bytes: 8 << 20 };
    let lost = |applied| Some((ErrorKind::Interrupted, None, applied));
    let late = |applied| Some((ErrorKind::Timeout, None, applied));
    let mut rows: Vec<Row> = vec![
        // Temporary faults.
        (Get, vec![page()], 1, None),
        (Ensure, vec![said(503), said(503), page()], 3, None),
        (Ensure, vec![said(408), page()], 2, None),
        (Get, vec![said(500), page()], 2, None),
        (Ensure, vec![said(429), page()], 2, None),
        (Ensure, vec![html(502), page()], 2, None),
        (Ensure, vec![html(504), page()], 2, None),
        (Ensure, vec![Action::Reset, page()], 2, None),
        (Ensure, vec![Action::ResetAfterHeaders, page()], 2, None),
        (Ensure, vec![cut(), page()], 2, None),
        (Ensure, vec![Action::Hang, page()], 2, None),
        (Ensure, vec![Action::SlowBytes(200), page()], 2, None),
        (Get, vec![Action::Reset, cut(), Action::Hang, page()], 4, None),
        (Ensure, vec![headers(503, "retry-after: 0\r\n"), page()], 2, None),
        (Create, vec![headers(503, "retry-after: 0\r\n"), page()], 2, None),
        (Create, vec![headers(429, "retry-after: 0\r\n"), page()], 2, None),
        (Create, vec![said(429), page()], 2, None),
        (Delete, vec![headers(202, "")], 1, None),
        (Delete, vec![Action::Reset, said(404)], 2, None),
        (Delete, vec![said(504), said(404)], 2, None),
        // Answers that are tried again to the end.
        (Get, vec![said(503)], 4, api(503, false)),
        (Get, vec![said(500)], 4, api(500, false)),
        (Ensure, vec![said(503)], 4, api(503, true)),
        (Ensure, vec![headers(503, "retry-after: 0\r\n")], 4, api(503, false)),
        (Ensure, vec![html(502)], 4, api(502, true)),
        (Ensure, vec![html(504)], 4, api(504, true)),
        (Ensure, vec![said(408)], 4, api(408, false)),
        (Ensure, vec![said(429)], 4, api(429, false)),
        (Delete, vec![said(503)], 4, api(503, true)),
        // Answers that are final.
        (Ensure, vec![said(500)], 1, api(500, true)),
        (Create, vec![said(500)], 1, api(500, true)),
        (Ensure, vec![headers(429, "retry-after: 86400\r\n")], 1, api(429, false)),
        (Ensure, vec![headers(503, "retry-after: 86400\r\n")], 1, api(503, false)),
        (Delete, vec![said(404)], 1, api(404, false)),
        (Ensure, vec![said(409)], 1, api(409, false)),
        (Create, vec![said(408)], 1, api(408, false)),
        (Create, vec![said(503)], 1, api(503, true)),
        (Create, vec![html(502)], 1, api(502, true)),
        (Create, vec![html(504)], 1, api(504, true)),
        (Ensure, vec![Action::Truncate { status: 422, body: "{".to_owned() }], 1, api(422, false)),
        (Ensure, vec![huge(422)], 1, api(422, false)),
        (Ensure, vec![Action::SlowBytes(422)], 1, api(422, false)),
        (Create, vec![Action::SlowBytes(500)], 1, api(500, true)),
        // A later attempt does not reset `may_have_been_applied`.
        (Ensure, vec![Action::Reset, said(401)], 2, api(401, true)),
        (Ensure, vec![said(504), said(422)], 2, api(422, true)),
        // Connections that break.
        (Ensure, vec![Action::Reset], 4, lost(true)),
        (Ensure, vec![cut()], 4, lost(true)),
        (Get, vec![cut()], 4, lost(false)),
        (Delete, vec![Action::Reset], 4, lost(true)),
        (Create, vec![Action::Reset], 1, lost(true)),
        (Create, vec![Action::ResetAfterHeaders], 1, lost(true)),
        (Create, vec![cut()], 1, lost(true)),
        (Create, vec![Action::Hang], 1, late(true)),
        (Create, vec![Action::SlowBytes(200)], 1, late(true)),
        (Get, vec![Action::Hang], 4, late(false)),
        // Answers that are too large.
        (Get, vec![huge(200)], 1, Some((ErrorKind::BodyTooLarge, Some(200), false))),
        (Ensure, vec![huge(200)], 1, Some((ErrorKind::BodyTooLarge, Some(200), true))),
        (Create, vec![huge(201)], 1, Some((ErrorKind::BodyTooLarge, Some(201), true))),
        // Successes without a usable resource.
        (Ensure, vec![answer(200, "")], 1, unusable(200, true)),
        (Ensure, vec![headers(204, "")], 1, unusable(204, true)),
        (Ensure, vec![answer(201, "null")], 1, unusable(201, true)),
        (Ensure, vec![answer(200, "{}")], 1, unusable(200, true)),
        (Ensure, vec![answer(200, "[]")], 1, unusable(200, true)),
        (Ensure, vec![html(200)], 1, unusable(200, true)),
        (Ensure, vec![page_without("id")], 1, unusable(200, true)),
        (Ensure, vec![page_without("metadata")], 1, unusable(200, true)),
        (Ensure, vec![page_without("properties")], 1, unusable(200, true)),
        (Ensure, vec![page_with("/properties", Value::Null)], 1, unusable(200, true)),
        (Ensure, vec![page_with("/id", json!(Uuid::nil()))], 1, unusable(200, true)),
        (Create, vec![answer(201, "null")], 1, unusable(201, true)),
        (Get, vec![page_with("/id", json!(Uuid::nil()))], 1, unusable(200, false)),
        (Get, vec![page_without("properties")], 1, unusable(200, false)),
    ];
    for status in [400, 401, 403, 404, 415, 422] {
        rows.extend([Ensure, Create, Get].map(|call| (call, vec![said(status)], 1, api(status, false))));
    }
    // After 301, 307 and 308 the server has not processed the request. 303 means that it has.
    for (status, is_applied) in
        [(300, true), (301, false), (302, true), (303, true), (304, true), (307, false), (308, false)]
    {
        rows.extend([(Ensure, is_applied), (Create, is_applied), (Get, false)].map(|(call, is_applied)| {
            (call, vec![redirect(status)], 1, Some((ErrorKind::Redirect, Some(status), is_applied)))
        }));
    }
    rows
}

#[tokio::test(flavor = "multi_thread")]
async fn each_fault_is_met_as_the_table_says() {
    let rows = table();
    assert!(rows.len() >= 40);
    let runs = rows.into_iter().enumerate().map(|(number, (kind, script, requests, failure))| async move {
        let row = format!("row {number}: {kind:?} {script:?}");
        let endless = script.iter().any(|action| matches!(action, Action::Hang | Action::SlowBytes(_)));
        let server = Server::start(script).await;
        // Short timeouts are used only for responses that never end, because on a busy machine a response may be slow.
        let time = Duration::from_secs(if endless { 2 } else { 20 });
        let result = call(&builder(&server).attempt_timeout(time).build().unwrap(), kind).await;
        assert_eq!(server.requests().len(), requests, "{row}: {result:?}");
        let method = match kind {
            Get => "GET",
            Ensure => "PUT",
            Create => "POST",
            Delete => "DELETE",
        };
        assert!(server.requests().iter().all(|request| request.method == method), "{row}");
        match (&result, failure) {
            (Ok(()), None) => {}
            (Err(error), Some(told)) => {
                let seen = (error.kind(), error.status().map(|it| it.as_u16()), error.may_have_been_applied());
                assert_eq!(seen, told, "{row}: {error}");
                assert_eq!(error.attempts(), Some(u32::try_from(requests).unwrap()), "{row}");
                assert!(error.elapsed().unwrap() > Duration::ZERO, "{row}");
            }
            _ => panic!("{row}: {result:?} instead of {failure:?}"),
        }
    });
    futures_util::stream::iter(runs).buffer_unordered(8).collect::<()>().await;
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_applied_nothing() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).base_url(nowhere).build().unwrap();
    for kind in [Get, Ensure, Create, Delete] {
        let error = call(&client, kind).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.attempts(), error.may_have_been_applied()),
            (ErrorKind::Connect, Some(4), false)
        );
        assert!(error.to_string().contains("no attempts left"), "{error}");
        assert!(std::error::Error::source(&error).is_some());
    }
}

#[tokio::test]
async fn retry_after_is_obeyed_and_told() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(7200));
    let dated: &'static str = format!("retry-after: {date}\r\n").leak();
    // More than five minutes is cut to five minutes.
    for header in ["retry-after: 86400\r\n", dated] {
        let server = Server::start(vec![headers(429, header)]).await;
        let error = call(&builder(&server).build().unwrap(), Ensure).await.unwrap_err();
        assert!(error.is_rate_limited());
        assert_eq!(error.retry_after().unwrap(), Duration::from_secs(300), "{error}");
        assert!(header.contains(error.headers().unwrap()["retry-after"].to_str().unwrap()), "{error}");
        assert!(error.to_string().contains("retry after"), "{error}");
        assert!(error.elapsed().unwrap() < Duration::from_secs(20), "{error}");
    }
    let server = Server::start(vec![headers(429, "retry-after: 1\r\n"), page()]).await;
    let started = std::time::Instant::now();
    call(&builder(&server).build().unwrap(), Ensure).await.unwrap();
    assert!(started.elapsed() >= Duration::from_secs(1));
}

#[tokio::test]
async fn an_error_page_is_cut_with_its_control_characters_visible() {
    let body = format!("<html>\u{1b}[31m{}</html>", "é".repeat(5000));
    let server = Server::start(vec![answer(500, body)]).await;
    let error = call(&builder(&server).build().unwrap(), Get).await.unwrap_err().to_string();
    assert!(error.contains("500") && error.contains(r"\u{1b}[31m") && error.contains('…'), "{error}");
    assert!(error.chars().count() < 500 && !error.contains('\u{1b}'), "{error}");
}

/// What the server does, and the body that the error keeps.
#[tokio::test]
async fn an_error_keeps_the_headers_and_the_body_of_the_response() {
    let said = r#"{"httpStatus":500,"messages":[{"message":"the\tdatabase"}]}"#;
    let long = format!("<p>{}", "é".repeat(2000));
    let rows: [(Action, Option<&str>); 9] = [
        (answer(500, said), Some(said)),
        (answer(500, ""), None),
        (answer(500, "<p>\u{1b}[31m\r\n"), Some("<p>\u{1b}[31m\r\n")),
        (answer(502, &long), Some(&long[..2047])),
        (headers(429, "retry-after: 86400\r\n"), None),
        (answer(200, r#"{"id":7}"#), Some(r#"{"id":7}"#)),
        (Action::Truncate { status: 200, body: PAGE_RESPONSE[..100].to_owned() }, Some(&PAGE_RESPONSE[..100])),
        (headers(307, "location: /elsewhere\r\n"), None),
        (Action::SlowBytes(200), Some(" ")),
    ];
    let error = async |action| {
        let server = Server::start(vec![action]).await;
        let builder = builder(&server).retry(RetryPolicy::none()).attempt_timeout(Duration::from_millis(500));
        call(&builder.build().unwrap(), Ensure).await.unwrap_err()
    };
    for (action, body) in rows {
        let row = format!("{action:?}");
        let is_slow = matches!(action, Action::SlowBytes(_));
        let error = error(action).await;
        assert_eq!(error.headers().unwrap()["x-request-id"], REQUEST_ID, "{row}: {error}");
        let shown = error.body().map(|body| if is_slow { &body[..1] } else { body });
        assert_eq!(shown, body, "{row}: {error}");
    }
    let error = error(Action::Huge { status: 200, bytes: 8 << 20 }).await;
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.headers().unwrap()["x-request-id"], REQUEST_ID);
    assert_eq!(error.body(), Some("x".repeat(2048).as_str()));
}

#[tokio::test]
async fn an_error_without_a_response_has_neither_headers_nor_a_body() {
    let server = Server::start(vec![Action::Reset]).await;
    let client = builder(&server).retry(RetryPolicy::none()).build().unwrap();
    let error = call(&client, Get).await.unwrap_err();
    assert!(error.headers().is_none() && error.body().is_none(), "{error}");
}

#[tokio::test]
async fn a_cookie_is_not_part_of_debug_output() {
    let server = Server::start(vec![headers(500, "set-cookie: session=1234567\r\n")]).await;
    let error = call(&builder(&server).build().unwrap(), Get).await.unwrap_err();
    let headers = error.headers().unwrap();
    assert_eq!(headers["set-cookie"], "session=1234567");
    assert!(!format!("{headers:?}").contains("1234567"), "{headers:?}");
}

#[tokio::test]
async fn a_redirect_names_its_target_which_sees_nothing() {
    for status in [301, 302, 303, 307, 308] {
        let other = Server::start(vec![page()]).await;
        let port = other.base_url.rsplit(':').next().unwrap();
        let location: &'static str = format!("location: http://localhost:{port}/ipsecgateways\r\n").leak();
        let server = Server::start(vec![headers(status, location)]).await;
        let error = call(&builder(&server).build().unwrap(), Ensure).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(error.to_string().contains(&format!("to localhost:{port},")), "{error}");
        assert_eq!(other.connections(), 0);
    }
}

#[tokio::test]
async fn a_redirect_that_the_callers_own_client_follows_is_an_error_all_the_same() {
    for end in [page(), answer(500, "")] {
        for kind in [Delete, Ensure] {
            let other = Server::start(vec![end.clone()]).await;
            let location: &'static str = format!("location: {}/ipsecgateways\r\n", other.base_url).leak();
            let server = Server::start(vec![headers(307, location)]).await;
            let client = builder(&server).http_client(reqwest::Client::new()).build().unwrap();
            let error = call(&client, kind).await.unwrap_err();
            assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::Redirect, true));
            assert_eq!(other.requests().len(), 1);
        }
    }
}

#[tokio::test]
async fn nothing_is_tried_again_where_the_policy_says_so() {
    for script in [answer(503, ""), Action::Reset, headers(429, "retry-after: 0\r\n")] {
        let server = Server::start(vec![script]).await;
        let client = builder(&server).retry(RetryPolicy::none()).build().unwrap();
        assert_eq!(call(&client, Get).await.unwrap_err().attempts(), Some(1));
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn the_total_time_bounds_a_call() {
    let server = Server::start(vec![Action::Hang]).await;
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(1)).max_attempts(1000);
    let (attempt, total) = (Duration::from_millis(200), Duration::from_secs(1));
    let client = builder(&server).retry(retry).attempt_timeout(attempt).total_timeout(total).build().unwrap();
    let error = call(&client, Get).await.unwrap_err();
    assert!(error.is_timeout() && (2..=5).contains(&error.attempts().unwrap()), "{error}");
    assert!((total..total * 10).contains(&error.elapsed().unwrap()), "{error}");
}

#[tokio::test]
async fn clones_share_a_retry_budget_that_runs_dry() {
    let server = Server::start(vec![answer(503, "")]).await;
    let client = builder(&server).build().unwrap();
    // Each call spends 3 retries of 5 out of 500.
    for _ in 0..33 {
        assert_eq!(call(&client.clone(), Get).await.unwrap_err().attempts(), Some(4));
    }
    assert_eq!(call(&client.clone(), Get).await.unwrap_err().attempts(), Some(2));
    let error = call(&client, Get).await.unwrap_err();
    assert_eq!(error.attempts(), Some(1));
    assert!(error.to_string().contains("retry budget is empty"), "{error}");
    let other = builder(&server).build().unwrap();
    assert_eq!(call(&other, Get).await.unwrap_err().attempts(), Some(4), "another client has a budget of its own");
}

#[tokio::test]
async fn a_token_is_kept_until_it_is_refused() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    let asked = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&asked);
    let provider = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        async move { Ok::<_, std::io::Error>(format!("token-{number}")) }
    };
    let server = Server::start(vec![page(), answer(401, ""), page(), answer(401, ""), answer(401, "")]).await;
    let client = builder(&server).token_provider(provider).build().unwrap();
    call(&client, Create).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    call(&client, Create).await.unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    assert!(call(&client, Create).await.unwrap_err().is_unauthorized());
    assert_eq!(asked.load(Ordering::SeqCst), 3, "the fresh token was refused as well");
    let sent: Vec<_> = server
        .requests()
        .iter()
        .map(|it| it.head.lines().find_map(|it| it.strip_prefix("authorization: ")).unwrap().to_owned())
        .collect();
    assert_eq!(sent, [0, 0, 1, 1, 2].map(|number| format!("Bearer token-{number}")));
}

#[tokio::test]
async fn a_provider_that_fails_or_hangs_ends_the_call() {
    let server = Server::start(vec![page()]).await;
    let fails = || async { Err::<String, _>(std::io::Error::other("the vault is sealed")) };
    let error = call(&builder(&server).token_provider(fails).build().unwrap(), Get).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    assert!(std::error::Error::source(&error).unwrap().to_string().contains("sealed"));
    let empty = || async { Ok::<_, std::io::Error>(String::new()) };
    let refusing = Server::start(vec![Action::Reset, answer(401, "")]).await;
    let tokens = std::sync::Mutex::new(vec![Ok("a-token-of-the-tests".to_owned())]);
    let once = move || {
        let next = tokens.lock().unwrap().pop().unwrap_or_else(|| Err(std::io::Error::other("no more")));
        async { next }
    };
    let error = call(&builder(&refusing).token_provider(once).build().unwrap(), Ensure).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::Token, true));
    let error = call(&builder(&server).token_provider(empty).build().unwrap(), Get).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Token);
    let hangs = std::future::pending::<Result<String, std::io::Error>>;
    let client = builder(&server).token_provider(hangs).total_timeout(Duration::from_millis(50)).build().unwrap();
    assert!(call(&client, Get).await.unwrap_err().is_timeout());
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_dropped_call_leaves_the_client_as_it_was() {
    let server = Server::start(vec![Action::Hang, page()]).await;
    let client = builder(&server).build().unwrap();
    let sent = async {
        while server.requests().is_empty() {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        result = call(&client, Ensure) => panic!("the server hangs: {result:?}"),
        () = sent => {}
    }
    call(&client, Ensure).await.unwrap();
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn calls_in_a_row_and_at_once_share_a_pool() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server)
        .attempt_timeout(Duration::from_secs(30))
        .total_timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    for _ in 0..10 {
        call(&client, Ensure).await.unwrap();
    }
    assert!(server.connections() <= 2, "{} connections", server.connections());
    for _ in 0..4 {
        let gateway = page_gateway();
        let gateways = client.ipsec_gateways();
        let calls = (0..64).map(|_| gateways.ensure(PAGE_ID, &gateway));
        let results = futures_util::future::join_all(calls).await;
        assert!(results.iter().all(|it| it.as_ref().is_ok_and(|it| it.outcome == Outcome::Updated)));
        // On a busy machine a connection takes a moment to get back to the pool.
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(server.connections() <= 66, "{} connections", server.connections());
    assert_eq!(server.requests().len(), 10 + 4 * 64);
}

#[tokio::test]
async fn the_message_about_an_unusable_body_shows_it_unless_it_may_hold_a_secret() {
    // The body of a 200 → what the message says about it for a resource without secrets, and for one with some.
    let hidden = "the body is not shown, because it may hold a secret";
    for (body, shown, of_secret) in [("<html>moved</html>", "<html>moved</html>", hidden), ("", "no body", "no body")] {
        let server = Server::start(vec![answer(200, body)]).await;
        let client = builder(&server).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnusableResponse);
        assert!(error.to_string().contains(shown), "{error}");
        let error = client.wireguard_gateways().get(PAGE_ID).await.unwrap_err();
        assert!(error.to_string().contains(of_secret) && !error.to_string().contains("<html>"), "{error}");
    }
}

#[tokio::test]
async fn a_body_of_exactly_the_greatest_size_is_read() {
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    for (size, is_read) in [(PAGE_RESPONSE.len(), true), (PAGE_RESPONSE.len() - 1, false)] {
        let client = builder(&server).max_body_size(size).build().unwrap();
        assert_eq!(client.ipsec_gateways().get(PAGE_ID).await.is_ok(), is_read, "{size} bytes");
    }
}
