//! The time that the crate takes, in comparison with the same work by hand in the same run.
//!
//! An ensure is compared with the same PUT on plain reqwest, with the same timeouts, and with the generated client (`Client::call`),
//! over HTTP and TLS, and with 64 calls in flight. A list of 10,000 gateways is compared with its pages on plain reqwest. Then come the parts that do no I/O:
//! validation, drift, decoding. The server runs in the same process, in threads of its own.

#![allow(missing_docs, clippy::indexing_slicing, clippy::unwrap_used)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use futures_util::{StreamExt, TryStreamExt, stream};
use ionos_vpn::types::IpSecGatewayReadList;
use ionos_vpn::{Client, IpSecGatewayRead, Sandbox, Validate, drift};
use rcgen::{CertificateParams, KeyPair};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use uuid::Uuid;

mod common;

use common::{RESPONSE, answer, desired, with_ten_connections};

const IN_FLIGHT: usize = 64;
const LISTED: u32 = 10_000;
const PAGE: u32 = 1000;

/// Starts a server on threads of its own; with `tls`, one for HTTPS. Returns its URL.
async fn serve(runtime: &Runtime, tls: Option<TlsAcceptor>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let scheme = if tls.is_some() { "https" } else { "http" };
    let url = format!("{scheme}://localhost:{}", listener.local_addr().unwrap().port());
    runtime.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            let tls = tls.clone();
            tokio::spawn(async move {
                match tls {
                    Some(tls) => answer(tls.accept(stream).await.ok()?).await,
                    None => answer(stream).await,
                }
            });
        }
    });
    url
}

/// Returns a certificate for `localhost` as PEM, and what a server needs to use it.
fn certificate() -> (String, TlsAcceptor) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    (certificate.pem(), TlsAcceptor::from(Arc::new(config)))
}

/// Returns a client for the calls by hand, with the timeouts that this crate sets.
fn with_timeouts(builder: reqwest::ClientBuilder) -> reqwest::Client {
    builder.connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(30)).build().unwrap()
}

/// Compares an ensure with the generated client and with plain reqwest, one at a time and many at once.
fn calls(criterion: &mut Criterion, name: &str, tls: Option<(String, TlsAcceptor)>) {
    let (servers, runtime) = (Runtime::new().unwrap(), Runtime::new().unwrap());
    let (pem, tls) = tls.unzip();
    let url = runtime.block_on(serve(&servers, tls));
    let http = || match &pem {
        Some(pem) => {
            let certificate = reqwest::Certificate::from_pem(pem.as_bytes()).unwrap();
            reqwest::Client::builder().no_proxy().tls_certs_only([certificate])
        }
        None => reqwest::Client::builder().no_proxy(),
    };
    let client = Client::builder().base_url(&url).token("bench");
    let client = if let Some(pem) = &pem { client.root_certificate(pem) } else { client };
    let client = client.build().unwrap();
    let http = with_timeouts(http());
    let (gateways, body) = (client.ipsec_gateways(), desired());
    let url = format!("{url}/ipsecgateways/{}", body.id);
    let ensure = async || drop(black_box(gateways.ensure(body.id, &body.properties).await.unwrap()));
    let generated = async || {
        let (id, body) = (&body.id, &body);
        let call = client.call(|api| async move { api.ipsecgateways_put(id, body).await });
        drop(black_box(call.await.unwrap()));
    };
    let by_hand = async || {
        let request = http.put(&url).bearer_auth("bench").header("accept", "application/json").json(&body);
        let response = request.send().await.unwrap().error_for_status().unwrap();
        drop(black_box(response.json::<IpSecGatewayRead>().await.unwrap()));
    };

    let mut group = criterion.benchmark_group(name);
    group.bench_function("ionos-vpn", |bencher| bencher.iter(|| runtime.block_on(ensure())));
    group.bench_function("generated client", |bencher| bencher.iter(|| runtime.block_on(generated())));
    group.bench_function("plain reqwest", |bencher| bencher.iter(|| runtime.block_on(by_hand())));
    group.finish();

    let mut group = criterion.benchmark_group(format!("{name}, 1000 calls, {IN_FLIGHT} in flight"));
    group.sample_size(20);
    macro_rules! many {
        ($call:ident) => {{
            let calls = stream::iter(0..1000).map(|_| $call()).buffer_unordered(IN_FLIGHT);
            runtime.block_on(calls.for_each(async |()| {}));
        }};
    }
    group.bench_function("ionos-vpn", |bencher| bencher.iter(|| many!(ensure)));
    group.bench_function("generated client", |bencher| bencher.iter(|| many!(generated)));
    group.bench_function("plain reqwest", |bencher| bencher.iter(|| many!(by_hand)));
    group.finish();
}

