//! The form for visitors whom nobody can answer: what they typed into it, and what is wrong with it.

use alloc::borrow::ToOwned as _;
use alloc::string::String;

use protocol::lead::{Answer, LeadDetails};
use protocol::limits;
use protocol::refusal::Field;
use protocol::widget::{FieldKind, FormView};

use crate::text::{self, Line};

/// Stands between the texts in what is kept; no keyboard has it.
pub(crate) const SEPARATOR: char = '\u{1f}';

/// So much of a frame is left for what is around the details, in bytes.
const AROUND: usize = 256;

/// Something in the form is not as it has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    /// The field's place in the form; the consent comes after the last.
    pub at: usize,
    /// The reason for people.
    pub sentence: String,
}

/// What was typed into a field.
pub(crate) fn typed<'a>(details: &'a LeadDetails, kind: &FieldKind) -> &'a str {
    match kind {
        FieldKind::Name => &details.name,
        FieldKind::Email => &details.email,
        FieldKind::Phone => &details.phone,
        FieldKind::Message => &details.message,
        FieldKind::Custom(label) => {
            let mut answers = details.custom.iter();
            let answer = answers.find(|answer| answer.label == *label);
            answer.map_or("", |answer| &answer.text)
        }
    }
}

/// Puts what was typed into its place.
pub(crate) fn put(details: &mut LeadDetails, kind: &FieldKind, text: String) {
    match kind {
        FieldKind::Name => details.name = text,
        FieldKind::Email => details.email = text,
        FieldKind::Phone => details.phone = text,
        FieldKind::Message => details.message = text,
        FieldKind::Custom(label) => details.custom.push(Answer {
            label: label.clone(),
            text,
        }),
    }
}

/// Where in the form a field is that was refused.
pub(super) fn place(form: &FormView, field: Field) -> Option<usize> {
    let mut own = 0;
    let mut fields = form.fields.iter();
    match field {
        Field::Consent => Some(form.fields.len()),
        _ => fields.position(|asked| match (&asked.kind, field) {
            (FieldKind::Name, Field::Name)
            | (FieldKind::Email | FieldKind::Phone, Field::Contact)
            | (FieldKind::Email, Field::Email)
            | (FieldKind::Phone, Field::Phone)
            | (FieldKind::Message, Field::Message) => true,
            (FieldKind::Custom(_), Field::Custom(at)) => {
                own += 1;
                own == at + 1
            }
            _ => false,
        }),
    }
}

/// What the hub would refuse for certain, so that nobody learns it only when they are back online.
pub(super) fn trouble(form: &FormView, details: &LeadDetails) -> Option<Trouble> {
    let trouble = |at, sentence| Some(Trouble { at, sentence });
    let mut room = limits::VISITOR_FRAME - AROUND;
    for (at, asked) in form.fields.iter().enumerate() {
        let text = typed(details, &asked.kind);
        let (label, limit) = match &asked.kind {
            FieldKind::Name => (0, limits::NAME),
            FieldKind::Email => (0, limits::EMAIL),
            FieldKind::Phone => (0, limits::PHONE),
            FieldKind::Message => (0, limits::FORM_TEXT),
            FieldKind::Custom(label) => (label.len(), limits::FORM_TEXT),
        };
        if asked.required && text.trim_ascii().is_empty() {
            return trouble(at, Line::needed.text());
        }
        if text::count(text.trim_ascii()) > limit {
            return trouble(at, Line::too_long_for_field.count(limit));
        }
        let Some(left) = room.checked_sub(label + text.len()) else {
            return trouble(at, Line::too_much.text());
        };
        room = left;
    }
    let contact = [&details.email, &details.phone];
    if contact.iter().all(|text| text.trim_ascii().is_empty())
        && let Some(at) = place(form, Field::Contact)
    {
        return trouble(at, Line::no_contact.text());
    }
    if form.consent.is_some() && !details.consent {
        return trouble(form.fields.len(), Line::no_consent.text());
    }
    None
}

/// The details as they are kept over a reload, apart from the wire.
pub(crate) fn to_kept(details: &LeadDetails) -> String {
    let consent = if details.consent { "1" } else { "" };
    let mut kept = String::new();
    let mut add = |text: &str| {
        kept.push_str(text);
        kept.push(SEPARATOR);
    };
    add(&details.name);
    add(&details.email);
    add(&details.phone);
    add(&details.message);
    add(consent);
    for answer in &details.custom {
        add(&answer.label);
        add(&answer.text);
    }
    kept
}

