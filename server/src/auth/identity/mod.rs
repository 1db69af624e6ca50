//! Whether a site's own server said who a visitor is: by HMAC or by JWT, under the chatbot's secret.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use domain::contact::Told;
use hmac::{Hmac, KeyInit as _, Mac as _};
use protocol::Timestamp;
use protocol::contact::Attribute;
use serde_json::{Map, Value};
use sha2::Sha256;

/// Bytes of a site's own id, at most.
const SITE_ID: usize = 200;
/// Clocks may be apart by this much.
const LEEWAY_SECONDS: i64 = 60;

/// What the page said, and how much of it is proven.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Claim {
    /// The site's own id of the visitor; empty unless it is proven.
    pub(crate) id: String,
    /// Under the site's signature.
    pub(crate) signed: Told,
    /// What the page said besides.
    pub(crate) unsigned: Told,
}

impl Claim {
    /// Whether the proof holds.
    pub(crate) fn is_verified(&self) -> bool {
        !self.id.is_empty()
    }
}

/// Judges what a page said. Without a secret nothing is proven.
pub(crate) fn judge(said: &Map<String, Value>, secret: Option<&str>, now: Timestamp) -> Claim {
    let told = told(said);
    let unproven = Claim {
        unsigned: told.clone(),
        ..Claim::default()
    };
    let Some(secret) = secret else {
        return unproven;
    };
    if let Some(claims) = said.get("jwt").and_then(Value::as_str) {
        let Some(claims) = jwt(claims, secret, now) else {
            return unproven;
        };
        let ids = [text(&claims, "sub"), text(&claims, "id")];
        let Some(id) = ids.into_iter().find(|id| is_id(id)) else {
            return unproven;
        };
        return Claim {
            id,
            signed: self::told(&claims),
            unsigned: told,
        };
    }
    let id = text(said, "id");
    let parts = [&id, &told.name, &told.email, &told.phone, &told.company];
    // A line break inside of one would let two different visitors have one hash.
    let whole = parts.iter().all(|part| !part.contains('\n'));
    let message = parts.map(String::as_str).join("\n");
    let hash = hex::decode(text(said, "hash")).unwrap_or_default();
    if whole && is_id(&id) && mac(secret, &message).verify_slice(&hash).is_ok() {
        return Claim {
            id,
            signed: Told {
                attributes: Vec::new(),
                ..told.clone()
            },
            unsigned: Told {
                attributes: told.attributes,
                ..Told::default()
            },
        };
    }
    unproven
}

/// Whether a visitor can be told from others by it.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= SITE_ID
}

/// The claims of a token, if it was signed with the secret and holds now.
fn jwt(token: &str, secret: &str, now: Timestamp) -> Option<Map<String, Value>> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (head, body) = signed.split_once('.')?;
    let object = |part| serde_json::from_slice::<Map<String, Value>>(&base64url(part)?).ok();
    // Anything else, `none` above all, is no signature.
    if object(head)?.get("alg")?.as_str()? != "HS256" {
        return None;
    }
    mac(secret, signed)
        .verify_slice(&base64url(signature)?)
        .ok()?;
    let claims = object(body)?;
    let seconds = now.millis() / 1000;
    let time = |name: &str| {
        claims
            .get(name)
            .map(|time| time.as_f64().unwrap_or(f64::NAN))
    };
    // A time that cannot be read makes both false.
    let lasts = time("exp").is_none_or(|exp| exp > (seconds - LEEWAY_SECONDS) as f64);
    let begun = time("nbf").is_none_or(|nbf| nbf <= (seconds + LEEWAY_SECONDS) as f64);
    (lasts && begun).then_some(claims)
}

/// The details that an object holds.
fn told(said: &Map<String, Value>) -> Told {
    let attributes = said.get("attributes").and_then(Value::as_object);
    let attributes = attributes
        .into_iter()
        .flatten()
        .filter_map(|(name, value)| {
            Some(Attribute {
                name: name.clone(),
                text: plain(value)?,
            })
        });
    Told {
        name: text(said, "name"),
        email: text(said, "email"),
        phone: text(said, "phone"),
        company: text(said, "company"),
        attributes: attributes.collect(),
    }
}

fn text(said: &Map<String, Value>, name: &str) -> String {
    said.get(name).and_then(plain).unwrap_or_default()
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// HMAC-SHA256 (RFC 2104) of a message.
fn mac(secret: &str, message: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::new_from_slice(secret.as_bytes()).expect("a key may have any length");
    mac.update(message.as_bytes());
    mac
}

/// Bytes out of base64url without padding (RFC 4648, section 5).
fn base64url(text: &str) -> Option<Vec<u8>> {
    Base64UrlUnpadded::decode_vec(text).ok()
}

#[cfg(test)]
mod tests;
