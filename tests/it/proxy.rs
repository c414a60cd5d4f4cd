//! Proxies: which calls use a proxy, and the errors if a proxy refuses the connection.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ionos_vpn::{Client, ClientBuilder, Error, ErrorKind, RetryPolicy};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};

use crate::program::{run, stdout, this_test};
use crate::server::{Server, answer, read_request};
use crate::support::{PAGE_ID, PAGE_RESPONSE};
use crate::tls;

/// A host that no name server knows: only a proxy finds it.
const HOST: &str = "vpn.example.test";
const TOKEN: &str = "a-token-of-the-tests";

/// What a proxy does with a request for a connection.
#[derive(Clone, Copy)]
enum Answer {
    /// Connects it to a port of this machine, whatever host it names.
    Connect(u16),
    Refuse(&'static str),
    Close,
}

struct Proxy {
    address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::<Mutex<Vec<String>>>::default();
        let heads = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(request) = read_request(&mut stream).await else { continue };
                heads.lock().unwrap().push(request.head);
                match answer {
                    Answer::Connect(port) => _ = tokio::spawn(connect(stream, port)),
                    Answer::Refuse(status) => {
                        let response = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
                        _ = stream.write_all(response.as_bytes()).await;
                    }
                    Answer::Close => {}
                }
            }
        });
        Self { address, seen }
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn connect(mut stream: TcpStream, port: u16) {
    let mut server = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    // The client may have closed the connection.
    _ = tokio::io::copy_bidirectional(&mut stream, &mut server).await;
}

fn builder() -> ClientBuilder {
    tls::install_provider();
    let retry = RetryPolicy::default().max_attempts(2).base_delay(Duration::from_millis(1));
    Client::builder().base_url(format!("https://{HOST}")).token(TOKEN).retry(retry)
}

/// Everything that an error shows.
fn shown(error: &Error) -> String {
    let mut shown = format!("{error} {error:?}");
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        shown.push_str(&format!(" {cause} {cause:?}"));
        source = cause.source();
    }
    shown
}

#[tokio::test]
async fn a_call_goes_through_the_proxy_that_was_set() {
    let authority = tls::authority();
    let server = tls::serve(&authority, HOST, false).await;
    let proxy = Proxy::start(Answer::Connect(server.port)).await;
    let url = format!("http://user:pa55word@{}", proxy.address);
    let own = reqwest::Client::builder().proxy(reqwest::Proxy::all("http://127.0.0.1:9").unwrap());
    for builder in [builder(), builder().http_client_builder(own)] {
        let builder = builder.root_certificate(authority.pem()).proxy(&url);
        assert!(!format!("{builder:?}").contains("pa55word"));
        let client = builder.build().unwrap();
        assert!(!format!("{client:?}").contains("pa55word"));
        assert_eq!(client.ipsec_gateways().get(PAGE_ID).await.unwrap().id, PAGE_ID);
    }
    assert_eq!(server.requests(), 2);
    for head in proxy.seen() {
        assert!(head.starts_with(&format!("CONNECT {HOST}:443 ")), "{head}");
        assert!(head.contains("Basic dXNlcjpwYTU1d29yZA==") && !head.contains(TOKEN), "{head}");
    }
}

