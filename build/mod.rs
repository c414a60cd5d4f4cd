//! Generates the client. Each pass is a function over the document or the syntax tree, one in each file;
//! [`generate`] and [`prepare`] list them in their order.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

pub(crate) mod builders;
pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod document;
pub(crate) mod enums;
pub(crate) mod generate;
pub(crate) mod kinds;
pub(crate) mod names;
pub(crate) mod operations;
pub(crate) mod overlay;
pub(crate) mod polish;
pub(crate) mod prepare;
pub(crate) mod problem;
pub(crate) mod regions;
pub(crate) mod rules;

use problem::{OVERLAY, Result};

/// The generated code, its document, and warnings for the maintainer.
#[derive(Debug)]
pub(crate) struct Generated {
    /// The Rust code of the types, and of what is known about them.
    pub(crate) code: String,
    /// The Rust code of the client, which uses the types.
    pub(crate) client: String,
    /// The builders of its types, as Rust code.
    pub(crate) builders: String,
    /// The document with the overlay applied, as JSON.
    pub(crate) document: String,
    pub(crate) warnings: Vec<String>,
}

/// The document in the form that the generator accepts, and the facts that the passes read from it.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) document: Value,
    pub(crate) kinds: Vec<kinds::Kind>,
    pub(crate) methods: BTreeMap<String, operations::Operation>,
    /// Type and JSON name of the fields whose absence is written as `null`.
    pub(crate) null_fields: BTreeSet<(String, String)>,
    /// Type and JSON name of the fields that may hold anything in a response.
    pub(crate) tolerant_fields: BTreeSet<(String, String)>,
    /// The names in Rust that the document gives fields, by type and JSON name.
    pub(crate) field_names: BTreeMap<(String, String), String>,
    pub(crate) regions: Vec<regions::Region>,
    pub(crate) rules: Vec<rules::Rules>,
    /// How often each type of [`prepare::TYPES`] must be generated.
    pub(crate) types: BTreeMap<&'static str, usize>,
    pub(crate) variants: enums::VariantNames,
    pub(crate) warnings: Vec<String>,
}

/// Generates the client from the texts of the API description and of the overlay.
pub(crate) fn generate(document: &str, overlay: &str) -> Result<Generated> {
    let document = apply(document, overlay)?;
    let prepared = prepare(document.clone())?;
    let mut file = generate::run_progenitor(&prepared.document)?;
    let builders = builders::code(&polish::polish(&mut file, &prepared)?);
    let builders = polish::parse_file(builders)?;
    file.items.extend(polish::parse_file(code::additions(&prepared))?.items);
    check::check(&file, &prepared)?;
    let client = code::split_client(&mut file, &prepared)?;
    let [code, client, builders] = [file, client, builders].map(|file| prettyplease::unparse(&file));
    Ok(Generated { code, client, builders, document: format!("{document:#}\n"), warnings: prepared.warnings })
}

/// Returns the API description with the overlay applied.
pub(crate) fn apply(document: &str, overlay: &str) -> Result<Value> {
    let mut document = document::parse(document)?;
    document::check_version(&document)?;
    let overlay = document::parse(overlay).map_err(|problem| problem.in_file(OVERLAY))?;
    overlay::apply(&mut document, &overlay)?;
    Ok(document)
}

/// Converts the document to the form that the generator accepts, and reads the facts that the generator ignores.
pub(crate) fn prepare(mut document: Value) -> Result<Prepared> {
    document::check_references(&document)?;
    names::name_components(&mut document)?;
    let methods = operations::methods(&document)?;
    let regions = regions::regions(&document)?;
    prepare::merge_all_of(&mut document)?;
    prepare::inline_plain(&mut document)?;
    operations::keep_successes(&mut document)?;
    operations::keep_json_bodies(&mut document)?;
    prepare::open_unions(&mut document)?;
    prepare::relax_read_only(&mut document)?;
    let (kinds, mut warnings) = kinds::find_kinds(&mut document)?;
    let variants = enums::name_enums(&mut document)?;
    prepare::move_nullable(&mut document)?;
    prepare::loosen_read_only_ids(&mut document)?;
    prepare::mark_secrets(&mut document)?;
    let (rules, unchecked) = rules::rules(&document)?;
    warnings.extend(unchecked);
    let null_fields = prepare::null_fields(&document, &kinds);
    let tolerant_fields = kinds::tolerant_fields(&document, &kinds);
    let field_names = prepare::field_names(&document)?;
    prepare::describe_fields(&mut document)?;
    prepare::open_objects(&mut document)?;
    let types = prepare::strip(&mut document)?;
    prepare::clean_descriptions(&mut document);
    Ok(Prepared {
        document,
        kinds,
        methods,
        null_fields,
        tolerant_fields,
        field_names,
        regions,
        rules,
        types,
        variants,
        warnings,
    })
}
