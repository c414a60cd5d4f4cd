//! Faults that a review of the core found (issue 21), each with the real client and a scripted server. Minutes of waiting
//! pass on tokio's paused clock, which goes on only while nothing else is left to do.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use futures_util::future::{BoxFuture, join_all};
use futures_util::{FutureExt, StreamExt};
use ionos_vpn::{
    AccessToken, Advice, CallOptions, Client, ClientBuilder, Error, ErrorKind, IpSecGateway, Resources, RetryBudget,
    RetryPolicy, StopReason, TokenFuture, TokenProvider, WaitOptions,
};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use crate::server::{Action, Request, Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway, small_gateway};

const fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

const fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder().base_url(&server.base_url).token("a-token-of-the-tests")
}

fn gateways(server: &Server) -> Resources<IpSecGateway> {
    builder(server).build().unwrap().ipsec_gateways()
}

fn page() -> Action {
    answer(200, PAGE_RESPONSE)
}

fn after(delay: Duration, action: Action) -> Action {
    Action::After(delay, Box::new(action))
}

/// An error as the API describes it.
fn refused(status: u16) -> Action {
    answer(status, json!({ "httpStatus": status, "messages": [] }))
}

/// Polls a future once, and then no more.
fn park<F: Future + Unpin>(future: &mut F) {
    assert!(future.now_or_never().is_none(), "the call is not finished yet");
}

/// The name in the body of a create.
fn name_of(request: &Request) -> String {
    let body: Value = request.body.parse().unwrap();
    body["properties"]["name"].as_str().unwrap().to_owned()
}

// F1

/// How many requests the server got for a name, and what the call said.
pub(crate) fn check_creates(received: &BTreeMap<String, usize>, results: &[(String, Result<(), Error>)]) {
    let twice = received.values().filter(|count| **count > 1).count();
    let denied = results.iter().filter(|(name, result)| {
        received.contains_key(name) && result.as_ref().is_err_and(|error| !error.may_have_been_applied())
    });
    let denied: Vec<_> = denied.map(|(_, result)| result.as_ref().unwrap_err().to_string()).collect();
    let succeeded = results.iter().filter(|(_, result)| result.is_ok()).count();
    let seen = (results.len(), received.len(), succeeded);
    assert_eq!((twice, denied.len()), (0, 0), "of (calls, received, succeeded) {seen:?}: {:?}", denied.first());
}

#[test]
fn a_create_whose_time_ran_out_on_a_busy_machine_is_not_sent_twice() {
    // A few in a thousand meet the moment between the hand-over to the connection and the first byte.
    const CALLS: usize = 1500;
    let server_runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let server = server_runtime.block_on(Server::start(vec![after(millis(3), answer(201, PAGE_RESPONSE))]));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(8).enable_all().build().unwrap();
    let results = runtime.block_on(async {
        let retry = RetryPolicy::default().base_delay(millis(2)).budget(RetryBudget::unlimited());
        let client = builder(&server).retry(retry).build().unwrap();
        let create = |number: usize| {
            let options = CallOptions::default().attempt_timeout(Duration::from_micros(fastrand::u64(1..500)));
            let gateways = client.ipsec_gateways().with_options(options);
            tokio::spawn(async move {
                let mut gateway = small_gateway();
                gateway.name = format!("gateway {number}");
                (gateway.name.clone(), gateways.create(&gateway).await.map(drop))
            })
        };
        let calls = futures_util::stream::iter((0..CALLS).map(create)).buffer_unordered(64);
        calls.map(Result::unwrap).collect::<Vec<_>>().await
    });
    let mut received = BTreeMap::new();
    for request in server.requests() {
        *received.entry(name_of(&request)).or_default() += 1;
    }
    check_creates(&received, &results);
}

// F2

#[tokio::test(start_paused = true)]
async fn an_outage_that_refuses_without_a_usable_retry_after_is_outlasted_by_the_backoff() {
    for header in ["", "retry-after: soon\r\n", "retry-after: 1.5\r\n"] {
        for outage in [millis(300), seconds(2)] {
            let started = Instant::now();
            let server =
                Server::respond(move |_, _| if started.elapsed() < outage { headers(429, header) } else { page() });
            let server = server.await;
            let result = gateways(&server).ensure(PAGE_ID, &page_gateway()).await;
            let sent = server.requests().len();
            assert!(result.is_ok(), "{header:?}, {outage:?}: {sent} requests in {:?}: {result:?}", started.elapsed());
            assert!((2..=10).contains(&sent), "{header:?}, {outage:?}: {sent} requests");
        }
    }
}

