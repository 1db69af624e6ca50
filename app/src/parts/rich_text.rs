//! Rich text from its nodes: elements are built, never parsed, so a message cannot bring its own.

use leptos::prelude::*;
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
            Node::Text(text) => text.into_any(),
            Node::Code(code) => view! { <code>{code}</code> }.into_any(),
            Node::Break => view! { <br/> }.into_any(),
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
        Tag::Paragraph => view! { <p>{inner}</p> }.into_any(),
        Tag::Strong => view! { <strong>{inner}</strong> }.into_any(),
        Tag::Emphasis => view! { <em>{inner}</em> }.into_any(),
        Tag::CodeBlock => view! { <pre><code>{inner}</code></pre> }.into_any(),
        Tag::List { ordered: true } => view! { <ol>{inner}</ol> }.into_any(),
        Tag::List { ordered: false } => view! { <ul>{inner}</ul> }.into_any(),
        Tag::Item => view! { <li>{inner}</li> }.into_any(),
        Tag::Link { href } => view! {
            <a href=href target="_blank" rel="noopener noreferrer nofollow external">
                {inner}
            </a>
        }
        .into_any(),
    }
}
