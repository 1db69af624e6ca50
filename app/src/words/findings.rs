//! What the doctor found, in words.

use protocol::card::Tab;
use protocol::doctor::{Found, Standing};
use protocol::settings::RoutingMode;

use super::t;

/// What a check found, and if it failed what to do.
pub(crate) fn found(found: Found) -> String {
    let always = match found {
        Found::Gone { minutes } => return t::found_gone(&minutes),
        Found::Holds { held, limit } => return t::found_holds(&held, &limit),
        Found::ManyRefused { times } => return t::found_many_refused(&times),
        Found::FewRefused => t::found_few_refused(),
        Found::RoleAllows => t::found_role_allows(),
        Found::RoleForbids => t::found_role_forbids(),
        Found::Assigned => t::found_assigned(),
        Found::NotAssigned => t::found_not_assigned(),
        Found::InGroup => t::found_in_group(),
        Found::NoGroup => t::found_no_group(),
        Found::NotInGroup => t::found_not_in_group(),
        Found::Online => t::found_online(),
        Found::OnlineJust => t::found_online_just(),
        Found::ChoseAway => t::found_chose_away(),
        Found::ChoseOffline => t::found_chose_offline(),
        Found::NeverCame => t::found_never_came(),
        Found::InHours => t::found_in_hours(),
        Found::NoHours => t::found_no_hours(),
        Found::OutOfHours => t::found_out_of_hours(),
        Found::NotAsked => t::found_not_asked(),
        Found::Asked => t::found_asked(),
        Found::NotDeclined => t::found_not_declined(),
        Found::Declined => t::found_declined(),
        Found::Accepts => t::found_accepts(),
        Found::AcceptsNot => t::found_accepts_not(),
        Found::Listed(tab) => {
            let tab = match tab {
                Tab::Pending => t::pending(),
                Tab::Active => t::active(),
                Tab::Missed => t::missed(),
                Tab::Resolved => t::resolved(),
                Tab::Snoozed => t::snoozed(),
                Tab::Assistant => t::assistant(),
            };
            return t::found_listed(&tab);
        }
        Found::NotSeen => t::found_not_seen(),
        Found::Speaks => t::found_speaks(),
        Found::SpeaksNot => t::found_speaks_not(),
    };
    always.to_owned()
}

/// Where a conversation stands.
pub(crate) fn standing(standing: &Standing) -> String {
    match standing {
        Standing::Assistant => t::stands_assistant().to_owned(),
        Standing::Waiting {
            minutes,
            offered_to: Some(name),
        } => t::stands_offered(minutes, name),
        Standing::Waiting { minutes, .. } => t::stands_waiting(minutes),
        Standing::Held { by } => t::stands_held(by),
        Standing::Closed => t::stands_closed().to_owned(),
    }
}

/// How requests come to agents.
pub(crate) fn routing(mode: RoutingMode) -> &'static str {
    match mode {
        RoutingMode::Pool => t::routed_pool(),
        RoutingMode::Offer => t::routed_offer(),
        RoutingMode::Auto => t::routed_auto(),
    }
}
