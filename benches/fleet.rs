//! What rate limiting costs: the time of many ensures against a sandbox that limits the rate, as a ratio to the ideal time, and
//! the requests that it refused. `cargo bench --bench fleet`; each row takes about a minute.

#![allow(missing_docs, clippy::unwrap_used)]

use std::time::Instant;

use futures_util::{StreamExt, stream};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{IpSecGatewayEnsure, Sandbox, Validate};
use uuid::Uuid;

const IN_FLIGHT: usize = 64;

/// Ensures `count` gateways against a server that accepts `rate` requests per second, `burst` of them at once.
async fn ensure(count: u32, rate: u32, burst: u32) {
    let sandbox = Sandbox::start().await.unwrap();
    sandbox.rate_limit(rate, burst);
    let gateway = IpSecGatewayEnsure::from_json(include_bytes!("../examples/gateway.json")).unwrap().properties;
    let gateways = sandbox.client().ipsec_gateways();
    let started = Instant::now();
    let calls = (0..count).map(|number| {
        let (gateways, gateway) = (&gateways, &gateway);
        async move { gateways.ensure(Uuid::from_u128(number.into()), gateway).await }
    });
    let results: Vec<_> = stream::iter(calls).buffer_unordered(IN_FLIGHT).collect().await;
    let ideal = f64::from(count - burst.min(count)) / f64::from(rate);
    let ratio = started.elapsed().as_secs_f64() / ideal;
    let failed = results.iter().filter(|result| result.is_err()).count();
    let refused = sandbox.requests().iter().filter(|it| matches!(it.fault, Some(Fault::RateLimited(_)))).count();
    println!(
        "{count} ensures, {rate} a second, burst {burst}: {ratio:.2} of the ideal time, {refused} refused, {failed} failed"
    );
}

#[tokio::main]
async fn main() {
    for (count, rate) in [(500, 10), (1000, 20), (5000, 100)] {
        ensure(count, rate, rate).await;
        ensure(count, rate, 1).await;
    }
}