fn list(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::builder().token("bench").start()).unwrap();
    let mut resource: Value = serde_json::from_str(RESPONSE).unwrap();
    for number in 0..LISTED {
        let id = Uuid::from_u128(number.into());
        resource["id"] = json!(id);
        sandbox.insert_raw(id, resource.clone());
    }
    let (gateways, http) = (sandbox.client().ipsec_gateways(), with_timeouts(reqwest::Client::builder().no_proxy()));
    let url = format!("{}/ipsecgateways", sandbox.base_url());
    let list = gateways.list_options(ionos_vpn::ListOptions::default().page_size(PAGE));
    let by_hand = async || {
        let mut count = 0;
        for offset in (0..=LISTED).step_by(PAGE as usize) {
            let request = http.get(&url).query(&[("limit", PAGE), ("offset", offset)]).bearer_auth("bench");
            let page: IpSecGatewayReadList = request.send().await.unwrap().json().await.unwrap();
            count += page.items.len();
        }
        assert_eq!(count, LISTED as usize);
    };

    let mut group = criterion.benchmark_group("list of 10,000");
    group.sample_size(10);
    group.bench_function("ionos-vpn", |bencher| {
        bencher.iter(|| {
            let count = list.list().try_fold(0, async |count, _| Ok(count + 1));
            assert_eq!(runtime.block_on(count).unwrap(), LISTED);
        });
    });
    group.bench_function("plain reqwest", |bencher| bencher.iter(|| runtime.block_on(by_hand())));
    group.finish();
}

fn pure(criterion: &mut Criterion) {
    let (one, ten) = (desired().properties, with_ten_connections());
    let (json_one, json_ten) = (serde_json::to_vec(&one).unwrap(), serde_json::to_vec(&ten).unwrap());
    let (same, mut renamed) = (ten.clone(), ten.clone());
    renamed.name = "renamed".into();

    let mut group = criterion.benchmark_group("validation");
    group.bench_function("1 connection", |bencher| bencher.iter(|| black_box(&one).validate().unwrap()));
    group.bench_function("10 connections", |bencher| bencher.iter(|| black_box(&ten).validate().unwrap()));
    for (name, json) in [("1 connection", &json_one), ("10 connections", &json_ten)] {
        group.bench_function(format!("{name}, from_json"), |bencher| {
            bencher.iter(|| ionos_vpn::IpSecGateway::from_json(black_box(json)).unwrap());
        });
        group.bench_function(format!("{name}, serde_json::from_slice alone"), |bencher| {
            bencher.iter(|| serde_json::from_slice::<ionos_vpn::IpSecGateway>(black_box(json)).unwrap());
        });
    }
    group.finish();

    let mut group = criterion.benchmark_group("drift, 10 connections");
    group.bench_function("equal", |bencher| bencher.iter(|| drift(black_box(&ten), &same)));
    group.bench_function("another name", |bencher| bencher.iter(|| drift(black_box(&ten), &renamed)));
    group.finish();

    let mut group = criterion.benchmark_group("decoding a response");
    group.bench_function("typed", |bencher| {
        bencher.iter(|| serde_json::from_str::<IpSecGatewayRead>(black_box(RESPONSE)).unwrap());
    });
    group.bench_function("serde_json::Value", |bencher| {
        bencher.iter(|| serde_json::from_str::<Value>(black_box(RESPONSE)).unwrap());
    });
    group.finish();
}

fn ensure(criterion: &mut Criterion) {
    calls(criterion, "ensure", None);
}

fn ensure_tls(criterion: &mut Criterion) {
    calls(criterion, "ensure over TLS", Some(certificate()));
}

criterion_group!(benches, ensure, ensure_tls, list, pure);
criterion_main!(benches);