/// The details in what was kept; what is missing is empty.
pub(crate) fn from_kept(kept: &str) -> LeadDetails {
    let mut texts = kept.split(SEPARATOR);
    let mut next = || texts.next().unwrap_or_default().to_owned();
    let mut details = LeadDetails {
        name: next(),
        email: next(),
        phone: next(),
        message: next(),
        consent: !next().is_empty(),
        ..LeadDetails::default()
    };
    while let (Some(label), Some(text)) = (texts.next(), texts.next()) {
        details.custom.push(Answer {
            label: label.to_owned(),
            text: text.to_owned(),
        });
    }
    details
}

#[cfg(test)]
mod tests {
    use protocol::widget::FormField;

    use super::*;

    fn form(fields: &[(FieldKind, bool)], consent: bool) -> FormView {
        let fields = fields.iter().cloned();
        FormView {
            fields: fields
                .map(|(kind, required)| FormField { kind, required })
                .collect(),
            consent: consent.then(|| "Agreed.".to_owned()),
        }
    }

    fn custom(label: &str) -> FieldKind {
        FieldKind::Custom(label.to_owned())
    }

    fn kim() -> LeadDetails {
        LeadDetails {
            name: "Kim".to_owned(),
            email: "kim@example.org".to_owned(),
            phone: String::new(),
            message: "Zwei Zeilen,\nüber Zelte 🏕".to_owned(),
            custom: vec![
                Answer {
                    label: "Order".to_owned(),
                    text: String::new(),
                },
                Answer {
                    label: "Size".to_owned(),
                    text: "M".to_owned(),
                },
            ],
            consent: true,
        }
    }

    #[test]
    fn details_survive_being_kept() {
        for details in [kim(), LeadDetails::default()] {
            assert_eq!(details, from_kept(&to_kept(&details)));
        }
    }

    #[test]
    fn what_another_version_kept_is_read_as_far_as_it_goes() {
        assert_eq!(LeadDetails::default(), from_kept(""));
        assert_eq!("Kim", from_kept("Kim").name);
    }

    #[test]
    fn a_field_of_the_owners_own_is_found_by_its_place_among_those() {
        let form = form(
            &[
                (FieldKind::Email, true),
                (custom("Order"), false),
                (custom("Size"), false),
                (FieldKind::Message, false),
            ],
            true,
        );
        let places = [
            Field::Email,
            Field::Custom(0),
            Field::Custom(1),
            Field::Message,
            Field::Consent,
            Field::Contact,
            Field::Custom(2),
            Field::Phone,
        ]
        .map(|field| place(&form, field));
        assert_eq!(
            [
                Some(0),
                Some(1),
                Some(2),
                Some(3),
                Some(4),
                Some(0),
                None,
                None
            ],
            places
        );
    }

    #[test]
    fn without_an_address_the_phone_number_is_asked_for() {
        let form = form(
            &[(FieldKind::Name, false), (FieldKind::Phone, false)],
            false,
        );
        let nobody = LeadDetails::default();
        let expected = Trouble {
            at: 1,
            sentence: Line::no_contact.text(),
        };
        assert_eq!(Some(expected), trouble(&form, &nobody));
    }

    #[test]
    fn what_the_hub_would_refuse_is_said_at_once_and_at_its_field() {
        let form = form(
            &[
                (FieldKind::Name, true),
                (FieldKind::Email, false),
                (FieldKind::Phone, false),
                (custom("Order"), true),
            ],
            true,
        );
        let good = LeadDetails {
            custom: vec![Answer {
                label: "Order".to_owned(),
                text: "NO-5".to_owned(),
            }],
            ..kim()
        };
        assert_eq!(None, trouble(&form, &good));
        let at = |details| trouble(&form, &details).map(|trouble| trouble.at);
        let bad = [
            LeadDetails {
                name: " \n".to_owned(),
                ..good.clone()
            },
            LeadDetails {
                email: String::new(),
                ..good.clone()
            },
            LeadDetails {
                custom: Vec::new(),
                ..good.clone()
            },
            LeadDetails {
                consent: false,
                ..good.clone()
            },
            LeadDetails {
                name: "ü".repeat(limits::NAME + 1),
                ..good.clone()
            },
        ];
        let expected = [Some(0), Some(1), Some(3), Some(4), Some(0)];
        assert_eq!(expected, bad.map(at));
        let longest = LeadDetails {
            name: "ü".repeat(limits::NAME),
            ..good
        };
        assert_eq!(None, trouble(&form, &longest));
    }

    #[test]
    fn more_than_a_frame_holds_is_not_sent() {
        let fields = ["a", "b", "c", "d", "e", "f"].map(|label| (custom(label), false));
        let form = form(&fields, false);
        let mut details = LeadDetails::default();
        for label in ["a", "b", "c", "d", "e", "f"] {
            put(&mut details, &custom(label), "言".repeat(limits::FORM_TEXT));
        }
        let found = trouble(&form, &details).map(|trouble| (trouble.at, trouble.sentence));
        assert_eq!(Some((5, Line::too_much.text())), found);
    }
}
