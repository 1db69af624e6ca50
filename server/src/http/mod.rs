//! Everything that is plain HTTP.

pub(crate) mod accept;
pub(crate) mod address;
pub(crate) mod api;
pub(crate) mod assets;
pub(crate) mod attachments;
pub(crate) mod audit;
pub(crate) mod body;
pub(crate) mod data;
pub(crate) mod demo;
pub(crate) mod files;
pub(crate) mod frame;
mod guide;
pub(crate) mod head;
pub(crate) mod health;
pub(crate) mod identity;
mod loaders;
mod look;
pub(crate) mod pages;
pub(crate) mod picture;
pub(crate) mod playground;
pub(crate) mod preview;
pub(crate) mod reply_files;
pub(crate) mod security;
mod spoken;
pub(crate) mod to_the_end;
pub(crate) mod visitors;
pub(crate) mod widget;
