//! Stories of a link, told with scripted time: connecting, losing the connection, resuming.

use protocol::visitor::{
    Page, Start, StateLine, VisitorCommand as Say, VisitorEvent as Heard, Welcome,
};
use protocol::{ChatbotId, ConversationId, Key, PublicSeq, Refusal, Timestamp, close, widget};
use socket::{Codec, Effect, Fate, Link, Status, Stop, Told, VisitorSide};

struct Postcard;

impl Codec for Postcard {
    type Side = VisitorSide;
    const BINARY: bool = true;

    fn subprotocol() -> String {
        protocol::schema::postcard()
    }

    fn encode(command: &Say) -> Vec<u8> {
        postcard::to_allocvec(command).expect("a command fits a frame")
    }

    fn decode(frame: &[u8]) -> Option<Heard> {
        postcard::from_bytes(frame).ok()
    }
}

/// What a link did, as words.
#[derive(Debug, Clone, PartialEq)]
enum Did {
    Open,
    Close,
    Send(Say),
    Tell(Told<Heard>),
}

use Did::{Close, Open, Send, Tell};

/// A link, a clock that only the test moves, and chance that always comes out the same.
struct Story {
    link: Link<Postcard>,
    now: u64,
    random: f64,
}

impl Story {
    fn begin() -> Self {
        let mut story = Self {
            link: Link::default(),
            now: 1_000_000_000,
            random: 0.5,
        };
        story.link.restart(story.now, story.random);
        story
    }

    fn live() -> Self {
        let mut story = Self::begin();
        story.opened();
        story.hears(&welcome());
        story
    }

    fn opened(&mut self) -> Vec<Did> {
        self.link.opened(self.now, &start());
        self.did()
    }

    fn hears(&mut self, event: &Heard) -> Vec<Did> {
        self.did();
        let frame = postcard::to_allocvec(event).expect("an event fits a frame");
        self.link.received(self.now, &frame);
        self.did()
    }

    fn closed(&mut self, code: u16) -> Vec<Did> {
        self.did();
        self.link.closed(self.now, code, self.random);
        self.did()
    }

    fn says(&mut self, command: &Say) -> (Fate, Vec<Did>) {
        self.did();
        (self.link.send(command), self.did())
    }

    fn forgets(&mut self, n: u8) -> Vec<Did> {
        self.did();
        self.link.forget(key(n));
        self.did()
    }

    /// Time passes, with a tick whenever the link asked for one.
    fn passes(&mut self, millis: u64) -> Vec<Did> {
        let mut all = self.did();
        let end = self.now + millis;
        while let Some(at) = self.link.deadline().filter(|at| *at <= end) {
            self.now = at.max(self.now);
            self.link.tick(self.now, self.random);
            all.extend(self.did());
        }
        self.now = end;
        all
    }

    /// How long it takes until the next socket is opened.
    fn waits(&mut self) -> u64 {
        let before = self.now;
        while !self.passes(1).contains(&Open) {}
        self.now - before
    }

    /// The machine sleeps: time passes without a tick, and one comes at the end.
    fn sleeps(&mut self, millis: u64) -> Vec<Did> {
        self.did();
        self.now += millis;
        self.link.tick(self.now, self.random);
        self.did()
    }

    fn did(&mut self) -> Vec<Did> {
        let mut all = Vec::new();
        while let Some(effect) = self.link.poll() {
            all.push(match effect {
                Effect::Open => Open,
                Effect::Close => Close,
                Effect::Send(frame) => {
                    Send(postcard::from_bytes(&frame).expect("links send commands"))
                }
                Effect::Tell(told) => Tell(told),
            });
        }
        all
    }
}

fn key(n: u8) -> Key {
    Key::new(Timestamp(1), &[n; 10])
}

fn say(n: u8) -> Say {
    Say::Say {
        key: key(n),
        text: format!("message {n}"),
        attachments: Vec::new(),
    }
}

/// Which messages went out.
fn sent(did: Vec<Did>) -> Vec<u8> {
    let number = |did| match did {
        Send(Say::Say { text, .. }) => text.strip_prefix("message ")?.parse().ok(),
        _ => None,
    };
    did.into_iter().filter_map(number).collect()
}

fn start() -> Say {
    Say::Start(Start {
        token: None,
        chatbot: ChatbotId::new(Timestamp(1), &[90; 10]),
        conversation: conversation(),
        after: PublicSeq(3),
        page: Page::default(),
        locale: "en".to_owned(),
    })
}

fn conversation() -> ConversationId {
    ConversationId::new(Timestamp(1), &[91; 10])
}

