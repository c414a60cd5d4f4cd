//! The values of the kinds beside the IPSec gateway: a table of good and bad ones. The bad ones cause no request.

use ionos_vpn::{Client, IpSecTunnel, Resource, Resources, RetryPolicy, WireguardGateway, WireguardPeer};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use uuid::{Uuid, uuid};

use crate::server::{Server, answer};

const VALUES: &str = include_str!("../fixtures/values.json");
const PARENT: Uuid = uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44");
const ID: Uuid = uuid!("85c79b4b-5b40-570a-b788-58dd46ea71e2");

#[derive(Deserialize)]
struct Table {
    /// The vendor's samples, by kind.
    samples: Map<String, Value>,
    bad: Vec<Row>,
    good: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    kind: String,
    /// What differs from the sample: a JSON pointer and the value there; without a value, the field is removed.
    edits: Vec<Vec<Value>>,
    /// The path of the violation and words of its remedy, for a bad value.
    #[serde(default)]
    at: String,
    #[serde(default)]
    words: String,
    /// Why the value is good or bad.
    why: String,
}

fn table() -> Table {
    serde_json::from_str(VALUES).unwrap()
}

impl Row {
    fn document(&self, table: &Table) -> Value {
        let mut document = table.samples[&self.kind].clone();
        for edit in &self.edits {
            let pointer = edit[0].as_str().unwrap();
            let Some((parent, name)) = pointer.rsplit_once('/') else {
                document = edit[1].clone();
                continue;
            };
            match (document.pointer_mut(parent).unwrap(), edit.get(1)) {
                (Value::Object(map), Some(value)) => _ = map.insert(name.to_owned(), value.clone()),
                (Value::Object(map), None) => _ = map.remove(name).unwrap(),
                (Value::Array(list), Some(value)) => list[name.parse::<usize>().unwrap()] = value.clone(),
                (other, _) => panic!("{pointer} is in {other}"),
            }
        }
        document
    }
}

/// Calls a check with the handle of the row's kind.
macro_rules! for_kind {
    ($row:expr, $client:expr, $check:ident($($argument:expr),*)) => {
        match $row.kind.as_str() {
            "IpSecTunnel" => $check::<IpSecTunnel>(&$client.ipsec_tunnels(PARENT), $($argument),*).await,
            "WireguardGateway" => $check::<WireguardGateway>(&$client.wireguard_gateways(), $($argument),*).await,
            "WireguardPeer" => $check::<WireguardPeer>(&$client.wireguard_peers(PARENT), $($argument),*).await,
            other => panic!("{other}"),
        }
    };
}

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(&server.base_url).token("a-token-of-the-tests");
    builder.retry(RetryPolicy::none()).build().unwrap()
}

fn response(properties: &Value) -> Value {
    json!({ "id": ID, "type": "x", "href": "/x", "metadata": { "status": "AVAILABLE" }, "properties": properties })
}

/// Returns the type of the properties if it can hold the document as it is.
fn typed<R: Resource>(document: &Value) -> Option<R> {
    serde_json::from_value(document.clone()).ok().filter(|typed| json!(typed) == *document)
}

/// Checks that a bad document causes exactly the violation of its row, and returns whether the types can hold it.
async fn refuse<R: Resource>(handle: &Resources<R>, row: &Row, document: &Value, problems: &mut Vec<String>) -> bool {
    let name = format!("{} {} ({}): {:?}", row.kind, row.at, row.why, row.words);
    match R::from_json(document.to_string().as_bytes()) {
        Ok(_) => problems.push(format!("{name}: from_json accepts it")),
        Err(found) => match found.as_slice() {
            [one] if one.path() == row.at && one.remedy().contains(&row.words) => {}
            _ => problems.push(format!("{name}: from_json says: {found}")),
        },
    }
    let Some(desired) = typed::<R>(document) else { return false };
    for result in [
        handle.ensure(ID, &desired).await.map(drop),
        handle.create(&desired).await.map(drop),
        handle.reconcile(ID, &desired).await.map(drop),
    ] {
        let Err(error) = result else {
            problems.push(format!("{name}: it is sent"));
            continue;
        };
        match error.violations() {
            [one] if one.path() == row.at && one.remedy().contains(&row.words) => {}
            _ => problems.push(format!("{name}: the call says: {error}")),
        }
    }
    true
}

#[tokio::test]
async fn a_bad_value_causes_one_violation_and_no_request() {
    let table = table();
    let server = Server::start(vec![answer(500, "")]).await;
    let client = client(&server);
    let (mut problems, mut held) = (Vec::new(), 0);
    for row in &table.bad {
        assert!(!row.words.is_empty(), "{}", row.why);
        let document = row.document(&table);
        held += usize::from(for_kind!(row, client, refuse(row, &document, &mut problems)));
    }
    assert_eq!(problems, [""; 0]);
    assert_eq!(server.requests().len(), 0);
    // The others lack a field that the types demand, or have another type.
    assert_eq!((table.bad.len(), held), (126, 101));
}

/// Checks that a good document is read and sent as it is.
async fn accept<R: Resource>(handle: &Resources<R>, row: &Row, document: &Value, problems: &mut Vec<String>) {
    match R::from_json(document.to_string().as_bytes()) {
        Ok(desired) => {
            if let Err(error) = handle.ensure(ID, &desired).await {
                problems.push(format!("{} ({}): {error}", row.kind, row.why));
            }
        }
        Err(found) => problems.push(format!("{} ({}): {found}", row.kind, row.why)),
    }
}

#[tokio::test]
async fn a_good_value_is_sent_as_it_is() {
    let table = table();
    let script: Vec<_> = table.good.iter().map(|row| answer(200, response(&row.document(&table)))).collect();
    let server = Server::start(script).await;
    let client = client(&server);
    let mut problems = Vec::new();
    for row in &table.good {
        let document = row.document(&table);
        for_kind!(row, client, accept(row, &document, &mut problems));
    }
    assert_eq!(problems, [""; 0]);
    let requests = server.requests();
    assert_eq!((table.good.len(), requests.len()), (90, 90));
    for (row, request) in table.good.iter().zip(requests) {
        let mut document = row.document(&table);
        // `null` is absent.
        document.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        let sent: Value = request.body.parse().unwrap();
        assert_eq!(sent, json!({ "id": ID, "metadata": {}, "properties": document }), "{} ({})", row.kind, row.why);
    }
}
