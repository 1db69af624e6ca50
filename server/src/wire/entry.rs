//! A line of a timeline, for agents and for visitors.

use domain::Body;
use domain::mentions::{Named, Piece};
use protocol::entry::{
    Author, Body as WireBody, Destination, Entry, Event, Message, Note, NoteEdited, Outcome,
    PublicAuthor, PublicBody, PublicEntry, PublicEvent, Source,
};
use protocol::{AgentId, PublicSeq};

use protocol::text::{Node, RichText, Tag};

use super::face::Faces;
use crate::faults::{self, Fault};
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
                attachments,
                thumb,
            } => WireBody::Message(Message {
                attachments: attachments.clone(),
                thumb: *thumb,
                ..message(markdown, sources, choices)
            }),
            Body::Note {
                markdown,
                attachments,
                mentions,
                edited_at,
                pinned,
            } => WireBody::Note(Note {
                text: note(markdown, mentions),
                attachments: attachments.clone(),
                edited_at: *edited_at,
                pinned: *pinned,
            }),
            Body::NoteEdited {
                note: edited,
                markdown,
                mentions,
                called: _,
            } => WireBody::NoteEdited(NoteEdited {
                note: *edited,
                text: note(markdown, mentions),
            }),
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
            attachments,
            thumb,
        } => PublicBody::Message(Message {
            attachments: attachments.clone(),
            thumb: *thumb,
            ..message(markdown, sources, choices)
        }),
        Body::Event(event) => PublicBody::Event(public_event(event, faces)?),
        Body::Note { markdown, .. } if faults::on(Fault::NoteTold) => {
            PublicBody::Message(message(markdown, &[], &[]))
        }
        Body::Note { .. } | Body::NoteEdited { .. } => return None,
    };
    let told_anyhow = faults::on(Fault::NoteTold).then_some(PublicSeq(1));
    Some(PublicEntry {
        seq: entry.public_seq.or(told_anyhow)?,
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

/// A note, with the colleagues that it names as nodes of their own.
fn note(markdown: &str, mentions: &[Named]) -> RichText {
    let text = richtext::parse(markdown);
    if mentions.is_empty() {
        return text;
    }
    let mut nodes = Vec::with_capacity(text.0.len());
    let mut code = false;
    for node in text.0 {
        code = match &node {
            Node::Open(tag) => *tag == Tag::CodeBlock,
            Node::Close => false,
            _ => code,
        };
        match node {
            Node::Text(words) if !code => {
                for piece in domain::mentions::pieces(&words, mentions) {
                    match piece {
                        Piece::Text(words) => nodes.push(Node::Text(words.to_owned())),
                        Piece::Mention(agent, name) => nodes.extend([
                            Node::Open(Tag::Mention { agent }),
                            Node::Text(name.to_owned()),
                            Node::Close,
                        ]),
                    }
                }
            }
            other => nodes.push(other),
        }
    }
    RichText(nodes)
}

fn message(markdown: &str, sources: &[Source], choices: &[String]) -> Message {
    Message {
        text: richtext::parse(markdown),
        sources: sources.to_vec(),
        choices: choices.to_vec(),
        attachments: Vec::new(),
        thumb: None,
    }
}

/// An event in the visitor's words; none for what is the team's own business.
fn public_event(event: &Event, faces: &Faces) -> Option<PublicEvent> {
    Some(match event {
        Event::HandoffOffered { .. }
        | Event::HandoffRejected { .. }
        | Event::HandoffSnoozed { .. }
        | Event::HandoffWoken { .. }
        | Event::HandoffLeft { .. }
        | Event::Labelled(_)
        | Event::NotePinned { .. }
        | Event::Blocked(_)
        | Event::ReplyOverdue { .. }
        | Event::Rated { .. }
        | Event::Thumbed { .. } => return None,
        Event::HandoffProposed { message, .. } => PublicEvent::Proposed {
            message: message.clone(),
        },
        Event::ProposalEnded { .. } => PublicEvent::ProposalEnded,
        Event::HandoffRequested { message, .. } => PublicEvent::Waiting {
            message: message.clone(),
        },
        Event::HandoffClaimed { agent, message, .. }
        | Event::HandoffJoined { agent, message, .. } => PublicEvent::Joined {
            person: faces.get(*agent),
            message: message.clone(),
        },
        Event::HandoffReleased { agent, .. } => PublicEvent::Left {
            person: faces.get(*agent),
        },
        Event::HandoffTransferred {
            from, to, message, ..
        } => transferred(*from, *to, message, faces),
        Event::HandoffCancelled { message, .. } => PublicEvent::Cancelled {
            message: message.clone(),
        },
        Event::HandoffOverdue { message, .. } => PublicEvent::Overdue {
            message: message.clone(),
        },
        Event::HandoffMissed { message, form, .. } => PublicEvent::Missed {
            message: message.clone(),
            form: *form,
        },
        Event::FormSent { .. } => PublicEvent::FormSent,
        Event::IdleWarned { message, .. } => PublicEvent::IdleWarned {
            message: message.clone(),
        },
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
    })
}

/// Somebody else is there now, or looked for; who decided that is the team's own business.
fn transferred(
    from: Option<AgentId>,
    to: Destination,
    message: &str,
    faces: &Faces,
) -> PublicEvent {
    match (to, from) {
        (Destination::Agent(agent), _) => PublicEvent::Joined {
            person: faces.get(agent),
            message: message.to_owned(),
        },
        (Destination::Group(_) | Destination::Queue, Some(from)) => PublicEvent::Left {
            person: faces.get(from),
        },
        // Nobody had it and nobody has it: the visitor goes on waiting.
        (Destination::Group(_) | Destination::Queue, None) => PublicEvent::Waiting {
            message: String::new(),
        },
    }
}
