//! What a fleet costs, against the sandbox and against a small server. `cargo bench --bench fleet` runs all parts, in about nine
//! minutes; `cargo bench --bench fleet -- rate` runs one:
//!
//! - `reconcile`: the requests and the memory that it takes to reconcile many.
//! - `faults`: what becomes of many ensures when requests fail.
//! - `rate`: many ensures under a rate limit: the time as a ratio to the ideal time, the requests that were refused, and the longest
//!   call.
//! - `outage`: a server that refuses everything for a while, without `Retry-After`: whether one call succeeds, and how soon a service
//!   is back at its demand. The outage takes 20 seconds. (The tests of the pace simulate a minute.)

#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

use std::cell::Cell;
use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{CallOptions, Client, IpSecGateway, Resources, Sandbox};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::interval;
use uuid::Uuid;

mod common;

use common::{answer_if, desired as page};

const IN_FLIGHT: usize = 64;

/// Ensures `count` gateways, and returns the number of failed calls. `check` is called after each call, with its number and its time.
async fn ensure_all(gateways: &Resources<IpSecGateway>, count: u32, check: impl Fn(u32, Duration)) -> usize {
    let gateway = page().properties;
    let calls = (0..count).map(|number| {
        let (gateway, check) = (&gateway, &check);
        async move {
            let started = Instant::now();
            let result = gateways.ensure(Uuid::from_u128((number % 1000).into()), gateway).await;
            check(number, started.elapsed());
            usize::from(result.is_err())
        }
    });
    stream::iter(calls).buffer_unordered(IN_FLIGHT).fold(0, async |sum, failed| sum + failed).await
}

/// Against a server that accepts `rate` requests per second, `burst` of them at once.
async fn rate_limit(count: u32, rate: u32, burst: u32) {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.rate_limit(rate, burst);
    let started = Instant::now();
    let longest = Cell::new(Duration::ZERO);
    let note = |_, time| longest.set(longest.get().max(time));
    let failed = ensure_all(&sandbox.client().ipsec_gateways(), count, note).await;
    let ideal = f64::from(count - burst.min(count)) / f64::from(rate);
    let ratio = started.elapsed().as_secs_f64() / ideal;
    let refused = sandbox.requests().iter().filter(|it| matches!(it.fault, Some(Fault::RateLimited(_)))).count();
    println!(
        "{count} ensures, {rate} a second, burst {burst}: {ratio:.2} of the ideal time, {refused} refused, {failed} failed; \
         the longest call took {:.1?}",
        longest.get()
    );
}

/// A server that refuses every request of an outage with 429, without `Retry-After`.
struct Refusing {
    url: String,
    started: Instant,
    outage: Range<Duration>,
    /// When a request was received, and whether it was accepted.
    seen: Mutex<Vec<(Duration, bool)>>,
}

impl Refusing {
    async fn start(outage: Range<Duration>) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = Arc::new(Self { url, started: Instant::now(), outage, seen: Mutex::default() });
        let shared = Arc::clone(&server);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = Arc::clone(&shared);
                tokio::spawn(async move { answer_if(stream, || server.accepts()).await });
            }
        });
        server
    }

    fn accepts(&self) -> bool {
        let now = self.started.elapsed();
        let accepts = !self.outage.contains(&now);
        self.seen.lock().unwrap().push((now, accepts));
        accepts
    }

    fn client(&self) -> Client {
        Client::builder().base_url(&self.url).token("bench").build().unwrap()
    }
}

/// One call and a server that refuses for two seconds; `count` times, each with a client of its own.
async fn one_call(count: usize) {
    let calls = (0..count).map(async |_| {
        let server = Refusing::start(Duration::ZERO..Duration::from_secs(2)).await;
        let result = server.client().ipsec_gateways().ensure(page().id, &page().properties).await;
        (result.map(|ensured| ensured.attempts), server.started.elapsed())
    });
    let calls = join_all(calls).await;
    let failed = calls.iter().filter(|(result, _)| result.is_err()).count();
    let times = || calls.iter().map(|(_, time)| *time);
    let attempts = calls.iter().filter_map(|(result, _)| result.as_ref().ok()).max().unwrap_or(&0);
    println!(
        "one call, refused for 2 s: {failed} of {count} failed; they took {:.1?} to {:.1?}, and {attempts} requests at most",
        times().min().unwrap(),
        times().max().unwrap()
    );
}

