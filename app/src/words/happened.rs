//! What happened to a conversation, in one line each.

use protocol::AgentId;
use protocol::entry::{Author, Destination, Event, Outcome, Passed, Released, Taken, Trigger};

use crate::live::state::LiveState;

/// A line of the timeline: what stands out, and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Happened {
    pub(crate) icon: &'static str,
    pub(crate) what: String,
    pub(crate) rest: String,
}

/// Whom an event is about, by name.
struct People<'a>(&'a LiveState);

impl People<'_> {
    /// At the beginning of a sentence: `You` or a name.
    fn who(&self, agent: AgentId) -> String {
        self.0.name(agent)
    }

    /// Within a sentence.
    fn whom(&self, agent: AgentId) -> String {
        if Some(agent) == self.0.me {
            "you".to_owned()
        } else {
            self.0.name(agent)
        }
    }
}

/// The line of an event. `waited_ms` is how long the visitor had waited then, where that is known.
pub(crate) fn happened(
    event: &Event,
    state: &LiveState,
    visitor: &str,
    waited_ms: Option<u64>,
) -> Happened {
    let people = People(state);
    let (icon, what, rest) = match event {
        Event::HandoffProposed {
            trigger, reason, ..
        } => (
            "ai",
            "The assistant asked whether to fetch a person".to_owned(),
            because(*trigger, reason),
        ),
        Event::ProposalEnded { by, .. } => match by {
            Author::Visitor => ("ai", format!("{visitor} wants no person"), String::new()),
            Author::Ai | Author::Agent(_) | Author::System => (
                "ai",
                "The assistant's question was not answered".to_owned(),
                "it goes on".to_owned(),
            ),
        },
        Event::HandoffRequested {
            trigger, reason, ..
        } => requested(*trigger, reason, visitor),
        Event::HandoffOffered { agent, .. } => (
            "baton",
            format!("Offered to {}", people.whom(*agent)),
            String::new(),
        ),
        Event::HandoffRejected { agent, why, .. } => {
            let what = match why {
                Passed::Rejected => format!("{} passed this on", people.who(*agent)),
                Passed::Expired => {
                    format!("{} did not answer the offer in time", people.who(*agent))
                }
                Passed::Withdrawn => {
                    format!("The offer to {} was taken back", people.whom(*agent))
                }
            };
            ("clock", what, String::new())
        }
        Event::HandoffClaimed { agent, how, .. } => {
            let what = match how {
                Taken::Claimed => format!("{} took over", people.who(*agent)),
                Taken::Assigned => format!("Assigned to {}", people.whom(*agent)),
                Taken::SteppedIn => format!("{} stepped in", people.who(*agent)),
            };
            let waited = waited_ms.map(|waited| format!("after {}", super::exact_span(waited)));
            ("baton", what, waited.unwrap_or_default())
        }
        Event::HandoffReleased { agent, why, .. } => {
            let mine = Some(*agent) == state.me;
            let did = match why {
                Released::Given => "released this",
                Released::Lost if mine => "were gone for too long",
                Released::Lost => "was gone for too long",
                Released::Unassigned if mine => "are not assigned to this chatbot any more",
                Released::Unassigned => "is not assigned to this chatbot any more",
            };
            let what = format!("{} {did}", people.who(*agent));
            ("clock", what, "waits again".to_owned())
        }
        Event::HandoffTransferred { by, from, to, .. } => transferred(&people, *by, *from, *to),
        Event::HandoffCancelled { by, .. } => match by {
            Author::Agent(agent) => ("ai", went_on(&people.who(*agent)), String::new()),
            Author::Visitor => ("ai", went_on(visitor), String::new()),
            Author::Ai | Author::System => (
                "ai",
                "No person could be fetched".to_owned(),
                "the assistant goes on".to_owned(),
            ),
        },
        Event::HandoffOverdue { .. } => (
            "alert",
            "Nobody came in time".to_owned(),
            format!("{visitor} waits on and may leave details"),
        ),
        Event::HandoffMissed { reason, form, .. } => {
            let reason = super::missed(*reason).to_ascii_lowercase();
            let form = if *form {
                ", details were asked for"
            } else {
                ""
            };
            ("alert", "Missed".to_owned(), format!("{reason}{form}"))
        }
        Event::FormSent { .. } => ("form", format!("{visitor} left details"), String::new()),
        Event::IdleWarned { .. } => (
            "clock",
            format!("{visitor} was told that this will be closed"),
            String::new(),
        ),
        Event::HandoffResolved { agent, outcome, .. } => resolved(&people.who(*agent), *outcome),
    };
    let rest = match event {
        _ if rest.is_empty() => rest,
        Event::HandoffClaimed { .. } => format!(" {rest}"),
        _ => format!(" · {rest}"),
    };
    Happened { icon, what, rest }
}

