//! What visitors and agents have in common: a link, and a screen that it feeds.

use std::collections::BTreeMap;

use protocol::{Key, Timestamp};
use socket::{Codec, CommandOf, Effect, EventOf, Fate, Link, Status, Told};

use super::chance::Chance;
use super::defect::Played;
use super::ends::{Client, Input, Output};
use super::truth::Truth;

/// What is on a client's screen, and what its user does.
pub(super) trait Screen {
    type Codec: Codec;

    fn start(&self) -> CommandOf<Self::Codec>;

    /// Takes in an event; commands that follow from it go out at once.
    fn hears(
        &mut self,
        event: EventOf<Self::Codec>,
        asked: &mut Asked,
        truth: &Truth,
    ) -> Vec<CommandOf<Self::Codec>>;

    /// What the user does now.
    fn acts(
        &mut self,
        keys: &mut Keys,
        chance: &mut Chance,
        truth: &Truth,
    ) -> Option<CommandOf<Self::Codec>>;

    fn judge(&self, truth: &Truth);
}

/// Makes keys nobody used before.
pub(super) struct Keys {
    client: u64,
    made: u64,
}

impl Keys {
    pub(super) fn key(&mut self) -> Key {
        self.made += 1;
        let mut random = [0; 10];
        random[..2].copy_from_slice(&self.client.to_be_bytes()[6..]);
        random[2..].copy_from_slice(&self.made.to_be_bytes());
        Key::new(Timestamp(1), &random)
    }
}

/// What was asked for, and what came of it.
#[derive(Default)]
pub(super) struct Asked {
    /// Not answered yet.
    open: BTreeMap<Key, ()>,
    pub(super) acked: BTreeMap<Key, Option<u64>>,
    welcomes: u64,
}

impl Asked {
    /// Done; the entry has this number.
    pub(super) fn done(&mut self, key: Key, seq: Option<u64>) {
        self.open.remove(&key);
        let first = self.acked.insert(key, seq);
        assert!(
            first.is_none_or(|first| first == seq),
            "{key:?} was answered in two ways"
        );
    }

    pub(super) fn refused(&mut self, key: Option<Key>) {
        if let Some(key) = key {
            self.open.remove(&key);
        }
    }

    pub(super) fn welcomed(&mut self) {
        self.welcomes += 1;
    }
}

pub(super) struct Linked<S: Screen> {
    link: Link<S::Codec>,
    screen: S,
    keys: Keys,
    asked: Asked,
}

impl<S: Screen> Linked<S> {
    pub(super) fn new(client: u64, screen: S) -> Self {
        Self {
            link: Link::default(),
            screen,
            keys: Keys { client, made: 0 },
            asked: Asked::default(),
        }
    }

    fn say(&mut self, command: &CommandOf<S::Codec>) {
        use socket::Side as _;
        let fate = self.link.send(command);
        if let Some(key) = <S::Codec as Codec>::Side::key(command)
            && fate != Fate::Dropped
        {
            self.asked.open.insert(key, ());
        }
    }
}

impl<S: Screen> Client for Linked<S> {
    fn feed(
        &mut self,
        input: &Input<'_>,
        now: u64,
        chance: &mut Chance,
        truth: &Truth,
    ) -> (Vec<Output>, Option<u64>) {
        match input {
            Input::Begin => self.link.restart(now, chance.fraction()),
            Input::Opened => self.link.opened(now, &self.screen.start()),
            Input::Frame(frame) => self.link.received(now, frame),
            Input::Closed(code) => self.link.closed(now, *code, chance.fraction()),
            Input::Tick => self.link.tick(now, chance.fraction()),
            Input::Wake => self.link.wake(now),
            Input::Act => {
                if let Some(command) = self.screen.acts(&mut self.keys, chance, truth) {
                    self.say(&command);
                }
            }
        }
        let mut outputs = Vec::new();
        while let Some(effect) = self.link.poll() {
            match effect {
                Effect::Open => outputs.push(Output::Open),
                Effect::Send(frame) => outputs.push(Output::Send(frame)),
                Effect::Close => outputs.push(Output::Close),
                Effect::Tell(Told::Event(event)) => {
                    for command in self.screen.hears(event, &mut self.asked, truth) {
                        self.say(&command);
                    }
                }
                Effect::Tell(Told::Status(_)) => {}
            }
        }
        (outputs, self.link.deadline())
    }

    fn judge(&self, truth: &Truth, played: &mut Played) {
        assert_eq!(
            Status::Live,
            self.link.status(),
            "nobody stays away for ever"
        );
        assert!(
            self.asked.open.is_empty(),
            "never answered: {:?}",
            self.asked.open
        );
        played.acked += self.asked.acked.len() as u64;
        played.resumed += self.asked.welcomes.saturating_sub(1);
        self.screen.judge(truth);
    }
}
