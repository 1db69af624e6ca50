//! What the parts of one composer share: the text box, and what is offered at the caret.

use leptos::html::Textarea;
use leptos::prelude::*;
use protocol::ConversationId;
use protocol::attachment::Attachment;
use protocol::reply::Step;

use crate::live::Live;
use crate::live::edit::{Edit, Mark, Sign, Token, token};
use crate::live::emoji;
use crate::live::files::Files;
use crate::live::state::Mode;
use crate::parts::area;
use crate::parts::memo::memo;

/// Something that is offered at the caret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) title: String,
    /// The shortcut that leads here.
    pub(super) code: String,
    /// The text itself, in one line.
    pub(super) about: String,
    /// What takes the sign's place.
    with: String,
    /// What is done after it is sent.
    steps: Vec<Step>,
    /// What goes along with it.
    files: Vec<Attachment>,
}

/// How many emoji are offered at the caret.
const EMOJI: usize = 8;

/// One composer.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    area: NodeRef<Textarea>,
    files: Files,
    to: (ConversationId, Memo<Mode>),
    /// The sign behind which the caret stands.
    token: RwSignal<Option<Token>>,
    /// A sign that somebody did not want anything for.
    dismissed: StoredValue<Option<usize>>,
    pub(super) chosen: RwSignal<usize>,
    pub(super) hits: Memo<Vec<Hit>>,
    /// What is done after this text is sent.
    pub(super) then: RwSignal<Vec<Step>>,
    /// Whether the emoji picker is open.
    pub(super) picking: RwSignal<bool>,
}

impl Writing {
    pub(super) fn new(
        live: Live,
        id: ConversationId,
        area: NodeRef<Textarea>,
        mode: Memo<Mode>,
    ) -> Self {
        let token = RwSignal::new(None);
        let hits = memo(move || {
            let Some(token) = token.get() else {
                return Vec::new();
            };
            found(live, id, mode.get(), &token)
        });
        Self {
            area,
            files: Files::here(),
            to: (id, mode),
            token,
            dismissed: StoredValue::new(None),
            chosen: RwSignal::new(0),
            hits,
            then: RwSignal::new(Vec::new()),
            picking: RwSignal::new(false),
        }
    }