/// Who or what asked for a person, and why.
fn requested(trigger: Trigger, reason: &str, visitor: &str) -> (&'static str, String, String) {
    let what = match trigger {
        Trigger::Button | Trigger::Wish => format!("{visitor} asked for a person"),
        Trigger::Form => format!("{visitor} asked for an answer by form"),
        Trigger::LowConfidence => unanswered(reason),
        Trigger::Agent => "An agent asked for a person".to_owned(),
        Trigger::Keyword | Trigger::Frustration | Trigger::Topic | Trigger::HighValue => {
            format!("Asked {}", because(trigger, reason))
        }
    };
    let how = match trigger {
        Trigger::Button => "with the button",
        _ => "",
    };
    ("clock", what, how.to_owned())
}

/// What set a trigger off, to go on with after a few words; empty where the trigger says it all.
fn because(trigger: Trigger, reason: &str) -> String {
    let quoted = |what: &str| match reason {
        "" => format!("because of {what}"),
        reason => format!("because of {what} “{reason}”"),
    };
    match trigger {
        Trigger::Keyword => quoted("the keyword"),
        Trigger::Topic => match reason.split_once(": ") {
            Some((topic, word)) => format!("because of a {topic} topic, “{word}”"),
            None => quoted("the topic"),
        },
        Trigger::HighValue => quoted("high value,"),
        Trigger::Frustration => quoted("frustration,"),
        Trigger::LowConfidence => unanswered(reason),
        Trigger::Button | Trigger::Wish | Trigger::Form | Trigger::Agent => String::new(),
    }
}

/// How often the assistant had no answer: the reason begins with the number.
fn unanswered(reason: &str) -> String {
    let number = reason.split(' ').next().unwrap_or_default();
    match number.parse::<u32>() {
        Ok(1) => "The assistant could not answer a question".to_owned(),
        Ok(number) => format!("The assistant could not answer {number} questions"),
        Err(_) => "The assistant could not answer".to_owned(),
    }
}

fn transferred(
    people: &People<'_>,
    by: AgentId,
    from: Option<AgentId>,
    to: Destination,
) -> (&'static str, String, String) {
    let who = people.who(by);
    let others = from.filter(|from| *from != by);
    let of = others.map(|from| format!(" from {}", people.whom(from)));
    let of = of.unwrap_or_default();
    let (what, rest) = match to {
        Destination::Agent(to) if to == by => (format!("{who} took over{of}"), ""),
        Destination::Agent(to) => {
            let did = from.map_or("assigned", |_| "transferred");
            (format!("{who} {did} this{of} to {}", people.whom(to)), "")
        }
        Destination::Group(group) => {
            let group = people.0.group(group);
            (format!("{who} passed this{of} to {group}"), "waits again")
        }
        Destination::Queue => (
            format!("{who} put this{of} back into the queue"),
            "waits again",
        ),
    };
    ("transfer", what, rest.to_owned())
}

fn went_on(who: &str) -> String {
    format!("{who} went on with the assistant")
}

fn resolved(who: &str, outcome: Outcome) -> (&'static str, String, String) {
    let (icon, what) = match outcome {
        Outcome::RestoredToAi => ("ai", format!("{who} restored this to AI")),
        Outcome::Closed => ("done", format!("{who} closed this")),
        Outcome::Spam => ("done", format!("{who} closed this as spam")),
        Outcome::AutoClosed => ("done", "Closed by itself".to_owned()),
    };
    let rest = match outcome {
        Outcome::AutoClosed => "nobody went on with it",
        _ => "",
    };
    (icon, what, rest.to_owned())
}
