//! Prints an API description with an overlay applied, as JSON: by default this crate's own documents. Or says what a change
//! of the description means for the users of this crate, from the report of `redocly diff`; `spec/grade` calls that.
//!
//! ```text
//! cargo run --example spec
//! cargo run --example spec -- VPN.json [OVERLAY.json]
//! cargo run --example spec -- --grade REPORT.json SINCE
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

use serde_json::Value;

use document::{elements, str_at};
use problem::{DOCUMENT, OVERLAY, Problem, Result};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match arguments.as_slice() {
        [] => {
            let root = Path::new(env!("CARGO_MANIFEST_DIR"));
            let path = |file: &str| root.join(file).display().to_string();
            apply(&path(DOCUMENT), Some(&path(OVERLAY)))
        }
        ["--grade", report, since] => read(report).map(|report| grade(&report, since)),
        [document] if !document.starts_with('-') => apply(document, None),
        [document, overlay] if !document.starts_with('-') => apply(document, Some(overlay)),
        _ => {
            eprintln!("usage: spec [VPN.json [OVERLAY.json] | --grade REPORT.json SINCE]");
            return ExitCode::FAILURE;
        }
    };
    match printed {
        Ok(text) => {
            println!("{text}");
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
fn read(file: &str) -> Result<Value> {
    let json = fs::read_to_string(file).map_err(|error| Problem::new("", error, "name a file that can be read"));
    json.and_then(|json| document::parse(&json)).map_err(|problem| problem.in_file(file))
}

/// The grade of a change for the users of this crate, in ascending order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Grade {
    Patch,
    Minor,
    Major,
}

impl Grade {
    fn name(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }

    /// Grades one change of a report. The recommended rules of the report are kept but for three:
    ///
    /// - A value added to an enumeration is minor, because the generated enums are open (`Other`) and non-exhaustive.
    /// - A new parameter is major: it becomes an argument of the generated method.
    /// - A component that is removed or renamed is major: it is a type.
    fn of(change: &Value) -> Self {
        let [kind, type_name, path, property, impact] =
            ["kind", "typeName", "path", "property", "impact"].map(|key| str_at(change, key).unwrap_or_default());
        let is_component = path.starts_with("#/components/schemas/") && path.matches('/').count() == 3;
        let mut rules = elements(change, "/verdicts").map(|verdict| str_at(verdict, "ruleId")).peekable();
        match (kind, impact) {
            ("added", _) if type_name == "Parameter" => Self::Major,
            ("removed", _) if is_component => Self::Major,
            _ if is_component && property == "key" => Self::Major,
            (_, "major") if rules.peek().is_some() && rules.all(|rule| rule == Some("enum-values-added")) => {
                Self::Minor
            }
            (_, "patch") => Self::Patch,
            (_, "minor") => Self::Minor,
            // A value that another version of the report may have.
            _ => Self::Major,
        }
    }
}

/// Returns the grade of each change of a report, the highest one first, and what to write in CHANGELOG.md.
fn grade(report: &Value, since: &str) -> String {
    let mut changes: Vec<_> = elements(report, "/changes").map(|change| (Grade::of(change), change)).collect();
    changes.sort_by_key(|(grade, _)| std::cmp::Reverse(*grade));
    let Some((highest, _)) = changes.first() else { return format!("no change since {since}") };
    let mut lines = vec![format!("{} since {since}", highest.name())];
    for (grade, change) in &changes {
        let kind = str_at(change, "kind").unwrap_or_default();
        lines.push(format!("  {}  {kind}  {}", grade.name(), description(change)));
    }
    changes.retain(|(grade, _)| *grade > Grade::Patch);
    for (kind, heading) in [("added", "Added"), ("modified", "Changed"), ("removed", "Removed")] {
        let mut entries = changes.iter().filter(|(_, change)| str_at(change, "kind") == Some(kind)).peekable();
        if entries.peek().is_some() {
            lines.push(format!("\n### {heading}\n"));
        }
        for (grade, change) in entries {
            let breaking = if *grade == Grade::Major { "**Breaking:** " } else { "" };
            lines.push(format!("- {breaking}{}", description(change)));
        }
    }
    lines.join("\n")
}

/// Describes a change: names the changed part as users know it (`IPSecGateway.name` or `POST /ipsecgateways`), and says how
/// it changed if the report contains that.
fn description(change: &Value) -> String {
    let side = |side: &str| change.get(side).and_then(|side| str_at(side, "pointer"));
    let pointer = side("revision").or(side("base")).or(str_at(change, "path")).unwrap_or_default();
    let steps: Vec<_> = pointer.split('/').skip(1).map(|step| step.replace("~1", "/").replace("~0", "~")).collect();
    let steps: Vec<_> = steps.iter().map(String::as_str).collect();
    let name = match steps.as_slice() {
        ["components", "schemas", inner @ ..] => {
            let property = str_at(change, "property").unwrap_or_default();
            let names = inner.iter().filter(|step| !["properties", "items", property].contains(step));
            names.copied().collect::<Vec<_>>().join(".")
        }
        ["paths", path] => (*path).to_owned(),
        ["paths", path, method, inner @ ..] => {
            format!("{} {path} {}", method.to_uppercase(), inner.join(".")).trim_end().to_owned()
        }
        _ => steps.join("."),
    };
    let messages: Vec<_> = elements(change, "/verdicts").filter_map(|verdict| str_at(verdict, "message")).collect();
    match (messages.as_slice(), str_at(change, "kind"), str_at(change, "property")) {
        ([_, ..], Some("modified"), _) => format!("`{name}`: {}", messages.join(" ")),
        (_, _, Some("key")) => {
            let before = side("base").and_then(|pointer| pointer.rsplit('/').next()).unwrap_or_default();
            format!("`{before}` is now `{name}`")
        }
        (_, _, Some(property)) => format!("`{name}`: `{property}`"),
        _ => format!("`{name}`"),
    }
}
