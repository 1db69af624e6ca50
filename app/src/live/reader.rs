//! Where one reads in a timeline, and what has been read of it.

use leptos::html::Div;
use leptos::prelude::*;
use protocol::ConversationId;

use super::{Live, browser};
use crate::parts::follow::effect;

/// Nearer to the end than this, in pixels, is at the end.
const AT_END: i32 = 40;
/// So much of what was read stays above what was not.
const UNREAD_ROOM: i32 = 56;
/// Nearer to the start than this, older lines are loaded.
const NEAR_START: i32 = 200;

/// A reader of one timeline.
#[derive(Clone, Copy)]
pub(crate) struct Reader {
    live: Live,
    conversation: ConversationId,
    area: NodeRef<Div>,
    /// Whether new lines are followed.
    at_end: RwSignal<bool>,
    /// Whether it was at its first place: what is unread, or the end.
    arrived: StoredValue<bool>,
    /// The height of all lines and of the part on screen, and the distance from the end, at the last look.
    seen: StoredValue<(i32, i32, i32)>,
}

impl Reader {
    pub(crate) fn new(live: Live, conversation: ConversationId, area: NodeRef<Div>) -> Self {
        let (at_end, seen) = (RwSignal::new(true), StoredValue::new((0, 0, 0)));
        let reader = Self {
            live,
            conversation,
            area,
            at_end,
            arrived: StoredValue::new(false),
            seen,
        };
        // Coming back to the page reads what came meanwhile.
        let heard = window_event_listener(leptos::ev::focus, move |_| reader.changed(false));
        on_cleanup(move || heard.remove());
        effect(move || {
            if let Some(area) = area.get() {
                // Kept until the timeline is left.
                StoredValue::new_local(browser::on_resize(&area, move || reader.changed(false)));
            }
        });
        reader
    }

    /// Whether the end is on screen.
    pub(crate) fn is_at_end(self) -> bool {
        self.at_end.get()
    }

    /// Shows the newest line and follows from there on.
    pub(crate) fn go_to_end(self) {
        self.at_end.set(true);
        self.settle(false);
    }

    /// The lines changed, or the room for them. Once that is on screen, the place is kept.
    pub(crate) fn changed(self, earlier_came: bool) {
        request_animation_frame(move || self.settle(earlier_came));
    }

    /// The reader moved, or the browser did because something above changed its height.
    pub(crate) fn scrolled(self) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let (all, shown) = (area.scroll_height(), area.client_height());
        let from_end = all - area.scroll_top();
        let (all_before, shown_before, _) = self.seen.get_value();
        let near_end = from_end - shown < AT_END;
        if (all, shown) == (all_before, shown_before) {
            self.set_at_end(near_end);
            self.seen.set_value((all, shown, from_end));
        } else {
            // With another height it was not the reader who moved, and the place to keep is the one
            // from before.
            self.changed(false);
        }
        if near_end {
            self.read();
        }
        if area.scroll_top() < NEAR_START {
            self.live.act(|state| state.load_earlier(self.conversation));
        }
    }

    fn settle(self, earlier_came: bool) {
        // The conversation may have been left since.
        let (Some(area), Some(at_end)) = (
            self.area.try_get_untracked().flatten(),
            self.at_end.try_get_untracked(),
        ) else {
            return;
        };
        let (.., from_end) = self.seen.get_value();
        let unread = self.unread_above(&area);
        if let Some(seq) = self.live.peek(|state| state.sought(self.conversation)) {
            self.at_end.set(false);
            if let Some(top) = browser::reveal(&area, &format!("[data-seq=\"{}\"]", seq.0)) {
                area.set_scroll_top((top - UNREAD_ROOM).max(0));
            }
            let conversation = self.conversation;
            self.live.act(|state| state.reached(conversation));
        } else if let Some(top) = unread {
            self.at_end.set(false);
            area.set_scroll_top(top);
        } else if at_end {
            area.set_scroll_top(area.scroll_height());
            self.read();
        } else if earlier_came {
            area.set_scroll_top(area.scroll_height() - from_end);
        }
        let all = area.scroll_height();
        self.seen
            .set_value((all, area.client_height(), all - area.scroll_top()));
    }

    /// Where what is unread begins, at the first look, if one would have to scroll back to it.
    fn unread_above(self, area: &web_sys::HtmlDivElement) -> Option<i32> {
        if self.arrived.try_get_value()? || area.scroll_height() == 0 {
            return None;
        }
        self.arrived.set_value(true);
        let top = browser::top_of(area, ".line.unread")? - UNREAD_ROOM;
        (top < area.scroll_height() - area.client_height()).then_some(top.max(0))
    }

    fn set_at_end(self, at_end: bool) {
        if self.at_end.get_untracked() != at_end {
            self.at_end.set(at_end);
        }
    }

    /// What is on screen while somebody looks has been read.
    fn read(self) {
        if !browser::is_hidden() {
            self.live.act(|state| state.read(self.conversation));
        }
    }
}
