//! Finds the kinds of resources by the shape of their paths and schemas, not by names.

use std::collections::BTreeSet;

use heck::ToUpperCamelCase;
use serde_json::{Value, json};

use super::document::{
    add_schema, below, component, effective, elements, entries, is_object, is_true, object_mut, remove_unreferenced,
    resolve, schema_of, str_at, strings,
};
use super::operations::last_segment;
use super::prepare::is_free_object;
use super::problem::{DOCUMENT, Problem, Result};
use super::rules::example;

/// The names of the fields around the properties of every kind, and of the parameters of a list.
pub(crate) const ID: &str = "id";
pub(crate) const PROPERTIES: &str = "properties";
pub(crate) const METADATA: &str = "metadata";
pub(crate) const STATUS: &str = "status";
pub(crate) const STATUS_MESSAGE: &str = "statusMessage";
pub(crate) const LAST_MODIFIED: &str = "lastModifiedDate";
pub(crate) const ITEMS: &str = "items";
pub(crate) const OFFSET: &str = "offset";
pub(crate) const LIMIT: &str = "limit";
const TYPE: &str = "type";
/// How many resources a page holds if the document does not say.
const PAGE_SIZE: i64 = 100;
/// Without these, a response is not a resource.
const READ: [&str; 3] = [ID, METADATA, PROPERTIES];
/// The path from an operation to the schema of its body and of its response.
const BODY: &str = "requestBody content application/json schema";
const RESPONSE: &str = "responses 2XX content application/json schema";
/// The statuses that waits need.
const STATUSES: [&str; 4] = ["AVAILABLE", "PROVISIONING", "DESTROYING", "FAILED"];
/// The type of the statuses of all kinds.
const STATUS_TYPE: &str = "Status";

/// A kind of resource. Schemas are named by their components.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The display name.
    pub(crate) name: String,
    /// The path of a resource.
    path: String,
    /// The collections on the path, with other spellings of them.
    pub(crate) segments: Vec<(String, Vec<String>)>,
    /// The operationIds, in the order of [`OPERATIONS`].
    pub(crate) operations: [String; 5],
    /// How many resources a page of a list holds by default, and how many at most.
    pub(crate) page_size: i64,
    pub(crate) max_page_size: i64,
    pub(crate) properties: String,
    pub(crate) ensure: String,
    pub(crate) create: String,
    pub(crate) read: String,
    pub(crate) list: String,
    /// The schema of the metadata that is sent, for bodies that have any.
    pub(crate) ensure_metadata: Option<&'static str>,
    pub(crate) create_metadata: Option<&'static str>,
    pub(crate) has_status_message: bool,
    pub(crate) has_last_modified: bool,
    pub(crate) sample_type: String,
    pub(crate) sample_metadata: String,
}

/// The operations of a kind: purpose, name in warnings, and method.
pub(crate) const OPERATIONS: [(&str, &str, &str); 5] = [
    ("ensure", "PUT", "put"),
    ("create", "POST to the collection", "post"),
    ("get", "GET", "get"),
    ("delete", "DELETE", "delete"),
    ("list", "GET of the collection", "get"),
];

/// Returns the kinds, parents first, and a warning for each path that is almost a kind. Adapts the document to the
/// kinds: one type for all statuses, one type for the metadata that is sent, and required fields in envelopes.
pub(crate) fn find_kinds(document: &mut Value) -> Result<(Vec<Kind>, Vec<String>)> {
    let (mut kinds, mut warnings) = (Vec::new(), Vec::new());
    let mut candidates: Vec<_> =
        entries(document, "/paths").filter_map(|(path, item)| Candidate::new(document, path, item)).collect();
    candidates.sort_by_key(|candidate| candidate.path.matches('/').count());
    for candidate in candidates {
        let mut missing = candidate.missing();
        missing.extend(candidate.misplaced(&kinds));
        match candidate.kind().filter(|_| missing.is_empty()) {
            Some(kind) => kinds.push(kind),
            None => {
                let (path, missing) = (candidate.path, missing.join("; "));
                warnings.push(format!("{DOCUMENT}: {path} is not a kind of resource: {missing}"));
            }
        }
    }
    for kind in &kinds {
        adapt(document, kind);
    }
    share_status(document, &kinds)?;
    Ok((kinds, warnings))
}

