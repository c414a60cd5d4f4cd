//! Lists, and what a response may lack.

use futures_util::{StreamExt, TryStreamExt};
use ionos_vpn::{Client, ErrorKind, IpSecGateway, ListOptions, Resources, RetryPolicy, Sandbox, types};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::server::{Action, Server, answer};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway, small_gateway};

async fn server(script: Vec<Action>) -> (Server, Resources<IpSecGateway>) {
    let server = Server::start(script).await;
    let client = Client::builder().base_url(&server.base_url).token("t").retry(RetryPolicy::none()).build().unwrap();
    let gateways = client.ipsec_gateways();
    (server, gateways)
}

fn page() -> Value {
    serde_json::from_str(PAGE_RESPONSE).unwrap()
}

fn gateway(id: Uuid) -> Value {
    let mut gateway = page();
    gateway["id"] = json!(id);
    gateway
}

/// The id of the gateway at a position.
fn nth(position: usize) -> Uuid {
    Uuid::from_u128(1 + position as u128)
}

/// Values that a server may put in place of a text that nothing depends on.
fn odd() -> [Value; 5] {
    [Value::Null, json!(5), json!(true), json!(["a"]), json!({ "a": 1 })]
}

#[tokio::test]
async fn what_nothing_depends_on_may_be_anything() {
    let names = ["/href", "/type", "/metadata/statusMessage", "/metadata/createdDate", "/metadata/lastModifiedDate"];
    let names = names.iter().chain(&["/metadata/createdBy", "/metadata/resourceURN", "/metadata/lastModifiedByUserId"]);
    for name in names {
        let (parent, field) = name.rsplit_once('/').unwrap();
        for value in odd().map(Some).into_iter().chain([None]) {
            let mut body = page();
            let object = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            match value.clone() {
                Some(value) => _ = object.insert(field.to_owned(), value),
                None => _ = object.remove(field),
            }
            let list = json!({ "items": [body] });
            let script =
                vec![answer(200, &body), answer(200, &body), answer(200, list), answer(200, json!({ "items": [] }))];
            let (_server, gateways) = server(script).await;
            let read = gateways.get(PAGE_ID).await.unwrap_or_else(|error| panic!("{name} {value:?}: {error}"));
            assert_eq!((read.id, read.properties), (PAGE_ID, page_gateway()), "{name} {value:?}");
            assert_eq!(gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap().resource.id, PAGE_ID);
            assert_eq!(gateways.list().try_collect::<Vec<_>>().await.unwrap().len(), 1, "{name} {value:?}");
        }
    }
}

#[tokio::test]
async fn a_response_without_what_makes_a_resource_is_an_error() {
    let mut rows = Vec::new();
    for pointer in ["/id", "/metadata", "/metadata/status", "/properties"] {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        for value in [None, Some(Value::Null), Some(json!(5))] {
            let mut body = page();
            let object = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            match value {
                Some(value) => _ = object.insert(field.to_owned(), value),
                None => _ = object.remove(field),
            }
            rows.push(body);
        }
    }
    for body in rows {
        let (_server, gateways) = server(vec![answer(200, &body)]).await;
        assert_eq!(gateways.get(PAGE_ID).await.unwrap_err().kind(), ErrorKind::UnusableResponse, "{body}");
        let error = gateways.ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
        assert_eq!((error.kind(), error.may_have_been_applied()), (ErrorKind::UnusableResponse, true), "{body}");
    }
}

#[tokio::test]
async fn the_envelope_of_a_list_may_be_anything() {
    let names = ["id", "type", "href", "limit", "offset", "_links"];
    for name in names {
        for value in odd() {
            let list = |items: Value| {
                let mut list = json!({ "items": items });
                list[name] = value.clone();
                answer(200, list)
            };
            let (_server, gateways) = server(vec![list(json!([page()])), list(json!([]))]).await;
            let all: Vec<_> = gateways.list().try_collect().await.unwrap();
            assert_eq!(all.len(), 1, "{name} {value}");
        }
    }
    // In an empty list, `items` may be missing or null. Any other object is not a list.
    for empty in [json!({ "offset": 0 }), json!({ "limit": 100 }), json!({ "items": null }), json!({ "items": [] })] {
        let (server, gateways) = server(vec![answer(200, &empty)]).await;
        assert_eq!(gateways.list().try_collect::<Vec<_>>().await.unwrap(), [], "{empty}");
        assert_eq!(server.requests().len(), 1);
    }
    for other in
        [json!({}), json!([]), json!({ "messages": [] }), json!({ "items": 5 }), json!({ "items": {} }), page()]
    {
        let (_server, gateways) = server(vec![answer(200, &other)]).await;
        let all: Vec<_> = gateways.list().collect().await;
        let [Err(error)] = all.as_slice() else { panic!("{other}: {all:?}") };
        assert_eq!(error.kind(), ErrorKind::UnusableResponse, "{other}");
    }
}

#[tokio::test]
async fn an_unreadable_element_is_one_error() {
    let sandbox = Sandbox::start().await.unwrap();
    for position in 0..300 {
        let mut element = gateway(nth(position));
        match position {
            7 => element["properties"] = Value::Null,
            150 => element = json!(["no object"]),
            299 => element["id"] = json!("no UUID"),
            _ => {}
        }
        sandbox.insert_raw(nth(position), element);
    }
    let all: Vec<_> = sandbox.client().ipsec_gateways().list().collect().await;
    assert_eq!(all.len(), 300);
    for (position, element) in all.iter().enumerate() {
        match element {
            Ok(read) => assert_eq!(read.id, nth(position)),
            Err(error) => {
                assert!([7, 150, 299].contains(&position), "{position}");
                assert_eq!(error.kind(), ErrorKind::UnusableResponse);
                let text = error.to_string();
                assert!(text.contains(&format!("the element at position {position} of the list")), "{text}");
                assert_eq!(text.contains(&nth(position).to_string()), position == 7, "{text}");
                assert!(std::error::Error::source(error).is_some());
            }
        }
    }
    assert_eq!(all.iter().filter(|element| element.is_err()).count(), 3);
    assert_eq!(sandbox.requests().len(), 4);
}

