//! The builder of a client.

mod base_url;
mod environment;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;

use crate::call::Core;
use crate::call::headers::Headers;
use crate::call::pace::Pace;
use crate::call::retry::RetryPolicy;
use crate::call::token::{Token, TokenProvider, TokenSource};
use crate::client::Client;
use crate::error::Error;
use crate::region::Region;
use base_url::BaseUrl;

impl Client {
    /// Returns a builder for a client. A token or a token provider must be given; the region is `de-fra` unless another one or
    /// a base URL is given.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

/// A builder for a [`Client`]. Of two calls that set the same thing, the last one counts.
///
/// ```
/// # use std::time::Duration;
/// # use ionos_vpn::Client;
/// let client = Client::builder()
///     .token("eyJ0eXAiOiJKV1Qi")
///     .user_agent("billing/2.3")
///     .total_timeout(Duration::from_secs(20))
///     .build()?;
/// # Ok::<_, ionos_vpn::Error>(())
/// ```
#[must_use]
pub struct ClientBuilder {
    base_url: Option<Result<BaseUrl, Error>>,
    region: Option<Region>,
    tokens: Option<Result<TokenSource, Error>>,
    http: Http,
    headers: Result<Headers, Error>,
    user_agent: Option<String>,
    root_certificates: Vec<Vec<u8>>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    total_timeout: Duration,
    max_body_size: usize,
    max_in_flight: Option<usize>,
    max_rate: Option<f64>,
    validates: bool,
}

/// Where the HTTP client comes from.
enum Http {
    Own,
    /// A builder of the caller's. Redirects and retries are set here.
    Builder(Box<reqwest::ClientBuilder>),
    /// Made by the caller. It may follow redirects.
    Foreign(reqwest::Client),
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: None,
            region: None,
            tokens: None,
            http: Http::Own,
            headers: Ok(Headers::default()),
            user_agent: None,
            root_certificates: Vec::new(),
            retry: RetryPolicy::default(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(60),
            max_body_size: 4 << 20,
            max_in_flight: None,
            max_rate: None,
            validates: true,
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not shown: its path may be private.
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Sets the region. Default `de-fra`. A base URL wins over it, except for one that was read from the environment before.
    pub fn region(mut self, region: Region) -> Self {
        self.base_url = self.base_url.take().filter(|url| !url.as_ref().is_ok_and(BaseUrl::is_from_env));
        self.region = Some(region);
        self
    }

    /// Sets the URL that paths are joined to: `https`, or `http` for this machine (loopback) only. It may have a path.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(BaseUrl::new(&url.into()));
        self
    }

    /// Sets the token that every request carries.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.tokens = Some(Token::new(token.as_ref()).map(TokenSource::Fixed));
        self
    }