/// A path of items below a collection. The operations are in the order of [`OPERATIONS`].
struct Candidate<'a> {
    document: &'a Value,
    path: &'a str,
    collection: &'a str,
    operations: [Option<&'a Value>; 5],
    parameters: [Vec<&'a Value>; 5],
    ensure: Option<&'a str>,
    create: Option<&'a str>,
    read: Option<&'a str>,
    list: Option<&'a str>,
}

impl<'a> Candidate<'a> {
    fn new(document: &'a Value, path: &'a str, item: &'a Value) -> Option<Self> {
        let (above, _) = path.rsplit_once('/').filter(|(_, last)| is_parameter(last))?;
        let (collection, all) = entries(document, "/paths").find(|(path, _)| shape(path) == shape(above))?;
        let holders = OPERATIONS.map(|(purpose, ..)| if matches!(purpose, "create" | "list") { all } else { item });
        let mut methods = OPERATIONS.iter().map(|(.., method)| *method);
        let operations = holders.map(|holder| Some((holder, holder.get(methods.next()?)?)));
        let parameters = operations.map(|operation| {
            let holders = operation.into_iter().flat_map(|(shared, operation)| [shared, operation]);
            let parameters = holders.flat_map(|holder| elements(holder, "/parameters"));
            parameters.map(|parameter| resolve(document, parameter)).collect()
        });
        let operations = operations.map(|operation| operation.map(|(_, operation)| operation));
        let [put, post, get, _, list] = operations;
        let body = |operation| component(document, dig(document, operation?, BODY)?);
        let response = |operation| component(document, dig(document, operation?, RESPONSE)?);
        let (ensure, create, read, list) = (body(put), body(post), response(get), response(list));
        Some(Self { document, path, collection, operations, parameters, ensure, create, read, list })
    }

    /// Returns what is missing for a kind, if anything.
    fn missing(&self) -> Vec<String> {
        let [put, post, get, _, list] = self.operations;
        let (ensure, read) = (self.properties(self.ensure), self.properties(self.read));
        let response = |operation| component(self.document, dig(self.document, operation?, RESPONSE)?);
        let items = self.field(self.list, ITEMS).and_then(|items| component(self.document, items.get("items")?));
        let differ = |a: Option<&str>, b: Option<&str>| a.is_none() || a != b;
        let lacks_id = |holder| type_of(self.document, self.schema(holder), ID) != "string uuid";
        let has_status = type_of(self.document, self.field(self.read, METADATA), STATUS).starts_with("string");
        // Columns: the condition for the row, whether the rule is broken, the message.
        let rows = [
            (put, lacks_id(self.ensure), "the body of PUT has no `id` that is a UUID"),
            (put, ensure.is_none(), "the body of PUT has no object component `properties`"),
            (
                put.and(post),
                differ(self.properties(self.create), ensure),
                "the bodies of PUT and POST differ in their `properties`",
            ),
            (get, lacks_id(self.read), "the response to GET has no `id` that is a UUID"),
            (
                put.and(get),
                differ(read, ensure),
                "the response to GET and the body of PUT differ in their `properties`",
            ),
            (get, !has_status, "the response to GET has no `metadata` with a text `status`"),
            (put.and(get), differ(response(put), self.read), "the responses to PUT and GET differ"),
            (post.and(get), differ(response(post), self.read), "the responses to POST and GET differ"),
            (list.and(get), differ(items, self.read), "the `items` of the collection are not what GET returns"),
            (list, self.list_parameter(OFFSET).is_none(), "GET of the collection has no integer parameter `offset`"),
            (list, self.list_parameter(LIMIT).is_none(), "GET of the collection has no integer parameter `limit`"),
        ];
        let absent = OPERATIONS.iter().zip(self.operations).filter(|(_, operation)| operation.is_none());
        let absent = absent.map(|((_, name, _), _)| format!("no {name}"));
        let broken = rows.into_iter().filter(|(applies, is_broken, _)| applies.is_some() && *is_broken);
        absent.chain(broken.map(|(.., text)| text.to_owned())).chain(self.demands()).collect()
    }

    /// Returns the parameters and fields that the operations require but that other kinds do not have.
    fn demands(&self) -> Vec<String> {
        let mut demands = Vec::new();
        for ((_, name, _), parameters) in OPERATIONS.iter().zip(&self.parameters) {
            let unknown = parameters.iter().filter(|parameter| {
                let is_known = [OFFSET, LIMIT].map(Some).contains(&str_at(parameter, "name"));
                is_true(parameter, "required") && str_at(parameter, "in") != Some("path") && !is_known
            });
            let names = unknown.filter_map(|parameter| str_at(parameter, "name"));
            demands.extend(names.map(|parameter| format!("{name} requires the parameter `{parameter}`")));
        }
        for (name, body) in [("PUT", self.ensure), ("POST", self.create)] {
            let fields = self.schema(body).into_iter().flat_map(|body| strings(body, "/required"));
            let unknown = fields.filter(|field| ![ID, PROPERTIES, METADATA].contains(field));
            demands.extend(unknown.map(|field| format!("the body of {name} requires the field `{field}`")));
            if self.field(body, METADATA).is_some_and(is_object) {
                demands.push(format!("the `metadata` in the body of {name} is not a free object"));
            }
        }
        demands
    }

    /// Returns the conflict of this path with other kinds, if there is one.
    fn misplaced(&self, kinds: &[Kind]) -> Vec<String> {
        let mut problems = Vec::new();
        let mut segments = self.path.split('/').skip(1).enumerate();
        if !segments.all(|(index, segment)| is_parameter(segment) == (index % 2 == 1) && !segment.is_empty()) {
            problems.push("the path is not a sequence of alternating names and ids".to_owned());
        }
        let parent = self.collection.rsplit_once('/').map_or("", |(parent, _)| parent);
        if !parent.is_empty() && !kinds.iter().any(|kind| shape(&kind.path) == shape(parent)) {
            problems.push(format!("its parent {parent} is not a kind of resource"));
        }
        let properties = self.properties(self.ensure);
        if let Some(other) = kinds.iter().find(|kind| properties == Some(&kind.properties)) {
            problems.push(format!("its `properties` are also used by {}", other.path));
        }
        problems
    }

    /// Returns the kind, if every part is there.
    fn kind(&self) -> Option<Kind> {
        let document = self.document;
        let [ensure, create, read, list] = [self.ensure?, self.create?, self.read?, self.list?].map(str::to_owned);
        let properties = self.properties(self.ensure)?;
        let [put, post, get, delete, all] = self.operations.map(|operation| str_at(operation?, "operationId"));
        let metadata = self.field(self.read, METADATA)?;
        let samples = entries(metadata, "/properties")
            .filter(|(name, property)| *name != STATUS && !is_true(&effective(document, property), "nullable"));
        let samples = samples.filter_map(|(name, property)| Some((name.clone(), example(document, property)?)));
        let read_type = self.field(self.read, TYPE).unwrap_or(&Value::Null);
        let values: Vec<_> = strings(read_type, "/enum").collect();
        let single = values.first().copied().filter(|_| values.len() == 1);
        let sample_type = str_at(read_type, "example").or(single).unwrap_or(last_segment(self.collection));
        let sent = |body| self.field(body, METADATA).map(|_| sent_metadata(document));
        let limit = |key| self.list_parameter(LIMIT)?.get(key)?.as_i64().filter(|limit| *limit > 0);
        let page_size = limit("default").unwrap_or(PAGE_SIZE);
        let title = str_at(schema_of(document, properties)?, "title");
        Some(Kind {
            name: title.map_or_else(|| spaced(properties), str::to_owned),
            path: self.path.to_owned(),
            segments: segments(document, self.collection),
            operations: [put?, post?, get?, delete?, all?].map(str::to_owned),
            page_size,
            max_page_size: limit("maximum").unwrap_or(page_size),
            properties: properties.to_owned(),
            ensure_metadata: sent(self.ensure),
            create_metadata: sent(self.create),
            has_status_message: type_of(document, Some(metadata), STATUS_MESSAGE) == "string",
            has_last_modified: type_of(document, Some(metadata), LAST_MODIFIED) == "string date-time",
            sample_type: sample_type.to_owned(),
            sample_metadata: samples.collect::<Value>().to_string(),
            ensure,
            create,
            read,
            list,
        })
    }

    fn schema(&self, component: Option<&str>) -> Option<&'a Value> {
        schema_of(self.document, component?)
    }

    /// Returns the schema of a field of a component.
    fn field(&self, component: Option<&str>, name: &str) -> Option<&'a Value> {
        Some(resolve(self.document, self.schema(component)?.get("properties")?.get(name)?))
    }

    /// Returns the component of the field `properties`, which must be an object.
    fn properties(&self, holder: Option<&str>) -> Option<&'a str> {
        let field = self.schema(holder)?.get("properties")?.get(PROPERTIES)?;
        component(self.document, field).filter(|_| is_object(resolve(self.document, field)))
    }

    /// Returns the schema of the integer parameter of the list with this name.
    fn list_parameter(&self, name: &str) -> Option<Value> {
        let [.., parameters] = &self.parameters;
        let is_meant = |it: &&&Value| str_at(it, "name") == Some(name) && str_at(it, "in") == Some("query");
        let schema = effective(self.document, parameters.iter().find(is_meant)?.get("schema")?);
        Some(schema).filter(|schema| str_at(schema, "type") == Some("integer"))
    }
}

