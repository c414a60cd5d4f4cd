//! TLS with authorities and certificates made for the test: who is trusted, and that a refusal is final. Run with each of the
//! features `rustls`, `rustls-no-provider` and `native-tls`.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ionos_vpn::{Client, Error, ErrorKind, IpSecGatewayRead, RetryPolicy};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
use tokio_rustls::rustls::{ClientConfig, RootCertStore};
use tokio_rustls::server::TlsStream;

#[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
use crate::program::{stdout, this_test};
use crate::server::read_request;
use crate::support::{PAGE_ID, PAGE_RESPONSE, page_gateway};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

/// Makes a client possible where rustls is compiled without a provider. Elsewhere it changes nothing.
pub(crate) fn install_provider() {
    // It may be installed already.
    _ = aws_lc_rs::default_provider().install_default();
}

pub(crate) fn authority() -> Authority {
    install_provider();
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    // OpenSSL finds the issuer of a certificate by name. If a certificate has the same name as its issuer, OpenSSL
    // treats it as self-signed.
    params.distinguished_name.push(DnType::CommonName, "authority of the tests");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server with a certificate of the authority, which answers every request with the page.
pub(crate) struct Server {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
    requests: Arc<AtomicUsize>,
    /// What was negotiated for each connection.
    protocols: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

/// Makes a certificate of the authority for a name. The acceptor offers HTTP/2 and HTTP/1.1.
pub(crate) fn acceptor(authority: &Authority, name: &str, expired: bool) -> TlsAcceptor {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap().der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    config.alpn_protocols = [H2, "http/1.1"].map(|name| name.as_bytes().to_vec()).to_vec();
    TlsAcceptor::from(Arc::new(config))
}

pub(crate) async fn serve(authority: &Authority, name: &str, expired: bool) -> Server {
    let acceptor = acceptor(authority, name, expired);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (connections, requests) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let protocols = Arc::<Mutex<Vec<String>>>::default();
    let (opened, seen, negotiated) = (Arc::clone(&connections), Arc::clone(&requests), Arc::clone(&protocols));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            opened.fetch_add(1, Ordering::SeqCst);
            // A client that does not trust this server ends the handshake.
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let protocol = stream.get_ref().1.alpn_protocol().unwrap_or_default();
            let protocol = String::from_utf8(protocol.to_vec()).unwrap();
            let is_http2 = protocol == H2;
            negotiated.lock().unwrap().push(protocol);
            let seen = Arc::clone(&seen);
            // It ends with the connection.
            tokio::spawn(async move {
                if is_http2 { answer_http2(stream, &seen).await } else { answer_http1(stream, &seen).await }
            });
        }
    });
    Server { port, connections, requests, protocols }
}

/// The name of HTTP/2 in the handshake.
const H2: &str = "h2";

async fn answer_http1(mut stream: TlsStream<TcpStream>, seen: &AtomicUsize) -> io::Result<()> {
    if read_request(&mut stream).await.is_some() {
        seen.fetch_add(1, Ordering::SeqCst);
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", PAGE_RESPONSE.len());
        stream.write_all((head + PAGE_RESPONSE).as_bytes()).await?;
    }
    Ok(())
}

/// Answers requests without a body; see RFC 9113.
async fn answer_http2(mut stream: TlsStream<TcpStream>, seen: &AtomicUsize) -> io::Result<()> {
    // Kinds of frames, and flags.
    const DATA: u8 = 0;
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    const ACK: u8 = 1;
    const END_STREAM: u8 = 1;
    const END_HEADERS: u8 = 4;
    let frame = |kind: u8, flags: u8, stream: &[u8], payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], stream, payload].concat()
    };
    stream.read_exact(&mut [0; b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len()]).await?;
    stream.write_all(&frame(SETTINGS, 0, &[0; 4], &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, id @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        stream.read_exact(&mut payload).await?;
        match kind {
            SETTINGS if flags & ACK == 0 => stream.write_all(&frame(SETTINGS, ACK, &[0; 4], &[])).await?,
            HEADERS => {
                seen.fetch_add(1, Ordering::SeqCst);
                // 0x88 is `:status: 200` in the static table of RFC 7541.
                stream.write_all(&frame(HEADERS, END_HEADERS, &id, &[0x88])).await?;
                stream.write_all(&frame(DATA, END_STREAM, &id, PAGE_RESPONSE.as_bytes())).await?;
            }
            _ => {}
        }
    }
}

async fn get(server: &Server, host: &str, trusted: Option<&Authority>) -> Result<IpSecGatewayRead, Error> {
    let builder = Client::builder().base_url(format!("https://{host}:{}", server.port)).token("a-token");
    let builder = trusted.into_iter().fold(builder, |builder, authority| builder.root_certificate(authority.pem()));
    builder.build().unwrap().ipsec_gateways().get(PAGE_ID).await
}

