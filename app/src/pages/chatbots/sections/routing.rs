//! How a request finds its agent.

use leptos::prelude::*;
use protocol::settings::{RoutingMode, RoutingOrder, RoutingSettings};

use super::super::block::block;
use super::super::editing::Editing;
use super::super::fields::{about, choice, choice_of, number, optional_number};
use crate::parts::painted::IntoPainted;
use crate::words::t;

type Part = RoutingSettings;

/// Minutes that the switch begins with.
const REQUEUE: u32 = 5;

pub(in super::super) fn view(at: Editing) -> AnyView {
    let mode = choice(
        at,
        about("routing.mode", t::routing_mode(), ""),
        vec![
            (RoutingMode::Pool, t::mode_pool()),
            (RoutingMode::Offer, t::mode_offer()),
            (RoutingMode::Auto, t::mode_auto()),
        ],
        at.reads(|part: &Part| part.mode),
        at.writes(|part: &mut Part, mode| part.mode = mode),
    );
    let order = choice(
        at,
        about(
            "routing.order",
            t::routing_order(),
            t::routing_order_about(),
        ),
        vec![
            (RoutingOrder::LongestIdle, t::order_idle()),
            (RoutingOrder::LeastBusy, t::order_busy()),
        ],
        at.reads(|part: &Part| part.order),
        at.writes(|part: &mut Part, order| part.order = order),
    );
    let offer = number(
        at,
        about("routing.offer_seconds", t::offer_stands(), ""),
        t::seconds_word(),
        at.reads(|part: &Part| part.offer_seconds),
        at.writes(|part: &mut Part, seconds| part.offer_seconds = seconds),
    );
    let requeue = optional_number(
        at,
        about("routing.requeue_minutes", t::requeue(), t::requeue_about()),
        t::minutes_word(),
        (at.reads(|part: &Part| part.requeue_minutes), REQUEUE),
        at.writes(|part: &mut Part, minutes| part.requeue_minutes = minutes),
    );
    let controls = view! { {mode} {order} {offer} {requeue} {group(at)} }.painted();
    block::<Part>(at, t::routing(), t::routing_about(), controls)
}

fn group(at: Editing) -> AnyView {
    let groups = at.loaded.with_untracked(|loaded| loaded.groups.clone());
    let named = groups.into_iter().map(|group| (Some(group.id), group.name));
    let everybody = (None, t::whole_team().to_owned());
    let options = [everybody].into_iter().chain(named).collect();
    choice_of(
        at,
        about("routing.group", t::routing_group(), ""),
        options,
        at.reads(|part: &Part| part.group),
        at.writes(|part: &mut Part, group| part.group = group),
    )
}
