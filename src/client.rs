//! The client and how it is made.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;

use crate::generated::{self, ResponseValue};
use crate::retry::Budget;
use crate::secret::{Token, TokenSource};
use crate::transport::{Call, Report};
use crate::validate::{Validate, Violations};
use crate::{Error, ErrorKind, IpSecGateways, Region, RetryPolicy, TokenProvider};

/// A client of the VPN Gateway API in one region. Cheap to clone; clones share connections and the retry budget.
#[derive(Clone)]
pub struct Client {
    core: Arc<Core>,
}

/// What the clones of a client share.
pub(crate) struct Core {
    http: reqwest::Client,
    base_url: String,
    validates: bool,
    pub(crate) tokens: TokenSource,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) attempt_timeout: Duration,
    pub(crate) total_timeout: Duration,
    pub(crate) max_body_size: usize,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base_url", &self.core.base_url).finish_non_exhaustive()
    }
}

impl Client {
    /// Begins a client. A token, or a token provider, must be given; the region is `de-fra` unless another, or a base URL, is.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// Makes a client from the environment: `IONOS_TOKEN`, and `IONOS_API_URL` where the API is not that of `de-fra`.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`], naming the variable, when one is missing or unusable.
    pub fn from_env() -> Result<Self, Error> {
        let read = |name: &str| match std::env::var(name) {
            Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(refuse(format!("{name} is not Unicode text"))),
        };
        let token = read("IONOS_TOKEN")?.ok_or_else(|| refuse("IONOS_TOKEN is not set or empty"))?;
        Token::new(&token).map_err(|error| refuse(format!("IONOS_TOKEN: {error}")))?;
        let builder = Self::builder().token(token);
        match read("IONOS_API_URL")? {
            Some(url) => builder.base_url(url).build().map_err(|error| refuse(format!("IONOS_API_URL: {error}"))),
            None => builder.build(),
        }
    }

    /// Returns the operations on IPSec gateways.
    #[must_use]
    pub fn ipsec_gateways(&self) -> IpSecGateways {
        IpSecGateways::new(self.clone())
    }

    /// Returns the URL that paths are joined to, without a slash at its end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.core.base_url
    }

    /// Calls any operation of the document, with the retries, bounds and errors of this crate: the way to an operation that
    /// has no handle of its own. The body is not validated; see [`Validate`].
    ///
    /// ```
    /// # async fn example(client: &ionos_vpn::Client, id: uuid::Uuid) -> Result<(), ionos_vpn::Error> {
    /// let gateway = client.call(|api| async move { api.get_ip_sec_gateway(&id).await }).await?;
    /// println!("{} {}", gateway.status(), gateway.properties.name);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Those of the call: see [`ErrorKind`].
    pub async fn call<T, E, F, Fut>(&self, operation: F) -> Result<ResponseValue<T>, Error>
    where
        F: FnOnce(generated::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, generated::Error<E>>>,
    {
        self.dispatch(operation).await.map(|(value, _)| value)
    }

    pub(crate) async fn dispatch<T, E, F, Fut>(&self, operation: F) -> Result<(ResponseValue<T>, Report), Error>
    where
        F: FnOnce(generated::Client) -> Fut,
        Fut: Future<Output = Result<ResponseValue<T>, generated::Error<E>>>,
    {
        let call = Call::new(Arc::clone(&self.core));
        let api = generated::Client::new_with_client(&self.core.base_url, self.core.http.clone(), call.clone());
        let result = operation(api).await;
        let mut report = call.take_report();
        match (result, report.failure.take()) {
            (Ok(value), _) => Ok((value, report)),
            (Err(_), Some(failure)) => Err(failure),
            (Err(generated::Error::InvalidResponsePayload(_, cause)), None) => {
                Err(report.unusable("its body is no usable resource", Some(cause)))
            }
            (Err(generated::Error::CommunicationError(cause)), None) => {
                Err(Error::new(ErrorKind::Configuration, "the request cannot be built")
                    .with_source(cause.without_url()))
            }
            (Err(generated::Error::InvalidRequest(why) | generated::Error::Custom(why)), None) => {
                Err(Error::new(ErrorKind::Configuration, format!("the request cannot be built: {why}")))
            }
            (Err(_), None) => Err(report.unusable("not in a way that the document describes", None)),
        }
    }

    /// Validates what is about to be sent; what was wrong `before` does not count.
    pub(crate) fn check<T: Validate>(&self, body: &T, before: Option<&T>) -> Result<(), Error> {
        if !self.core.validates {
            return Ok(());
        }
        let find = |body: &T| body.validate().err();
        let found: Option<Violations> = find(body).and_then(|found| found.beyond(before.and_then(find).as_ref()));
        found.map_or(Ok(()), |found| Err(found.into()))
    }
}

fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

/// Makes a [`Client`].
#[must_use]
pub struct ClientBuilder {
    base_url: Option<String>,
    region: Option<Region>,
    tokens: Option<Result<TokenSource, Error>>,
    http: Option<reqwest::Client>,
    user_agent: Option<String>,
    root_certificates: Vec<Vec<u8>>,
    retry: RetryPolicy,
    connect_timeout: Duration,
    attempt_timeout: Duration,
    total_timeout: Duration,
    max_body_size: usize,
    validates: bool,
}

impl Default for ClientBuilder {
    fn default() -> Self {
        Self {
            base_url: None,
            region: None,
            tokens: None,
            http: None,
            user_agent: None,
            root_certificates: Vec::new(),
            retry: RetryPolicy::default(),
            connect_timeout: Duration::from_secs(10),
            attempt_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(60),
            max_body_size: 4 << 20,
            validates: true,
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not shown: it has not been looked through for credentials.
        f.debug_struct("ClientBuilder")
            .field("region", &self.region)
            .field("retry", &self.retry)
            .finish_non_exhaustive()
    }
}

impl ClientBuilder {
    /// Sets the region. Default `de-fra`. A base URL wins over it.
    pub fn region(mut self, region: Region) -> Self {
        self.region = Some(region);
        self
    }

    /// Sets the URL that paths are joined to: `https`, or `http` for this machine (loopback) only. It may have a path.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Sets the token that every request carries.
    pub fn token(mut self, token: impl AsRef<str>) -> Self {
        self.tokens = Some(Token::new(token.as_ref()).map(TokenSource::Fixed));
        self
    }

    /// Sets where tokens come from when they rotate. Asked once for each call, and once more after a 401.
    pub fn token_provider(mut self, provider: impl TokenProvider) -> Self {
        self.tokens = Some(Ok(TokenSource::Provider(Box::new(provider))));
        self
    }

    /// Sets what is tried again, and how often. Default [`RetryPolicy::default`].
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Sets the time to connect in. Default 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the time for one request and its whole answer. Default 30 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// Sets the time for a call with all its attempts and the delays between them. Default 60 s.
    pub fn total_timeout(mut self, timeout: Duration) -> Self {
        self.total_timeout = timeout;
        self
    }

    /// Sets how large the body of an answer may be, in bytes. Default 4 MiB; no more than that is read.
    pub fn max_body_size(mut self, bytes: usize) -> Self {
        self.max_body_size = bytes;
        self
    }

    /// Adds the application's own name to the user agent: `ionos-vpn/0.1.0 billing/2.3`.
    pub fn user_agent(mut self, application: impl Into<String>) -> Self {
        self.user_agent = Some(application.into());
        self
    }

    /// Trusts a certificate authority (PEM, one certificate or more) besides those of the system.
    pub fn root_certificate(mut self, pem: impl AsRef<[u8]>) -> Self {
        self.root_certificates.push(pem.as_ref().to_vec());
        self
    }

    /// Uses a client of the caller's own. Its proxies, TLS settings, user agent and connect timeout count then, and those
    /// set here do not. One that follows redirects sends the request on before this crate can refuse it, bodies included
    /// (reqwest drops the token when the host changes): give it `redirect::Policy::none()`.
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Some(client);
        self
    }

