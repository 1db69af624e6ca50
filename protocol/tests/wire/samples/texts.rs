//! Rich text.

use protocol::text::{Node, RichText, Tag};

use super::values::ben;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    let text = |words: &str| Node::Text(words.to_owned());
    visit.visit(
        "rich_text",
        "",
        &RichText(vec![
            Node::Open(Tag::Paragraph),
            text("Yes, "),
            Node::Open(Tag::Strong),
            text("within a week"),
            Node::Close,
            text(", "),
            Node::Open(Tag::Emphasis),
            text("mostly"),
            Node::Close,
            text("."),
            Node::Break,
            text("See "),
            Node::Open(Tag::Link {
                href: "https://shop.example/shipping".to_owned(),
            }),
            text("shipping"),
            Node::Close,
            text(" or ask for "),
            Node::Code("NO-5".to_owned()),
            text("."),
            Node::Close,
            Node::Open(Tag::List { ordered: false }),
            Node::Open(Tag::Item),
            text("Oslo"),
            Node::Close,
            Node::Open(Tag::Item),
            text("Bergen"),
            Node::Close,
            Node::Close,
            Node::Open(Tag::CodeBlock),
            text("weight: 2 kg\nprice: 9 EUR"),
            Node::Close,
        ]),
    );
    variants!(visit, "node", Node {
        Text = text("Yes, "),
        Code = Node::Code("NO-5".to_owned()),
        Break = Node::Break,
        Open = Node::Open(Tag::Paragraph),
        Close = Node::Close,
    });
    variants!(visit, "tag", Tag {
        Paragraph = Tag::Paragraph,
        Strong = Tag::Strong,
        Emphasis = Tag::Emphasis,
        CodeBlock = Tag::CodeBlock,
        List = Tag::List { ordered: true },
        Item = Tag::Item,
        Link = Tag::Link {
            href: "https://shop.example/shipping".to_owned(),
        },
        Mention = Tag::Mention { agent: ben() },
    });
}
