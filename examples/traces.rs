//! Writes the spans and events of this crate as JSON, one object per line. The program ensures a gateway in the embedded
//! sandbox and waits for it. The sandbox answers two of the requests with an error. Try `cargo run --example traces | jq
//! .fields`.
//!
//! What the fields mean is in the documentation of `ionos_vpn::traces`.

use std::error::Error;
use std::io::stdout;
use std::time::Duration;

use ionos_vpn::sandbox::Fault;
use ionos_vpn::{Connection, IpSecGateway, Sandbox};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;
use uuid::{Uuid, uuid};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("ionos_vpn=debug"));
    // A span is written when it closes, with its time and with what was recorded at its end.
    let format = tracing_subscriber::fmt().json().with_span_events(FmtSpan::CLOSE);
    format.with_env_filter(filter).with_writer(stdout).init();

    let sandbox = Sandbox::builder().provisioning(Duration::from_millis(1500)).start().await?;
    sandbox.fail_next([Fault::Status(503), Fault::RateLimited(1)]);
    let connection = Connection::new(Uuid::nil(), 2, "192.168.1.100/24".parse()?, None);
    let gateway = IpSecGateway::builder().name("traced").gateway_ip("81.173.1.2").connections(vec![connection]).build();

    let gateways = sandbox.client().ipsec_gateways();
    let ensured = gateways.ensure(uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44"), &gateway).await?;
    gateways.wait_until_available(&ensured).await?;
    Ok(())
}
