//! The API token: how it is held, and where it comes from.

use std::fmt;
use std::pin::Pin;

use http::HeaderValue;

use crate::error::{Error, ErrorKind};
use crate::text;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A token that cannot be printed, as the header that carries it.
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

    /// Returns a text from outside without any part of the token. Escapes must have been decoded before.
    pub(crate) fn redact(&self, text: &str) -> String {
        let token = self.0.to_str().ok().and_then(|header| header.strip_prefix("Bearer "));
        text::redact(text, token.unwrap_or_default())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(***)")
    }
}

/// The future that a [`TokenProvider`] returns.
pub type TokenFuture<'a> = Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send + 'a>>;

/// A source of tokens that rotate. It is asked once for each call, and once more after a 401; a provider whose tokens are
/// costly should keep the current one. Any `Fn() -> Future<Output = Result<String, E>>` is a provider.
///
/// ```
/// # use ionos_vpn::Client;
/// let client = Client::builder().token_provider(|| async { std::fs::read_to_string("/run/secrets/ionos-token") });
/// ```
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
                let error = Error::new(ErrorKind::Token, "the token provider returned no token");
                let token = provider.token().await.map_err(|cause| error.with_source(cause))?;
                Token::new(&token).map_err(|cause| {
                    Error::new(ErrorKind::Token, format!("the token provider returned an unusable token: {cause}"))
                })
            }
        }
    }

    /// Returns `true` if another token may be had after a 401.
    pub(crate) fn can_renew(&self) -> bool {
        matches!(self, Self::Provider(_))
    }
}
