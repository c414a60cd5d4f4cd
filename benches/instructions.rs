//! How many instructions a call takes, as valgrind counts them: a number that a busy machine does not disturb.
//!
//! `cargo bench --bench instructions` counts calls of this crate and the same calls *by hand*, on a current-thread runtime, against a
//! server in another process that answers a fixed body; then validations and comparisons. What a program does once is left out:
//! each count is the difference between two runs of different lengths. Last comes the CPU time of calls of which 64 are in flight,
//! without valgrind. Each line shows the limit, if there is one, and whether it holds. A limit that does not hold is no failure.
//!
//! By hand means: reqwest, with the timeouts that this crate sets (10 s for a connection, 30 s for a request with its response), no
//! proxy, the bearer token, `Accept`, the same Rust types for the bodies, and an error for an error status. No validation, no retry,
//! no pace, no span, no limit for the size of the response.
//!
//! It runs itself: `instructions serve` is the server, `instructions TASK COUNT URL` runs a task `COUNT` times.

#![allow(missing_docs, clippy::cast_precision_loss, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::env::current_exe;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use ionos_vpn::types::IpSecGatewayReadList;
use ionos_vpn::{Client, IpSecGateway, IpSecGatewayEnsure, IpSecGatewayRead, ListOptions, Resources, Validate, drift};
use tokio::net::TcpListener;

mod common;

use common::{PAGE_SIZE, answer, desired, with_ten_connections};

/// Columns: the task, the same by hand, and the limit for the ratio of their instructions.
const CALLS: [(&str, &str, f64); 3] =
    [("get", "get_by_hand", 1.05), ("raw", "put_by_hand", 1.20), ("ensure", "put_by_hand", 1.20)];
/// The limit for the instructions of one element of a list.
const LIST_LIMIT: f64 = 35_000.0;
/// The limit for the ratio of the CPU times.
const CPU_LIMIT: f64 = 1.25;
const PURE: [&str; 5] = ["validate", "validate_ten", "validate_json", "drift_equal", "drift_different"];
const IN_FLIGHT: usize = 64;

fn serve() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        println!("http://{}", listener.local_addr().unwrap());
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream));
        }
    });
}

/// The clients, and what they send.
struct Calls {
    base: String,
    client: Client,
    gateways: Resources<IpSecGateway>,
    /// The client of the calls by hand.
    http: reqwest::Client,
    body: IpSecGatewayEnsure,
}

impl Calls {
    fn new(url: &str) -> Self {
        let client = Client::builder().base_url(url).token("bench").build().unwrap();
        let gateways = client.ipsec_gateways().list_options(ListOptions::default().page_size(PAGE_SIZE));
        let http = reqwest::Client::builder().no_proxy();
        let http = http.connect_timeout(Duration::from_secs(10)).timeout(Duration::from_secs(30)).build().unwrap();
        Self { base: url.to_owned(), client, gateways, http, body: desired() }
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> reqwest::Response {
        let request = request.bearer_auth("bench").header("accept", "application/json");
        request.send().await.unwrap().error_for_status().unwrap()
    }

    async fn run(&self, task: &str) {
        let Self { base, client, gateways, http, body } = self;
        match task {
            "get" => drop(black_box(gateways.get(body.id).await.unwrap())),
            "get_by_hand" => {
                let response = self.send(http.get(format!("{base}/ipsecgateways/{}", body.id))).await;
                drop(black_box(response.json::<IpSecGatewayRead>().await.unwrap()));
            }
            "ensure" => drop(black_box(gateways.ensure(body.id, &body.properties).await.unwrap())),
            "raw" => {
                let call = client.call(|api| async move { api.ipsecgateways_put(&body.id, body).await });
                drop(black_box(call.await.unwrap()));
            }
            "put_by_hand" => {
                let response = self.send(http.put(format!("{base}/ipsecgateways/{}", body.id)).json(body)).await;
                drop(black_box(response.json::<IpSecGatewayRead>().await.unwrap()));
            }
            "list" => {
                let page = gateways.list().take(PAGE_SIZE as usize).map_ok(black_box);
                assert_eq!(page.try_fold(0, async |count, _| Ok(count + 1)).await.unwrap(), PAGE_SIZE);
            }
            "list_by_hand" => {
                let query = [("limit", PAGE_SIZE), ("offset", 0)];
                let response = self.send(http.get(format!("{base}/ipsecgateways")).query(&query)).await;
                let page = black_box(response.json::<IpSecGatewayReadList>().await.unwrap());
                assert_eq!(page.items.len(), PAGE_SIZE as usize);
            }
            _ => panic!("unknown task: {task}"),
        }
    }

    /// Runs a task `count` times, [`IN_FLIGHT`] at once.
    async fn run_many(&self, task: &str, count: usize) {
        let calls = stream::iter(0..count).map(|_| self.run(task)).buffer_unordered(IN_FLIGHT);
        calls.for_each(async |()| {}).await;
    }
}

fn repeat(task: &str, count: usize) {
    let gateway = desired().properties;
    let ten = with_ten_connections();
    let json = serde_json::to_value(&gateway).unwrap();
    let (same, mut renamed) = (ten.clone(), ten.clone());
    renamed.name = "renamed".into();
    for _ in 0..count {
        match task {
            "validate" => black_box(&gateway).validate().unwrap(),
            "validate_ten" => black_box(&ten).validate().unwrap(),
            // The value is part of the count, as a program hands it over.
            "validate_json" => drop(ionos_vpn::IpSecGateway::from_value(black_box(&json).clone()).unwrap()),
            "drift_equal" => assert!(drift(black_box(&ten), &same).is_empty()),
            _ => assert!(!drift(black_box(&ten), &renamed).is_empty()),
        }
    }
}

/// The CPU time of this thread so far, in nanoseconds.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse().unwrap()
}

