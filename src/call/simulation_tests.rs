//! A simulated world for the path of a call: calls, fleets and a token provider over a scripted transport, on a paused clock.
//! Everything random comes from one seed, so a seed that fails repeats exactly.
//!
//! `SIMULATION_SEEDS=10000 cargo test --lib simulation` runs that many seeds, `SIMULATION_SEED=7` only this one. By default as many
//! run as fit into ten seconds, at least 1,000.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Request;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::budget::Budget;
use super::headers::Headers;
use super::options::CallOptions;
use super::pace::Pace;
use super::response::Secrets;
use super::token::{AccessToken, TokenFuture, TokenProvider, TokenSource, system_time};
use super::transport::{Failure, Received, Transport};
use super::{Core, RetryPolicy};
use crate::error::{Error, ErrorKind, Event, Subject};
use crate::resources::Resources;
use crate::sandbox::server::Api;
use crate::sandbox::store::Store;
use crate::{Connection, IpSecGateway, RetryBudget};

/// Answers requests instead of a server.
pub(super) trait Script: Send + Sync {
    fn answer<'a>(
        &'a self,
        request: Request,
        received: &'a mut Received,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;
}

/// The header that says which call a request belongs to.
const CALL: &str = "x-call";
const LATENCY: Duration = Duration::from_millis(5);
/// The attempt timeout of every client, the longest thing that a call may leave to others.
const ATTEMPT: Duration = Duration::from_secs(4);

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn millis(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

/// One request that reached the transport.
#[derive(Clone, Debug, PartialEq)]
struct Sent {
    call: String,
    method: Method,
    path: String,
    at: Duration,
    /// The server has acted on it.
    is_acted: bool,
    /// The client cannot be certain that the server has not acted on it.
    is_doubtful: bool,
    /// The server accepted it: no fault, no refusal.
    is_accepted: bool,
}

/// What the server does with a request.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fault {
    None,
    NotConnected,
    /// Acts on the request, and loses the response.
    Lost,
    /// Loses the request.
    LostBefore,
    /// Acts on the request and never answers.
    Hang,
    /// Answers with this status, and perhaps with this `Retry-After`; it acts on the request if the flag is set.
    Status(u16, Option<&'static str>, bool),
}

/// The faults of the chaos, a part of which also ends a call at once.
const FAULTS: [Fault; 18] = [
    Fault::NotConnected,
    Fault::NotConnected,
    Fault::Lost,
    Fault::LostBefore,
    Fault::Hang,
    Fault::Hang,
    Fault::Status(429, None, false),
    Fault::Status(429, Some("soon"), false),
    Fault::Status(429, Some("0"), false),
    Fault::Status(429, Some("1"), false),
    Fault::Status(429, Some("3"), false),
    Fault::Status(503, Some("1"), false),
    Fault::Status(503, None, true),
    Fault::Status(502, None, true),
    Fault::Status(504, None, true),
    Fault::Status(500, None, true),
    Fault::Status(408, None, false),
    Fault::Status(409, None, false),
];

/// How the server behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Weather {
    Healthy,
    /// This part of the requests, in percent, meets a fault.
    Chaos(u8),
    /// Every request is refused, with this `Retry-After`.
    Refusing(Option<&'static str>),
}

/// How the token provider behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Vault {
    Open,
    /// Answers late or not at all, fails, or returns tokens that have expired, in this part of the calls, in percent.
    Chaos(u8),
    Hanging,
}

struct State {
    random: fastrand::Rng,
    weather: Weather,
    vault: Vault,
    /// How long a token is valid.
    lifetime: Duration,
    /// The tokens that were issued, with the time at which each expires.
    tokens: BTreeMap<String, Instant>,
    vault_calls: usize,
    sent: Vec<Sent>,
}

/// The server and the token provider.
struct World {
    started: Instant,
    api: Api,
    state: Mutex<State>,
}

impl World {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    fn set(&self, weather: Weather, vault: Vault) {
        let mut state = self.state();
        (state.weather, state.vault) = (weather, vault);
    }

