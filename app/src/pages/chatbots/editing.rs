//! What is changed on the page and not saved yet, part by part, over what the server has.

use domain::look::Colour;
use leptos::prelude::*;
use protocol::forms::SettingsView;
use protocol::look::{LookSettings, PrivacySettings, SiteSettings};
use protocol::refusal::Problem;
use protocol::settings::{
    BeforeSettings, FileSettings, FormSettings, HandoffSettings, HoursSettings, IdleSettings,
    MessageSettings, QueueSettings, RatingSettings, RoutingSettings, Settings, SettingsLayer,
    TriggerSettings,
};
use protocol::{ChatbotId, Refusal};

use crate::api::ApiError;
use crate::api::settings::{load_settings, save_settings};
use crate::parts::follow::reads;
use crate::words;

/// A part of the settings: inherited as a whole, or set here.
pub(super) trait Part: Clone + PartialEq + Send + Sync + 'static {
    fn of(settings: &Settings) -> &Self;
    fn own(layer: &SettingsLayer) -> &Option<Self>;
    fn own_mut(layer: &mut SettingsLayer) -> &mut Option<Self>;
}

macro_rules! parts {
    ($($name:ident: $kind:ty,)*) => {
        $(impl Part for $kind {
            fn of(settings: &Settings) -> &Self {
                &settings.$name
            }
            fn own(layer: &SettingsLayer) -> &Option<Self> {
                &layer.$name
            }
            fn own_mut(layer: &mut SettingsLayer) -> &mut Option<Self> {
                &mut layer.$name
            }
        })*

        /// The parts in which two layers differ.
        pub(super) fn differing(one: &SettingsLayer, other: &SettingsLayer) -> Vec<&'static str> {
            let mut names = Vec::new();
            $(if one.$name != other.$name {
                names.push(stringify!($name));
            })*
            names
        }

        /// Whether a layer sets the part of this name.
        pub(super) fn sets(layer: &SettingsLayer, name: &str) -> bool {
            match name {
                $(stringify!($name) => layer.$name.is_some(),)*
                _ => false,
            }
        }

        /// A layer with the parts of another that differ from what that one began with.
        fn rebased(mut onto: SettingsLayer, began: &SettingsLayer, mine: &SettingsLayer) -> SettingsLayer {
            $(if began.$name != mine.$name {
                onto.$name.clone_from(&mine.$name);
            })*
            onto
        }
    };
}

parts! {
    look: LookSettings,
    files: FileSettings,
    handoff: HandoffSettings,
    queue: QueueSettings,
    idle: IdleSettings,
    triggers: TriggerSettings,
    routing: RoutingSettings,
    hours: HoursSettings,
    messages: MessageSettings,
    form: FormSettings,
    sites: SiteSettings,
    privacy: PrivacySettings,
    rating: RatingSettings,
    before: BeforeSettings,
}

/// How saving stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Saving {
    Ready,
    Busy,
    Saved,
    Refused(ApiError),
}

/// The settings of one chatbot, or of all, as they are being changed.
#[derive(Clone, Copy)]
pub(super) struct Editing {
    /// None for all chatbots.
    pub(super) chatbot: Option<ChatbotId>,
    pub(super) loaded: RwSignal<SettingsView>,
    pub(super) draft: RwSignal<SettingsLayer>,
    pub(super) saving: RwSignal<Saving>,
    /// Whether the colour was left as it is now: before that it is still being typed.
    pub(super) colour_left: RwSignal<bool>,
    /// A text that is being written to be taught: it stays while another section is looked at.
    pub(super) lesson: RwSignal<String>,
}

impl Editing {
    pub(super) fn of(chatbot: Option<ChatbotId>, view: SettingsView) -> Self {
        Self {
            chatbot,
            draft: RwSignal::new(view.layer.clone()),
            loaded: RwSignal::new(view),
            saving: RwSignal::new(Saving::Ready),
            colour_left: RwSignal::new(false),
            lesson: RwSignal::new(String::new()),
        }
    }

    /// A part as it would be saved.
    pub(super) fn part<P: Part>(self) -> P {
        let own = self.draft.with(|draft| P::own(draft).clone());
        own.unwrap_or_else(|| self.loaded.with(|loaded| P::of(&loaded.below).clone()))
    }

