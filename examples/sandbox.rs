//! The sandbox as a process: prints its base URL and runs until ended.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use ionos_vpn::Sandbox;

/// An in-memory VPN Gateway API on loopback. It follows the crate's reading of the API, not the vendor's code.
#[derive(Parser)]
struct Options {
    /// The port on 127.0.0.1; 0 for any free port.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The token that requests must carry.
    #[arg(long, default_value = "sandbox")]
    token: String,
    /// How long a resource is PROVISIONING after a write, in milliseconds.
    #[arg(long, default_value_t = 2000)]
    provisioning_ms: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let options = Options::parse();
    let provisioning = Duration::from_millis(options.provisioning_ms);
    match Sandbox::builder().port(options.port).token(options.token).provisioning(provisioning).start().await {
        Ok(sandbox) => {
            println!("{}", sandbox.base_url());
            // If signals are not available, run until the process is killed.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: the sandbox cannot be started: {error}");
            ExitCode::FAILURE
        }
    }
}
