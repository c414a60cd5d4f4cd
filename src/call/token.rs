//! The API token and its sources: a fixed token, a [`file`] that is read when it changes, or a provider whose tokens a
//! [`cache`] keeps and renews.

mod cache;
mod file;

use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use tokio::time::Instant;

use crate::error::{Error, ErrorKind};
use crate::text;
use cache::Cache;
use file::TokenFile;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The time before its expiry at which a token is renewed. If a tenth of its lifetime is less, that is used.
const MARGIN: Duration = Duration::from_secs(120);

/// How long a failed renewal counts for new calls, and how long a token is used that has expired when it arrives. So a
/// provider that returns nothing useful is not called for each request.
const PAUSE: Duration = Duration::from_secs(1);

/// A token, stored as the value of the `Authorization` header. `Debug` does not print it.
#[derive(Clone)]
pub(crate) struct Token {
    header: HeaderValue,
    /// The number of the renewal that brought it. A provider may return the same text twice.
    renewal: u64,
}

impl PartialEq for Token {
    fn eq(&self, other: &Self) -> bool {
        self.header == other.header
    }
}

impl Token {
    /// Accepts visible ASCII characters only. The error does not repeat the token.
    pub(crate) fn new(token: &str) -> Result<Self, Error> {
        if token.is_empty() {
            return Err(Error::new(ErrorKind::Configuration, "the token is empty"));
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            let message = "the token has a space, a control character or a letter that is not ASCII";
            return Err(Error::new(ErrorKind::Configuration, message));
        }
        let mut header = HeaderValue::try_from(format!("Bearer {token}"))
            .map_err(|_| Error::new(ErrorKind::Configuration, "the token cannot be sent in a header"))?;
        header.set_sensitive(true);
        Ok(Self { header, renewal: 0 })
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// Removes every part of the token from a text that comes from outside this crate. Escapes in the text must have been
    /// decoded before.
    pub(crate) fn redact(&self, text: &str) -> String {
        text::redact(text, self.text())
    }

    fn text(&self) -> &str {
        self.header.to_str().ok().and_then(|header| header.strip_prefix("Bearer ")).unwrap_or_default()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// A token that is used until it expires. Times are those of tokio, so that a change of the system's clock does not matter.
#[derive(Clone)]
struct Kept {
    token: Token,
    since: Instant,
    /// How long it is valid from `since` on. `None`: its expiry is not known.
    lifetime: Option<Duration>,
}

impl Kept {
    fn new(AccessToken { token, expires_at }: AccessToken, renewal: u64) -> Result<Self, Error> {
        let expires_at = expires_at.or_else(|| jwt_expiry(&token));
        let lifetime = expires_at.map(|expiry| expiry.duration_since(system_time()).unwrap_or_default().max(PAUSE));
        Ok(Self { token: Token { renewal, ..Token::new(&token)? }, since: Instant::now(), lifetime })
    }

    fn is_valid(&self, now: Instant) -> bool {
        // Without an age, `since` comes from another clock, such as a paused one. Then the server decides.
        self.lifetime.zip(self.age(now)).is_none_or(|(lifetime, age)| age < lifetime)
    }

    fn is_fresh(&self, now: Instant) -> bool {
        let is_early = |lifetime: Duration, age: Duration| age + MARGIN.min(lifetime / 10) < lifetime;
        self.lifetime.is_none_or(|lifetime| self.age(now).is_some_and(|age| is_early(lifetime, age)))
    }

    fn age(&self, now: Instant) -> Option<Duration> {
        now.checked_duration_since(self.since)
    }
}

/// A token, and when it expires.
///
/// ```
/// # use std::time::{Duration, SystemTime};
/// # use ionos_vpn::AccessToken;
/// let token = AccessToken::from("eyJ0eXAiOiJKV1Qi".to_owned()).expires_at(SystemTime::now() + Duration::from_secs(3600));
/// assert_eq!(format!("{token:?}"), "AccessToken(***)");
/// ```
#[derive(Clone)]
pub struct AccessToken {
    token: String,
    expires_at: Option<SystemTime>,
}

impl AccessToken {
    /// Sets when the token expires. Default: the `exp` of a JSON Web Token, else unknown.
    #[must_use]
    pub fn expires_at(mut self, time: SystemTime) -> Self {
        self.expires_at = Some(time);
        self
    }
}

impl From<String> for AccessToken {
    fn from(token: String) -> Self {
        Self { token, expires_at: None }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(***)")
    }
}

/// Returns the time of the system.
#[cfg(not(test))]
fn system_time() -> SystemTime {
    SystemTime::now()
}

/// Returns the time of the system at the start of the tests, plus what passed on tokio's clock, so that a simulation repeats
/// exactly.
#[cfg(test)]
pub(super) fn system_time() -> SystemTime {
    static START: std::sync::OnceLock<(SystemTime, Instant)> = std::sync::OnceLock::new();
    let (time, instant) = START.get_or_init(|| (SystemTime::now(), Instant::from_std(std::time::Instant::now())));
    *time + Instant::now().saturating_duration_since(*instant)
}

/// Returns the expiry that a JSON Web Token states; `None` for any other text.
fn jwt_expiry(token: &str) -> Option<SystemTime> {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?;
    let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
    let seconds = claims.get("exp")?.as_f64().filter(|seconds| *seconds >= 0.0)?;
    SystemTime::UNIX_EPOCH.checked_add(Duration::try_from_secs_f64(seconds).ok()?)
}

/// The future that a [`TokenProvider`] returns.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<AccessToken, BoxError>> + Send + 'a>>;

/// A source of tokens that rotate. Any `Fn() -> Future<Output = Result<T, E>>` is a provider, where `T` is a `String` or an
/// [`AccessToken`]. For a token in a file see [`ClientBuilder::token_file`](crate::ClientBuilder::token_file).
///
/// **When it is called.** The first call that needs a token calls the provider. The client keeps the token and renews it when
/// it is about to expire ([`AccessToken::expires_at`], else the `exp` of a JSON Web Token): 2 minutes before, or a tenth of
/// its lifetime if that is less. It also renews a token that the server refuses with a 401. A renewal calls the provider
/// once. It runs as a tokio task, so it goes on if the call that started it ends. Only one runs at a time, for all clones of
/// the client, and it may take up to 60 s. As long as the present token is valid, calls use it and do not wait.
///
/// **If it fails**, the present token is used as long as it is valid, and the next call traces a warning. Without a valid
/// token, all calls that wait for the renewal get its failure (a panic is one, too). Each of them asks again, as often
/// and with the same delays as its [`RetryPolicy`](crate::RetryPolicy) sets for requests, within its total time. These
/// retries do not use the retry budget and do not count as attempts. Calls that ask at about the same time share the next
/// renewal, and a call that starts within a second of a failure takes that as its first one. If all fail, the error
/// ([`ErrorKind::Token`](crate::ErrorKind::Token)) is [transient](Error::is_transient) and does not end a wait. If the total
/// time ends before a token arrives, the kind is [`ErrorKind::Timeout`](crate::ErrorKind::Timeout). If a token is empty or
/// contains a character that is not visible ASCII, it cannot be sent in a header. The call then fails at once, and the error
/// is not transient.
///
/// **If it returns an expired token**, the token is used for a second, and the server decides. Then the provider is called
/// again.
///
/// **If it returns a refused token again**, the call does not send that token a second time and ends with the server's 401. The
/// next call sends it once, and calls the provider again after the next 401.
///
/// ```
/// # use ionos_vpn::Client;
/// let client = Client::builder().token_provider(|| async { std::fs::read_to_string("/run/secrets/ionos-token") });
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token to use now. If the future takes longer than 60 s, it is dropped, and the renewal has failed. Like any
    /// future, it must not block its thread.
    fn token(&self) -> TokenFuture<'_>;

    /// Called when the server has refused a token by a 401, before the provider is called for the next one. A provider
    /// that caches tokens must not return this token again. It runs on a thread that may block, and not at all if no call
    /// needs another token.
    fn refused(&self, token: &str) {
        let _ = token;
    }
}

impl<F, Fut, T, E> TokenProvider for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<T, E>> + Send + 'static,
    T: Into<AccessToken>,
    E: Into<BoxError>,
{
    fn token(&self) -> TokenFuture<'_> {
        let token = self();
        Box::pin(async move { token.await.map(Into::into).map_err(Into::into) })
    }
}

/// The source of a client's token.
pub(crate) enum TokenSource {
    Fixed(Token),
    File(TokenFile),
    Provider(Arc<Cache>),
}

/// The last failed renewal that a call knows of. With it, the call gets only what came after.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seen(u64);

impl TokenSource {
    pub(crate) fn provider(provider: impl TokenProvider) -> Self {
        Self::Provider(Arc::new(Cache::new(provider)))
    }

    pub(crate) fn file(path: PathBuf) -> Self {
        Self::File(TokenFile::new(path))
    }

    /// Returns a token, or why there is none. Whether to ask again after a transient error, and when, is up to the caller.
    pub(crate) async fn get(&self, seen: &mut Seen, deadline: Instant) -> Result<Token, Error> {
        match self {
            Self::Fixed(token) => Ok(token.clone()),
            Self::File(file) => file.get(),
            Self::Provider(cache) => cache.get(seen, deadline).await,
        }
    }

    /// Forgets a token that the server refused, unless it has been renewed already. Returns `true` if another token may be
    /// available.
    pub(crate) fn refuse(&self, token: &Token) -> bool {
        match self {
            Self::Fixed(_) => return false,
            Self::File(file) => file.refuse(token),
            Self::Provider(cache) => cache.refuse(token),
        }
        true
    }
}

#[cfg(test)]
mod tests;
