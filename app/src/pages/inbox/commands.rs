//! Everything that can be done without the mouse: one list for the keys, the palette and the sheet of keys.

use leptos::prelude::*;
use protocol::card::Tab;
use protocol::entry::Outcome;
use protocol::person::Availability;

use super::Desk;
use super::offer::{accept, offered};
use super::pick::{meant, toggle_meant};
use super::step::step;
use crate::live::state::{Act, Mode, Stand};
use crate::live::{Live, browser};
use crate::words::t;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    Palette,
    Search,
    Keys,
    Next,
    Previous,
    Show(Tab),
    Mine,
    Filter,
    Pick,
    Longest,
    Accept,
    Reject,
    Take,
    Reply,
    Note,
    Join,
    Leave,
    Replies,
    Transfer,
    End,
    Restore,
    Close,
    Release,
    Snooze,
    Panel,
    Block,
    Unblock,
    Undo,
    Choose(Availability),
    AcceptChats,
    Preferences,
    Availability,
}

/// Where a command is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Conversation,
    List,
    Anywhere,
}

impl Group {
    /// The groups in their order.
    pub(crate) const ALL: [Self; 3] = [Self::Conversation, Self::List, Self::Anywhere];

    /// Its heading.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Conversation => t::in_conversation(),
            Self::List => t::in_list(),
            Self::Anywhere => t::anywhere(),
        }
    }
}

/// What a command is: where it is at home, its keys as they are shown, and its words.
type About = (Group, &'static [&'static str], &'static str);

impl Command {
    /// Every command, in the order in which they are listed.
    pub(crate) const ALL: [Self; 39] = [
        Self::Accept,
        Self::Reject,
        Self::Take,
        Self::Reply,
        Self::Note,
        Self::Join,
        Self::Leave,
        Self::Replies,
        Self::Transfer,
        Self::End,
        Self::Restore,
        Self::Close,
        Self::Release,
        Self::Snooze,
        Self::Panel,
        Self::Block,
        Self::Unblock,
        Self::Undo,
        Self::Next,
        Self::Previous,
        Self::Show(Tab::Pending),
        Self::Show(Tab::Active),
        Self::Show(Tab::Missed),
        Self::Show(Tab::Resolved),
        Self::Show(Tab::Snoozed),
        Self::Show(Tab::Assistant),
        Self::Mine,
        Self::Filter,
        Self::Pick,
        Self::Longest,
        Self::Palette,
        Self::Search,
        Self::Keys,
        Self::Availability,
        Self::Choose(Availability::Online),
        Self::Choose(Availability::Away),
        Self::Choose(Availability::Offline),
        Self::AcceptChats,
        Self::Preferences,
    ];