fn welcome() -> Heard {
    Heard::Welcome(Welcome {
        token: None,
        conversation: conversation(),
        widget: widget::WidgetView {
            file_limit: None,
            name: "Help".to_owned(),
            greeting: String::new(),
            starters: Vec::new(),
            handoff_button: Some(0),
            form: widget::FormView {
                fields: Vec::new(),
                consent: None,
            },
            preview: false,
            thumbs: false,
        },
        line: StateLine::Assistant,
        entries: Vec::new(),
        more: false,
        read_by_team: PublicSeq(0),
        read: PublicSeq(0),
        now: Timestamp(1),
    })
}

fn done(n: u8) -> Heard {
    Heard::Done {
        key: key(n),
        seq: Some(PublicSeq(u64::from(n))),
    }
}

fn refused(n: u8, refusal: Refusal) -> Heard {
    Heard::Refused {
        key: Some(key(n)),
        sentence: refusal.to_string(),
        refusal,
    }
}

fn status(status: Status) -> Did {
    Tell(Told::Status(status))
}

fn told(event: Heard) -> Did {
    Tell(Told::Event(event))
}

#[test]
fn the_first_try_is_at_once_and_the_start_goes_first() {
    let mut story = Story::begin();
    assert_eq!(vec![Open], story.did());
    assert_eq!((Fate::Kept, vec![]), story.says(&say(1)));
    assert_eq!(vec![Send(start())], story.opened());
    assert_eq!(
        vec![Send(say(1)), status(Status::Live), told(welcome())],
        story.hears(&welcome())
    );
}

#[test]
fn tries_back_off_until_one_succeeds() {
    let mut story = Story::begin();
    story.random = 1.0;
    let waits: Vec<u64> = (0..7)
        .map(|_| {
            story.closed(1006);
            story.waits()
        })
        .collect();
    assert_eq!(
        vec![1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000],
        waits
    );
}

#[test]
fn a_loss_is_told_once_with_its_time() {
    let mut story = Story::live();
    let since = story.now;
    assert_eq!(vec![status(Status::Lost { since })], story.closed(1006));
    assert_eq!(vec![Open], story.passes(1_000));
    assert_eq!(Vec::<Did>::new(), story.closed(1006));
    assert_eq!(Status::Lost { since }, story.link.status());
}

#[test]
fn what_was_not_answered_is_sent_again_in_order_after_the_welcome() {
    let mut story = Story::live();
    assert_eq!((Fate::Sent, vec![Send(say(1))]), story.says(&say(1)));
    story.says(&say(2));
    assert_eq!(vec![told(done(1))], story.hears(&done(1)));
    story.closed(1006);
    assert_eq!((Fate::Kept, vec![]), story.says(&say(3)));
    story.passes(1_000);
    assert_eq!(vec![Send(start())], story.opened());
    assert_eq!(
        vec![
            Send(say(2)),
            Send(say(3)),
            status(Status::Live),
            told(welcome())
        ],
        story.hears(&welcome())
    );
}

#[test]
fn a_refused_command_is_not_sent_again() {
    let mut story = Story::live();
    story.says(&say(1));
    story.hears(&refused(1, Refusal::TextEmpty));
    story.closed(1006);
    story.passes(1_000);
    story.opened();
    assert_eq!(
        vec![status(Status::Live), told(welcome())],
        story.hears(&welcome())
    );
}

#[test]
fn a_command_taken_back_is_not_sent_again() {
    let mut story = Story::begin();
    story.says(&say(1));
    story.says(&say(2));
    story.link.forget(key(1));
    story.opened();
    assert_eq!(Send(say(2)), story.hears(&welcome())[0]);
}

#[test]
fn what_came_too_fast_is_sent_again_when_its_time_has_come() {
    let mut story = Story::live();
    story.says(&say(1));
    story.says(&say(2));
    let slow = refused(
        1,
        Refusal::TooFast {
            retry_after_ms: 2_000,
        },
    );
    assert_eq!(vec![told(slow.clone())], story.hears(&slow));
    assert_eq!((Fate::Kept, vec![]), story.says(&say(3)));
    assert_eq!(Vec::<Did>::new(), story.passes(1_999));
    // The oldest first, and each after the answer to the one before: in turn, and no more than the
    // hub takes.
    assert_eq!(vec![Send(say(1))], story.passes(1));
    assert_eq!((Fate::Kept, vec![]), story.says(&say(4)));
    assert_eq!(vec![Send(say(2)), told(done(1))], story.hears(&done(1)));
    assert_eq!(vec![Send(say(3)), told(done(2))], story.hears(&done(2)));
    assert_eq!(vec![Send(say(4)), told(done(3))], story.hears(&done(3)));
    assert_eq!(vec![told(done(4))], story.hears(&done(4)));
    assert_eq!((Fate::Sent, vec![Send(say(5))]), story.says(&say(5)));
}

