//! What the sandbox offers to the tests of other programs.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::iter;
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{
    Advice, Client, Error, ErrorKind, RetryPolicy, Sandbox, Status, WaitOptions, WireguardGateway, WireguardPeer,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::small_gateway;

const ID: Uuid = Uuid::from_u128(1);
const OTHER: Uuid = Uuid::from_u128(2);

fn client(sandbox: &Sandbox, token: &str) -> Client {
    let builder = Client::builder().base_url(sandbox.base_url()).token(token);
    builder.retry(RetryPolicy::none()).build().unwrap()
}

#[tokio::test]
async fn a_status_is_set_until_the_next_write() {
    let sandbox = Sandbox::builder().provisioning(Duration::from_secs(600)).start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways().wait_options(WaitOptions::default().first_poll(Duration::ZERO));
    let shown = || sandbox.get_raw(ID).unwrap()["metadata"].clone();
    assert!(!sandbox.set_status(ID, Status::Available, ""), "it is not there");
    assert!(!sandbox.set_status("/nowhere", Status::Available, ""));
    let created = gateways.ensure(ID, &small_gateway()).await.unwrap();

    assert!(sandbox.set_status(ID, Status::Available, ""));
    gateways.wait_until_available(&created).await.unwrap();
    assert!(sandbox.set_status(format!("/ipsecgateways/{ID}"), Status::Failed, "no address left"));
    assert_eq!((&shown()["status"], &shown()["statusMessage"]), (&json!("FAILED"), &json!("no address left")));
    let error = gateways.wait_until_available(ID).await.unwrap_err();
    assert!(error.kind() == ErrorKind::ResourceFailed && error.to_string().contains("no address left"), "{error}");
    assert!(sandbox.set_status(ID, Status::Destroying, ""));
    assert!(gateways.ensure(ID, &small_gateway()).await.unwrap_err().is_conflict());
    assert!(sandbox.set_status(ID, "RESTING", ""));
    assert_eq!((&shown()["status"], &shown()["statusMessage"]), (&json!("RESTING"), &Value::Null));
    gateways.ensure(ID, &small_gateway()).await.unwrap();
    assert_eq!(shown()["status"], "PROVISIONING");
}

#[tokio::test]
async fn a_fault_meets_the_resource_that_it_is_for() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = client(&sandbox, "sandbox");
    let gateways = client.ipsec_gateways();
    for id in [ID, OTHER] {
        gateways.ensure(id, &small_gateway()).await.unwrap();
    }
    sandbox.fail_next_for(ID, [Fault::Status(500), Fault::Status(502)]);
    sandbox.fail_next_for("/ipsecgateways", [Fault::Status(504)]);
    sandbox.fail_next_for("/nowhere", [Fault::Status(501)]);
    sandbox.fail_next([Fault::Status(503)]);
    let status =
        |result: Result<(), Error>| result.err().and_then(|error| error.status()).map(|status| status.as_u16());
    let mut seen = Vec::new();
    for id in [ID, OTHER, OTHER, ID, ID] {
        seen.push(status(gateways.get(id).await.map(drop)));
    }
    assert_eq!(seen, [Some(500), Some(503), None, Some(502), None]);
    assert_eq!(status(gateways.create(&small_gateway()).await.map(drop)), Some(504));

    // The id alone is that of a resource of any kind.
    let key = "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=";
    let gateway = WireguardGateway::builder().name("wg").gateway_ip("81.173.1.2").interface_ipv4_cidr("172.17.0.1/24");
    let gateway = gateway.private_key(key).connections(small_gateway().connections).build();
    client.wireguard_gateways().ensure(Uuid::from_u128(3), &gateway).await.unwrap();
    let peer = WireguardPeer::builder().name("a").public_key("no8iaSEoqfbI6PVYsdEiUU5efYdtKX8VAhKity19MWI=");
    let peers = client.wireguard_peers(Uuid::from_u128(3));
    let id = Uuid::from_u128(4);
    peers.ensure(id, &peer.allowed_ips(vec!["10.0.0.0/8".into()]).build()).await.unwrap();
    sandbox.fail_next_for(id, [Fault::Status(500)]);
    assert_eq!(status(peers.get(id).await.map(drop)), Some(500));
    assert!(sandbox.set_status(id, Status::Failed, "no route"));
    assert_eq!(peers.get(id).await.unwrap().metadata.status_message.as_deref(), Some("no route"));
}

#[tokio::test]
async fn a_token_is_rotated() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.set_token("second");
    assert!(sandbox.client().ipsec_gateways().get(ID).await.unwrap_err().is_unauthorized());
    assert!(client(&sandbox, "second").ipsec_gateways().get(ID).await.unwrap_err().is_not_found());
    let requests = sandbox.requests();
    let accepted: Vec<_> = requests.iter().map(|request| request.token_accepted).collect();
    assert_eq!(accepted, [false, true]);
    assert!(requests[0].at <= requests[1].at);
}

#[tokio::test]
async fn the_sandbox_counts_the_requests_in_flight() {
    let sandbox = Sandbox::builder().latency(Duration::from_millis(100)).start().await.unwrap();
    let gateways = client(&sandbox, "sandbox").ipsec_gateways();
    assert_eq!(sandbox.peak_in_flight(), 0);
    _ = gateways.get(ID).await;
    assert_eq!(sandbox.peak_in_flight(), 1);
    let calls = iter(0..12).map(|_| gateways.get(ID)).buffer_unordered(4);
    assert_eq!(calls.filter(|result| std::future::ready(result.is_err())).count().await, 12);
    assert!((2..=4).contains(&sandbox.peak_in_flight()), "{}", sandbox.peak_in_flight());
    // A call that is given up is no longer counted.
    _ = tokio::time::timeout(Duration::from_millis(20), gateways.get(ID)).await;
    _ = gateways.get(ID).await;
    assert!(sandbox.peak_in_flight() <= 4);
}

#[test]
fn an_error_is_made_for_a_test() {
    let error = Error::for_test(ErrorKind::Connect).build();
    assert_eq!((error.kind(), error.status(), error.retry_after()), (ErrorKind::Connect, None, None));
    assert!(error.is_transient() && !error.may_have_been_applied());
    assert_eq!(error.to_string(), "an error made for a test");
    let second = Duration::from_secs(1);
    let lost = || Error::for_test(ErrorKind::Api).status(503).retry_after(second).may_have_been_applied(true);
    assert_eq!(lost().build().advice(), Advice::RetryLater { after: Some(second) });
    let created = lost().is_create(true).message("lost").build();
    assert!(created.may_have_been_applied() && created.advice() == Advice::Alert, "{created}");
    assert_eq!(created.to_string(), "lost (retry after 1 s, the write may have been applied)");
    let failed = Error::for_test(ErrorKind::ResourceFailed).last_status(Status::Failed).build();
    assert_eq!(failed.last_status(), Some(&Status::Failed));
    assert_eq!(Error::for_test(ErrorKind::Api).status(7).build().status(), None);
}
