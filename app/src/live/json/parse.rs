//! A text of JSON as a tree.

use super::Json;

/// Deeper than anything on the wire; a text that goes deeper is none of ours.
const DEPTH: u32 = 32;

/// The whole text as one value.
pub(super) fn parse(text: &str) -> Option<Json> {
    let mut parser = Parser { text, at: 0 };
    let value = parser.value(DEPTH)?;
    parser.space();
    (parser.at == text.len()).then_some(value)
}

struct Parser<'a> {
    text: &'a str,
    /// Always between two characters.
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.at += spaces;
    }

    /// Goes past some fixed text, if it stands here.
    fn take(&mut self, what: &str) -> bool {
        let found = self.rest().starts_with(what);
        if found {
            self.at += what.len();
        }
        found
    }

    fn value(&mut self, depth: u32) -> Option<Json> {
        let depth = depth.checked_sub(1)?;
        self.space();
        Some(match self.rest().as_bytes().first()? {
            b'"' => Json::Text(self.string()?),
            b'[' => Json::List(self.many("[", "]", |parser| parser.value(depth))?),
            b'{' => Json::Object(self.many("{", "}", |parser| parser.field(depth))?),
            b'-' | b'0'..=b'9' => Json::Number(self.number()?),
            _ if self.take("null") => Json::Null,
            _ if self.take("true") => Json::Bool(true),
            _ if self.take("false") => Json::Bool(false),
            _ => return None,
        })
    }

    /// Some things with commas between.
    fn many<T>(
        &mut self,
        open: &str,
        close: &str,
        one: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.take(open);
        let mut all = Vec::new();
        self.space();
        if self.take(close) {
            return Some(all);
        }
        loop {
            all.push(one(self)?);
            self.space();
            if self.take(close) {
                return Some(all);
            }
            if !self.take(",") {
                return None;
            }
        }
    }

    fn field(&mut self, depth: u32) -> Option<(String, Json)> {
        self.space();
        let name = self.string()?;
        self.space();
        self.take(":").then_some(())?;
        Some((name, self.value(depth)?))
    }

    fn number(&mut self) -> Option<i64> {
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
        let rest = self.rest();
        let end = rest.len() - rest.trim_start_matches(digits).len();
        let number = rest[..end].parse().ok()?;
        self.at += end;
        Some(number)
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"").then_some(())?;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let end = rest.find(['"', '\\'])?;
            text.push_str(&rest[..end]);
            self.at += end;
            if self.take("\"") {
                return Some(text);
            }
            self.at += 1;
            text.push(self.escaped()?);
        }
    }

    /// What follows a backslash.
    fn escaped(&mut self) -> Option<char> {
        let letter = self.rest().chars().next()?;
        self.at += letter.len_utf8();
        Some(match letter {
            '"' | '\\' | '/' => letter,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                // Half of a character that takes two.
                let second = match first {
                    0xd800..0xdc00 if self.take("\\u") => Some(self.unit()?),
                    _ => None,
                };
                let units = std::iter::once(first).chain(second);
                char::decode_utf16(units).next()?.ok()?
            }
            _ => return None,
        })
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Option<u16> {
        let digits = self.rest().get(..4)?;
        let unit = u16::from_str_radix(digits, 16).ok()?;
        self.at += 4;
        Some(unit)
    }
}
