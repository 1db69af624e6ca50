//! Everything that is plain HTTP.

pub(crate) mod accept;
pub(crate) mod address;
pub(crate) mod assets;
pub(crate) mod attachments;
pub(crate) mod body;
pub(crate) mod demo;
pub(crate) mod files;
mod guide;
pub(crate) mod health;
pub(crate) mod pages;
pub(crate) mod security;
pub(crate) mod widget;
