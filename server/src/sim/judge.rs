//! What has to be true of everything that was committed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Body, Controller, HandoffState};
use protocol::AgentId;
use protocol::entry::{Author, Event};

use super::defect::Played;
use super::truth::Truth;

/// Numbers without gaps, one entry per key, nobody over the limit, no AI while a person has control,
/// and nobody waits for an answer that will never come.
pub(super) fn truth(truth: &Truth, played: &mut Played) {
    let mut held = BTreeMap::<AgentId, u32>::new();
    for conversation in truth.conversations() {
        let entries = truth.entries(conversation.id);
        let mut keys = BTreeSet::new();
        let (mut seq, mut public_seq) = (0, 0);
        let mut person = false;
        for entry in entries {
            seq += 1;
            assert_eq!(seq, entry.seq.0, "{entries:?}");
            if let Some(public) = entry.public_seq {
                public_seq += 1;
                assert_eq!(public_seq, public.0, "{entries:?}");
            }
            if let Some(write) = entry.write {
                let author = format!("{:?}", entry.author);
                assert!(keys.insert((author, write.key)), "done twice: {entry:?}");
            }
            match &entry.body {
                Body::Event(Event::HandoffClaimed { .. }) => {
                    played.claims += 1;
                    person = true;
                }
                Body::Event(
                    Event::HandoffReleased { .. }
                    | Event::HandoffResolved { .. }
                    | Event::HandoffTransferred { .. },
                ) => person = false,
                Body::Message { .. } => {
                    assert!(
                        !(person && entry.author == Author::Ai),
                        "talked over: {entries:?}"
                    );
                }
                Body::Event(_) | Body::Note { .. } | Body::NoteEdited { .. } => {}
            }
        }
        assert_eq!(conversation.last_seq.0, seq);
        assert_eq!(conversation.last_public_seq.0, public_seq);
        if let Some(HandoffState::Active(holding)) =
            conversation.handoff.as_ref().map(|handoff| &handoff.state)
        {
            *held.entry(holding.claim.agent).or_default() += 1;
        }
        let answers = matches!(conversation.controller(), Controller::Ai);
        assert!(
            !(answers && conversation.run.is_some()),
            "the AI owes an answer: {conversation:?}"
        );
    }
    for id in &truth.team {
        let agent = truth.agent(*id);
        assert_eq!(agent.load, held.get(id).copied().unwrap_or(0), "{agent:?}");
        assert!(agent.load <= agent.chat_limit, "{agent:?}");
    }
}
