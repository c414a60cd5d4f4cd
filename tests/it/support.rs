//! Shared code of the tests.

use std::io;
use std::sync::{Arc, Mutex};

use ionos_vpn::{Connection, Error, IpSecGateway, IpSecGatewayEnsure, Validate};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;
use uuid::{Uuid, uuid};

/// The request of the vendor's page.
pub(crate) const PAGE_REQUEST: &str = include_str!("../../examples/gateway.json");
/// The answer of the vendor's page.
pub(crate) const PAGE_RESPONSE: &str = include_str!("../fixtures/page-response.json");
/// The id that both have.
pub(crate) const PAGE_ID: Uuid = uuid!("66a114c7-2ddd-5119-9ddf-5a789f5a5a44");

/// The gateway of the page's request.
#[track_caller]
pub(crate) fn page_gateway() -> IpSecGateway {
    IpSecGatewayEnsure::from_json(PAGE_REQUEST.as_bytes()).unwrap().properties
}

/// A gateway of one connection, with the least that is needed.
#[track_caller]
pub(crate) fn small_gateway() -> IpSecGateway {
    let datacenter = uuid!("5a029f4a-72e5-11ec-90d6-0242ac120003");
    let connection = Connection::new(datacenter, 2, "192.168.1.100/24".parse().unwrap(), None);
    IpSecGateway::builder().name("small").gateway_ip("81.173.1.2").connections(vec![connection]).build()
}

/// What an error keeps of a response: headers, even those that `Debug` does not show, and body.
pub(crate) fn kept(error: &Error) -> String {
    let headers = error.headers().into_iter().flatten();
    let lines = headers.map(|(name, value)| format!("{name}: {}\n", String::from_utf8_lossy(value.as_bytes())));
    lines.collect::<String>() + error.body().unwrap_or_default()
}

/// What a thread traced.
#[derive(Clone, Default)]
pub(crate) struct Traces(Arc<Mutex<Vec<u8>>>);

impl io::Write for Traces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Traces {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Traces {
    /// Collects what this thread traces, at every level, until the guard is dropped.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        let traces = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_writer(traces.clone())
            .with_ansi(false)
            .finish();
        (traces, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}