    /// Something of a part.
    pub(super) fn reads<P: Part, T: Send + Sync + 'static>(self, read: fn(&P) -> T) -> Signal<T> {
        reads(move || read(&self.part::<P>()))
    }

    /// Changes a part. What is as it would be inherited stays inherited.
    pub(super) fn change<P: Part>(self, change: &mut dyn FnMut(&mut P)) {
        let mut part = untrack(|| self.part::<P>());
        change(&mut part);
        let inherits = self.loaded.with_untracked(|loaded| {
            P::own(&loaded.layer).is_none() && *P::of(&loaded.below) == part
        });
        let own = (!inherits).then_some(part);
        self.draft.update(|draft| *P::own_mut(draft) = own);
        self.touched();
    }

    /// A change of a part by a value that was typed or chosen.
    pub(super) fn writes<P: Part, T: 'static>(self, write: fn(&mut P, T)) -> Callback<T> {
        Callback::new(move |value| {
            let mut value = Some(value);
            self.change::<P>(&mut |part| {
                if let Some(value) = value.take() {
                    write(part, value);
                }
            });
        })
    }

    /// Goes back to what is inherited.
    pub(super) fn reset<P: Part>(self) {
        self.draft.update(|draft| *P::own_mut(draft) = None);
        self.touched();
    }

    fn touched(self) {
        if self.saving.get_untracked() != Saving::Busy {
            self.saving.set(Saving::Ready);
        }
    }

    /// The parts that would be saved otherwise than they are.
    pub(super) fn changed(self) -> Vec<&'static str> {
        self.draft
            .with(|draft| self.loaded.with(|loaded| differing(draft, &loaded.layer)))
    }

    /// What is wrong with a field, or with anything in it.
    pub(super) fn trouble(self, path: impl Into<String>) -> Signal<Option<String>> {
        let path: String = path.into();
        reads(move || {
            let (setting, problem) = self.wrong()?;
            let rest = setting.strip_prefix(&path)?;
            (rest.is_empty() || rest.starts_with('.')).then(|| words::problem(problem))
        })
    }

    /// Which line is wrong of the field of lines at this path, where it is about one.
    pub(super) fn wrong_place(self, path: &str) -> Option<usize> {
        let (setting, _) = self.wrong()?;
        let rest = setting.strip_prefix(path)?.strip_prefix('.')?;
        rest.split('.').next()?.parse().ok()
    }

    /// The path of the setting that was refused, or would be, and why.
    pub(super) fn wrong(self) -> Option<(String, Problem)> {
        let refused = self.saving.with(|saving| match saving {
            Saving::Refused(ApiError::Refused {
                refusal: Refusal::SettingInvalid { setting, problem },
                ..
            }) => Some((setting.clone(), *problem)),
            _ => None,
        });
        refused.or_else(|| {
            let colour = self.colour_left.get().then(|| self.part::<LookSettings>());
            let problem = Colour::typed(&colour?.colour).err()?;
            Some(("look.colour".to_owned(), problem))
        })
    }

    /// Whether somebody else saved meanwhile.
    pub(super) fn is_overtaken(self) -> bool {
        self.saving.with(|saving| {
            matches!(
                saving,
                Saving::Refused(ApiError::Refused {
                    refusal: Refusal::SettingsChanged,
                    ..
                })
            )
        })
    }

    pub(super) fn discard(self) {
        self.draft
            .set(self.loaded.with_untracked(|loaded| loaded.layer.clone()));
        self.saving.set(Saving::Ready);
    }

    /// Saves, and shows what the server then has.
    pub(super) fn save(self) {
        if self.saving.get_untracked() == Saving::Busy {
            return;
        }
        self.saving.set(Saving::Busy);
        let sent = self.draft.get_untracked();
        let version = self.loaded.with_untracked(|loaded| loaded.version);
        leptos::task::spawn_local(async move {
            let saved = match save_settings(self.chatbot, sent.clone(), version).await {
                Ok(()) => load_settings(self.chatbot).await,
                // An answer that was lost on its way: who was there first is oneself.
                Err(error) if error.is_overtaken() => match load_settings(self.chatbot).await {
                    Ok(view) if view.layer == sent => Ok(view),
                    _ => Err(error),
                },
                Err(error) => Err(error),
            };
            match saved {
                Ok(view) => {
                    // What was changed since it was sent is still to be saved.
                    let draft = self.draft.get_untracked();
                    self.draft.set(rebased(view.layer.clone(), &sent, &draft));
                    self.loaded.set(view);
                    self.saving.set(Saving::Saved);
                }
                Err(error) => self.saving.set(Saving::Refused(error)),
            }
        });
    }

    /// Takes what somebody else saved; with one's own changes on top, or without.
    pub(super) fn catch_up(self, keep: bool) {
        leptos::task::spawn_local(async move {
            match load_settings(self.chatbot).await {
                Ok(view) => {
                    let began = self.loaded.with_untracked(|loaded| loaded.layer.clone());
                    let mine = self.draft.get_untracked();
                    let layer = view.layer.clone();
                    let layer = if keep {
                        rebased(layer, &began, &mine)
                    } else {
                        layer
                    };
                    self.loaded.set(view);
                    self.draft.set(layer);
                    self.saving.set(Saving::Ready);
                }
                Err(error) => self.saving.set(Saving::Refused(error)),
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(limit_mebibytes: u32) -> Option<FileSettings> {
        Some(FileSettings {
            from_visitors: true,
            limit_mebibytes,
        })
    }

    #[test]
    fn what_somebody_else_saved_stays_where_one_changed_nothing() {
        let began = SettingsLayer::default();
        let mine = SettingsLayer {
            files: files(3),
            ..SettingsLayer::default()
        };
        let theirs = SettingsLayer {
            files: files(9),
            sites: Some(SiteSettings::default()),
            ..SettingsLayer::default()
        };
        assert_eq!(vec!["files"], differing(&began, &mine));
        let both = rebased(theirs.clone(), &began, &mine);
        assert_eq!(files(3), both.files);
        assert_eq!(theirs.sites, both.sites);
        assert!(sets(&both, "sites") && !sets(&both, "look") && !sets(&both, "nothing"));
    }
}
