//! The hub's WebSockets: one for agents, one for visitors, on the same connection code.

mod agent;
mod agent_choices;
mod agent_commands;
mod agent_composer;
mod agent_panel;
mod agent_search;
mod agent_views;
mod connection;
#[cfg(feature = "faults")]
mod echo;
mod goodbye;
mod pages;
#[cfg(feature = "faults")]
mod publish;
mod pulse;
mod upgrade;
mod visitor;
mod visitor_commands;
pub(crate) mod visitor_writes;

pub(crate) use agent::connect as connect_agent;
#[cfg(feature = "faults")]
pub(crate) use echo::connect as connect_echo;
#[cfg(feature = "faults")]
pub(crate) use publish::connect as connect_publish;
pub(crate) use visitor::connect as connect_visitor;
