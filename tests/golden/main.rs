//! The golden copies: the public API and the generated code. This binary uses nothing of the crate, so it shows a difference also
//! when the change breaks other tests.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::pedantic, clippy::unwrap_used, missing_docs)]

use std::path::Path;
use std::{env, fs};

mod api;

/// Compares a text with its golden copy, or rewrites the copy.
fn assert_golden(file: &str, name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, text).unwrap();
        return;
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let difference = similar::TextDiff::from_lines(golden.as_str(), text);
    let shown = difference.unified_diff().context_radius(3).header(file, "now").to_string();
    assert!(
        golden == text,
        "{name} has changed:\n{shown}\nRead it as its users would; accept it with\n  UPDATE_GOLDEN=1 cargo test --test golden\n"
    );
}

#[test]
fn of_the_generated_code() {
    for (file, generated) in [
        ("tests/golden/vpn.rs", include_str!(concat!(env!("OUT_DIR"), "/vpn.rs"))),
        ("tests/golden/client.rs", include_str!(concat!(env!("OUT_DIR"), "/client.rs"))),
    ] {
        assert_golden(file, "the generated code", generated);
    }
}
