//! Tests of the token cache, without a clock.

use std::io;
use std::time::{Duration, SystemTime};

use super::{Cache, Kept, Origin, Token};
use crate::RetryPolicy;

fn token(text: &str) -> Token {
    Token::new(text).unwrap()
}

/// A cache whose provider fails, with a token that expires after `expiry` seconds and should be renewed after `renewal` seconds.
fn cache(expiry: u64, renewal: u64) -> Cache {
    let provider = || std::future::ready(Err::<String, _>(io::Error::other("the vault is sealed")));
    let cache = Cache::new(Origin::Provider(Box::new(provider)));
    let time = |seconds: u64| Some(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    *cache.kept() = Some(Kept { token: token("kept"), expires_at: time(expiry), renew_at: time(renewal) });
    cache
}

/// A time in the far future.
const FUTURE: u64 = 1 << 40;

#[tokio::test(start_paused = true)]
async fn a_renewal_that_fails_is_no_error_as_long_as_the_token_is_valid() {
    let deadline = tokio::time::Instant::now() + Duration::from_secs(60);
    // Fresh; to be renewed; expired.
    for (expiry, renewal, expected) in [(FUTURE, FUTURE, true), (FUTURE, 1, true), (1, 1, false)] {
        let result = cache(expiry, renewal).token(&RetryPolicy::default(), deadline).await;
        assert_eq!(result.ok(), expected.then(|| token("kept")), "{expiry} {renewal}");
    }
}

#[tokio::test]
async fn a_token_that_was_refused_is_forgotten_and_another_one_is_not() {
    let cache = cache(FUTURE, FUTURE);
    cache.refuse(&token("another"));
    assert_eq!(cache.fresh(), Some(token("kept")));
    cache.refuse(&token("kept"));
    assert_eq!(cache.fresh(), None);
}
