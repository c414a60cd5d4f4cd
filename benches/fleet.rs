//! What a fleet costs, against the sandbox: the time of many ensures under a rate limit, as a ratio to the ideal time, and the
//! requests that were refused; what becomes of many ensures when requests fail; the requests and the memory that it takes to
//! reconcile many. `cargo bench --bench fleet`; about six minutes. `cargo bench --bench fleet -- reconcile` runs one part
//! (`rate`, `faults`, `reconcile`).

#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

use std::time::Instant;

use futures_util::{StreamExt, stream};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{Client, IpSecGateway, Resources, Sandbox};
use uuid::Uuid;

mod common;

use common::desired as page;

const IN_FLIGHT: usize = 64;

/// Ensures `count` gateways, and returns the number of failed calls. `check` is called after each call.
async fn ensure_all(gateways: &Resources<IpSecGateway>, count: u32, check: impl Fn(u32)) -> usize {
    let gateway = page().properties;
    let calls = (0..count).map(|number| {
        let (gateway, check) = (&gateway, &check);
        async move {
            let result = gateways.ensure(Uuid::from_u128((number % 1000).into()), gateway).await;
            check(number);
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
    let failed = ensure_all(&sandbox.client().ipsec_gateways(), count, |_| {}).await;
    let ideal = f64::from(count - burst.min(count)) / f64::from(rate);
    let ratio = started.elapsed().as_secs_f64() / ideal;
    let refused = sandbox.requests().iter().filter(|it| matches!(it.fault, Some(Fault::RateLimited(_)))).count();
    println!(
        "{count} ensures, {rate} a second, burst {burst}: {ratio:.2} of the ideal time, {refused} refused, {failed} failed"
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
    let failed = ensure_all(&gateways, count, |number| {
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
}
