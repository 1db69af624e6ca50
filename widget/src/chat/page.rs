//! What the page around asks for by its own script, and what that script is told.

use alloc::borrow::ToOwned as _;

use protocol::entry::{PublicAuthor, PublicBody};
use protocol::limits;
use protocol::visitor::{StateLine, VisitorEvent};

use super::Chat;
use crate::state::{State, Wish};
use crate::text::count;

impl Chat {
    /// Says something in the visitor's name.
    pub(crate) fn say_for_page(&'static self, words: &str) {
        let words = words.trim_ascii();
        if (1..=limits::TEXT).contains(&count(words)) {
            self.called();
            self.wish(Wish::Say(words.to_owned()));
        }
    }

    /// Asks for a person in the visitor's name.
    pub(crate) fn ask_for_page(&'static self) {
        self.called();
        if !self.state.borrow().wants(&Wish::AskForHuman) {
            self.wish(Wish::AskForHuman);
        }
    }

    fn called(&'static self) {
        self.called.set(true);
        self.connect();
    }

    /// Tells that somebody answered, and not what they said.
    pub(super) fn tell_of(&self, event: &VisitorEvent) {
        if let VisitorEvent::EntryAdded(entry) = event
            && let PublicBody::Message(_) = entry.body
            && entry.seq > self.state.borrow().last()
        {
            match entry.author {
                PublicAuthor::Ai => self.host.came("assistant"),
                PublicAuthor::Person(_) => self.host.came("agent"),
                PublicAuthor::Visitor | PublicAuthor::System => {}
            }
        }
    }

    /// Tells who answers, when that changed.
    pub(super) fn tell_how_it_stands(&self, state: &State) {
        let stands = match &state.line {
            None => return,
            Some(StateLine::Assistant) => "assistant",
            Some(StateLine::Proposed) => "proposed",
            Some(StateLine::Waiting { .. }) => "waiting",
            Some(StateLine::LeaveDetails) => "missed",
            Some(StateLine::ByMail) => "by_mail",
            Some(StateLine::Person(_)) => "person",
            Some(StateLine::Closed) => "closed",
        };
        if self.stood.replace(stands) != stands {
            self.host.stands(stands);
        }
    }
}
