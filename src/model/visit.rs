//! Visits everything in a value, with its rules and places.

use serde_json::Value;

use super::rule::{Object, Rule};
use super::violation::Place;

/// What [`Rule::visit`] comes to.
pub(crate) enum Node<'a> {
    /// A value, and its rule.
    Known(&'a Rule, &'a Value),
    /// A field that the object does not have, by its name.
    Unknown(&'a Object, &'a str),
}

impl Rule {
    /// Visits a value and then everything in it, except the values of unknown fields.
    pub(crate) fn visit(&self, value: &Value, place: &Place<'_>, see: &mut dyn FnMut(&Place<'_>, Node<'_>)) {
        see(place, Node::Known(self, value));
        match value {
            Value::Array(list) => {
                for (index, element) in list.iter().enumerate() {
                    self.item().visit(element, &Place::Element(place, index, self, element), see);
                }
            }
            Value::Object(map) => {
                for (name, value) in map {
                    let place = Place::Field(place, name);
                    match self.member(name) {
                        Ok((rule, _)) => rule.visit(value, &place, see),
                        Err(object) => see(&place, Node::Unknown(object, name)),
                    }
                }
            }
            _ => {}
        }
    }

    /// Returns the texts of the secrets in a value.
    pub(crate) fn secrets(&self, value: &Value) -> Vec<String> {
        let mut secrets = Vec::new();
        self.visit(value, &Place::Root, &mut |_, node| {
            if let Node::Known(Self::Text { secret: true, .. }, Value::String(text)) = node {
                secrets.push(text.clone());
            }
        });
        secrets
    }
}

/// Returns every text in a value.
pub(crate) fn texts(value: &Value) -> Vec<String> {
    let mut texts = Vec::new();
    Rule::Any.visit(value, &Place::Root, &mut |_, node| {
        if let Node::Known(_, Value::String(text)) = node {
            texts.push(text.clone());
        }
    });
    texts
}
