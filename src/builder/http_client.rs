//! The setup of the HTTP client.

use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Proxy, Url};

use super::base_url::BaseUrl;
use crate::error::Error;

const NO_TLS: &str = "no TLS was compiled in: enable the feature `rustls`, `rustls-no-provider` or `native-tls`";
/// Checks whether this crate was compiled with TLS.
pub(super) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"));

/// The default timeout for establishing a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// The settings of the HTTP client.
#[derive(Default)]
pub(super) struct Http {
    pub(super) source: Source,
    pub(super) user_agent: Option<String>,
    pub(super) root_certificates: Vec<Vec<u8>>,
    pub(super) connect_timeout: Option<Duration>,
    pub(super) proxy: ProxyChoice,
}

/// The source of the HTTP client.
#[derive(Default)]
pub(super) enum Source {
    #[default]
    Own,
    /// The caller's builder. This crate disables its redirects and retries.
    Builder(Box<reqwest::ClientBuilder>),
    /// A client of the caller. It may follow redirects.
    Callers(Client),
}

/// The proxy setting.
#[derive(Default)]
pub(super) enum ProxyChoice {
    /// The proxy of the environment or of the caller's builder.
    #[default]
    Unset,
    Off,
    At(Result<Url, Error>),
}

impl ProxyChoice {
    /// Parses the URL of a proxy.
    pub(super) fn at(url: &str) -> Self {
        let url = match Url::parse(url) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(url),
            Ok(_) => Err(refuse_proxy()),
            Err(error) => Err(refuse_proxy().with_source(error)),
        };
        Self::At(url)
    }
}

/// Returns the error for the URL of a proxy. It does not repeat the URL, which may contain credentials.
fn refuse_proxy() -> Error {
    Error::configuration("the URL of the proxy is not of the form `http://host:port` or `https://host:port`")
}

impl Http {
    /// Returns the HTTP client, and `true` if the caller provided it.
    pub(super) fn build(
        self,
        url: &BaseUrl,
        has_tls: bool,
        attempt_timeout: Duration,
    ) -> Result<(Client, bool), Error> {
        let unused = self.set().join(", ");
        let is_own = matches!(self.source, Source::Own);
        let builder = match self.source {
            Source::Callers(client) if unused.is_empty() => return Ok((client, true)),
            Source::Callers(_) => {
                let remedy = "set it on that client, or use `http_client_builder`";
                return Err(Error::configuration(format!("{unused}: no effect with `http_client`; {remedy}")));
            }
            Source::Builder(builder) => *builder,
            Source::Own if url.is_https() && !has_tls => {
                return Err(url.refuse(&format!(
                    "the base URL is https, but {NO_TLS}, or pass a client with TLS to `http_client`"
                )));
            }
            Source::Own => own_builder(),
        };
        // reqwest panics without a provider.
        #[cfg(all(feature = "rustls-no-provider", not(any(feature = "rustls", feature = "native-tls"))))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let remedy = "install one with `CryptoProvider::install_default`, or enable the feature `rustls`";
            return Err(Error::configuration(format!("rustls has no cryptography provider; {remedy}")));
        }
        let own = concat!("ionos-vpn/", env!("CARGO_PKG_VERSION"));
        let user_agent = self.user_agent.map_or_else(|| own.to_owned(), |application| format!("{own} {application}"));
        let builder = builder
            .user_agent(user_agent)
            .redirect(Policy::none())
            // Only `src/call/retry.rs` decides on retries, by method and failure.
            .retry(reqwest::retry::never());
        // Before an attempt times out, so that a slow connection is known as one.
        let longest = attempt_timeout.mul_f64(0.9);
        let builder = match self.connect_timeout.or(is_own.then_some(CONNECT_TIMEOUT)) {
            Some(timeout) => builder.connect_timeout(timeout.min(longest)),
            None => builder,
        };
        let builder = match self.proxy {
            // Requests to loopback never use a proxy, because it would see the token (the URL may be plain http).
            _ if url.is_loopback() => builder.no_proxy(),
            ProxyChoice::Unset => builder,
            ProxyChoice::Off => builder.no_proxy(),
            ProxyChoice::At(url) => {
                let proxy = Proxy::all(url?).map_err(|error| refuse_proxy().with_source(error.without_url()))?;
                builder.no_proxy().proxy(proxy)
            }
        };
        let http = with_roots(builder, &self.root_certificates)?.build();
        let http = http.map_err(|error| Error::configuration("the HTTP client cannot be set up").with_source(error));
        Ok((http?, false))
    }

    /// Returns the names of the settings that `http_client` would ignore.
    fn set(&self) -> Vec<&'static str> {
        let settings = [
            ("`user_agent`", self.user_agent.is_some()),
            ("`root_certificate`", !self.root_certificates.is_empty()),
            ("`connect_timeout`", self.connect_timeout.is_some()),
            ("`no_proxy`", matches!(self.proxy, ProxyChoice::Off)),
            ("`proxy`", matches!(self.proxy, ProxyChoice::At(_))),
        ];
        settings.into_iter().filter_map(|(name, is_set)| is_set.then_some(name)).collect()
    }
}

fn own_builder() -> reqwest::ClientBuilder {
    let builder = Client::builder();
    // All calls share one HTTP/2 connection. A dead connection must be detected within half a minute.
    #[cfg(feature = "http2")]
    let builder =
        builder.http2_keep_alive_interval(Duration::from_secs(20)).http2_keep_alive_timeout(Duration::from_secs(10));
    builder
}

/// Adds certificates to the certificates of the system.
#[cfg(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls"))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let mut roots = Vec::new();
    for pem in pems {
        let read = reqwest::Certificate::from_pem_bundle(pem);
        let read = read.map_err(|error| Error::configuration("a root certificate is not PEM").with_source(error))?;
        if read.is_empty() {
            return Err(Error::configuration("a root certificate is not PEM: it contains no certificate"));
        }
        roots.extend(read);
    }
    Ok(builder.tls_certs_merge(roots))
}

#[cfg(not(any(feature = "rustls", feature = "rustls-no-provider", feature = "native-tls")))]
fn with_roots(builder: reqwest::ClientBuilder, pems: &[Vec<u8>]) -> Result<reqwest::ClientBuilder, Error> {
    let error = || Error::configuration(format!("a root certificate was given, but {NO_TLS}"));
    if pems.is_empty() { Ok(builder) } else { Err(error()) }
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, CONNECT_TIMEOUT, Client, Http, Source};

    #[test]
    fn https_needs_tls_of_this_crate_only_for_its_own_client() {
        let url = BaseUrl::from_variable("IONOS_API_URL", "https://vpn.example").unwrap();
        let (own, local) = (Http::default, BaseUrl::new("http://localhost:1").unwrap());
        let foreign = || Http { source: Source::Callers(Client::new()), ..Http::default() };
        let builder = || Http { source: Source::Builder(Box::new(Client::builder())), ..Http::default() };
        for (source, http, has_tls, is_built) in [
            ("own", own(), true, true),
            ("own", own(), false, false),
            ("builder", builder(), false, true),
            ("foreign", foreign(), false, true),
        ] {
            let result = http.build(&url, has_tls, CONNECT_TIMEOUT);
            assert_eq!(result.is_ok(), is_built, "{source}, {has_tls}");
            if let Err(error) = result {
                assert!(error.to_string().starts_with("IONOS_API_URL: the base URL is https, but no TLS"), "{error}");
            }
        }
        assert!(own().build(&local, false, CONNECT_TIMEOUT).is_ok(), "http on this machine");
    }
}
