//! The builder of a client.

mod base_url;
mod environment;
mod http_client;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::call::Core;
use crate::call::headers::Headers;
use crate::call::pace::{MAX_PAUSE, Pace};
use crate::call::retry::RetryPolicy;
use crate::call::token::{Token, TokenProvider, TokenSource};
use crate::call::transport::Transport;
use crate::client::Client;
use crate::error::Error;
use crate::region::Region;
use base_url::BaseUrl;
use http_client::{HAS_TLS, Http, ProxyChoice, Source};

impl Client {
    /// Returns a builder for a client. One of [`ClientBuilder::token`], [`ClientBuilder::token_file`] and
    /// [`ClientBuilder::token_provider`] must be called. The region is `de-fra` unless another region or a base URL is set. See
    /// [`ClientBuilder`] for an example.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }
}

/// A builder for a [`Client`]. If a setting is set twice, the last value is used. Every setting except the token has a
/// default.
///
/// ```
/// use std::time::Duration;
/// use ionos_vpn::{Client, Region, RetryPolicy};
///
/// let client = Client::builder()
///     .token("eyJ0eXAiOiJKV1Qi")
///     .region(Region::EsVit)
///     .user_agent("billing/2.3")
///     .connect_timeout(Duration::from_secs(5))
///     .attempt_timeout(Duration::from_secs(10))
///     .total_timeout(Duration::from_secs(20))
///     .retry(RetryPolicy::default().max_attempts(5))
///     .max_rate(20.0)
///     .max_in_flight(8)
///     .max_body_size(8 << 20)
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
    retry: RetryPolicy,
    attempt_timeout: Duration,
    total_timeout: Duration,
    max_body_size: usize,
    max_in_flight: Option<usize>,
    max_rate: Option<f64>,
    validates: bool,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: None,
            region: None,
            tokens: None,
            http: Http::default(),
            headers: Ok(Headers::default()),
            retry: RetryPolicy::default(),
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
        // The base URL is not printed because its path may be private.
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Sets the region. Default `de-fra`. It has no effect if [`ClientBuilder::base_url`] is called. It replaces a base
    /// URL that [`from_env`](ClientBuilder::from_env) read before.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn region(mut self, region: Region) -> Self {
        self.base_url = self.base_url.take().filter(|url| !url.as_ref().is_ok_and(BaseUrl::is_from_env));
        self.region = Some(region);
        self
    }

    /// Sets the base URL, to which the paths of the API are appended. It may have a path. Default: the URL of the
    /// region. `http` is accepted for loopback addresses only.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").base_url("https://gateway.example/vpn/").build()?;
    /// assert_eq!(client.base_url(), "https://gateway.example/vpn");
    ///
    /// let insecure = Client::builder().token("eyJ0eXAiOiJKV1Qi").base_url("http://gateway.example");
    /// assert!(insecure.build().is_err());
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(BaseUrl::new(&url.into()));
        self
    }

    /// Sets the token that is sent with every request. The client uses it unchanged. For a token that rotates see
    /// [`ClientBuilder::token_file`] and [`ClientBuilder::token_provider`].
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.tokens = Some(Token::new(token.as_ref()).map(TokenSource::Fixed));
        self
    }

    /// Sets a file that the token is read from, such as a mounted secret. The line end is removed.
    ///
    /// The file is read for the first call. It is read again after the server answers 401, when the token is about to expire,
    /// and when the size or the modification time of the file has changed. Each call checks these. If the file cannot be
    /// read, or is empty because it is being written, the previous token is used until it expires. If there is no previous
    /// token, the call behaves as if a [`TokenProvider`] had failed. Errors contain the path, but never the token.
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

    /// Sets a source of tokens that rotate. The client keeps a token until it is about to expire or the server answers
    /// 401. After a 401 the request is sent again with a new token, once in each call, even if
    /// [`RetryPolicy::max_attempts`] is reached. See [`TokenProvider`] for what happens if the provider fails or
    /// returns a refused token again.
    ///
    /// ```
    /// use ionos_vpn::{AccessToken, Client};
    ///
    /// async fn fetch() -> Result<AccessToken, std::io::Error> {
    ///     // Get a token from your secret store here.
    ///     Ok(AccessToken::from("eyJ0eXAiOiJKV1Qi".to_owned()))
    /// }
    ///
    /// let client = Client::builder().token_provider(fetch).build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.tokens = Some(Ok(TokenSource::provider(provider)));
        self
    }

    /// Sets how often and how fast a call is retried. Default [`RetryPolicy::default`]. See [`RetryPolicy`] for an
    /// example.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the timeout for establishing a connection, including the TLS handshake. Default 10 s, or the timeout of the
    /// builder that is passed to [`ClientBuilder::http_client_builder`]. A value set here, and the default, are reduced to nine
    /// tenths of [`ClientBuilder::attempt_timeout`], so that the client can tell a slow connection, which has sent nothing,
    /// from a slow response. The error of both is a [`Timeout`](crate::ErrorKind::Timeout).
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.http.connect_timeout = Some(timeout);
        self
    }

    /// Sets the timeout for one request, from connecting to the end of the response body. It does not include the time that the
    /// request waits for the rate limit or [`ClientBuilder::max_in_flight`]. Default 30 s.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the timeout for a call, from fetching the token to the end of the last attempt, including all delays. After it,
    /// nothing is sent. Default 60 s.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets the maximum size of a response body, in bytes. Default 4 MiB. A larger body is not read to its end; the
    /// call fails with [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge).
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// Sets the maximum number of requests that the client and its clones have in flight. Default: no limit. 0 means 1.
    /// The time that a request waits to be sent counts towards the total time. With a limit, each request runs in a tokio task,
    /// which is aborted if the call is dropped.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn max_in_flight(mut self, requests: usize) -> Self {
        self.max_in_flight = Some(requests);
        self
    }

    /// Sets the maximum number of requests that the client and its clones send per second, evenly spaced. Default: no
    /// limit until the server limits the rate; then the lower of both counts. `build` refuses a value below one request in
    /// five minutes, because no call waits longer for its turn.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn max_rate(mut self, per_second: f64) -> Self {
        self.max_rate = Some(per_second);
        self
    }

    /// Adds the application's name to the user agent: `ionos-vpn/0.1.0 billing/2.3`. Default: only this crate.
    ///
    /// See [`ClientBuilder`] for an example.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.http.user_agent = Some(application.into());
        self
    }

    /// Adds a header to each request, such as `X-Contract-Number`. The value is a string or a
    /// [`HeaderValue`](http::HeaderValue), which may be marked as sensitive. If a response repeats eight or more
    /// characters of a sensitive value, errors and traces do not show them. `build` refuses a header that the client
    /// itself sets or that would change how a response is read: `authorization`, `host`, `user-agent`, `content-…`,
    /// `accept…`, `if-…`, `proxy-…`, and headers that control the connection.
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

    /// Adds certificate authorities to those of the system. The input is PEM with one or more certificates. The method
    /// can be called several times.
    ///
    /// ```no_run
    /// # use ionos_vpn::Client;
    /// let authority = std::fs::read("/etc/ssl/company-ca.pem")?;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").root_certificate(authority).build()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.http.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// Sets an HTTP or HTTPS proxy. Default: the proxy of the environment (`HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`). The
    /// URL may contain a user name and a password, which are never printed. Requests to loopback addresses never use a
    /// proxy.
    ///
    /// If the proxy refuses to connect, the call fails with [`Connect`](crate::ErrorKind::Connect). If the proxy does
    /// not accept the user name and password (407), the call is not retried.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").proxy("http://proxy.example:3128").build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn proxy(mut self, url: impl AsRef<str>) -> Self {
        self.http.proxy = ProxyChoice::at(url.as_ref());
        self
    }

    /// Disables the proxy of the environment.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").no_proxy().build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn no_proxy(mut self) -> Self {
        self.http.proxy = ProxyChoice::Off;
        self
    }

    /// Sets the HTTP client. Its settings for proxies, TLS, user agent and connect timeout are used. `build` fails if
    /// one of these is also set on this builder, because it would have no effect. The client may use `https` even if
    /// this crate was compiled without TLS.
    ///
    /// Build that client with `redirect::Policy::none()`. Otherwise it sends the request, including the body, to the
    /// new URL before this crate can refuse the redirect. (reqwest drops the token if the host changes.) This crate
    /// cannot check the policy. So it assumes that each request without a response may have been sent: such a write
    /// [may have been applied](Error::may_have_been_applied), and such a create is not repeated.
    /// [`ClientBuilder::http_client_builder`] does not have these limits.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").http_client(http).build()?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http.source = Source::Callers(client);
        self
    }

    /// Sets the builder of the HTTP client. Use it for settings that this crate does not have, such as a client
    /// certificate. This crate disables redirects and retries in it and sets the user agent. It also applies the
    /// connect timeout, the certificates and the proxy of this builder. A certificate has no effect if the builder has
    /// a preconfigured TLS backend.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let http = reqwest::Client::builder().tcp_keepalive(std::time::Duration::from_secs(60));
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").http_client_builder(http).build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn http_client_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http.source = Source::Builder(Box::new(builder));
        self
    }

    /// Disables validation. Use it if the server accepts a value that this crate refuses. The check that a secret is
    /// set is disabled, too.
    ///
    /// ```
    /// # use ionos_vpn::Client;
    /// let client = Client::builder().token("eyJ0eXAiOiJKV1Qi").skip_validation().build()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    pub fn skip_validation(mut self) -> Self {
        self.validates = false;
        self
    }

    /// Returns the client. Sends no request.
    ///
    /// See [`ClientBuilder`] for an example.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration) if the settings are invalid: no token or an
    /// unusable one; a base URL that cannot be parsed, is not `https` (except for loopback), or has credentials or a
    /// query; a region that cannot be part of a host name; `https` without a TLS feature, or rustls without a
    /// cryptography provider; a certificate, a proxy, a header or a maximum rate that cannot be used; a setting that has no
    /// effect together with [`ClientBuilder::http_client`].
    pub fn build(self) -> Result<Client, Error> {
        let tokens = self.tokens.ok_or_else(|| {
            Error::configuration("no token was given; set one with `token`, `token_file` or `token_provider`")
        })??;
        let base_url = match self.base_url {
            Some(url) => url?,
            None => {
                let region = self.region.unwrap_or(Region::DeFra);
                region.check_name()?;
                BaseUrl::new(&region.base_url())?
            }
        };
        let (http, is_callers) = self.http.build(&base_url, HAS_TLS, self.attempt_timeout)?;
        if self.max_rate.is_some_and(|rate| !rate.is_finite() || rate * MAX_PAUSE.as_secs_f64() < 1.0) {
            let problem = "`max_rate` is not a number of requests per second, of at least one request in five minutes";
            return Err(Error::configuration(problem));
        }
        let core = Core {
            transport: Transport::new(http, is_callers),
            base_url: base_url.into_url(),
            validates: self.validates,
            tokens,
            headers: self.headers?,
            budget: self.retry.new_budget(),
            retry: self.retry,
            pace: Pace::new(self.max_rate, self.max_in_flight, self.attempt_timeout),
            attempt_timeout: self.attempt_timeout,
            total_timeout: self.total_timeout,
            max_body_size: self.max_body_size,
        };
        Ok(Client::new(core))
    }
}
