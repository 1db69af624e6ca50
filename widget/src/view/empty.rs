//! What stands where nothing was said yet: the greeting, and questions to begin with.

use web_sys::Element;

use crate::dom::{add, button, flag, icon, inside, say, set};
use crate::state::State;
use crate::text::Line;

/// The place of the greeting.
pub(super) struct Empty {
    place: Element,
    /// What it was drawn from: the chatbot's view, and whether a person may be asked for.
    drawn: Option<(u32, bool)>,
}

impl Empty {
    pub(super) fn new(chat: &Element) -> Self {
        let place = inside(chat, "div", "");
        Self { place, drawn: None }
    }

    pub(super) fn show(&mut self, state: &State, empty: bool) {
        flag(&self.place, "hidden", !empty);
        let drawn = Some((state.version, state.may_ask()));
        if !empty || self.drawn == drawn {
            return;
        }
        let Some(widget) = &state.widget else {
            return;
        };
        self.drawn = drawn;
        self.place.set_text_content(None);
        let hello = inside(&self.place, "div", "hello");
        let greeting = inside(&hello, "h3", "");
        // In the chatbot's language, whichever way the visitor's runs.
        set(&greeting, "dir", "auto");
        say(&greeting, &widget.greeting);
        let ways = inside(&self.place, "div", "go");
        for starter in &widget.starters {
            way(&ways, "pick", "#i-ai", starter);
        }
        if state.may_ask() {
            way(&ways, "hand", "#i-person", &Line::talk.text());
        }
    }
}

fn way(ways: &Element, does: &str, name: &str, words: &str) {
    let way = button(ways, "", does);
    add(&way, &icon(name, "i"));
    let label = inside(&way, "span", "");
    set(&label, "dir", "auto");
    say(&label, words);
    add(&way, &icon("#i-right", "i"));
}
