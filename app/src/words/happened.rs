//! What happened in a conversation, as one quiet line tells it.

use protocol::AgentId;
use protocol::entry::{
    Author, Destination, Event, Outcome, Passed, Released, Taken, Trigger, Woken,
};
use protocol::label::LabelChange;
use protocol::targets::Owed;

use super::t;
use crate::live::state::LiveState;

/// A line of the timeline: what stands out, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Happened {
    pub(crate) icon: &'static str,
    pub(crate) what: String,
    pub(crate) rest: String,
}

/// Whom an event is about, by name: at the beginning of a sentence, and within one.
struct Person {
    who: String,
    whom: String,
}

impl Person {
    fn agent(state: &LiveState, agent: AgentId) -> Self {
        let who = state.name(agent);
        let whom = match Some(agent) == state.me {
            true => t::you_whom().to_owned(),
            false => who.clone(),
        };
        Self { who, whom }
    }
}

/// The line of an event. `waited_ms` is how long the visitor had waited then, where that is known.
pub(crate) fn happened(
    event: &Event,
    state: &LiveState,
    visitor: &str,
    waited_ms: Option<u64>,
) -> Happened {
    let agent = |agent: &AgentId| Person::agent(state, *agent);
    let (icon, what, rest) = match event {
        Event::HandoffProposed {
            trigger, reason, ..
        } => ("ai", t::proposed().to_owned(), because(*trigger, reason)),
        Event::ProposalEnded { by, .. } => match by {
            Author::Visitor => ("ai", t::wants_no_person(&visitor), String::new()),
            Author::Ai | Author::Agent(_) | Author::System => (
                "ai",
                t::proposal_not_answered().to_owned(),
                t::it_goes_on().to_owned(),
            ),
        },
        Event::HandoffRequested {
            trigger, reason, ..
        } => requested(*trigger, reason, visitor),
        Event::HandoffOffered { agent: to, .. } => {
            ("baton", t::offered_to(&agent(to).whom), String::new())
        }
        Event::HandoffRejected { agent: by, why, .. } => {
            let Person { who, whom } = agent(by);
            let what = match why {
                Passed::Rejected => t::passed_on(&who, &whom),
                Passed::Expired => t::offer_expired(&who, &whom),
                Passed::Withdrawn => t::offer_withdrawn(&whom),
            };
            ("clock", what, String::new())
        }
        Event::HandoffClaimed { agent: by, how, .. } => {
            let Person { who, whom } = agent(by);
            let what = match how {
                Taken::Claimed => t::took_over(&who, &whom),
                Taken::Assigned => t::assigned_to(&whom),
                Taken::SteppedIn => t::stepped_in(&who, &whom),
            };
            let waited = waited_ms.map(|waited| t::after(&super::exact_span(waited)));
            ("baton", what, waited.unwrap_or_default())
        }
        Event::HandoffReleased { agent: by, why, .. } => {
            let Person { who, whom } = agent(by);
            let what = match why {
                Released::Given => t::released(&who, &whom),
                Released::Lost if Some(*by) == state.me => t::you_were_gone().to_owned(),
                Released::Lost => t::was_gone(&who),
                Released::Unassigned if Some(*by) == state.me => t::you_are_unassigned().to_owned(),
                Released::Unassigned => t::is_unassigned(&who),
            };
            ("clock", what, t::waits_again().to_owned())
        }
        Event::HandoffTransferred { by, from, to, .. } => transferred(state, *by, *from, *to),
        Event::HandoffCancelled { by, .. } => match by {
            Author::Agent(by) => {
                let Person { who, whom } = agent(by);
                ("ai", t::went_on(&who, &whom), String::new())
            }
            Author::Visitor => ("ai", t::went_on(&visitor, &visitor), String::new()),
            Author::Ai | Author::System => (
                "ai",
                t::no_person_fetched().to_owned(),
                t::assistant_goes_on().to_owned(),
            ),
        },
        Event::HandoffOverdue { .. } => (
            "alert",
            t::nobody_in_time().to_owned(),
            t::waits_on(&visitor),
        ),
        Event::HandoffMissed { reason, form, .. } => {
            let reason = super::within(super::missed(*reason));
            let rest = match form {
                true => t::details_asked(&reason),
                false => reason,
            };
            ("alert", t::missed().to_owned(), rest)
        }
        Event::FormSent { .. } => ("form", t::visitor_left_details(&visitor), String::new()),
        Event::IdleWarned { .. } => ("clock", t::idle_warned(&visitor), String::new()),
        Event::HandoffResolved {
            agent: by, outcome, ..
        } => resolved(&agent(by), *outcome),
        Event::HandoffSnoozed {
            agent: by, until, ..
        } => {
            let Person { who, whom } = agent(by);
            let rest = match until {
                // The reader's clock says when.
                Some(_) => String::new(),
                None => t::until_visitor_writes().to_owned(),
            };
            ("moon", t::snoozed_by(&who, &whom), rest)
        }
        Event::HandoffWoken { why, .. } => {
            let what = match why {
                Woken::Agent => t::woken_by_agent(),
                Woken::Visitor => t::woken_by_visitor(),
                Woken::Time => t::woken_by_time(),
            };
            ("moon", what.to_owned(), String::new())
        }
        Event::HandoffJoined { agent: by, .. } => {
            let Person { who, whom } = agent(by);
            ("baton", t::joined_by(&who, &whom), String::new())
        }
        Event::HandoffLeft { agent: by, .. } => {
            let Person { who, whom } = agent(by);
            ("back", t::left_by(&who, &whom), String::new())
        }
        // Shown by the note itself.
        Event::NotePinned { .. } => ("pin", String::new(), String::new()),
        Event::Blocked(true) => ("alert", t::visitor_blocked(&visitor), String::new()),
        Event::Blocked(false) => ("again", t::visitor_unblocked(&visitor), String::new()),
        Event::ReplyOverdue { owed, .. } => {
            let what = match owed {
                Owed::FirstReply => t::first_reply_overdue(),
                Owed::NextReply => t::next_reply_overdue(),
            };
            ("alert", what.to_owned(), String::new())
        }
        Event::Rated { stars, comment, .. } => rated(*stars, comment, visitor),
        // Shown by the answer itself.
        Event::Thumbed { .. } => ("thumb", String::new(), String::new()),
        Event::Labelled(change) => ("tag", labelled(state, *change), String::new()),
    };
    let rest = match event {
        _ if rest.is_empty() => rest,
        Event::HandoffClaimed { .. } => format!(" {rest}"),
        _ => format!(" · {rest}"),
    };
    Happened { icon, what, rest }
}