    /// Records a request, and decides on its fate.
    fn receive(&self, request: &Request) -> (Fault, Duration, usize, bool) {
        let mut state = self.state();
        let header =
            |name: &str| request.headers().get(name).and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
        let weather = state.weather;
        let fault = match weather {
            Weather::Chaos(percent) if state.random.u8(0..100) < percent => {
                let index = state.random.usize(0..FAULTS.len());
                FAULTS[index]
            }
            Weather::Refusing(retry_after) => Fault::Status(429, retry_after, false),
            _ => Fault::None,
        };
        let latency = LATENCY + millis(state.random.u64(0..10));
        let token = header(AUTHORIZATION.as_str()).trim_start_matches("Bearer ").to_owned();
        let is_authorized = state.tokens.get(&token).is_some_and(|expiry| Instant::now() < *expiry);
        let is_doubtful = match fault {
            Fault::Lost | Fault::LostBefore | Fault::Hang | Fault::Status(502 | 504 | 500, ..) => true,
            Fault::Status(503, retry_after, _) => retry_after.is_none(),
            _ => false,
        };
        let is_accepted = fault == Fault::None && is_authorized;
        let (call, method, path) = (header(CALL), request.method().clone(), request.url().path().to_owned());
        let at = self.started.elapsed();
        state.sent.push(Sent { call, method, path, at, is_acted: false, is_doubtful, is_accepted });
        (fault, latency, state.sent.len() - 1, is_authorized)
    }

    /// Lets the server act on a request.
    fn act(&self, request: &Request, number: usize, is_authorized: bool) -> (StatusCode, Bytes) {
        let mut builder = http::Request::builder().method(request.method()).uri(request.url().as_str());
        builder = builder.header("content-type", "application/json");
        let (parts, ()) = builder.body(()).unwrap().into_parts();
        let body = request.body().and_then(reqwest::Body::as_bytes).unwrap_or_default();
        let (status, reply) = self.api.reply(&parts, body, is_authorized);
        self.state().sent[number].is_acted = is_authorized && status.is_success();
        (status, reply.map(|reply| reply.to_string().into()).unwrap_or_default())
    }
}

impl Script for World {
    fn answer<'a>(
        &'a self,
        request: Request,
        received: &'a mut Received,
    ) -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>> {
        Box::pin(async move {
            let (fault, latency, number, is_authorized) = self.receive(&request);
            let lost = || Err(Failure::new(Event::Interrupted, true, ErrorKind::Interrupted, "lost"));
            sleep(latency).await;
            let mut headers = HeaderMap::new();
            let (status, body) = match fault {
                Fault::NotConnected => {
                    return Err(Failure::new(Event::NotConnected, false, ErrorKind::Connect, "no connection"));
                }
                Fault::LostBefore => return lost(),
                Fault::Lost => {
                    self.act(&request, number, is_authorized);
                    return lost();
                }
                Fault::Hang => {
                    self.act(&request, number, is_authorized);
                    std::future::pending().await
                }
                Fault::Status(status, retry_after, acts) => {
                    if acts {
                        self.act(&request, number, is_authorized);
                    }
                    if let Some(retry_after) = retry_after {
                        headers.insert(RETRY_AFTER, HeaderValue::from_static(retry_after));
                    }
                    (StatusCode::from_u16(status).unwrap(), Bytes::new())
                }
                Fault::None => self.act(&request, number, is_authorized),
            };
            received.head = Some((status, headers));
            received.body.extend_from_slice(&body);
            Ok(())
        })
    }
}

/// The token provider of a world.
struct Provider(Arc<World>);

