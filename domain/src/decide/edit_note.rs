//! An agent writes a note of their own anew, or puts one on top of the others.

use protocol::entry::{Author, Event};
use protocol::{AgentId, ConversationId, Refusal, Seq, Timestamp};

use super::attach;
use crate::command::Write;
use crate::entry::{Body, Entry};
use crate::facts::{Done, Facts};
use crate::mentions::Named;
use crate::permissions::Permission;

pub(super) fn edit(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (note, words, named): (Seq, &str, &[Named]),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut changed = found(facts, conversation, agent, note)?;
    if changed.author != Author::Agent(agent) {
        return Err(Refusal::NotAllowed);
    }
    let Body::Note {
        markdown,
        attachments,
        mentions,
        edited_at,
        ..
    } = &mut changed.body
    else {
        return Err(Refusal::NotFound);
    };
    let files: Vec<_> = attachments.iter().map(|file| file.id).collect();
    let words = attach::words(words, &files)?;
    if words == *markdown {
        return Ok(Done::default());
    }
    // Whoever was named before was told then.
    let called = named
        .iter()
        .filter(|one| mentions.iter().all(|known| known.agent != one.agent));
    let told = Body::NoteEdited {
        note,
        markdown: words.clone(),
        mentions: named.to_vec(),
        called: called.cloned().collect(),
    };
    *markdown = words;
    *mentions = named.to_vec();
    *edited_at = Some(now);
    save(facts, agent, write, (changed, told), now)
}

pub(super) fn pin(
    facts: &mut Facts,
    conversation: ConversationId,
    agent: AgentId,
    write: Write,
    (note, pin): (Seq, bool),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut changed = found(facts, conversation, agent, note)?;
    let Body::Note { pinned, .. } = &mut changed.body else {
        return Err(Refusal::NotFound);
    };
    if *pinned == pin {
        return Ok(Done::default());
    }
    *pinned = pin;
    let told = Body::Event(Event::NotePinned { note, pinned: pin });
    save(facts, agent, write, (changed, told), now)
}

/// A note of a conversation that this agent sees and may write notes in.
fn found(
    facts: &Facts,
    conversation: ConversationId,
    agent: AgentId,
    note: Seq,
) -> Result<Entry, Refusal> {
    let (writer, conversation) = facts.seen_by(agent, conversation)?;
    writer.may(Permission::WriteNotes)?;
    let found = facts.notes.get(&(conversation.id, note));
    found.cloned().ok_or(Refusal::NotFound)
}

/// The note as it is now, and the entry by which everybody learns of it.
fn save(
    facts: &mut Facts,
    agent: AgentId,
    write: Write,
    (note, told): (Entry, Body),
    now: Timestamp,
) -> Result<Done, Refusal> {
    let mut conversation = facts.conversation(note.conversation)?.clone();
    let entry = conversation.append(Author::Agent(agent), told, Some(write), now);
    let at = (note.conversation, note.seq);
    facts.trail.notes.insert(at, note.clone());
    facts.notes.insert(at, note);
    Ok(facts.save(conversation, vec![entry]))
}
