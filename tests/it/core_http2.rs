//! Faults of the core that need HTTP/2 (issue 21). Run with `--features http2`.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt;
use h2::Reason;
use h2::server::SendResponse;
use http::Response;
use ionos_vpn::{CallOptions, Client, ClientBuilder, ErrorKind, RetryBudget, RetryPolicy};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs};
use tokio_rustls::server::TlsStream;

use crate::core_faults::check_creates;
use crate::support::{PAGE_RESPONSE, page_gateway, small_gateway};
use crate::tls::{Authority, acceptor, authority};

const fn millis(count: u64) -> Duration {
    Duration::from_millis(count)
}

/// An HTTP/2 server, and what it received.
#[derive(Clone, Default)]
struct Http2 {
    /// The requests that came with their whole body, by the name in it.
    received: Arc<Mutex<BTreeMap<String, usize>>>,
    /// The requests whose headers came.
    streams: Arc<AtomicUsize>,
}

/// What the server does with a request.
#[derive(Clone, Copy, Debug)]
enum Answer {
    /// Answers with the page, after a delay.
    Page(Duration),
    /// Resets the stream, before the body is read.
    Reset(Reason),
}

impl Http2 {
    /// Serves with at most `limit` streams at the same time.
    async fn start(
        self,
        authority: &Authority,
        limit: u32,
        answer: impl Fn(usize) -> Answer + Send + Sync + 'static,
    ) -> String {
        let acceptor = acceptor(authority, "localhost", false);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
        let answer = Arc::new(answer);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                stream.set_nodelay(true).unwrap();
                let Ok(stream) = acceptor.accept(stream).await else { continue };
                let mut builder = h2::server::Builder::new();
                let handshake = builder.max_concurrent_streams(limit).handshake::<_, Bytes>(stream);
                let (server, answer) = (self.clone(), Arc::clone(&answer));
                tokio::spawn(async move {
                    let mut connection = handshake.await?;
                    while let Some((request, respond)) = connection.accept().await.transpose()? {
                        let number = server.streams.fetch_add(1, Ordering::SeqCst);
                        tokio::spawn(server.clone().answer(request.into_body(), respond, answer(number)));
                    }
                    Ok::<_, h2::Error>(())
                });
            }
        });
        url
    }

    /// Answers one request; the client may have given up.
    async fn answer(self, mut body: h2::RecvStream, mut respond: SendResponse<Bytes>, answer: Answer) -> Option<()> {
        let delay = match answer {
            Answer::Page(delay) => delay,
            Answer::Reset(reason) => {
                respond.send_reset(reason);
                return None;
            }
        };
        let mut whole = Vec::new();
        while let Some(chunk) = body.data().await {
            let chunk = chunk.ok()?;
            _ = body.flow_control().release_capacity(chunk.len());
            whole.extend_from_slice(&chunk);
        }
        let body: Value = serde_json::from_slice(&whole).ok()?;
        *self.received.lock().unwrap().entry(body["properties"]["name"].as_str()?.to_owned()).or_default() += 1;
        tokio::time::sleep(delay).await;
        let head = Response::builder().status(201).body(()).unwrap();
        respond.send_response(head, false).ok()?.send_data(PAGE_RESPONSE.into(), true).ok()
    }
}

fn builder(authority: &Authority, url: &str) -> ClientBuilder {
    let retry = RetryPolicy::default().base_delay(millis(2)).budget(RetryBudget::unlimited());
    Client::builder().base_url(url).token("a-token-of-the-tests").root_certificate(authority.pem()).retry(retry)
}

// F1

/// How 600 creates meet a server with a limit of streams.
struct Crowd {
    streams: u32,
    response: Duration,
    /// The attempt timeout, in microseconds: a random one for each call.
    attempt: std::ops::Range<u64>,
    at_once: usize,
    max_attempts: u32,
}

#[test]
fn a_create_that_waited_for_a_stream_is_not_sent_twice() {
    let patient = Crowd { streams: 4, response: millis(50), attempt: 20_000..60_000, at_once: 600, max_attempts: 10 };
    let hurried = Crowd { streams: 4, response: millis(10), attempt: 9000..20_000, at_once: 16, max_attempts: 10 };
    let once = Crowd { streams: 4, response: millis(10), attempt: 9000..20_000, at_once: 16, max_attempts: 1 };
    for crowd in [patient, hurried, once] {
        check_crowd(crowd);
    }
}

