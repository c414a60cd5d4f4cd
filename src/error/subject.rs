//! What an error is about.

use std::fmt;

use crate::model::path::ResourceRef;

/// The call that an error is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Subject {
    /// What the caller wanted to do with the resource; `None` if only the operation is known.
    pub(crate) verb: Option<&'static str>,
    /// The operationId of the document; empty if the document has no such operation.
    pub(crate) operation: &'static str,
    pub(crate) resource: Option<ResourceRef>,
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.verb, &self.resource) {
            (Some(verb), Some(resource)) => write!(f, "{verb} {resource}"),
            _ if self.operation.is_empty() => f.write_str("request"),
            _ => f.write_str(self.operation),
        }
    }
}
