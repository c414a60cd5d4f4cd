//! The requests that are sent, and the handling of the responses.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::types::IpSecGatewayReadList;
use ionos_vpn::{
    Client, ClientBuilder, Error, ErrorKind, GatewayPath, IpSecGatewayEnsure, IpSecGatewayRead, Outcome, Region,
    RetryPolicy, Sandbox, Validate,
};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

use crate::program::{stdout, this_test};
use crate::support::{PAGE_ID, PAGE_REQUEST, PAGE_RESPONSE, page_gateway, small_gateway};

const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJraWQiO";

/// A request as it came over the wire.
#[derive(Clone, Debug, Default)]
struct Received {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: Value,
}

/// A server that records its requests.
pub(crate) struct Recorder {
    base_url: String,
    log: Arc<Mutex<Vec<Received>>>,
}

impl Recorder {
    /// Starts on loopback; `answer` returns the status and the body for a request.
    async fn start(answer: impl Fn(&Received) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::<Mutex<Vec<Received>>>::default();
        let seen = Arc::clone(&log);
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.unwrap();
                let request = receive(&mut stream).await;
                let (status, body) = answer(&request);
                seen.lock().unwrap().push(request);
                let head = format!(
                    "HTTP/1.1 {status} Said\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    body.len()
                );
                stream.write_all((head + &body).as_bytes()).await.unwrap();
            }
        });
        Self { base_url, log }
    }

    pub(crate) async fn answering(status: u16, body: &str) -> Self {
        let body = body.to_owned();
        Self::start(move |_| (status, body.clone())).await
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder().base_url(&self.base_url).token(TOKEN).retry(RetryPolicy::none())
    }

    fn received(&self) -> Vec<Received> {
        self.log.lock().unwrap().clone()
    }

    #[track_caller]
    fn only(&self) -> Received {
        let received = self.received();
        assert_eq!(received.len(), 1, "{received:?}");
        received[0].clone()
    }
}

