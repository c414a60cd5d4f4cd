//! The spans and events, compared with the table in the documentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use ionos_vpn::{CallOptions, Client, RetryPolicy, Sandbox, WaitOptions};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use uuid::Uuid;

use crate::server::{Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

/// A row of the table without its value: target, span, event, level and field.
type Row = [String; 5];

/// A span or an event that was recorded.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// The name of a span, or the message of an event.
    name: String,
    is_event: bool,
    /// The name of the span around it.
    parent: String,
    level: String,
    target: String,
    fields: Vec<&'static str>,
    values: Values,
}

#[derive(Clone, Debug, Default)]
struct Values(BTreeMap<&'static str, String>);

impl Visit for Values {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

/// Collects what a thread traces.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Seen>>>, Arc<Mutex<BTreeMap<u64, usize>>>);

impl Collector {
    fn start() -> (Self, DefaultGuard) {
        // If there is only one subscriber, tracing asks the thread that meets a callsite first, which may have none.
        static ANOTHER: OnceLock<tracing::Dispatch> = OnceLock::new();
        ANOTHER.get_or_init(|| tracing::Dispatch::new(tracing_subscriber::registry()));
        let collector = Self::default();
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(collector.clone()));
        // A thread of another test without a subscriber may have registered the callsites first.
        tracing::callsite::rebuild_interest_cache();
        (collector, guard)
    }

    fn add(&self, metadata: &Metadata<'_>, seen: Seen) -> Option<usize> {
        if !metadata.target().starts_with("ionos_vpn") {
            return None;
        }
        let fields = metadata.fields().iter().map(|field| field.name()).filter(|name| *name != "message").collect();
        let (level, target) = (metadata.level().to_string(), metadata.target().to_owned());
        let mut all = self.0.lock().unwrap();
        all.push(Seen { level, target, fields, ..seen });
        Some(all.len() - 1)
    }

    fn seen(&self) -> Vec<Seen> {
        self.0.lock().unwrap().clone()
    }

    /// Returns the spans of this name.
    fn spans(&self, name: &str) -> Vec<Seen> {
        self.seen().into_iter().filter(|seen| !seen.is_event && seen.name == name).collect()
    }

    /// Returns the values of the events with this message.
    fn events(&self, message: &str) -> Vec<BTreeMap<&'static str, String>> {
        let is_it = |seen: &Seen| seen.is_event && seen.name == message;
        self.seen().into_iter().filter(is_it).map(|seen| seen.values.0).collect()
    }
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Collector {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let metadata = attributes.metadata();
        let mut values = Values::default();
        attributes.record(&mut values);
        let parent = context.span(id).and_then(|span| span.parent()).map(|span| span.name().to_owned());
        let seen =
            Seen { name: metadata.name().to_owned(), parent: parent.unwrap_or_default(), values, ..Seen::default() };
        if let Some(index) = self.add(metadata, seen) {
            self.1.lock().unwrap().insert(id.into_u64(), index);
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        if let Some(index) = self.1.lock().unwrap().get(&id.into_u64()) {
            record.record(&mut self.0.lock().unwrap()[*index].values);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut values = Values::default();
        event.record(&mut values);
        let name = values.0.remove("message").unwrap_or_default();
        let parent = context.event_span(event).map(|span| span.name().to_owned()).unwrap_or_default();
        self.add(event.metadata(), Seen { name, is_event: true, parent, values, ..Seen::default() });
    }
}

/// Returns the rows of the table in the documentation.
fn documented() -> BTreeSet<Row> {
    let rows = include_str!("../../src/traces.rs").lines().filter_map(|line| line.strip_prefix("//! | `"));
    rows.map(|row| {
        let mut cells = row.split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        std::array::from_fn(|_| cells.next().unwrap())
    })
    .collect()
}

/// Returns the rows of the table that were recorded.
fn rows(seen: Vec<Seen>) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    for Seen { name, is_event, parent, level, target, fields, .. } in seen {
        let (span, event) = if is_event { (parent, name) } else { (name, String::new()) };
        for field in if fields.is_empty() { vec![""] } else { fields } {
            rows.insert([&target, &span, &event, &level, field].map(str::to_owned));
        }
    }
    rows
}

/// The page's response with a status and a time of change.
fn page(status: &str, changed: &str) -> crate::server::Action {
    let mut page: Value = serde_json::from_str(PAGE_RESPONSE).unwrap();
    page["metadata"]["status"] = json!(status);
    page["metadata"]["lastModifiedDate"] = json!(changed);
    answer(200, page)
}

const OLD: &str = "2026-11-01T12:00:00Z";
const NEW: &str = "2026-11-02T12:00:00Z";

/// A client whose token provider fails once, and then returns another token each time.
fn client(base_url: &str) -> Client {
    let calls = AtomicUsize::new(0);
    let provider = move || {
        let number = calls.fetch_add(1, Ordering::SeqCst);
        std::future::ready(if number == 0 { Err("sealed") } else { Ok(format!("a-token-of-the-tests-{number}")) })
    };
    let retry = RetryPolicy::default().base_delay(Duration::from_millis(1));
    Client::builder().base_url(base_url).token_provider(provider).retry(retry).build().unwrap()
}

#[tokio::test]
async fn the_table_in_the_documentation_is_what_is_seen() {
    let script = vec![
        answer(401, ""),
        answer(503, ""),
        headers(429, "retry-after: 1\r\n"),
        page("PROVISIONING", NEW),
        page("PROVISIONING", NEW),
        answer(404, ""),
        page("AVAILABLE", NEW),
        page("AVAILABLE", OLD),
        page("AVAILABLE", NEW),
    ];
    let server = Server::start(script).await;
    let (collector, guard) = Collector::start();
    let fast = WaitOptions::default().first_poll(Duration::from_millis(100));
    let gateways = client(&server.base_url).ipsec_gateways().wait_options(fast);
    let ensured = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    gateways.wait_until_available(&ensured).await.unwrap();
    gateways.modify(&ensured, |_| {}).await.unwrap();
    drop(guard);

    let (documented, seen) = (documented(), rows(collector.seen()));
    let (missing, extra) = (seen.difference(&documented), documented.difference(&seen));
    let (missing, extra): (Vec<_>, Vec<_>) = (missing.collect(), extra.collect());
    assert!(missing.is_empty() && extra.is_empty(), "not documented: {missing:#?}\nnot seen: {extra:#?}");

    let counts = ["retry", "token refused", "token failed", "poll", "stale"];
    assert_eq!(counts.map(|message| collector.events(message).len()), [2, 1, 1, 3, 1]);
    // One pause after the 429, and one for each request after it.
    let pauses: Vec<u32> = collector.events("pause").iter().map(|it| it["ionos.delay_ms"].parse().unwrap()).collect();
    assert!((1..=6).contains(&pauses.len()) && pauses[0] > 500, "{pauses:?}");
    let retry = &collector.events("retry")[0];
    assert_eq!((retry["ionos.attempt"].as_str(), retry["error.type"].as_str()), ("2", "503"));
    assert!(retry["error.message"].contains("503"), "{retry:?}");
    let polls = collector.events("poll");
    let of_polls =
        |name: &str| polls.iter().map(|poll| poll.get(name).cloned().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(of_polls("ionos.attempt"), ["1", "2", "3"]);
    assert_eq!(of_polls("ionos.resource.status"), ["PROVISIONING", "", "AVAILABLE"]);
    let has_delay: Vec<_> = of_polls("ionos.delay_ms").iter().map(|delay| !delay.is_empty()).collect();
    assert_eq!(has_delay, [true, true, false]);
}

#[tokio::test]
async fn a_span_tells_the_real_resource_and_how_the_call_ended() {
    let sandbox = Sandbox::start().await.unwrap();
    let (gateway, tunnel) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let (collector, guard) = Collector::start();
    let once = CallOptions::default().retry(RetryPolicy::none());
    let client = sandbox.client();
    client.ipsec_gateways().ensure(gateway, &page_gateway()).await.unwrap();
    client.ipsec_tunnels(gateway).get(tunnel).await.unwrap_err();
    client.ipsec_gateways().create(&page_gateway()).await.unwrap();
    client.call(|api| async move { api.ipsecgateways_find_by_id(&gateway).await }).await.unwrap();
    sandbox.fail_next([ionos_vpn::sandbox::Fault::Reset]);
    client.ipsec_gateways().with_options(once).get(gateway).await.unwrap_err();
    drop(guard);

    let port = sandbox.base_url().rsplit(':').next().unwrap();
    let common = [("otel.kind", "client"), ("server.address", "127.0.0.1"), ("server.port", port)];
    let (one, of_gateway) = ("/ipsecgateways/{id}", "/ipsecgateways/{id}/tunnels/{id}");
    let (gateway, tunnel) = (gateway.to_string(), tunnel.to_string());
    let resource = |id| [("ionos.resource.kind", "IPSec gateway"), ("ionos.resource.id", id)];
    // Columns: the name, the template, the fields at the end, the fields of the resource.
    let table: [(&str, &str, &[(&str, &str)], Vec<(&str, &str)>); 5] = [
        ("PUT", one, &[("http.response.status_code", "201")], resource(&gateway).to_vec()),
        (
            "GET",
            of_gateway,
            &[("http.response.status_code", "404"), ("error.type", "404"), ("otel.status_code", "ERROR")],
            vec![
                ("ionos.resource.kind", "IPSec tunnel"),
                ("ionos.resource.id", &tunnel),
                ("ionos.resource.parent.id", &gateway),
            ],
        ),
        (
            "POST",
            "/ipsecgateways",
            &[("http.response.status_code", "201")],
            vec![("ionos.resource.kind", "IPSec gateway")],
        ),
        ("GET", one, &[("http.response.status_code", "200")], resource(&gateway).to_vec()),
        ("GET", one, &[("error.type", "interrupted"), ("otel.status_code", "ERROR")], resource(&gateway).to_vec()),
    ];
    let spans = collector.spans("ionos_vpn.call");
    assert_eq!(spans.len(), table.len());
    for (span, (method, template, end, resource)) in spans.into_iter().zip(table) {
        let name = format!("{method} {template}");
        let mut values = span.values.0;
        values.remove("ionos.operation").unwrap();
        let own = [("otel.name", name.as_str()), ("http.request.method", method), ("url.template", template)];
        let expected =
            own.iter().chain(&common).chain(end).chain(&resource).chain(&[("http.request.resend_count", "0")]);
        let expected: BTreeMap<_, _> = expected.map(|(name, value)| (*name, (*value).to_owned())).collect();
        assert_eq!(values, expected, "{name}");
    }
}

#[tokio::test]
async fn a_wait_is_a_span_with_its_polls_inside() {
    let sandbox = Sandbox::builder().provisioning(Duration::ZERO).start().await.unwrap();
    let (collector, guard) = Collector::start();
    let fast = WaitOptions::default().first_poll(Duration::from_millis(100)).timeout(Duration::from_secs(20));
    let gateways = sandbox.client().ipsec_gateways().wait_options(fast.grace(Duration::ZERO));
    gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap();
    gateways.wait_until_available(PAGE_ID).await.unwrap();
    gateways.delete(PAGE_ID).await.unwrap();
    gateways.wait_until_deleted(PAGE_ID).await.unwrap();
    gateways.wait_until_available(PAGE_ID).await.unwrap_err();
    drop(guard);

    let waits = collector.spans("ionos_vpn.wait");
    let shown: Vec<_> =
        waits.iter().map(|wait| (&*wait.values.0["otel.name"], wait.values.0.get("error.type"))).collect();
    let not_found = "404".to_owned();
    let expected = [
        ("wait for IPSec gateway", None),
        ("wait for the deletion of IPSec gateway", None),
        ("wait for IPSec gateway", Some(&not_found)),
    ];
    assert_eq!(shown, expected);
    assert!(waits.iter().all(|wait| wait.values.0["ionos.resource.id"] == PAGE_ID.to_string()));
    let parents: Vec<_> = collector.spans("ionos_vpn.call").into_iter().map(|call| call.parent).collect();
    let (outside, inside): (Vec<_>, Vec<_>) = parents.iter().partition(|parent| parent.is_empty());
    assert_eq!(outside.len(), 2, "the ensure and the delete");
    assert!(inside.len() >= 3 && inside.iter().all(|parent| *parent == "ionos_vpn.wait"), "{inside:?}");
}
