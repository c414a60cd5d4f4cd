//! Applies an OpenAPI Overlay 1.0 document. This is the first pass, so that all later passes see a single document.

use serde_json::Value;

use super::document::{Object, below, str_at};
use super::problem::{OVERLAY, Problem, Result};

/// The keys of an action; extensions (`x-…`) are allowed as well.
const ACTION_KEYS: [&str; 4] = ["target", "description", "update", "remove"];

/// A step of a target: a name, or every child.
enum Step {
    Name(String),
    Every,
}

/// Applies the actions of an overlay to a document, in their order.
pub(crate) fn apply(document: &mut Value, overlay: &Value) -> Result<()> {
    apply_actions(document, overlay).map_err(|problem| problem.in_file(OVERLAY))
}

fn apply_actions(document: &mut Value, overlay: &Value) -> Result<()> {
    let version = overlay.get("overlay").unwrap_or(&Value::Null);
    let patch = version.as_str().and_then(|version| version.strip_prefix("1.0."));
    if patch.and_then(|patch| patch.parse::<u32>().ok()).is_none() {
        let found = format!("the version of the overlay is {version}; 1.0.0 is needed");
        return Err(Problem::new("#/overlay", found, "write `\"overlay\": \"1.0.0\"`"));
    }
    let Some(actions) = overlay.get("actions").and_then(Value::as_array) else {
        return Err(Problem::new("#/actions", "no list of actions", "write `\"actions\": []` or add actions"));
    };
    let actions = actions.iter().enumerate();
    let refused =
        actions.filter_map(|(index, action)| apply_action(document, action, &format!("#/actions/{index}")).err());
    // Collect all errors, because a new document may lack several targets.
    refused.reduce(Problem::and).map_or(Ok(()), Err)
}

fn apply_action(document: &mut Value, action: &Value, place: &str) -> Result<()> {
    let Some(target) = str_at(action, "target") else {
        return Err(Problem::new(place, "an action without a target", "write the `target` as a JSONPath"));
    };
    let refuse = |found: &str, remedy: &str| Err(Problem::new(place, format!("the target {target}: {found}"), remedy));
    let mut keys = action.as_object().into_iter().flat_map(Object::keys);
    if let Some(key) = keys.find(|key| !ACTION_KEYS.contains(&key.as_str()) && !key.starts_with("x-")) {
        return refuse(&format!("the action has an unknown key {key:?}"), "correct its spelling or remove it");
    }
    let Some(steps) = parse_path(target) else {
        let remedy = "use `$`, `.name`, `['name']`, `[*]` and `.*` only, as in `$.paths['/things']`";
        return refuse("not a JSONPath that the build can read", remedy);
    };
    let matches = select(document, &steps);
    match (action.get("update"), action.get("remove")) {
        _ if matches.is_empty() => refuse("matches nothing in the document", "adapt the target, or remove the action"),
        (Some(update), None) => {
            for pointer in &matches {
                let Some(node) = document.pointer_mut(pointer) else { continue };
                match (node, update) {
                    (Value::Array(values), update) if !update.is_array() => values.push(update.clone()),
                    (node, update) if !node.is_array() && node.is_object() != update.is_object() => {
                        let (update, node) = (type_name(update), type_name(node));
                        let found = format!("the update is {update}, but #{pointer} is {node}");
                        return refuse(&found, "write an update of the same type");
                    }
                    (node, update) => merge(node, update),
                }
            }
            Ok(())
        }
        (None, Some(Value::Bool(true))) if steps.is_empty() => {
            refuse("the whole document cannot be removed", "name a part of it")
        }
        (None, Some(Value::Bool(true))) => {
            // In reverse order, so that the indexes of the remaining targets stay valid.
            matches.iter().rev().for_each(|pointer| remove(document, pointer));
            Ok(())
        }
        (None, Some(other)) => refuse(&format!("`remove` is {other}"), "write `\"remove\": true`, or an `update`"),
        (Some(_), Some(_)) => refuse("both `update` and `remove`", "write two actions"),
        (None, None) => refuse("neither `update` nor `remove`", "add one of them, or remove the action"),
    }
}

/// Parses a JSONPath of names and wildcards.
fn parse_path(path: &str) -> Option<Vec<Step>> {
    let mut rest = path.strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let name;
        (name, rest) = if let Some(after) = rest.strip_prefix(".*").or(rest.strip_prefix("[*]")) {
            (None, after)
        } else if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(after.len());
            let (name, after) = after.split_at_checked(end).filter(|(name, _)| !name.is_empty())?;
            (Some(name), after)
        } else {
            let quote = ['\'', '"'].into_iter().find(|quote| rest.starts_with(&format!("[{quote}")))?;
            let (name, after) = rest.get(2..)?.split_once(&format!("{quote}]"))?;
            (Some(name), after)
        };
        steps.push(name.map_or(Step::Every, |name| Step::Name(name.to_owned())));
    }
    Some(steps)
}

/// Returns the JSON pointers to everything that a path matches, in the order of the document.
fn select(document: &Value, steps: &[Step]) -> Vec<String> {
    steps.iter().fold(vec![String::new()], |pointers, step| {
        let children = pointers.iter().map(|pointer| match (document.pointer(pointer), step) {
            (Some(Value::Object(map)), Step::Every) => map.keys().map(|name| below(pointer, name)).collect(),
            (Some(Value::Object(map)), Step::Name(name)) if map.contains_key(name) => vec![below(pointer, name)],
            (Some(Value::Array(values)), Step::Every) => {
                (0..values.len()).map(|index| format!("{pointer}/{index}")).collect()
            }
            _ => Vec::new(),
        });
        children.flatten().collect()
    })
}

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        _ => "a plain value",
    }
}

/// Merges objects, appends missing elements to lists, and replaces all other values.
fn merge(node: &mut Value, update: &Value) {
    match (node, update) {
        (Value::Object(node), Value::Object(update)) => {
            for (name, value) in update {
                match node.get_mut(name) {
                    Some(child) => merge(child, value),
                    None => _ = node.insert(name.clone(), value.clone()),
                }
            }
        }
        (Value::Array(node), Value::Array(update)) => {
            let missing: Vec<_> = update.iter().filter(|value| !node.contains(value)).cloned().collect();
            node.extend(missing);
        }
        (node, update) => *node = update.clone(),
    }
}

fn remove(document: &mut Value, pointer: &str) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    match document.pointer_mut(parent) {
        Some(Value::Object(map)) => _ = map.remove(&name.replace("~1", "/").replace("~0", "~")),
        Some(Value::Array(values)) => {
            if let Some(index) = name.parse::<usize>().ok().filter(|index| *index < values.len()) {
                values.remove(index);
            }
        }
        _ => {}
    }
}
