//! What a visitor is known by: how agents change it, and what a form adds to it.

use protocol::contact::{Attribute, Contact, ContactChange, Detail, Origin};
use protocol::lead::LeadDetails;
use protocol::refusal::{Field, Problem};
use protocol::{Refusal, limits};

use crate::{forms, lead, text};

/// The contact as an agent wants it; none when it is so already.
///
/// # Errors
/// [`Refusal::FieldInvalid`], [`Refusal::TooManyAttributes`].
pub fn changed(contact: &Contact, change: &ContactChange) -> Result<Option<Contact>, Refusal> {
    let mut after = contact.clone();
    match change {
        ContactChange::Name(name) => {
            typed(&mut after.name, short(Field::Name, name, limits::NAME)?);
        }
        ContactChange::Email(email) => {
            let email = short(Field::Email, email, limits::EMAIL)?;
            if !email.is_empty() {
                forms::check_email(&email)?;
            }
            typed(&mut after.email, email);
        }
        ContactChange::Phone(phone) => {
            let phone = short(Field::Phone, phone, limits::PHONE)?;
            if !phone.is_empty() && !lead::is_phone(&phone) {
                return invalid(Field::Phone, Problem::NotAPhoneNumber);
            }
            typed(&mut after.phone, phone);
        }
        ContactChange::Company(company) => {
            let company = short(Field::Company, company, limits::NAME)?;
            typed(&mut after.company, company);
        }
        ContactChange::Attribute(attribute) => set(&mut after.attributes, attribute)?,
    }
    Ok((after != *contact).then(|| next(after)))
}

/// The contact with what its visitor wrote into a form; none when that adds nothing. What an agent
/// typed or a site signed stays, and what came out of a form before can be mended by another.
pub fn filled(contact: &Contact, details: &LeadDetails) -> Option<Contact> {
    let mut after = contact.clone();
    let name = text::name(&details.name);
    if forms::check_name(Field::Name, &name).is_ok() {
        said(&mut after.name, &name);
    }
    said(&mut after.email, &details.email);
    said(&mut after.phone, &details.phone);
    for answer in &details.custom {
        let name = text::cut(&text::name(&answer.label), limits::ATTRIBUTE_NAME);
        let known = after.attributes.iter().any(|one| one.name == name);
        if !known && !name.is_empty() && !answer.text.is_empty() {
            let text = text::cut(&text::name(&answer.text), limits::ATTRIBUTE_TEXT);
            // One too many is left out; the lead has them all.
            let _full = set(&mut after.attributes, &Attribute { name, text });
        }
    }
    (after != *contact).then(|| next(after))
}

/// Two contacts that are one person. What is known of the first stays, unless the site signed what the
/// other says; what is not known comes from the other. Newer than both.
///
/// # Errors
/// [`Refusal::TooManyAttributes`].
pub fn merged(kept: &Contact, other: &Contact) -> Result<Contact, Refusal> {
    let better = |kept: &Detail, other: &Detail| {
        let signed = other.origin.is_verified() && !kept.origin.is_verified();
        let takes = !other.text.is_empty() && (kept.text.is_empty() || signed);
        if takes { other.clone() } else { kept.clone() }
    };
    let mut attributes = kept.attributes.clone();
    for attribute in &other.attributes {
        if kept
            .attributes
            .iter()
            .all(|known| known.name != attribute.name)
        {
            set(&mut attributes, attribute)?;
        }
    }
    Ok(Contact {
        version: kept.version.max(other.version) + 1,
        name: better(&kept.name, &other.name),
        email: better(&kept.email, &other.email),
        phone: better(&kept.phone, &other.phone),
        company: better(&kept.company, &other.company),
        attributes,
    })
}

/// What a page says of its visitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub company: String,
    pub attributes: Vec<Attribute>,
}

