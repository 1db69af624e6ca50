//! What visitors are known by: changed by agents, filled by forms.

use domain::contact::{Told, changed, filled, identified, merged};
use domain::{Body, Command, Refusal};
use protocol::contact::{Attribute, Contact, ContactChange, Detail, Origin};
use protocol::lead::{Answer, LeadDetails};
use protocol::limits;
use protocol::refusal::{Field, Problem};

use crate::desk::{ANA, BEN, Desk, agent};

fn with(contact: &Contact, change: ContactChange) -> Contact {
    changed(contact, &change)
        .expect("it is allowed")
        .expect("it says something new")
}

fn invalid(field: Field, problem: Problem) -> Refusal {
    Refusal::FieldInvalid { field, problem }
}

#[test]
fn what_an_agent_types_is_kept_as_theirs_and_what_is_so_already_changes_nothing() {
    let email = ContactChange::Email(" mira@example.org ".to_owned());
    let contact = with(&Contact::default(), email.clone());
    assert_eq!(1, contact.version);
    assert_eq!("mira@example.org", contact.email.text);
    assert_eq!(Origin::Agent, contact.email.origin);
    assert!(!contact.email.origin.is_verified());
    assert_eq!(Ok(None), changed(&contact, &email));

    let forgotten = with(&contact, ContactChange::Email(String::new()));
    assert_eq!((2, Detail::default()), (forgotten.version, forgotten.email));
}

#[test]
fn what_cannot_be_is_refused() {
    let none = Contact::default();
    for (change, refusal) in [
        (
            ContactChange::Email("mira".to_owned()),
            invalid(Field::Email, Problem::NotAnAddress),
        ),
        (
            ContactChange::Phone("call me".to_owned()),
            invalid(Field::Phone, Problem::NotAPhoneNumber),
        ),
        (
            ContactChange::Name("x".repeat(61)),
            invalid(Field::Name, Problem::TooLong { limit: 60 }),
        ),
        (
            ContactChange::Attribute(Attribute {
                name: " ".to_owned(),
                text: "gold".to_owned(),
            }),
            invalid(Field::AttributeName, Problem::Missing),
        ),
    ] {
        assert_eq!(Err(refusal), changed(&none, &change));
    }
}

#[test]
fn there_is_room_for_so_many_attributes_each_of_a_name_of_its_own() {
    let attribute = |number: usize, text: &str| {
        ContactChange::Attribute(Attribute {
            name: format!("Field {number}"),
            text: text.to_owned(),
        })
    };
    let mut contact = Contact::default();
    for number in 0..limits::ATTRIBUTES {
        contact = with(&contact, attribute(number, "some"));
    }
    let limit = limits::ATTRIBUTES as u32;
    let over = changed(&contact, &attribute(limits::ATTRIBUTES, "more"));
    assert_eq!(Err(Refusal::TooManyAttributes { limit }), over);
    let other = with(&contact, attribute(3, "other"));
    assert_eq!("other", other.attributes[3].text);
    let gone = with(&other, attribute(3, ""));
    assert_eq!(limits::ATTRIBUTES - 1, gone.attributes.len());
}

#[test]
fn a_form_fills_what_is_empty_and_mends_what_a_form_said() {
    let form = |name: &str, email: &str| LeadDetails {
        name: name.to_owned(),
        email: email.to_owned(),
        custom: vec![Answer {
            label: "Order".to_owned(),
            text: "NO-5".to_owned(),
        }],
        ..LeadDetails::default()
    };
    let typed = with(
        &Contact::default(),
        ContactChange::Name("Mira Berg".to_owned()),
    );
    let said = filled(&typed, &form("mira", "mira@example.og")).expect("it says more");
    assert_eq!("Mira Berg", said.name.text);
    assert_eq!("mira@example.og", said.email.text);
    assert_eq!("NO-5", said.attributes[0].text);
    let mended = filled(&said, &form("mira", "mira@example.org")).expect("it is mended");
    assert_eq!("mira@example.org", mended.email.text);
    assert_eq!(Origin::Form, mended.email.origin);
    assert_eq!(None, filled(&mended, &form("mira", "mira@example.org")));

    let mut signed = mended.clone();
    signed.email.origin = Origin::Signed;
    assert_eq!(None, filled(&signed, &form("", "other@example.org")));
}

#[test]
fn a_blocked_visitor_is_heard_no_more_until_they_are_let_again() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    desk.visitor_asks();
    let before = desk.conversation().control_epoch;
    let block = |desk: &mut Desk, who, blocked| {
        let command = Command::Block {
            conversation: desk.conversation,
            agent: agent(who),
            write: desk.write(),
            blocked,
        };
        desk.decide(&command)
    };
    // A support agent.
    assert_eq!(Err(Refusal::NotAllowed), block(&mut desk, BEN, true));
    block(&mut desk, ANA, true).unwrap();
    assert_eq!("Ana: blocked", desk.last_line());
    let lines = desk.timeline();
    assert!(
        lines.contains(&"Ana: resolved as Spam".to_owned()),
        "{lines:?}"
    );
    assert!(!lines.contains(&"Ana: claimed".to_owned()), "{lines:?}");
    assert_eq!(0, desk.facts.agents[&agent(ANA)].load);
    assert!(desk.conversation().control_epoch > before);
    assert_eq!(None, desk.conversation().run);

    let opening = desk.opening();
    let (write, fresh) = (desk.write(), desk.fresh());
    let asks = Command::AskForHuman {
        opening,
        write,
        fresh,
    };
    assert_eq!(Err(Refusal::Blocked), desk.decide(&asks));
    let (write, fresh) = (desk.write(), desk.fresh());
    let steps_in = Command::StepIn {
        conversation: desk.conversation,
        agent: agent(BEN),
        write,
        fresh,
    };
    assert_eq!(Err(Refusal::Blocked), desk.decide(&steps_in));

    block(&mut desk, ANA, false).unwrap();
    desk.visitor_says("Am I back?");
    assert!(desk.conversation().run.is_some());
}

