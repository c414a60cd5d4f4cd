//! Ensures a resource (an IPSec gateway, or the kind that `--kind` names), waits until it is available, and prints it as JSON.
//!
//! Without `--region` or `--base-url` it runs against an embedded sandbox: no account and no network are needed.

use std::error::Error as _;
use std::io::{self, IsTerminal, Write, stderr, stdout};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Parser, ValueEnum};
use futures_util::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use ionos_vpn::types::{IpSecGateway, IpSecTunnel, WireguardGateway, WireguardPeer};
use ionos_vpn::{
    Action, Client, Error, ErrorKind, Outcome, Region, Resource, ResourcePath, ResourceRead, Resources, Sandbox,
    Validate, Violations, WaitOptions,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

/// The default for FILE: the request on the vendor's page, and for the other kinds the samples of the vendor's SDKs.
const IPSEC_GATEWAY: &str = include_str!("gateway.json");
const IPSEC_TUNNEL: &str = include_str!("tunnel.json");
const WIREGUARD_GATEWAY: &str = include_str!("wireguard_gateway.json");
const WIREGUARD_PEER: &str = include_str!("wireguard_peer.json");

/// Ensures a resource: creates it or replaces it as a whole, and waits until it is available.
///
/// Without --region or --base-url it runs against an embedded sandbox. With one of them, the token is read from IONOS_TOKEN.
/// Secrets, such as a pre-shared key, are read from FILE and never printed.
#[derive(Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
struct Options {
    /// The kind of the resource. A tunnel or a peer with the status AVAILABLE is configured, but may not be connected.
    #[arg(long, value_enum, default_value_t = Kind::IpsecGateway)]
    kind: Kind,
    /// The id of the gateway that a tunnel or a peer belongs to. If it is left out, a gateway is created in the
    /// embedded sandbox.
    #[arg(long, value_name = "ID")]
    gateway: Option<Uuid>,
    /// The resource: its id, path or URL. It must match the id in FILE.
    #[arg(long, value_name = "ID|PATH|URL")]
    id: Option<String>,
    /// The region, such as de-fra or de/fra.
    #[arg(long, conflicts_with = "base_url")]
    region: Option<Region>,
    /// The URL of the API; https, or http for this machine.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Reads the resource first, writes it only if it differs, and keeps fields that FILE leaves out.
    #[arg(long, conflicts_with = "plan")]
    reconcile: bool,
    /// Prints what --reconcile would do, and changes nothing. Exit code 0: no change needed; 3: change needed.
    #[arg(long)]
    plan: bool,
    /// Refuses fields and values in FILE that this version does not know, because they may be typos. Without this flag,
    /// it warns.
    #[arg(long)]
    strict: bool,
    /// Ends without waiting until the resource is available.
    #[arg(long)]
    no_wait: bool,
    /// How long to wait, in seconds.
    #[arg(long, value_name = "SECS", default_value_t = 600)]
    wait_timeout: u64,
    /// The resource as JSON, with its id and properties, in the shape of the API's request. Without it, the vendor's example.
    file: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    IpsecGateway,
    IpsecTunnel,
    WireguardGateway,
    WireguardPeer,
}

/// A failure of the program: invalid input (exit code 2) or anything else (1).
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
    let progress = Progress::start();
    let result = run(&options, &progress).await;
    progress.spinner.finish_and_clear();
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

async fn run(options: &Options, progress: &Progress) -> Result<ExitCode, Failure> {
    match options.kind {
        Kind::IpsecGateway => {
            ensure::<IpSecGateway>(options, progress, IPSEC_GATEWAY, |client, []| client.ipsec_gateways()).await
        }
        Kind::IpsecTunnel => {
            ensure::<IpSecTunnel>(options, progress, IPSEC_TUNNEL, |client, [gateway]| client.ipsec_tunnels(gateway))
                .await
        }
        Kind::WireguardGateway => {
            ensure::<WireguardGateway>(options, progress, WIREGUARD_GATEWAY, |client, []| client.wireguard_gateways())
                .await
        }
        Kind::WireguardPeer => {
            ensure::<WireguardPeer>(options, progress, WIREGUARD_PEER, |client, [gateway]| {
                client.wireguard_peers(gateway)
            })
            .await
        }
    }
}

/// Runs the program for one kind. `resources` returns the handle.
async fn ensure<R>(
    options: &Options,
    progress: &Progress,
    sample: &str,
    resources: impl FnOnce(&Client, R::Parents) -> Resources<R>,
) -> Result<ExitCode, Failure>
where
    R: Resource,
    R::Ensure: DeserializeOwned,
{
    let place = options.id.as_deref().map(parse_place::<R>).transpose()?;
    let body = read::<R>(options, sample, place)?;
    let mut gateway = gateway(options, place.and_then(|(gateway, _)| gateway))?;
    let sandbox;
    let client = if options.region.is_none() && options.base_url.is_none() {
        let start = Sandbox::builder().provisioning(Duration::from_millis(1500)).start().await;
        sandbox = start.map_err(|error| Failure::Input(format!("the sandbox cannot be started: {error}")))?;
        eprintln!("using the embedded sandbox at {}", sandbox.base_url());
        let client = sandbox.client();
        gateway = match options.kind {
            Kind::IpsecTunnel => Some(ensure_gateway(client.ipsec_gateways(), IPSEC_GATEWAY, gateway).await?),
            Kind::WireguardPeer => Some(ensure_gateway(client.wireguard_gateways(), WIREGUARD_GATEWAY, gateway).await?),
            Kind::IpsecGateway | Kind::WireguardGateway => gateway,
        };
        client
    } else {
        client(options)?
    };
    let parents = R::Parents::try_from(gateway.as_slice()).map_err(|_| {
        let is =
            if gateway.is_some() { "belongs to no gateway; leave it out" } else { "belongs to a gateway; give its id" };
        Failure::Input(format!("--gateway: a resource of this kind {is}"))
    })?;
    let wait = WaitOptions::default().timeout(Duration::from_secs(options.wait_timeout));
    let resources = resources(&client, parents).wait_options(wait);
    if options.plan {
        return plan(&resources, &body).await;
    }

    let Body { id, properties } = body;
    let ensured = if options.reconcile {
        resources.reconcile(id, &properties).await?
    } else {
        resources.ensure(id, &properties).await?
    };
    let outcome = match ensured.outcome {
        Outcome::Created => "created",
        Outcome::Updated => "updated",
        _ => "unchanged",
    };
    eprintln!("{outcome} {}", ResourcePath::<R>::new(parents, id).join(client.base_url()));
    let mut states = resources.watch(&ensured);
    let mut resource = ensured.resource;
    while let Some(state) = if options.no_wait { None } else { states.try_next().await? } {
        progress.show(state.status().as_str());
        resource = state;
    }
    let mut shown = json!(resource);
    // A server should not return secrets. If it does, they are not printed.
    if let Some(properties) = shown.get_mut("properties") {
        *properties = resource.properties().redacted();
    }
    writeln!(stdout(), "{shown:#}").map_err(Failure::Output)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints what `reconcile` would do.
async fn plan<R: Resource>(resources: &Resources<R>, desired: &Body<R>) -> Result<ExitCode, Failure> {
    let plan = resources.plan(desired.id, &desired.properties).await?;
    if let Some(error) = plan.blocked_by() {
        return Err(error.clone().into());
    }
    eprintln!("{}", plan.to_string().lines().next().unwrap_or_default());
    if !plan.drift.is_empty() {
        writeln!(stdout(), "{}", plan.drift).map_err(Failure::Output)?;
    }
    Ok(if plan.action == Action::Unchanged { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

/// Ensures the sample gateway that a tunnel or a peer belongs to, and returns its id.
async fn ensure_gateway<R>(gateways: Resources<R>, sample: &str, id: Option<Uuid>) -> Result<Uuid, Failure>
where
    R: Resource,
    R::Ensure: DeserializeOwned,
{
    let body = parse_body::<R>(sample)?;
    let id = id.unwrap_or(body.id);
    gateways.ensure(id, &body.properties).await?;
    Ok(id)
}

/// The input of an ensure.
#[derive(Deserialize)]
#[serde(bound = "R: Resource")]
struct Body<R> {
    id: Uuid,
    properties: R,
}

/// Reads and checks the input, before any request.
fn read<R>(options: &Options, sample: &str, place: Option<(Option<Uuid>, Uuid)>) -> Result<Body<R>, Failure>
where
    R: Resource,
    R::Ensure: DeserializeOwned,
{
    let text = match &options.file {
        Some(file) => std::fs::read_to_string(file)
            .map_err(|error| Failure::Input(format!("{} cannot be read: {error}", file.display())))?,
        None => sample.to_owned(),
    };
    let mut value: Value =
        serde_json::from_str(&text).map_err(|error| Failure::Input(format!("the file is not JSON: {error}")))?;
    if let (Some((_, id)), Some(body)) = (place, value.as_object_mut()) {
        // The built-in sample works with any id. A file must have an id.
        if options.file.is_none() || !body.contains_key("id") {
            body.insert("id".to_owned(), json!(id));
        }
    }
    let text = value.to_string();
    let body = parse_body::<R>(&text)?;
    match R::Ensure::from_json_strict(text.as_bytes()) {
        Err(unknown) if options.strict => return Err(Failure::Violations(unknown)),
        Err(unknown) => unknown.iter().for_each(|violation| eprintln!("warning: {violation}")),
        Ok(_) => {}
    }
    match place {
        Some((_, id)) if id != body.id => {
            Err(Failure::Input(format!("--id is {id} but the id of the file is {}", body.id)))
        }
        _ => Ok(body),
    }
}

fn parse_body<R>(text: &str) -> Result<Body<R>, Failure>
where
    R: Resource,
    R::Ensure: DeserializeOwned,
{
    R::Ensure::from_json(text.as_bytes()).map_err(Failure::Violations)?;
    serde_json::from_str(text).map_err(|error| Failure::Input(error.to_string()))
}

/// Parses `--id`. Returns the id of the parent gateway, if `--id` contains one, and the id of the resource.
fn parse_place<R: Resource>(text: &str) -> Result<(Option<Uuid>, Uuid), Failure> {
    match (text.parse::<ResourcePath<R>>(), Uuid::try_parse(text)) {
        (Ok(path), _) => Ok((path.parents().as_ref().first().copied(), path.id())),
        (Err(_), Ok(id)) => Ok((None, id)),
        (Err(violations), Err(_)) => Err(Failure::Input(format!("--{violations}"))),
    }
}

/// Returns the id of the gateway that the resource belongs to, as far as the options name one.
fn gateway(options: &Options, above: Option<Uuid>) -> Result<Option<Uuid>, Failure> {
    match (options.gateway, above) {
        (Some(given), Some(above)) if given != above => {
            Err(Failure::Input(format!("--gateway is {given} but --id belongs to the gateway {above}")))
        }
        (given, above) => Ok(given.or(above)),
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

/// Shows the progress of a wait: a spinner on a terminal, lines otherwise.
struct Progress {
    spinner: ProgressBar,
    started: Instant,
}

impl Progress {
    /// Starts to show progress: by a spinner on a terminal, unless `RUST_LOG` is set. Without a spinner, retries are logged.
    fn start() -> Self {
        let has_spinner = stderr().is_terminal() && std::env::var_os("RUST_LOG").is_none();
        let retries = if has_spinner { "off" } else { "ionos_vpn::call=info" };
        let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(retries));
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr().is_terminal()).with_writer(stderr).init();
        let spinner = if has_spinner { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} [{elapsed}]") {
            spinner.set_style(style);
        }
        spinner.enable_steady_tick(Duration::from_millis(100));
        Self { spinner, started: Instant::now() }
    }

    fn show(&self, status: &str) {
        if self.spinner.is_hidden() {
            eprintln!("waiting: {status} [{:.1?}]", self.started.elapsed());
        } else {
            self.spinner.set_message(format!("waiting: {status}"));
        }
    }
}
