//! What the palette offers for a few letters.

use protocol::ConversationId;
use protocol::search::{FoundLine, Mark};

use super::super::commands::Command;
use crate::live::Live;
use crate::live::search::matches;
use crate::live::state::{Search, Stage};

/// How many conversations are listed of those that are loaded.
const CONVERSATIONS: usize = 8;

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    Command(Command),
    /// One that is loaded, with its last words.
    Conversation {
        id: ConversationId,
        name: String,
        last: String,
    },
    /// What the server found: a line, or the visitor alone.
    Found {
        id: ConversationId,
        name: String,
        name_marks: Vec<Mark>,
        line: Option<FoundLine>,
    },
    /// The next page of that.
    More,
}

/// What fits to the letters: with none of them the commands alone.
pub(super) fn choices(
    live: Live,
    possible: &[Command],
    query: &str,
    search: &Search,
) -> Vec<Choice> {
    let fitting = possible
        .iter()
        .filter(|command| matches(command.about().2, query));
    let mut choices: Vec<Choice> = fitting.map(|command| Choice::Command(*command)).collect();
    if query.trim().is_empty() {
        return choices;
    }
    let answered = matches!(search.stage, Stage::Found);
    let loaded = loaded(live, query, answered);
    choices.extend(loaded.iter().cloned());
    let is_loaded = |id: ConversationId| {
        let same =
            |choice: &Choice| matches!(choice, Choice::Conversation { id: of, .. } if *of == id);
        loaded.iter().any(same)
    };
    let found = |line, hit: &protocol::search::Hit| Choice::Found {
        id: hit.card.conversation,
        name: hit.card.visitor.name.clone(),
        name_marks: hit.name_marks.clone(),
        line,
    };
    for hit in &search.hits {
        choices.extend(hit.lines.iter().map(|line| found(Some(line.clone()), hit)));
    }
    let by_name = search.hits.iter().filter(|hit| !hit.name_marks.is_empty());
    let by_name = by_name.filter(|hit| !is_loaded(hit.card.conversation));
    choices.extend(by_name.map(|hit| found(None, hit)));
    choices.extend((answered && search.next.is_some()).then_some(Choice::More));
    choices
}

/// The conversations that are loaded: by name, and by their last words until the server has answered.
fn loaded(live: Live, query: &str, answered: bool) -> Vec<Choice> {
    live.peek(|state| {
        let cards = state.lists.all().iter();
        let fitting = cards.filter(|card| {
            matches(&card.visitor.name, query) || (!answered && matches(&card.last.text, query))
        });
        let choice = |card: &std::sync::Arc<protocol::card::Card>| Choice::Conversation {
            id: card.conversation,
            name: card.visitor.name.clone(),
            last: crate::words::last_line(&card.last),
        };
        fitting.take(CONVERSATIONS).map(choice).collect()
    })
}
