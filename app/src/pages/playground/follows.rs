//! What the page knows of its playground: asked for each second, and told after everything that is done.

use std::time::Duration;

use leptos::prelude::*;
use protocol::playground::{
    Play, PlayChatbot, PlayLine, PlayNo, PlayStep, PlayView, PlaygroundView,
};

use crate::api::ApiError;
use crate::api::playground::{act_in_playground, load_playground};
use crate::live::browser;
use crate::parts::follow::effect;

/// How often it is asked how it stands.
const ASKED: Duration = Duration::from_secs(1);

type Answer = Result<PlaygroundView, ApiError>;

/// The playground of this page.
#[derive(Clone, Copy)]
pub(super) struct Playing {
    pub(super) chatbots: RwSignal<Vec<PlayChatbot>>,
    /// Without its lines.
    pub(super) open: RwSignal<Option<PlayView>>,
    pub(super) lines: RwSignal<Vec<PlayLine>>,
    pub(super) no: RwSignal<Option<PlayNo>>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
    /// It was there and is over, without being asked to end.
    pub(super) ended: RwSignal<bool>,
    /// It is being ended: nothing of it is shown that would ask for what is about to go.
    pub(super) ending: RwSignal<bool>,
    /// The lines that were told.
    told: StoredValue<u32>,
    asking: Action<u32, Answer>,
    doing: Action<(Play, u32), Answer>,
}

impl Playing {
    /// Takes in what the page was loaded with, and follows from then on.
    pub(super) fn begin(view: PlaygroundView) -> Self {
        let playing = Self {
            chatbots: RwSignal::default(),
            open: RwSignal::new(None),
            lines: RwSignal::default(),
            no: RwSignal::new(None),
            trouble: RwSignal::new(None),
            ended: RwSignal::new(false),
            ending: RwSignal::new(false),
            told: StoredValue::new(0),
            asking: Action::new(|told: &u32| load_playground(*told)),
            doing: Action::new(|(what, told): &(Play, u32)| act_in_playground(what.clone(), *told)),
        };
        playing.take(view);
        effect(move || {
            if let Some(answer) = playing.asking.value().get() {
                playing.hear(answer, false);
            }
        });
        effect(move || {
            if let Some(answer) = playing.doing.value().get() {
                playing.hear(answer, true);
            }
        });
        effect(move || {
            let ticking = set_interval_with_handle(move || playing.ask(), ASKED);
            on_cleanup(move || {
                if let Ok(ticking) = ticking {
                    ticking.clear();
                }
            });
        });
        playing
    }

    /// Does something.
    pub(super) fn play(self, what: Play) {
        self.no.set(None);
        self.trouble.set(None);
        self.ended.set(false);
        let ends = matches!(what, Play::Begin(_) | Play::End);
        self.ending.set(ends);
        let told = self.told.get_value();
        let doing = self.doing;
        if ends {
            // The panes are gone before the playground is.
            request_animation_frame(move || {
                doing.dispatch((what, told));
            });
        } else {
            doing.dispatch((what, told));
        }
    }

    /// Whether something is being done.
    pub(super) fn is_busy(self) -> bool {
        self.doing.pending().get() || self.ending.get()
    }

    /// What a step of the log is about, once it came after so many lines.
    pub(super) fn came_after(self, lines: usize, is: fn(PlayStep) -> bool) -> bool {
        self.lines
            .with_untracked(|all| all.iter().skip(lines).any(|line| is(line.step)))
    }

    fn ask(self) {
        let open = self.open.with_untracked(Option::is_some);
        let busy = self.asking.pending().get_untracked() || untrack(|| self.is_busy());
        if open && !busy && !browser::is_hidden() {
            self.asking.dispatch(self.told.get_value());
        }
    }

    fn hear(self, answer: Answer, asked: bool) {
        match answer {
            Ok(view) => {
                if asked {
                    self.no.set(view.no);
                }
                let id = |open: &Option<PlayView>| open.as_ref().map(|open| open.id.clone());
                let (was, now) = (self.open.with_untracked(id), id(&view.open));
                self.ended.set(was.is_some() && now.is_none() && !asked);
                self.take(view);
                if asked && was != now {
                    request_animation_frame(go_on);
                }
            }
            Err(error) => self.trouble.set(Some(error)),
        }
        // Last, so that nothing of what ended comes back for a moment.
        if asked {
            self.ending.set(false);
        }
    }

    fn take(self, view: PlaygroundView) {
        if !view.chatbots.is_empty() {
            self.chatbots.set(view.chatbots);
        }
        let Some(mut open) = view.open else {
            self.open.set(None);
            self.lines.set(Vec::new());
            self.told.set_value(0);
            return;
        };
        let same = self
            .open
            .with_untracked(|was| was.as_ref().is_some_and(|was| was.id == open.id));
        if !same {
            self.lines.set(Vec::new());
            self.told.set_value(0);
        }
        let lines = std::mem::take(&mut open.lines);
        let told = self.told.get_value();
        // Two answers may tell the same.
        let known = usize::try_from(told.saturating_sub(open.told)).unwrap_or(usize::MAX);
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        if lines.len() > known {
            self.told.set_value(open.told + count);
            self.lines
                .update(|all| all.extend(lines.into_iter().skip(known)));
        }
        if self.open.with_untracked(|was| was.as_ref() != Some(&open)) {
            self.open.set(Some(open));
        }
    }
}

/// The button that was used is gone with what it stood in: who works by keys goes on in what is there
/// instead.
fn go_on() {
    if browser::has_focus("body") {
        browser::focus(".playground :is(.choices, .bar-of-play) button");
    }
}