/// Follows a path of names, and resolves references in it.
fn dig<'a>(document: &'a Value, value: &'a Value, names: &str) -> Option<&'a Value> {
    names.split(' ').try_fold(value, |value, name| resolve(document, value).get(name))
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

/// Returns a path without the names of its parameters.
fn shape(path: &str) -> Vec<&str> {
    path.split('/').map(|segment| if is_parameter(segment) { "{}" } else { segment }).collect()
}

/// Returns the type and the format of a field, such as `string uuid`; `string enum` for an enum.
fn type_of(document: &Value, object: Option<&Value>, name: &str) -> String {
    let field = object.and_then(|object| object.get("properties")?.get(name));
    let field = field.map(|field| effective(document, field)).unwrap_or_default();
    let format = if field.get("enum").is_some() { Some("enum") } else { str_at(&field, "format") };
    format!("{} {}", str_at(&field, "type").unwrap_or_default(), format.unwrap_or_default()).trim_end().to_owned()
}

/// Returns the name of a schema as words: `IPSecGateway` becomes `IPSec gateway`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    let mut previous = ' ';
    for letter in name.chars() {
        let begins = previous.is_lowercase() && letter.is_uppercase();
        words.push_str(if begins { " " } else { "" });
        if words.contains(' ') {
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
        previous = letter;
    }
    words
}

/// Returns the last path segment of each collection in a collection's path, with its other spellings. The collection itself
/// is included.
fn segments(document: &Value, collection: &str) -> Vec<(String, Vec<String>)> {
    let mut segments = Vec::new();
    let ends = collection.match_indices('/').map(|(index, _)| index).skip(1).chain([collection.len()]);
    for path in ends.filter_map(|end| collection.get(..end)).filter(|path| !path.ends_with('}')) {
        let item = entries(document, "/paths").find(|(other, _)| shape(other) == shape(path));
        let misspellings = item.into_iter().flat_map(|(_, item)| strings(item, "/x-misspellings"));
        segments.push((last_segment(path).to_owned(), misspellings.map(str::to_owned).collect()));
    }
    segments
}

/// Returns the name of the schema of the metadata that is sent, a free object.
fn sent_metadata(document: &Value) -> &'static str {
    match schema_of(document, "Metadata") {
        Some(schema) if !is_free_object(schema) => "RequestMetadata",
        _ => "Metadata",
    }
}

