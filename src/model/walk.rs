//! A fast check of a value: a [`Serializer`] that compares the value with its rules and allocates nothing.
//!
//! The result is yes or no. If it is no, [`super::validate`] converts the value to JSON and describes each violation. A
//! value that cannot be checked here without allocating also gets a no. For the types of this crate's own document, this
//! never happens to a valid value.

use std::fmt::{self, Display};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ptr;

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Number;
use uuid::Uuid;

use super::format::{self, Meaning};
use super::rule::{Field, Format, Object, Rule};
use super::validate::is_within;

/// The maximum length of a list whose elements are compared by their keys.
const MAX_COMPARED: usize = 16;

/// Returns `true` only if a value breaks no rule and has no field twice.
pub(super) fn is_valid<T: Serialize + ?Sized>(object: &'static Object, value: &T) -> bool {
    matches!(value.serialize(Walk::new(&Rule::Object(object), Purpose::Nothing)), Ok(Seen::Value))
}

/// The value is invalid, or cannot be checked here.
#[derive(Debug)]
struct Doubt;

impl Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value may break a rule")
    }
}

impl std::error::Error for Doubt {}

impl serde::ser::Error for Doubt {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// The result for a valid value.
enum Seen {
    Value,
    /// Valid on its own. The enclosing value decides the rest.
    Null,
}

fn value_if(is_valid: bool) -> Result<Seen, Doubt> {
    if is_valid { Ok(Seen::Value) } else { Err(Doubt) }
}

/// How the elements of a list are compared: their keys, and the field in which they agree.
#[derive(Clone, Copy)]
struct Comparison<'a> {
    keys: &'a [&'a str],
    same: Option<&'a str>,
}

/// The parts of an element that are compared.
#[derive(Default)]
struct Compared {
    keys_seen: usize,
    /// A hash of the keys.
    identity: u64,
    agreed: Option<Meaning<'static>>,
}

/// The check of one value.
struct Walk<'a> {
    rule: &'a Rule,
    purpose: Purpose<'a>,
}

/// What the enclosing value needs from a value, besides validity.
enum Purpose<'a> {
    Nothing,
    /// It is the name of a field of this object. The variable holds the most likely index at first; the real index of the
    /// field is then written to it.
    Name(&'a Object, &'a mut usize),
    /// Its meaning is written to the variable.
    Meaning(&'a mut Option<Meaning<'static>>),
    /// It is an element of a list whose elements are compared.
    Element(&'a Comparison<'a>, &'a mut Compared),
}

impl<'a> Walk<'a> {
    fn new(rule: &'a Rule, purpose: Purpose<'a>) -> Self {
        Self { rule, purpose }
    }

    fn number(&self, number: impl Into<Number>) -> Result<Seen, Doubt> {
        value_if(self.rule.accepts_number(&number.into()))
    }

    fn members(self) -> Result<Members<'a>, Doubt> {
        let (object, item) = match self.rule {
            Rule::Object(object) if object.fields.len() <= 64 => (Some(*object), None),
            Rule::Map(item) => (None, Some(*item)),
            Rule::Any => (None, None),
            _ => return Err(Doubt),
        };
        let compared = if let Purpose::Element(list, compared) = self.purpose { Some((list, compared)) } else { None };
        Ok(Members { object, item, compared, field: usize::MAX, next: 0, seen: 0, null: 0, required: 0 })
    }
}

/// Returns `true` if the number of characters is in range. They are counted only if the number of bytes does not decide
/// it.
fn has_size(text: &str, min: u64, max: u64) -> bool {
    let is_surely = text.len() as u64 <= max && min <= u64::from(!text.is_empty());
    is_surely || has_counted_size(text, min, max)
}

/// The rare case is a separate function, so that the common case does not have to save registers.
#[cold]
fn has_counted_size(text: &str, min: u64, max: u64) -> bool {
    is_within(text.chars().count(), min, max)
}

fn check_text(rule: &Rule, text: &str, wanted: Option<&mut Option<Meaning<'static>>>) -> Result<Seen, Doubt> {
    match rule {
        Rule::Text { min, max, .. } if !has_size(text, *min, *max) => return Err(Doubt),
        Rule::Text { format: Some(format), .. } => match (format(text), wanted) {
            (Err(_), _) => return Err(Doubt),
            (Ok(meaning), Some(wanted)) => *wanted = meaning.detached(),
            (Ok(_), None) => {}
        },
        Rule::Any | Rule::Enum(_) | Rule::Text { .. } => {}
        _ => return Err(Doubt),
    }
    Ok(Seen::Value)
}

/// Never returns `true` for a format other than UUIDs. It may return `false` for the UUID format, because the same function
/// may have several addresses.
fn is_of_uuid(format: Format) -> bool {
    ptr::fn_addr_eq(format, format::uuid as Format)
}

