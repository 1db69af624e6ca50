//! A person as a circle with initials, in a hue of their own.

use leptos::prelude::*;

use crate::parts::follow::effect;
use crate::parts::painted::IntoPainted;
use protocol::person::Face as Person;
use protocol::{AgentId, AttachmentId};
use web_sys::HtmlElement;

/// A face; decoration beside the name. What is inside stands at its rim: a dot, a channel.
#[component]
pub(crate) fn Face(
    person: Person,
    /// `xs`, `sm`, `lg` or `xl`; 32 px without one.
    #[prop(optional)]
    size: &'static str,
    #[prop(optional, into)] title: String,
    /// Where their picture is; empty without one. What is behind it shows when it cannot be loaded.
    #[prop(optional)]
    picture: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let node = NodeRef::<leptos::html::Span>::new();
    // As a property and not as an attribute, which the content policy would refuse.
    effect(move || {
        if let Some(element) = node.get() {
            let style = HtmlElement::style(&element);
            let _set = style.set_property("--h", &person.hue.to_string());
        }
    });
    // Until then the nearest of twelve hues that the style sheet knows.
    let nearest = (person.hue + 15) / 30 % 12;
    view! {
        <span
            class=format!("face {size}")
            data-hue=nearest.to_string()
            title=(!title.is_empty()).then_some(title)
            node_ref=node
        >
            <span aria-hidden="true">{person.initials}</span>
            {(!picture.is_empty()).then(|| view! { <img src=picture alt=""/> })}
            {children.map(|children| children())}
        </span>
    }
    .painted()
}

/// Where an agent's picture is; empty without one.
pub(crate) fn picture_of(agent: AgentId, picture: Option<AttachmentId>) -> String {
    picture.map_or_else(String::new, |picture| format!("/agents/{agent}/{picture}"))
}
