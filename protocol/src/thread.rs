//! An opened conversation, and the visitor on its other side.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::card::{Card, Channel};
use crate::draft::Draft;
use crate::entry::Entry;
use crate::person::Face;
use crate::{ConversationId, PublicSeq, Seq, Timestamp};

/// A thread that is open in a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPosition {
    pub conversation: ConversationId,
    pub after: Seq,
}

/// An opened conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub card: Card,
    pub visitor: VisitorView,
    /// The newest page when 0 was asked for, else the first entries after that position; the rest
    /// follows as `EntryAdded`, in order. Oldest first.
    pub entries: Vec<Entry>,
    /// Whether older entries exist before the first of a newest page.
    pub more: bool,
    pub read_by_visitor: PublicSeq,
    /// This agent's own drafts.
    pub drafts: Vec<Draft>,
}

/// What is known of the visitor on the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitorView {
    pub face: Face,
    /// The name that the visitor gave; empty when none is known.
    pub name: String,
    /// The address that the visitor gave; empty when none is known.
    pub email: String,
    pub channel: Channel,
    pub connected: bool,
    /// The visit's first contact.
    pub since: Timestamp,
    pub page_url: String,
    pub page_title: String,
    pub referrer: String,
    /// Empty for those whose role does not show it.
    pub ip: String,
    /// About where that is, such as `Bergen, Norway`; empty where the server has no database of places,
    /// or the address is not in it.
    #[serde(default)]
    pub location: String,
    pub user_agent: String,
    pub locale: String,
}
