//! The judgement: what was promised, against what all clients noted and what the database holds.

use std::collections::{HashMap, HashSet};

use protocol::{ConversationId, Key};

use crate::database::EntryRow;
use crate::history::{By, CameTo, History, Said, Wrong};
use crate::report::Report;

/// Whose notes these are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Visitor,
    Agent,
}

/// The rows of each conversation, in order.
pub(crate) struct Rows(HashMap<ConversationId, Vec<EntryRow>>);

impl Rows {
    pub(crate) fn new(entries: Vec<EntryRow>) -> Self {
        let mut rows: HashMap<_, Vec<_>> = HashMap::new();
        for entry in entries {
            rows.entry(entry.conversation).or_default().push(entry);
        }
        Self(rows)
    }

    pub(crate) fn of(&self, conversation: ConversationId) -> &[EntryRow] {
        self.0.get(&conversation).map_or(&[], Vec::as_slice)
    }

    /// The last number that a side has to hold of a conversation.
    pub(crate) fn last(&self, conversation: ConversationId, side: Side) -> u64 {
        let rows = self.of(conversation).iter();
        match side {
            Side::Agent => rows.map(|row| row.seq).max().unwrap_or(0),
            Side::Visitor => rows.filter_map(|row| row.line.public).max().unwrap_or(0),
        }
    }

    /// The conversations in which something was said.
    pub(crate) fn conversations(&self) -> impl Iterator<Item = ConversationId> {
        self.0.keys().copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// The last numbers of these conversations, added up.
    pub(crate) fn total(&self, conversations: &[ConversationId], side: Side) -> u64 {
        let each = conversations
            .iter()
            .map(|conversation| self.last(*conversation, side));
        each.sum()
    }
}

/// Checks that the database by itself keeps the promise: numbers without gaps, each key once.
pub(crate) fn rows(report: &mut Report, rows: &Rows) {
    for (conversation, rows) in &rows.0 {
        let mut keys = HashSet::new();
        let mut public = 0;
        for (place, row) in rows.iter().enumerate() {
            let expected = place as u64 + 1;
            let case = format!("{conversation}: {} in place {expected}", row.seq);
            report.expect(row.seq == expected, "numbers_with_gaps", case);
            if let Some(number) = row.line.public {
                public += 1;
                let case = format!("{conversation}: public {number} in place {public}");
                report.expect(number == public, "numbers_with_gaps", case);
            }
            if let Some(key) = row.line.key {
                let fresh = keys.insert((key, row.author));
                report.expect(fresh, "duplicated", format!("{conversation}: {key} twice"));
            }
        }
    }
}

/// Checks one client's notes: what was acknowledged is there once and as it was said, and what it
/// saw is what is kept.
pub(crate) fn client(report: &mut Report, history: &History, side: Side, rows: &Rows) {
    for said in &history.said {
        answered(report, said, side, rows);
    }
    for (conversation, seen) in &history.threads {
        for wrong in &seen.wrong {
            match wrong {
                Wrong::Gap(seq) => {
                    report.broke("told_out_of_order", format!("{conversation}: {seq}"))
                }
                Wrong::Changed(seq) => {
                    report.broke("told_otherwise", format!("{conversation}: {seq}"))
                }
            }
        }
        let last = rows.last(*conversation, side);
        let case = format!(
            "{conversation}: {side:?} holds {}, there are {last}",
            seen.last
        );
        report.expect(seen.last == last, "not_all_seen", case);
        for row in rows.of(*conversation) {
            let number = match side {
                Side::Agent => Some(row.seq),
                Side::Visitor => row.line.public,
            };
            let line = number.and_then(|number| seen.entries.get(&number));
            let Some(line) = line else { continue };
            // The AI's Markdown reads otherwise than its words.
            let same_words = row.line.by == By::Ai || line.text == row.line.text;
            // Visitors are not told the keys of others.
            let same_key =
                line.key == row.line.key || (side == Side::Visitor && line.key.is_none());
            // What one side calls the team's, the other may call the system's.
            let same = same_words && same_key && line.public == row.line.public;
            let case = format!(
                "{conversation}: {side:?} saw {line:?}, kept is {:?}",
                row.line
            );
            report.expect(same, "seen_otherwise", case);
        }
    }
}

fn answered(report: &mut Report, said: &Said, side: Side, rows: &Rows) {
    let (key, conversation) = (said.key, said.conversation);
    let written = of_key(rows, conversation, key);
    let case = || format!("{conversation}: {key} {:?}, kept {written:?}", said.answer);
    match said.answer.as_ref().map(|answer| &answer.came_to) {
        None => report.broke("never_answered", case()),
        Some(CameTo::Done(None)) => {}
        Some(CameTo::Done(Some(number))) => match written.as_slice() {
            [] => report.broke("lost", case()),
            [row] => {
                let kept = match side {
                    Side::Agent => Some(row.seq),
                    Side::Visitor => row.line.public,
                };
                // A command may write more than one entry; its answer names the newest.
                report.expect(kept <= Some(*number), "answered_otherwise", case());
                let words = said.text.is_none() || said.text == row.line.text;
                report.expect(words, "kept_otherwise", case());
            }
            _ => report.broke("duplicated", case()),
        },
        Some(CameTo::Refused(_)) => report.expect(written.is_empty(), "refused_and_kept", case()),
    }
}

fn of_key(rows: &Rows, conversation: ConversationId, key: Key) -> Vec<&EntryRow> {
    let rows = rows.of(conversation).iter();
    rows.filter(|row| row.line.key == Some(key)).collect()
}