async fn receive(stream: &mut TcpStream) -> Received {
    let mut reader = BufReader::new(stream);
    let mut request = Received::default();
    let mut line = String::new();
    reader.read_line(&mut line).await.unwrap();
    let mut words = line.split(' ');
    request.method = words.next().unwrap().to_owned();
    request.target = words.next().unwrap().to_owned();
    loop {
        line.clear();
        reader.read_line(&mut line).await.unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        let again = request.headers.insert(name.to_ascii_lowercase(), value.to_owned());
        assert_eq!(again, None, "{name} is there twice");
    }
    let mut body = vec![0; request.headers.get("content-length").map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).await.unwrap();
    if !body.is_empty() {
        request.body = serde_json::from_slice(&body).unwrap();
    }
    request
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The response on the vendor's page, with another id.
fn gateway(id: Uuid) -> Value {
    let mut gateway = parsed(PAGE_RESPONSE);
    gateway["id"] = json!(id);
    gateway["href"] = json!(GatewayPath::from(id).to_string());
    gateway
}

/// One page of a list, as the API answers it.
fn page(items: &[Value], offset: usize, limit: usize) -> Value {
    json!({
        "id": Uuid::nil(), "type": "collection", "href": "/ipsecgateways", "items": items, "offset": offset,
        "limit": limit, "_links": { "prev": null, "self": "/ipsecgateways", "next": "/ipsecgateways?offset=7" },
    })
}

#[tokio::test]
async fn ensure_sends_exactly_the_request_of_the_page() {
    let own = concat!("ionos-vpn/", env!("CARGO_PKG_VERSION"));
    for (application, user_agent) in [(None, own.to_owned()), (Some("billing/2.3"), format!("{own} billing/2.3"))] {
        let server = Recorder::answering(200, PAGE_RESPONSE).await;
        let builder = server.builder();
        let builder = match application {
            Some(application) => builder.user_agent(application),
            None => builder,
        };
        let ensured = builder.build().unwrap().ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap();

        let Received { method, target, mut headers, body } = server.only();
        assert_eq!((method.as_str(), target.as_str()), ("PUT", "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44"));
        assert_eq!(body, parsed(PAGE_REQUEST));
        headers.remove("content-length").unwrap();
        let expected = [
            ("accept", "application/json"),
            ("authorization", &format!("Bearer {TOKEN}")),
            ("content-type", "application/json"),
            ("host", server.base_url.strip_prefix("http://").unwrap()),
            ("user-agent", &user_agent),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(headers, BTreeMap::from(expected), "`api-version` and others are not the page's");

        assert_eq!(ensured.outcome, Outcome::Updated);
        assert_eq!(json!(ensured.resource), parsed(PAGE_RESPONSE));
    }
}

#[tokio::test]
async fn the_status_of_a_success_tells_created_from_updated() {
    for (status, outcome) in [
        (200, Outcome::Updated),
        (201, Outcome::Created),
        (202, Outcome::Updated),
        (203, Outcome::Updated),
        (207, Outcome::Updated),
        (299, Outcome::Updated),
    ] {
        let server = Recorder::answering(status, PAGE_RESPONSE).await;
        let ensured = server.client().ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap();
        assert_eq!(ensured.outcome, outcome, "{status}");
        assert_eq!(ensured.resource.id, PAGE_ID, "{status}");
    }
}

#[tokio::test]
async fn every_operation_asks_with_its_method_path_and_query() {
    let server = Recorder::start(|request| match request.method.as_str() {
        "DELETE" => (202, String::new()),
        "POST" => (201, PAGE_RESPONSE.to_owned()),
        "GET" if request.target.contains('?') => (200, page(&[], 0, 100).to_string()),
        _ => (200, PAGE_RESPONSE.to_owned()),
    })
    .await;
    let gateways = server.client().ipsec_gateways();
    let one = "/ipsecgateways/66a114c7-2ddd-5119-9ddf-5a789f5a5a44";

    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    assert_eq!(gateways.get(PAGE_ID).await.unwrap().id, PAGE_ID);
    assert_eq!(gateways.create(&page_gateway()).await.unwrap().id, PAGE_ID);
    gateways.delete(PAGE_ID).await.unwrap();
    assert_eq!(gateways.list().try_collect::<Vec<_>>().await.unwrap(), []);

    let received = server.received();
    let asked: Vec<_> = received.iter().map(|it| (it.method.as_str(), it.target.as_str())).collect();
    assert_eq!(
        asked,
        [
            ("PUT", one),
            ("GET", one),
            ("POST", "/ipsecgateways"),
            ("DELETE", one),
            ("GET", "/ipsecgateways?limit=100&offset=0"),
        ]
    );
    let mut created = parsed(PAGE_REQUEST);
    created.as_object_mut().unwrap().remove("id");
    let bodies: Vec<_> = received.iter().map(|it| it.body.clone()).collect();
    assert_eq!(bodies, [parsed(PAGE_REQUEST), Value::Null, created, Value::Null, Value::Null]);
    for request in received {
        assert_eq!(request.headers["authorization"], format!("Bearer {TOKEN}"), "{request:?}");
        assert!(!request.headers.contains_key("api-version"), "{request:?}");
    }
}

#[tokio::test]
async fn a_gateway_path_is_what_the_generated_client_requests() {
    for (prefix, expected) in
        [("", ""), ("/", ""), ("//", ""), ("/vpn", "/vpn"), ("/vpn/", "/vpn"), ("/a/b%20c//", "/a/b%20c")]
    {
        let server = Recorder::answering(200, PAGE_RESPONSE).await;
        let base_url = format!("{}{prefix}", server.base_url);
        let client = server.builder().base_url(&base_url).build().unwrap();
        client.ipsec_gateways().get(PAGE_ID).await.unwrap();

        let path = GatewayPath::from(PAGE_ID);
        let requested = server.only().target;
        assert_eq!(requested, format!("{expected}{path}"), "{prefix}");
        assert_eq!(path.join(&base_url), format!("{}{requested}", server.base_url), "{prefix}");
        assert_eq!(path.join(client.base_url()), format!("{}{requested}", server.base_url), "{prefix}");
    }
}

#[test]
fn the_documents_of_the_page_round_trip() {
    let request: IpSecGatewayEnsure = serde_json::from_str(PAGE_REQUEST).unwrap();
    assert_eq!(json!(request), parsed(PAGE_REQUEST));
    assert_eq!(IpSecGatewayEnsure::from_json(PAGE_REQUEST.as_bytes()).unwrap(), request);
    let response: IpSecGatewayRead = serde_json::from_str(PAGE_RESPONSE).unwrap();
    assert_eq!(json!(response), parsed(PAGE_RESPONSE));
}

#[tokio::test]
async fn what_this_version_does_not_know_is_kept() {
    let unknown = json!({ "deep": [1, -2, "x", null, { "deeper": true }] });
    let mut answer = parsed(PAGE_RESPONSE);
    for level in ["", "/metadata", "/properties", "/properties/connections/0", "/properties/maintenanceWindow"] {
        if level.ends_with("Window") {
            answer["properties"]["maintenanceWindow"] = json!({ "time": "noon", "dayOfTheWeek": "Feierabend" });
        }
        let level = answer.pointer_mut(level).unwrap();
        for name in ["x-unknown", "extra", "Other", "a.b[0]", ""] {
            level[name] = unknown.clone();
        }
    }
    for (pointer, odd) in [
        ("/type", json!("ipsecgateway-v2")),
        ("/metadata/status", json!("MELTING")),
        ("/metadata/createdDate", json!("2020-12-10 13:37:50")),
        ("/metadata/lastModifiedDate", json!(1_607_603_870)),
        ("/properties/version", json!("IKEv3")),
        ("/properties/connections/0/lanId", json!("two")),
        ("/properties/connections/0/ipv4CIDR", json!("somewhere")),
        ("/properties/gatewayIP", json!("")),
    ] {
        *answer.pointer_mut(pointer).unwrap() = odd;
    }
    answer["properties"]["tier"] = json!("ULTRA");

    let page = page(std::slice::from_ref(&answer), 0, 100);
    let shown = answer.to_string();
    let listed = page.to_string();
    let server = Recorder::start(move |request| {
        (200, if request.target.contains('?') { listed.clone() } else { shown.clone() })
    })
    .await;
    let gateways = server.client().ipsec_gateways();
    assert_eq!(json!(gateways.get(PAGE_ID).await.unwrap()), answer);
    assert_eq!(json!(gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap().resource), answer);
    assert_eq!(json!(gateways.create(&page_gateway()).await.unwrap()), answer);
    assert_eq!(json!(gateways.list().try_collect::<Vec<_>>().await.unwrap()), json!([answer]));
}

#[tokio::test]
async fn a_list_is_read_page_by_page_to_the_first_that_is_empty() {
    // How many gateways there are → the offsets of the pages.
    let rows: [(u128, &[u128]); 7] = [
        (0, &[0]),
        (1, &[0, 1]),
        (99, &[0, 99]),
        (100, &[0, 100]),
        (101, &[0, 100, 101]),
        (200, &[0, 100, 200]),
        (250, &[0, 100, 200, 250]),
    ];
    for (count, offsets) in rows {
        let sandbox = Sandbox::start().await.unwrap();
        let ids: Vec<_> = (1..=count).map(Uuid::from_u128).collect();
        for id in &ids {
            sandbox.insert_raw(*id, gateway(*id));
        }

        let listed: Vec<_> = sandbox.client().ipsec_gateways().list().map_ok(|it| it.id).try_collect().await.unwrap();
        assert_eq!(listed, ids, "{count}");
        let asked: Vec<_> = sandbox.requests().into_iter().map(|it| it.path).collect();
        let expected: Vec<_> = offsets.iter().map(|it| format!("/ipsecgateways?limit=100&offset={it}")).collect();
        assert_eq!(asked, expected, "{count}");
    }
}

#[tokio::test]
async fn a_page_is_requested_when_the_one_before_is_used_up() {
    let sandbox = Sandbox::start().await.unwrap();
    (1..=250).map(Uuid::from_u128).for_each(|id| sandbox.insert_raw(id, gateway(id)));
    let mut list = sandbox.client().ipsec_gateways().list();
    let mut taken = 0;
    for (until, requests) in [(0, 0), (1, 1), (100, 1), (101, 2), (200, 2), (201, 3), (250, 3)] {
        while taken < until {
            list.try_next().await.unwrap().unwrap();
            taken += 1;
        }
        assert_eq!(sandbox.requests().len(), requests, "after {until}");
    }
    for _ in 0..2 {
        assert_eq!(list.try_next().await.unwrap(), None);
        assert_eq!(sandbox.requests().len(), 4, "the empty page ends it, once");
    }
}

#[tokio::test]
async fn an_error_ends_a_list() {
    let sandbox = Sandbox::start().await.unwrap();
    (1..=250).map(Uuid::from_u128).for_each(|id| sandbox.insert_raw(id, gateway(id)));
    let mut list = sandbox.client().ipsec_gateways().list();
    for _ in 0..100 {
        list.try_next().await.unwrap().unwrap();
    }
    sandbox.fail_next([Fault::Status(501)]);
    assert_eq!(list.try_next().await.unwrap_err().status().unwrap(), 501);
    assert!(list.next().await.is_none());
    assert_eq!(sandbox.requests().len(), 2);
}

/// How a server interprets the offset of a list.
#[derive(Clone, Copy, Debug)]
enum Offsets {
    Known,
    Ignored,
    /// After the end it returns the last page.
    Clamped,
}

/// A list of `total` gateways on a server that returns at most `limit` gateways per page.
async fn odd_lister(total: usize, limit: usize, offsets: Offsets) -> Recorder {
    Recorder::start(move |request| {
        let offset: usize = request.target.rsplit_once("offset=").unwrap().1.parse().unwrap();
        let offset = match offsets {
            Offsets::Known => offset,
            Offsets::Ignored => 0,
            Offsets::Clamped => offset.min((total - 1) / limit * limit),
        };
        let ids = (1..=total as u128).map(Uuid::from_u128);
        let items: Vec<_> = ids.map(gateway).skip(offset).take(limit).collect();
        (200, page(&items, offset, limit).to_string())
    })
    .await
}

/// Returns how many gateways were listed, the offsets that were requested, and how the list ended.
async fn list_from(server: &Recorder) -> (usize, Vec<usize>, Result<(), Error>) {
    // More than any list has, in case a list does not end.
    let mut list = server.client().ipsec_gateways().list().take(500);
    let mut count = 0;
    let end = loop {
        match list.try_next().await {
            Ok(Some(gateway)) => {
                count += 1;
                assert_eq!(gateway.id, Uuid::from_u128(count as u128), "in the order of the server, none twice");
            }
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    assert!(list.next().await.is_none(), "the end is the end");
    let asked = server.received().into_iter().map(|it| {
        let offset = it.target.strip_prefix("/ipsecgateways?limit=100&offset=").unwrap().parse();
        offset.unwrap()
    });
    (count, asked.collect(), end)
}

#[tokio::test]
async fn a_list_is_whole_on_servers_of_all_kinds() {
    use Offsets::{Clamped, Ignored, Known};
    // How many gateways there are, how many the server puts on a page, what it does with the offset → the offsets requested.
    let rows: [(usize, usize, Offsets, &[usize]); 12] = [
        (120, 50, Known, &[0, 50, 100, 120]),
        (100, 50, Known, &[0, 50, 100]),
        (3, 1, Known, &[0, 1, 2, 3]),
        (110, 99, Known, &[0, 99, 110]),
        (250, 200, Known, &[0, 200, 250]),
        (101, 101, Known, &[0, 101]),
        (300, 1000, Known, &[0, 300]),
        (300, 1000, Ignored, &[0, 300]),
        (7, 100, Ignored, &[0, 7]),
        (99, 100, Ignored, &[0, 99]),
        (1, 1, Ignored, &[0, 1]),
        (120, 50, Clamped, &[0, 50, 100, 120]),
    ];
    for (total, limit, offsets, expected) in rows {
        let row = format!("{total} by {limit}, offsets {offsets:?}");
        let (count, asked, end) = list_from(&odd_lister(total, limit, offsets).await).await;
        end.unwrap_or_else(|error| panic!("{row}: {error}"));
        assert_eq!((count, asked.as_slice()), (total, expected), "{row}");
    }
    // A server with one gateway on a page that always returns the first page looks like a server with only one gateway.
    let (count, asked, end) = list_from(&odd_lister(7, 1, Ignored).await).await;
    assert_eq!((count, asked.as_slice(), end.is_ok()), (1, [0, 1].as_slice(), true));
}

#[tokio::test]
async fn a_list_that_may_not_be_whole_is_an_error() {
    use Offsets::{Clamped, Ignored};
    // How many gateways there are, how many the server puts on a page, what it does with the offset → how many are listed
    // before the error, the offsets requested.
    let rows: [(usize, usize, Offsets, usize, &[usize]); 4] = [
        (100, 100, Ignored, 100, &[0, 100]),
        (250, 100, Ignored, 100, &[0, 100]),
        (200, 100, Clamped, 200, &[0, 100, 200]),
        (100, 100, Clamped, 100, &[0, 100]),
    ];
    for (total, limit, offsets, listed, expected) in rows {
        let row = format!("{total} by {limit}, offsets {offsets:?}");
        let (count, asked, end) = list_from(&odd_lister(total, limit, offsets).await).await;
        let error = end.expect_err(&row);
        assert_eq!(
            (error.kind(), error.operation()),
            (ErrorKind::UnusableResponse, Some("ipsecgatewaysGet")),
            "{row}: {error}"
        );
        assert_eq!(error.status().unwrap(), 200, "{row}");
        assert!(error.to_string().contains("repeats resources of the previous page"), "{row}: {error}");
        assert!(!error.may_have_been_applied() && !error.is_transient(), "{row}: {error}");
        assert_eq!((count, asked.as_slice()), (listed, expected), "{row}");
    }
}

#[test]
fn a_page_without_items_is_empty() {
    let mut value = page(&[], 0, 100);
    value.as_object_mut().unwrap().remove("items");
    assert_eq!(serde_json::from_value::<IpSecGatewayReadList>(value).unwrap().items, []);
}

fn with_token() -> ClientBuilder {
    Client::builder().token(TOKEN)
}

/// Everything that an error prints: `Display`, `Debug` and its sources.
fn all_of(error: &Error) -> String {
    let mut said = vec![format!("{error} {error:?}")];
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        said.push(format!("{cause} {cause:?}"));
        source = cause.source();
    }
    said.join("\n")
}

#[test]
fn the_builder_refuses_what_cannot_work() {
    let url = |url: &str| with_token().base_url(url);
    let region = |name: &str| with_token().region(Region::Other(name.to_owned()));
    let token = |token: &str| Client::builder().token(token);
    let rows = [
        ("no token", Client::builder(), "no token"),
        ("empty token", token(""), "token is empty"),
        ("token with newline", token("s3cret\n"), "control character"),
        ("token with space", token("s3cret s3cret"), "space"),
        ("token with Bearer", token("Bearer s3cret"), "space"),
        ("token not ASCII", token("s3crét-s3cret"), "not ASCII"),
        ("token with DEL", token("s3cret\u{7f}"), "control character"),
        ("http", url("http://vpn.de-fra.ionos.com"), "https"),
        ("http elsewhere", url("http://192.168.1.1:8080"), "https"),
        ("http, like loopback", url("http://127.0.0.1.example.com"), "https"),
        ("http, like localhost", url("http://localhost.example.com"), "https"),
        ("http, IPv6", url("http://[2001:db8::1]"), "https"),
        ("ftp", url("ftp://127.0.0.1"), "\"ftp\""),
        ("file", url("file:///etc/passwd"), "no host"),
        ("user", url("https://s3cret@vpn.de-fra.ionos.com"), "credentials"),
        ("user and password", url("https://me:s3cret@vpn.de-fra.ionos.com"), "credentials"),
        ("password", url("https://:s3cret@vpn.de-fra.ionos.com"), "credentials"),
        ("query", url("https://vpn.de-fra.ionos.com?token=s3cret"), "query"),
        ("fragment", url("https://vpn.de-fra.ionos.com#s3cret"), "fragment"),
        ("empty", url(""), "cannot be parsed"),
        ("no scheme", url("vpn.de-fra.ionos.com"), "cannot be parsed"),
        ("no host", url("https://"), "cannot be parsed"),
        ("garbage", url("https://me:s3cret@a b"), "cannot be parsed"),
        ("bad port", url("https://me:s3cret@vpn.de-fra.ionos.com:99999"), "cannot be parsed"),
        ("empty region", region(""), "region \"\""),
        ("region with dot", region("evil.example"), "evil.example"),
        ("region with slash", region("evil/"), "evil/"),
        ("region with at", region("me@evil"), "me@evil"),
        ("region with capitals", region("DE-FRA"), "DE-FRA"),
        ("region with hyphen", region("-fra"), "-fra"),
        ("region too long", region(&"x".repeat(64)), "host name"),
        ("user agent with newline", with_token().user_agent("a\r\nx-evil: 1"), "HTTP client"),
        ("certificate", with_token().root_certificate("no PEM"), "certificate"),
        ("broken certificate", with_token().root_certificate(BROKEN_PEM), "certificate"),
    ];
    for (name, builder, word) in rows {
        let debug = format!("{builder:?}");
        let error = builder.build().expect_err(name);
        assert_eq!(error.kind(), ErrorKind::Configuration, "{name}");
        assert!(error.to_string().contains(word), "{name}: {error}");
        for said in [all_of(&error), debug] {
            assert!(!said.contains("s3cret"), "{name}: {said}");
            assert!(!said.contains(TOKEN), "{name}: {said}");
        }
        assert!(!error.may_have_been_applied() && !error.is_transient() && error.attempts().is_none(), "{name}");
    }
}

const BROKEN_PEM: &str = "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n";

#[test]
fn the_builder_takes_what_works() {
    let url = |url: &str| with_token().base_url(url);
    for (builder, base_url) in [
        (with_token(), "https://vpn.de-fra.ionos.com"),
        (with_token().region(Region::GbLhr), "https://vpn.gb-lhr.ionos.com"),
        (with_token().region(Region::Other("xx-new".into())), "https://vpn.xx-new.ionos.com"),
        (url("https://proxy.example.com:8443/vpn/"), "https://proxy.example.com:8443/vpn"),
        (url("http://localhost:8080"), "http://localhost:8080"),
        (url("http://LOCALHOST:8080/"), "http://localhost:8080"),
        (url("http://127.0.0.1"), "http://127.0.0.1"),
        (url("http://127.8.9.10:1"), "http://127.8.9.10:1"),
        (url("http://[::1]:8080"), "http://[::1]:8080"),
        (url("https://vpn.de-txl.ionos.com").region(Region::GbLhr), "https://vpn.de-txl.ionos.com"),
    ] {
        let client = builder.build().unwrap();
        assert_eq!(client.base_url(), base_url);
        assert!(!format!("{client:?}").contains(TOKEN));
    }
}

/// Runs itself again in a child process for each row, because a test must not change the environment of this process.
#[test]
fn the_environment_makes_a_client() {
    const CHILD: &str = "IONOS_VPN_TEST_FROM_ENV";
    let Some(row) = std::env::var_os(CHILD) else {
        return run_with_environments(CHILD);
    };
    let from_env = || Client::builder().from_env();
    let result = match row.to_str().unwrap() {
        "client" => Client::from_env(),
        "token after" => from_env().and_then(|it| it.token("another").build()),
        "token before" => Client::builder().token("another").from_env().and_then(ClientBuilder::build),
        "url after" => from_env().and_then(|it| it.base_url("https://after.example").build()),
        "region after" => from_env().and_then(|it| it.region(Region::GbLhr).build()),
        "region before" => Client::builder().region(Region::GbLhr).from_env().and_then(ClientBuilder::build),
        row => panic!("{row} is no row"),
    };
    match result {
        Ok(client) => println!("\nmade {}", client.base_url()),
        Err(error) => {
            let source = error.source().map(|source| format!(" <- {source}")).unwrap_or_default();
            println!("\nrefused {:?} {error}{source}", error.kind());
        }
    }
}

/// Columns: the action of the child, `IONOS_TOKEN`, `IONOS_API_URL_VPN`, `IONOS_API_URL`, the output.
type Environment = (&'static str, Option<&'static str>, Option<&'static str>, Option<&'static str>, &'static str);

fn run_with_environments(child: &str) {
    const VPN: Option<&str> = Some("https://vpn.example");
    const ALL: Option<&str> = Some("https://all.example/");
    const OWN: Option<&str> = Some(TOKEN);
    let rows: &[Environment] = &[
        ("client", OWN, None, None, "made https://vpn.de-fra.ionos.com"),
        ("client", OWN, Some(""), Some(""), "made https://vpn.de-fra.ionos.com"),
        ("client", OWN, None, ALL, "made https://all.example"),
        ("client", OWN, Some(""), ALL, "made https://all.example"),
        ("client", OWN, VPN, ALL, "made https://vpn.example"),
        ("client", OWN, VPN, Some("not read"), "made https://vpn.example"),
        ("client", OWN, None, Some("http://127.0.0.1:1"), "made http://127.0.0.1:1"),
        ("client", None, None, None, "refused Configuration IONOS_TOKEN is unset or empty"),
        ("client", Some(""), None, None, "refused Configuration IONOS_TOKEN is unset or empty"),
        ("client", Some("s3cret\n"), None, None, "refused Configuration IONOS_TOKEN: the token has"),
        ("client", OWN, None, Some("http://example.com"), "refused Configuration IONOS_API_URL: the base URL is plain"),
        (
            "client",
            OWN,
            Some("https://me:s3cret@example.com"),
            None,
            "refused Configuration IONOS_API_URL_VPN: the base",
        ),
        (
            "client",
            OWN,
            Some("s3cret"),
            ALL,
            "refused Configuration IONOS_API_URL_VPN: the base URL cannot be parsed <- relative URL without a base",
        ),
        ("token after", None, None, ALL, "made https://all.example"),
        ("token before", None, None, ALL, "made https://all.example"),
        ("url after", OWN, VPN, None, "made https://after.example"),
        ("region after", OWN, VPN, None, "made https://vpn.gb-lhr.ionos.com"),
        ("region before", OWN, VPN, None, "made https://vpn.example"),
    ];
    for (action, token, vpn_url, url, expected) in rows {
        let mut command = this_test("contract::the_environment_makes_a_client");
        command.env(child, action);
        for (name, value) in [("IONOS_TOKEN", token), ("IONOS_API_URL_VPN", vpn_url), ("IONOS_API_URL", url)] {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        let output = stdout(&command.output().unwrap());
        assert!(output.lines().any(|line| line.starts_with(expected)), "{action}, {expected}: {output}");
        assert!(!output.contains("s3cret") && !output.contains(TOKEN), "{output}");
    }
}

#[test]
fn a_setting_without_effect_on_the_callers_own_http_client_is_refused() {
    type Set = fn(ClientBuilder) -> ClientBuilder;
    let rows: [(&str, Set); 6] = [
        ("`user_agent`", |builder| builder.user_agent("billing/2.3")),
        ("`connect_timeout`", |builder| builder.connect_timeout(Duration::from_secs(1))),
        ("`root_certificate`", |builder| builder.root_certificate("PEM")),
        ("`proxy`", |builder| builder.proxy("http://proxy.example:3128")),
        ("`no_proxy`", ClientBuilder::no_proxy),
        ("`user_agent`, `no_proxy`", |builder| builder.no_proxy().user_agent("billing/2.3")),
    ];
    for (named, set) in rows {
        let error = set(Client::builder().token(TOKEN)).http_client(reqwest::Client::new()).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().starts_with(&format!("{named}: no effect with `http_client`")), "{error}");
    }
    for (named, set) in &rows[3..] {
        let builder = set(Client::builder().token(TOKEN)).http_client_builder(reqwest::Client::builder());
        assert!(builder.build().is_ok(), "{named}");
    }
}

#[tokio::test]
async fn validation_can_be_left_out() {
    let server = Recorder::answering(200, PAGE_RESPONSE).await;
    let mut bad = small_gateway();
    bad.gateway_ip = "10.0.0.1".into();
    bad.connections.clear();
    bad.name = String::new();
    let refused = server.client().ipsec_gateways().ensure(PAGE_ID, &bad).await.unwrap_err();
    assert!(refused.is_validation());
    assert_eq!(server.received().len(), 0);

    let client = server.builder().skip_validation().build().unwrap();
    client.ipsec_gateways().ensure(PAGE_ID, &bad).await.unwrap();
    let expected = json!({ "id": PAGE_ID, "metadata": {}, "properties": bad });
    assert_eq!(server.only().body, expected);
}

#[tokio::test]
async fn default_headers_are_part_of_each_request() {
    let server = Recorder::answering(200, PAGE_RESPONSE).await;
    let builders = [server.builder(), server.builder().http_client(reqwest::Client::new())];
    for (calls, builder) in builders.into_iter().enumerate() {
        let builder = builder.default_header("X-Contract-Number", "1").default_header("X-Team", "sites".to_owned());
        let client = builder.default_header("x-contract-number", "31960002").build().unwrap();
        client.ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap();
        let headers = &server.received()[calls].headers;
        assert_eq!((headers["x-contract-number"].as_str(), headers["x-team"].as_str()), ("31960002", "sites"));
        assert_eq!(headers["content-type"], "application/json");
    }
}

#[test]
fn a_default_header_that_would_break_a_call_is_refused() {
    let refused = [
        "accept",
        "Accept-Encoding",
        "api-version",
        "Authorization",
        "connection",
        "content-length",
        "content-type",
        "content-encoding",
        "expect",
        "HOST",
        "if-none-match",
        "proxy-authorization",
        "range",
        "te",
        "transfer-encoding",
        "upgrade",
        "user-agent",
    ];
    for name in refused {
        let error = Client::builder().token(TOKEN).default_header(name, "s3cret").build().unwrap_err();
        let text = format!("{error:?}");
        assert_eq!(error.kind(), ErrorKind::Configuration, "{name}");
        assert!(text.contains(&name.to_lowercase()) && !text.contains("s3cret"), "{text}");
    }
    for name in ["x-contract-number", "tea", "cookie", "contents"] {
        assert!(Client::builder().token(TOKEN).default_header(name, "1").build().is_ok(), "{name}");
    }
    for (name, value, named) in [("", "1", "name"), ("a b", "1", "name"), ("x-a", "s3cret\n", "x-a")] {
        let error = Client::builder().token(TOKEN).default_header(name, value).build().unwrap_err();
        assert!(error.to_string().contains(named) && error.source().is_some(), "{name:?}: {error:?}");
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }
}

#[tokio::test]
async fn a_sensitive_header_that_the_server_repeats_is_not_shown() {
    let server = Recorder::answering(500, r#"{ "messages": [{ "message": "key k3y-of-the-gateway" }] }"#).await;
    let mut value = http::HeaderValue::from_static("k3y-of-the-gateway");
    for (is_sensitive, shown) in [(true, "key ***"), (false, "key k3y-of-the-gateway")] {
        value.set_sensitive(is_sensitive);
        let client = server.builder().default_header("x-key", value.clone()).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        assert!(error.to_string().contains(shown), "{error}");
        assert!(error.body().unwrap().contains(shown), "{error}");
    }
}

#[tokio::test]
async fn the_callers_own_http_client_is_used() {
    let server = Recorder::answering(200, PAGE_RESPONSE).await;
    let own = reqwest::Client::builder().user_agent("mine/1").redirect(reqwest::redirect::Policy::none());
    let client = server.builder().http_client(own.build().unwrap()).build().unwrap();
    client.ipsec_gateways().get(PAGE_ID).await.unwrap();
    let headers = server.only().headers;
    assert_eq!(headers["user-agent"], "mine/1");
    assert_eq!(headers["authorization"], format!("Bearer {TOKEN}"));
}
