//! What a saved reply does after it is sent, in a few words.

use protocol::entry::{Destination, Outcome};
use protocol::reply::Step;
use protocol::{AgentId, CategoryId, GroupId, TagId};

use super::{span, t};

/// Something that a step names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Category(CategoryId),
    Tag(TagId),
    Group(GroupId),
    Agent(AgentId),
}

/// What a step does; `name` knows what things are called.
pub(crate) fn step(step: &Step, name: &dyn Fn(Named) -> String) -> String {
    match step {
        Step::Note(_) => t::step_note().to_owned(),
        Step::Category(id) => t::categorised(&name(Named::Category(*id))),
        Step::AddTag(id) => t::step_tag(&name(Named::Tag(*id))),
        Step::RemoveTag(id) => t::take_off(&name(Named::Tag(*id))),
        Step::Transfer(Destination::Agent(id)) => t::step_pass(&name(Named::Agent(*id))),
        Step::Transfer(Destination::Group(id)) => t::step_pass(&name(Named::Group(*id))),
        Step::Transfer(Destination::Queue) => t::step_queue().to_owned(),
        Step::Snooze(None) => t::snoozed_until_visitor().to_owned(),
        Step::Snooze(Some(minutes)) => t::step_snooze(&span(u64::from(*minutes) * 60_000)),
        Step::Resolve(Outcome::RestoredToAi) => t::restore_to_ai().to_owned(),
        Step::Resolve(_) => t::close().to_owned(),
    }
}
