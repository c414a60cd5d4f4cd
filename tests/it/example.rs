//! The example `ensure` as a user runs it: exit codes, stdout and stderr.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};

use crate::program::{TOKEN, example, file, run, text};
use crate::server::{Server, answer, headers};
use crate::support::{PAGE_ID, PAGE_REQUEST, PAGE_RESPONSE};

/// Runs the example `ensure` against a server, without blocking the runtime of the server.
async fn ensure(base_url: &str, arguments: &[&str]) -> Output {
    let mut command = example("ensure");
    command.args(["--base-url", base_url]).args(arguments);
    run(command).await
}

#[track_caller]
fn gateway(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The sandbox as a process of its own.
struct Process(Child, String);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

fn sandbox(provisioning_ms: u32) -> Process {
    let mut command = example("sandbox");
    command.args(["--token", TOKEN, "--provisioning-ms", &provisioning_ms.to_string()]);
    listening(command)
}

/// Starts a program that prints its URL when it listens.
fn listening(mut command: Command) -> Process {
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.strip_suffix('\n').unwrap().to_owned();
    assert!(url.starts_with("http://127.0.0.1:") && !url.contains(' '), "{url}");
    Process(child, url)
}

#[tokio::test]
async fn without_a_server_it_uses_the_embedded_sandbox_whatever_the_environment_holds() {
    let named = Server::start(vec![answer(500, "")]).await;
    let mut command = example("ensure");
    command.env("IONOS_API_URL", &named.base_url);
    let output = run(command).await;
    let gateway = gateway(&output);
    assert_eq!((&gateway["metadata"]["status"], &gateway["id"]), (&json!("AVAILABLE"), &json!(PAGE_ID)));
    let stderr = text(&output.stderr);
    assert_eq!(stderr.lines().filter(|line| line.starts_with("created ")).count(), 1, "{stderr}");
    assert_eq!(named.connections(), 0);
}

#[tokio::test]
async fn requests_to_this_machine_never_go_through_a_proxy() {
    let proxy = Server::start(vec![answer(502, "")]).await;
    let mut command = example("ensure");
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &proxy.base_url);
    }
    // Without the proxy exceptions of this machine.
    command.env_remove("NO_PROXY").env_remove("no_proxy");
    let output = run(command).await;
    assert_eq!(gateway(&output)["metadata"]["status"], "AVAILABLE");
    assert_eq!(proxy.connections(), 0);
}

