//! The API token and its sources.

mod file;

use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;
use tokio::time::{Instant, sleep, timeout_at};

use super::retry::RetryPolicy;
use crate::error::{Error, ErrorKind, StopReason};
use crate::{text, traces};
use file::TokenFile;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The time before its expiry at which a token is renewed. If a tenth of its lifetime is less, that is used.
const MARGIN: Duration = Duration::from_secs(120);

/// A token, stored as the value of the `Authorization` header. `Debug` does not print it.
#[derive(Clone, PartialEq)]
pub(crate) struct Token(HeaderValue);

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
        Ok(Self(header))
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Removes every part of the token from a text that comes from outside this crate. Escapes in the text must have been
    /// decoded before.
    pub(crate) fn redact(&self, text: &str) -> String {
        text::redact(text, self.text())
    }

    fn text(&self) -> &str {
        self.0.to_str().ok().and_then(|header| header.strip_prefix("Bearer ")).unwrap_or_default()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
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
/// **When it is called.** The client keeps a token until it is about to expire ([`AccessToken::expires_at`], else the `exp` of a
/// JSON Web Token) or the server refuses it by a 401. Then it calls the provider for another one. Concurrent calls share one
/// renewal.
///
/// **If it fails**, the present token is used as long as it has not expired. Otherwise the provider is called again, as
/// often and with the same delays as the client's [`RetryPolicy`](crate::RetryPolicy) sets for requests, within the total
/// time of the call. These calls do not use the retry budget and do not count as attempts. If all fail, the error
/// ([`ErrorKind::Token`](crate::ErrorKind::Token)) is [transient](Error::is_transient) and does not end a wait. If a token
/// is empty or contains a character that is not visible ASCII, it cannot be sent in a header. The call then fails at once,
/// and the error is not transient.
///
/// **If it returns a refused token again**, the call does not send that token a second time and ends with the server's 401. The
/// next call sends it once, and calls the provider again after the next 401.
///
/// ```
/// # use ionos_vpn::Client;
/// let client = Client::builder().token_provider(|| async { std::fs::read_to_string("/run/secrets/ionos-token") });
/// ```
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token to use now.
    fn token(&self) -> TokenFuture<'_>;

    /// Called when the server has refused a token by a 401, before the provider is called for the next one. A provider
    /// that caches tokens must not return this token again.
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
    Provider(Cache),
}

impl TokenSource {
    pub(crate) fn provider(provider: impl TokenProvider) -> Self {
        Self::Provider(Cache::new(Origin::Provider(Box::new(provider))))
    }

    pub(crate) fn file(path: PathBuf) -> Self {
        Self::Provider(Cache::new(Origin::File(TokenFile::new(path))))
    }

    pub(crate) async fn token(&self, policy: &RetryPolicy, deadline: Instant) -> Result<Token, Error> {
        match self {
            Self::Fixed(token) => Ok(token.clone()),
            Self::Provider(cache) => cache.token(policy, deadline).await,
        }
    }

    /// Records that the server refused a token. Returns `true` if another token may be available.
    pub(crate) fn refuse(&self, token: &Token) -> bool {
        match self {
            Self::Fixed(_) => false,
            Self::Provider(cache) => {
                cache.refuse(token);
                true
            }
        }
    }
}

/// The source of the tokens of a [`Cache`].
enum Origin {
    Provider(Box<dyn TokenProvider>),
    File(TokenFile),
}

impl Origin {
    fn provider(&self) -> &dyn TokenProvider {
        match self {
            Self::Provider(provider) => provider.as_ref(),
            Self::File(file) => file,
        }
    }

    /// Returns `true` if the token may differ from the one that was returned last.
    fn has_changed(&self) -> bool {
        matches!(self, Self::File(file) if file.has_changed())
    }

    fn failed(&self) -> String {
        match self {
            Self::Provider(_) => "the token provider failed".to_owned(),
            Self::File(file) => format!("the token file {} cannot be read", file.path().display()),
        }
    }

    fn unusable(&self, problem: &Error) -> String {
        match self {
            Self::Provider(_) => format!("the token provider returned an unusable token: {problem}"),
            Self::File(file) => format!("the token file {} holds no usable token: {problem}", file.path().display()),
        }
    }
}

/// A provider, and the token that it returned last.
pub(crate) struct Cache {
    origin: Origin,
    kept: Mutex<Option<Kept>>,
    /// Held during a renewal, so that only one runs.
    renewal: tokio::sync::Mutex<()>,
    /// Why the last renewal failed.
    failure: Mutex<Option<Arc<dyn std::error::Error + Send + Sync>>>,
}