#[test]
fn what_is_given_up_while_the_others_wait_for_it_does_not_hold_them_up() {
    let mut story = Story::live();
    story.says(&say(1));
    story.says(&say(2));
    story.hears(&refused(
        1,
        Refusal::TooFast {
            retry_after_ms: 100,
        },
    ));
    assert_eq!(vec![Send(say(1))], story.passes(100));
    assert_eq!(vec![Send(say(2))], story.forgets(1));
    assert_eq!(vec![told(done(2))], story.hears(&done(2)));
    assert_eq!((Fate::Sent, vec![Send(say(3))]), story.says(&say(3)));
}

/// A hub that takes three commands and then one every half second, as the real one does.
#[test]
fn a_hundred_commands_kept_offline_arrive_in_order_and_are_not_sent_over_and_over() {
    let mut story = Story::begin();
    let count: u8 = 100;
    for number in 1..=count {
        story.says(&say(number));
    }
    story.opened();
    let mut wire: std::collections::VecDeque<_> = sent(story.hears(&welcome())).into();
    let (mut taken, mut frames, mut tokens, mut millis) = (Vec::new(), 0_u32, 3, 0);
    while taken.len() < usize::from(count) {
        let Some(number) = wire.pop_front() else {
            millis += 100;
            if millis % 500 == 0 {
                tokens = 3.min(tokens + 1);
            }
            wire.extend(sent(story.passes(100)));
            assert!(millis < 1_000_000, "stuck after {taken:?}");
            continue;
        };
        frames += 1;
        let answer = if tokens > 0 {
            tokens -= 1;
            taken.push(number);
            done(number)
        } else {
            refused(
                number,
                Refusal::TooFast {
                    retry_after_ms: 500,
                },
            )
        };
        wire.extend(sent(story.hears(&answer)));
    }
    assert_eq!((1..=count).collect::<Vec<_>>(), taken);
    assert!(
        frames <= 3 * u32::from(count),
        "{frames} frames for {count} commands"
    );
}

#[test]
fn the_same_key_is_kept_once() {
    let mut story = Story::begin();
    story.says(&say(1));
    story.says(&say(1));
    story.opened();
    assert_eq!(
        vec![Send(say(1)), status(Status::Live), told(welcome())],
        story.hears(&welcome())
    );
}

#[test]
fn the_outbox_has_an_end_and_says_so() {
    let mut story = Story::begin();
    let fates: Vec<Fate> = (0..=200).map(|n| story.says(&say(n)).0).collect();
    assert_eq!(vec![Fate::Kept; 200], fates[..200]);
    assert_eq!(Fate::Dropped, fates[200]);
}

#[test]
fn nothing_without_a_key_waits_for_a_connection() {
    let mut story = Story::begin();
    let typing = Say::Typing { typing: true };
    assert_eq!((Fate::Dropped, vec![]), story.says(&typing));
    story.opened();
    assert_eq!((Fate::Dropped, vec![]), story.says(&typing));
    story.hears(&welcome());
    assert_eq!(
        (Fate::Sent, vec![Send(typing.clone())]),
        story.says(&typing)
    );
}

#[test]
fn the_heart_beats_every_25_seconds_and_an_answer_keeps_it_going() {
    let mut story = Story::live();
    assert_eq!(Vec::<Did>::new(), story.passes(24_999));
    assert_eq!(vec![Send(Say::Ping)], story.passes(1));
    assert_eq!(vec![told(Heard::Pong)], story.hears(&Heard::Pong));
    assert_eq!(Vec::<Did>::new(), story.passes(24_999));
    assert_eq!(vec![Send(Say::Ping)], story.passes(1));
}

#[test]
fn a_connection_that_stays_silent_after_a_heartbeat_is_given_up() {
    let mut story = Story::live();
    story.passes(25_000);
    assert_eq!(Vec::<Did>::new(), story.passes(9_999));
    let since = story.now + 1;
    assert_eq!(vec![Close, status(Status::Lost { since })], story.passes(1));
    assert_eq!(vec![Open], story.passes(500));
}

#[test]
fn any_word_of_the_hub_proves_that_the_connection_lives() {
    let mut story = Story::live();
    story.passes(34_000);
    story.hears(&Heard::LineChanged(StateLine::Closed));
    assert_eq!(Vec::<Did>::new(), story.passes(15_000));
}

#[test]
fn a_socket_that_does_not_open_or_is_not_welcomed_is_given_up() {
    let mut story = Story::begin();
    story.did();
    assert_eq!(Vec::<Did>::new(), story.passes(14_999));
    assert!(story.passes(1).contains(&Close));

    let mut story = Story::begin();
    story.opened();
    assert!(story.passes(15_000).contains(&Close));
}

#[test]
fn waking_up_checks_the_connection_at_once() {
    let mut story = Story::live();
    story.link.wake(story.now);
    assert_eq!(vec![Send(Say::Ping)], story.did());
    // A page that is looked at again and again still finds out.
    story.passes(3_000);
    story.link.wake(story.now);
    story.did();
    assert!(story.passes(2_000).contains(&Close));
}