/// A service starts `demand` calls a second, whatever becomes of them, and the server refuses everything from second 5 to second 25.
async fn recovery(demand: u32, total_time: Duration) {
    let (begin, end) = (Duration::from_secs(5), Duration::from_secs(25));
    // How many seconds after the outage are looked at.
    let watched = 30;
    let server = Refusing::start(begin..end).await;
    let client = server.client();
    let gateways = client.ipsec_gateways().with_options(CallOptions::default().total_timeout(total_time));
    let (id, gateway) = (page().id, page().properties);
    let (mut calls, mut unlimited) = (JoinSet::new(), None);
    let mut ticks = interval(Duration::from_secs(1) / demand);
    while server.started.elapsed() < end + Duration::from_secs(watched.into()) {
        ticks.tick().await;
        let (gateways, gateway) = (gateways.clone(), gateway.clone());
        // The total time of a call may end before the outage does.
        let is_hopeless = (begin..end).contains(&(server.started.elapsed() + total_time));
        calls.spawn(async move { gateways.ensure(id, &gateway).await.is_err() && !is_hopeless });
        let after = server.started.elapsed().checked_sub(end);
        unlimited = after.filter(|_| client.load().rate.is_none()).map(|after| unlimited.unwrap_or(after));
    }
    let failed = calls.join_all().await.into_iter().filter(|failed| *failed).count();
    let seen = server.seen.lock().unwrap();
    let refused = seen.iter().filter(|(_, accepted)| !accepted).count();
    let accepted_in = |second: u32| {
        let (from, to) = (end + Duration::from_secs(1) * second, end + Duration::from_secs(1) * (second + 1));
        seen.iter().filter(|(at, accepted)| *accepted && (from..to).contains(at)).count()
    };
    let is_low = |second: &u32| accepted_in(*second) * 10 < demand as usize * 8;
    let low = (0..watched).rev().find(is_low).map_or(0, |second| second + 1);
    let unlimited = unlimited.map_or("never".to_owned(), |after| format!("after {:.0} s", after.as_secs_f64()));
    println!(
        "{demand} calls a second, all refused for 20 s: back at 80 % of the demand after {low} s, no limit {unlimited}; \
         {refused} refused; of the calls whose time ended after that, {failed} failed"
    );
}

/// The memory of this process in MiB, if the system reports it: the current value or the peak.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() / 1024
}

async fn faults(count: u32) {
    let sandbox = Sandbox::builder().fault_rate(0.1).seed(7).start().await.unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    let failed = ensure_all(&gateways, count, |number, _| {
        if number % (count / 5) == 0 && number > 0 {
            println!("  {} MiB after {number}", memory("VmRSS:"));
        }
    });
    println!("{count} ensures, a tenth of the requests fails: {} failed", failed.await);
}

/// Reconciles `count` gateways, some of which drifted and some of which are missing. The sandbox can run in a separate
/// process, to measure memory.
async fn reconcile(count: usize, drifted: usize, missing: usize) {
    let own = Sandbox::start().await.unwrap();
    let (client, is_own) = match std::env::var("IONOS_API_URL") {
        Ok(url) => (Client::builder().base_url(url).token("sandbox").build().unwrap(), false),
        Err(_) => (own.client(), true),
    };
    let gateways = client.ipsec_gateways();
    let mut desired: Vec<_> =
        (0..count).map(|number| (Uuid::from_u128(1 << 64 | number as u128), page().properties)).collect();
    if is_own {
        let (first, _) = desired.first().unwrap();
        gateways.wait_until_available(&gateways.ensure(*first, &page().properties).await.unwrap()).await.unwrap();
        let mut shown = own.get_raw(first).unwrap();
        for (id, _) in &desired {
            shown["id"] = id.to_string().into();
            own.insert_raw(id, shown.clone());
        }
    } else {
        let results = gateways.clone().concurrency(IN_FLIGHT).reconcile_all(desired.clone());
        results.for_each(async |(_, result)| drop(result.unwrap())).await;
    }
    let before = own.requests().len();
    let started = memory("VmRSS:");
    for (_, gateway) in desired.iter_mut().take(drifted) {
        gateway.name = "renamed".into();
    }
    desired.extend((0..missing).map(|number| (Uuid::from_u128(2 << 64 | number as u128), page().properties)));
    let failed =
        gateways.reconcile_all(desired).filter(|(_, result)| std::future::ready(result.is_err())).count().await;
    let memory = format!("{started} MiB before, {} MiB at most", memory("VmHWM:"));
    let requests = if is_own { (own.requests().len() - before).to_string() } else { "?".to_owned() };
    println!(
        "reconcile_all of {count}, {drifted} drifted, {missing} missing: {requests} requests, {failed} failed; {memory}"
    );
}

#[tokio::main]
async fn main() {
    let part = std::env::args().nth(1).filter(|part| !part.starts_with("--"));
    let runs = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if runs("reconcile") {
        reconcile(10_000, 0, 0).await;
        reconcile(10_000, 25, 5).await;
    }
    if runs("faults") {
        faults(100_000).await;
    }
    if runs("rate") {
        for (count, rate) in [(500, 10), (1000, 20), (5000, 100)] {
            rate_limit(count, rate, rate).await;
            rate_limit(count, rate, 1).await;
        }
    }
    if runs("outage") {
        one_call(10).await;
        // A service that makes many calls gives each less time.
        for (demand, seconds) in [(5, 60), (40, 60), (200, 5)] {
            recovery(demand, Duration::from_secs(seconds)).await;
        }
    }
}
