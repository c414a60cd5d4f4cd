//! Ensures an IPSec gateway, waits until it is available, and prints it as JSON.
//!
//! Without `--region` or `--base-url` it runs against an embedded sandbox: no account, nothing outside this machine.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::fmt::Debug;
use std::io::{self, IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use ionos_vpn::{
    Client, Error, ErrorKind, GatewayPath, IpSecGatewayEnsure, Outcome, Region, Sandbox, Validate, Violations,
    WaitOptions,
};
use serde_json::{Value, json};
use tracing::field::{Field, Visit};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, filter};

/// The request of the vendor's page.
const SAMPLE: &str = include_str!("gateway.json");

/// Ensures an IPSec gateway: creates it or replaces it as a whole, and waits until it is available.
///
/// Without --region or --base-url it runs against an embedded sandbox. With one of them, the token is read from IONOS_TOKEN.
#[derive(Parser)]
struct Options {
    /// The gateway: its id, path or URL. It must be that of FILE.
    #[arg(long, value_name = "ID|PATH|URL")]
    id: Option<GatewayPath>,
    /// The region, such as de-fra or de/fra.
    #[arg(long, conflicts_with = "base_url")]
    region: Option<Region>,
    /// The URL of the API; https, or http for this machine.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Reads the gateway first, and writes only what has drifted, keeping what FILE does not mention.
    #[arg(long, conflicts_with = "plan")]
    reconcile: bool,
    /// Prints what --reconcile would change, and changes nothing: exit code 0 for nothing, 3 for something.
    #[arg(long)]
    plan: bool,
    /// Ends without waiting until the gateway is available.
    #[arg(long)]
    no_wait: bool,
    /// How long to wait, in seconds.
    #[arg(long, value_name = "SECS", default_value_t = 600)]
    wait_timeout: u64,
    /// The gateway as JSON, in the shape of the page's request. Without it, the page's own example.
    file: Option<PathBuf>,
}

/// What ends the program early: wrong input (exit code 2), or anything else (1).
enum Failure {
    Input(String),
    Violations(Violations),
    Call(Error),
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Call(error)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let spinner = show_progress();
    let result = run(&options).await;
    spinner.finish_and_clear();
    match result {
        Ok(code) => code,
        Err(Failure::Input(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
        Err(Failure::Violations(violations)) => {
            violations.as_slice().iter().for_each(|violation| eprintln!("error: {violation}"));
            ExitCode::from(2)
        }
        Err(Failure::Output(error)) => {
            eprintln!("error: the result cannot be written: {error}");
            ExitCode::FAILURE
        }
        Err(Failure::Call(error)) => {
            report(&error);
            ExitCode::from(if matches!(error.kind(), ErrorKind::Configuration | ErrorKind::Validation) { 2 } else { 1 })
        }
    }
}

async fn run(options: &Options) -> Result<ExitCode, Failure> {
    let IpSecGatewayEnsure { id, properties: gateway, .. } = read(options)?;
    let sandbox;
    let client = if options.region.is_none() && options.base_url.is_none() {
        let start = Sandbox::builder().provisioning(Duration::from_millis(1500)).start().await;
        sandbox = start.map_err(|error| Failure::Input(format!("the sandbox cannot be started: {error}")))?;
        eprintln!("using the embedded sandbox at {}", sandbox.base_url());
        sandbox.client()
    } else {
        client(options)?
    };
    let wait = WaitOptions::default().timeout(Duration::from_secs(options.wait_timeout));
    let gateways = client.ipsec_gateways().wait_options(wait);

    if options.plan {
        let plan = match gateways.get(id).await {
            Ok(actual) => gateway.drift_from(&actual.properties).to_string(),
            Err(error) if error.is_not_found() => created(&gateway),
            Err(error) => return Err(error.into()),
        };
        eprintln!("{}", if plan.is_empty() { "no drift" } else { "drift:" });
        if plan.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(stdout(), "{plan}").map_err(Failure::Output)?;
        return Ok(ExitCode::from(3));
    }

    let ensured =
        if options.reconcile { gateways.reconcile(id, &gateway).await? } else { gateways.ensure(id, &gateway).await? };
    let outcome = match ensured.outcome {
        Outcome::Created => "created",
        Outcome::Updated => "updated",
        _ => "unchanged",
    };
    eprintln!("{outcome} {}", GatewayPath::from(id).join(client.base_url()));
    let resource = if options.no_wait { ensured.resource } else { gateways.wait_until_available(&ensured).await? };
    writeln!(stdout(), "{:#}", json!(resource)).map_err(Failure::Output)?;
    Ok(ExitCode::SUCCESS)
}

/// Reads and checks the input, before any request.
fn read(options: &Options) -> Result<IpSecGatewayEnsure, Failure> {
    let text = match &options.file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| Failure::Input(format!("{} cannot be read: {error}", file.display())))?,
        None => SAMPLE.to_owned(),
    };
    let mut value: Value =
        serde_json::from_str(&text).map_err(|error| Failure::Input(format!("the file is not JSON: {error}")))?;
    if let (Some(path), Some(body)) = (options.id, value.as_object_mut()) {
        // The example takes any id; a file keeps its own, and lends none where it has none.
        if options.file.is_none() || !body.contains_key("id") {
            body.insert("id".to_owned(), json!(path.id()));
        }
    }
    let body = IpSecGatewayEnsure::from_json(value.to_string().as_bytes()).map_err(Failure::Violations)?;
    match options.id {
        Some(path) if path.id() != body.id => {
            Err(Failure::Input(format!("--id is {} but the id of the file is {}", path.id(), body.id)))
        }
        _ => Ok(body),
    }
}