fn work(task: &str, count: usize, url: &str) {
    if PURE.contains(&task) {
        return repeat(task, count);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let calls = Calls::new(url);
    runtime.block_on(async {
        match task.strip_prefix("many_") {
            Some(task) => calls.run_many(task, count).await,
            None => {
                for _ in 0..count {
                    calls.run(task).await;
                }
            }
        }
    });
}

/// Returns the CPU time of a task with [`IN_FLIGHT`] in flight, as a ratio to the same by hand.
fn cpu_ratio(task: &str, by_hand: &str, url: &str) -> f64 {
    let mut ratios = Vec::new();
    // The state of the memory allocator matters, so there are several clients.
    for _ in 0..10 {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let calls = Calls::new(url);
        let time = |task| {
            let before = cpu_time();
            runtime.block_on(calls.run_many(task, 300));
            (cpu_time() - before) as f64
        };
        // The runs are short and alternate, so that a busy machine disturbs both alike. The first two connect.
        ratios.extend((0..16).map(|_| time(task) / time(by_hand)).skip(1));
    }
    ratios.sort_by(f64::total_cmp);
    ratios[ratios.len() / 2]
}

/// Runs a task in a process of its own, under valgrind, and returns the count.
fn count(task: &str, calls: u32, url: &str) -> u64 {
    let out = "--callgrind-out-file=/dev/null";
    let arguments = [task, &calls.to_string(), url];
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", out]).arg(current_exe().unwrap()).args(arguments);
    let output = command.output().unwrap_or_else(|error| panic!("valgrind must be installed: {error}"));
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().find_map(|line| line.split_once("Collected : "));
    line.unwrap_or_else(|| panic!("{text}")).1.trim().parse().unwrap()
}

fn server() -> (Child, String) {
    let mut child = Command::new(current_exe().unwrap()).arg("serve").stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().to_owned())
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["serve"] => return serve(),
        [task, count, url] => return work(task, count.parse().unwrap(), url),
        _ => {}
    }
    let (mut child, url) = server();
    compare(&url);
    list(&url);
    for task in PURE {
        println!("{task}: {} instructions", instructions(task, 200, &url));
    }
    in_flight(&url);
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Returns the instructions of one of `calls` calls, without what the process does once.
fn instructions(task: &str, calls: u32, url: &str) -> f64 {
    // The first calls are not like the others: they connect, and fill caches.
    let first = calls / 3;
    (count(task, first + calls, url) - count(task, first, url)) as f64 / f64::from(calls)
}

/// Says whether a limit holds.
fn verdict(value: f64, limit: f64) -> String {
    let holds = if value <= limit { "holds" } else { "DOES NOT HOLD" };
    format!("(limit {limit}: {holds})")
}

fn compare(url: &str) {
    for (task, by_hand, limit) in CALLS {
        let (task_count, hand) = (instructions(task, 200, url), instructions(by_hand, 200, url));
        let (ratio, verdict) = (task_count / hand, verdict(task_count / hand, limit));
        println!("{task}: {task_count:.0} instructions, {by_hand}: {hand:.0}, ratio {ratio:.3} {verdict}");
    }
}

fn list(url: &str) {
    let [list, hand] = ["list", "list_by_hand"].map(|task| instructions(task, 10, url) / f64::from(PAGE_SIZE));
    let verdict = verdict(list, LIST_LIMIT);
    println!(
        "list, page of {PAGE_SIZE}: {list:.0} instructions for each element {verdict}, {:.3} x by hand",
        list / hand
    );
}

/// Compares calls of which [`IN_FLIGHT`] are in flight: their CPU time, and their instructions.
fn in_flight(url: &str) {
    for (task, by_hand, _) in CALLS {
        let ratio = cpu_ratio(task, by_hand, url);
        let [count, hand] = [task, by_hand].map(|task| instructions(&format!("many_{task}"), 1500, url));
        let (verdict, counts) = (verdict(ratio, CPU_LIMIT), count / hand);
        println!(
            "{task}, {IN_FLIGHT} in flight: {ratio:.3} x the CPU time by hand {verdict}, {counts:.3} x the instructions"
        );
    }
}
