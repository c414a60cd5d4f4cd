//! A service that reconciles IPSec gateways with a file and serves them over HTTP.
//!
//! FILE is a JSON array of the API's requests (`id`, `properties`). If `IONOS_TOKEN_FILE` is set, the service reads the
//! token from that file (again when the file changes) and calls the API at `IONOS_API_URL_VPN`, by default the region
//! `de-fra`. If it is not set, the service runs against an embedded sandbox. Traces are JSON, on stderr. Try `cargo run
//! --example service -- --plan`.

use std::error::Error as StdError;
use std::io::stderr;
use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::process::ExitCode;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use clap::Parser;
use futures_util::StreamExt;
use ionos_vpn::types::{IpSecGatewayEnsure, IpSecGatewayRead};
use ionos_vpn::{Action, Advice, Client, Error, IpSecGateway, Outcome, Resources, Sandbox, Validate};
use reqwest::StatusCode;
use reqwest::header::RETRY_AFTER;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tracing_subscriber::EnvFilter;
use uuid::Uuid;

/// Reconciles IPSec gateways with FILE, and serves them over HTTP on loopback.
#[derive(Parser)]
struct Options {
    /// Prints the plan as JSON and exits. Exit code 0: no change needed; 3: change needed.
    #[arg(long)]
    plan: bool,
    /// The port on 127.0.0.1; 0 for any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The gateways. Without this argument, the vendor's example is used.
    file: Option<PathBuf>,
}

type Gateways = Resources<IpSecGateway>;

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_env_filter(filter).with_writer(stderr).init();
    run(&Options::parse()).await.unwrap_or_else(|error| {
        tracing::error!(error = %error, "the service ends");
        ExitCode::FAILURE
    })
}

async fn run(options: &Options) -> Result<ExitCode, Box<dyn StdError>> {
    let desired = read(options)?;
    let sandbox;
    let client = match std::env::var_os("IONOS_TOKEN_FILE") {
        Some(path) => Client::builder().from_env()?.token_file(path).build()?,
        None => {
            sandbox = Sandbox::start().await?;
            sandbox.client()
        }
    };
    let gateways = client.ipsec_gateways();
    if options.plan {
        return plan(&gateways, desired).await;
    }
    reconcile(&gateways, desired).await;
    let app = Router::new().route("/gateways/{id}", get(show).put(put)).with_state(gateways);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, app).await?;
    Ok(ExitCode::SUCCESS)
}

/// Reads the file. Typos are errors.
fn read(options: &Options) -> Result<Vec<(Uuid, IpSecGateway)>, Box<dyn StdError>> {
    let text = match &options.file {
        Some(file) => std::fs::read_to_string(file)?,
        None => format!("[{}]", include_str!("gateway.json")),
    };
    let bodies: Vec<Value> = serde_json::from_str(&text)?;
    let strict = |body: &Value| IpSecGatewayEnsure::from_json_strict(body.to_string().as_bytes());
    bodies.iter().map(|body| strict(body).map(|body| (body.id, body.properties)).map_err(Into::into)).collect()
}

async fn plan(gateways: &Gateways, desired: Vec<(Uuid, IpSecGateway)>) -> Result<ExitCode, Box<dyn StdError>> {
    let mut plans = gateways.plan_all(desired);
    let mut code = ExitCode::SUCCESS;
    while let Some((_, plan)) = plans.next().await {
        let plan = plan?;
        println!("{}", json!(plan));
        if plan.action != Action::Unchanged {
            code = ExitCode::from(3);
        }
    }
    Ok(code)
}

/// Reconciles the gateways with their desired states, and waits for the gateways that were written.
async fn reconcile(gateways: &Gateways, desired: Vec<(Uuid, IpSecGateway)>) {
    let mut written = Vec::new();
    let mut results = gateways.reconcile_all(desired);
    while let Some((id, result)) = results.next().await {
        match result {
            Ok(ensured) if ensured.outcome == Outcome::Unchanged => {}
            Ok(ensured) => written.push(ensured),
            Err(error) => report(id, &error),
        }
    }
    let mut waits = gateways.wait_until_all_available(&written);
    while let Some((id, result)) = waits.next().await {
        result.map_or_else(|error| report(id, &error), |_| tracing::info!(%id, "available"));
    }
}

fn report(id: Uuid, error: &Error) {
    match error.advice() {
        Advice::RetryLater { after } => tracing::warn!(%id, %error, ?after, "try again later"),
        Advice::MendInput => tracing::error!(%id, %error, "correct the file"),
        _ => tracing::error!(%id, %error, "needs attention"),
    }
}

/// An error as an HTTP response.
struct Problem(Error);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let body =
            json!({ "kind": error.kind().as_str(), "message": error.to_string(), "violations": error.violations() });
        let mut response = (error.suggested_status(), Json(body)).into_response();
        if let Advice::RetryLater { after: Some(after) } = error.advice() {
            response.headers_mut().insert(RETRY_AFTER, after.as_secs().into());
        }
        response
    }
}

async fn show(State(gateways): State<Gateways>, Path(id): Path<Uuid>) -> Result<Json<IpSecGatewayRead>, Problem> {
    gateways.get(id).await.map(Json).map_err(Problem)
}

async fn put(State(gateways): State<Gateways>, Path(id): Path<Uuid>, body: String) -> Result<Response, Problem> {
    let desired = IpSecGateway::from_json_strict(body.as_bytes()).map_err(|violations| Problem(violations.into()))?;
    let ensured = gateways.reconcile(id, &desired).await.map_err(Problem)?;
    let status = if ensured.outcome == Outcome::Created { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(ensured.resource)).into_response())
}
