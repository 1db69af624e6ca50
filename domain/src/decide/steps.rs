//! What a command writes: gathered on a copy of the conversation and put into the facts at the
//! end, so that a refusal on the way leaves nothing behind.

use protocol::contact::Contact;
use protocol::entry::Author;
use protocol::{HandoffId, Timestamp};

use crate::command::Write;
use crate::conversation::Conversation;
use crate::entry::{Body, Entry};
use crate::facts::{Done, Facts};
use crate::handoff::Claim;
use crate::lead::Lead;

/// What a command writes, less the conversation itself.
#[derive(Default)]
pub(super) struct Steps {
    entries: Vec<Entry>,
    begun: Vec<(HandoffId, Claim)>,
    ended: Vec<(HandoffId, Claim)>,
    leads: Vec<Lead>,
    contact: Option<Contact>,
}

impl Steps {
    /// Writes the next entry.
    pub(super) fn write(
        &mut self,
        conversation: &mut Conversation,
        author: Author,
        body: Body,
        write: Option<Write>,
        now: Timestamp,
    ) {
        self.entries
            .push(conversation.append(author, body, write, now));
    }

    /// A claim begins.
    pub(super) fn begin(&mut self, handoff: HandoffId, claim: Claim) {
        self.begun.push((handoff, claim));
    }

    /// A claim ends.
    pub(super) fn end(&mut self, handoff: HandoffId, claim: Claim) {
        self.ended.push((handoff, claim));
    }

    /// A lead is made, or learns more.
    pub(super) fn lead(&mut self, lead: Lead) {
        self.leads.push(lead);
    }

    /// More is known of the visitor.
    pub(super) fn contact(&mut self, contact: Contact) {
        self.contact = Some(contact);
    }

    /// Puts everything into the facts.
    pub(super) fn save(
        self,
        facts: &mut Facts,
        conversation: Conversation,
        now: Timestamp,
    ) -> Done {
        // Beginnings first: a claim may end in the command that began it.
        for (handoff, claim) in self.begun {
            facts.begin_claim(conversation.id, handoff, claim);
        }
        for (handoff, claim) in self.ended {
            facts.end_claim(conversation.id, handoff, claim, now);
        }
        for lead in self.leads {
            facts.keep_lead(lead);
        }
        if let Some(contact) = self.contact {
            facts.keep_contact(conversation.id, contact);
        }
        facts.save(conversation, self.entries)
    }
}
