//! Everything that can stand in a conversation, and where something is written to it.

use leptos::prelude::*;
use protocol::agent::AgentEvent;
use protocol::attachment::Attachment;
use protocol::card::Card;
use protocol::entry::{Author, Body, Event, Message, Outcome, Source, Taken, Trigger};
use protocol::lead::LeadDetails;
use protocol::rating::Thumb;
use protocol::{AttachmentId, Refusal, Seq};

use super::sample::{
    JONAS, ME, NOW, active, agent, card, entries, event, handoff, id, key, message, note, opened,
};
use super::stage::in_talk;
use crate::live::Live;
use crate::live::state::{LiveState, Mode};
use crate::pages::inbox::Desk;
use crate::pages::inbox::foot::Foot;
use crate::pages::inbox::timeline::Timeline;
use crate::parts::late::IntoLate;

pub(super) fn all() -> Vec<AnyView> {
    vec![
        timeline("words", words()),
        timeline("what happened", happened()),
        timeline("on the way", going()),
        foot("composer, empty", None, ""),
        foot("composer, written", None, "We send a new one **today**."),
        foot("composer, a note", Some(Mode::Note), "Ask Jonas first."),
        foot("composer, too long", None, &"many words ".repeat(400)),
    ]
}

fn mine() -> Card {
    let says = "The lamp arrived broken.";
    card(1, "Elif Kaya", active(1, ME, Some(40)), says)
}

fn timeline(name: &'static str, state: LiveState) -> AnyView {
    in_talk(name, state, id(1), |talk| {
        let name = "Elif Kaya".to_owned();
        view! {
            <main class="talk">
                <Timeline id=id(1) talk name/>
            </main>
        }
        .late()
    })
}

fn foot(name: &'static str, mode: Option<Mode>, typed: &str) -> AnyView {
    in_talk(name, opened(mine(), Vec::new()), id(1), |talk| {
        Desk::here().writes.set(mode);
        let to = mode.unwrap_or(Mode::Reply);
        Live::here().set_draft(id(1), to, typed.to_owned());
        let name = "Elif Kaya".to_owned();
        view! {
            <main class="talk">
                <Foot id=id(1) talk name/>
            </main>
        }
        .late()
    })
}

fn words() -> LiveState {
    let says = |author, words: &str| (author, Body::Message(message(words)));
    let answer = Message {
        sources: vec![Source {
            title: "Broken parts".to_owned(),
            url: Some("https://skarn.example/broken".to_owned()),
        }],
        thumb: Some(Thumb::Down),
        ..message("Broken parts are replaced within two days.")
    };
    let asks = Message {
        choices: vec!["Replace the lamp".to_owned(), "Money back".to_owned()],
        ..message("Did you mean one of these?")
    };
    let file = Message {
        attachments: vec![Attachment {
            id: AttachmentId::new(NOW, &[1; 10]),
            name: "receipt.pdf".to_owned(),
            media_type: "application/pdf".to_owned(),
            bytes: 183_000,
            picture: None,
        }],
        ..message("Here is the receipt.")
    };
    let me = Author::Agent(agent(ME));
    let said = vec![
        says(Author::Visitor, "Hello, the lamp arrived broken."),
        (Author::Ai, Body::Message(answer)),
        (Author::Ai, Body::Message(asks)),
        says(me, "I am sorry to hear that. Which lamp is it?"),
        says(me, "And do you have the receipt?"),
        (Author::Visitor, Body::Message(file)),
        says(Author::Agent(agent(JONAS)), "I know that lamp."),
        (
            Author::Agent(agent(JONAS)),
            note("She called on Monday as well."),
        ),
        says(Author::Visitor, "It is for a birthday."),
    ];
    opened(mine(), entries(said))
}

fn happened() -> LiveState {
    let (handoff, me) = (handoff(1), agent(ME));
    let told = |words: &str| words.to_owned();
    let details = LeadDetails {
        name: told("Elif Kaya"),
        email: told("elif@skarn.example"),
        phone: String::new(),
        message: told("Please call me."),
        custom: Vec::new(),
        consent: true,
    };
    let all = vec![
        event(Event::HandoffRequested {
            handoff,
            trigger: Trigger::Frustration,
            reason: told("three times the same question"),
            message: told("I fetch somebody."),
        }),
        event(Event::HandoffOverdue {
            handoff,
            message: told("It takes longer today."),
        }),
        event(Event::FormSent { handoff, details }),
        event(Event::HandoffClaimed {
            handoff,
            agent: me,
            how: Taken::Claimed,
            message: told("Mara is here."),
        }),
        event(Event::HandoffJoined {
            handoff,
            agent: agent(JONAS),
            message: told("Jonas is here too."),
        }),
        event(Event::HandoffSnoozed {
            handoff,
            agent: me,
            until: None,
        }),
        event(Event::Blocked(true)),
        event(Event::Rated {
            handoff,
            stars: 4,
            comment: told("Quick."),
        }),
        event(Event::HandoffResolved {
            handoff,
            agent: me,
            outcome: Outcome::RestoredToAi,
            message: told("The assistant is back."),
        }),
    ];
    opened(mine(), entries(all))
}

/// A text that is being sent, one that is saved, and one that was refused.
fn going() -> LiveState {
    let first = vec![(Author::Visitor, Body::Message(message("Hello?")))];
    let mut state = opened(mine(), entries(first));
    let to = (id(1), Mode::Reply);
    for (n, words) in [(1, "Saved."), (2, "Refused."), (3, "On its way.")] {
        state.say(to, (words, Vec::new()), key(n), NOW);
    }
    let saved = AgentEvent::Done {
        key: key(1),
        seq: Some(Seq(9)),
    };
    let refused = AgentEvent::Refused {
        key: Some(key(2)),
        refusal: Refusal::NotFound,
        sentence: "Too much at once.".to_owned(),
    };
    state.apply(saved, NOW);
    state.apply(refused, NOW);
    state
}
