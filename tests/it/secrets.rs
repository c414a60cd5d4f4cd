//! Tests that no token is ever printed.

use std::error::Error as _;
use std::time::Duration;

use ionos_vpn::{
    Change, Client, ClientBuilder, Connection, Drift, Ensured, Error, GatewayPath, IpSecGateway, IpSecGatewayRead,
    Region, ResourceStream, Resources, RetryPolicy, Sandbox, Target, Timestamp, Violation, Violations, WaitOptions,
};

use crate::server::{Action, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, Traces, kept, page_gateway};

const TOKEN: &str = "eyJ0eXAiOiJKV1QiLCJraWQiOiJub3QtdG8tYmUtc2VlbiJ9";

fn client(server: &Server) -> Client {
    let retry = RetryPolicy::default().max_attempts(2).base_delay(Duration::from_millis(1));
    let builder = Client::builder().base_url(&server.base_url).token(TOKEN).retry(retry);
    builder.attempt_timeout(Duration::from_millis(300)).build().unwrap()
}

/// Responses that repeat the token in every possible place.
fn scripts() -> Vec<Action> {
    let location: &'static str = format!("location: http://{TOKEN}.example/{TOKEN}?{TOKEN}\r\n").leak();
    let echoed: &'static str = format!("x-sent: Bearer {TOKEN}\r\nset-cookie: token={TOKEN}; secure\r\n").leak();
    let echo = format!(
        r#"{{ "messages": [{{ "errorCode": "Bearer {TOKEN}", "message": "authorization: Bearer {TOKEN}" }}] }}"#
    );
    vec![
        answer(200, PAGE_RESPONSE),
        answer(401, &echo),
        answer(503, &echo),
        answer(500, format!("<html>{TOKEN}</html>")),
        answer(200, format!(r#"{{ "your": "{TOKEN}" }}"#)),
        answer(200, format!("Bearer {TOKEN}")),
        // The error of the JSON decoder repeats these values.
        answer(200, format!("\"{TOKEN}\"")),
        answer(200, PAGE_RESPONSE.replace("66a114c7-2ddd-5119-9ddf-5a789f5a5a44", TOKEN)),
        headers(400, "x: y\r\n"),
        headers(400, echoed),
        headers(302, location),
        Action::Reset,
        Action::Hang,
        Action::Truncate { status: 200, body: TOKEN.to_owned() },
        Action::Huge { status: 200, bytes: 5 << 20 },
    ]
}

#[track_caller]
fn assert_silent(text: &str, place: &str) {
    assert!(!text.contains(TOKEN), "{place}: {text}");
}

#[tokio::test]
async fn no_error_and_no_trace_tells_the_token() {
    let (traces, guard) = Traces::start();
    for script in scripts() {
        // A thread of another test without a subscriber may have registered the callsites first.
        tracing::callsite::rebuild_interest_cache();
        let place = format!("{script:?}").replace(TOKEN, "TOKEN");
        let server = Server::start(vec![script]).await;
        let gateways = client(&server).ipsec_gateways();
        let results = [
            gateways.ensure(PAGE_ID, &page_gateway()).await.map(|it| it.resource),
            gateways.get(PAGE_ID).await,
            gateways.create(&page_gateway()).await,
        ];
        for error in results.into_iter().filter_map(Result::err) {
            assert_silent(&format!("{error} {error:?} {error:#?} {:?} {}", error.api(), kept(&error)), &place);
            let mut cause = error.source();
            while let Some(error) = cause {
                assert_silent(&format!("{error} {error:?}"), &place);
                cause = error.source();
            }
        }
    }
    drop(guard);
    let text = traces.text();
    assert_silent(&text, "trace");
    for part in ["ionos_vpn.call", "ipsecgatewaysPut", "ionos_vpn::call: retry ", "delay_ms", "hyper"] {
        assert!(text.contains(part), "the trace says nothing of {part}");
    }
}

#[tokio::test]
async fn no_debug_output_tells_the_token() {
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let client = client(&server);
    let builder = Client::builder().base_url(format!("https://user:{TOKEN}@example.com")).token(TOKEN);
    let sandbox = Sandbox::builder().token(TOKEN).start().await.unwrap();
    let mut shown = vec![
        format!("{client:?} {client:#?} {:?}", client.ipsec_gateways()),
        format!("{builder:?}"),
        format!("{:?}", builder.build().unwrap_err()),
        format!("{sandbox:?} {:?} {:?}", sandbox.client(), sandbox.requests()),
    ];
    let refused = [format!("{TOKEN}\n"), format!("{TOKEN} {TOKEN}"), format!("é{TOKEN}")];
    shown.extend(refused.map(|token| format!("{:?}", Client::builder().token(token).build().unwrap_err())));
    shown.iter().for_each(|text| assert_silent(text, "Debug"));
    let api = client.call(|api| async move {
        assert_silent(&format!("{api:?}"), "the generated client");
        api.ipsecgateways_find_by_id(&PAGE_ID).await
    });
    assert_silent(&format!("{:?}", api.await.unwrap()), "an answer");
}

#[test]
fn public_types_go_from_thread_to_thread() {
    fn check<T: Send + Sync + 'static>() {}
    check::<(Client, ClientBuilder, Resources<IpSecGateway>, Error, RetryPolicy, WaitOptions, Target)>();
    check::<(Ensured<IpSecGateway>, IpSecGateway, IpSecGatewayRead, Connection, Timestamp, Region, GatewayPath)>();
    check::<(Drift, Change, Violation, Violations, Sandbox)>();
    fn sent<T: Send>(_: T) {}
    sent::<Option<ResourceStream<IpSecGateway>>>(None);
    fn calls(client: &Client, gateway: &IpSecGateway) {
        let gateways = client.ipsec_gateways();
        sent(gateways.ensure(PAGE_ID, gateway));
        sent(gateways.reconcile(PAGE_ID, gateway));
        sent(gateways.modify(PAGE_ID, |_| {}));
        sent(gateways.wait_until_available(PAGE_ID));
        sent(gateways.list());
        sent(client.call(|api| async move { api.ipsecgateways_find_by_id(&PAGE_ID).await }));
    }
    let _ = calls;
}
