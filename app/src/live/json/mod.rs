//! JSON from the hub, read for less code than the usual reader's: first into a plain tree, then into
//! types that only ask for what they can hold.
//!
//! The usual reader brings its whole parser along for every type, and for every struct a second way
//! to read it, from a list. Here a struct is only ever an object, and what does not fit has no
//! message: nobody would see one. For the inbox that is a twelfth of the whole program.

mod parse;
#[cfg(test)]
mod tests;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

/// A value of any type, from a text. None for what is not JSON, or not of this type.
pub(super) fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    T::deserialize(parse::parse(text)?).ok()
}

/// JSON as a tree. The wire has whole numbers only.
#[derive(Debug, Clone, PartialEq)]
enum Json {
    Null,
    Bool(bool),
    Number(i64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// It did not fit. Nobody reads why.
#[derive(Debug)]
struct Misfit;

impl std::fmt::Display for Misfit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a word of the wire")
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        Self
    }
}

type Fits<T> = Result<T, Misfit>;

/// The kinds of values that the wire has, each read in one way.
macro_rules! kinds {
    ($($kind:ident: $tree:pat => $visit:expr;)*) => {$(
        fn $kind<V: Visitor<'de>>(self, visitor: V) -> Fits<V::Value> {
            match self {
                $tree => $visit(visitor),
                _ => Err(Misfit),
            }
        }
    )*};
}

/// Every number is read in the same way; the type it is for checks its range.
macro_rules! numbers {
    ($($kind:ident)*) => {$(
        fn $kind<V: Visitor<'de>>(self, visitor: V) -> Fits<V::Value> {
            match self {
                Self::Number(number) => visitor.visit_i64(number),
                _ => Err(Misfit),
            }
        }
    )*};
}

/// What the wire has not.
macro_rules! never {
    ($($kind:ident)*) => {$(
        fn $kind<V: Visitor<'de>>(self, _: V) -> Fits<V::Value> {
            Err(Misfit)
        }
    )*};
}

impl<'de> Deserializer<'de> for Json {
    type Error = Misfit;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    never! {
        deserialize_any deserialize_f32 deserialize_f64 deserialize_char
        deserialize_bytes deserialize_byte_buf deserialize_unit
    }

    kinds! {
        deserialize_bool: Self::Bool(bool) => |visitor: V| visitor.visit_bool(bool);
        deserialize_str: Self::Text(text) => |visitor: V| visitor.visit_str(&text);
        deserialize_string: Self::Text(text) => |visitor: V| visitor.visit_string(text);
        deserialize_identifier: Self::Text(text) => |visitor: V| visitor.visit_str(&text);
        deserialize_seq: Self::List(list) => |visitor: V| visitor.visit_seq(Items(list.into_iter()));
        deserialize_map: Self::Object(fields) => |visitor: V| visitor.visit_map(Fields::of(fields));
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Fits<V::Value> {
        match self {
            Self::Null => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Fits<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Fits<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Fits<V::Value> {
        match self {
            Self::Text(name) => visitor.visit_enum(Variant(name, None)),
            Self::Object(mut fields) if fields.len() == 1 => {
                let (name, inner) = fields.remove(0);
                visitor.visit_enum(Variant(name, Some(inner)))
            }
            _ => Err(Misfit),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Fits<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, _: V) -> Fits<V::Value> {
        Err(Misfit)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, _: V) -> Fits<V::Value> {
        Err(Misfit)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        _: V,
    ) -> Fits<V::Value> {
        Err(Misfit)
    }
}

struct Items(std::vec::IntoIter<Json>);

impl<'de> SeqAccess<'de> for Items {
    type Error = Misfit;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Fits<Option<S::Value>> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

struct Fields {
    rest: std::vec::IntoIter<(String, Json)>,
    value: Option<Json>,
}

impl Fields {
    fn of(fields: Vec<(String, Json)>) -> Self {
        let (rest, value) = (fields.into_iter(), None);
        Self { rest, value }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Misfit;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Fits<Option<S::Value>> {
        let Some((name, value)) = self.rest.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        seed.deserialize(StrDeserializer::new(&name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Fits<S::Value> {
        seed.deserialize(self.value.take().ok_or(Misfit)?)
    }
}

/// A variant's name, and what it holds.
struct Variant(String, Option<Json>);

impl<'de> EnumAccess<'de> for Variant {
    type Error = Misfit;
    type Variant = Inner;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Fits<(S::Value, Inner)> {
        let name = seed.deserialize(StrDeserializer::new(&self.0))?;
        Ok((name, Inner(self.1)))
    }
}

struct Inner(Option<Json>);

impl<'de> VariantAccess<'de> for Inner {
    type Error = Misfit;

    fn unit_variant(self) -> Fits<()> {
        self.0.is_none().then_some(()).ok_or(Misfit)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Fits<S::Value> {
        seed.deserialize(self.0.ok_or(Misfit)?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Fits<V::Value> {
        Err(Misfit)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Fits<V::Value> {
        self.0.ok_or(Misfit)?.deserialize_map(visitor)
    }
}
