//! Checking a value without a tree of it: a [`Serializer`] that walks the value and its rules together and keeps nothing.
//!
//! It says only whether a value is in order. [`super::validate`] describes what is not, over the JSON of the value. So what cannot
//! be decided here without memory counts as not in order, and is decided there; no valid value of this crate's own document is.

use std::fmt::{self, Display};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde::Serialize;
use serde::ser::{Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::Number;

use super::format::Meaning;
use super::rule::{Field, Object, Rule};
use super::validate::is_within;

/// How many elements of a list with keys are compared with each other.
const MAX_COMPARED: usize = 16;

/// Returns `true` for a value that breaks no rule and has no field twice. For any that breaks one it returns `false`.
pub(super) fn is_valid<T: Serialize + ?Sized>(object: &'static Object, value: &T) -> bool {
    matches!(value.serialize(Walk::new(&Rule::Object(object), Purpose::Nothing)), Ok(Seen::Value))
}

/// The value is not in order, or that cannot be said here.
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

/// What was seen of a value that is in order.
enum Seen {
    Value,
    /// In order wherever it stands; who holds it judges it.
    Null,
    /// Of a name: the index of the field that has it, if there is one.
    Field(Option<usize>),
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

/// What is compared of an element.
#[derive(Default)]
struct Compared {
    keys_seen: usize,
    /// A hash of the keys.
    identity: u64,
    agreed: Option<Meaning<'static>>,
}

/// The walk of one value.
struct Walk<'a> {
    rule: &'a Rule,
    purpose: Purpose<'a>,
}

/// What is wanted of a value, besides that it is in order.
enum Purpose<'a> {
    Nothing,
    /// It is the name of a field of this object, most likely of the one with this index.
    Name(&'a Object, usize),
    /// The meaning of a text with a format.
    Meaning(&'a mut Option<Meaning<'static>>),
    /// It is an element of a list that compares.
    Element(Comparison<'a>, &'a mut Compared),
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
        Ok(Members { object, item, compared, field: None, next: 0, present: 0, null: 0 })
    }
}

/// Returns `true` if a text has so many characters. They are counted only if the bytes do not say it.
fn has_size(text: &str, min: u64, max: u64) -> bool {
    let is_surely = text.len() as u64 <= max && min <= u64::from(!text.is_empty());
    is_surely || is_within(text.chars().count(), min, max)
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

    fn serialize_str(self, text: &str) -> Result<Seen, Doubt> {
        if let Purpose::Name(object, next) = self.purpose {
            return Ok(Seen::Field(object.field_near(next, text)));
        }
        match self.rule {
            Rule::Any | Rule::Enum(_) => {}
            Rule::Text { min, max, .. } if !has_size(text, *min, *max) => return Err(Doubt),
            Rule::Text { format, .. } => {
                let meaning = format.map(|format| format(text)).transpose().map_err(|_| Doubt)?;
                if let Purpose::Meaning(wanted) = self.purpose {
                    *wanted = meaning.and_then(Meaning::detached);
                }
            }
            _ => return Err(Doubt),
        }
        Ok(Seen::Value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Seen, Doubt> {
        Err(Doubt)
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
                // One element equals no other, and agrees with itself.
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
        let seen = value.serialize(Walk::new(self.item, Purpose::Element(list, &mut compared)))?;
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

    /// Remembers an identity, unless it was there before.
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
    compared: Option<(Comparison<'a>, &'a mut Compared)>,
    /// The field that the last name means.
    field: Option<usize>,
    /// The field that is likely to be next.
    next: usize,
    /// One bit for each field of the object that has a value, and for each that is `null`.
    present: u64,
    null: u64,
}

impl Members<'_> {
    fn member<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Doubt> {
        if let Some(rule) = self.item {
            return item(rule, value);
        }
        // What is not known is not checked.
        let Some(index) = self.field.take() else { return Ok(()) };
        let Some(field) = self.object.and_then(|object| object.fields.get(index)) else { return Ok(()) };
        let bit = 1 << index;
        if (self.present | self.null) & bit != 0 {
            return Err(Doubt);
        }
        let mut meaning = None;
        let purpose = if self.compared.is_some() { Purpose::Meaning(&mut meaning) } else { Purpose::Nothing };
        if let Seen::Null = value.serialize(Walk::new(&field.rule, purpose))? {
            self.null |= bit;
            return Ok(());
        }
        self.present |= bit;
        if let Some((list, compared)) = &mut self.compared { compared.add(*list, field, meaning) } else { Ok(()) }
    }

    fn finish(&self) -> Result<Seen, Doubt> {
        let Some(object) = self.object else { return Ok(Seen::Value) };
        let (mut bit, mut required, mut nullable) = (1_u64, 0, 0);
        for field in object.fields {
            required |= if field.required { bit } else { 0 };
            nullable |= if field.nullable { bit } else { 0 };
            bit <<= 1;
        }
        let has = |name: &str| object.field_near(0, name).is_some_and(|index| self.present >> index & 1 == 1);
        let is_valid = required & !(self.present | nullable & self.null) == 0
            // Without the field, its condition decides.
            && object.required_if.iter().all(|(name, _)| has(name))
            && object.at_least_one_of.iter().all(|group| group.iter().any(|name| has(name)));
        value_if(is_valid)
    }
}

impl Compared {
    fn add(&mut self, list: Comparison<'_>, field: &Field, meaning: Option<Meaning<'static>>) -> Result<(), Doubt> {
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
        if let Some(object) = self.object {
            // The rule of a name is that of any text.
            let seen = key.serialize(Walk::new(&Rule::Enum(&[]), Purpose::Name(object, self.next)))?;
            let Seen::Field(field) = seen else { return Err(Doubt) };
            (self.field, self.next) = (field, field.map_or(self.next, |field| field + 1));
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Doubt> {
        self.member(value)
    }

    fn end(self) -> Result<Seen, Doubt> {
        self.finish()
    }
}

impl SerializeStruct for Members<'_> {
    type Ok = Seen;
    type Error = Doubt;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Doubt> {
        self.serialize_key(key)?;
        self.member(value)
    }

    fn end(self) -> Result<Seen, Doubt> {
        self.finish()
    }
}

#[cfg(test)]
mod tests;