#[test]
fn an_edited_note_says_so_and_stays_what_it_is_for_the_visitor() {
    let mut desk = Desk::open();
    desk.visitor_says("Are you open on Sunday?");
    let told = desk.conversation().last_public_seq;
    let write = desk.write();
    let add = Command::AddNote {
        conversation: desk.conversation,
        agent: agent(ANA),
        write,
        text: "A regular.".to_owned(),
        attachments: Vec::new(),
        mentions: Vec::new(),
    };
    let note = desk.decide(&add).unwrap().seq.unwrap();
    let entry = desk.entries().into_iter().find(|entry| entry.seq == note);
    let entry = entry.expect("it was written").clone();
    let at = (desk.conversation, note);
    desk.facts.notes.insert(at, entry);
    let edit = |desk: &mut Desk, text: &str| {
        let command = Command::EditNote {
            conversation: desk.conversation,
            agent: agent(ANA),
            write: desk.write(),
            note,
            text: text.to_owned(),
            mentions: Vec::new(),
        };
        desk.decide(&command)
    };
    assert_eq!(Err(Refusal::TextEmpty), edit(&mut desk, "  "));
    assert_eq!(None, edit(&mut desk, "A regular.").unwrap().seq);
    edit(&mut desk, "A good regular.").unwrap();
    assert_eq!("Ana: (now: A good regular.)", desk.last_line());
    assert_eq!(told, desk.conversation().last_public_seq);
    let Body::Note {
        markdown,
        edited_at,
        ..
    } = &desk.facts.trail.notes[&at].body
    else {
        panic!("it is a note");
    };
    assert_eq!("A good regular.", markdown);
    assert!(edited_at.is_some());
}

#[test]
fn two_that_are_one_person_know_what_both_knew() {
    let detail = |text: &str, origin| Detail {
        text: text.to_owned(),
        origin,
    };
    let attribute = |name: &str, text: &str| Attribute {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let kept = Contact {
        version: 2,
        name: detail("Mira", Origin::Agent),
        email: detail("mira@example.org", Origin::Form),
        attributes: vec![attribute("Order", "NO-5")],
        ..Contact::default()
    };
    let other = Contact {
        version: 7,
        name: detail("Mira Berg", Origin::Form),
        email: detail("berg@example.org", Origin::Signed),
        company: detail("Skarn", Origin::Agent),
        attributes: vec![attribute("Order", "NO-6"), attribute("Plan", "Pro")],
        ..Contact::default()
    };
    let both = merged(&kept, &other).unwrap();

    assert_eq!(8, both.version, "newer than both");
    assert_eq!(kept.name, both.name);
    assert_eq!(other.email, both.email, "the site signed it");
    assert_eq!(other.company, both.company);
    let attributes = vec![attribute("Order", "NO-5"), attribute("Plan", "Pro")];
    assert_eq!(attributes, both.attributes);
    assert_eq!("", both.phone.text);
}

#[test]
fn two_with_more_attributes_than_one_may_have_stay_two() {
    let with = |prefix: &str| Contact {
        attributes: (0..limits::ATTRIBUTES - 1)
            .map(|number| Attribute {
                name: format!("{prefix}{number}"),
                text: "x".to_owned(),
            })
            .collect(),
        ..Contact::default()
    };
    let limit = limits::ATTRIBUTES as u32;
    let refused = Err(Refusal::TooManyAttributes { limit });
    assert_eq!(refused, merged(&with("a"), &with("b")));
}

#[test]
fn what_a_site_signed_holds_above_all_and_what_a_page_says_fills_what_is_empty() {
    let told = |name: &str, email: &str| Told {
        name: name.to_owned(),
        email: email.to_owned(),
        attributes: vec![Attribute {
            name: "Plan".to_owned(),
            text: name.to_owned(),
        }],
        ..Told::default()
    };
    let none = Told::default();
    let typed = with(
        &Contact::default(),
        ContactChange::Name("Mira Berg".to_owned()),
    );
    let said = identified(&typed, &none, &told("boss", "mira@example.og")).expect("it says more");
    assert_eq!("Mira Berg", said.name.text);
    assert_eq!(
        (Origin::Agent, Origin::Page),
        (said.name.origin, said.email.origin)
    );
    assert!(!said.email.origin.is_verified());
    assert_eq!("boss", said.attributes[0].text);

    let signed = identified(&said, &told("Mira", "mira@example.org"), &none).expect("it is proven");
    assert_eq!(
        ("Mira", "mira@example.org"),
        (&*signed.name.text, &*signed.email.text)
    );
    assert!(signed.name.origin.is_verified() && signed.email.origin.is_verified());
    assert_eq!("Mira", signed.attributes[0].text);

    let forged = told("somebody", "else@example.org");
    assert_eq!(None, identified(&signed, &none, &forged));
    assert_eq!(
        None,
        identified(&signed, &told("Mira", "mira@example.org"), &none)
    );
    assert_eq!(
        None,
        identified(&Contact::default(), &none, &told("", "no address"))
    );
}