fn check_crowd(crowd: Crowd) {
    const CALLS: usize = 600;
    let Crowd { streams, response, attempt, at_once, max_attempts } = crowd;
    let authority = authority();
    let runtime = |threads| {
        let mut builder = tokio::runtime::Builder::new_multi_thread();
        builder.worker_threads(threads).enable_all().build().unwrap()
    };
    let (server, servers) = (Http2::default(), runtime(2));
    let url = servers.block_on(server.clone().start(&authority, streams, move |_| Answer::Page(response)));
    let results = runtime(8).block_on(async {
        let retry = RetryPolicy::default().max_attempts(max_attempts).base_delay(millis(2));
        let client = builder(&authority, &url).retry(retry.budget(RetryBudget::unlimited())).build().unwrap();
        let create = |number: usize| {
            let timeout = Duration::from_micros(fastrand::u64(attempt.clone()));
            let gateways = client.ipsec_gateways().with_options(CallOptions::default().attempt_timeout(timeout));
            tokio::spawn(async move {
                let mut gateway = small_gateway();
                gateway.name = format!("gateway {number}");
                (gateway.name.clone(), gateways.create(&gateway).await.map(drop))
            })
        };
        let calls = futures_util::stream::iter((0..CALLS).map(create)).buffer_unordered(at_once);
        calls.map(Result::unwrap).collect::<Vec<_>>().await
    });
    // What was sent before the last call ended is read by then.
    std::thread::sleep(millis(50));
    let received = server.received.lock().unwrap().clone();
    check_creates(&received, &results);
}

// F11

#[tokio::test]
async fn a_create_whose_stream_was_refused_is_sent_again() {
    let authority = authority();
    for refusals in [1, 3] {
        let server = Http2::default();
        let refuse = move |number| {
            if number < refusals { Answer::Reset(Reason::REFUSED_STREAM) } else { Answer::Page(millis(1)) }
        };
        let url = server.clone().start(&authority, 100, refuse).await;
        let result = builder(&authority, &url).build().unwrap().ipsec_gateways().create(&page_gateway()).await;
        assert!(result.is_ok(), "{refusals} refusals: {result:?}");
        assert_eq!(server.streams.load(Ordering::SeqCst), refusals + 1);
    }
    // Refused to the end: nothing was applied.
    let server = Http2::default();
    let url = server.clone().start(&authority, 100, |_| Answer::Reset(Reason::REFUSED_STREAM)).await;
    let retry = RetryPolicy::default().max_attempts(3).base_delay(millis(1));
    let client = builder(&authority, &url).retry(retry).build().unwrap();
    let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
    let seen = (server.streams.load(Ordering::SeqCst), error.may_have_been_applied(), error.is_transient());
    assert_eq!(seen, (3, false, true), "{error}");
}

#[tokio::test]
async fn a_create_whose_stream_was_reset_for_another_reason_is_not_sent_again() {
    let authority = authority();
    for reason in [Reason::CANCEL, Reason::INTERNAL_ERROR, Reason::ENHANCE_YOUR_CALM] {
        let server = Http2::default();
        let url = server.clone().start(&authority, 100, move |_| Answer::Reset(reason)).await;
        let client = builder(&authority, &url).build().unwrap();
        let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
        assert!(error.may_have_been_applied() && !error.is_transient(), "{reason:?}: {error}");
        assert_eq!(server.streams.load(Ordering::SeqCst), 1, "{reason:?}");
    }
}

/// How a server ends a connection on which it has read a whole request.
#[derive(Clone, Copy, Debug)]
enum Farewell {
    /// With a GOAWAY of this error code, which says that the request was not processed.
    Below(u32),
    /// With a GOAWAY of this error code, which says that the request may have been processed.
    Covering(u32),
    /// With a frame that HTTP/2 does not allow, so that the GOAWAY is the client's own.
    Invalid,
}

/// A server that ends its first `leaving` connections after the first request, as told. On each later
/// connection it answers. Returns the URL, and how many requests came.
async fn server_that_leaves(authority: &Authority, leaving: usize, farewell: Farewell) -> (String, Arc<AtomicUsize>) {
    let acceptor = acceptor(authority, "localhost", false);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    let requests = Arc::<AtomicUsize>::default();
    let seen = Arc::clone(&requests);
    tokio::spawn(async move {
        let mut connections = 0;
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).unwrap();
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            let leaves = connections < leaving;
            connections += 1;
            tokio::spawn(serve_frames(stream, Arc::clone(&seen), leaves.then_some(farewell)));
        }
    });
    (url, requests)
}