impl TokenProvider for Provider {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            let (delay, result) = {
                let mut state = self.0.state();
                state.vault_calls += 1;
                let name = format!("token-{}", state.vault_calls);
                let (mut delay, mut lifetime, mut fails) = (millis(state.random.u64(0..50)), state.lifetime, false);
                let vault = state.vault;
                match vault {
                    Vault::Hanging => delay = secs(3600),
                    Vault::Chaos(percent) if state.random.u8(0..100) < percent => match state.random.u8(0..4) {
                        0 => delay = secs(state.random.u64(1..20)),
                        1 => (delay, fails) = (secs(state.random.u64(0..5)), true),
                        2 => fails = true,
                        _ => lifetime = Duration::ZERO,
                    },
                    _ => {}
                }
                state.tokens.insert(name.clone(), Instant::now() + delay + lifetime);
                let token = AccessToken::from(name).expires_at(system_time() + lifetime);
                (delay, if fails { Err("the vault is sealed".into()) } else { Ok(token) })
            };
            sleep(delay).await;
            result
        })
    }
}

/// The HTTP client that no simulation uses. Making one takes a while.
fn http() -> reqwest::Client {
    static HTTP: OnceLock<reqwest::Client> = OnceLock::new();
    HTTP.get_or_init(reqwest::Client::new).clone()
}

/// The settings of a client.
#[derive(Clone, Debug)]
struct Settings {
    max_rate: Option<f64>,
    max_in_flight: Option<usize>,
    total: Duration,
    attempts: u32,
}

fn client(world: &Arc<World>, settings: &Settings) -> Arc<Core> {
    let mut transport = Transport::new(http(), false);
    transport.script = Some(Arc::clone(world) as Arc<dyn Script>);
    Arc::new(Core {
        transport,
        base_url: "http://127.0.0.1:1".parse().unwrap(),
        validates: true,
        tokens: TokenSource::provider(Provider(Arc::clone(world))),
        headers: Headers::default(),
        retry: RetryPolicy::default().max_attempts(settings.attempts),
        budget: Budget::new(RetryBudget::default()),
        pace: Pace::new(settings.max_rate, settings.max_in_flight, ATTEMPT),
        attempt_timeout: ATTEMPT,
        total_timeout: settings.total,
        max_body_size: 1 << 20,
    })
}

/// What became of a call.
struct Outcome {
    name: String,
    is_write: bool,
    started: Duration,
    elapsed: Duration,
    /// How long the call was not polled.
    parked: Duration,
    /// `None` if the call was dropped. The number of attempts if it succeeded.
    result: Option<Result<u32, Error>>,
}

/// What happens to the future of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Polled,
    Dropped(Duration),
    /// Polled for the first time span, not for the second, and then to its end.
    Parked(Duration, Duration),
    /// Polled for this long, then neither polled nor dropped.
    Forgotten(Duration),
}

type Request1 = (Method, Uuid);

/// Makes one call.
async fn call(core: Arc<Core>, name: String, (method, id): Request1) -> Result<u32, Error> {
    let gateways = Resources::<IpSecGateway>::new(Arc::clone(&core), []);
    let gateways = gateways.with_options(CallOptions::default().header(CALL, name.clone()));
    let attempts = |result: Result<(), Error>| result.map(|()| 0);
    match method {
        Method::PUT => gateways.ensure(id, &gateway("call")).await.map(|ensured| ensured.attempts),
        Method::POST => attempts(gateways.create(&gateway("call")).await.map(drop)),
        Method::DELETE => attempts(gateways.delete(id).await),
        _ => {
            let request = core.request(Method::GET, &format!("/ipsecgateways/{id}"), None, None)?;
            let options = CallOptions::default().header(CALL, name);
            let response = core.send(&options, &Subject::default(), request, Secrets::None).await?;
            Ok(response.report.attempts)
        }
    }
}

fn gateway(name: &str) -> IpSecGateway {
    let connection = Connection::new(Uuid::nil(), 2, "192.168.1.100/24".parse().unwrap(), None);
    IpSecGateway::builder().name(name).gateway_ip("81.173.1.2").connections(vec![connection]).build()
}

/// Fails with the seed and the requests of a call.
struct Check<'a> {
    seed: u64,
    world: &'a World,
}

