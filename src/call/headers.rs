//! Custom headers of requests.

use std::sync::Arc;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::error::Error;

/// Headers that a caller cannot set, because the client sets them or they control the connection. A name that ends with
/// `-` is a prefix.
const REFUSED: [&str; 17] = [
    "accept",
    "accept-",
    "api-version",
    "authorization",
    "connection",
    "content-",
    "expect",
    "host",
    "if-",
    "keep-alive",
    "proxy-",
    "range",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

/// The headers of each request of a client.
#[derive(Clone, Default)]
pub(crate) struct Headers {
    map: HeaderMap,
    /// The sensitive values, which the server may repeat.
    secrets: Arc<[String]>,
}

impl Headers {
    /// Sets a header. The error names it, but does not repeat the value.
    pub(crate) fn set<N, V>(&mut self, name: N, value: V) -> Result<(), Error>
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: TryInto<HeaderValue, Error: Into<http::Error>>,
    {
        let name = name
            .try_into()
            .map_err(|error| Error::configuration("a header has an invalid name").with_source(error.into()))?;
        let is_refused = |refused: &&str| match refused.strip_suffix('-') {
            Some(_) => name.as_str().starts_with(*refused),
            None => name.as_str() == *refused,
        };
        if REFUSED.iter().any(is_refused) {
            let message =
                format!("the header {:?} cannot be set: the client sets it itself, or must not send it", name.as_str());
            return Err(Error::configuration(message));
        }
        let value = value.try_into().map_err(|error| {
            Error::configuration(format!("the header {:?} has an invalid value", name.as_str()))
                .with_source(error.into())
        })?;
        self.map.insert(name, value);
        let secrets = self.map.values().filter(|value| value.is_sensitive());
        self.secrets = secrets.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned()).collect();
        Ok(())
    }

    pub(super) fn add_to(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.map {
            headers.insert(name, value.clone());
        }
    }

    pub(super) fn secrets(&self) -> Arc<[String]> {
        Arc::clone(&self.secrets)
    }
}
