//! Tests of the token sources, on a paused clock.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use futures_util::future::join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Instant, advance, sleep};

use super::{AccessToken, Seen, Token, TokenSource, system_time};
use crate::error::{Error, ErrorKind};

const SECOND: Duration = Duration::from_secs(1);

/// What a provider does.
#[derive(Clone, Copy)]
enum Act {
    /// Returns a token that is valid for this many seconds.
    Valid(u64),
    Expired,
    /// Fails after this many milliseconds.
    Fail(u64),
    Hang,
    Panic,
}

/// A source whose provider follows a script and repeats its last row, and the number of its calls. The tokens are numbered.
fn scripted(script: impl Into<Vec<Act>>) -> (Arc<TokenSource>, Arc<AtomicUsize>) {
    let (script, calls) = (script.into(), Arc::<AtomicUsize>::default());
    let counter = Arc::clone(&calls);
    let provider = move || {
        let number = counter.fetch_add(1, Ordering::SeqCst);
        let act = *script.get(number).or(script.last()).unwrap();
        let expires_in = |seconds| system_time() + Duration::from_secs(seconds);
        async move {
            let token = AccessToken::from(format!("token-{number}"));
            match act {
                Act::Valid(seconds) => Ok(token.expires_at(expires_in(seconds))),
                Act::Expired => Ok(token.expires_at(SystemTime::UNIX_EPOCH)),
                Act::Fail(millis) => {
                    sleep(Duration::from_millis(millis)).await;
                    Err(io::Error::other("the vault is sealed"))
                }
                Act::Hang => std::future::pending().await,
                Act::Panic => panic!("a panic of the test's provider"),
            }
        }
    };
    (Arc::new(TokenSource::provider(provider)), calls)
}

/// A new call, with a total time of this many seconds.
async fn call(source: &TokenSource, seconds: u32) -> Result<String, Error> {
    let token = source.get(&mut Seen::default(), Instant::now() + seconds * SECOND).await?;
    Ok(token.text().to_owned())
}

fn count(calls: &AtomicUsize) -> usize {
    calls.load(Ordering::SeqCst)
}

#[tokio::test(start_paused = true)]
async fn a_token_is_renewed_before_it_expires() {
    // Columns: the lifetime of a token, its age, and whether it is the first one that a call then gets.
    for (lifetime, age, is_first) in [(3600, 3470, true), (3600, 3490, false), (100, 89, true), (100, 91, false)] {
        let (source, calls) = scripted([Act::Valid(lifetime)]);
        call(&source, 60).await.unwrap();
        advance(Duration::from_secs(age)).await;
        assert_eq!(call(&source, 60).await.unwrap(), "token-0", "valid for {lifetime} s, after {age} s");
        sleep(SECOND / 10).await;
        assert_eq!(count(&calls), if is_first { 1 } else { 2 }, "valid for {lifetime} s, after {age} s");
        assert_eq!(call(&source, 60).await.unwrap() == "token-0", is_first);
    }
}