    /// Sets a file that the token is read from, such as a mounted secret. It is read when a token is needed, and again when the file
    /// changes (its size or its time of modification, looked at before each call) or the server refuses the token by a 401. The
    /// line end is cut off. If the file cannot be read, the token read before is used as long as it has not expired; see
    /// [`TokenProvider`] for what follows without one, and for what is refused. A file that is empty, as while it is being
    /// written, counts as one that cannot be read. Errors name the path, never the token.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let client = Client::builder().token_file("/run/secrets/ionos-token").build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn token_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.tokens = Some(Ok(TokenSource::file(path.into())));
        self
    }

    /// Sets a source of tokens that rotate. A token is kept until it is about to expire or refused by a 401; then the request is
    /// sent again with a fresh one, even if [`RetryPolicy::max_attempts`] is reached.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.tokens = Some(Ok(TokenSource::provider(provider)));
        self
    }

    /// Sets how often and how fast a call is tried again. Default [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the time within which a connection must be made, TLS included. Default 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time for one request, from connecting to the end of the response body. Default 30 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the time for a call, from fetching the token to the last attempt, delays included. Default 60 s.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets how large a response body may be, in bytes. Default 4 MiB; no more than that is read.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// Sets how many requests the client and its clones have in flight at most. Default: no bound. 0 is taken as 1. Waiting for
    /// a place counts against the total time.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = Some(requests);
        self
    }

    /// Sets how many requests the client and its clones send per second at most, evenly spaced. Default: no bound, until the
    /// server limits the rate. A value that is not a positive number is refused.
    pub fn max_rate(mut self, per_second: f64) -> Self {
        self.max_rate = Some(per_second);
        self
    }

    /// Adds the application's name to the user agent: `ionos-vpn/0.1.0 billing/2.3`. Default: the crate alone.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.user_agent = Some(application.into());
        self
    }

    /// Adds a header to each request, such as `X-Contract-Number`. The value is a text, or a [`HeaderValue`](http::HeaderValue)
    /// that is marked as sensitive; what a server repeats of a sensitive value, eight characters or more, is not shown in errors
    /// and traces. A header that the client itself sets, or that would change how a response is read, is refused:
    /// `authorization`, `host`, `user-agent`, `content-…`, `accept…`, `if-…`, `proxy-…` and those about the connection.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// use http::HeaderValue;
    ///
    /// let mut secret = HeaderValue::from_static("0123-4567-89ab");
    /// secret.set_sensitive(true);
    /// let builder = Client::builder().token("eyJ0eXAiOiJKV1Qi");
    /// let client = builder.default_header("X-Contract-Number", "31960002").default_header("X-Gateway-Key", secret).build()?;
    ///
    /// let builder = Client::builder().token("eyJ0eXAiOiJKV1Qi").default_header("Host", "elsewhere.example");
    /// assert!(builder.build().unwrap_err().to_string().contains("host"));
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn default_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        self.headers = self.headers.and_then(|mut headers| headers.set(name, value).map(|()| headers));
        self
    }

    /// Trusts a certificate authority (PEM, one certificate or more) besides those of the system.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// Sets the HTTP client to use. Its proxies, TLS settings, user agent and connect timeout apply then, not those set
    /// here. A client that follows redirects sends the request on before this crate can refuse it, body included (reqwest drops
    /// the token if the host changes): give it `redirect::Policy::none()`. Since that cannot be checked, no failure shows that
    /// nothing was sent: every failed write [may have been applied](Error::may_have_been_applied), and no create is repeated.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Foreign(client);
        self
    }

    /// Sets the builder of the HTTP client, with proxies and TLS settings of its own. Redirects and retries of the HTTP client are turned
    /// off, and what is set here (user agent, connect timeout, certificates) is set on it. Unlike with
    /// [`ClientBuilder::http_client`], it is then known what was sent.
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(builder));
        self
    }

    /// Turns validation off. Use it if the server accepts a value that this crate refuses. Then nothing
    /// checks that a secret is set either.
    pub fn skip_validation(mut self) -> Self {
        self.validates = false;
        self
    }

    /// Returns the client. Nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] if it could not work: no token or an unusable one; a base URL that cannot be parsed, is not
    /// `https` (except for loopback), or has credentials or a query; a region that cannot be part of a host name; `https`
    /// without a TLS feature; a certificate that cannot be read.
    pub fn build(self) -> Result<Client, Error> {
        let tokens = self.tokens.ok_or_else(|| {
            Error::configuration("no token was given; set one with `token`, `token_file` or `token_provider`")
        })??;
        let base_url = match self.base_url {
            Some(url) => url?,
            None => {
                let region = self.region.unwrap_or(Region::DeFra);
                region.check()?;
                BaseUrl::new(&region.base_url())?
            }
        };
        if base_url.is_https() && !cfg!(any(feature = "rustls", feature = "native-tls")) {
            return Err(base_url.refuse(&format!("the base URL is https, but {NO_TLS}")));
        }
        let (http, is_foreign) = match self.http {
            Http::Foreign(client) => (client, true),
            http => {
                let builder = if let Http::Builder(builder) = http { *builder } else { reqwest::Client::builder() };
                // Requests to this machine never go through a proxy, which would see the token.
                let builder = if base_url.is_loopback() { builder.no_proxy() } else { builder };
                let own = concat!("ionos-vpn/", env!("CARGO_PKG_VERSION"));
                let user_agent =
                    self.user_agent.map_or_else(|| own.to_owned(), |application| format!("{own} {application}"));
                let builder = builder
                    .user_agent(user_agent)
                    .connect_timeout(self.connect_timeout)
                    .redirect(Policy::none())
                    // Retries are decided in one place, by method and by what happened.
                    .retry(reqwest::retry::never());
                let http = with_roots(builder, &self.root_certificates)?.build();
                (
                    http.map_err(|error| Error::configuration("the HTTP client cannot be set up").with_source(error))?,
                    false,
                )
            }
        };
        if self.max_rate.is_some_and(|rate| !rate.is_finite() || rate < 1e-6) {
            return Err(Error::configuration("`max_rate` is not a positive number of requests per second"));
        }
        let core = Core {
            http,
            is_foreign,
            base_url: base_url.text(),
            validates: self.validates,
            tokens,
            headers: self.headers?,
            budget: self.retry.new_budget(),
            retry: self.retry,
            pace: Pace::new(self.max_rate, self.max_in_flight),
            attempt_timeout: self.attempt_timeout,
            total_timeout: self.total_timeout,
            max_body_size: self.max_body_size,
        };
        Ok(Client::new(core))
    }
}

/// Trusts the given certificates besides those of the system.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let mut roots = Vec::new();
    for pem in pems {
        let read = reqwest::Certificate::from_pem_bundle(pem);
        let read = read.map_err(|error| Error::configuration("a root certificate is not PEM").with_source(error))?;
        if read.is_empty() {
            return Err(Error::configuration("a root certificate is not PEM: no certificate in it"));
        }
        roots.extend(read);
    }
    Ok(builder.tls_certs_merge(roots))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let error = || Error::configuration(format!("a root certificate was given, but {NO_TLS}"));
    if pems.is_empty() { Ok(builder) } else { Err(error()) }
}

const NO_TLS: &str = "no TLS was compiled in: enable the feature `rustls` or `native-tls`";
