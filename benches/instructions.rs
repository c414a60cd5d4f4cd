//! How many instructions a call takes, as valgrind counts them: a number that a busy machine does not disturb.
//!
//! `cargo bench --bench instructions` counts an ensure with this crate, the same PUT by hand on reqwest, and the generated client
//! through `Client::call`, on a current-thread runtime, against a server in another process that answers a fixed body; then a
//! validation and a comparison. What a program does once is left out: each count is `(count(260) - count(60)) / 200`. Last comes
//! the CPU time of calls of which 64 are in flight, without valgrind.
//!
//! It runs itself: `instructions serve` is the server, `instructions TASK COUNT URL` runs a task `COUNT` times.

#![allow(missing_docs, clippy::cast_precision_loss, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::env::current_exe;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use futures_util::{StreamExt, stream};
use ionos_vpn::{Client, IpSecGatewayRead, Validate, drift};
use tokio::net::TcpListener;

mod common;

use common::{answer, desired, with_ten_connections};

const CALLS: [&str; 3] = ["hand", "raw", "ensure"];
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

/// Makes `count` calls, `in_flight` at once.
async fn call(task: &str, count: usize, in_flight: usize, url: &str) {
    let client = Client::builder().base_url(url).token("bench").build().unwrap();
    let gateways = client.ipsec_gateways();
    let http = reqwest::Client::new();
    let (body, base) = (desired(), url);
    let run = async || match task {
        "ensure" => drop(black_box(gateways.ensure(body.id, &body.properties).await.unwrap())),
        "raw" => {
            let (id, body) = (&body.id, &body);
            let call = client.call(|api| async move { api.ipsecgateways_put(id, body).await });
            drop(black_box(call.await.unwrap()));
        }
        _ => {
            let url = format!("{base}/ipsecgateways/{}", body.id);
            let request = http.put(url).bearer_auth("bench").header("accept", "application/json").json(&body);
            let response = request.send().await.unwrap().error_for_status().unwrap();
            drop(black_box(response.json::<IpSecGatewayRead>().await.unwrap()));
        }
    };
    if in_flight > 1 {
        return stream::iter(0..count).map(|_| run()).buffer_unordered(in_flight).for_each(async |()| {}).await;
    }
    for _ in 0..count {
        run().await;
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
    let Some(task) = task.strip_prefix("cpu_") else { return runtime.block_on(call(task, count, 1, url)) };
    runtime.block_on(call(task, count / 10, IN_FLIGHT, url));
    let before = cpu_time();
    runtime.block_on(call(task, count, IN_FLIGHT, url));
    println!("{}", (cpu_time() - before) / count as u64);
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
    let instructions = |task| (count(task, 260, &url) - count(task, 60, &url)) / 200;
    let hand = instructions(CALLS[0]);
    println!("hand: {hand} instructions");
    for task in &CALLS[1..] {
        let count = instructions(task);
        println!("{task}: {count} instructions, {:.3} x by hand", count as f64 / hand as f64);
    }
    for task in PURE {
        println!("{task}: {} instructions", instructions(task));
    }
    let cpu = |task: &str| {
        let arguments = [&format!("cpu_{task}"), "5000", &url];
        // Use the minimum of several runs, because it is the least disturbed one.
        let run = || Command::new(current_exe().unwrap()).args(arguments).output().unwrap().stdout;
        let times = (0..5).map(|_| String::from_utf8(run()).unwrap().trim().parse::<f64>().unwrap());
        times.fold(f64::INFINITY, f64::min)
    };
    let hand = cpu(CALLS[0]);
    for task in &CALLS[1..] {
        println!("{task}, {IN_FLIGHT} in flight: {:.3} x the CPU time by hand", cpu(task) / hand);
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
