//! Finds typos: fields and enum values that are not in the document.

use serde_json::Value;

use super::rule::{Object, Rule};
use super::violation::{Place, Violation};

/// An unknown field, or an unknown value of an enum.
struct Stray<'a> {
    place: Place,
    name: &'a str,
    /// `false` for a value.
    is_field: bool,
    /// The names that the document allows there.
    known: Vec<&'static str>,
}

/// Returns a violation for every unknown field and every unknown enum value.
pub(crate) fn unknown(object: &'static Object, value: &Value) -> Vec<Violation> {
    let strays = strays(object, value);
    strays.iter().map(Stray::violation).collect()
}

/// Returns the paths of the unknown fields.
pub(crate) fn unknown_fields(object: &'static Object, value: &Value) -> Vec<String> {
    let fields = strays(object, value).into_iter().filter(|stray| stray.is_field);
    fields.map(|stray| stray.place.path().to_owned()).collect()
}

fn strays<'a>(object: &'static Object, value: &'a Value) -> Vec<Stray<'a>> {
    let mut found = Vec::new();
    collect(&Rule::Object(object), value, &Place::default(), &mut found);
    found
}

fn collect<'a>(rule: &Rule, value: &'a Value, place: &Place, found: &mut Vec<Stray<'a>>) {
    match (rule, value) {
        (Rule::Object(object), Value::Object(map)) => {
            for (name, value) in map {
                let place = place.field(name);
                match object.field(name) {
                    Some(field) => collect(&field.rule, value, &place, found),
                    None => {
                        let known = object.fields.iter().map(|field| field.name).collect();
                        found.push(Stray { place, name, is_field: true, known });
                    }
                }
            }
        }
        (Rule::Map(item), Value::Object(map)) => {
            map.iter().for_each(|(name, value)| collect(item, value, &place.field(name), found));
        }
        (Rule::List { item, .. }, Value::Array(list)) => {
            let elements = list.iter().enumerate();
            elements.for_each(|(index, value)| collect(item, value, &place.element(index, None), found));
        }
        (Rule::Enum(values), Value::String(name)) if !values.contains(&name.as_str()) => {
            found.push(Stray { place: place.clone(), name, is_field: false, known: values.to_vec() });
        }
        _ => {}
    }
}

impl Stray<'_> {
    fn violation(&self) -> Violation {
        // The value of an unknown field is not shown: it may be a secret under a misspelt name.
        let (what, value) = if self.is_field { ("field", Value::Null) } else { ("value", self.name.into()) };
        let hint = match nearest(self.name, &self.known) {
            Some(known) => format!("; did you mean `{known}`?"),
            None if self.is_field => String::new(),
            None => format!("; known are {}", self.known.join(", ")),
        };
        Violation::at(&self.place, value, format!("is an unknown {what}{hint}"))
    }
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
