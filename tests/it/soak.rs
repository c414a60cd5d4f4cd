//! Many concurrent calls against a server with random faults: all calls end, and the server has the desired states.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use futures_util::{StreamExt, stream};
use ionos_vpn::sandbox::Fault;
use ionos_vpn::{Client, RetryPolicy, Sandbox};
use uuid::Uuid;

use crate::program::{stdout, this_test};
use crate::support::small_gateway;

const ENSURES: u32 = 5000;
const CREATES: u32 = 500;
/// Each gateway is ensured several times, with another description each time.
const GATEWAYS: u32 = 1000;
const IN_FLIGHT: usize = 64;

/// The resident memory of this process in KiB, if the system reports it.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().trim_end_matches(" kB").parse().ok()
}

fn id(number: u32) -> Uuid {
    Uuid::from_u128(u128::from(number) + 1)
}

/// Runs itself again in a process of its own, whose memory no other test uses.
#[test]
fn nothing_is_lost_and_nothing_is_done_twice() {
    const CHILD: &str = "IONOS_VPN_TEST_SOAK";
    if std::env::var_os(CHILD).is_some() {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        return runtime.worker_threads(2).enable_all().build().unwrap().block_on(soak());
    }
    let mut child = this_test("soak::nothing_is_lost_and_nothing_is_done_twice");
    let said = stdout(&child.env(CHILD, "1").output().unwrap());
    println!("{said}");
    assert!(said.contains("KiB at the end"), "the child ran the test: {said}");
}

async fn soak() {
    let sandbox = Sandbox::builder().fault_rate(0.1).seed(7).start().await.unwrap();
    // At 10 % faults, 8 attempts fail one call in 100 million.
    let retry = RetryPolicy::default().max_attempts(8).base_delay(Duration::from_millis(2));
    let client = Client::builder().base_url(sandbox.base_url()).token("sandbox").retry(retry).build().unwrap();
    let gateways = client.ipsec_gateways();
    let slowest = std::sync::Mutex::new(Duration::ZERO);
    let early = std::sync::Mutex::new(None);

    let ensure = async |call: u32| {
        let mut gateway = small_gateway();
        gateway.name = format!("gateway {}", call % GATEWAYS);
        gateway.description = Some(format!("round {}", call / GATEWAYS));
        let started = Instant::now();
        gateways.ensure(id(call % GATEWAYS), &gateway).await.unwrap();
        let mut slowest = slowest.lock().unwrap();
        *slowest = started.elapsed().max(*slowest);
        if call == ENSURES / 5 {
            *early.lock().unwrap() = resident();
        }
    };
    // Two calls for the same gateway are never in flight at the same time, because the rounds are far enough apart.
    for round in 0..ENSURES / GATEWAYS {
        let calls = (round * GATEWAYS..(round + 1) * GATEWAYS).map(&ensure);
        stream::iter(calls).buffer_unordered(IN_FLIGHT).collect::<()>().await;
    }
    let late = resident();

    let create = async |call: u32| {
        let mut gateway = small_gateway();
        gateway.name = format!("created {call}");
        (gateway.name.clone(), gateways.create(&gateway).await)
    };
    let created: Vec<_> = stream::iter((0..CREATES).map(create)).buffer_unordered(IN_FLIGHT).collect().await;

    for number in 0..GATEWAYS {
        let held = sandbox.get_raw(id(number)).unwrap();
        assert_eq!(held["properties"]["name"], format!("gateway {number}"));
        assert_eq!(held["properties"]["description"], format!("round {}", ENSURES / GATEWAYS - 1));
    }
    let requests = sandbox.requests();
    let mut acted: HashMap<String, u32> = HashMap::new();
    for post in requests.iter().filter(|request| request.method == "POST") {
        let turned_away = matches!(post.fault, Some(Fault::Status(_) | Fault::RateLimited(_)));
        *acted.entry(post.body["properties"]["name"].to_string()).or_default() += u32::from(!turned_away);
    }
    assert_eq!(acted.len(), CREATES as usize);
    assert!(acted.values().all(|count| *count <= 1), "a POST was acted on twice");
    for (name, result) in &created {
        let acted = acted[&format!("{name:?}")];
        match result {
            Ok(_) => assert_eq!(acted, 1, "{name}"),
            Err(error) => assert!(error.may_have_been_applied(), "{name}: {error}"),
        }
    }

    let mut faults: BTreeMap<String, u32> = BTreeMap::new();
    for fault in requests.iter().filter_map(|request| request.fault) {
        *faults.entry(format!("{fault:?}")).or_default() += 1;
    }
    let failed = created.iter().filter(|(_, result)| result.is_err()).count();
    let retries = requests.len() - (ENSURES + CREATES) as usize;
    println!(
        "{ENSURES} ensures, {CREATES} creates ({failed} ended with an error), {retries} retries, faults {faults:?}"
    );
    println!(
        "slowest ensure {:?}, resident {:?} KiB after a fifth, {late:?} KiB at the end",
        slowest.lock().unwrap(),
        early.lock().unwrap()
    );
    assert!(faults.len() == 4 && faults.values().all(|count| *count > 50), "{faults:?}");
    if let (Some(early), Some(late)) = (*early.lock().unwrap(), late) {
        // The sandbox's log of the requests is in here too.
        assert!(late < early + 40_000, "{early} KiB grew to {late} KiB");
    }
}
