//! The form for visitors whom nobody can answer.

use alloc::string::String;

use protocol::lead::LeadDetails;
use protocol::widget::{FieldKind, FormView};
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::dom::{add, as_a, document, element, flag, icon, inside, label, say, say_line, set};
use crate::state::{SEPARATOR, Trouble, put, typed};
use crate::text::{self, Line};

/// The ids of a field and of what is wrong with it begin with these, before its place in the form.
const FIELD: &str = "field-";
const ERROR: &str = "error-";

/// Draws the form with what was typed into it so far.
pub(super) fn draw(form: &FormView, details: &LeadDetails, trouble: Option<&Trouble>) -> Element {
    let row = element("li", "");
    // What asks for it is read out, and what is wrong with it gets the focus.
    set(&row, "aria-live", "off");
    let card = inside(&row, "form", "ask lead");
    label(&card, Line::details);
    // The sentences are Baton's own, and the browser's rules are others than the hub's.
    flag(&card, "novalidate", true);
    say_line(&inside(&card, "h3", ""), Line::details);
    let add_field = |at: usize, class: &str, build: &dyn Fn(&Element, &str) -> Element| {
        let place = inside(&card, "div", class);
        let field = build(&place, &id(FIELD, at));
        set(&field, "id", &id(FIELD, at));
        if let Some(trouble) = trouble.filter(|trouble| trouble.at == at) {
            set(&field, "aria-invalid", "true");
            set(&field, "aria-describedby", &id(ERROR, at));
            let error = inside(&place, "p", "error");
            set(&error, "id", &id(ERROR, at));
            add(&error, &icon("#i-alert", "i"));
            say(&error, &trouble.sentence);
        }
    };
    for (at, asked) in form.fields.iter().enumerate() {
        add_field(at, "field", &|place, id| {
            let (name, tag, attributes) = looks(&asked.kind);
            let label = inside(place, "label", "");
            set(&label, "for", id);
            say(&label, &name);
            let field = inside(place, tag, "");
            for (name, value) in attributes {
                set(&field, name, value);
            }
            set(&field, "dir", "auto");
            if asked.required {
                set(&field, "aria-required", "true");
                required(&inside(&label, "span", ""));
            }
            as_input(&field).set_value(typed(details, &asked.kind));
            field
        });
    }
    if let Some(consent) = &form.consent {
        add_field(form.fields.len(), "agree", &|place, _| {
            // Around its box, so that the words can be hit too.
            let label = inside(place, "label", "");
            let field = inside(&label, "input", "");
            set(&field, "type", "checkbox");
            set(&field, "aria-required", "true");
            as_input(&field).set_checked(details.consent);
            let words = inside(&label, "span", "");
            say(&words, consent);
            required(&words);
            field
        });
    }
    let send = inside(&card, "button", "btn lg");
    set(&send, "data-kind", "primary");
    say_line(&send, Line::send);
    row
}

/// Says that something has to be there.
fn required(label: &Element) {
    say(label, " ");
    say_line(label, Line::required);
}

/// What a field is called, its element, and what tells the browser how to help with it.
fn looks(kind: &FieldKind) -> (String, &'static str, [(&'static str, &'static str); 2]) {
    let input = |kind, fill| [("type", kind), ("autocomplete", fill)];
    match kind {
        FieldKind::Name => (Line::name.text(), "input", input("text", "name")),
        FieldKind::Email => (Line::email.text(), "input", input("email", "email")),
        FieldKind::Phone => (Line::phone.text(), "input", input("tel", "tel")),
        FieldKind::Message => (
            Line::words.text(),
            "textarea",
            [("rows", "3"), ("autocomplete", "off")],
        ),
        FieldKind::Custom(label) => (label.clone(), "input", input("text", "off")),
    }
}

/// What stands in the form on the page.
pub(crate) fn read(form: &FormView) -> LeadDetails {
    let mut details = LeadDetails::default();
    for (at, asked) in form.fields.iter().enumerate() {
        if let Some(field) = field(at) {
            let text = as_input(&field).value();
            let text: String = text.chars().filter(|one| *one != SEPARATOR).collect();
            put(&mut details, &asked.kind, text);
        }
    }
    details.consent = field(form.fields.len()).is_some_and(|field| as_input(&field).checked());
    details
}

/// Puts the focus on the field that is not as it has to be.
pub(super) fn focus_trouble(panel: &Element) {
    if let Ok(Some(field)) = panel.query_selector("[aria-invalid]") {
        let field: HtmlElement = as_a(field);
        // Its error is a page that is going away.
        let _focused = field.focus();
    }
}

fn field(at: usize) -> Option<Element> {
    document().get_element_by_id(&id(FIELD, at))
}

fn id(begins: &str, at: usize) -> String {
    let mut id = String::from(begins);
    id.push_str(&text::number(at));
    id
}

/// A text of several lines has its `value` by the same name.
fn as_input(field: &Element) -> HtmlInputElement {
    as_a(field.clone())
}
