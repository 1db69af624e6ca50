//! What the server leaves in the page for the program that brings it to life.

use leptos::prelude::document;
use protocol::forms::Me;

/// What was left under a name; nothing outside of a browser.
pub(crate) fn given(name: &str) -> Option<String> {
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    let boot = document().get_element_by_id("boot")?;
    boot.get_attribute(&format!("data-{name}"))
}

/// A language that the page can be had in.
pub(crate) struct Choice {
    pub(crate) tag: String,
    pub(crate) name: String,
    pub(crate) is_current: bool,
}

/// The languages that the page can be had in.
pub(crate) fn languages() -> Vec<Choice> {
    let root = document().document_element();
    let current = root.and_then(|root| root.get_attribute("lang"));
    let given = given("languages").unwrap_or_default();
    let choice = |choice: &str| {
        let (tag, name) = choice.split_once(' ')?;
        Some(Choice {
            tag: tag.to_owned(),
            name: name.to_owned(),
            is_current: current.as_deref() == Some(tag),
        })
    };
    given.split(',').filter_map(choice).collect()
}

/// The texts of the page's language, one a line.
pub(crate) fn words() -> Option<String> {
    document().get_element_by_id("words")?.text_content()
}

/// The agent who is signed in, for an attribute: the bytes of it in hexadecimal digits.
pub(crate) fn written(me: &Me) -> String {
    let bytes = postcard::to_allocvec(me).expect("an agent is plain data");
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The agent out of an attribute; none where it is not one.
pub(crate) fn read(text: &str) -> Option<Me> {
    let digits = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let bytes: Option<Vec<u8>> = digits.map(byte).collect();
    postcard::from_bytes(&bytes?).ok()
}

#[cfg(test)]
mod tests {
    use protocol::person::{Face, Role};
    use protocol::{AgentId, Timestamp};

    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let me = Me {
            id: AgentId::new(Timestamp(1), &[7; 10]),
            face: Face {
                name: "Zoë \"Z\" <b>".to_owned(),
                initials: "Z".to_owned(),
                hue: 200,
            },
            picture: None,
            email: "zoe@example.org".to_owned(),
            role: Role::Owner,
            without: Default::default(),
            workspace: "Tarn & Trail".to_owned(),
        };
        assert_eq!(Some(&me), read(&written(&me)).as_ref());
        assert_eq!(None, read("zz"));
        assert_eq!(None, read("é"));
    }
}
