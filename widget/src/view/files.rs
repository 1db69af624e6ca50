//! Files: those that go along with the next message, and those in the timeline.

use alloc::string::String;
use alloc::vec::Vec;

use protocol::attachment::Attachment;
use web_sys::Element;

use crate::dom::{add, button, element, flag, icon, inside, label, say, say_line, set};
use crate::host::host;
use crate::ids;
use crate::state::{State, Up};
use crate::text::{self, Line};

/// The longest sides that a picture takes, in CSS pixels.
const WIDTH: u32 = 250;
const HEIGHT: u32 = 220;

/// The button, and the list of what was chosen.
pub(super) struct Files {
    clip: Element,
    list: Element,
    /// What the list shows: the place of each, and how far it got.
    shown: Vec<(u32, u32)>,
}

impl Files {
    /// The list at the end of the form, the button at the start of its frame.
    pub(super) fn new(form: &Element, frame: &Element) -> Self {
        let list = element("ul", "up");
        label(&list, Line::files);
        // Its error is a frame that is not in the form.
        let _listed = form.insert_before(&list, Some(frame));
        let clip = element("label", "btn sq clip");
        set(&clip, "data-kind", "quiet");
        add(&clip, &icon("#i-clip", "i"));
        let input = inside(&clip, "input", "only-read");
        set(&input, "type", "file");
        set(&input, "multiple", "");
        // Pictures first, so that phones offer the camera.
        set(&input, "accept", "image/*,*/*");
        let _first = frame.insert_before(&clip, frame.first_element_child().as_deref());
        flag(&list, "hidden", true);
        Self {
            clip,
            list,
            shown: Vec::new(),
        }
    }

    /// Shows what the state says.
    pub(super) fn show(&mut self, state: &State) {
        let limit = state.file_limit().filter(|_| state.token.is_some());
        flag(&self.clip, "hidden", limit.is_none());
        if let (Some(limit), Some(input)) = (limit, self.clip.last_element_child()) {
            // The limit is told before anything is chosen.
            let label = Line::attach.count(limit as usize);
            set(&input, "aria-label", &label);
            set(&self.clip, "title", &label);
        }
        let stage = |up: &Up| match up {
            Up::Going(_) => 0,
            Up::Kept(_) => 1,
            Up::Broken => 2,
            Up::Refused(_) => 3,
        };
        let files = state.files.iter();
        let now: Vec<_> = files.map(|file| (file.place, stage(&file.up))).collect();
        if now != self.shown {
            self.shown = now;
            self.draw(state);
        }
        for file in &state.files {
            if let Up::Going(sent) = file.up {
                let bar = self.list.query_selector(&bar_of(file.place)).ok().flatten();
                if let Some(bar) = bar {
                    let share = sent * 100 / file.bytes.max(1);
                    set(&bar, "value", &text::number(share.min(100) as usize));
                }
            }
        }
    }

    fn draw(&self, state: &State) {
        self.list.set_text_content(None);
        flag(&self.list, "hidden", state.files.is_empty());
        for file in &state.files {
            let row = inside(&self.list, "li", "");
            add(&row, &icon("#i-file", "i"));
            let name = inside(&row, "span", "cut");
            say(&name, &file.name);
            let remark = match &file.up {
                Up::Going(_) => {
                    let bar = inside(&row, "progress", "");
                    set(&bar, "max", "100");
                    set(&bar, "data-place", &text::number(file.place as usize));
                    label(&bar, Line::uploading);
                    None
                }
                Up::Kept(_) => None,
                Up::Broken => Some(Line::upload_broke.text() + " "),
                Up::Refused(why) => Some(why.clone()),
            };
            let out = button(&row, "btn sq sm", "leave-out");
            set(&out, "data-place", &text::number(file.place as usize));
            set(&out, "aria-label", &Line::leave_out.with(&file.name));
            add(&out, &icon("#i-x", "i"));
            if let Some(remark) = remark {
                let line = inside(&row, "small", "");
                set(&line, "role", "alert");
                say(&line, &remark);
                if file.up == Up::Broken {
                    say_line(&button(&line, "btn sm", "upload"), Line::try_again);
                }
            }
        }
    }
}

fn bar_of(place: u32) -> String {
    let mut selector = String::from("progress[data-place=\"");
    selector.push_str(&text::number(place as usize));
    selector.push_str("\"]");
    selector
}

/// What goes along with a message, at the end of its bubble.
pub(super) fn attached(bubble: &Element, files: &[Attachment]) {
    for file in files {
        let open = button(bubble, "att", "save");
        set(&open, "data-key", &ids::written(file.id.0));
        set(&open, "data-name", &file.name);
        match file.picture {
            Some(picture) => {
                let image = inside(&open, "img", "");
                set(&image, "alt", &file.name);
                let (wide, high) = fitted(picture.width, picture.height);
                set(&image, "width", &text::number(wide as usize));
                set(&image, "height", &text::number(high as usize));
                host().picture(&image, &ids::written(file.id.0));
            }
            None => {
                add(&open, &icon("#i-file", "i"));
                let about = inside(&open, "span", "cut");
                say(&about, &file.name);
                say(&inside(&open, "small", ""), &text::size(file.bytes));
            }
        }
    }
}

/// How large a picture is shown: as large as it is, at most as large as there is room.
fn fitted(width: u32, height: u32) -> (u32, u32) {
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let wide = width
        .min(u64::from(WIDTH))
        .min(width * u64::from(HEIGHT) / height);
    (
        (wide.max(1)) as u32,
        (height * wide.max(1) / width).max(1) as u32,
    )
}
