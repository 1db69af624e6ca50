//! A line of a timeline, for agents and for visitors.

use domain::Body;
use protocol::entry::{
    Author, Body as WireBody, Entry, Event, Message, Outcome, PublicAuthor, PublicBody,
    PublicEntry, PublicEvent, Source,
};

use super::face::Faces;
use crate::richtext;

/// An entry as agents see it.
pub(crate) fn entry(entry: &domain::Entry) -> Entry {
    Entry {
        seq: entry.seq,
        public_seq: entry.public_seq,
        at: entry.at,
        key: entry.write.map(|write| write.key),
        author: entry.author,
        body: match &entry.body {
            Body::Message {
                markdown,
                sources,
                choices,
            } => WireBody::Message(message(markdown, sources, choices)),
            Body::Note { markdown } => WireBody::Note(richtext::parse(markdown)),
            Body::Event(event) => WireBody::Event(event.clone()),
        },
    }
}

/// An entry as its visitor sees it; none for what visitors never see.
pub(crate) fn public_entry(entry: &domain::Entry, faces: &Faces) -> Option<PublicEntry> {
    let body = match &entry.body {
        Body::Message {
            markdown,
            sources,
            choices,
        } => PublicBody::Message(message(markdown, sources, choices)),
        Body::Event(event) => PublicBody::Event(public_event(event, faces)),
        Body::Note { .. } => return None,
    };
    Some(PublicEntry {
        seq: entry.public_seq?,
        at: entry.at,
        key: entry
            .write
            .filter(|_| entry.author == Author::Visitor)
            .map(|write| write.key),
        author: match entry.author {
            Author::Visitor => PublicAuthor::Visitor,
            Author::Ai => PublicAuthor::Ai,
            Author::Agent(agent) => PublicAuthor::Person(faces.get(agent)),
            Author::System => PublicAuthor::System,
        },
        body,
    })
}

fn message(markdown: &str, sources: &[Source], choices: &[String]) -> Message {
    Message {
        text: richtext::parse(markdown),
        sources: sources.to_vec(),
        choices: choices.to_vec(),
    }
}

fn public_event(event: &Event, faces: &Faces) -> PublicEvent {
    match event {
        Event::HandoffRequested { message, .. } => PublicEvent::Waiting {
            message: message.clone(),
        },
        Event::HandoffClaimed { agent, .. } => PublicEvent::Joined {
            person: faces.get(*agent),
        },
        Event::HandoffReleased { agent, .. } => PublicEvent::Left {
            person: faces.get(*agent),
        },
        Event::HandoffCancelled { .. } => PublicEvent::Cancelled,
        Event::HandoffResolved {
            agent,
            outcome,
            message,
            ..
        } => {
            let (person, message) = (faces.get(*agent), message.clone());
            match outcome {
                Outcome::RestoredToAi => PublicEvent::Restored { person, message },
                Outcome::Closed | Outcome::AutoClosed | Outcome::Spam => {
                    PublicEvent::Closed { person, message }
                }
            }
        }
    }
}
