//! Generates the client from the two documents in `spec/`: reads them, runs the passes in `build/`, writes the result
//! to `OUT_DIR` and reports errors and warnings.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, panic};

#[path = "build/mod.rs"]
mod passes;

use passes::generate::panic_message;
use passes::problem::{DOCUMENT, OVERLAY, Problem, Result};

fn main() -> ExitCode {
    for path in [DOCUMENT, OVERLAY, "build.rs", "build"] {
        println!("cargo::rerun-if-changed={path}");
    }
    // Some documents make the generator panic. The panic message is reported as an error, without a backtrace.
    panic::set_hook(Box::new(|_| {}));
    let result = panic::catch_unwind(run).unwrap_or_else(|panic| {
        let found = format!("the build panicked: {}", panic_message(&*panic));
        Err(Problem::new("", found, "extend the passes in build/"))
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            println!("cargo::error={problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let generated = passes::generate(&read(DOCUMENT)?, &read(OVERLAY)?)?;
    for warning in &generated.warnings {
        println!("cargo::warning={warning}");
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    write(&out.join("vpn.rs"), &generated.code)?;
    write(&out.join("client.rs"), &generated.client)?;
    write(&out.join("builders.rs"), &generated.builders)?;
    write(&out.join("vpn.json"), &generated.document)
}

fn read(file: &str) -> Result<String> {
    fs::read_to_string(file).map_err(|error| Problem::new("", error, "put the document there").in_file(file))
}

fn write(path: &Path, content: &str) -> Result<()> {
    fs::write(path, content).map_err(|error| {
        Problem::new("", format!("OUT_DIR: {error}"), "run the build with cargo, with a writable target directory")
    })
}