/// Adapts the schemas and responses of a kind.
fn adapt(document: &mut Value, kind: &Kind) {
    let response = format!("{}/delete/responses/2XX", below("/paths", &kind.path));
    object_mut(document, &response).map(|response| response.remove("content"));
    for (body, metadata) in [(&kind.ensure, kind.ensure_metadata), (&kind.create, kind.create_metadata)] {
        let Some(name) = metadata else { continue };
        let free = json!({ "type": "object", "description": "Metadata that is sent with a resource. A free object." });
        add_schema(document, name, free);
        refer(document, &format!("{}/properties/{METADATA}", below("/components/schemas", body)), name);
    }
    require(document, &below("/components/schemas", &kind.ensure), &[ID, PROPERTIES]);
    require(document, &below("/components/schemas", &kind.create), &[PROPERTIES]);
    let [read, list] = [&kind.read, &kind.list].map(|name| below("/components/schemas", name));
    let items = format!("{list}/properties/{ITEMS}");
    object_mut(document, &items).map(|items| items.remove("nullable"));
    let metadata = metadata_pointer(document, kind);
    for (object, fields) in [(&read, &READ[..]), (&metadata, &[STATUS]), (&list, &[])] {
        object_mut(document, object).map(|object| object.remove("required"));
        require(document, object, fields);
    }
    for (_, field) in object_mut(document, &format!("{metadata}/properties")).into_iter().flatten() {
        field.as_object_mut().map(|field| field.insert("readOnly".to_owned(), true.into()));
    }
}

