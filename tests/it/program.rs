//! The examples as programs, run as a user runs them.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::NamedTempFile;

/// The token that the examples are given.
pub(crate) const TOKEN: &str = "a-token-of-the-tests";

/// An example, which `cargo test` builds beside the tests.
pub(crate) fn example(name: &str) -> Command {
    let path: PathBuf = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(path.exists(), "{} is not built; run `cargo build --examples`", path.display());
    let mut command = Command::new(path);
    command
        .env_remove("RUST_LOG")
        .env_remove("IONOS_API_URL")
        .env_remove("IONOS_API_URL_VPN")
        .env("IONOS_TOKEN", TOKEN);
    command
}

/// One test of this binary as a program, for an environment or a process of its own.
pub(crate) fn this_test(name: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", name, "--nocapture"]);
    command
}

/// Returns what a program printed, if it ended with 0.
#[track_caller]
pub(crate) fn stdout(Output { status, stdout, stderr }: &Output) -> String {
    assert!(status.success(), "{status}: {}{}", text(stdout), text(stderr));
    text(stdout)
}

/// Runs a program without blocking the runtime that its server is on.
pub(crate) async fn run(mut command: Command) -> Output {
    tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A sample with a part changed, as a file.
pub(crate) fn file(sample: &str, change: impl FnOnce(&mut Value)) -> NamedTempFile {
    let mut value = serde_json::from_str(sample).unwrap();
    change(&mut value);
    let file = NamedTempFile::new().unwrap();
    std::fs::write(file.path(), value.to_string()).unwrap();
    file
}
