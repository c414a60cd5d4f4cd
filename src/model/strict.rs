//! Finds typos: fields and enum values that are not in the document.

use serde_json::Value;

use super::rule::{Object, Rule};
use super::violation::{Place, Violation};
use super::visit::Node;

/// Returns a violation for every unknown field and every unknown enum value.
pub(crate) fn unknown(object: &'static Object, value: &Value) -> Vec<Violation> {
    let mut found = Vec::new();
    Rule::Object(object).visit(value, &Place::Root, &mut |place, node| match node {
        // The value of an unknown field is not shown: it may be a secret under a misspelt name.
        Node::Unknown(object, name) => {
            let known: Vec<_> = object.fields.iter().map(|field| field.name).collect();
            let hint = nearest(name, &known).map(|known| format!("; did you mean `{known}`?")).unwrap_or_default();
            found.push(Violation::at(place, Value::Null, format!("is an unknown field{hint}")));
        }
        Node::Known(Rule::Enum(known), Value::String(name)) if !known.contains(&name.as_str()) => {
            let hint = match nearest(name, known) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("known are {}", known.join(", ")),
            };
            found.push(Violation::at(place, name.as_str().into(), format!("is an unknown value; {hint}")));
        }
        Node::Known(..) => {}
    });
    found
}

/// Returns the paths of the unknown fields.
pub(crate) fn unknown_fields(object: &'static Object, value: &Value) -> Vec<String> {
    let mut paths = Vec::new();
    Rule::Object(object).visit(value, &Place::Root, &mut |place, node| {
        if let Node::Unknown(..) = node {
            paths.push(place.path());
        }
    });
    paths
}

/// Returns the most similar name, or `None` if none is similar. Case and separators are ignored.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let plain = |text: &str| text.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect::<Vec<_>>();
    let name = plain(name);
    let distances = known.iter().map(|known| (distance(&name, &plain(known)), *known));
    let (distance, known) = distances.min_by_key(|(distance, _)| *distance)?;
    Some(known).filter(|_| distance <= (name.len() / 3).max(2) && distance < name.len())
}

/// Returns the edit distance: the number of characters to insert, remove or replace to convert one text to the other.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut row: Vec<_> = (0..=to.len()).collect();
    for (index, character) in from.iter().enumerate() {
        let mut left = index + 1;
        let mut next = vec![left];
        for (other, pair) in to.iter().zip(row.windows(2)) {
            if let [before, above] = pair {
                left = (left + 1).min(above + 1).min(before + usize::from(character != other));
            }
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_name_is_found_unless_it_is_another_word() {
        let known = ["name", "tier", "gatewayIP", "maintenanceWindow", "lanId"];
        for (name, expected) in [
            ("teir", Some("tier")),
            ("Tier", Some("tier")),
            ("nmae", Some("name")),
            ("gateway_ip", Some("gatewayIP")),
            ("gatewayAddress", None),
            ("maintainanceWindows", Some("maintenanceWindow")),
            ("lan", Some("lanId")),
            ("x", None),
            ("", None),
            ("mtu", None),
        ] {
            assert_eq!(nearest(name, &known), expected, "{name}");
        }
        assert_eq!(nearest("name", &[]), None);
    }
}
