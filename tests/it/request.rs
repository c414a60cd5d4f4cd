//! `Client::request`: raw JSON on the road of every other call.

use std::time::Duration;

use ionos_vpn::http::Method;
use ionos_vpn::{Client, ErrorKind, RetryPolicy, Sandbox};
use serde_json::{Value, json};

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

const TUNNELS: &str = "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44/tunnels";

fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1));
    Client::builder()
        .base_url(format!("{}/vpn/", server.base_url))
        .token("a-token-of-the-tests")
        .retry(retry)
        .build()
        .unwrap()
}

#[tokio::test]
async fn any_resource_can_be_written_and_read_as_json() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client();
    let path = format!("/ipsecgateways/{PAGE_ID}");
    let body = json!({ "id": PAGE_ID, "properties": page_gateway() });
    let written = client.request(Method::PUT, &path, Some(&body)).await.unwrap();
    assert_eq!((written.status().as_u16(), &written.body()["properties"]["name"]), (201, &body["properties"]["name"]));
    let page = client.request(Method::GET, "/ipsecgateways?limit=1&offset=0", None).await.unwrap();
    assert_eq!(page.body()["items"][0]["id"], json!(PAGE_ID));
    // A success without a body.
    let deleted = client.request(Method::DELETE, &path, None).await.unwrap();
    assert_eq!((deleted.status().as_u16(), deleted.body()), (202, &Value::Null));
    let missing = client.request(Method::GET, "/ipsecgateways/00000000-0000-0000-0000-000000000000", None).await;
    let missing = missing.unwrap_err();
    assert!(missing.is_not_found() && missing.operation() == Some("ipsecgatewaysFindById"), "{missing}");
}

#[tokio::test]
async fn a_path_stays_below_the_base_url() {
    let server = Server::start(vec![answer(200, "{}")]).await;
    let client = client(&server);
    let refused = [
        "",
        "ipsecgateways",
        "//evil.example/x",
        "/\\evil.example",
        "https://evil.example/",
        "/a/../../b",
        "/..",
        "/%2e%2E/x",
        "/a/./b",
        "/a#b",
        "/a\tb",
        "/.%2e",
    ];
    for path in refused {
        let error = client.request(Method::GET, path, None).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{path:?}");
    }
    assert_eq!(server.requests().len(), 0);
    for (path, expected) in
        [("/a/b?c=d&e=%20", "GET /vpn/a/b?c=d&e=%20 "), ("/a%2Fb", "GET /vpn/a%2Fb "), ("/?x", "GET /vpn/?x ")]
    {
        client.request(Method::GET, path, None).await.unwrap();
        let requests = server.requests();
        assert!(requests.last().unwrap().head.starts_with(expected), "{path}: {}", requests.last().unwrap().head);
    }
}

#[tokio::test]
async fn a_method_other_than_get_put_and_delete_is_repeated_as_a_create_is() {
    // The method, what the server does → how many requests it sees.
    let table = [
        (Method::GET, answer(500, ""), 3),
        (Method::GET, Action::Reset, 3),
        (Method::PUT, answer(502, ""), 3),
        (Method::DELETE, Action::Reset, 3),
        (Method::PATCH, answer(502, ""), 1),
        (Method::PATCH, Action::Reset, 1),
        (Method::OPTIONS, Action::Reset, 1),
        (Method::POST, answer(500, ""), 1),
        (Method::PATCH, headers(503, "retry-after: 0\r\n"), 3),
        (Method::POST, answer(429, ""), 3),
    ];
    for (method, action, requests) in table {
        let row = format!("{method} {action:?}");
        let server = Server::start(vec![action]).await;
        let error = client(&server).request(method, "/ipsecgateways", None).await.unwrap_err();
        assert_eq!(server.requests().len(), requests, "{row}: {error}");
    }
}

#[tokio::test]
async fn a_success_that_is_not_json_is_an_error() {
    let server = Server::start(vec![answer(200, "<html>")]).await;
    let error = client(&server).request(Method::PUT, "/ipsecgateways", Some(&json!({}))).await.unwrap_err();
    assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::UnusableResponse, true), "{error}");
}

#[tokio::test]
async fn no_error_shows_a_body_that_may_hold_a_secret() {
    let key = "X2wosbaw74M8hQGbK3jCCaEusR6CCFRa";
    let sent = json!({ "properties": { "auth": { "method": "PSK", "psk": { "key": key } } } });
    let echo = json!({ "messages": [{ "message": format!("{key} is too short") }], "other": "a secret of another" });
    // The path → whether the body of a response may be shown.
    for (path, is_shown) in [(TUNNELS, false), ("/something/else", false), ("/ipsecgateways", true)] {
        for action in [answer(422, &echo), answer(200, "not JSON: a secret of another")] {
            let server = Server::start(vec![action]).await;
            let error = client(&server).request(Method::POST, path, Some(&sent)).await.unwrap_err();
            let shown = format!("{error} {error:?} {:?}", error.body());
            assert_eq!(shown.contains("a secret of another"), is_shown, "{path}: {shown}");
            assert!(!shown.contains(key) || is_shown, "{path}: {shown}");
        }
    }
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    assert!(client(&server).request(Method::GET, "/ipsecgateways", None).await.is_ok());
}
