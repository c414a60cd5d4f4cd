//! The regions, read from the servers of the document.

use std::collections::BTreeMap;

use heck::ToUpperCamelCase;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use serde_json::Value;

use super::document::{below, elements, entries, str_at, strings};
use super::problem::{Problem, Result};
use super::rules::identifier;

/// A region: its variant, its name in host names, and its description, which may be empty.
#[derive(Debug)]
pub(crate) struct Region {
    variant: Ident,
    name: String,
    description: String,
}

/// Returns the regions of the document, sorted by name.
pub(crate) fn regions(document: &Value) -> Result<Vec<Region>> {
    let mut descriptions: BTreeMap<String, String> = BTreeMap::new();
    for (index, server) in elements(document, "/servers").enumerate() {
        let place = format!("#/servers/{index}/url");
        let (names, description) = server_regions(server);
        if names.is_empty() || !names.iter().all(|name| name.starts_with(|c: char| c.is_ascii_lowercase())) {
            let found = format!("{:?} contains no region", str_at(server, "url").unwrap_or_default());
            return Err(Problem::new(place, found, "write it as `https://vpn.de-fra.ionos.com`"));
        }
        for name in names {
            descriptions.entry(name.to_owned()).or_insert_with(|| description.to_owned());
        }
    }
    if descriptions.is_empty() {
        let remedy = "write one as `https://vpn.de-fra.ionos.com`";
        return Err(Problem::new("#/servers", "no server; the regions are read from the servers", remedy));
    }
    for (name, description) in entries(document, "/x-region-descriptions") {
        let place = below("#/x-region-descriptions", name);
        let Some(described) = descriptions.get_mut(name) else {
            let known = descriptions.keys().cloned().collect::<Vec<_>>().join(", ");
            let found = format!("no server is in the region {name:?}, only in {known}");
            return Err(Problem::new(place, found, "correct the name of the region, or remove it"));
        };
        description.as_str().unwrap_or_default().clone_into(described);
    }
    let region = |(name, description): (String, _)| {
        let variant = identifier(&name.to_upper_camel_case(), "#/servers")?;
        Ok(Region { variant, name, description })
    };
    descriptions.into_iter().map(region).collect()
}

/// Returns the names of the regions of a server, and its description if it is the server of one region.
fn server_regions(server: &Value) -> (Vec<&str>, &str) {
    let url = str_at(server, "url").unwrap_or_default();
    let host = url.trim_end_matches('/').strip_prefix("https://vpn.");
    let region = host.and_then(|rest| rest.strip_suffix(".ionos.com")).unwrap_or_default();
    match region.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(variable) => (strings(server, &format!("/variables/{variable}/enum")).collect(), ""),
        None => (vec![region], str_at(server, "description").unwrap_or_default()),
    }
}

/// Returns the code of the type `Region`.
pub(crate) fn region_code(regions: &[Region]) -> TokenStream {
    let variants = regions.iter().map(|region| &region.variant).collect::<Vec<_>>();
    let names = regions.iter().map(|region| &region.name);
    let docs = regions.iter().map(|Region { name, description, .. }| match description.as_str() {
        "" => format!("`{name}`"),
        description => format!("`{name}`: {description}"),
    });
    quote! {
        /// A region in which the vendor serves the API.
        #[derive(Clone, Debug, Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum Region {
            #(#[doc = #docs] #variants,)*
            /// A region that this version does not list, by its name in host names, such as `de-fra`.
            Other(String),
        }
        impl Region {
            /// The regions that this version lists.
            pub const KNOWN: &'static [Self] = &[#(Self::#variants),*];
            /// Returns the name of the region in host names.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #names,)*
                    Self::Other(name) => name,
                }
            }
        }
    }
}
