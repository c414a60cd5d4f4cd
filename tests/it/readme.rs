//! What the README needs to look right outside rustdoc, on a repository's or a registry's page.

const README: &str = include_str!("../../README.md");
const MANIFEST: &str = include_str!("../../Cargo.toml");
const CRATE_DOCS: &str = include_str!("../../src/lib.rs");

/// Returns the lines inside fenced code, and those outside.
fn parts(markdown: &str) -> (Vec<&str>, Vec<&str>) {
    let mut is_code = false;
    let lines = markdown.lines().filter_map(|line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        (!is_fence).then_some((is_code, line))
    });
    let (code, text): (Vec<_>, Vec<_>) = lines.partition(|(is_code, _)| *is_code);
    (code.into_iter().map(|(_, line)| line).collect(), text.into_iter().map(|(_, line)| line).collect())
}

/// Returns what is wrong with a README.
fn problems(readme: &str) -> Vec<String> {
    let (code, text) = parts(readme);
    let hidden = code.iter().filter(|line| line.trim_start().starts_with("# ") || line.trim() == "#");
    let text = text.join("\n");
    let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let links = links.filter(|link| !link.starts_with("https://"));
    let items = text.split("[`").skip(1).filter_map(|rest| rest.split_once("`]"));
    let items = items.filter(|(_, rest)| !rest.starts_with('(')).map(|(item, _)| format!("link to an item: {item}"));
    let hidden = hidden.map(|line| format!("hidden line: {line}"));
    hidden.chain(links.map(|link| format!("relative link: {link}"))).chain(items).collect()
}

#[test]
fn the_readme_needs_no_rustdoc() {
    assert_eq!(problems(README), Vec::<String>::new());
    for bad in ["```\n# let x = 1;\n```", "[a](ARCHITECTURE.md)", "see [`Client`]"] {
        assert_eq!(problems(bad).len(), 1, "{bad}");
    }
    let example = README.split("```rust").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert!(example.lines().count() <= 40, "{example}");
}

#[test]
fn the_readme_and_the_crate_documentation_name_every_feature_and_the_rust_version() {
    let features = MANIFEST.split("[features]\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    let features: Vec<_> = features.lines().filter_map(|line| Some(line.split_once(" = ")?.0)).collect();
    assert!(features.len() > 5, "{features:?}");
    for feature in features.iter().filter(|feature| **feature != "default") {
        for (name, text) in [("README.md", README), ("src/lib.rs", CRATE_DOCS)] {
            assert!(text.contains(&format!("| `{feature}`")), "{name} lacks the feature {feature}");
        }
    }
    let version = MANIFEST.split("rust-version = \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    assert!(README.contains(&format!("Rust {version} ")), "README.md lacks Rust {version}");
}