/// Serves one connection; see RFC 9113.
async fn serve_frames(
    mut stream: TlsStream<TcpStream>,
    requests: Arc<AtomicUsize>,
    farewell: Option<Farewell>,
) -> io::Result<()> {
    const DATA: u8 = 0;
    const HEADERS: u8 = 1;
    const SETTINGS: u8 = 4;
    const GOAWAY: u8 = 7;
    const ACK: u8 = 1;
    const END_STREAM: u8 = 1;
    const END_HEADERS: u8 = 4;
    let frame = |kind: u8, flags: u8, stream: u32, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags], &stream.to_be_bytes(), payload].concat()
    };
    stream.read_exact(&mut [0; b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len()]).await?;
    stream.write_all(&frame(SETTINGS, 0, 0, &[])).await?;
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, id @ ..] = head;
        let id = u32::from_be_bytes(id);
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        stream.read_exact(&mut payload).await?;
        match (kind, farewell) {
            (SETTINGS, _) if flags & ACK == 0 => stream.write_all(&frame(SETTINGS, ACK, 0, &[])).await?,
            (HEADERS, _) => _ = requests.fetch_add(1, Ordering::SeqCst),
            // The whole request has been read.
            (DATA, Some(farewell)) if flags & END_STREAM != 0 => {
                let goaway =
                    |last: u32, code: u32| frame(GOAWAY, 0, 0, &[last.to_be_bytes(), code.to_be_bytes()].concat());
                let last = match farewell {
                    Farewell::Below(code) => goaway(id - 1, code),
                    Farewell::Covering(code) => goaway(id, code),
                    Farewell::Invalid => frame(DATA, 0, 0, b"data outside of a stream"),
                };
                stream.write_all(&last).await?;
                stream.shutdown().await?;
                // Unread data would turn the end of the connection into a reset.
                while stream.read(&mut [0; 1024]).await? > 0 {}
                return Ok(());
            }
            (DATA, None) if flags & END_STREAM != 0 => {
                // 0x88 is `:status: 200` in the static table of RFC 7541.
                stream.write_all(&frame(HEADERS, END_HEADERS, id, &[0x88])).await?;
                stream.write_all(&frame(DATA, END_STREAM, id, PAGE_RESPONSE.as_bytes())).await?;
            }
            _ => {}
        }
    }
}

/// The error codes of a GOAWAY that a server sends when it is restarted or overloaded.
const NO_ERROR: u32 = 0;
const ENHANCE_YOUR_CALM: u32 = 11;

#[tokio::test]
async fn a_create_above_the_last_stream_of_a_goaway_is_sent_again() {
    let authority = authority();
    for code in [NO_ERROR, ENHANCE_YOUR_CALM] {
        for leaving in [1, 2] {
            let (url, requests) = server_that_leaves(&authority, leaving, Farewell::Below(code)).await;
            let result = builder(&authority, &url).build().unwrap().ipsec_gateways().create(&page_gateway()).await;
            assert!(result.is_ok(), "code {code}, {leaving} connections: {result:?}");
            assert_eq!(requests.load(Ordering::SeqCst), leaving + 1);
        }
    }
}

#[tokio::test]
async fn a_create_that_the_last_stream_of_a_goaway_covers_is_not_sent_again() {
    let authority = authority();
    for farewell in [Farewell::Covering(NO_ERROR), Farewell::Covering(ENHANCE_YOUR_CALM), Farewell::Invalid] {
        let (url, requests) = server_that_leaves(&authority, 1, farewell).await;
        let client = builder(&authority, &url).build().unwrap();
        let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
        assert!(error.may_have_been_applied() && !error.is_transient(), "{farewell:?}: {error:?}");
        let seen = (error.kind(), requests.load(Ordering::SeqCst));
        assert_eq!(seen, (ErrorKind::Interrupted, 1), "{farewell:?}: {error:?}");
    }
}

#[cfg(any(feature = "rustls", feature = "rustls-no-provider"))]
#[tokio::test]
async fn a_create_of_the_callers_own_client_is_never_sent_again() {
    let authority = authority();
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()));
    let config = config.with_safe_default_protocol_versions().unwrap();
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    // Without the retries of reqwest itself, which would repeat both.
    let own = || {
        let builder = reqwest::Client::builder().no_proxy().tls_backend_preconfigured(config.clone());
        builder.retry(reqwest::retry::never()).build().unwrap()
    };
    let server = Http2::default();
    let refusing = server.clone().start(&authority, 100, |_| Answer::Reset(Reason::REFUSED_STREAM)).await;
    let (leaving, requests) = server_that_leaves(&authority, 1, Farewell::Below(NO_ERROR)).await;
    for url in [refusing, leaving] {
        let client = Client::builder().base_url(url).token("a-token-of-the-tests").http_client(own()).build().unwrap();
        let error = client.ipsec_gateways().create(&page_gateway()).await.unwrap_err();
        assert!(error.may_have_been_applied() && !error.is_transient(), "{error:?}");
    }
    assert_eq!((server.streams.load(Ordering::SeqCst), requests.load(Ordering::SeqCst)), (1, 1));
}
