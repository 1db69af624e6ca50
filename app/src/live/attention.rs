//! What rings in this browser: the bell of the state, made heard and seen, once for all tabs.

use domain::hours;
use leptos::ev;
use leptos::prelude::*;
use protocol::person::{Availability, Notices};
use protocol::{AgentId, ConversationId, Timestamp};

use super::notify::{self, Allowed};
use super::place::Place;
use super::preferences::{Idle, Preferences, idle};
use super::state::{Bell, Look, Ring};
use super::{Live, browser, local, sound, storage, tabs};
use crate::words::t;

/// A sign of the reader is noted at most this often.
const NOTED_MS: u64 = 5_000;

/// The page's attention. It belongs to the root.
#[derive(Clone, Copy)]
pub(crate) struct Attention {
    pub(crate) preferences: RwSignal<Preferences>,
    /// Whether the browser lets this page make sounds.
    pub(crate) sounds: RwSignal<bool>,
    /// Whether it lets this page show notifications.
    pub(crate) notifies: RwSignal<Allowed>,
    bell: StoredValue<Bell>,
    live: Live,
    place: Place,
}

impl Attention {
    /// Puts it into the context; [`Attention::begin`] wakes it.
    pub(crate) fn provide() {
        provide_context(Self {
            preferences: RwSignal::default(),
            sounds: RwSignal::new(true),
            notifies: RwSignal::new(Allowed::Yes),
            bell: StoredValue::default(),
            live: Live::here(),
            place: Place::here(),
        });
    }

    /// The attention of this page.
    pub(crate) fn here() -> Self {
        expect_context()
    }

    /// Listens and rings, once per page. Only called in the browser.
    pub(crate) fn begin(self, me: AgentId) {
        self.preferences
            .set(Preferences::of_kept(&storage::preferences(me)));
        self.bell.set_value(Bell::of_rung(storage::rung(me)));
        tabs::wait_for_turn(|| {});
        self.look_at_permissions();
        let sign = move || {
            sound::wake();
            storage::note_sign(local::now(), NOTED_MS);
            self.look_at_permissions();
        };
        sign();
        let _pointer = window_event_listener(ev::pointerdown, move |_| sign());
        let _keys = window_event_listener(ev::keydown, move |_| sign());
        Effect::new(move || {
            self.preferences
                .with(|chosen| storage::keep_preferences(me, &chosen.kept()));
        });
        // At every change of the state and every second.
        Effect::new(move || {
            let now = self.live.now();
            self.ring(me, now);
        });
        Effect::new(move || {
            let waiting = self.live.frame(|frame| frame.counts.pending);
            browser::set_badge(waiting > 0);
        });
        set_interval(
            move || self.look_for_idling(),
            std::time::Duration::from_secs(5),
        );
    }

    /// Plays what a request sounds like.
    pub(crate) fn test(self) {
        let (kind, volume) = self
            .preferences
            .with_untracked(|chosen| (chosen.sound, chosen.volume));
        sound::wake();
        sound::request(kind, volume);
    }

    /// Asks whether notifications may be shown.
    pub(crate) fn ask(self) {
        leptos::task::spawn_local(async move {
            let _known = self.notifies.try_set(notify::ask().await);
        });
    }

    fn look_at_permissions(self) {
        let (sounds, notifies) = (sound::is_allowed(), notify::allowed());
        if self.sounds.get_untracked() != sounds {
            self.sounds.set(sounds);
        }
        if self.notifies.get_untracked() != notifies {
            self.notifies.set(notifies);
        }
        // A browser that was just told to wake takes a moment.
        if !sounds {
            set_timeout(
                move || {
                    let now = sound::is_allowed();
                    if now {
                        let _known = self.sounds.try_set(now);
                    }
                },
                std::time::Duration::from_millis(300),
            );
        }
    }

    fn ring(self, me: AgentId, now: Timestamp) {
        let chosen = self.preferences.get();
        let seen = !browser::is_hidden();
        let look = Look {
            at: self.place.open().filter(|_| seen),
            again_ms: u64::from(chosen.again_minutes) * 60_000,
        };
        let heard = self.live.read(|state| {
            let listen = |bell: &mut Bell| bell.listen(state, look, now);
            self.bell.try_update_value(listen)
        });
        let rings = heard.unwrap_or_default();
        if rings.is_empty() || !tabs::rings() {
            return;
        }
        self.bell
            .with_value(|bell| storage::keep_rung(me, bell.rung()));
        let notices = self.live.peek(|state| state.notices.clone());
        if is_quiet(&notices, local::now()) {
            return;
        }
        let is_request = |ring: &Ring| matches!(ring, Ring::Request { .. });
        // However many come at once, they make one sound.
        if notices.requests && rings.iter().any(is_request) {
            sound::request(chosen.sound, chosen.volume);
            browser::count_ring();
        } else if notices.replies && !rings.iter().all(is_request) {
            sound::reply(chosen.volume);
            browser::count_ring();
        }
        if chosen.notifies && !browser::has_attention() {
            rings.iter().for_each(|ring| self.notify(*ring));
        }
    }

    fn notify(self, ring: Ring) {
        let (conversation, again) = match ring {
            Ring::Request {
                conversation,
                again,
                ..
            } => (conversation, again),
            Ring::Reply { conversation }
            | Ring::Back { conversation }
            | Ring::Mention { conversation, .. } => (conversation, false),
        };
        let Some((name, words)) = self.about(conversation) else {
            return;
        };
        let title = match ring {
            Ring::Request { .. } if again => t::notice_again(&name),
            Ring::Request { .. } => t::notice_request(&name),
            Ring::Reply { .. } => t::notice_reply(&name),
            Ring::Back { .. } => t::notice_back(&name),
            Ring::Mention { by, .. } => t::mentioned_you(&self.live.peek(|state| state.name(by))),
        };
        let place = self.place;
        notify::show(&title, &words, &conversation.to_string(), move || {
            place.go(conversation);
        });
    }

    /// Who it is and what they said last.
    fn about(self, conversation: ConversationId) -> Option<(String, String)> {
        self.live.peek(|state| {
            let card = state.card(conversation)?;
            Some((
                card.visitor.name.clone(),
                crate::words::last_line(&card.last),
            ))
        })
    }

    /// Makes who gives no sign away, and brings them back with the next sign, in whichever tab.
    fn look_for_idling(self) {
        if !tabs::rings() {
            return;
        }
        let (is_live, chosen) = self.live.peek(|state| (state.is_live(), state.chosen));
        let Some(chosen) = chosen.filter(|_| is_live) else {
            return;
        };
        let minutes = self
            .preferences
            .with_untracked(|chosen| chosen.away_minutes);
        let quiet_ms = local::now().millis_since(storage::last_sign());
        let online = chosen == Availability::Online;
        match idle(quiet_ms, minutes, online, storage::is_away_by_itself()) {
            Some(Idle::Leaves) => {
                storage::set_away_by_itself(true);
                self.live.choose(Availability::Away);
            }
            Some(Idle::Returns) => {
                storage::set_away_by_itself(false);
                self.live.choose(Availability::Online);
            }
            None if online => storage::set_away_by_itself(false),
            None => {}
        }
    }
}

/// Whether nothing rings now, on the clock of the place that was named.
fn is_quiet(notices: &Notices, now: Timestamp) -> bool {
    notices.quiet.as_ref().is_some_and(|quiet| {
        let at = local::at_place(&quiet.zone, now);
        at.is_some_and(|(day, minute)| hours::covers(&quiet.open, day, minute))
    })
}