/// Makes fields required, not nullable and not read-only, because a resource and a body are useless without them.
fn require(document: &mut Value, object: &str, fields: &[&str]) {
    for name in fields {
        if let Some(field) = object_mut(document, &format!("{object}/properties/{name}")) {
            field.retain(|key, _| key != "nullable" && key != "readOnly");
        }
        let required = object_mut(document, object).map(|object| object.entry("required").or_insert_with(|| json!([])));
        if let Some(required) = required.and_then(Value::as_array_mut) {
            required.push(json!(name));
        }
    }
}

/// Makes a field refer to a component.
fn refer(document: &mut Value, field: &str, component: &str) {
    if let Some(field) = object_mut(document, field) {
        field.retain(|key, _| matches!(key.as_str(), "description" | "example" | "readOnly"));
        field.insert("$ref".to_owned(), below("#/components/schemas", component).into());
    }
}

/// Returns the pointer to the schema of the metadata in the responses of a kind.
pub(crate) fn metadata_pointer(document: &Value, kind: &Kind) -> String {
    let pointer = format!("{}/properties/{METADATA}", below("/components/schemas", &kind.read));
    let target = document.pointer(&pointer).and_then(|metadata| component(document, metadata));
    target.map(|target| below("/components/schemas", target)).unwrap_or(pointer)
}

/// Returns the type and the JSON name of the envelope fields that the crate does not need. A response is parsed with
/// any value in them.
pub(crate) fn tolerant_fields(document: &Value, kinds: &[Kind]) -> BTreeSet<(String, String)> {
    let mut fields = BTreeSet::new();
    for kind in kinds {
        let [read, list] = [&kind.read, &kind.list].map(|name| below("/components/schemas", name));
        let metadata = metadata_pointer(document, kind);
        let metadata_type = match metadata.strip_prefix(&read) {
            Some(_) => format!("{}_{METADATA}", kind.read),
            None => last_segment(&metadata).to_owned(),
        };
        let holders =
            [(&read, &kind.read, &READ[..]), (&metadata, &metadata_type, &[STATUS]), (&list, &kind.list, &[ITEMS])];
        for (pointer, ty, needed) in holders {
            let names = document.pointer(pointer).into_iter().flat_map(|holder| entries(holder, "/properties"));
            let names = names.map(|(name, _)| name).filter(|name| !needed.contains(&name.as_str()));
            fields.extend(names.map(|name| (ty.to_upper_camel_case(), name.clone())));
        }
    }
    fields
}

/// Merges the status types of all kinds into one type with all values.
fn share_status(document: &mut Value, kinds: &[Kind]) -> Result<()> {
    let pointers = kinds.iter().map(|kind| format!("{}/properties/{STATUS}", metadata_pointer(document, kind)));
    let pointers: Vec<_> = pointers.collect();
    let fields: Vec<_> = pointers.iter().filter_map(|pointer| document.pointer(pointer)).collect();
    let shared = schema_of(document, STATUS_TYPE);
    let schemas: Vec<_> = fields.iter().copied().chain(shared).map(|field| effective(document, field)).collect();
    let (Some(pointer), Some(mut status)) = (pointers.first(), schemas.first().cloned()) else { return Ok(()) };
    let mut values: Vec<&str> = Vec::new();
    for value in schemas.iter().flat_map(|schema| strings(schema, "/enum")) {
        values.extend(Some(value).filter(|value| !values.contains(value)));
    }
    let absent: Vec<_> = STATUSES.into_iter().filter(|status| !values.contains(status)).collect();
    if !absent.is_empty() {
        let found = format!("the statuses lack {}, which waits need", absent.join(", "));
        return Err(Problem::new(format!("#{pointer}"), found, "add them to the `enum`, in spec/overlay.json"));
    }
    if shared.is_some_and(|shared| strings(shared, "/enum").next().is_none()) {
        let place = below("#/components/schemas", STATUS_TYPE);
        return Err(Problem::new(place, "not the enum of the statuses", "give the schema another name"));
    }
    let replaced = fields.iter().filter_map(|field| component(document, field)).filter(|name| *name != STATUS_TYPE);
    let replaced: BTreeSet<_> = replaced.map(str::to_owned).collect();
    if let Some(status) = status.as_object_mut() {
        status.retain(|key, _| !matches!(key.as_str(), "nullable" | "readOnly" | "title"));
        status.insert("enum".to_owned(), json!(values));
    }
    object_mut(document, "/components/schemas").map(|schemas| schemas.insert(STATUS_TYPE.to_owned(), status));
    for pointer in &pointers {
        refer(document, pointer, STATUS_TYPE);
    }
    remove_unreferenced(document, &replaced);
    Ok(())
}