    /// What it is.
    pub(crate) fn about(self) -> About {
        use Group::{Anywhere, Conversation, List};
        match self {
            Self::Accept => (Conversation, &["A"], t::do_accept()),
            Self::Reject => (Conversation, &["⇧", "A"], t::do_reject()),
            Self::Take => (Conversation, &["T"], t::do_take()),
            Self::Reply => (Conversation, &["R"], t::reply()),
            Self::Note => (Conversation, &["N"], t::write_note()),
            Self::Join => (Conversation, &["⇧", "J"], t::join()),
            Self::Leave => (Conversation, &[], t::leave()),
            Self::Replies => (Conversation, &["S"], t::saved_replies()),
            Self::Transfer => (Conversation, &["⇧", "T"], t::transfer_menu()),
            Self::End => (Conversation, &["E"], t::do_end()),
            Self::Restore => (Conversation, &["E", "↵"], t::restore_to_ai()),
            Self::Close => (Conversation, &[], t::close()),
            Self::Release => (Conversation, &[], t::release()),
            Self::Snooze => (Conversation, &["Z"], t::do_snooze()),
            Self::Panel => (Conversation, &["I"], t::show_details()),
            Self::Block => (Conversation, &[], t::block()),
            Self::Unblock => (Conversation, &[], t::unblock()),
            Self::Undo => (Conversation, &["U"], t::do_undo()),
            Self::Next => (List, &["J"], t::do_next()),
            Self::Previous => (List, &["K"], t::do_previous()),
            Self::Show(Tab::Pending) => (List, &["1"], t::pending()),
            Self::Show(Tab::Active) => (List, &["2"], t::active()),
            Self::Show(Tab::Missed) => (List, &["3"], t::missed()),
            Self::Show(Tab::Resolved) => (List, &["4"], t::resolved()),
            Self::Show(Tab::Snoozed) => (List, &["5"], t::snoozed()),
            Self::Show(Tab::Assistant) => (List, &["6"], t::assistant()),
            Self::Mine => (List, &["M"], t::do_mine()),
            Self::Filter => (List, &["F"], t::sort_and_filter()),
            Self::Pick => (List, &["X"], t::do_pick()),
            Self::Longest => (List, &["L"], t::open_longest()),
            Self::Palette => (Anywhere, &["Ctrl", "K"], t::do_palette()),
            Self::Search => (Anywhere, &["/"], t::search_word()),
            Self::Keys => (Anywhere, &["?"], t::all_keys()),
            Self::Availability => (Anywhere, &["O"], t::your_availability()),
            Self::Choose(Availability::Online) => (Anywhere, &[], t::go_online()),
            Self::Choose(Availability::Away) => (Anywhere, &[], t::go_away()),
            Self::Choose(Availability::Offline) => (Anywhere, &[], t::go_offline()),
            Self::AcceptChats => (Anywhere, &[], t::accept_chats()),
            Self::Preferences => (Anywhere, &["P"], t::preferences()),
        }
    }

