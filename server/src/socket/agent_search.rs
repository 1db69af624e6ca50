//! An agent searches: what was found, by conversation.

use std::collections::{BTreeSet, HashMap};

use domain::search::{self, Query};
use domain::{Body, Conversation, Entry};
use protocol::agent::AgentEvent;
use protocol::entry::Event;
use protocol::search::{FoundIn, FoundLine, Hit};
use protocol::{AgentId, ConversationId, Key, Refusal, limits};

use super::agent_commands::{AgentPeer, refused};
use super::connection::Reaction;
use crate::desk::Desk;
use crate::richtext;
use crate::store::{Failed, Found, StoreError};
use crate::wire::card::card;

impl AgentPeer {
    /// Searches beside everything else that this connection asks.
    pub(super) fn search(&self, key: Key, query: &str, after: Option<u64>) -> Reaction<AgentEvent> {
        let (desk, agent) = (self.desk.clone(), self.agent.id);
        let asked = Query::read(query).and_then(|query| {
            desk.limits.search(agent)?;
            Ok(query)
        });
        Reaction::Later(Box::pin(async move {
            let found = match asked {
                Ok(query) => page(&desk, agent, &query, after).await,
                Err(refusal) => Err(Failed::Refused(refusal)),
            };
            match found {
                Ok((hits, next)) => AgentEvent::Found { key, hits, next },
                Err(failed) => refused(Some(key), failed.into(), desk.now()),
            }
        }))
    }
}

async fn page(
    desk: &Desk,
    agent: AgentId,
    query: &Query,
    after: Option<u64>,
) -> Result<(Vec<Hit>, Option<u64>), Failed> {
    let unreadable = |error: StoreError| {
        tracing::error!(%error, agent.id = %agent, "a search could not be read");
        Failed::Unavailable
    };
    // As it is now: what they may see may have changed since they came.
    let agent = desk.store.agent(agent).await.map_err(unreadable)?;
    let agent = agent.ok_or(Failed::Refused(Refusal::NotFound))?;
    let found = desk.store.search(&agent, query, after).await;
    let (found, more) = found.map_err(unreadable)?;
    let (groups, next) = grouped(found, more);
    let ids: BTreeSet<ConversationId> = groups.iter().map(|(id, _)| *id).collect();
    let conversations = desk.store.conversations(ids).await.map_err(unreadable)?;
    Ok((hits(&conversations, groups, query), next))
}

/// The entries of each conversation, the conversation with the newest first, and where to go on.
fn grouped(found: Vec<Found>, more: bool) -> (Vec<(ConversationId, Vec<Entry>)>, Option<u64>) {
    let mut groups: Vec<(ConversationId, Vec<Entry>)> = Vec::new();
    let mut last = None;
    for Found { place, entry } in found {
        let id = entry.conversation;
        if let Some((_, lines)) = groups.iter_mut().find(|(known, _)| *known == id) {
            if lines.len() < limits::FOUND_LINES {
                lines.push(entry);
            }
        } else if groups.len() == limits::HITS_PAGE {
            return (groups, last);
        } else {
            groups.push((id, vec![entry]));
        }
        last = Some(place);
    }
    (groups, last.filter(|_| more))
}

fn hits(
    conversations: &HashMap<ConversationId, Conversation>,
    groups: Vec<(ConversationId, Vec<Entry>)>,
    query: &Query,
) -> Vec<Hit> {
    let hit = |(id, entries): (ConversationId, Vec<Entry>)| {
        let card = card(conversations.get(&id)?);
        let name_marks = query.marks(&card.visitor.name);
        let lines = entries.iter().filter_map(|entry| line(entry, query));
        // What was found by the visitor's name alone shows nothing of what was asked for.
        let lines = lines.filter(|line| name_marks.is_empty() || !line.marks.is_empty());
        let lines = lines.collect();
        Some(Hit {
            name_marks,
            lines,
            card,
        })
    };
    groups.into_iter().filter_map(hit).collect()
}

/// What of an entry was found; none of what happened.
fn line(entry: &Entry, query: &Query) -> Option<FoundLine> {
    let (found_in, texts) = match &entry.body {
        Body::Message {
            markdown,
            attachments,
            ..
        } => (FoundIn::Message, said(markdown, attachments)),
        Body::Note {
            markdown,
            attachments,
            ..
        } => (FoundIn::Note, said(markdown, attachments)),
        Body::Event(Event::FormSent { details, .. }) => {
            let fields = [
                &details.name,
                &details.email,
                &details.phone,
                &details.message,
            ];
            let fields = fields
                .into_iter()
                .chain(details.custom.iter().map(|field| &field.text));
            let fields: Vec<&str> = fields.map(String::as_str).collect();
            let filled: Vec<&str> = fields.into_iter().filter(|text| !text.is_empty()).collect();
            (FoundIn::Details, [filled.join(" · "), String::new()])
        }
        Body::NoteEdited { .. } | Body::Event(_) => return None,
    };
    let excerpts = texts.iter().map(|text| search::excerpt(text, query));
    let excerpts: Vec<_> = excerpts.collect();
    // What stands in an address behind a word is found as it was written.
    let marked = excerpts.iter().position(|(_, marks)| !marks.is_empty());
    let (text, marks) = excerpts.into_iter().nth(marked.unwrap_or_default())?;
    Some(FoundLine {
        seq: entry.seq,
        at: entry.at,
        author: entry.author,
        found_in,
        text,
        marks,
    })
}

/// A text as it is read and as it was written, each with the names of its files.
fn said(markdown: &str, files: &[protocol::attachment::Attachment]) -> [String; 2] {
    let with_files = |text: String| {
        let names = files.iter().map(|file| file.name.clone());
        let parts = std::iter::once(text).chain(names);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    };
    let plain = richtext::parse(markdown).plain();
    [with_files(plain), with_files(markdown.to_owned())]
}
