//! What is done for a request that is more than one command to a conversation.

pub(crate) mod accept_invite;
pub(crate) mod add_agent;
pub(crate) mod attach_reply_file;
pub(crate) mod begin_visit;
pub(crate) mod diagnose;
pub(crate) mod digest;
pub(crate) mod edit_contact;
pub(crate) mod end_draft;
pub(crate) mod identify;
pub(crate) mod identity_secret;
pub(crate) mod invite;
pub(crate) mod look_after;
pub(crate) mod merge_contacts;
pub(crate) mod report;
pub(crate) mod save_assignment;
pub(crate) mod save_chatbot;
pub(crate) mod save_label;
pub(crate) mod save_member;
pub(crate) mod save_reply;
pub(crate) mod save_settings;
pub(crate) mod save_targets;
pub(crate) mod set_up;
pub(crate) mod sign_in;
pub(crate) mod train;
pub(crate) mod upload;