    /// The command of a single letter.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "/" => Self::Search,
            "?" => Self::Keys,
            "j" => Self::Next,
            "k" => Self::Previous,
            "1" => Self::Show(Tab::Pending),
            "2" => Self::Show(Tab::Active),
            "3" => Self::Show(Tab::Missed),
            "4" => Self::Show(Tab::Resolved),
            "5" => Self::Show(Tab::Snoozed),
            "6" => Self::Show(Tab::Assistant),
            "m" => Self::Mine,
            "f" => Self::Filter,
            "x" => Self::Pick,
            "l" => Self::Longest,
            "a" => Self::Accept,
            "A" => Self::Reject,
            "t" => Self::Take,
            "T" => Self::Transfer,
            "J" => Self::Join,
            "r" => Self::Reply,
            "n" => Self::Note,
            "s" => Self::Replies,
            "e" => Self::End,
            "u" => Self::Undo,
            "z" => Self::Snooze,
            "i" => Self::Panel,
            "o" => Self::Availability,
            "p" => Self::Preferences,
            _ => return None,
        })
    }

    /// Whether it makes sense now.
    pub(crate) fn is_possible(self, live: Live, desk: Desk) -> bool {
        let open = desk.open.get_untracked();
        let can =
            |act| open.is_some_and(|id| live.peek(|state| state.is_live() && state.can(id, act)));
        let offer = || untrack(|| offered(live)).map(|(id, _)| id);
        let is_live = || live.peek(|state| state.is_live());
        match self {
            Self::Accept => offer().is_some(),
            Self::Reject => offer().is_some() || can(Act::Reject),
            Self::Take => open.is_some_and(|id| live.peek(|state| state.can_be_taken(id))),
            Self::Reply => open.is_some_and(|id| live.peek(|state| state.may_reply(id))),
            Self::Join => can(Act::Join),
            Self::Leave => can(Act::Leave),
            Self::Note | Self::Replies | Self::Panel => open.is_some(),
            Self::Transfer => can(Act::Transfer),
            Self::End | Self::Restore | Self::Close => can(Act::Resolve(Outcome::RestoredToAi)),
            Self::Release => can(Act::Release),
            Self::Snooze => can(Act::Snooze),
            Self::Pick => meant(desk).is_some(),
            Self::Block => open.is_some_and(|id| live.peek(|state| state.can_block(id, true))),
            Self::Unblock => open.is_some_and(|id| live.peek(|state| state.can_block(id, false))),
            Self::Undo => live.peek(|state| state.is_live() && state.undoable().is_some()),
            Self::Longest => live.peek(|state| state.counts.pending > 0),
            Self::Choose(_) | Self::AcceptChats => is_live(),
            Self::Mine => live.peek(|state| state.tab() == Tab::Active),
            Self::Palette
            | Self::Search
            | Self::Keys
            | Self::Next
            | Self::Previous
            | Self::Show(_)
            | Self::Filter
            | Self::Preferences
            | Self::Availability => true,
        }
    }

    /// Does it.
    pub(crate) fn run(self, live: Live, desk: Desk) {
        let open = desk.open.get_untracked();
        let end = |outcome| {
            if let Some(id) = open {
                live.act_with_key(|state, key| state.resolve(id, outcome, key));
            }
        };
        match self {
            Self::Palette => desk.palette.set(true),
            Self::Search => {
                desk.searching.set(true);
                desk.palette.set(true);
            }
            Self::Keys => desk.keys.set(true),
            Self::Next => step(desk, true),
            Self::Previous => step(desk, false),
            Self::Show(tab) => live.act(|state| state.show_tab(tab)),
            Self::Mine => desk.view.update(|view| view.mine = !view.mine),
            Self::Filter => desk.filtering.update(|open| *open = !*open),
            Self::Pick => toggle_meant(live, desk),
            Self::Longest => open_longest(live, desk),
            Self::Accept => {
                if let Some((id, _)) = untrack(|| offered(live)) {
                    accept(live, desk, id);
                }
            }
            Self::Reject => {
                let offer = untrack(|| offered(live)).map(|(id, _)| id);
                if let Some(id) = offer.or(open) {
                    live.act_with_key(|state, key| state.reject(id, key));
                }
            }
            Self::Take => {
                if let Some(id) = open {
                    desk.take(live, id);
                }
            }
            Self::Reply => writes(desk, Mode::Reply),
            Self::Note => writes(desk, Mode::Note),
            Self::Join => {
                if let Some(id) = open {
                    desk.join(live, id);
                }
            }
            Self::Leave => {
                if let Some(id) = open {
                    live.act_with_key(|state, key| state.leave(id, key));
                }
            }
            Self::Replies => {
                let replies = |id| live.peek(|state| state.may_reply(id));
                let mine = |id| live.peek(|state| state.stand(id) == Stand::Mine);
                match open {
                    // What is being written goes on.
                    Some(id) if mine(id) || desk.writes.get_untracked().is_some() => {}
                    Some(id) if replies(id) => desk.writes.set(Some(Mode::Reply)),
                    _ => desk.writes.set(Some(Mode::Note)),
                }
                desk.slash.set(true);
            }
            Self::Transfer => desk.transferring.set(true),
            Self::End => desk.resolving.set(true),
            Self::Restore => end(Outcome::RestoredToAi),
            Self::Close => end(Outcome::Closed),
            Self::Release => {
                if let Some(id) = open {
                    live.act_with_key(|state, key| state.release(id, key));
                }
            }
            Self::Snooze => desk.snoozing.set(true),
            Self::Block => desk.blocking.set(true),
            Self::Unblock => {
                if let Some(id) = open {
                    live.act_with_key(|state, key| state.block(id, false, key));
                }
            }
            Self::Undo => {
                live.act_with_key(|state, key| {
                    if let Some(toast) = state.undoable() {
                        state.undo(toast, key);
                    }
                });
            }
            Self::Panel => desk.panel.update(|open| *open = !*open),
            Self::Choose(availability) => live.choose(availability),
            Self::AcceptChats => {
                let accepts = untrack(|| live.frame(|frame| frame.accepting));
                live.accept_chats(!accepts);
            }
            Self::Preferences => desk.preferring.set(true),
            Self::Availability => desk.choosing.set(true),
        }
    }
}

/// Opens the first in line.
pub(crate) fn open_longest(live: Live, desk: Desk) {
    live.act(|state| state.show_tab(Tab::Pending));
    let first = live.peek(|state| state.lists.shown(Tab::Pending).first().cloned());
    if let Some(first) = first {
        desk.place.go(first.conversation);
    }
}

fn writes(desk: Desk, mode: Mode) {
    desk.writes.set(Some(mode));
    request_animation_frame(|| browser::focus(".write textarea"));
}
