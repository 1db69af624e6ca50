//! The names under which the two encodings are agreed on (WebSocket subprotocols).

use alloc::string::String;

/// JSON in text frames. Documented and additive: unknown fields are ignored by clients.
pub const JSON: &str = "baton.v1.json";

/// The start of the name of postcard in binary frames; see [`postcard`].
pub const POSTCARD_PREFIX: &str = "baton.";

/// The end of the name of postcard in binary frames; see [`postcard`].
pub const POSTCARD_SUFFIX: &str = ".postcard";

/// The source of every type that travels in postcard. A change of any of them changes the schema's name.
const SOURCES: &[&str] = &[
    include_str!("ids.rs"),
    include_str!("time.rs"),
    include_str!("text.rs"),
    include_str!("attachment.rs"),
    include_str!("permission.rs"),
    include_str!("person.rs"),
    include_str!("entry.rs"),
    include_str!("erasure.rs"),
    include_str!("label.rs"),
    include_str!("lead.rs"),
    include_str!("widget.rs"),
    include_str!("refusal.rs"),
    include_str!("visitor.rs"),
    include_str!("agent/mod.rs"),
    include_str!("agent/command.rs"),
    include_str!("agent/event.rs"),
    include_str!("card.rs"),
    include_str!("reply.rs"),
    include_str!("draft.rs"),
    include_str!("mention.rs"),
    include_str!("search.rs"),
    include_str!("view.rs"),
    include_str!("contact.rs"),
    include_str!("thread.rs"),
    include_str!("targets.rs"),
    include_str!("rating.rs"),
    include_str!("before.rs"),
];

/// FNV-1a over [`SOURCES`] (parameters: <http://www.isthe.com/chongo/tech/comp/fnv/>).
const HASH: u64 = {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut file = 0;
    while file < SOURCES.len() {
        let bytes = SOURCES[file].as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
            at += 1;
        }
        file += 1;
    }
    hash
};

/// Postcard is not self-describing, so its name holds a hash of the types: an old tab asks for a
/// name that is gone, is closed with [`crate::close::RELOAD`] and loads the page anew.
pub fn postcard() -> String {
    let mut name = String::with_capacity(POSTCARD_PREFIX.len() + 16 + POSTCARD_SUFFIX.len());
    name.push_str(POSTCARD_PREFIX);
    for shift in (0..16).rev() {
        let digit = (HASH >> (shift * 4)) & 0xf;
        name.push(char::from_digit(digit as u32, 16).expect("a nibble is a hexadecimal digit"));
    }
    name.push_str(POSTCARD_SUFFIX);
    name
}
