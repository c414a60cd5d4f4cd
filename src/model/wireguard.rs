//! WireGuard keys.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use x25519_dalek::{PublicKey, StaticSecret};

use super::secret::Secret;
use super::violation::Violation;

/// The bytes before the key in a PEM SubjectPublicKeyInfo for X25519.
const X25519_INFO: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x6e, 0x03, 0x21, 0x00];

/// The private and the public key of one end of a WireGuard tunnel, as `wg genkey` and `wg pubkey` print them.
///
/// ```
/// use ionos_vpn::WireguardKeyPair;
///
/// let pair = WireguardKeyPair::generate()?;
/// assert_eq!(WireguardKeyPair::public_key_of(&pair.private_key)?, pair.public_key);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct WireguardKeyPair {
    /// The private key, in base64.
    pub private_key: Secret,
    /// The public key, in base64.
    pub public_key: String,
}

impl fmt::Debug for WireguardKeyPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WireguardKeyPair").field("public_key", &self.public_key).finish_non_exhaustive()
    }
}

impl WireguardKeyPair {
    /// Returns a new key pair, from the random number generator of the operating system.
    ///
    /// # Errors
    /// If the random number generator of the operating system fails.
    pub fn generate() -> std::io::Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
        // Sets the bits that X25519 ignores in the same way as `wg genkey`.
        let [first, .., last] = &mut bytes;
        *first &= 0xf8;
        *last = *last & 0x7f | 0x40;
        let secret = StaticSecret::from(bytes);
        Ok(Self {
            private_key: STANDARD.encode(bytes).into(),
            public_key: STANDARD.encode(PublicKey::from(&secret).as_bytes()),
        })
    }

    /// Returns the public key that belongs to a private key.
    ///
    /// # Errors
    /// A [`Violation`] if the secret is not base64 of 32 bytes. It does not repeat the secret.
    pub fn public_key_of(private_key: &Secret) -> Result<String, Violation> {
        let bytes = decode(private_key.expose())
            .ok_or_else(|| Violation::new("", "***".into(), "must be a WireGuard key: 32 bytes in base64"))?;
        Ok(STANDARD.encode(PublicKey::from(&StaticSecret::from(bytes)).as_bytes()))
    }
}

fn decode(key: &str) -> Option<[u8; 32]> {
    STANDARD.decode(key).ok()?.try_into().ok()
}

/// Returns a public key in base64, the form that WireGuard uses. The input is base64 or PEM. `None` for any other text.
pub(crate) fn public_key(text: &str) -> Option<String> {
    let body = text
        .trim()
        .strip_prefix("-----BEGIN PUBLIC KEY-----")
        .and_then(|it| it.strip_suffix("-----END PUBLIC KEY-----"));
    let Some(body) = body else { return decode(text.trim()).map(|bytes| STANDARD.encode(bytes)) };
    let der = STANDARD.decode(body.split_whitespace().collect::<String>()).ok()?;
    let key: [u8; 32] = der.strip_prefix(&X25519_INFO)?.try_into().ok()?;
    Some(STANDARD.encode(key))
}

#[cfg(test)]
mod tests {
    use super::{WireguardKeyPair, public_key};

    #[test]
    fn a_public_key_is_read_in_both_forms() {
        let key = "pNLcmIfCLRwyGYN16teusuGPkdGo2C8OxiqaJLgOig4=";
        let pem = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEApNLcmIfCLRwyGYN16teusuGPkdGo2C8OxiqaJLgOig4=\n-----END PUBLIC KEY-----\n";
        assert_eq!(public_key(key).as_deref(), Some(key));
        assert_eq!(public_key(pem).as_deref(), Some(key));
        for other in ["", "key", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", &key[..40]] {
            assert_eq!(public_key(other), None, "{other}");
        }
    }

    #[test]
    fn the_public_key_of_the_vendors_sample_is_known() {
        let private = "0HpE4BNwGHabeaC4aY/GFxB6fBSc0d49Db0qAzRVSVc=".into();
        let expected = "9GCzWfGEkeM855tl2kjVtE+MnzHBkv1sJi4+Swo1c2E=";
        assert_eq!(WireguardKeyPair::public_key_of(&private).unwrap(), expected);
        let error = WireguardKeyPair::public_key_of(&"c2VjcmV0".into()).unwrap_err().to_string();
        assert!(!error.contains("c2VjcmV0"), "{error}");
    }
}