    /// Looks whether the caret stands behind a sign.
    pub(super) fn look(self) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let at = area::selected(&area);
        let text = area.value();
        let found = token(&text, at.end).filter(|_| at.is_empty());
        let start = found.as_ref().map(|token| token.start);
        if start.is_none() || self.dismissed.get_value() != start {
            self.dismissed.set_value(None);
        }
        let found = found.filter(|_| self.dismissed.get_value().is_none());
        if self.token.with_untracked(|token| *token != found) {
            self.chosen.set(0);
            self.token.set(found);
        }
    }

    /// The sign that is looked for.
    pub(super) fn sign(self) -> Option<Sign> {
        self.token
            .with(|token| token.as_ref().map(|token| token.sign))
    }

    /// What was typed behind it.
    pub(super) fn query(self) -> String {
        let token = self.token.get();
        token.map(|token| token.query).unwrap_or_default()
    }

    /// Whether the list is shown. Behind a lone slash it is shown even when there are no replies.
    pub(super) fn is_offering(self) -> bool {
        let empty = self.hits.with(Vec::is_empty);
        !empty || (self.sign() == Some(Sign::Reply) && self.query().is_empty())
    }

    /// The option that the keys are at.
    pub(super) fn active(self) -> Option<String> {
        let any = self.hits.with(|hits| !hits.is_empty());
        any.then(|| format!("offer-{}", self.chosen.get()))
    }

    /// Nothing is wanted for this sign.
    pub(super) fn dismiss(self) {
        let start = self
            .token
            .with_untracked(|token| token.as_ref().map(|token| token.start));
        self.dismissed.set_value(start);
        self.token.set(None);
    }

    /// The box lost the focus, perhaps because it is not there any more.
    pub(super) fn left(self) {
        if self.token.try_with_untracked(Option::is_some) == Some(true) {
            self.token.set(None);
        }
    }

    /// Puts what is offered in the sign's place.
    pub(super) fn take(self, at: usize) {
        let hit = self.hits.with_untracked(|hits| hits.get(at).cloned());
        let token = self.token.get_untracked();
        let (Some(hit), Some(token), Some(area)) = (hit, token, self.area.get_untracked()) else {
            return;
        };
        let end = token.start + 1 + token.query.len();
        // What is missing is selected, so that the next letters fill it.
        let blank = domain::reply::blanks(&hit.with).into_iter().next();
        let missing = blank.and_then(|blank| Some((hit.with.find(blank)?, blank.len())));
        let select = match missing {
            Some((from, length)) => token.start + from..token.start + from + length,
            None => token.start + hit.with.len()..token.start + hit.with.len(),
        };
        self.token.set(None);
        if !hit.steps.is_empty() {
            self.then.set(hit.steps);
        }
        let (id, mode) = (self.to.0, self.to.1.get_untracked());
        self.files.copy(hit.files, (id, mode));
        let edit = Edit {
            replace: token.start..end,
            with: hit.with,
            select,
        };
        area::apply(&area, &edit);
    }

    /// Puts a sign at the caret that opens its list.
    pub(super) fn begin(self, sign: &str) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let at = area::selected(&area);
        let value = area.value();
        // Asked for twice it is there once.
        if self.sign().is_some() && value[..at.start].ends_with(sign) {
            return;
        }
        let before = value[..at.start].chars().next_back();
        let space = if before.is_none_or(char::is_whitespace) {
            ""
        } else {
            " "
        };
        self.insert(&format!("{space}{sign}"));
    }

    /// Puts a text at the caret.
    pub(super) fn insert(self, with: &str) {
        let Some(area) = self.area.get_untracked() else {
            return;
        };
        let replace = area::selected(&area);
        let end = replace.start + with.len();
        let edit = Edit {
            replace,
            with: with.to_owned(),
            select: end..end,
        };
        area::apply(&area, &edit);
        self.look();
    }

    /// Sets a mark on what is selected, or takes it away.
    pub(super) fn mark(self, mark: Mark) {
        if let Some(area) = self.area.get_untracked() {
            let edit = mark.edit(&area.value(), area::selected(&area));
            area::apply(&area, &edit);
        }
    }

    /// Opens the emoji picker, or goes back to the text.
    pub(super) fn toggle_picker(self) {
        let open = self.picking.get_untracked();
        self.picking.set(!open);
        if open {
            self.focus();
        }
    }

    /// Back to the text.
    pub(super) fn focus(self) {
        if let Some(area) = self.area.get_untracked() {
            let _focused = area.focus();
        }
    }
}

/// What fits behind a sign.
fn found(live: Live, id: ConversationId, mode: Mode, token: &Token) -> Vec<Hit> {
    match token.sign {
        Sign::Reply => live.read(|state| {
            let values = state.values(id);
            let replies = state.replies_for(id, &token.query).into_iter();
            let hit = |reply: protocol::reply::SavedReply| {
                let with = domain::reply::fill(&reply.text, &values);
                let files = reply.files.iter().map(|file| file.name.clone());
                let steps = reply.steps.iter().map(|step| state.step_words(step));
                let does: Vec<_> = files.chain(steps).collect();
                let about = match with.as_str() {
                    "" => does.join(" · "),
                    words => words.to_owned(),
                };
                Hit {
                    title: reply.title,
                    code: format!("/{}", reply.shortcut),
                    about: domain::text::cut(&about, 120),
                    with,
                    steps: reply.steps,
                    files: reply.files,
                }
            };
            replies.map(hit).collect()
        }),
        Sign::Colleague if mode == Mode::Note => live.read(|state| {
            let colleagues = state.colleagues(&token.query).into_iter();
            let hit = |(_, name): (_, String)| Hit {
                with: format!("@{name} "),
                title: name,
                code: String::new(),
                about: String::new(),
                steps: Vec::new(),
                files: Vec::new(),
            };
            // A name that is written in full needs no list.
            let hits = colleagues.map(hit);
            hits.filter(|hit| hit.title != token.query.trim_end())
                .collect()
        }),
        Sign::Colleague => Vec::new(),
        Sign::Emoji => {
            let found = emoji::found(&token.query).into_iter().take(EMOJI);
            let hit = |emoji: emoji::Emoji| Hit {
                title: format!("{} {}", emoji.sign, emoji.names),
                code: String::new(),
                about: String::new(),
                with: emoji.sign.to_owned(),
                steps: Vec::new(),
                files: Vec::new(),
            };
            found.map(hit).collect()
        }
    }
}