#[tokio::test]
async fn a_known_authority_is_trusted() {
    let authority = authority();
    let server = serve(&authority, "localhost", false).await;
    assert_eq!(get(&server, "localhost", Some(&authority)).await.unwrap().id, PAGE_ID);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn a_certificate_that_is_not_right_is_refused_for_good_before_anything_is_sent() {
    let (known, unknown) = (authority(), authority());
    let table = [
        ("unknown authority", serve(&unknown, "localhost", false).await, Some(&known)),
        ("no authority given", serve(&known, "localhost", false).await, None),
        ("wrong host name", serve(&known, "vpn.example", false).await, Some(&known)),
        ("expired", serve(&known, "localhost", true).await, Some(&known)),
    ];
    for (case, server, trusted) in table {
        let error = get(&server, "localhost", trusted).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Tls, Some(1)), "{case}: {error:?}");
        assert_eq!(server.connections(), 1, "{case}");
        assert_eq!(server.requests(), 0, "{case}");
    }
}

#[tokio::test]
async fn http2_is_negotiated_if_it_is_compiled_in() {
    let authority = authority();
    let server = serve(&authority, "localhost", false).await;
    let base_url = format!("https://localhost:{}", server.port);
    let builder = Client::builder().base_url(base_url).token("a-token").root_certificate(authority.pem());
    let gateways = builder.build().unwrap().ipsec_gateways();
    for _ in 0..3 {
        assert_eq!(gateways.get(PAGE_ID).await.unwrap().id, PAGE_ID);
    }
    assert_eq!(server.requests(), 3);
    let protocols = server.protocols.lock().unwrap().clone();
    // With HTTP/1.1, this server closes the connection after each response.
    let expected: &[&str] = if cfg!(feature = "http2") { &[H2] } else { &["http/1.1"; 3] };
    assert_eq!(protocols, expected);
}

#[tokio::test]
async fn a_handshake_that_is_cut_off_is_tried_again() {
    let authority = authority();
    for is_reset in [false, true] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::<AtomicUsize>::default();
        let opened = Arc::clone(&connections);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                opened.fetch_add(1, Ordering::SeqCst);
                // Read everything, because unread data would turn the close into a reset.
                assert!(stream.read(&mut [0; 1 << 14]).await.unwrap() > 0);
                if is_reset {
                    stream.set_zero_linger().unwrap();
                }
            }
        });
        let retry = RetryPolicy::default().max_attempts(3).base_delay(Duration::from_millis(1));
        let builder = Client::builder().base_url(format!("https://localhost:{port}")).token("a-token");
        let client = builder.root_certificate(authority.pem()).retry(retry).build().unwrap();
        let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
        let seen = (error.kind(), error.attempts(), error.may_have_been_applied());
        assert_eq!(seen, (ErrorKind::Connect, Some(3), false), "reset: {is_reset}, {error:?}");
        assert_eq!(connections.load(Ordering::SeqCst), 3);
    }
}

#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
#[tokio::test]
async fn a_client_of_the_callers_own_has_tls_of_its_own() {
    let authority = authority();
    let server = serve(&authority, "localhost", false).await;
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let config = config.with_root_certificates(roots).with_no_client_auth();
    let own = || reqwest::Client::builder().no_proxy().tls_backend_preconfigured(config.clone());
    for (name, builder) in [
        ("client", Client::builder().http_client(own().build().unwrap())),
        ("builder", Client::builder().http_client_builder(own())),
    ] {
        let client = builder.base_url(format!("https://localhost:{}", server.port)).token("a-token").build().unwrap();
        assert_eq!(client.ipsec_gateways().get(PAGE_ID).await.unwrap().id, PAGE_ID, "{name}");
    }
    assert_eq!(server.requests(), 2);
}

/// In a process of its own, in which no other test installs a provider.
#[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
#[test]
fn without_a_provider_nothing_is_built() {
    const CHILD: &str = "IONOS_VPN_TEST_PROVIDER";
    if std::env::var_os(CHILD).is_none() {
        let mut child = this_test("tls::without_a_provider_nothing_is_built");
        let output = stdout(&child.env(CHILD, "1").output().unwrap());
        return assert!(output.contains("the child ran"), "{output}");
    }
    for url in ["https://vpn.example", "http://127.0.0.1:1"] {
        let error = Client::builder().base_url(url).token("a-token").build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("install_default"), "{error}");
    }
    aws_lc_rs::default_provider().install_default().unwrap();
    Client::builder().base_url("https://vpn.example").token("a-token").build().unwrap();
    println!("\nthe child ran");
}

#[test]
fn a_root_certificate_that_is_none_is_refused() {
    install_provider();
    for pem in ["", "not PEM", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"] {
        let error = Client::builder().token("a-token").root_certificate(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem:?}");
    }
}
