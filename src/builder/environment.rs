//! Settings from environment variables.

use std::env::{self, VarError};

use super::ClientBuilder;
use super::base_url::BaseUrl;
use crate::call::token::Token;
use crate::client::Client;
use crate::error::Error;

const TOKEN: &str = "IONOS_TOKEN";
/// The first one that is set is used.
const URLS: [&str; 2] = ["IONOS_API_URL_VPN", "IONOS_API_URL"];

impl Client {
    /// Returns a client with the settings of the environment: the same as `Client::builder().from_env()?.build()`. `IONOS_TOKEN`
    /// must be set. See [`ClientBuilder::from_env`] for the variables.
    ///
    /// ```no_run
    /// let client = ionos_vpn::Client::from_env()?;
    /// # Ok::<_, ionos_vpn::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration)if a variable is missing or unusable. The error
    /// contains its name.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder().from_env()?.build()
    }
}

impl ClientBuilder {
    /// Reads settings from environment variables. A variable that is unset or empty is ignored.
    ///
    /// - `IONOS_TOKEN`: the token. If it is missing, call [`ClientBuilder::token`], [`ClientBuilder::token_file`] or
    ///   [`ClientBuilder::token_provider`] before `build`.
    /// - `IONOS_API_URL_VPN`, else `IONOS_API_URL`: the base URL. The vendor's tools use the same names. The first one
    ///   affects this API only (our choice).
    ///
    /// A token, a base URL or a region that is set afterwards replaces the value of the environment.
    ///
    /// ```
    /// # fn main() -> Result<(), ionos_vpn::Error> {
    /// use ionos_vpn::{Client, Region};
    ///
    /// let client = Client::builder().from_env()?.token("eyJ0eXAiOiJKV1Qi").region(Region::GbLhr).build()?;
    /// assert_eq!(client.base_url(), "https://vpn.gb-lhr.ionos.com");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`ErrorKind::Configuration`](crate::ErrorKind::Configuration)if a variable is unusable. The error contains its
    /// name.
    pub fn from_env(mut self) -> Result<Self, Error> {
        match read(TOKEN)? {
            Some(token) => {
                Token::new(&token).map_err(|error| error.in_variable(TOKEN))?;
                self = self.token(token);
            }
            None => _ = self.tokens.get_or_insert_with(|| Err(Error::configuration("IONOS_TOKEN is unset or empty"))),
        }
        for name in URLS {
            if let Some(url) = read(name)? {
                self.base_url = Some(Ok(BaseUrl::from_variable(name, &url)?));
                break;
            }
        }
        Ok(self)
    }
}

/// Reads a variable. An empty variable counts as unset.
fn read(name: &'static str) -> Result<Option<String>, Error> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        // The error of `std` would contain the value.
        Err(VarError::NotUnicode(_)) => Err(Error::configuration(format!("{name} is not valid Unicode"))),
    }
}
