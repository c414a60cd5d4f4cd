//! Where a token comes from: providers that fail, and files that change.

use std::error::Error as _;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use futures_util::future::join_all;
use futures_util::{StreamExt, stream};
use ionos_vpn::{
    AccessToken, CallOptions, Client, ClientBuilder, ErrorKind, IpSecGateway, Resources, RetryPolicy, Sandbox,
    TokenFuture, TokenProvider,
};

use crate::server::{Action, Server, answer};
use crate::support::{PAGE_ID, PAGE_RESPONSE, Traces, page_gateway};

const TOKEN: &str = "a-token-of-the-tests";

fn builder(server: &Server) -> ClientBuilder {
    let retry = RetryPolicy::default().max_attempts(4).base_delay(Duration::from_millis(1));
    Client::builder().base_url(&server.base_url).retry(retry)
}

fn page() -> Action {
    answer(200, PAGE_RESPONSE)
}

/// Returns the tokens that the server was sent, in their order.
fn sent(server: &Server) -> Vec<String> {
    let token = |head: &str| head.lines().find_map(|it| it.strip_prefix("authorization: Bearer ").map(str::to_owned));
    server.requests().iter().map(|it| token(&it.head).unwrap()).collect()
}

/// A provider that follows a script, whose last row is repeated, and the number of its calls.
fn scripted<F>(answers: Vec<Result<&'static str, &'static str>>, with: F) -> (Arc<AtomicUsize>, ClientBuilder)
where
    F: FnOnce(Box<dyn Fn() -> std::future::Ready<io::Result<String>> + Send + Sync>) -> ClientBuilder,
{
    let calls = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&calls);
    let provider = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        let answer = answers.get(number).or(answers.last()).unwrap();
        std::future::ready(answer.map(str::to_owned).map_err(io::Error::other))
    };
    (calls, with(Box::new(provider)))
}

#[tokio::test]
async fn a_provider_is_called_again_when_it_fails() {
    let sealed = Err("the vault is sealed");
    // What the provider returns → how often it is called, and whether the error passes, where there is one.
    let table: [(Vec<Result<&str, &str>>, usize, Option<bool>); 5] = [
        (vec![Ok(TOKEN)], 1, None),
        (vec![sealed, sealed, Ok(TOKEN)], 3, None),
        (vec![sealed], 4, Some(true)),
        (vec![Ok("two words")], 1, Some(false)),
        (vec![sealed, Ok("")], 2, Some(false)),
    ];
    for (answers, calls, passes) in table {
        let row = format!("{answers:?}");
        let server = Server::start(vec![page()]).await;
        let (called, builder) = scripted(answers, |provider| builder(&server).token_provider(provider));
        let result = builder.build().unwrap().ipsec_gateways().get(PAGE_ID).await;
        assert_eq!(called.load(Ordering::SeqCst), calls, "{row}");
        match (result, passes) {
            (Ok(_), None) => assert_eq!(server.requests().len(), 1, "{row}"),
            (Err(error), Some(passes)) => {
                assert_eq!((error.kind(), error.is_transient()), (ErrorKind::Token, passes), "{row}: {error}");
                assert!(server.requests().is_empty() && !format!("{error:?}").contains("two words"), "{row}");
            }
            (result, _) => panic!("{row}: {result:?}"),
        }
    }
}