impl Check<'_> {
    #[track_caller]
    fn that(&self, holds: bool, invariant: &str, call: &str, detail: &dyn std::fmt::Debug) {
        if !holds {
            let sent: Vec<_> = self.world.state().sent.iter().filter(|sent| sent.call == call).cloned().collect();
            panic!("seed {}: {invariant}: {call}, {detail:?}, sent {sent:#?}", self.seed);
        }
    }

    /// Checks what holds for each call.
    fn outcome(&self, outcome: &Outcome, total: Duration) {
        let Outcome { name, is_write, started, elapsed, parked, result } = outcome;
        let sent: Vec<_> = self.world.state().sent.iter().filter(|sent| sent.call == *name).cloned().collect();
        let late = sent.iter().find(|sent| sent.at >= *started + total);
        self.that(late.is_none(), "nothing is sent after the deadline", name, &late);
        let doubt = sent.iter().position(|sent| sent.method == Method::POST && sent.is_doubtful);
        let is_repeated = doubt.is_some_and(|first| first + 1 < sent.len());
        self.that(!is_repeated, "no POST follows an attempt that may have been applied", name, &doubt);
        let limit = total + *parked + if parked.is_zero() { millis(2) } else { ATTEMPT };
        self.that(*elapsed <= limit, "every call ends", name, &(elapsed, limit));
        match result {
            Some(Err(error)) => {
                let is_acted = sent.iter().any(|sent| sent.is_acted);
                let is_denied = *is_write && is_acted && !error.may_have_been_applied();
                self.that(!is_denied, "nothing on which the server acted is called not applied", name, error);
                let attempts = error.attempts().unwrap_or_default() as usize;
                self.that(attempts == sent.len(), "attempts add up", name, error);
                let is_hasty = sent.len() == 10 && *elapsed < millis(200);
                self.that(!is_hasty, "a call does not use up its attempts at once", name, error);
            }
            Some(Ok(attempts)) if *attempts > 0 => {
                self.that(*attempts as usize == sent.len(), "attempts add up", name, attempts);
            }
            _ => {}
        }
    }
}

/// Runs one seed. Returns the requests that were sent.
async fn run(seed: u64) -> Vec<Sent> {
    fastrand::seed(seed);
    let mut random = fastrand::Rng::with_seed(seed);
    let started = Instant::now();
    let state = State {
        random: fastrand::Rng::with_seed(!seed),
        weather: Weather::Chaos(random.choice([0, 10, 30, 60]).unwrap()),
        vault: Vault::Chaos(random.choice([0, 0, 30, 80]).unwrap()),
        lifetime: secs(random.choice([1, 5, 600]).unwrap()),
        tokens: BTreeMap::new(),
        vault_calls: 0,
        sent: Vec::new(),
    };
    let api = Api { latency: Duration::ZERO, store: Mutex::new(Store::new("", secs(1), 0.0, 0)) };
    let world = Arc::new(World { started, api, state: Mutex::new(state) });
    let settings = Settings {
        max_rate: random.choice([None, None, Some(5.0), Some(50.0)]).unwrap(),
        max_in_flight: random.choice([None, None, Some(1), Some(4)]).unwrap(),
        total: secs(random.choice([3, 10, 30]).unwrap()),
        attempts: random.choice([3, 10, 10]).unwrap(),
    };
    let core = client(&world, &settings);
    let check = Check { seed, world: &world };
    let forgotten = chaos(&core, &check, &settings, &mut random).await;
    finale(&core, &check, &settings, &mut random).await;
    drop(forgotten);
    // What was dropped leaves in the next turns of the runtime.
    sleep(secs(1)).await;
    let permits = core.pace.free_permits();
    check.that(permits == settings.max_in_flight, "permits add up", "", &permits);
    let left = core.budget.remaining();
    check.that(left <= 500, "the budget adds up", "", &left);
    world.state().sent.clone()
}

type Forgotten = Vec<Pin<Box<dyn Future<Output = Result<u32, Error>>>>>;