/// Runs itself again in a child process for each row, because a test must not change the environment of this process.
#[tokio::test]
async fn the_environment_names_the_proxy() {
    const CHILD: &str = "IONOS_VPN_TEST_PROXY";
    if let Ok(port) = std::env::var(CHILD) {
        let pem = std::env::var("IONOS_VPN_TEST_PEM").unwrap();
        // Without a proxy, the name leads to this machine as well.
        let direct = ([127, 0, 0, 1], port.parse().unwrap()).into();
        let own = reqwest::Client::builder().resolve(HOST, direct);
        let builder = builder().http_client_builder(own).root_certificate(pem);
        let builder = if std::env::var_os("OFF").is_some() { builder.no_proxy() } else { builder };
        let gateway = builder.build().unwrap().ipsec_gateways().get(PAGE_ID).await.unwrap();
        return println!("\nfound {}", gateway.id);
    }
    let authority = tls::authority();
    let server = tls::serve(&authority, HOST, false).await;
    // What is set, and whether the call goes through the proxy.
    let rows: [(&[(&str, &str)], bool); 6] = [
        (&[("HTTPS_PROXY", "")], true),
        (&[("ALL_PROXY", "")], true),
        (&[("HTTP_PROXY", "")], false),
        (&[("HTTPS_PROXY", ""), ("NO_PROXY", HOST)], false),
        (&[("HTTPS_PROXY", ""), ("NO_PROXY", "other.test")], true),
        (&[("HTTPS_PROXY", ""), ("OFF", "1")], false),
    ];
    for (variables, is_proxied) in rows {
        let proxy = Proxy::start(Answer::Connect(server.port)).await;
        let mut child = this_test("proxy::the_environment_names_the_proxy");
        for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
            child.env_remove(name).env_remove(name.to_lowercase());
        }
        child.env(CHILD, server.port.to_string()).env("IONOS_VPN_TEST_PEM", authority.pem());
        for (name, value) in variables {
            child.env(name, if value.is_empty() { &proxy.address } else { *value });
        }
        let output = stdout(&run(child).await);
        assert!(output.contains(&format!("found {PAGE_ID}")), "{variables:?}: {output}");
        assert_eq!(!proxy.seen().is_empty(), is_proxied, "{variables:?}");
    }
    assert_eq!(server.requests(), rows.len());
}

#[tokio::test]
async fn requests_to_this_machine_do_not_go_through_the_proxy_that_was_set() {
    let server = Server::start(vec![answer(200, PAGE_RESPONSE)]).await;
    let proxy = Proxy::start(Answer::Close).await;
    let client = builder().base_url(&server.base_url).proxy(format!("http://{}", proxy.address)).build().unwrap();
    client.ipsec_gateways().get(PAGE_ID).await.unwrap();
    assert_eq!((server.requests().len(), proxy.seen().len()), (1, 0));
}

#[tokio::test]
async fn an_error_names_the_answer_of_a_proxy_that_refuses() {
    // What the proxy does, what the error says, the attempts, and whether the failure may pass.
    let rows = [
        (
            Answer::Refuse("407 Proxy Authentication Required"),
            "the proxy demands a valid user name and password (407)",
            1,
        ),
        (Answer::Refuse("502 Bad Gateway"), "the proxy refused to connect to the server", 2),
        (Answer::Refuse("403 Forbidden"), "the proxy refused to connect to the server", 2),
        (Answer::Close, "no connection through the proxy", 2),
    ];
    for (answer, message, attempts) in rows {
        let proxy = Proxy::start(answer).await;
        let client = builder().proxy(format!("http://user:pa55word@{}", proxy.address)).build().unwrap();
        let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
        let shown = shown(&error);
        assert!(error.to_string().contains(message), "{shown}");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Connect, None), "{shown}");
        assert_eq!(error.attempts(), Some(attempts), "{shown}");
        assert_eq!(error.is_transient(), attempts > 1, "{shown}");
        assert_eq!(proxy.seen().len(), attempts as usize);
        for secret in ["pa55word", "dXNlcjpwYTU1d29yZA", TOKEN] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_no_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = builder().proxy(nowhere).build().unwrap().ipsec_gateways().get(PAGE_ID).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, Some(2)), "{error:?}");
    assert!(error.to_string().contains("no connection through the proxy"), "{error:?}");
}

#[test]
fn a_proxy_url_that_is_none_is_refused_without_repeating_it() {
    let urls = ["", "user:pa55word@proxy.example:3128", "socks5://user:pa55word@proxy.example", "http://", "pa55word"];
    for url in urls {
        let error = builder().proxy(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{url}");
        let shown = shown(&error);
        assert!(shown.contains("proxy is not of the form") && !shown.contains("pa55word"), "{url}: {shown}");
    }
}
