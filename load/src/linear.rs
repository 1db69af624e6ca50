//! Whether claims happened one after the other: the order in which the conversation holds them has
//! to fit what every client saw, and when.

use std::collections::HashMap;
use std::time::Instant;

use protocol::entry::Event;
use protocol::{AgentId, ConversationId, HandoffId, Key};

use crate::check::Rows;
use crate::client::claimer::{Attempt, CameTo, Claimer, Verb};
use crate::database::ClaimRow;
use crate::report::Report;

/// An attempt and who made it.
type By<'a> = (AgentId, &'a Attempt);

/// Checks every attempt against the entries of its conversation. They are a witness: one order of
/// all that succeeded. It is a right one if each follows from the one before, none comes before
/// another that was over when it began, and every loser fits in between.
pub(crate) fn check(report: &mut Report, claimers: &[Claimer], rows: &Rows) {
    let mut of: HashMap<ConversationId, Vec<By>> = HashMap::new();
    let (mut won, mut lost, mut full) = (0_u64, 0_u64, 0_u64);
    for claimer in claimers {
        let Some(me) = claimer.me else { continue };
        for attempt in &claimer.attempts {
            of.entry(attempt.conversation)
                .or_default()
                .push((me, attempt));
            match attempt.answered.as_ref().map(|(_, came_to)| came_to) {
                Some(CameTo::Done(_)) if attempt.verb == Verb::Claim => won += 1,
                Some(CameTo::TakenBy(_)) => lost += 1,
                Some(CameTo::Full) => full += 1,
                Some(CameTo::Refused(why)) => report.broke("refused_otherwise", why.clone()),
                Some(_) => {}
                None => report.broke("never_answered", format!("{attempt:?}")),
            }
        }
    }
    report.figure("won", won);
    report.figure("lost", lost);
    report.figure("full", full);
    for (conversation, attempts) in &of {
        conversation_of(report, *conversation, attempts, rows);
    }
}

/// A time in which somebody held a handoff, at the widest.
struct Hold {
    handoff: HandoffId,
    agent: AgentId,
    /// Not before this …
    from: Option<Instant>,
    /// … and not after this.
    until: Option<Instant>,
}

fn conversation_of(
    report: &mut Report,
    conversation: ConversationId,
    attempts: &[By],
    rows: &Rows,
) {
    let by_key: HashMap<Key, By> = attempts.iter().map(|by| (by.1.key, *by)).collect();
    let mut holder: Option<AgentId> = None;
    let mut holds: Vec<Hold> = Vec::new();
    let mut begun_last: Option<Instant> = None;
    for row in rows.of(conversation) {
        let event = row.event.as_deref().map(serde_json::from_str::<Event>);
        let Some(Ok(event)) = event else { continue };
        let attempt = row
            .line
            .key
            .and_then(|key| by_key.get(&key))
            .map(|(_, attempt)| *attempt);
        let answered = attempt.and_then(|attempt| attempt.answered.as_ref());
        let answered = answered.map(|(at, _)| *at);
        let case = format!("{conversation}, entry {}: {event:?}", row.seq);
        if let (Some(begun), Some(answered)) = (begun_last, answered) {
            report.expect(begun <= answered, "not_linear", case.clone());
        }
        begun_last = begun_last.max(attempt.map(|attempt| attempt.invoked));
        match event {
            Event::HandoffClaimed { handoff, agent, .. } => {
                report.expect(holder.is_none(), "two_winners", case);
                holder = Some(agent);
                holds.push(Hold {
                    handoff,
                    agent,
                    from: attempt.map(|attempt| attempt.invoked),
                    until: None,
                });
            }
            Event::HandoffReleased { agent, .. } | Event::HandoffResolved { agent, .. } => {
                report.expect(holder == Some(agent), "ended_by_another", case);
                holder = None;
                if let Some(hold) = holds.last_mut() {
                    hold.until = answered;
                }
            }
            _ => {}
        }
    }
    for by in attempts {
        judge(report, by, &holds, rows);
    }
}

fn judge(report: &mut Report, (me, attempt): &By, holds: &[Hold], rows: &Rows) {
    let Some((answered, came_to)) = &attempt.answered else {
        return;
    };
    let case = || format!("{attempt:?}");
    let fits = |hold: &Hold| {
        hold.handoff == attempt.handoff
            && hold.from.is_none_or(|from| from <= *answered)
            && hold.until.is_none_or(|until| until >= attempt.invoked)
    };
    match came_to {
        CameTo::Done(Some(seq)) => {
            let rows = rows.of(attempt.conversation).iter();
            let kept = rows.filter(|row| row.line.key == Some(attempt.key));
            let right = kept.map(|row| row.seq).collect::<Vec<_>>() == [*seq];
            report.expect(right, "lost", case());
        }
        // Nothing was left to do: it holds it already.
        CameTo::Done(None) => {
            let mine = holds.iter().any(|hold| hold.agent == *me && fits(hold));
            report.expect(mine, "not_linear", case());
        }
        CameTo::TakenBy(winner) => {
            let theirs = holds.iter().any(|hold| hold.agent == *winner && fits(hold));
            report.expect(theirs, "loser_misled", case());
        }
        CameTo::Over | CameTo::Full | CameTo::Refused(_) => {}
    }
}

/// Checks that nobody ever held more than the limit: by what clients knew for sure, and by the rows.
pub(crate) fn limits(report: &mut Report, claimers: &[Claimer], claims: &[ClaimRow], limit: usize) {
    let mut known = 0;
    for claimer in claimers {
        let mut steps: Vec<(Instant, i32)> = Vec::new();
        for attempt in &claimer.attempts {
            match (&attempt.answered, attempt.verb) {
                (Some((at, CameTo::Done(Some(_)))), Verb::Claim) => steps.push((*at, 1)),
                (Some((_, CameTo::Done(Some(_)))), _) => steps.push((attempt.invoked, -1)),
                _ => {}
            }
        }
        known = known.max(highest(steps));
    }
    report.figure("most_held_at_once", known);
    report.expect(
        known <= limit,
        "over_the_limit",
        format!("{known} known at once"),
    );

    let mut of: HashMap<AgentId, Vec<(i64, i32)>> = HashMap::new();
    for claim in claims {
        let steps = of.entry(claim.agent).or_default();
        steps.push((claim.at, 1));
        // Within one millisecond the end counts as first: the rows cannot tell.
        steps.extend(claim.ended_at.map(|ended_at| (ended_at, -1)));
    }
    for (agent, steps) in of {
        let kept = highest(steps);
        report.expect(
            kept <= limit,
            "over_the_limit",
            format!("{agent}: {kept} by the rows"),
        );
    }
    let mut handoffs: HashMap<HandoffId, i32> = HashMap::new();
    for claim in claims.iter().filter(|claim| claim.ended_at.is_none()) {
        *handoffs.entry(claim.handoff).or_default() += 1;
    }
    for (handoff, open) in handoffs {
        report.expect(
            open <= 1,
            "two_winners",
            format!("{handoff}: {open} open claims"),
        );
    }
}

/// The highest level that steps up and down come to.
fn highest<T: Ord>(mut steps: Vec<(T, i32)>) -> usize {
    steps.sort();
    let mut level = 0;
    let levels = steps.into_iter().map(|(_, step)| {
        level += step;
        level
    });
    usize::try_from(levels.max().unwrap_or(0)).unwrap_or(0)
}