/// How the visitor found it, and what they added.
fn rated(stars: u8, comment: &str, visitor: &str) -> (&'static str, String, String) {
    let icon = match stars {
        0 | 1 => "f1",
        2 => "f2",
        3 => "f3",
        4 => "f4",
        _ => "f5",
    };
    let rest = match comment {
        "" => String::new(),
        comment => t::quoted(&comment),
    };
    (icon, t::visitor_rated(&visitor, &stars), rest)
}

/// Who or what asked for a person, and why.
fn requested(trigger: Trigger, reason: &str, visitor: &str) -> (&'static str, String, String) {
    let what = match trigger {
        Trigger::Button | Trigger::Wish => t::visitor_asked(&visitor),
        Trigger::Form => t::visitor_asked_form(&visitor),
        Trigger::LowConfidence => unanswered(reason),
        Trigger::Agent => t::agent_asked().to_owned(),
        Trigger::NoAssistant => t::passed_on_without_assistant().to_owned(),
        Trigger::Keyword | Trigger::Frustration | Trigger::Topic | Trigger::HighValue => {
            t::asked_because(&because(trigger, reason))
        }
    };
    let how = match trigger {
        Trigger::Button => t::with_button(),
        _ => "",
    };
    ("clock", what, how.to_owned())
}

/// Why a person was asked for, as a sentence of its own.
pub(crate) fn why(trigger: Trigger, reason: &str) -> String {
    match because(trigger, reason) {
        because if because.is_empty() || trigger == Trigger::LowConfidence => {
            let said = super::trigger(trigger);
            if because.is_empty() {
                said.to_owned()
            } else {
                because
            }
        }
        because => t::asked_because(&because),
    }
}

