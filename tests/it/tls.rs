//! TLS with authorities and certificates made for the test: who is trusted, and that a refusal is final.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ionos_vpn::{Client, Error, ErrorKind, IpSecGatewayRead};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::server::read_request;
use crate::support::{PAGE_ID, PAGE_RESPONSE};

pub(crate) type Authority = CertifiedIssuer<'static, KeyPair>;

pub(crate) fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server with a certificate of the authority; counts connections and requests.
pub(crate) struct Server {
    pub(crate) port: u16,
    connections: Arc<AtomicUsize>,
    pub(crate) requests: Arc<AtomicUsize>,
}

pub(crate) async fn serve(authority: &Authority, name: &str, expired: bool) -> Server {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if expired {
        params.not_before = date_time_ymd(2020, 1, 1);
        params.not_after = date_time_ymd(2021, 1, 1);
    }
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap().der().clone();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let (connections, requests) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
    let (opened, seen) = (Arc::clone(&connections), Arc::clone(&requests));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            opened.fetch_add(1, Ordering::SeqCst);
            // A client that does not trust this server ends the handshake.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            if read_request(&mut stream).await.is_some() {
                seen.fetch_add(1, Ordering::SeqCst);
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", PAGE_RESPONSE.len());
                stream.write_all((head + PAGE_RESPONSE).as_bytes()).await.unwrap();
            }
        }
    });
    Server { port, connections, requests }
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
    assert_eq!(server.requests.load(Ordering::SeqCst), 1);
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
        assert_eq!(server.connections.load(Ordering::SeqCst), 1, "{case}");
        assert_eq!(server.requests.load(Ordering::SeqCst), 0, "{case}");
    }
}

#[test]
fn a_root_certificate_that_is_none_is_refused() {
    for pem in ["", "not PEM", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"] {
        let error = Client::builder().token("a-token").root_certificate(pem).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{pem:?}");
    }
}
