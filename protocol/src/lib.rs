//! The words on Baton's wire: what visitors and agents may ask, what the hub tells them, and why it refuses.
//!
//! Serde types and nothing else. Two encodings carry them (see [`schema`]): JSON for everybody,
//! postcard for the widget. Enums are externally tagged and in snake case; nothing is flattened,
//! untagged or left out, so that both encodings hold the same. `docs/protocol.md` tells a client's
//! author how they are used.

// The widget links this without the standard library, whose panic messages alone weigh 10 KB.
#![no_std]

extern crate alloc;

pub mod agent;
pub mod api_token;
pub mod attachment;
pub mod audit;
pub mod before;
pub mod card;
pub mod close;
pub mod contact;
pub mod data;
pub mod delivery;
pub mod doctor;
pub mod draft;
pub mod entry;
pub mod erasure;
pub mod forms;
pub mod ids;
pub mod knowledge;
pub mod label;
pub mod lead;
pub mod limits;
mod list;
pub mod look;
pub mod mention;
pub mod module;
pub mod permission;
pub mod person;
pub mod playground;
pub mod profile;
pub mod rating;
pub mod refusal;
pub mod reply;
pub mod schema;
pub mod search;
mod sentences;
pub mod settings;
pub mod targets;
pub mod team;
pub mod text;
pub mod thread;
pub mod time;
pub mod view;
pub mod visitor;
pub mod widget;

pub use ids::{
    AgentId, ApiTokenId, AttachmentId, CategoryId, ChatbotId, ConversationId, DeliveryId,
    ErasureId, GroupId, HandoffId, InviteId, Key, LeadId, PublicSeq, ReplyId, RoleId, RunId, Seq,
    SessionId, SignInId, TagId, ViewId, VisitorId, WorkspaceId,
};
pub use refusal::Refusal;
pub use time::Timestamp;