#[derive(Clone)]
struct Kept {
    token: Token,
    expires_at: Option<SystemTime>,
    renew_at: Option<SystemTime>,
}

impl Kept {
    fn is_valid(&self, now: SystemTime) -> bool {
        self.expires_at.is_none_or(|expiry| now < expiry)
    }

    fn is_fresh(&self, now: SystemTime) -> bool {
        self.renew_at.is_none_or(|renewal| now < renewal)
    }
}

impl Cache {
    fn new(origin: Origin) -> Self {
        Self { origin, kept: Mutex::default(), renewal: tokio::sync::Mutex::default(), failure: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failure(&self) -> MutexGuard<'_, Option<Arc<dyn std::error::Error + Send + Sync>>> {
        self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fresh(&self) -> Option<Token> {
        let is_fresh = |kept: &Kept| kept.is_fresh(SystemTime::now()) && !self.origin.has_changed();
        self.kept().as_ref().filter(|kept| is_fresh(kept)).map(|kept| kept.token.clone())
    }

    async fn token(&self, policy: &RetryPolicy, deadline: Instant) -> Result<Token, Error> {
        match self.fresh() {
            Some(token) => Ok(token),
            None => timeout_at(deadline, self.renewed(policy, deadline)).await.unwrap_or_else(|_| Err(self.late())),
        }
    }

    /// Renews the token, with retries if the provider fails. While a renewal runs, other API calls wait for it. So
    /// concurrent API calls do not each call the provider.
    async fn renewed(&self, policy: &RetryPolicy, deadline: Instant) -> Result<Token, Error> {
        let _renewal = self.renewal.lock().await;
        let mut attempt = 1;
        loop {
            // Another call may have renewed it in the meantime.
            if let Some(token) = self.fresh() {
                return Ok(token);
            }
            let error = match self.renew().await {
                Ok(token) => return Ok(token),
                Err(error) => error,
            };
            if let Some(kept) = self.kept().clone().filter(|kept| kept.is_valid(SystemTime::now())) {
                traces::token_failed(attempt, None, &error);
                return Ok(kept.token);
            }
            let remaining = deadline.saturating_duration_since(Instant::now());
            let delay = policy.backoff(attempt, fastrand::f64());
            if !error.is_transient() || policy.max_attempts == 1 {
                return Err(error);
            }
            if attempt >= policy.max_attempts {
                return Err(error.stopped_by(StopReason::NoAttemptsLeft));
            }
            if delay >= remaining {
                return Err(error.stopped_by(StopReason::NoTimeLeft));
            }
            traces::token_failed(attempt, Some(delay), &error);
            sleep(delay).await;
            attempt += 1;
        }
    }

    /// Returns the error of a call that got no token before its deadline.
    fn late(&self) -> Error {
        let error = Error::new(ErrorKind::Timeout, "no token within the total time of the call");
        let error = error.stopped_by(StopReason::NoTimeLeft);
        match self.failure().clone() {
            Some(cause) => error.with_source(cause),
            None => error,
        }
    }

    async fn renew(&self) -> Result<Token, Error> {
        let AccessToken { token: text, expires_at } = self.origin.provider().token().await.map_err(|cause| {
            let cause = Arc::from(cause);
            *self.failure() = Some(Arc::clone(&cause));
            Error::new(ErrorKind::Token, self.origin.failed()).with_source(cause).passing(true)
        })?;
        *self.failure() = None;
        let token =
            Token::new(&text).map_err(|problem| Error::new(ErrorKind::Token, self.origin.unusable(&problem)))?;
        let now = SystemTime::now();
        let expires_at = expires_at.or_else(|| jwt_expiry(&text));
        let renew_at = expires_at.and_then(|expiry| {
            let lifetime = expiry.duration_since(now).unwrap_or_default();
            expiry.checked_sub(MARGIN.min(lifetime / 10))
        });
        *self.kept() = Some(Kept { token: token.clone(), expires_at, renew_at });
        Ok(token)
    }

    /// Forgets a token that the server refused, unless it has been renewed already.
    fn refuse(&self, token: &Token) {
        let mut kept = self.kept();
        if kept.as_ref().is_some_and(|kept| kept.token == *token) {
            *kept = None;
            self.origin.provider().refused(token.text());
        }
    }
}

#[cfg(test)]
mod tests;
