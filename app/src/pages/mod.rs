//! The pages, one per address.

pub(crate) mod audit;
pub(crate) mod begin;
pub(crate) mod chatbots;
pub(crate) mod data;
pub(crate) mod deliveries;
pub(crate) mod doctor;
pub(crate) mod embed;
pub(crate) mod erasures;
pub(crate) mod forgot;
pub(crate) mod gallery;
pub(crate) mod inbox;
pub(crate) mod join;
pub(crate) mod labels;
pub(crate) mod missing;
pub(crate) mod modules;
pub(crate) mod playground;
pub(crate) mod profile;
mod proof;
pub(crate) mod replies;
pub(crate) mod reset;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod sign_in;
pub(crate) mod start;
pub(crate) mod targets;
pub(crate) mod team;