#[test]
fn waking_up_ends_the_wait_for_the_next_try() {
    let mut story = Story::begin();
    story.random = 1.0;
    for _ in 0..6 {
        story.closed(1006);
        story.waits();
    }
    story.closed(1006);
    story.link.wake(story.now);
    assert_eq!(vec![Open], story.did());
}

#[test]
fn a_machine_that_slept_checks_the_connection() {
    let mut story = Story::live();
    assert_eq!(vec![Send(Say::Ping)], story.sleeps(3_600_000));
    assert!(story.passes(5_000).contains(&Close));
}

#[test]
fn a_clock_that_was_set_back_does_not_stall_the_link() {
    let mut story = Story::live();
    story.now -= 3_600_000;
    story.link.tick(story.now, story.random);
    assert_eq!(vec![Send(Say::Ping)], story.did());

    let mut story = Story::live();
    story.closed(1006);
    story.now -= 3_600_000;
    story.link.tick(story.now, story.random);
    assert_eq!(vec![Open], story.did());
}

#[test]
fn the_clock_is_looked_at_every_ten_seconds() {
    let story = Story::live();
    assert_eq!(Some(story.now + 10_000), story.link.deadline());
}

#[test]
fn going_offline_gives_the_connection_up_and_goes_on_trying() {
    let mut story = Story::live();
    story.did();
    story.link.offline(story.now, story.random);
    let since = story.now;
    assert_eq!(vec![Close, status(Status::Lost { since })], story.did());
    assert_eq!(vec![Open], story.passes(500));
}

#[test]
fn a_hub_that_says_resume_is_asked_again_almost_at_once() {
    let mut story = Story::live();
    story.random = 1.0;
    story.closed(close::RESUME);
    assert_eq!(vec![Open], story.passes(250));
}

#[test]
fn a_hub_that_says_resume_time_and_again_is_asked_less_and_less() {
    let mut story = Story::live();
    story.random = 1.0;
    let mut waits = Vec::new();
    for _ in 0..4 {
        story.closed(close::RESUME);
        waits.push(story.waits());
        story.opened();
        story.hears(&welcome());
    }
    assert_eq!(vec![250, 500, 1_000, 2_000], waits);
}

#[test]
fn a_steady_connection_starts_the_back_off_anew() {
    let mut story = Story::begin();
    story.random = 1.0;
    for _ in 0..5 {
        story.closed(1006);
        story.waits();
    }
    story.opened();
    story.hears(&welcome());
    story.passes(10_000);
    story.closed(close::RESTART);
    assert_eq!(1_000, story.waits());
}

#[test]
fn close_codes_that_end_the_link_end_it() {
    for (code, stop) in [
        (close::RELOAD, Stop::Reload),
        (close::REVOKED, Stop::Revoked),
        (close::POLICY, Stop::Refused),
        (close::TOO_BIG, Stop::Refused),
    ] {
        let mut story = Story::live();
        let did = story.closed(code);
        assert!(did.contains(&status(Status::Stopped(stop))), "{code}");
        assert_eq!(None, story.link.deadline());
        story.link.wake(story.now);
        story.link.closed(story.now, 1006, 0.5);
        assert_eq!(Vec::<Did>::new(), story.did(), "{code}");
    }
}

#[test]
fn a_restart_connects_with_a_new_start_and_keeps_the_outbox() {
    let mut story = Story::live();
    story.says(&say(1));
    story.closed(close::REVOKED);
    story.link.restart(story.now, story.random);
    assert_eq!(
        vec![Close, status(Status::Connecting), Open],
        story.passes(0)
    );
    story.opened();
    assert_eq!(Send(say(1)), story.hears(&welcome())[0]);
}

#[test]
fn restarts_that_do_not_help_slow_down() {
    let mut story = Story::begin();
    story.random = 1.0;
    story.did();
    let waits: Vec<u64> = (0..5)
        .map(|_| {
            story.link.restart(story.now, story.random);
            story.waits()
        })
        .collect();
    assert_eq!(vec![1, 2_000, 4_000, 8_000, 16_000], waits);
}

#[test]
fn an_unknown_frame_is_passed_over() {
    let mut story = Story::live();
    story.did();
    story.link.received(story.now, &[0xff; 40]);
    assert_eq!(Vec::<Did>::new(), story.did());
    assert_eq!(Status::Live, story.link.status());
}

#[test]
fn after_the_end_nothing_happens() {
    let mut story = Story::live();
    story.did();
    story.link.stop();
    assert_eq!(
        vec![Close, status(Status::Stopped(Stop::Ended))],
        story.did()
    );
    assert_eq!(Vec::<Did>::new(), story.passes(120_000));
}
