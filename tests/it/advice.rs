//! The advice of errors: compares the table in the documentation of `ErrorKind`, row by row, with errors of real calls.
//! Also tests the resource of an error.

use std::collections::BTreeSet;
use std::io;
use std::time::Duration;

use futures_util::TryStreamExt;
use ionos_vpn::{Advice, Client, ClientBuilder, Error, RetryPolicy, Sandbox, WaitOptions, WireguardPeer};
use serde_json::json;
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};
use crate::tls;

const KINDS: &str = include_str!("../../src/error/kind.rs");

/// A row of the table: its first cell, and the others.
fn rows() -> Vec<(&'static str, Vec<&'static str>)> {
    let lines = KINDS.lines().filter_map(|line| line.strip_prefix("/// | `"));
    let rows = lines.map(|line| {
        let mut cells = line.trim_end_matches(" |").split(" | ");
        (cells.next().unwrap(), cells.collect())
    });
    rows.collect()
}

fn builder(base_url: &str) -> ClientBuilder {
    Client::builder().base_url(base_url).token("a-token-of-the-tests").retry(RetryPolicy::none())
}

/// Returns the error of an ensure, and whether the server saw a request.
async fn ensure(server: &Server, builder: ClientBuilder) -> (Error, bool) {
    let error = builder.build().unwrap().ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
    (error, !server.requests().is_empty())
}

async fn answered(action: Action) -> (Error, bool) {
    let server = Server::start(vec![action]).await;
    ensure(&server, builder(&server.base_url)).await
}

/// Returns the error of an operation on a resource with a given status.
async fn shown(status: &str) -> (Error, bool) {
    let mut resource: serde_json::Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    resource["metadata"]["status"] = json!(status);
    let server = Server::start(vec![answer(200, resource)]).await;
    let wait = WaitOptions::default().first_poll(Duration::ZERO).timeout(Duration::from_millis(1500));
    let gateways = builder(&server.base_url).build().unwrap().ipsec_gateways().wait_options(wait.grace(Duration::ZERO));
    (gateways.wait_until_available(PAGE_ID).await.unwrap_err(), !server.requests().is_empty())
}

/// Returns the errors of a row, and whether a request was sent for each.
async fn errors(row: &str) -> Vec<(Error, bool)> {
    let statuses: Vec<u16> = row.split([' ', ',']).filter_map(|word| word.parse().ok()).collect();
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let builder = builder(&server.base_url);
    let error = match row.split('`').next().unwrap() {
        "Configuration" => (Client::builder().base_url("nowhere").token("a").build().unwrap_err(), false),
        "Token" if row.contains("failed") => {
            let provider = || async { Err::<String, _>(io::Error::other("the vault is sealed")) };
            ensure(&server, builder.token_provider(provider).total_timeout(Duration::from_millis(50))).await
        }
        "Token" => {
            let provider = || async { Ok::<_, io::Error>("two\nlines".to_owned()) };
            ensure(&server, builder.token_provider(provider)).await
        }
        "Validation" => {
            let mut gateway = page_gateway();
            gateway.name.clear();
            (builder.build().unwrap().ipsec_gateways().ensure(PAGE_ID, &gateway).await.unwrap_err(), false)
        }
        "Connect" => {
            let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
            ensure(&server, builder.base_url(format!("http://{free}"))).await
        }
        "Tls" => {
            let untrusted = tls::serve(&tls::authority(), "localhost", false).await;
            let (error, _) = ensure(&server, builder.base_url(format!("https://localhost:{}", untrusted.port))).await;
            (error, untrusted.requests() > 0)
        }
        "Interrupted" => answered(Action::Reset).await,
        "Timeout" => {
            let server = Server::start(vec![Action::Hang]).await;
            let builder = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
            ensure(&server, builder.retry(RetryPolicy::none()).attempt_timeout(Duration::from_secs(1))).await
        }
        "Api" if row.contains("Retry-After") => answered(headers(503, "retry-after: 1\r\n")).await,
        "Api" | "Redirect" => {
            let mut errors = Vec::new();
            for status in statuses.into_iter().chain(row.contains("other 4xx").then_some(451)) {
                errors.push(answered(headers(status, "location: /\r\n")).await);
            }
            return errors;
        }
        "PaceTimeout" => {
            let limited = Server::start(vec![headers(429, "retry-after: 600\r\n")]).await;
            let client = builder.base_url(&limited.base_url).build().unwrap();
            let calls = async || client.ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
            calls().await;
            (calls().await, limited.requests().len() > 1)
        }
        "UnusableResponse" => answered(answer(200, "{}")).await,
        "BodyTooLarge" => answered(Action::Huge { status: 200, bytes: 5 << 20 }).await,
        "WaitTimeout" => shown("PROVISIONING").await,
        "ResourceFailed" => shown("FAILED").await,
        "ResourceDeleting" => shown("DESTROYING").await,
        other => panic!("no scenario for {other}"),
    };
    vec![error]
}

