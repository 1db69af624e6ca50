//! The hub's WebSockets: one for agents, one for visitors, on the same connection code.

mod agent;
mod agent_commands;
pub(crate) mod agent_writes;
mod connection;
mod goodbye;
mod pages;
mod upgrade;
mod visitor;
mod visitor_commands;
pub(crate) mod visitor_writes;

pub(crate) use agent::connect as connect_agent;
pub(crate) use visitor::connect as connect_visitor;
