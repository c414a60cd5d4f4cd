//! Regions and their hosts.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind};
pub use crate::model::generated::Region;

impl Region {
    /// Returns the base URL of the region: `https://vpn.{region}.ionos.com`.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("https://vpn.{}.ionos.com", self.as_str())
    }

    fn is_usable(name: &str) -> bool {
        let is_label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !name.is_empty()
            && name.len() <= 63
            && name.chars().all(is_label)
            && !name.starts_with('-')
            && !name.ends_with('-')
    }

    /// Refuses a name that cannot be part of a host name. [`Region::Other`] may contain such a name.
    pub(crate) fn check_name(&self) -> Result<(), Error> {
        let name = self.as_str();
        if Self::is_usable(name) {
            return Ok(());
        }
        let message = format!("the region {name:?} cannot be part of a host name; write it like `de-fra` or `de/fra`");
        Err(Error::new(ErrorKind::Configuration, message))
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Parses the name of a region (`de-fra`) or an IONOS location (`de/fra` or `de/fra/2`). Both of these locations belong to
/// the region `de-fra`, as in the vendor's SDKs. A region that this version does not list is accepted.
///
/// ```
/// # use ionos_vpn::Region;
/// assert_eq!("de/fra/2".parse::<Region>()?, Region::DeFra);
/// assert_eq!("xx-new".parse::<Region>()?.base_url(), "https://vpn.xx-new.ionos.com");
/// assert!("de fra".parse::<Region>().is_err());
/// # Ok::<_, ionos_vpn::Error>(())
/// ```
impl FromStr for Region {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let name = text.to_ascii_lowercase().split('/').take(2).collect::<Vec<_>>().join("-");
        let known = Self::KNOWN.iter().find(|region| region.as_str() == name).cloned();
        let region = known.unwrap_or(Self::Other(name));
        region.check_name().map(|()| region)
    }
}