/// What set a trigger off, to go on with after a few words; empty where the trigger says it all.
fn because(trigger: Trigger, reason: &str) -> String {
    match (trigger, reason) {
        (Trigger::Keyword, "") => t::because_keyword().to_owned(),
        (Trigger::Keyword, word) => t::because_keyword_of(&word),
        (Trigger::Topic, "") => t::because_topic().to_owned(),
        (Trigger::Topic, reason) => match reason.split_once(": ") {
            Some((topic, word)) => t::because_topic_word(&topic, &word),
            None => t::because_topic_of(&reason),
        },
        (Trigger::HighValue, "") => t::because_value().to_owned(),
        (Trigger::HighValue, word) => t::because_value_of(&word),
        (Trigger::Frustration, "") => t::because_frustration().to_owned(),
        (Trigger::Frustration, word) => t::because_frustration_of(&word),
        (Trigger::LowConfidence, reason) => unanswered(reason),
        (
            Trigger::Button | Trigger::Wish | Trigger::Form | Trigger::Agent | Trigger::NoAssistant,
            _,
        ) => String::new(),
    }
}

/// How often the assistant had no answer: the reason begins with the number.
fn unanswered(reason: &str) -> String {
    let number = reason.split(' ').next().unwrap_or_default();
    match number.parse() {
        Ok(number) => t::could_not_answer_of(number),
        Err(_) => t::could_not_answer().to_owned(),
    }
}

fn transferred(
    state: &LiveState,
    by: AgentId,
    from: Option<AgentId>,
    to: Destination,
) -> (&'static str, String, String) {
    let Person { who, whom } = Person::agent(state, by);
    let name = |agent| Person::agent(state, agent).whom;
    // Who passes on what they hold themselves is named once.
    let others = from.filter(|from| *from != by).map(name);
    let (what, again) = match (to, others) {
        (Destination::Agent(to), None) if to == by => (t::transferred_took(&who, &whom), false),
        (Destination::Agent(to), Some(of)) if to == by => {
            (t::transferred_took_from(&who, &whom, &of), false)
        }
        (Destination::Agent(to), Some(of)) => {
            (t::transferred_from_to(&who, &whom, &of, &name(to)), false)
        }
        (Destination::Agent(to), None) if from.is_some() => {
            (t::transferred_to(&who, &whom, &name(to)), false)
        }
        (Destination::Agent(to), None) => (t::transferred_assigned(&who, &whom, &name(to)), false),
        (Destination::Group(group), Some(of)) => {
            let group = state.group(group);
            (t::passed_from_to_group(&who, &whom, &of, &group), true)
        }
        (Destination::Group(group), None) => {
            (t::passed_to_group(&who, &whom, &state.group(group)), true)
        }
        (Destination::Queue, Some(of)) => (t::put_from_into_queue(&who, &whom, &of), true),
        (Destination::Queue, None) => (t::put_into_queue(&who, &whom), true),
    };
    let rest = if again { t::waits_again() } else { "" };
    ("transfer", what, rest.to_owned())
}

/// What became of the labels.
fn labelled(state: &LiveState, change: LabelChange) -> String {
    match change {
        LabelChange::Category(Some(category)) => t::categorised(&state.category(category)),
        LabelChange::Category(None) => t::category_taken_off().to_owned(),
        LabelChange::AddTag(tag) => t::tag_added(&state.tag(tag)),
        LabelChange::RemoveTag(tag) => t::tag_removed(&state.tag(tag)),
    }
}

fn resolved(by: &Person, outcome: Outcome) -> (&'static str, String, String) {
    let Person { who, whom } = by;
    let (icon, what) = match outcome {
        Outcome::RestoredToAi => ("ai", t::restored(who, whom)),
        Outcome::Closed => ("done", t::closed(who, whom)),
        Outcome::Spam => ("done", t::closed_spam(who, whom)),
        Outcome::AutoClosed => ("done", t::ended_by_itself().to_owned()),
    };
    let rest = match outcome {
        Outcome::AutoClosed => t::nobody_went_on(),
        _ => "",
    };
    (icon, what, rest.to_owned())
}