fn client(options: &Options) -> Result<Client, Failure> {
    let token = std::env::var("IONOS_TOKEN").map_err(|error| Failure::Input(format!("IONOS_TOKEN: {error}")))?;
    let builder = Client::builder().token(token).user_agent("ensure-example");
    let builder = match (&options.base_url, &options.region) {
        (Some(url), _) => builder.base_url(url),
        (None, Some(region)) => builder.region(region.clone()),
        (None, None) => builder,
    };
    Ok(builder.build()?)
}

/// The plan for a gateway that is not there.
fn created(gateway: &ionos_vpn::IpSecGateway) -> String {
    let value = json!(gateway);
    let fields = value.as_object().into_iter().flatten();
    fields.map(|(name, value)| format!("+ {:13}{value}", format!("{name}:"))).collect::<Vec<_>>().join("\n")
}

/// Prints an error and its causes, each once.
fn report(error: &Error) {
    let mut said = error.to_string();
    eprintln!("error: {said}");
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !said.contains(&text) {
            eprintln!("  caused by: {text}");
        }
        said.push_str(&text);
        cause = error.source();
    }
}

/// Shows what the crate tells of retries and polls: as `tracing` output where `RUST_LOG` asks for it, otherwise in a spinner
/// on a terminal and as plain lines elsewhere.
fn show_progress() -> ProgressBar {
    if std::env::var_os("RUST_LOG").is_some() {
        tracing_subscriber::fmt()
            .with_env_filter(EnvFilter::from_default_env())
            .with_ansi(stderr().is_terminal())
            .with_writer(stderr)
            .init();
        return ProgressBar::hidden();
    }
    let spinner = if stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]") {
        spinner.set_style(style);
    }
    spinner.enable_steady_tick(Duration::from_millis(100));
    let progress = Progress { spinner: spinner.clone(), started: Instant::now() };
    let own = filter::Targets::new().with_target("ionos_vpn", tracing::Level::INFO);
    tracing_subscriber::registry().with(progress.with_filter(own)).init();
    spinner
}

struct Progress {
    spinner: ProgressBar,
    started: Instant,
}

#[derive(Default)]
struct Fields(BTreeMap<&'static str, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl<S: tracing::Subscriber> Layer<S> for Progress {
    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        let mut line = fields.0.remove("message").unwrap_or_default();
        let told = [("status", ": ", ""), ("reason", ": ", ""), ("delay_ms", ", in ", " ms")];
        for (name, before, after) in told {
            if let Some(value) = fields.0.get(name) {
                line.extend([before, value, after]);
            }
        }
        if self.spinner.is_hidden() {
            eprintln!("{line} [{:.1?}]", self.started.elapsed());
        } else {
            self.spinner.set_message(line);
        }
    }
}