#[tokio::test(start_paused = true)]
async fn a_valid_token_is_served_at_once_whatever_the_provider_does() {
    for act in [Act::Hang, Act::Fail(5_000), Act::Fail(0), Act::Panic] {
        let (source, _) = scripted([Act::Valid(3600), act]);
        call(&source, 60).await.unwrap();
        advance(3500 * SECOND).await;
        for _ in 0..40 {
            let started = Instant::now();
            assert_eq!(call(&source, 60).await.unwrap(), "token-0");
            assert_eq!(started.elapsed(), Duration::ZERO);
            sleep(2 * SECOND).await;
        }
        sleep(60 * SECOND).await;
        call(&source, 60).await.unwrap_err();
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_renewal_of_a_valid_token_is_not_repeated_at_once() {
    let (source, calls) = scripted([Act::Valid(3600), Act::Fail(0)]);
    call(&source, 60).await.unwrap();
    advance(3500 * SECOND).await;
    for _ in 0..500 {
        call(&source, 60).await.unwrap();
        sleep(SECOND / 100).await;
    }
    assert!((5..=7).contains(&count(&calls)), "{} in 5 s", count(&calls));
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_is_used_for_a_moment() {
    let (source, calls) = scripted([Act::Expired]);
    for _ in 0..80 {
        assert_eq!(call(&source, 60).await.unwrap(), "token-0");
        sleep(SECOND / 100).await;
    }
    assert_eq!(count(&calls), 1);
    sleep(SECOND).await;
    assert_eq!(call(&source, 60).await.unwrap(), "token-1");
}

#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_by_those_who_wait_and_by_a_new_call() {
    let (source, calls) = scripted([Act::Fail(5_000), Act::Fail(0), Act::Valid(3600)]);
    let errors = join_all((0..50).map(|_| call(&source, 60))).await;
    assert!(errors.iter().all(|error| error.as_ref().unwrap_err().is_transient()));
    let mut seen = Seen::default();
    let deadline = Instant::now() + 60 * SECOND;
    source.get(&mut seen, deadline).await.unwrap_err();
    assert_eq!(count(&calls), 1);
    // Who has seen the failure asks for the next result, and who comes later shares that.
    let late = seen;
    source.get(&mut seen, deadline).await.unwrap_err();
    sleep(10 * SECOND).await;
    source.get(&mut late.clone(), deadline).await.unwrap_err();
    assert_eq!(count(&calls), 2);
    source.get(&mut seen, deadline).await.unwrap();
    assert_eq!(count(&calls), 3);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_gives_up_does_not_end_the_renewal() {
    let (source, calls) = scripted([Act::Fail(2_000), Act::Hang]);
    let (short, long) = tokio::join!(call(&source, 1), call(&source, 60));
    assert_eq!((short.unwrap_err().kind(), long.unwrap_err().kind()), (ErrorKind::Timeout, ErrorKind::Token));
    assert_eq!(count(&calls), 1);
    // A provider that hangs is dropped after a minute.
    sleep(2 * SECOND).await;
    let (short, long) = tokio::join!(call(&source, 1), call(&source, 100));
    let (short, long) = (short.unwrap_err(), long.unwrap_err());
    assert_eq!((short.kind(), long.kind()), (ErrorKind::Timeout, ErrorKind::Token));
    assert!(long.to_string().contains("60s"), "{long}");
    assert_eq!(std::error::Error::source(&short).unwrap().to_string(), "the vault is sealed");
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_panics_is_an_error() {
    let (source, _) = scripted([Act::Panic, Act::Valid(3600)]);
    let error = call(&source, 60).await.unwrap_err();
    assert!(error.is_transient() && error.kind() == ErrorKind::Token, "{error}");
    assert_eq!(call(&source, 60).await.unwrap(), "token-1");
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
}

#[test]
fn a_renewal_whose_runtime_ended_or_stands_still_is_replaced() {
    for ends in [true, false] {
        let (source, calls) = scripted([Act::Hang, Act::Valid(3600)]);
        let (first, second) = (runtime(), runtime());
        first.block_on(call(&source, 1)).unwrap_err();
        if ends {
            drop(first);
        } else {
            assert_eq!(second.block_on(call(&source, 1)).unwrap_err().kind(), ErrorKind::Timeout);
            second.block_on(advance(100 * SECOND));
        }
        assert_eq!(second.block_on(call(&source, 60)).unwrap(), "token-1");
        assert_eq!(count(&calls), 2);
    }
}

#[test]
fn those_who_wait_for_a_runtime_that_ends_get_an_error() {
    let (source, _) = scripted([Act::Hang]);
    let (first, second) = (runtime(), runtime());
    first.block_on(call(&source, 1)).unwrap_err();
    let error = second.block_on(async {
        let waiting = tokio::spawn(async move { call(&source, 30).await });
        sleep(SECOND).await;
        first.shutdown_background();
        waiting.await.unwrap().unwrap_err()
    });
    assert!(error.is_transient() && error.to_string().contains("has ended"), "{error}");
}

#[test]
fn a_token_that_was_brought_by_another_clock_does_no_harm() {
    let (source, calls) = scripted([Act::Valid(3600)]);
    let (first, second) = (runtime(), runtime());
    first.block_on(advance(1_000_000 * SECOND));
    first.block_on(call(&source, 60)).unwrap();
    // It seems to come from the future: it is used, and renewed.
    assert_eq!(second.block_on(call(&source, 60)).unwrap(), "token-0");
    second.block_on(async { sleep(SECOND).await });
    assert_eq!(second.block_on(call(&source, 60)).unwrap(), "token-1");
    // It seems to be old.
    assert_eq!(first.block_on(call(&source, 60)).unwrap(), "token-2");
    assert_eq!(count(&calls), 3);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_was_refused_is_forgotten_and_another_one_is_not() {
    let (source, calls) = scripted([Act::Valid(3600)]);
    let get = async || source.get(&mut Seen::default(), Instant::now() + SECOND).await.unwrap();
    let first = get().await;
    assert!(source.refuse(&Token::new("another").unwrap()));
    assert_eq!((get().await, count(&calls)), (first.clone(), 1));
    assert!(source.refuse(&first));
    assert!(source.refuse(&first));
    assert_eq!((get().await.text(), count(&calls)), ("token-1", 2));
    // Too late: it has been renewed already.
    assert!(source.refuse(&first));
    assert_eq!((get().await.text(), count(&calls)), ("token-1", 2));
}
