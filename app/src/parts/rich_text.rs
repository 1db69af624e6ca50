//! Rich text from its nodes: elements are built, never parsed, so a message cannot bring its own.

use leptos::prelude::*;

use crate::parts::late::IntoLate;
use protocol::text::{Node, RichText, Tag};

/// The text as elements.
#[component]
pub(crate) fn Rich(text: RichText) -> impl IntoView {
    let mut nodes = text.0.into_iter();
    inside(&mut nodes)
}

/// Everything up to the end of the element that was opened last.
fn inside(nodes: &mut impl Iterator<Item = Node>) -> Vec<AnyView> {
    let mut views = Vec::new();
    while let Some(node) = nodes.next() {
        views.push(match node {
            Node::Text(text) => text.late(),
            Node::Code(code) => view! { <code>{code}</code> }.late(),
            Node::Break => view! { <br/> }.late(),
            Node::Open(tag) => {
                let inner = inside(nodes);
                element(tag, inner)
            }
            Node::Close => break,
        });
    }
    views
}

fn element(tag: Tag, inner: Vec<AnyView>) -> AnyView {
    match tag {
        Tag::Paragraph => view! { <p>{inner}</p> }.late(),
        Tag::Strong => view! { <strong>{inner}</strong> }.late(),
        Tag::Emphasis => view! { <em>{inner}</em> }.late(),
        Tag::CodeBlock => view! { <pre><code>{inner}</code></pre> }.late(),
        Tag::List { ordered: true } => view! { <ol>{inner}</ol> }.late(),
        Tag::List { ordered: false } => view! { <ul>{inner}</ul> }.late(),
        Tag::Item => view! { <li>{inner}</li> }.late(),
        Tag::Link { href } => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow external">
                {inner}
            </a>
        }
        .late(),
        Tag::Mention { .. } => view! { <span class="mention">{inner}</span> }.late(),
    }
}
