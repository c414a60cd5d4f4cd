//! Prints an API description with an overlay applied, as JSON: by default this crate's own documents.
//!
//! ```text
//! cargo run --example spec
//! cargo run --example spec -- VPN.json [OVERLAY.json]
//! ```

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

#[path = "../build/document.rs"]
#[allow(dead_code)] // The build uses the rest.
mod document;
#[path = "../build/overlay.rs"]
mod overlay;
#[path = "../build/problem.rs"]
#[allow(dead_code)]
mod problem;

use problem::{DOCUMENT, OVERLAY, Problem, Result};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let printed = match arguments.as_slice() {
        [] => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let path = |file: &str| root.join(file).display().to_string();
            apply(&path(DOCUMENT), Some(&path(OVERLAY)))
        }
        [document] => apply(document, None),
        [document, overlay] => apply(document, Some(overlay)),
        _ => {
            eprintln!("usage: spec [VPN.json [OVERLAY.json]]");
            return ExitCode::FAILURE;
        }
    };
    match printed {
        Ok(json) => {
            println!("{json}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the document of one file with the overlay of another applied, as JSON.
fn apply(document_file: &str, overlay_file: Option<&str>) -> Result<String> {
    let mut document = read(document_file)?;
    document::check_version(&document).map_err(|problem| problem.in_file(document_file))?;
    if let Some(file) = overlay_file {
        overlay::apply(&mut document, &read(file)?).map_err(|problem| problem.in_file(file))?;
    }
    Ok(format!("{document:#}"))
}

/// Reads and parses a file.
fn read(file: &str) -> Result<serde_json::Value> {
    let json = fs::read_to_string(file).map_err(|error| Problem::new("", error, "name a file that can be read"));
    json.and_then(|json| document::parse(&json)).map_err(|problem| problem.in_file(file))
}
