//! Checks the generated code against the document, to detect a generator with unexpected output.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use quote::ToTokens;
use syn::visit::Visit;

use super::Prepared;
use super::document::{below, entries};
use super::names::CLIENT;
use super::polish::serde_attribute;
use super::problem::{Problem, Result};

/// The methods of the generated client that are not operations.
const METHODS: [&str; 4] = ["api_version", "exec", "post", "pre"];
/// Names of standard types that derives use without a path. A generated type must not have such a name.
const PRELUDE: [&str; 6] = ["Err", "Into", "None", "Ok", "Option", "Some"];

/// What the generated code contains.
#[derive(Default)]
struct Seen {
    types: BTreeSet<String>,
    /// The types that refuse unknown fields or values.
    closed: BTreeSet<String>,
    methods: Vec<String>,
    /// An item that contains two items with the same name, and the name.
    doubles: Vec<(String, String)>,
    /// The types of fields, arguments and return values.
    used: String,
}

impl Seen {
    fn note_doubles(&mut self, holder: &impl ToString, names: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        let doubles = names.filter(|name| !seen.insert(name.clone()));
        self.doubles.extend(doubles.map(|name| (holder.to_string(), name)));
    }
}

/// Returns the names that an item defines: the type and its builder.
fn type_names(item: &syn::Item) -> Vec<String> {
    match item {
        syn::Item::Struct(item) => vec![item.ident.to_string(), format!("{}Builder", item.ident)],
        syn::Item::Enum(item) => vec![item.ident.to_string()],
        _ => Vec::new(),
    }
}

impl<'a> Visit<'a> for Seen {
    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        if let Some((_, items)) = module.content.as_ref().filter(|_| module.ident == "types") {
            let taken = PRELUDE.map(str::to_owned).into_iter();
            self.note_doubles(&module.ident, taken.chain(items.iter().flat_map(type_names)));
        }
        syn::visit::visit_item_mod(self, module);
    }

    fn visit_item_struct(&mut self, item: &'a syn::ItemStruct) {
        self.types.insert(item.ident.to_string());
        let is_named = matches!(item.fields, syn::Fields::Named(_)) && item.ident != CLIENT;
        let keeps_unknown = item.fields.iter().any(|field| serde_attribute(&field.attrs, "flatten").is_some());
        if is_named && !keeps_unknown || serde_attribute(&item.attrs, "deny_unknown_fields").is_some() {
            self.closed.insert(item.ident.to_string());
        }
        item.fields.iter().for_each(|field| self.used += &field.ty.to_token_stream().to_string());
    }

    fn visit_item_enum(&mut self, item: &'a syn::ItemEnum) {
        self.note_doubles(&item.ident, item.variants.iter().map(|variant| variant.ident.to_string()));
        if !item.variants.iter().any(|variant| variant.ident == "Other" && !variant.fields.is_empty()) {
            self.closed.insert(item.ident.to_string());
        }
    }

    fn visit_item_impl(&mut self, block: &'a syn::ItemImpl) {
        let is_client = block.trait_.is_none() && block.self_ty.to_token_stream().to_string() == CLIENT;
        for item in block.items.iter().filter(|_| is_client) {
            if let syn::ImplItem::Fn(function) = item {
                self.methods.push(function.sig.ident.to_string());
                // This local variable of a method would shadow a parameter of the same name.
                let variables = std::iter::once("header_map".to_owned());
                let parameters = function.sig.inputs.iter().filter_map(|input| match input {
                    syn::FnArg::Typed(input) => Some(input.pat.to_token_stream().to_string()),
                    syn::FnArg::Receiver(_) => None,
                });
                self.note_doubles(&function.sig.ident, variables.chain(parameters));
                self.used += &function.sig.to_token_stream().to_string();
            }
        }
    }
}

/// Refuses generated code that does not match the document.
pub(crate) fn check(file: &syn::File, prepared: &Prepared) -> Result<()> {
    let mut seen = Seen { methods: METHODS.map(str::to_owned).into(), ..Seen::default() };
    seen.visit_file(file);
    if let Some((holder, name)) = seen.doubles.first() {
        let place = place_of(holder, name, prepared);
        let found = format!("two items in `{holder}` would have the name `{name}` in the generated code");
        return Err(Problem::new(place, found, "rename one of them in the document"));
    }
    let mut problems = Vec::new();
    problems.extend(seen.closed.iter().map(|name| format!("{name} refuses fields or values that a server may add")));
    let missing = prepared.rules.iter().filter(|rules| !seen.types.contains(&rules.ty.to_string()));
    problems.extend(missing.map(|rules| format!("no type was generated for the component {}", rules.ty)));
    for (method, operation) in &prepared.methods {
        let count = seen.methods.iter().filter(|seen| *seen == method).count();
        if count != 1 {
            let found = format!("{count} methods have the name `{method}`, which the operationId gives");
            return Err(Problem::new(&operation.place, found, "give the operation another operationId"));
        }
    }
    for (ty, expected) in &prepared.types {
        let count = seen.used.matches(&ty.replace("::", " :: ")).count();
        if count < *expected {
            problems.push(format!("{ty} was generated {count} times for {expected} in the document"));
        }
    }
    let remedy =
        "rename that part of the document, or correct the pass in build/ that does not match the output of progenitor";
    if problems.is_empty() { Ok(()) } else { Err(Problem::new("", problems.join(", "), remedy)) }
}

/// Returns the place of the item `name` within `holder`, or the place of the holder.
fn place_of(holder: &str, name: &str, prepared: &Prepared) -> String {
    let is_component = |component: &&String| [holder, name].contains(&component.to_upper_camel_case().as_str());
    let mut components = entries(&prepared.document, "/components/schemas").map(|(component, _)| component);
    match (prepared.methods.get(holder), components.find(is_component)) {
        (Some(operation), _) => operation.place.clone(),
        (None, Some(component)) => below("#/components/schemas", component),
        (None, None) if holder == "Region" => "#/servers".to_owned(),
        (None, None) => String::new(),
    }
}
