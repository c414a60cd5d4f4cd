//! Shared code of the examples that connect a site: the API options, exit codes, and files with secrets.

use std::error::Error;
use std::fs::OpenOptions;
use std::io::{self, IsTerminal, Write, stderr};
#[cfg(unix)]
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use ionos_vpn::{Client, Region, Sandbox};
use tracing_subscriber::EnvFilter;

// Where the API is; the embedded sandbox by default. Not a doc comment, which clap would print as the help of the program.
#[derive(Args)]
pub(crate) struct Api {
    /// The region, such as de-fra or de/fra.
    #[arg(long, conflicts_with = "base_url")]
    region: Option<Region>,
    /// The URL of the API; https, or http for this machine.
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
}

impl Api {
    /// Returns a client, and the sandbox that it calls, if it is that.
    pub(crate) async fn connect(&self, user_agent: &str) -> Result<(Client, Option<Sandbox>), Failure> {
        if self.region.is_none() && self.base_url.is_none() {
            let sandbox = Sandbox::start().await.map_err(failed)?;
            eprintln!("using the embedded sandbox at {}", sandbox.base_url());
            return Ok((sandbox.client(), Some(sandbox)));
        }
        let token = std::env::var("IONOS_TOKEN").map_err(|error| input(format!("IONOS_TOKEN: {error}")))?;
        let builder = Client::builder().token(token).user_agent(user_agent);
        let builder = match (&self.base_url, &self.region) {
            (Some(url), _) => builder.base_url(url),
            (None, region) => builder.region(region.clone().unwrap_or(Region::DeFra)),
        };
        Ok((builder.build().map_err(input)?, None))
    }
}

/// The exit code and the error: 2 for wrong input, 1 for anything else.
pub(crate) type Failure = (u8, Box<dyn Error>);

pub(crate) fn input(error: impl Into<Box<dyn Error>>) -> Failure {
    (2, error.into())
}

pub(crate) fn failed(error: impl Into<Box<dyn Error>>) -> Failure {
    (1, error.into())
}

/// Prints traces to stderr, as `RUST_LOG` says.
pub(crate) fn init_tracing() {
    let filter = EnvFilter::from_default_env();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(stderr().is_terminal()).with_writer(stderr).init();
}

/// Prints an error with its causes, and returns the exit code.
pub(crate) fn exit_code(result: Result<(), Failure>) -> ExitCode {
    let Err((code, error)) = result else { return ExitCode::SUCCESS };
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("  caused by: {error}");
        cause = error.source();
    }
    ExitCode::from(code)
}

/// Returns the text of a file, or the sample if none is given.
pub(crate) fn read(file: Option<&PathBuf>, sample: &str) -> Result<String, Failure> {
    match file {
        Some(file) => std::fs::read_to_string(file).map_err(|error| input(format!("{}: {error}", file.display()))),
        None => Ok(sample.to_owned()),
    }
}

/// Writes a file that only its owner can read.
pub(crate) fn write_secret(path: &Path, text: &str) -> Result<(), Failure> {
    write_private(path, text).map_err(|error| failed(format!("{}: {error}", path.display())))
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(path)?;
    // An existing file would keep its mode.
    #[cfg(unix)]
    file.set_permissions(PermissionsExt::from_mode(0o600))?;
    file.write_all(text.as_bytes())
}
