//! `spec/update` and `spec/grade`, without the network: `npx` is replaced by a script that returns the new document and
//! a recorded report, `cargo` by a script that runs the example that is already built.
#![cfg(unix)]

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};
use std::{env, fs};

use serde_json::{Value, json};

use crate::program::{example, text};

const DOCUMENT: &str = include_str!("../../spec/vpn.json");
const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn script(path: &Path, lines: &str) {
    fs::write(path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Runs `spec/update` in a copy of `spec/`; returns what it said, and the document that is in place then.
fn update(document: &Value, changes: Value) -> (Output, String) {
    let copy = tempfile::tempdir().unwrap();
    let at = |name: &str| copy.path().join(name);
    fs::create_dir_all(at("spec")).unwrap();
    for file in ["vpn.json", "overlay.json", "redocly.yaml", "grade", "update"] {
        fs::copy(Path::new(ROOT).join("spec").join(file), at("spec").join(file)).unwrap();
    }
    fs::write(at("new.json"), document.to_string()).unwrap();
    fs::write(at("report.json"), json!({ "changes": changes }).to_string()).unwrap();
    let (new, report) = (at("new.json"), at("report.json"));
    let output = r#"while [ "$1" != --output ]; do shift; done; cp"#;
    let lines = format!(
        "case $3 in bundle) {output} {} \"$2\" ;; diff) {output} {} \"$2\" ;; esac",
        new.display(),
        report.display()
    );
    script(&at("npx"), &lines);
    let program = example("spec").get_program().to_owned();
    let program = Path::new(&program).display();
    let lines = format!("case $1 in run) while [ \"$1\" != -- ]; do shift; done; shift; exec {program} \"$@\" ;; esac");
    script(&at("cargo"), &lines);
    let path = format!("{}:{}", copy.path().display(), env::var("PATH").unwrap());
    let output = Command::new("sh").arg(at("spec/update")).arg(&new).env("PATH", path).output().unwrap();
    (output, fs::read_to_string(at("spec/vpn.json")).unwrap())
}

fn document() -> Value {
    DOCUMENT.parse().unwrap()
}

#[test]
fn an_update_is_graded_and_put_in_place() {
    let property = "#/components/schemas/IPSecGateway/properties/mtu";
    let added = json!({ "path": "#/paths/~1ipsecgateways/get/responses/200", "typeName": "Schema", "kind": "added",
        "impact": "minor", "verdicts": [], "revision": { "pointer": property } });
    let removed = json!({ "path": "#/paths/~1ipsecgateways/post", "typeName": "Operation", "kind": "removed", "impact": "major",
        "verdicts": [{ "ruleId": "operation-removed", "message": "Operation `POST /ipsecgateways` was removed." }],
        "base": { "pointer": "#/paths/~1ipsecgateways/post" } });
    let rows = [
        (json!([]), "no change since the document before"),
        (
            json!([added]),
            "minor since the document before\n  minor  added  `IPSecGateway.mtu`\n\n### Added\n\n- `IPSecGateway.mtu`\n",
        ),
        (
            json!([removed]),
            "major since the document before\n  major  removed  `POST /ipsecgateways`\n\n### Removed\n\n- **Breaking:** `POST /ipsecgateways`\n",
        ),
        (json!([added, removed]), "major since the document before\n  major  removed"),
    ];
    let mut new = document();
    new["info"]["version"] = "9.9.9".into();
    for (changes, expected) in rows {
        let (output, in_place) = update(&new, changes);
        assert!(output.status.success(), "{}", text(&output.stderr));
        assert!(text(&output.stdout).starts_with(expected), "{}\nis not\n{expected}", text(&output.stdout));
        assert_eq!(in_place.parse::<Value>().unwrap(), new);
    }
}

#[test]
fn an_update_that_the_overlay_does_not_fit_is_refused() {
    let mut new = document();
    for (schema, property) in [("IPSecGateway", "gatewayIP"), ("WireguardPeer", "allowedIPs")] {
        let properties = new["components"]["schemas"][schema]["properties"].as_object_mut().unwrap();
        properties.remove(property).unwrap();
    }
    let (output, in_place) = update(&new, json!([]));
    let said = text(&output.stderr);
    assert!(!output.status.success());
    assert_eq!(in_place, DOCUMENT);
    let actions = include_str!("../../spec/overlay.json").parse::<Value>().unwrap();
    let mut gone = 0;
    for (index, action) in actions["actions"].as_array().unwrap().iter().enumerate() {
        let target = action["target"].as_str().unwrap();
        if target.ends_with("IPSecGateway.properties.gatewayIP")
            || target.contains("WireguardPeer.properties.allowedIPs")
        {
            let expected = format!("at #/actions/{index}: the target {target}: matches nothing in the document; adapt");
            assert!(said.contains(&expected), "{said}\nlacks {expected}");
            gone += 1;
        }
    }
    assert!(gone >= 2, "{gone}");
    assert_eq!(said.matches("matches nothing").count(), gone, "{said}");
}

#[test]
fn changes_are_graded_for_the_users_of_this_crate() {
    let modified = |path: &str, property: &str, impact: &str, rules: &[&str]| {
        let verdicts: Vec<_> =
            rules.iter().map(|rule| json!({ "ruleId": rule, "message": format!("By {rule}.") })).collect();
        json!({ "path": path, "typeName": "Schema", "kind": "modified", "impact": impact, "property": property,
            "verdicts": verdicts, "base": { "pointer": "#/components/schemas/Old" }, "revision": { "pointer": path } })
    };
    let plain = |path: &str, type_name: &str, kind: &str, impact: &str| json!({ "path": path, "typeName": type_name, "kind": kind, "impact": impact });
    let tier = "#/components/schemas/Thing/properties/tier";
    // The change; its line; the section of the changelog.
    let rows = [
        (plain("#/paths/~1things", "PathItem", "added", "minor"), "minor  added  `/things`", "### Added"),
        (
            plain("#/paths/~1things/get/parameters/2", "Parameter", "added", "minor"),
            "major  added  `GET /things parameters.2`",
            "### Added",
        ),
        (plain("#/components/schemas/Thing", "Schema", "removed", "patch"), "major  removed  `Thing`", "### Removed"),
        (
            modified("#/components/schemas/New", "key", "patch", &[]),
            "major  modified  `Old` is now `New`",
            "### Changed",
        ),
        (
            modified(tier, "enum", "major", &["enum-values-added"]),
            "minor  modified  `Thing.tier`: By enum-values-added.",
            "### Changed",
        ),
        (
            modified(tier, "enum", "major", &["enum-values-added", "enum-values-removed"]),
            "major  modified  `Thing.tier`: By enum-values-added. By enum-values-removed.",
            "### Changed",
        ),
        (modified(tier, "type", "major", &[]), "major  modified  `Thing.tier`: `type`", "### Changed"),
        (modified(tier, "type", "epochal", &[]), "major  modified  `Thing.tier`: `type`", "### Changed"),
        (modified(tier, "description", "patch", &[]), "patch  modified  `Thing.tier`: `description`", ""),
    ];
    for (change, line, section) in rows {
        let folder = tempfile::tempdir().unwrap();
        let report = folder.path().join("report.json");
        fs::write(&report, json!({ "changes": [change] }).to_string()).unwrap();
        let output = example("spec").arg("--grade").arg(&report).arg("v1").output().unwrap();
        let said = text(&output.stdout);
        assert!(said.contains(&format!("\n  {line}\n")), "{said}\nlacks {line}");
        let (grade, _) = line.split_once(' ').unwrap();
        assert!(said.starts_with(&format!("{grade} since v1\n")), "{said}");
        assert_eq!(said.contains("###"), !section.is_empty(), "{said}");
        assert!(said.contains(section), "{said}\nlacks {section}");
        assert_eq!(said.contains("**Breaking:**"), grade == "major", "{said}");
    }
}