#[tokio::test]
async fn the_table_in_the_documentation_is_what_the_code_does() {
    let yes = |is: bool| if is { "yes" } else { "no" };
    let mut kinds = BTreeSet::new();
    for (first, cells) in rows() {
        let errors = errors(first).await;
        assert!(!errors.is_empty(), "{first}");
        for (error, is_sent) in errors {
            let kind = format!("{:?}", error.kind());
            assert_eq!(first.split('`').next(), Some(kind.as_str()), "{error}");
            let advice = format!("{:?}", error.advice());
            let status =
                if cells[4] == "the same" { error.status().unwrap().as_str().to_owned() } else { cells[4].into() };
            let seen =
                (yes(is_sent), yes(error.is_transient()), yes(error.may_have_been_applied()), advice.split(' ').next());
            assert_eq!(seen, (cells[0], cells[1], cells[2], Some(cells[3].trim_matches('`'))), "{first}: {error}");
            assert_eq!(error.suggested_status().as_str(), status, "{first}: {error}");
            assert!(!error.is_transient() || matches!(error.advice(), Advice::RetryLater { .. }), "{error}");
            assert_eq!(error.is_validation(), kind == "Validation");
            if let Advice::RetryLater { after } = error.advice() {
                assert_eq!(after, error.retry_after(), "{error}");
            }
            kinds.insert(kind);
        }
    }
    // Every variant has a row, and its name is the variant in snake case.
    let variants = KINDS.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(','));
    let variants: BTreeSet<_> =
        variants.filter(|line| line.chars().all(char::is_alphanumeric)).map(str::to_owned).collect();
    assert_eq!(kinds, variants);
}

#[tokio::test]
async fn a_create_that_may_have_been_applied_is_not_repeated() {
    for action in [Action::Reset, answer(500, "{}"), answer(503, "{}")] {
        let server = Server::start(vec![action.clone()]).await;
        let gateways = builder(&server.base_url).build().unwrap().ipsec_gateways();
        let error = gateways.create(&page_gateway()).await.unwrap_err();
        assert_eq!((error.is_transient(), error.advice()), (false, Advice::Alert), "{action:?}");
    }
}

#[test]
fn kinds_have_names() {
    use heck::ToSnakeCase;

    let error = Client::builder().base_url("nowhere").token("a").build().unwrap_err();
    assert_eq!(error.kind().to_string(), "configuration");
    for (variant, name) in KINDS.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split_once(" => ")) {
        assert_eq!(name, format!("{:?},", variant.to_snake_case()));
    }
}

/// Everything that ends with an error, and the resource that it is about: kind, id and parents.
#[tokio::test]
async fn an_error_says_which_resource_it_is_about() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client();
    let (gateway_id, id) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (gateways, peers) = (client.ipsec_gateways(), client.wireguard_peers(gateway_id));
    let mut bad = page_gateway();
    bad.name.clear();
    let peer = || WireguardPeer::builder().name("a").public_key("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI=");
    let bad_peer = peer().allowed_ips(vec!["x".into()]).build();
    let peer = peer().allowed_ips(vec!["10.0.0.0/8".into()]).build();
    let waiting =
        gateways.clone().wait_options(WaitOptions::default().grace(Duration::ZERO).first_poll(Duration::ZERO));
    let unusable = json!({ "id": id, "properties": page_gateway() });
    sandbox.insert_raw("/ipsecgateways/00000000-0000-0000-0000-000000000003", unusable);
    let gateway = "IPSec gateway";
    let errors = [
        (gateways.ensure(id, &bad).await.map(drop), gateway, Some(id), None),
        (gateways.create(&bad).await.map(drop), gateway, None, None),
        (gateways.reconcile(id, &bad).await.map(drop), gateway, Some(id), None),
        (gateways.get(id).await.map(drop), gateway, Some(id), None),
        (gateways.delete(id).await, gateway, Some(id), None),
        (gateways.modify(id, |_| {}).await.map(drop), gateway, Some(id), None),
        (waiting.wait_until_available(id).await.map(drop), gateway, Some(id), None),
        (gateways.get(Uuid::from_u128(3)).await.map(drop), gateway, Some(Uuid::from_u128(3)), None),
        (peers.ensure(id, &bad_peer).await.map(drop), "WireGuard peer", Some(id), Some(gateway_id)),
        (peers.create(&bad_peer).await.map(drop), "WireGuard peer", None, Some(gateway_id)),
        (peers.ensure(id, &peer).await.map(drop), "WireGuard peer", Some(id), Some(gateway_id)),
        (peers.list().try_next().await.map(drop), "WireGuard peer", None, Some(gateway_id)),
        (
            client.call(|api| async move { api.ipsecgateways_find_by_id(&id).await }).await.map(drop),
            gateway,
            Some(id),
            None,
        ),
        (
            client
                .call(|api| async move { api.wireguardgateways_peers_find_by_id(&gateway_id, &id).await })
                .await
                .map(drop),
            "WireGuard peer",
            Some(id),
            Some(gateway_id),
        ),
    ];
    for (number, (result, kind, id, parent)) in errors.into_iter().enumerate() {
        let error = result.unwrap_err();
        let resource = error.resource().unwrap_or_else(|| panic!("row {number}: {error}"));
        assert_eq!((resource.kind(), resource.id()), (kind, id), "row {number}: {error}");
        assert_eq!(resource.parents(), parent.as_slice(), "row {number}: {error}");
        assert!(error.to_string().contains(&resource.to_string()) || number > 11, "{error}");
    }
    assert!(Client::builder().base_url("nowhere").token("a").build().unwrap_err().resource().is_none());
}

#[tokio::test]
async fn an_error_counts_no_attempts_that_were_not_made() {
    let provider = || async { Ok::<_, io::Error>("two\nlines".to_owned()) };
    let client = Client::builder().base_url("http://127.0.0.1:9").token_provider(provider).build().unwrap();
    let gateways = client.ipsec_gateways();
    let mut bad = page_gateway();
    bad.name.clear();
    let zero = WaitOptions::default().timeout(Duration::ZERO);
    for error in [
        gateways.get(PAGE_ID).await.unwrap_err(),
        gateways.ensure(PAGE_ID, &bad).await.unwrap_err(),
        gateways.wait_options(zero).wait_until_available(PAGE_ID).await.unwrap_err(),
    ] {
        assert_eq!(error.attempts(), None, "{error}");
        assert!(!error.to_string().contains("0 attempts") && !error.to_string().contains("0.0ns"), "{error}");
    }
}
