//! Building pieces of a page: elements, text and icons. There is no HTML in here, and must never be.

use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, UnwrapThrowExt};
use web_sys::{Document, Element, Node, Window};

use crate::text::Line;

const SVG: &str = "http://www.w3.org/2000/svg";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;
    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;
}

/// The page's window.
pub(crate) fn window() -> Window {
    WINDOW.with(Clone::clone)
}

/// The page.
pub(crate) fn document() -> Document {
    DOCUMENT.with(Clone::clone)
}

/// A new element with a class, or with none if that is empty.
pub(crate) fn element(tag: &str, class: &str) -> Element {
    let element = document()
        .create_element(tag)
        .expect_throw("the names of elements are fixed");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// An icon of the sprite in the page. `class` gives its size.
pub(crate) fn icon(name: &str, class: &str) -> Element {
    let [icon, shape] = ["svg", "use"].map(|tag| {
        document()
            .create_element_ns(Some(SVG), tag)
            .expect_throw("the names of elements are fixed")
    });
    set(&icon, "class", class);
    set(&icon, "aria-hidden", "true");
    set(&shape, "href", name);
    add(&icon, &shape);
    icon
}

/// Sets an attribute.
pub(crate) fn set(element: &Element, name: &str, value: &str) {
    element
        .set_attribute(name, value)
        .expect_throw("the names of attributes are fixed");
}

/// Sets an attribute if it should be there, removes it if not.
pub(crate) fn flag(element: &Element, name: &str, on: bool) {
    // Its error is a name that is none.
    let _was_there = element.toggle_attribute_with_force(name, on);
}

/// Appends a node.
pub(crate) fn add(parent: &Node, child: &Node) {
    parent
        .append_child(child)
        .expect_throw("new nodes have no children of their own above them");
}

/// Appends characters, as they are.
pub(crate) fn say(parent: &Node, text: &str) {
    add(parent, &document().create_text_node(text));
}

/// Appends a sentence.
#[inline(never)]
pub(crate) fn say_line(parent: &Node, line: Line) {
    say(parent, &line.text());
}

/// Names an element for those who do not see it.
#[inline(never)]
pub(crate) fn label(element: &Element, line: Line) {
    set(element, "aria-label", &line.text());
}

/// A new element at the end of another.
pub(crate) fn inside(parent: &Node, tag: &str, class: &str) -> Element {
    let element = element(tag, class);
    add(parent, &element);
    element
}

/// A button that does something: what, and an icon or words in it are the caller's.
pub(crate) fn button(parent: &Node, class: &str, does: &str) -> Element {
    let button = inside(parent, "button", class);
    set(&button, "type", "button");
    set(&button, "data-do", does);
    button
}

/// The element as a more special one. The caller has made it and knows.
pub(crate) fn as_a<T: JsCast>(element: Element) -> T {
    element.unchecked_into()
}
