//! What must not be printed: the token, with where it comes from, and texts such as pre-shared keys.

use std::fmt;
use std::pin::Pin;

use http::HeaderValue;
use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind};

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A text that cannot be printed, such as a pre-shared key: every text of the document with the format `password`, or that
/// is only written.
///
/// ```
/// let key = ionos_vpn::Secret::from("correct horse");
/// assert_eq!(format!("{key:?}"), "***");
/// assert_eq!(key.expose(), "correct horse");
/// ```
#[derive(Clone, PartialEq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Returns the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for Secret {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A token that cannot be printed, as the header it is sent in.
#[derive(Clone, PartialEq)]
pub(crate) struct Token(HeaderValue);

impl Token {
    /// Takes visible ASCII characters only. The error does not repeat the token.
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

    /// Takes the token out of a text from outside that repeats it; one of a few letters could be any text, and is no real
    /// token.
    pub(crate) fn redact(&self, text: &[u8]) -> Vec<u8> {
        let secret = self.0.as_bytes().strip_prefix(b"Bearer ").unwrap_or_default();
        if secret.len() < 8 || !text.windows(secret.len()).any(|window| window == secret) {
            return text.to_vec();
        }
        let text = String::from_utf8_lossy(text);
        text.replace(&*String::from_utf8_lossy(secret), "***").into_bytes()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// What a [`TokenProvider`] gives: a token, some time later.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + 'a>>;

/// Gives tokens that rotate. Asked once for each call, and once more when the server answered 401; so a provider whose
/// tokens are costly keeps the current one. Any `Fn() -> Future<Output = Result<String, E>>` is a provider.
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token to use now.
    fn token(&self) -> TokenFuture<'_>;
}

impl<F, Fut, E> TokenProvider for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<String, E>> + Send + 'static,
    E: Into<BoxError>,
{
    fn token(&self) -> TokenFuture<'_> {
        let token = self();
        Box::pin(async move { token.await.map_err(Into::into) })
    }
}

/// Where a client takes its token from.
pub(crate) enum TokenSource {
    Fixed(Token),
    Provider(Box<dyn TokenProvider>),
}

impl TokenSource {
    pub(crate) async fn token(&self) -> Result<Token, Error> {
        match self {
            Self::Fixed(token) => Ok(token.clone()),
            Self::Provider(provider) => {
                let error = Error::new(ErrorKind::Token, "the token provider gave no token");
                let token = provider.token().await.map_err(|cause| error.with_source(cause))?;
                Token::new(&token).map_err(|cause| {
                    Error::new(ErrorKind::Token, format!("the token provider's answer is unusable: {cause}"))
                })
            }
        }
    }

    pub(crate) fn can_renew(&self) -> bool {
        matches!(self, Self::Provider(_))
    }
}