macro_rules! numbers {
    ($($method:ident($type:ty);)*) => {
        $(fn $method(self, value: $type) -> Result<Seen, Doubt> {
            self.number(value)
        })*
    };
}

impl<'a> Serializer for Walk<'a> {
    type Ok = Seen;
    type Error = Doubt;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Impossible<Seen, Doubt>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeTupleStruct = Impossible<Seen, Doubt>;
    type SerializeTupleVariant = Impossible<Seen, Doubt>;
    type SerializeStructVariant = Impossible<Seen, Doubt>;

    fn serialize_bool(self, _: bool) -> Result<Seen, Doubt> {
        value_if(matches!(self.rule, Rule::Any | Rule::Boolean))
    }

    numbers! {
        serialize_i8(i8); serialize_i16(i16); serialize_i32(i32); serialize_i64(i64);
        serialize_u8(u8); serialize_u16(u16); serialize_u32(u32); serialize_u64(u64);
    }

    fn serialize_f32(self, value: f32) -> Result<Seen, Doubt> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<Seen, Doubt> {
        self.number(Number::from_f64(value).ok_or(Doubt)?)
    }

    fn serialize_char(self, value: char) -> Result<Seen, Doubt> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    #[allow(clippy::inline_always, reason = "the purpose is known where it is called: a third less for each name")]
    #[inline(always)]
    fn serialize_str(self, text: &str) -> Result<Seen, Doubt> {
        match self.purpose {
            Purpose::Name(object, index) => {
                *index = object.field_near(*index, text).unwrap_or(usize::MAX);
                Ok(Seen::Value)
            }
            Purpose::Meaning(wanted) => check_text(self.rule, text, Some(wanted)),
            _ => check_text(self.rule, text, None),
        }
    }

