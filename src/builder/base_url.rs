//! The base URL, to which the paths of the API are appended.

use std::net::IpAddr;

use reqwest::Url;

use crate::error::Error;

/// A base URL: `https`, or `http` for loopback, without credentials, query and fragment.
pub(super) struct BaseUrl {
    url: Url,
    is_loopback: bool,
    /// The environment variable from which the URL was read.
    variable: Option<&'static str>,
}

impl BaseUrl {
    /// Refuses a URL that is unusable or would send a token unencrypted. The error does not contain the parts of the
    /// URL that may be secret.
    pub(super) fn new(text: &str) -> Result<Self, Error> {
        let refuse = Error::configuration;
        let url = Url::parse(text).map_err(|error| refuse("the base URL cannot be parsed").with_source(error))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refuse("the base URL contains credentials; set a token instead"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(refuse("the base URL has a query or a fragment; remove it"));
        }
        let host = url.host_str().ok_or_else(|| refuse("the base URL has no host"))?;
        let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
        let is_loopback = ip.map_or(host == "localhost" || host.ends_with(".localhost"), |ip| ip.is_loopback());
        match url.scheme() {
            "https" => {}
            "http" if is_loopback => {}
            "http" => {
                return Err(refuse(
                    "the base URL is plain http, which would send the token unencrypted; use https (http is allowed for loopback only)",
                ));
            }
            scheme => return Err(Error::configuration(format!("the base URL has the scheme {scheme:?}; use https"))),
        }
        Ok(Self { url, is_loopback, variable: None })
    }

    /// Makes a base URL from the value of an environment variable. If the value is invalid, the error contains the name of
    /// the variable.
    pub(super) fn from_variable(name: &'static str, text: &str) -> Result<Self, Error> {
        match Self::new(text) {
            Ok(url) => Ok(Self { variable: Some(name), ..url }),
            Err(error) => Err(error.in_variable(name)),
        }
    }

    pub(super) fn is_from_env(&self) -> bool {
        self.variable.is_some()
    }

    pub(super) fn is_https(&self) -> bool {
        self.url.scheme() == "https"
    }

    pub(super) fn is_loopback(&self) -> bool {
        self.is_loopback
    }

    /// Returns the error for a URL that the client cannot call.
    pub(super) fn refuse(&self, message: &str) -> Error {
        let error = Error::configuration(message);
        match self.variable {
            Some(name) => error.in_variable(name),
            None => error,
        }
    }

    pub(super) fn into_url(self) -> Url {
        self.url
    }
}