#[tokio::test]
async fn wrong_input_ends_with_2_before_any_request() {
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let bad = file(PAGE_REQUEST, |request| {
        request["id"] = json!("no id");
        request["properties"]["gatewayIP"] = json!("10.0.0.1");
        request["properties"]["connections"][0]["ipv4CIDR"] = json!("192.168.1.0/24");
    });
    let good = file(PAGE_REQUEST, |_| {});
    let mistyped = file(PAGE_REQUEST, |request| request["properties"]["teir"] = json!("ENHANCED_HA"));
    let not_json = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(not_json.path(), "name: x").unwrap();
    let path = |file: &tempfile::NamedTempFile| file.path().to_str().unwrap().to_owned();
    let other = "5a029f4a-72e5-11ec-90d6-0242ac120003";
    let table: &[(&[&str], &[&str])] = &[
        (&[&path(&bad)], &["error: id ", "error: properties.gatewayIP ", "error: properties.connections[0].ipv4CIDR "]),
        (&["--id", other, &path(&good)], &["--id is 5a029f4a-72e5-11ec-90d6-0242ac120003"]),
        (&["--id", "/tunnels/x"], &["must identify one IPSec gateway"]),
        (&["--strict", &path(&mistyped)], &["error: properties.teir is an unknown field; did you mean `tier`?"]),
        (&["/no/such/file"], &["/no/such/file cannot be read"]),
        (&[&path(&not_json)], &["not JSON"]),
        (&["--region", "de-fra"], &["cannot be used with"]),
        (&["--wait-timeout", "soon"], &["soon"]),
    ];
    for (arguments, expected) in table {
        let output = ensure(&server.base_url, arguments).await;
        let stderr = text(&output.stderr);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {stderr}");
        for part in *expected {
            assert!(stderr.lines().any(|line| line.contains(part)), "{arguments:?}: no {part:?} in {stderr}");
        }
    }
    for url in ["http://vpn.example", "nonsense", "https://user:secret@vpn.example", "ftp://vpn.example"] {
        let output = ensure(url, &[]).await;
        assert_eq!(output.status.code(), Some(2), "{url}");
        assert!(text(&output.stderr).contains("base URL") && !text(&output.stderr).contains("secret"), "{url}");
    }
    for token in ["", "two words", "a\u{7}b"] {
        let mut command = example("ensure");
        let output = command.args(["--base-url", &server.base_url]).env("IONOS_TOKEN", token).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{token:?}");
    }
    let output = example("ensure").args(["--region", "de fra"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let output = example("ensure").args(["--region", "de-fra"]).env_remove("IONOS_TOKEN").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn the_misspelt_url_of_the_page_leads_to_the_right_path() {
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let url = format!("https://vpn.de-fra.ionos.com/ipssecgateways/{PAGE_ID}");
    let output = ensure(&server.base_url, &["--no-wait", "--id", &url]).await;
    assert_eq!(gateway(&output), serde_json::from_str::<Value>(PAGE_RESPONSE).unwrap());
    assert!(text(&output.stderr).contains("updated "));
    let requests = server.requests();
    assert_eq!(requests.len(), 1);
    assert!(
        requests[0].head.starts_with(&format!("PUT /ipsecgateways/{PAGE_ID} HTTP/1.1\r\n")),
        "{}",
        requests[0].head
    );
}

#[tokio::test]
async fn retries_are_shown_and_failures_told_with_each_cause_once() {
    let server = Server::start(vec![answer(503, ""), answer(503, ""), answer(200, PAGE_RESPONSE)]).await;
    let output = ensure(&server.base_url, &["--no-wait"]).await;
    gateway(&output);
    assert_eq!(server.requests().len(), 3);
    assert_eq!(text(&output.stderr).lines().filter(|line| line.contains("ionos_vpn::call: retry ")).count(), 2);

    let server = Server::start(vec![headers(429, "retry-after: 86400\r\n")]).await;
    let output = ensure(&server.base_url, &[]).await;
    assert_eq!((output.status.code(), server.requests().len()), (Some(1), 1));
    assert!(text(&output.stderr).contains("retry after 300 s"));

    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let output = ensure(&nowhere, &[]).await;
    let stderr = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    let last: Vec<_> = stderr.lines().skip_while(|line| !line.starts_with("error: ")).collect();
    assert_eq!(last.iter().filter(|line| line.contains("Connection refused")).count(), 1, "{stderr}");
    assert!(last.len() > 1 && last.iter().all(|line| last.iter().filter(|it| it == &line).count() == 1), "{stderr}");
}

#[tokio::test]
async fn a_typing_mistake_is_a_warning_unless_strict() {
    let mistyped = file(PAGE_REQUEST, |request| request["properties"]["tier"] = json!("ENHANCED_HAA"));
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let path = mistyped.path().to_str().unwrap();
    let warning = r#"warning: properties.tier "ENHANCED_HAA" is an unknown value; did you mean `ENHANCED_HA`?"#;
    for (arguments, code, is_warned) in [(&[path, "--no-wait"][..], 0, true), (&[path, "--strict"], 2, false)] {
        let output = ensure(&server.base_url, arguments).await;
        let stderr = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{stderr}");
        assert_eq!(stderr.lines().any(|line| line == warning), is_warned, "{stderr}");
    }
    assert_eq!(server.requests().len(), 1);
    let stderr = text(&ensure(&server.base_url, &["--no-wait", "--strict"]).await.stderr);
    assert!(!stderr.contains("warning") && !stderr.contains("error"), "the page's request has none: {stderr}");
}

#[tokio::test]
async fn a_plan_changes_nothing_and_reconcile_carries_it_out() {
    let process = sandbox(100);
    let url = &process.1;
    let renamed = file(PAGE_REQUEST, |request| request["properties"]["name"] = json!("renamed"));
    let renamed = renamed.path().to_str().unwrap();
    let run = async |arguments: &[&str]| {
        let output = ensure(url, arguments).await;
        (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
    };

    let (code, plan, _) = run(&["--plan"]).await;
    assert_eq!(code, 3);
    assert!(plan.lines().all(|line| line.starts_with("+ ")) && plan.contains("My Company Gateway"), "{plan}");
    let (code, _, stderr) = run(&["--reconcile"]).await;
    assert!(code == 0 && stderr.contains("created "), "{stderr}");
    assert_eq!(run(&["--plan"]).await.0, 0);
    let (code, _, stderr) = run(&["--reconcile"]).await;
    assert!(code == 0 && stderr.contains("unchanged "), "{stderr}");
    let (code, plan, _) = run(&["--plan", renamed]).await;
    assert_eq!((code, plan.as_str()), (3, "~ name: \"My Company Gateway\" → \"renamed\"\n"));
    assert_eq!(run(&["--plan"]).await.0, 0);
    let (code, stdout, stderr) = run(&["--reconcile", renamed]).await;
    assert!(code == 0 && stderr.contains("updated ") && stdout.contains("renamed"), "{stderr}");
    assert_eq!(run(&["--plan", renamed]).await.0, 0);
}

#[tokio::test]
async fn a_wait_has_an_end() {
    let process = sandbox(60_000);
    let output = ensure(&process.1, &["--wait-timeout", "2"]).await;
    let stderr = text(&output.stderr);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{stderr}");
    assert!(stderr.contains("waiting: PROVISIONING") && stderr.contains("last status: PROVISIONING"), "{stderr}");
    assert_eq!(gateway(&ensure(&process.1, &["--no-wait"]).await)["metadata"]["status"], "PROVISIONING");
}

#[tokio::test]
async fn the_plan_for_a_failed_gateway_is_what_reconcile_does() {
    let failed = PAGE_RESPONSE.replace("AVAILABLE", "FAILED");
    let server = Server::start(vec![answer(200, failed)]).await;
    let plan = ensure(&server.base_url, &["--plan"]).await;
    assert_eq!((plan.status.code(), text(&plan.stdout)), (Some(3), String::new()));
    let stderr = text(&plan.stderr);
    assert!(
        stderr.starts_with("repair IPSec gateway 66a114c7-2ddd-5119-9ddf-5a789f5a5a44, which has failed"),
        "{stderr}"
    );
    ensure(&server.base_url, &["--reconcile", "--no-wait"]).await;
    assert_eq!(server.requests().iter().map(|it| it.method.as_str()).collect::<Vec<_>>(), ["GET", "GET", "PUT"]);
}

#[tokio::test]
async fn the_service_keeps_a_file_and_answers_over_http() {
    let command = |arguments: &[&str]| {
        let mut command = example("service");
        command.args(arguments);
        command
    };
    let output = run(command(&["--plan"])).await;
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    let plan: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&plan["action"], &plan["id"]), (&json!("create"), &json!(PAGE_ID)));
    // With a typo, it exits before anything is sent.
    let mistyped = file("[]", |list| {
        let mut body: Value = serde_json::from_str(PAGE_REQUEST).unwrap();
        body["properties"]["teir"] = json!("ENHANCED");
        *list = json!([body]);
    });
    let output = run(command(&[mistyped.path().to_str().unwrap()])).await;
    assert!(text(&output.stderr).contains("did you mean `tier`?"), "{}", text(&output.stderr));
    assert!(!output.status.success());

    let process = listening(command(&[]));
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = |id: &str| format!("{}/gateways/{id}", process.1);
    let shown = http.get(url(&PAGE_ID.to_string())).send().await.unwrap();
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.json::<Value>().await.unwrap()["metadata"]["status"], "AVAILABLE");
    let properties = serde_json::from_str::<Value>(PAGE_REQUEST).unwrap()["properties"].take();
    let new = "00000000-0000-0000-0000-000000000009";
    for (id, name, status, kind) in [(new, "a", 201, None), (new, "a", 200, None), (new, "", 422, Some("validation"))] {
        let mut properties = properties.clone();
        properties["name"] = json!(name);
        let response = http.put(url(id)).body(properties.to_string()).send().await.unwrap();
        assert_eq!(response.status(), status);
        let body = response.json::<Value>().await.unwrap();
        assert_eq!(body["kind"].as_str(), kind, "{body}");
    }
    let missing = http.get(url("00000000-0000-0000-0000-000000000008")).send().await.unwrap();
    assert_eq!(missing.status(), 404);
}