/// Makes calls and runs fleets while everything may fail. Returns the futures that nobody polls any more.
async fn chaos(core: &Arc<Core>, check: &Check<'_>, settings: &Settings, random: &mut fastrand::Rng) -> Forgotten {
    let (mut calls, mut forgotten) = (JoinSet::new(), Forgotten::new());
    let fleets: Vec<_> = (0..2).map(|fleet| spawn_fleet(core, fleet, random)).collect();
    for number in 0..random.usize(1..=50) {
        let name = format!("call-{number}");
        let method = random.choice([Method::GET, Method::PUT, Method::PUT, Method::POST, Method::DELETE]).unwrap();
        let request = (method.clone(), Uuid::from_u128(random.u128(1..6)));
        let mut time = |up_to: u64| millis(random.u64(0..up_to));
        let (start, first, second) = (time(8000), time(6000), time(60_000));
        let fate = match random.u8(0..10) {
            0 => Fate::Dropped(first),
            1 | 2 => Fate::Parked(first, second),
            3 => Fate::Forgotten(first),
            _ => Fate::Polled,
        };
        let future = call(Arc::clone(core), name.clone(), request);
        if let Fate::Forgotten(first) = fate {
            let mut future: Pin<Box<dyn Future<Output = Result<u32, Error>>>> = Box::pin(future);
            _ = timeout(first, &mut future).await;
            forgotten.push(future);
            continue;
        }
        let world_started = check.world.started;
        calls.spawn(async move {
            sleep(start).await;
            let begun = Instant::now();
            let mut future = pin!(future);
            let (result, parked) = match fate {
                Fate::Dropped(after) => (timeout(after, future).await.ok(), Duration::ZERO),
                Fate::Parked(after, time) => match timeout(after, &mut future).await {
                    Ok(result) => (Some(result), Duration::ZERO),
                    Err(_) => {
                        sleep(time).await;
                        (Some(future.await), time)
                    }
                },
                _ => (Some(future.await), Duration::ZERO),
            };
            let (started, elapsed) = (begun - world_started, begun.elapsed());
            Outcome { name, is_write: method != Method::GET, started, elapsed, parked, result }
        });
    }
    while let Some(outcome) = calls.join_next().await {
        check.outcome(&outcome.unwrap(), settings.total);
    }
    for fleet in fleets {
        let (fleet, count) = fleet.await.unwrap();
        check.that(count <= 6, "each resource of a fleet has one result", &format!("fleet-{fleet}"), &count);
    }
    forgotten
}

/// Reconciles a few gateways, with a consumer that is slow or goes away.
fn spawn_fleet(core: &Arc<Core>, fleet: u128, random: &mut fastrand::Rng) -> tokio::task::JoinHandle<(u128, usize)> {
    let options = CallOptions::default().header(CALL, format!("fleet-{fleet}"));
    let gateways = Resources::<IpSecGateway>::new(Arc::clone(core), []).with_options(options).concurrency(3);
    let desired: Vec<_> = (0..6).map(|id| (Uuid::from_u128(fleet << 8 | id), gateway("fleet"))).collect();
    let (pause, taken) = (millis(random.u64(0..2) * random.u64(0..10_000)), random.usize(1..8));
    tokio::spawn(async move {
        let (mut results, mut seen) = (gateways.reconcile_all(desired).take(taken), BTreeSet::new());
        let mut count = 0;
        while let Some((id, _)) = results.next().await {
            assert!(seen.insert(id), "{id} has two results");
            count += 1;
            sleep(pause).await;
        }
        (fleet, count)
    })
}