/// The contact with what the page around the chat said; none when that adds nothing. What the site
/// signed holds above all. What is unsigned fills what is empty or was nobody's word but the visitor's
/// or the page's. Whatever cannot be is left out, as nobody is there to mend it.
pub fn identified(contact: &Contact, signed: &Told, unsigned: &Told) -> Option<Contact> {
    let mut after = contact.clone();
    for (told, origin) in [(signed, Origin::Signed), (unsigned, Origin::Page)] {
        for (detail, change) in [
            (&mut after.name, ContactChange::Name(told.name.clone())),
            (&mut after.email, ContactChange::Email(told.email.clone())),
            (&mut after.phone, ContactChange::Phone(told.phone.clone())),
            (
                &mut after.company,
                ContactChange::Company(told.company.clone()),
            ),
        ] {
            if let Some(text) = possible(change)
                && (origin == Origin::Signed || detail.text.is_empty() || is_weak(detail.origin))
            {
                *detail = Detail { text, origin };
            }
        }
        for attribute in &told.attributes {
            let name = text::cut(&text::name(&attribute.name), limits::ATTRIBUTE_NAME);
            let known = after.attributes.iter().any(|one| one.name == name);
            if !name.is_empty() && (origin == Origin::Signed || !known) {
                let text = text::cut(&text::name(&attribute.text), limits::ATTRIBUTE_TEXT);
                // One too many is left out.
                let _full = set(&mut after.attributes, &Attribute { name, text });
            }
        }
    }
    (after != *contact).then(|| next(after))
}

/// The text of a change that could be made; none for one that says nothing.
fn possible(change: ContactChange) -> Option<String> {
    let made = changed(&Contact::default(), &change).ok()??;
    let (text, [name, email, phone]) = (made.company.text, [made.name, made.email, made.phone]);
    let texts = [text, name.text, email.text, phone.text];
    texts.into_iter().find(|text| !text.is_empty())
}

/// Whether nobody stands behind it but the visitor's own browser.
fn is_weak(origin: Origin) -> bool {
    matches!(origin, Origin::Form | Origin::Page)
}

fn next(mut contact: Contact) -> Contact {
    contact.version += 1;
    contact
}

/// Typing what is there already says nothing new of who says so.
fn typed(detail: &mut Detail, text: String) {
    if detail.text != text {
        let origin = if text.is_empty() {
            Origin::default()
        } else {
            Origin::Agent
        };
        *detail = Detail { text, origin };
    }
}

fn said(detail: &mut Detail, text: &str) {
    if !text.is_empty() && (detail.text.is_empty() || is_weak(detail.origin)) {
        text.clone_into(&mut detail.text);
        detail.origin = Origin::Form;
    }
}

fn set(attributes: &mut Vec<Attribute>, attribute: &Attribute) -> Result<(), Refusal> {
    let name = short(
        Field::AttributeName,
        &attribute.name,
        limits::ATTRIBUTE_NAME,
    )?;
    if name.is_empty() {
        return invalid(Field::AttributeName, Problem::Missing);
    }
    let text = short(Field::Attribute, &attribute.text, limits::ATTRIBUTE_TEXT)?;
    match attributes.iter().position(|known| known.name == name) {
        _ if text.is_empty() => attributes.retain(|known| known.name != name),
        Some(known) => attributes[known].text = text,
        None if attributes.len() >= limits::ATTRIBUTES => {
            let limit = limits::ATTRIBUTES as u32;
            return Err(Refusal::TooManyAttributes { limit });
        }
        None => attributes.push(Attribute { name, text }),
    }
    Ok(())
}

/// One line of so many characters at most.
fn short(field: Field, typed: &str, limit: usize) -> Result<String, Refusal> {
    let line = text::name(typed);
    if line.chars().count() > limit {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        return invalid(field, Problem::TooLong { limit });
    }
    Ok(line)
}

fn invalid<T>(field: Field, problem: Problem) -> Result<T, Refusal> {
    Err(Refusal::FieldInvalid { field, problem })
}