#[tokio::test]
async fn no_error_of_an_unreadable_element_shows_a_secret() {
    let element =
        json!({ "id": PAGE_ID, "properties": { "privateKey": "qN8TVTMWWsN6DGvOgRuHYRPqqhBDCsbMQDaB1K0fnmo=" } });
    let server =
        Server::start(vec![answer(200, json!({ "items": [element] })), answer(200, json!({ "items": [] }))]).await;
    let client = Client::builder().base_url(&server.base_url).token("t").build().unwrap();
    let all: Vec<_> = client.wireguard_gateways().list().collect().await;
    let [Err(error)] = all.as_slice() else { panic!("{all:?}") };
    assert!(error.to_string().contains("the element at position 0"), "{error}");
    assert!(!format!("{error} {error:?}").contains("qN8TVTMW"), "{error:?}");
}

#[tokio::test]
async fn a_list_is_whole_or_an_error() {
    let items = |range: std::ops::Range<usize>| {
        answer(200, json!({ "items": range.map(|it| gateway(nth(it))).collect::<Vec<_>>() }))
    };
    // What the server answers, the page size; how many are listed, and what the error says.
    let rows = [
        // It ignores the offset.
        (vec![items(0..100)], 100, 100, "repeats resources of the previous page"),
        // It ignores the limit.
        (vec![items(0..300), items(0..0)], 100, 300, ""),
        // It ignores both. The client notices this on a page of another size.
        (vec![items(0..300)], 100, 300, ""),
        (vec![items(0..40)], 100, 40, ""),
        // A page overlaps the one before.
        (vec![items(0..10), items(9..19), items(0..0)], 10, 10, "the page at offset 10 repeats"),
        // Short pages, and a last page that is full.
        (vec![items(0..7), items(7..14), items(14..20), items(0..0)], 10, 20, ""),
    ];
    for (script, page_size, count, text) in rows {
        let (_server, gateways) = server(script).await;
        let all: Vec<_> = gateways.list_options(ListOptions::default().page_size(page_size)).list().collect().await;
        let errors: Vec<_> = all.iter().filter_map(|element| element.as_ref().err()).collect();
        assert_eq!(all.len() - errors.len(), count);
        match (errors.as_slice(), text) {
            ([], "") => {}
            ([error], text) if !text.is_empty() => assert!(error.to_string().contains(text), "{error}"),
            _ => panic!("{errors:?}"),
        }
    }
    // A page of elements without an id that comes again.
    let (server, gateways) = server(vec![answer(200, json!({ "items": vec![json!({}); 10] }))]).await;
    let all: Vec<_> = gateways.list_options(ListOptions::default().page_size(10)).list().collect().await;
    assert_eq!((all.len(), server.requests().len()), (11, 2));
}

#[tokio::test]
async fn the_page_size_is_within_what_the_api_allows() {
    let sandbox = Sandbox::start().await.unwrap();
    for position in 0..25 {
        sandbox.insert_raw(nth(position), gateway(nth(position)));
    }
    // The page size, what is asked for, and how many requests it takes.
    for (page_size, limit, requests) in [(10, 10, 4), (25, 25, 2), (0, 1, 26), (1000, 1000, 2), (5000, 1000, 2)] {
        let before = sandbox.requests().len();
        let gateways = sandbox.client().ipsec_gateways().list_options(ListOptions::default().page_size(page_size));
        assert_eq!(gateways.list().try_collect::<Vec<_>>().await.unwrap().len(), 25);
        let paths: Vec<_> = sandbox.requests().into_iter().skip(before).map(|it| it.path).collect();
        assert_eq!(paths.len(), requests, "{paths:?}");
        assert!(paths[0].contains(&format!("limit={limit}")), "{paths:?}");
    }
}

#[tokio::test]
async fn a_page_that_is_too_large_is_read_in_parts() {
    let sandbox = Sandbox::start().await.unwrap();
    for position in 0..40 {
        sandbox.insert_raw(nth(position), gateway(nth(position)));
    }
    let size = page().to_string().len() * 15;
    let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").max_body_size(size).build().unwrap();
    let all: Vec<_> = client.ipsec_gateways().list().try_collect().await.unwrap();
    assert_eq!(all.iter().map(|it| it.id).collect::<Vec<_>>(), (0..40).map(nth).collect::<Vec<_>>());
    let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").max_body_size(100).build().unwrap();
    let all: Vec<_> = client.ipsec_gateways().list().collect().await;
    assert!(matches!(all.as_slice(), [Err(error)] if error.kind() == ErrorKind::BodyTooLarge), "{all:?}");
}

/// The type of a page, for those who call the operation themselves.
#[tokio::test]
async fn a_page_can_be_read_by_itself() {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.client().ipsec_gateways().ensure(PAGE_ID, &small_gateway()).await.unwrap();
    let list = sandbox.client().call(|api| async move { api.ipsecgateways_get(None, None).await }).await.unwrap();
    let list: types::IpSecGatewayReadList = list.into_inner();
    assert_eq!((list.items.len(), list.limit, list.offset), (1, Some(100), Some(0)));
}