#[tokio::test]
async fn no_retries_means_one_call_of_the_provider() {
    let server = Server::start(vec![page()]).await;
    let (called, builder) = scripted(vec![Err("sealed")], |provider| builder(&server).token_provider(provider));
    let client = builder.retry(RetryPolicy::none()).build().unwrap();
    assert!(client.ipsec_gateways().get(PAGE_ID).await.unwrap_err().is_transient());
    assert_eq!(called.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn calls_at_once_share_the_calls_of_a_provider_that_fails() {
    let server = Server::start(vec![page()]).await;
    let sealed = Err("the vault is sealed");
    let (called, builder) =
        scripted(vec![sealed, sealed, sealed, Ok(TOKEN)], |provider| builder(&server).token_provider(provider));
    let gateways = builder.build().unwrap().ipsec_gateways();
    let results = join_all((0..50).map(|_| gateways.get(PAGE_ID))).await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(called.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_provider_that_fails_in_a_wait_does_not_end_it() {
    let sandbox = Sandbox::builder().token(TOKEN.to_owned()).start().await.unwrap();
    let ensured = sandbox.client().ipsec_gateways().ensure(PAGE_ID, &page_gateway()).await.unwrap();
    let (called, builder) = scripted(vec![Err("sealed"), Err("sealed"), Ok(TOKEN)], |provider| {
        Client::builder().base_url(sandbox.base_url()).token_provider(provider)
    });
    let waiting = builder.retry(RetryPolicy::none()).build().unwrap().ipsec_gateways();
    let options = ionos_vpn::WaitOptions::default().first_poll(Duration::from_millis(100));
    waiting.wait_options(options).wait_until_available(&ensured).await.unwrap();
    assert_eq!(called.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn a_refused_token_that_the_provider_returns_again_is_not_sent_again_in_the_call() {
    let server = Server::start(vec![answer(401, ""), page()]).await;
    let (called, builder) = scripted(vec![Ok(TOKEN)], |provider| builder(&server).token_provider(provider));
    let gateways = builder.build().unwrap().ipsec_gateways();
    assert!(gateways.get(PAGE_ID).await.unwrap_err().is_unauthorized());
    assert_eq!((server.requests().len(), called.load(Ordering::SeqCst)), (1, 2));
    gateways.get(PAGE_ID).await.unwrap();
    assert_eq!((server.requests().len(), called.load(Ordering::SeqCst)), (2, 2));
}

/// Writes a file, and gives it another time of modification than the one before.
fn write(path: &std::path::Path, text: &str, minute: u64) {
    std::fs::write(path, text).unwrap();
    let file = std::fs::File::options().write(true).open(path).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(60 * minute)).unwrap();
}

#[tokio::test]
async fn a_token_file_is_read_again_when_it_changes_or_its_token_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let server = Server::start(vec![page(), page(), page(), page(), answer(401, ""), page()]).await;
    let gateways = builder(&server).token_file(&path).build().unwrap().ipsec_gateways();

    write(&path, "first\n", 1);
    gateways.get(PAGE_ID).await.unwrap();
    gateways.get(PAGE_ID).await.unwrap();
    // Of the same size, with another line end.
    write(&path, "next\r\n", 2);
    gateways.get(PAGE_ID).await.unwrap();
    // Gone for a moment: the token is still good.
    std::fs::remove_file(&path).unwrap();
    gateways.get(PAGE_ID).await.unwrap();
    // Without a visible change, but refused.
    write(&path, "last\n\n", 2);
    gateways.get(PAGE_ID).await.unwrap();
    assert_eq!(sent(&server), ["first", "first", "next", "next", "next", "last"]);
}

#[tokio::test]
async fn a_token_file_that_cannot_be_used_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("token");
    let server = Server::start(vec![page()]).await;
    let gateways = builder(&server).token_file(&path).build().unwrap().ipsec_gateways();
    let large = "x".repeat(100_000);
    // What the file holds → the cause or the end of the message, and whether the error passes.
    let table: [(Option<&[u8]>, &str, bool); 6] = [
        (None, "cannot be read", true),
        (Some(b""), "it is empty", true),
        (Some(b"\r\n"), "it is empty", true),
        (Some(large.as_bytes()), "larger than 65536 bytes", true),
        (Some(b"a-secret-part and more"), "has a space", false),
        (Some(b"a-secret-part\xff"), "not ASCII", false),
    ];
    for (content, problem, passes) in table {
        content.into_iter().for_each(|content| std::fs::write(&path, content).unwrap());
        let error = gateways.get(PAGE_ID).await.unwrap_err();
        let text = error.to_string() + &error.source().map(ToString::to_string).unwrap_or_default();
        assert!(text.contains(path.to_str().unwrap()) && text.contains(problem), "{problem}: {text}");
        assert_eq!((error.kind(), error.is_transient()), (ErrorKind::Token, passes), "{text}");
        assert!(!text.contains("a-secret-part"), "{text}");
    }
    let gateways = builder(&server).token_file(directory.path()).build().unwrap().ipsec_gateways();
    let error = gateways.get(PAGE_ID).await.unwrap_err();
    assert!(error.source().unwrap().to_string().contains("not a file"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_call_that_waits_for_a_failing_provider_says_so() {
    let server = Server::start(vec![page()]).await;
    let (_, builder) = scripted(vec![Err("the vault is sealed")], |provider| builder(&server).token_provider(provider));
    let retry = RetryPolicy::default()
        .max_attempts(u32::MAX)
        .base_delay(Duration::from_millis(1))
        .max_delay(Duration::from_millis(1));
    let client = builder.retry(retry).total_timeout(Duration::from_millis(200)).build().unwrap();
    let gateways = client.ipsec_gateways();
    for error in join_all((0..3).map(|_| gateways.get(PAGE_ID))).await.into_iter().map(Result::unwrap_err) {
        assert!(error.is_transient() && error.source().unwrap().to_string().contains("sealed"), "{error}");
    }
}

/// A provider that returns its tokens in order and repeats the last one. It counts its calls.
#[derive(Clone, Default)]
struct Counting {
    tokens: Vec<String>,
    asked: Arc<AtomicUsize>,
    refused: Arc<AtomicUsize>,
    at_once: Arc<AtomicUsize>,
}

impl TokenProvider for Counting {
    fn token(&self) -> TokenFuture<'_> {
        Box::pin(async {
            assert_eq!(self.at_once.fetch_add(1, Ordering::SeqCst), 0, "two renewals at once");
            let number = self.asked.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            self.at_once.fetch_sub(1, Ordering::SeqCst);
            Ok(AccessToken::from(self.tokens.get(number).or(self.tokens.last()).unwrap().clone()))
        })
    }

    fn refused(&self, _: &str) {
        self.refused.fetch_add(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_token_without_an_expiry_is_asked_for_once() {
    let sandbox = Sandbox::start().await.unwrap();
    let provider = Counting { tokens: vec!["sandbox".into()], ..Counting::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).token_provider(provider.clone());
    let gateways = builder.build().unwrap().ipsec_gateways();
    let calls = (0..500).map(|_| gateways.get(PAGE_ID));
    let errors: Vec<_> = stream::iter(calls).buffer_unordered(64).filter_map(async |it| it.err()).collect().await;
    assert!(errors.iter().all(ionos_vpn::Error::is_not_found));
    assert_eq!((errors.len(), provider.asked.load(Ordering::SeqCst)), (500, 1));
}

#[tokio::test]
async fn a_web_token_is_renewed_once_in_its_lifetime() {
    let server = Server::start(vec![page()]).await;
    let asked = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&asked);
    let provider = move || {
        counter.fetch_add(1, Ordering::SeqCst);
        let expiry = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs_f64() + 3.0;
        let claims = URL_SAFE_NO_PAD.encode(format!("{{\"exp\":{expiry}}}"));
        std::future::ready(Ok::<_, io::Error>(format!("e30.{claims}.c2ln")))
    };
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let started = Instant::now();
    while started.elapsed() < Duration::from_millis(3500) {
        join_all((0..8).map(|_| gateways.get(PAGE_ID))).await.into_iter().for_each(|result| drop(result.unwrap()));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // It is renewed a tenth of its lifetime before it expires.
    let lifetimes = started.elapsed().as_secs_f64() / 2.7;
    let asked = asked.load(Ordering::SeqCst);
    assert!(asked >= 2 && asked as f64 <= lifetimes + 1.0, "{asked} in {lifetimes} lifetimes");
    // Even on a slow machine, it was kept for more than one round.
    assert!(server.requests().len() > 8 * asked, "{}", server.requests().len());
}

#[tokio::test]
async fn a_storm_of_401_is_one_renewal() {
    let sandbox = Sandbox::start().await.unwrap();
    let provider = Counting { tokens: vec!["revoked".into(), "sandbox".into()], ..Counting::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).token_provider(provider.clone());
    let gateways = builder.build().unwrap().ipsec_gateways();
    let results = join_all((0..100).map(|_| gateways.get(PAGE_ID))).await;
    assert!(results.iter().all(|result| result.as_ref().unwrap_err().is_not_found()));
    let counts = [provider.asked, provider.refused].map(|count| count.load(Ordering::SeqCst));
    assert_eq!(counts, [2, 1], "asked, refused");
    assert_eq!(sandbox.requests().len(), 200);
}

#[tokio::test]
async fn a_storm_of_401_is_one_renewal_even_if_it_brings_the_same_token() {
    let sandbox = Sandbox::start().await.unwrap();
    let provider = Counting { tokens: vec!["revoked".into()], ..Counting::default() };
    let builder = Client::builder().base_url(sandbox.base_url()).token_provider(provider.clone());
    let gateways = builder.build().unwrap().ipsec_gateways();
    let results = join_all((0..100).map(|_| gateways.get(PAGE_ID))).await;
    assert!(results.iter().all(|result| result.as_ref().unwrap_err().is_unauthorized()));
    let counts = [provider.asked, provider.refused].map(|count| count.load(Ordering::SeqCst));
    assert_eq!((counts, sandbox.requests().len()), ([2, 1], 100), "asked, refused; requests");
}

/// A provider that counts its calls, each of which takes this long.
fn slow<T: Send + 'static>(
    millis: u64,
    result: impl Fn(usize) -> Result<T, &'static str> + Send + Sync + 'static,
) -> (Arc<AtomicUsize>, impl Fn() -> futures_util::future::BoxFuture<'static, Result<T, io::Error>> + Send + Sync) {
    let asked = Arc::<AtomicUsize>::default();
    let counter = Arc::clone(&asked);
    let provider = move || {
        let result = result(counter.fetch_add(1, Ordering::SeqCst));
        let pause = tokio::time::sleep(Duration::from_millis(millis));
        Box::pin(async move {
            pause.await;
            result.map_err(io::Error::other)
        }) as futures_util::future::BoxFuture<'static, _>
    };
    (asked, provider)
}

#[tokio::test]
async fn calls_at_once_share_a_renewal_that_fails() {
    let server = Server::start(vec![page()]).await;
    let (asked, provider) = slow(10, |_| Err::<String, _>("the vault is sealed"));
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let results = join_all((0..50).map(|_| gateways.get(PAGE_ID))).await;
    assert!(results.iter().all(|result| result.as_ref().unwrap_err().kind() == ErrorKind::Token));
    let asked = asked.load(Ordering::SeqCst);
    assert!((4..=12).contains(&asked), "{asked} renewals for 50 calls with 4 attempts each");
}

#[tokio::test]
async fn a_provider_of_expired_tokens_is_called_about_once_a_second() {
    let server = Server::start(vec![page()]).await;
    let expired = || AccessToken::from(TOKEN.to_owned()).expires_at(SystemTime::now() - Duration::from_secs(60));
    let (asked, provider) = slow(1, move |_| Ok(expired()));
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let started = Instant::now();
    for _ in 0..50 {
        gateways.get(PAGE_ID).await.unwrap();
    }
    assert!(asked.load(Ordering::SeqCst) as f64 <= 1.0 + started.elapsed().as_secs_f64() / 0.9);
}

#[tokio::test]
async fn a_short_call_that_gives_up_does_not_cancel_the_renewal_of_others() {
    let server = Server::start(vec![page()]).await;
    let (asked, provider) = slow(300, |_| Ok(TOKEN.to_owned()));
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    let short = CallOptions::default().total_timeout(Duration::from_millis(50));
    let of_short = gateways.clone().with_options(short);
    assert!(of_short.get(PAGE_ID).await.unwrap_err().is_timeout());
    let (short, long) = tokio::join!(of_short.get(PAGE_ID), gateways.get(PAGE_ID));
    assert!(short.unwrap_err().is_timeout() && long.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

/// A provider whose `refused` waits for a lock.
struct Blocking(Arc<std::sync::Mutex<()>>, AtomicUsize);

impl TokenProvider for Blocking {
    fn token(&self) -> TokenFuture<'_> {
        let number = self.1.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(AccessToken::from(format!("token-{number}"))) })
    }

    fn refused(&self, _: &str) {
        drop(self.0.lock());
    }
}

#[tokio::test]
async fn a_provider_that_blocks_when_a_token_is_refused_stops_no_thread() {
    let server = Server::start(vec![answer(401, ""), page()]).await;
    let lock = Arc::<std::sync::Mutex<()>>::default();
    let client = builder(&server).token_provider(Blocking(Arc::clone(&lock), AtomicUsize::new(0)));
    let gateways = client.total_timeout(Duration::from_millis(300)).build().unwrap().ipsec_gateways();
    let (locked, is_locked) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let guard = lock.lock().unwrap();
        locked.send(()).unwrap();
        std::thread::sleep(Duration::from_secs(2));
        drop(guard);
    });
    is_locked.recv().unwrap();
    let started = Instant::now();
    // All wait for another token, until their time has passed.
    for error in join_all((0..5).map(|_| gateways.get(PAGE_ID))).await.into_iter().filter_map(Result::err) {
        assert!(error.is_timeout(), "{error}");
    }
    assert!(gateways.get(PAGE_ID).await.unwrap_err().is_timeout());
    assert!(started.elapsed() < Duration::from_millis(1500), "{:?}", started.elapsed());
    let patient = CallOptions::default().total_timeout(Duration::from_secs(20));
    gateways.with_options(patient).get(PAGE_ID).await.unwrap();
    assert_eq!(sent(&server).last().unwrap(), "token-1");
}

#[tokio::test]
async fn a_provider_that_panics_is_an_error_of_one_call() {
    let server = Server::start(vec![page()]).await;
    let (_, provider) = slow(0, |number| {
        assert_ne!(number, 0, "a panic of the test's provider");
        Ok(TOKEN.to_owned())
    });
    let client = builder(&server).retry(RetryPolicy::none()).token_provider(provider).build().unwrap();
    let error = client.ipsec_gateways().get(PAGE_ID).await.unwrap_err();
    assert!(error.is_transient() && error.kind() == ErrorKind::Token, "{error}");
    client.ipsec_gateways().get(PAGE_ID).await.unwrap();
}

#[test]
fn a_renewal_is_started_again_when_its_runtime_has_ended() {
    let runtime = || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let (first, second) = (runtime(), runtime());
    let server = second.block_on(Server::start(vec![page()]));
    let (asked, provider) = slow(500, |_| Ok(TOKEN.to_owned()));
    let client = builder(&server).token_provider(provider).total_timeout(Duration::from_secs(20)).build().unwrap();
    let gateways = client.ipsec_gateways();
    let get = |gateways: Resources<IpSecGateway>| async move { gateways.get(PAGE_ID).await };
    first.spawn(get(gateways.clone()));
    while asked.load(Ordering::SeqCst) == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let waiting = second.spawn(get(gateways.clone()));
    std::thread::sleep(Duration::from_millis(50));
    first.shutdown_background();
    // Who waited for it, and who comes later.
    second.block_on(waiting).unwrap().unwrap();
    second.block_on(gateways.get(PAGE_ID)).unwrap();
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_renewal_that_fails_while_the_token_is_valid_is_traced_once() {
    let server = Server::start(vec![page()]).await;
    let lasting = || AccessToken::from(TOKEN.to_owned()).expires_at(SystemTime::now() + Duration::from_secs(3600));
    let (asked, provider) = slow(10, move |number| if number == 0 { Ok(lasting()) } else { Err("sealed") });
    let gateways = builder(&server).token_provider(provider).build().unwrap().ipsec_gateways();
    gateways.get(PAGE_ID).await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(3500)).await;
    tokio::time::resume();
    let (traces, _guard) = Traces::start();
    for _ in 0..3 {
        // A thread of another test without a subscriber may have registered the callsite first.
        tracing::callsite::rebuild_interest_cache();
        join_all((0..20).map(|_| gateways.get(PAGE_ID))).await.into_iter().for_each(|result| drop(result.unwrap()));
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let warnings = traces.text().matches("token failed").count();
    // As often as a renewal failed, whatever the number of calls.
    assert!((1..asked.load(Ordering::SeqCst)).contains(&warnings), "{warnings} {asked:?}");
}