    /// Sends what is given without checking it, for the day on which the rules of this crate are older than the server's.
    pub fn skip_validation(mut self) -> Self {
        self.validates = false;
        self
    }

    /// Makes the client. Nothing is sent.
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`] when it could not work: no token or an unusable one, a base URL that is none, is not
    /// `https` (but for loopback), or holds credentials or a query, a region that cannot be part of a host name, `https`
    /// without a TLS feature, a certificate that cannot be read.
    pub fn build(self) -> Result<Client, Error> {
        let tokens =
            self.tokens.ok_or_else(|| refuse("no token was given; set one with `token` or `token_provider`"))??;
        let base_url = match self.base_url {
            Some(url) => url,
            None => {
                let region = self.region.unwrap_or(Region::DeFra);
                region.check()?;
                region.base_url()
            }
        };
        let base_url = check_url(&base_url)?;
        let http = match self.http {
            Some(http) => http,
            None => {
                let own = concat!("ionos-vpn/", env!("CARGO_PKG_VERSION"));
                let user_agent =
                    self.user_agent.map_or_else(|| own.to_owned(), |application| format!("{own} {application}"));
                let builder = reqwest::Client::builder()
                    .user_agent(user_agent)
                    .connect_timeout(self.connect_timeout)
                    .redirect(Policy::none())
                    // Retries are decided in one place, by what happened and by method.
                    .retry(reqwest::retry::never());
                let http = with_roots(builder, &self.root_certificates)?.build();
                http.map_err(|error| refuse("the HTTP client cannot be set up").with_source(error))?
            }
        };
        let core = Core {
            http,
            base_url,
            validates: self.validates,
            tokens,
            retry: self.retry,
            budget: Budget::new(),
            attempt_timeout: self.attempt_timeout,
            total_timeout: self.total_timeout,
            max_body_size: self.max_body_size,
        };
        Ok(Client { core: Arc::new(core) })
    }
}

/// Trusts the certificates besides those of the system.
#[cfg(any(feature = "rustls", feature = "native-tls"))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let mut roots = Vec::new();
    for pem in pems {
        let read = reqwest::Certificate::from_pem_bundle(pem);
        let read = read.map_err(|error| refuse("a root certificate is not PEM").with_source(error))?;
        if read.is_empty() {
            return Err(refuse("a root certificate is not PEM: no certificate in it"));
        }
        roots.extend(read);
    }
    Ok(builder.tls_certs_merge(roots))
}

#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let given = || refuse(format!("a root certificate was given, but {NO_TLS}"));
    if pems.is_empty() { Ok(builder) } else { Err(given()) }
}

const NO_TLS: &str = "no TLS was compiled in: enable the feature `rustls` or `native-tls`";

/// Refuses a base URL that cannot work or would send a token in the clear. What may be a secret is not repeated.
fn check_url(text: &str) -> Result<String, Error> {
    let url = Url::parse(text).map_err(|error| refuse("the base URL cannot be read").with_source(error))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(refuse("the base URL contains credentials; set a token instead"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(refuse("the base URL has a query or a fragment, which no path can be joined to"));
    }
    let host = url.host_str().ok_or_else(|| refuse("the base URL names no host"))?;
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    let is_loopback = ip.map_or(host == "localhost" || host.ends_with(".localhost"), |ip| ip.is_loopback());
    match url.scheme() {
        "https" if cfg!(any(feature = "rustls", feature = "native-tls")) => {}
        "https" => return Err(refuse(format!("the base URL is https, but {NO_TLS}"))),
        "http" if is_loopback => {}
        "http" => {
            return Err(refuse(
                "the base URL is plain http, which would send the token in the clear; use https (http is for loopback)",
            ));
        }
        scheme => return Err(refuse(format!("the base URL has the scheme {scheme:?}; use https"))),
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}