    fn is_human_readable(&self) -> bool {
        // A UUID is then serialized as 16 bytes, which saves formatting and parsing its text.
        false
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Seen, Doubt> {
        let id = Uuid::from_slice(bytes).map_err(|_| Doubt)?;
        match self.rule {
            Rule::Any => {}
            Rule::Text { min: 0, max: u64::MAX, format: Some(format), .. } if is_of_uuid(*format) => {
                if let Purpose::Meaning(wanted) = self.purpose {
                    *wanted = Some(Meaning::Id(id));
                }
            }
            _ => return self.serialize_str(id.hyphenated().encode_lower(&mut Uuid::encode_buffer())),
        }
        Ok(Seen::Value)
    }

    fn serialize_none(self) -> Result<Seen, Doubt> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Seen, Doubt> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Seen, Doubt> {
        Ok(Seen::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Seen, Doubt> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Seen, Doubt> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Seen, Doubt> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Seen, Doubt> {
        Err(Doubt)
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Elements<'a>, Doubt> {
        let length = length.ok_or(Doubt)?;
        match self.rule {
            Rule::Any => Ok(Elements::new(&Rule::Any, None)),
            Rule::List { min, max, keys, same, item } if is_within(length, *min, *max) => {
                let same = match same {
                    [] => None,
                    [name] => Some(*name),
                    _ => return Err(Doubt),
                };
                // A single element needs no comparison.
                let is_compared = length > 1 && (!keys.is_empty() || same.is_some());
                Ok(Elements::new(item, is_compared.then_some(Comparison { keys, same })))
            }
            _ => Err(Doubt),
        }
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Doubt> {
        Err(Doubt)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Doubt> {
        Err(Doubt)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Doubt> {
        Err(Doubt)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members<'a>, Doubt> {
        self.members()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Doubt> {
        self.members()
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Doubt> {
        Err(Doubt)
    }
}

/// Checks an element of a list, or a member of a map.
fn item<T: Serialize + ?Sized>(rule: &Rule, value: &T) -> Result<(), Doubt> {
    match value.serialize(Walk::new(rule, Purpose::Nothing))? {
        Seen::Null if !matches!(rule, Rule::Any) => Err(Doubt),
        _ => Ok(()),
    }
}

/// The elements of a list.
struct Elements<'a> {
    item: &'a Rule,
    list: Option<Comparison<'a>>,
    /// The identities of the elements so far.
    identities: [u64; MAX_COMPARED],
    count: usize,
    agreed: Option<Meaning<'static>>,
}

impl<'a> Elements<'a> {
    fn new(item: &'a Rule, list: Option<Comparison<'a>>) -> Self {
        Self { item, list, identities: [0; MAX_COMPARED], count: 0, agreed: None }
    }

    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Doubt> {
        let Some(list) = self.list else { return item(self.item, value) };
        let mut compared = Compared::default();
        let seen = value.serialize(Walk::new(self.item, Purpose::Element(&list, &mut compared)))?;
        let Compared { keys_seen, identity, agreed } = compared;
        if !matches!(seen, Seen::Value) || keys_seen != list.keys.len() {
            return Err(Doubt);
        }
        if keys_seen > 0 {
            self.add(identity)?;
        }
        match (list.same, agreed) {
            (None, _) => Ok(()),
            (Some(_), Some(agreed)) if *self.agreed.get_or_insert(agreed) == agreed => Ok(()),
            _ => Err(Doubt),
        }
    }

    /// Adds an identity. A second equal one is an error.
    fn add(&mut self, identity: u64) -> Result<(), Doubt> {
        if self.identities.iter().take(self.count).any(|other| *other == identity) {
            return Err(Doubt);
        }
        *self.identities.get_mut(self.count).ok_or(Doubt)? = identity;
        self.count += 1;
        Ok(())
    }
}

impl SerializeSeq for Elements<'_> {
    type Ok = Seen;
    type Error = Doubt;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Doubt> {
        self.element(value)
    }

    fn end(self) -> Result<Seen, Doubt> {
        Ok(Seen::Value)
    }
}

/// The members of an object (`object`), of a map (`item`), or of any other value (neither).
struct Members<'a> {
    object: Option<&'a Object>,
    item: Option<&'a Rule>,
    compared: Option<(&'a Comparison<'a>, &'a mut Compared)>,
    /// The index of the field whose name was read last.
    field: usize,
    /// The field that is likely to be next.
    next: usize,
    /// `seen` has one bit for each field that was given; `null` has one bit for each field that is `null`.
    seen: u64,
    null: u64,
    /// How many of the required fields were given.
    required: usize,
}

impl Members<'_> {
    /// Returns the index of the field with this name; `usize::MAX` if there is no such field.
    fn index<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<usize, Doubt> {
        let Some(object) = self.object else { return Ok(usize::MAX) };
        let mut index = self.next;
        // Every name is allowed.
        name.serialize(Walk::new(&Rule::Any, Purpose::Name(object, &mut index)))?;
        self.next = index.wrapping_add(1);
        Ok(index)
    }

    fn member<T: Serialize + ?Sized>(&mut self, index: usize, value: &T) -> Result<(), Doubt> {
        if let Some(rule) = self.item {
            return item(rule, value);
        }
        // Unknown fields are not checked.
        let Some(field) = self.object.and_then(|object| object.fields.get(index)) else { return Ok(()) };
        let bit = 1 << index;
        if self.seen & bit != 0 {
            return Err(Doubt);
        }
        self.seen |= bit;
        let mut meaning = None;
        let purpose = if self.compared.is_some() { Purpose::Meaning(&mut meaning) } else { Purpose::Nothing };
        if let Seen::Null = value.serialize(Walk::new(&field.rule, purpose))? {
            self.null |= bit;
            self.required += usize::from(field.required && field.nullable);
            return Ok(());
        }
        self.required += usize::from(field.required);
        if let Some((list, compared)) = &mut self.compared { compared.add(list, field, meaning) } else { Ok(()) }
    }

    fn finish(&self) -> Result<Seen, Doubt> {
        let Some(object) = self.object else { return Ok(Seen::Value) };
        let has =
            |name: &str| object.field_near(0, name).is_some_and(|index| (self.seen & !self.null) >> index & 1 == 1);
        let is_valid = self.required == object.required
            // Without the field, its condition decides.
            && object.required_if.iter().all(|(name, _)| has(name))
            && object.at_least_one_of.iter().all(|group| group.iter().any(|name| has(name)));
        value_if(is_valid)
    }
}

impl Compared {
    fn add(&mut self, list: &Comparison<'_>, field: &Field, meaning: Option<Meaning<'static>>) -> Result<(), Doubt> {
        if let Some(position) = list.keys.iter().position(|key| *key == field.name) {
            let mut hasher = DefaultHasher::new();
            (position, meaning.ok_or(Doubt)?).hash(&mut hasher);
            // The fields come in any order.
            self.identity = self.identity.wrapping_add(hasher.finish());
            self.keys_seen += 1;
        }
        if list.same == Some(field.name) {
            self.agreed = meaning;
        }
        Ok(())
    }
}

impl SerializeMap for Members<'_> {
    type Ok = Seen;
    type Error = Doubt;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Doubt> {
        self.field = self.index(key)?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Doubt> {
        self.member(self.field, value)
    }

    fn serialize_entry<K: Serialize + ?Sized, V: Serialize + ?Sized>(
        &mut self,
        key: &K,
        value: &V,
    ) -> Result<(), Doubt> {
        let index = self.index(key)?;
        self.member(index, value)
    }

    fn end(self) -> Result<Seen, Doubt> {
        self.finish()
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = Seen;
    type Error = Doubt;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Doubt> {
        self.serialize_entry(key, value)
    }

    fn end(self) -> Result<Seen, Doubt> {
        self.finish()
    }
}

#[cfg(test)]
mod tests;
