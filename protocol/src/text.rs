//! Rich text as a flat list of nodes, made once by the server from the author's Markdown.
//!
//! A reader keeps a stack: [`Node::Open`] starts an element in the current one, [`Node::Close`]
//! leaves it. There is no HTML in it anywhere, and nothing nests on the wire.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::AgentId;

/// Nodes in reading order. Every `Open` has its `Close`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RichText(pub Vec<Node>);

/// One step through a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Plain characters.
    Text(String),
    /// A short piece of code within a line.
    Code(String),
    /// A line break within a paragraph.
    Break,
    /// An element begins.
    Open(Tag),
    /// The innermost open element ends.
    Close,
}

/// What an element is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    Paragraph,
    Strong,
    Emphasis,
    /// Several lines of code, in `Text` nodes.
    CodeBlock,
    List {
        ordered: bool,
    },
    Item,
    /// Leads to `href`: always `http:`, `https:`, `mailto:` or `tel:`.
    Link {
        href: String,
    },
    /// A colleague's name in a note. Never in what a visitor sees.
    Mention {
        agent: AgentId,
    },
}

impl RichText {
    /// The bare characters, blocks separated by one space: for cards and announcements.
    pub fn plain(&self) -> String {
        let mut plain = String::new();
        for node in &self.0 {
            match node {
                Node::Text(text) | Node::Code(text) => plain.push_str(text),
                Node::Break | Node::Open(Tag::Paragraph | Tag::Item | Tag::CodeBlock) => {
                    if !plain.is_empty() && !plain.ends_with(' ') {
                        plain.push(' ');
                    }
                }
                Node::Open(_) | Node::Close => {}
            }
        }
        plain
    }
}