/// Checks that what the chaos left behind, forgotten futures included, is in nobody's way.
async fn finale(core: &Arc<Core>, check: &Check<'_>, settings: &Settings, random: &mut fastrand::Rng) {
    let world = check.world;
    world.state().lifetime = secs(1000);
    world.set(Weather::Healthy, Vault::Open);
    // What was started ends: a renewal, an attempt, a pause.
    sleep(secs(30)).await;
    alone(core, check, "fresh", millis(1000)).await;
    match random.u8(0..8) {
        // Too short a total time does not survive such an outage.
        0 | 1 if settings.total >= secs(10) && settings.attempts == 10 => {
            world.set(Weather::Refusing(None), Vault::Open);
            let (end, healthy) = (sleep(secs(2)), || world.set(Weather::Healthy, Vault::Open));
            let outage = async {
                end.await;
                healthy();
            };
            tokio::join!(outage, alone(core, check, "refused for two seconds", secs(30)));
        }
        2 | 3 => {
            // The token is due for renewal, but valid for another minute or more.
            world.set(Weather::Healthy, Vault::Hanging);
            let kept = world.state().tokens.values().max().copied().unwrap_or_else(Instant::now);
            sleep(kept.saturating_duration_since(Instant::now()).saturating_sub(secs(90))).await;
            let before = world.state().vault_calls;
            for number in 0..3 {
                alone(core, check, &format!("with a valid token {number}"), millis(1000)).await;
            }
            let asked = world.state().vault_calls - before;
            check.that(asked <= 1, "one renewal for all", "", &asked);
        }
        4 if settings.max_rate.is_none() && settings.max_in_flight.is_none() => outage(core, check, random).await,
        _ => {}
    }
}

/// Makes a call that must succeed within a time, although others are parked.
async fn alone(core: &Arc<Core>, check: &Check<'_>, name: &str, limit: Duration) {
    let started = Instant::now();
    let result = call(Arc::clone(core), name.to_owned(), (Method::PUT, Uuid::from_u128(1 << 64))).await;
    check.that(result.is_ok(), "what others leave behind does not fail a call", name, &result);
    check.that(started.elapsed() <= limit, "what others leave behind delays no call", name, &started.elapsed());
}

/// Half a minute of nothing but refusals, under a steady demand. Fifteen seconds later, the server sees most of the demand.
async fn outage(core: &Arc<Core>, check: &Check<'_>, random: &mut fastrand::Rng) {
    const DEMAND: u32 = 8;
    let world = check.world;
    world.set(Weather::Refusing(random.choice([None, Some("1")]).unwrap()), Vault::Open);
    let (started, mut calls) = (Instant::now(), JoinSet::new());
    for number in 0..46 * DEMAND {
        sleep(Duration::from_secs(1) / DEMAND).await;
        if number == 30 * DEMAND {
            world.set(Weather::Healthy, Vault::Open);
        }
        calls.spawn(call(Arc::clone(core), "demand".to_owned(), (Method::GET, Uuid::from_u128(1 << 64))));
    }
    let from = (started - world.started) + secs(45);
    let accepted = world.state().sent.iter().filter(|sent| sent.at >= from && sent.is_accepted).count();
    check.that(accepted >= DEMAND as usize * 8 / 10, "the pace recovers after an outage", "", &accepted);
    calls.abort_all();
}

fn simulate(seed: u64) -> Vec<Sent> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(run(seed))
}

#[test]
fn every_seed_keeps_the_rules_of_a_call() {
    let number = |name: &str| env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    if let Some(seed) = number("SIMULATION_SEED") {
        println!("{:#?}", simulate(seed));
        return;
    }
    let (started, seeds) = (std::time::Instant::now(), number("SIMULATION_SEEDS"));
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let is_wanted = seed < seeds.unwrap_or(1000) || seeds.is_none() && started.elapsed() < secs(10);
                    if !is_wanted {
                        return;
                    }
                    simulate(seed);
                }
            });
        }
    });
    println!("{} seeds or more in {:.1?}", seeds.unwrap_or(1000), started.elapsed());
}

#[test]
fn a_seed_repeats_exactly() {
    for seed in 0..100 {
        let (first, second) = (simulate(seed), simulate(seed));
        let difference = first.iter().zip(&second).find(|(first, second)| first != second);
        assert_eq!((difference, first.len()), (None, second.len()), "seed {seed}");
    }
}
