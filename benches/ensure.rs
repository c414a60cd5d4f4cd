//! The overhead of the crate: compares `ensure` with the same PUT on plain reqwest, against the same sandbox in one
//! run.

#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, criterion_group, criterion_main};
use ionos_vpn::{IpSecGatewayEnsure, IpSecGatewayRead, Sandbox, Validate};
use serde_json::json;

fn ensure(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::builder().token("bench").start()).unwrap();
    let body = IpSecGatewayEnsure::from_json(include_bytes!("../examples/gateway.json")).unwrap();
    let gateways = sandbox.client().ipsec_gateways();
    let http = reqwest::Client::new();
    let url = format!("{}/ipsecgateways/{}", sandbox.base_url(), body.id);

    let mut group = criterion.benchmark_group("ensure");
    group.bench_function("ionos-vpn", |bencher| {
        bencher.iter(|| runtime.block_on(gateways.ensure(body.id, &body.properties)).unwrap());
    });
    group.bench_function("plain reqwest", |bencher| {
        let call = async || {
            let request = http.put(&url).bearer_auth("bench").json(&json!(body));
            request.send().await?.error_for_status()?.json::<IpSecGatewayRead>().await
        };
        bencher.iter(|| runtime.block_on(call()).unwrap());
    });
    group.finish();
}

criterion_group!(benches, ensure);
criterion_main!(benches);