// F3

/// An API that keeps what is put, and counts the PUTs of each path that were not refused. Each response takes 100 ms.
struct Api {
    server: Server,
    puts: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Api {
    /// The function may answer a request instead, by its number.
    async fn start(instead: impl Fn(usize, &Request) -> Option<Action> + Send + Sync + 'static) -> Self {
        let puts = Arc::<Mutex<BTreeMap<String, usize>>>::default();
        let held = Mutex::new(BTreeMap::<String, Value>::new());
        let counts = Arc::clone(&puts);
        let respond = move |number: usize, request: &Request| {
            let path = request.head.split(' ').nth(1).unwrap().to_owned();
            if let Some(action) = instead(number, request) {
                return action;
            }
            if request.method == "PUT" {
                *counts.lock().unwrap().entry(path.clone()).or_default() += 1;
            }
            let action = match request.method.as_str() {
                "GET" if path.contains('?') => answer(200, json!({ "items": [] })),
                "GET" => held.lock().unwrap().get(&path).map_or(refused(404), |held| answer(200, held)),
                _ => {
                    let body: Value = request.body.parse().unwrap();
                    let mut page: Value = PAGE_RESPONSE.parse().unwrap();
                    (page["id"], page["properties"]) = (body["id"].clone(), body["properties"].clone());
                    let known = held.lock().unwrap().insert(path, page.clone());
                    answer(if known.is_some() { 200 } else { 201 }, page)
                }
            };
            after(millis(100), action)
        };
        Self { server: Server::respond(respond).await, puts }
    }

    fn puts(&self) -> Vec<usize> {
        self.puts.lock().unwrap().values().copied().collect()
    }
}

fn desired() -> Vec<(Uuid, IpSecGateway)> {
    (1..=12).map(|number| (Uuid::from_u128(number), small_gateway())).collect()
}

/// A provider whose tokens differ, each of which takes this long.
fn slow_provider(delay: Duration) -> impl TokenProvider {
    let number = AtomicUsize::new(0);
    move || {
        let number = number.fetch_add(1, Ordering::SeqCst);
        async move {
            sleep(delay).await;
            Ok::<_, io::Error>(format!("token-{number}"))
        }
    }
}

/// Reconciles a fleet of twelve, four at a time, and uses the same client between the results. Returns what the calls in
/// between said.
async fn fleet_with_calls_between(client: &Client) -> Result<(), String> {
    let gateways = client.ipsec_gateways();
    let mut fleet = gateways.clone().concurrency(4).reconcile_all(desired());
    let mut count = 0;
    while let Some((id, result)) = fleet.next().await {
        result.map_err(|error| format!("result {count}: {error}"))?;
        gateways.wait_until_available(id).await.map_err(|error| format!("wait {count}: {error}"))?;
        gateways.get(id).await.map_err(|error| format!("get {count}: {error}"))?;
        count += 1;
    }
    if count == 12 { Ok(()) } else { Err(format!("{count} results")) }
}

/// Runs a fleet with calls in between, which must take much less time than a call may.
async fn check_fleet(builder: impl FnOnce(ClientBuilder) -> ClientBuilder, api: Api) {
    let client = builder(self::builder(&api.server)).build().unwrap();
    let started = Instant::now();
    let result = fleet_with_calls_between(&client).await;
    assert_eq!(result, Ok(()), "after {:?}", started.elapsed());
    assert!(started.elapsed() < seconds(50), "it took {:?}", started.elapsed());
    assert_eq!(api.puts(), [1; 12]);
}

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_not_polled_holds_no_permit() {
    check_fleet(|builder| builder.max_in_flight(4), Api::start(|_, _| None).await).await;
    check_fleet(|builder| builder.max_in_flight(1), Api::start(|_, _| None).await).await;
}

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_not_polled_holds_no_turn_of_the_rate() {
    check_fleet(|builder| builder.max_rate(5.0), Api::start(|_, _| None).await).await;
}

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_not_polled_holds_no_turn_after_a_refusal() {
    for number in [2, 5, 8] {
        let refuse = move |seen: usize, _: &Request| (seen == number).then(|| headers(429, "retry-after: 1\r\n"));
        check_fleet(|builder| builder, Api::start(refuse).await).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_fleet_that_is_not_polled_holds_no_renewal() {
    for number in 2..12 {
        let refuse = move |seen: usize, _: &Request| (seen == number).then(|| refused(401));
        check_fleet(|builder| builder.token_provider(slow_provider(seconds(1))), Api::start(refuse).await).await;
    }
}

/// Polls one call once, and then makes another call of the same client. Returns how long the other call took.
async fn time_beside_a_parked_call(client: &Client) -> Duration {
    let gateways = client.ipsec_gateways();
    let mut parked = gateways.get(PAGE_ID).boxed();
    park(&mut parked);
    let started = Instant::now();
    client.clone().ipsec_gateways().get(PAGE_ID).await.unwrap_or_else(|error| panic!("beside a parked call: {error}"));
    let elapsed = started.elapsed();
    drop(parked);
    elapsed
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_parked_before_its_turn_delays_others_by_one_slot() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).max_rate(2.0).build().unwrap();
    client.ipsec_gateways().get(PAGE_ID).await.unwrap();
    let elapsed = time_beside_a_parked_call(&client).await;
    assert!(elapsed <= millis(1500), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_parked_after_a_refusal_delays_others_by_one_attempt() {
    let server = Server::start(vec![headers(429, "retry-after: 1\r\n"), page()]).await;
    let client = builder(&server).attempt_timeout(seconds(5)).build().unwrap();
    let once = client.ipsec_gateways().with_options(CallOptions::default().retry(RetryPolicy::none()));
    once.get(PAGE_ID).await.unwrap_err();
    let elapsed = time_beside_a_parked_call(&client).await;
    assert!(elapsed <= seconds(10), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_parked_while_it_is_in_flight_gives_its_permit_back() {
    let server = Server::start(vec![after(millis(100), page())]).await;
    let client = builder(&server).max_in_flight(1).build().unwrap();
    let elapsed = time_beside_a_parked_call(&client).await;
    assert!(elapsed <= seconds(2), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_parked_while_it_waits_for_a_permit_gets_none_that_it_does_not_use() {
    let server = Server::start(vec![after(millis(100), page())]).await;
    let client = builder(&server).max_in_flight(1).build().unwrap();
    let gateways = client.ipsec_gateways();
    let in_flight = tokio::spawn(async move { gateways.get(PAGE_ID).await });
    sleep(millis(50)).await;
    assert_eq!(server.requests().len(), 1, "it is in flight");
    let elapsed = time_beside_a_parked_call(&client).await;
    assert!(elapsed <= seconds(2), "{elapsed:?}");
    in_flight.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_parked_while_the_token_is_renewed_does_not_stop_the_renewal() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).token_provider(slow_provider(millis(50))).build().unwrap();
    let elapsed = time_beside_a_parked_call(&client).await;
    assert!(elapsed <= seconds(2), "{elapsed:?}");
}

#[tokio::test(start_paused = true)]
async fn a_slow_consumer_of_a_fleet_delays_starts_but_nothing_that_was_started() {
    // The columns: the attempt's time, the total time, what the consumer does for each result.
    for (attempt, total, consumer) in [
        (seconds(2), seconds(60), seconds(3)),
        (seconds(2), seconds(5), seconds(6)),
        (seconds(30), seconds(60), seconds(70)),
    ] {
        let row = format!("{attempt:?} {total:?} {consumer:?}");
        let api = Api::start(|_, _| None).await;
        let client = builder(&api.server).attempt_timeout(attempt).total_timeout(total).build().unwrap();
        let mut fleet = client.ipsec_gateways().concurrency(4).reconcile_all(desired());
        let mut failures = Vec::new();
        let mut count = 0;
        while let Some((_, result)) = fleet.next().await {
            count += 1;
            failures.extend(result.err().map(|error| error.to_string()));
            sleep(consumer).await;
        }
        assert_eq!((count, failures.len(), api.puts()), (12, 0, vec![1; 12]), "{row}: {:?}", failures.first());
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_overslept_its_deadline_polls_once_more() {
    let wait = WaitOptions::default().timeout(seconds(5)).first_poll(seconds(1));
    for polled_before in [0, 1] {
        let is_available = Arc::new(AtomicBool::new(false));
        let shown = Arc::clone(&is_available);
        let server = Server::respond(move |_, _| {
            let status = if shown.load(Ordering::SeqCst) { "AVAILABLE" } else { "PROVISIONING" };
            let mut page: Value = PAGE_RESPONSE.parse().unwrap();
            page["metadata"]["status"] = json!(status);
            answer(200, page)
        });
        let server = server.await;
        let gateways = gateways(&server).wait_options(wait.clone());
        // One resource becomes available in time, while nobody polls the wait for it, and the other one does not.
        for becomes_available in [true, false] {
            is_available.store(false, Ordering::SeqCst);
            let before = server.requests().len();
            let mut waiting = gateways.wait_until_available(PAGE_ID).boxed();
            park(&mut waiting);
            if polled_before > 0 {
                assert!(timeout(millis(1500), &mut waiting).await.is_err());
            }
            assert_eq!(server.requests().len() - before, polled_before);
            is_available.store(becomes_available, Ordering::SeqCst);
            sleep(seconds(10)).await;
            let result = timeout(seconds(60), waiting).await.unwrap();
            let row = format!("{polled_before}, {becomes_available}: {result:?}");
            assert_eq!(server.requests().len() - before, polled_before + 1, "{row}");
            match result {
                Ok(_) => assert!(becomes_available, "{row}"),
                Err(error) => assert!(!becomes_available && error.kind() == ErrorKind::WaitTimeout, "{row}"),
            }
        }
    }
}

// F4

/// Lets time pass, and then the part of a millisecond by which tokio's timers are late: even a timer that ended long ago
/// is not ready when it is polled for the first time.
async fn oversleep(time: Duration) {
    sleep(time).await;
    tokio::time::advance(Duration::from_micros(500)).await;
}

#[tokio::test(start_paused = true)]
async fn after_its_total_time_a_parked_call_sends_nothing() {
    const CALLS: usize = 40;
    // The columns: what the server answers, whether the calls share a client, what is set besides.
    let rows: [(Action, bool, fn(ClientBuilder) -> ClientBuilder); 6] = [
        (headers(429, "retry-after: 1\r\n"), false, |builder| builder),
        (headers(429, "retry-after: 1\r\n"), true, |builder| builder),
        (headers(503, "retry-after: 1\r\n"), false, |builder| builder),
        (headers(429, ""), true, |builder| builder.max_rate(1000.0)),
        (refused(503), false, |builder| builder.max_rate(0.1)),
        (refused(503), true, |builder| builder),
    ];
    for (action, is_shared, with) in rows {
        let row = format!("{action:?}, shared: {is_shared}");
        let server = Server::start(vec![action]).await;
        let retry = RetryPolicy::default().base_delay(seconds(10));
        let client = || with(builder(&server).retry(retry.clone()).total_timeout(seconds(20))).build().unwrap();
        let handles: Vec<_> = match is_shared {
            true => vec![client().ipsec_gateways(); CALLS],
            false => (0..CALLS).map(|_| client().ipsec_gateways()).collect(),
        };
        let gateway = page_gateway();
        let calls: Vec<BoxFuture<'_, _>> = handles.iter().map(|it| it.ensure(PAGE_ID, &gateway).boxed()).collect();
        let mut calls = join_all(calls);
        // Each call has its first answer now, and waits.
        assert!(timeout(millis(200), &mut calls).await.is_err(), "{row}");
        let before = server.requests().len();
        assert!(before >= 1, "{row}");
        oversleep(seconds(21)).await;
        let results = calls.await;
        let sent = server.requests().len() - before;
        let succeeded = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!((sent, succeeded), (0, 0), "{row}: {before} before: {:?}", results[0]);
    }
}

#[tokio::test(start_paused = true)]
async fn after_its_total_time_a_call_that_was_parked_before_its_first_request_sends_nothing() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).max_rate(2.0).total_timeout(seconds(30)).build().unwrap();
    let (gateways, gateway) = (client.ipsec_gateways(), page_gateway());
    gateways.ensure(PAGE_ID, &gateway).await.unwrap();
    let mut parked: Vec<_> = (0..40).map(|_| gateways.ensure(PAGE_ID, &gateway).boxed()).collect();
    parked.iter_mut().for_each(park);
    oversleep(seconds(31)).await;
    let results = join_all(parked).await;
    assert_eq!(server.requests().len(), 1, "{} of 40 calls succeeded", results.iter().filter(|it| it.is_ok()).count());
    assert!(results.into_iter().all(|result| !result.unwrap_err().may_have_been_applied()));
}

// F5

#[tokio::test(start_paused = true)]
async fn after_a_minute_of_refusals_the_rate_is_back_within_fifteen_seconds() {
    const DEMAND: u64 = 20;
    for header in ["", "retry-after: 1\r\n"] {
        let started = Instant::now();
        let accepted = Arc::new(Mutex::new(vec![0; 200]));
        let counts = Arc::clone(&accepted);
        let server = Server::respond(move |_, _| {
            if started.elapsed() < seconds(60) {
                return headers(429, header);
            }
            counts.lock().unwrap()[started.elapsed().as_secs() as usize] += 1;
            page()
        });
        let server = server.await;
        let client = builder(&server).total_timeout(seconds(10)).build().unwrap();
        let mut calls = Vec::new();
        for number in 0..DEMAND * 110 {
            tokio::time::sleep_until(started + millis(1000 / DEMAND) * number as u32).await;
            let gateways = client.ipsec_gateways();
            calls.push(tokio::spawn(async move { gateways.get(PAGE_ID).await.map(drop) }));
        }
        let results: Vec<_> = join_all(calls).await.into_iter().map(Result::unwrap).collect();
        let late = &results[DEMAND as usize * 75..];
        let failed = late.iter().filter(|result| result.is_err()).count();
        let accepted = accepted.lock().unwrap().clone();
        // Three seconds for each window, so that a jitter of the delays does not count.
        let windows: Vec<u64> = accepted[75..108].chunks(3).map(|seconds| seconds.iter().sum()).collect();
        let row = format!(
            "{header:?}: accepted from second 60 on {:?}; {failed} of {} later calls failed; {} requests",
            &accepted[60..110],
            late.len(),
            server.requests().len()
        );
        assert!(windows.iter().all(|count| *count * 10 >= DEMAND * 3 * 8), "{row}");
        assert!(failed * 10 <= late.len(), "{row}");
    }
}

// F6

/// A provider whose first token is good until `expires_at`, and which then hangs or fails slowly.
fn provider_that_breaks(expires_at: SystemTime, fails_after: Option<Duration>) -> impl TokenProvider {
    let number = AtomicUsize::new(0);
    move || {
        let number = number.fetch_add(1, Ordering::SeqCst);
        async move {
            match fails_after {
                _ if number == 0 => Ok(AccessToken::from("first".to_owned()).expires_at(expires_at)),
                Some(delay) => {
                    sleep(delay).await;
                    Err(io::Error::other("the vault is sealed"))
                }
                None => std::future::pending().await,
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_valid_token_is_served_while_its_renewal_hangs_or_fails_slowly() {
    for fails_after in [None, Some(seconds(20))] {
        let server = Server::start(vec![page()]).await;
        // It is renewed a tenth of its time before it expires.
        let provider = provider_that_breaks(SystemTime::now() + seconds(600), fails_after);
        let client = builder(&server).token_provider(provider).total_timeout(seconds(5)).build().unwrap();
        let gateways = client.ipsec_gateways();
        gateways.get(PAGE_ID).await.unwrap();
        sleep(seconds(545)).await;
        let started = Instant::now();
        let results = join_all((0..40).map(|_| gateways.get(PAGE_ID))).await;
        let failures: Vec<_> = results.into_iter().filter_map(Result::err).collect();
        assert_eq!(failures.len(), 0, "{fails_after:?}: {}", failures[0]);
        assert!(started.elapsed() < seconds(1), "{fails_after:?}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn an_expired_token_does_not_call_the_provider_for_each_request() {
    let server = Server::start(vec![page()]).await;
    let asked = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&asked);
    let provider = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async {
            sleep(millis(5)).await;
            let expired = SystemTime::now() - seconds(60);
            Ok::<_, io::Error>(AccessToken::from("expired".to_owned()).expires_at(expired))
        }
    };
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let results = join_all((0..40).map(|_| gateways.get(PAGE_ID))).await;
    let at_once = asked.load(Ordering::SeqCst);
    assert_eq!((results.iter().filter(|it| it.is_ok()).count(), at_once), (40, 1), "calls that succeeded, renewals");
    let started = Instant::now();
    for _ in 0..40 {
        gateways.get(PAGE_ID).await.unwrap();
    }
    let renewals = asked.load(Ordering::SeqCst) - at_once;
    // One in each second would not be "at once".
    let most = 5 + started.elapsed().as_secs() as usize;
    assert!(renewals <= most, "{renewals} renewals for 40 requests in {:?}", started.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_short_call_does_not_cancel_the_renewal_of_the_others() {
    let server = Server::start(vec![page()]).await;
    let asked = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&asked);
    let provider = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async {
            sleep(seconds(1)).await;
            Ok::<_, io::Error>("a-token".to_owned())
        }
    };
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let short = gateways.clone().with_options(CallOptions::default().total_timeout(millis(300)));
    let started = Instant::now();
    let (mut failed, mut long) = (0, Vec::new());
    for _ in 0..10 {
        long.push({
            let gateways = gateways.clone();
            tokio::spawn(async move { gateways.get(PAGE_ID).await.map(|_| started.elapsed()) })
        });
        failed += usize::from(short.get(PAGE_ID).await.is_err());
        sleep(millis(10)).await;
    }
    let ended = join_all(long).await.into_iter().map(|result| result.unwrap().unwrap()).min().unwrap();
    assert_eq!(
        asked.load(Ordering::SeqCst),
        1,
        "renewals; {failed} short calls failed, the first long one took {ended:?}"
    );
    assert!(failed <= 4 && ended < millis(1200), "{failed} short calls failed, the first long one took {ended:?}");
}

#[tokio::test(start_paused = true)]
async fn short_calls_alone_let_the_renewal_finish() {
    let server = Server::start(vec![page()]).await;
    let gateways =
        builder(&server).token_provider(slow_provider(millis(50))).total_timeout(millis(20)).build().unwrap();
    let gateways = gateways.ipsec_gateways();
    let mut succeeded = 0;
    for _ in 0..10 {
        succeeded += usize::from(gateways.get(PAGE_ID).await.is_ok());
    }
    assert!(succeeded >= 7, "{succeeded} of 10");
}

/// A provider whose `refused` blocks the thread.
struct Blocking(AtomicUsize);

impl TokenProvider for Blocking {
    fn token(&self) -> TokenFuture<'_> {
        let number = self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::from(format!("token-{number}"))) })
    }

    fn refused(&self, _: &str) {
        std::thread::sleep(seconds(2));
    }
}

#[test]
fn a_provider_whose_refused_blocks_does_not_stop_the_calls() {
    // A runtime each, so that a blocked thread does not stop the server.
    let server_runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let is_first = AtomicBool::new(true);
    let respond = move |_: usize, request: &Request| {
        let is_old = request.head.contains("Bearer token-0");
        if is_old && is_first.swap(false, Ordering::SeqCst) { refused(401) } else { page() }
    };
    let server = server_runtime.block_on(Server::respond(respond));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(8).enable_all().build().unwrap();
    let client =
        builder(&server).token_provider(Blocking(AtomicUsize::new(0))).total_timeout(millis(500)).build().unwrap();
    let call = |client: &Client| {
        let gateways = client.ipsec_gateways();
        runtime.spawn(async move {
            let started = std::time::Instant::now();
            let result = gateways.get(PAGE_ID).await;
            (started.elapsed(), result.map(drop).map_err(|error| error.to_string()))
        })
    };
    let first = call(&client);
    std::thread::sleep(millis(200));
    let others = [call(&client), call(&client), call(&client)];
    for other in others {
        let (elapsed, result) = runtime.block_on(other).unwrap();
        assert!(elapsed < millis(1500), "a call with 500 ms took {elapsed:?}: {result:?}");
    }
    _ = runtime.block_on(first).unwrap();
    // When it has gone on, so do the calls.
    std::thread::sleep(seconds(1));
    let (_, result) = runtime.block_on(call(&client)).unwrap();
    assert_eq!(result, Ok(()));
}

// F7

#[tokio::test(start_paused = true)]
async fn no_retry_after_stops_a_client_for_more_than_five_minutes() {
    const CAP: Duration = seconds(300);
    let rows = [
        ("86400", "retry-after: 86400\r\n"),
        ("Fri, 31 Dec 9999 23:59:59 GMT", "retry-after: Fri, 31 Dec 9999 23:59:59 GMT\r\n"),
        ("99999999999999999999999", "retry-after: 99999999999999999999999\r\n"),
    ];
    for status in [429, 503] {
        for (value, header) in rows {
            let row = format!("{status} {value}");
            let server = Server::start(vec![headers(status, header), page()]).await;
            let client = builder(&server).build().unwrap();
            let started = Instant::now();
            let error = client.ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
            assert!(started.elapsed() < seconds(1), "{row}: the delay is longer than the total time");
            assert_eq!(error.headers().unwrap()["retry-after"], value, "{row}");
            let Advice::RetryLater { after: Some(after) } = error.advice() else {
                panic!("{row}: {:?}", error.advice())
            };
            assert!(error.retry_after().is_some_and(|delay| delay <= CAP) && after <= CAP, "{row}: {after:?}");
            assert!(std::time::Instant::now().checked_add(after).is_some(), "{row}");
            // Other calls, of any kind, are delayed by five minutes at most.
            let patient = CallOptions::default().total_timeout(seconds(400));
            let tunnels = client.clone().ipsec_tunnels(PAGE_ID).with_options(patient.clone());
            let gateways = client.clone().ipsec_gateways().with_options(patient);
            let mut list = tunnels.list();
            let (listed, read) = tokio::join!(list.next(), gateways.get(PAGE_ID));
            assert!(read.is_ok(), "{row}: {read:?}");
            drop(listed);
            assert_eq!(server.requests().len(), 3, "{row}");
            assert!(started.elapsed() < CAP + seconds(10), "{row}: {:?}", started.elapsed());
        }
    }
}

// F8

#[tokio::test(start_paused = true)]
async fn calls_do_not_give_up_while_they_have_time() {
    for header in ["", "retry-after: 0\r\n", "retry-after: 1\r\n"] {
        let started = Instant::now();
        let server =
            Server::respond(move |_, _| if started.elapsed() < seconds(1) { headers(429, header) } else { page() })
                .await;
        let retry = RetryPolicy::default().budget(RetryBudget::unlimited());
        let client = builder(&server).retry(retry).total_timeout(millis(3500)).build().unwrap();
        let (gateways, gateway) = (client.ipsec_gateways(), page_gateway());
        let results = join_all((0..40).map(|_| gateways.ensure(PAGE_ID, &gateway))).await;
        let errors: Vec<_> = results.into_iter().filter_map(Result::err).collect();
        let early = errors.iter().filter(|error| {
            error.retry_stopped_by() == Some(StopReason::NoTimeLeft)
                && error.elapsed().is_none_or(|elapsed| elapsed < millis(1750))
        });
        // The fourth delay of the backoff is up to 4 s, and so it may be longer than the rest of a call.
        let (failed, early) = (errors.len(), early.count());
        assert!(failed <= 8 && early <= 8, "{header:?}: {failed} failed, {early} early: {}", errors[0]);
    }
}

// F9

#[tokio::test]
async fn any_number_of_requests_in_flight_can_be_allowed() {
    let server = Server::start(vec![page()]).await;
    for requests in [usize::MAX, usize::MAX >> 1, usize::MAX >> 3, (usize::MAX >> 3) + 1] {
        let client = builder(&server).max_in_flight(requests).build().unwrap();
        client.ipsec_gateways().get(PAGE_ID).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn a_retry_after_at_the_end_of_time_does_not_panic_the_calls_that_wait() {
    // The longest time that the clock can hold from now on, and a little less.
    let now = std::time::Instant::now();
    let fits = |count: u64| now.checked_add(seconds(count)).is_some();
    let longest =
        (0..64).rev().map(|bit| 1 << bit).fold(0, |sum, next| if fits(sum | next) { sum | next } else { sum });
    let near = (0..12).map(|less| longest - less);
    for value in near.chain([i64::MAX as u64 - 1_000_000, i64::MAX as u64, i64::MAX as u64 + 1, u64::MAX]) {
        let header: &'static str = format!("retry-after: {value}\r\n").leak();
        let server = Server::start(vec![after(millis(100), headers(429, header)), page()]).await;
        let client = builder(&server).max_rate(1.0).build().unwrap();
        let spawn = || {
            let gateways = client.ipsec_gateways();
            tokio::spawn(async move { gateways.get(PAGE_ID).await.map(drop) })
        };
        let mut calls: Vec<_> = (0..3).map(|_| spawn()).collect();
        for _ in 0..4 {
            // Before and after the refusal, while the others wait.
            sleep(millis(70)).await;
            calls.extend((0..3).map(|_| spawn()));
        }
        let panics = join_all(calls).await.into_iter().filter(Result::is_err).count();
        assert_eq!(panics, 0, "Retry-After: {value}");
    }
}

// F10

/// No time is told that is not known, and no time that would make a caller repeat the call at once.
fn check_message(error: &Error, names: &[&str]) {
    let text = error.to_string();
    assert_eq!(error.kind(), ErrorKind::PaceTimeout, "{text}");
    assert!(names.iter().any(|name| text.contains(name)), "does not say what it waited for: {text}");
    assert!(!text.contains("0.0ns") && !text.contains("retry after 0 s"), "{text}");
    assert!(error.retry_after() != Some(Duration::ZERO), "{text}");
    assert!(error.is_transient() && !error.may_have_been_applied(), "{text}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_found_too_many_in_flight_says_so() {
    let server = Server::start(vec![Action::Hang]).await;
    let client = builder(&server).max_in_flight(1).build().unwrap();
    let gateways = client.ipsec_gateways();
    let hanging = tokio::spawn(async move { gateways.get(PAGE_ID).await });
    sleep(millis(100)).await;
    let short = client.ipsec_gateways().with_options(CallOptions::default().total_timeout(seconds(1)));
    let error = short.ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
    check_message(&error, &["in flight"]);
    assert_eq!(error.retry_after(), None, "nobody knows when the request will end: {error}");
    assert_eq!(error.advice(), Advice::RetryLater { after: None });
    hanging.abort();
}

#[tokio::test(start_paused = true)]
async fn a_call_behind_too_many_others_names_the_rate() {
    let server = Server::start(vec![page()]).await;
    let client = builder(&server).max_rate(1.0).total_timeout(millis(4500)).build().unwrap();
    let (gateways, gateway) = (client.ipsec_gateways(), page_gateway());
    let results = join_all((0..20).map(|_| gateways.ensure(PAGE_ID, &gateway))).await;
    let errors: Vec<_> = results.into_iter().filter_map(Result::err).collect();
    assert!((12..=17).contains(&errors.len()), "{} of 20 do not fit", errors.len());
    errors.iter().for_each(|error| check_message(error, &["rate", "pace"]));
}

// F12

#[tokio::test(start_paused = true)]
async fn a_500_is_repeated_for_a_read_and_for_nothing_else() {
    let server = Server::start(vec![refused(500), page()]).await;
    assert!(gateways(&server).get(PAGE_ID).await.is_ok(), "a GET");
    assert_eq!(server.requests().len(), 2);

    let server = Server::start(vec![refused(500), page()]).await;
    let error = gateways(&server).ensure(PAGE_ID, &page_gateway()).await.unwrap_err();
    assert!(error.is_transient() && error.may_have_been_applied(), "a PUT: {error}");
    assert!(matches!(error.advice(), Advice::RetryLater { .. }), "a PUT: {error}");

    let other = Server::start(vec![refused(500), headers(202, "")]).await;
    let error = gateways(&other).delete(PAGE_ID).await.unwrap_err();
    assert!(error.is_transient() && matches!(error.advice(), Advice::RetryLater { .. }), "a DELETE: {error}");

    let posted = Server::start(vec![refused(500), page()]).await;
    let error = gateways(&posted).create(&page_gateway()).await.unwrap_err();
    assert!(!error.is_transient() && error.may_have_been_applied(), "a POST: {error}");
    assert_eq!(error.advice(), Advice::Alert, "a POST: {error}");
    let sent = [server, other, posted].map(|server| server.requests().len());
    assert_eq!(sent, [1; 3], "none of these is repeated");
}

#[tokio::test(start_paused = true)]
async fn a_500_on_the_list_does_not_fail_a_fleet() {
    let api = Api::start(|number, _| (number == 0).then(|| refused(500))).await;
    let results: Vec<_> = gateways(&api.server).reconcile_all(desired()).collect().await;
    let failures: Vec<_> = results.iter().filter_map(|(_, result)| result.as_ref().err()).collect();
    assert_eq!((results.len(), failures.len()), (12, 0), "{:?}", failures.first());
}

// F13

#[test]
fn an_instant_of_another_clock_does_not_stop_a_client() {
    let server_runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    for header in ["", "retry-after: 30\r\n"] {
        let server = server_runtime.block_on(Server::start(vec![headers(429, header), page()]));
        let client = builder(&server).retry(RetryPolicy::none()).build().unwrap();
        let paused = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        paused.block_on(async {
            // While this task runs, the clock does not go on by itself, although the server is in another runtime.
            let (end, ended) = std::sync::mpsc::channel::<()>();
            let blocking = tokio::task::spawn_blocking(move || _ = ended.recv());
            tokio::time::advance(seconds(3600)).await;
            client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
            drop(end);
            blocking.await.unwrap();
        });
        drop(paused);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let started = std::time::Instant::now();
        let gateways = client.ipsec_gateways();
        let results = runtime.block_on(join_all((0..5).map(|_| gateways.get(PAGE_ID))));
        let failures: Vec<_> = results.into_iter().filter_map(Result::err).collect();
        assert_eq!(failures.len(), 0, "{header:?}: {}", failures[0]);
        assert!(started.elapsed() < seconds(3), "{header:?}: {:?}", started.elapsed());
    }
}
