//! What the composer holds: drafts on several devices, saved replies, and mentions.

use protocol::ReplyId;
use protocol::draft::{Draft, DraftMode};
use protocol::mention::Mention;
use protocol::reply::{SavedReply, Share};

use super::*;

fn told(text: &str, at: i64) -> AgentEvent {
    AgentEvent::DraftChanged {
        conversation: conversation(1),
        draft: Draft {
            mode: DraftMode::Reply,
            text: text.to_owned(),
            at: Timestamp(at),
        },
    }
}

fn done(n: u8) -> AgentEvent {
    AgentEvent::Done {
        key: key(n),
        seq: None,
    }
}

fn text(drafts: &Drafts) -> String {
    drafts.text(conversation(1), Mode::Reply)
}

/// What the hub would be told now, under this key.
fn due(drafts: &mut Drafts, n: u8) -> Vec<String> {
    let due = drafts.due(|| key(n)).into_iter();
    due.map(|(command, _)| match command {
        AgentCommand::SaveDraft { text, .. } => text,
        other => panic!("{other:?}"),
    })
    .collect()
}

#[test]
fn a_draft_is_kept_here_until_the_hub_has_it() {
    let mut drafts = Drafts::default();
    drafts.typed(conversation(1), Mode::Reply, "Yes".to_owned());
    assert_eq!(vec!["Yes"], due(&mut drafts, 1));
    assert!(due(&mut drafts, 2).is_empty(), "it is on its way");

    // Typed on: the first answer does not settle what came after.
    drafts.typed(conversation(1), Mode::Reply, "Yes, we".to_owned());
    assert_eq!(None, drafts.apply(&done(1)).kept);
    let again = drafts.due(|| key(3));
    assert_eq!(Some(key(1)), again[0].1, "the older command is needless");
    let kept = drafts.apply(&done(3)).kept;
    assert_eq!(Some((conversation(1), Mode::Reply)), kept);
    assert!(due(&mut drafts, 4).is_empty());
}

#[test]
fn another_device_is_followed_unless_one_types_here() {
    let mut drafts = Drafts::default();
    assert!(drafts.apply(&told("From the phone", 10)).changed);
    assert_eq!("From the phone", text(&drafts));
    drafts.apply(&told("older", 9));
    assert_eq!("From the phone", text(&drafts));

    drafts.typed(conversation(1), Mode::Reply, "Here".to_owned());
    drafts.apply(&told("From the phone, more", 11));
    assert_eq!("Here", text(&drafts));
    assert_eq!(vec!["Here"], due(&mut drafts, 1));
    drafts.apply(&told("Here", 12));
    drafts.apply(&done(1));
    // Sent on the phone.
    drafts.apply(&told("", 13));
    assert_eq!("", text(&drafts));
    assert!(!drafts.has(conversation(1)));
}

#[test]
fn what_an_earlier_page_could_not_tell_is_told_and_an_empty_one_too() {
    let kept = vec![
        (conversation(1), Mode::Reply, "Kept".to_owned()),
        (conversation(2), Mode::Note, String::new()),
    ];
    let mut drafts = Drafts::of_kept(kept);
    assert_eq!(vec!["Kept", ""], due(&mut drafts, 1));
}

#[test]
fn a_refused_draft_stays_here_and_waits_for_the_next_letter() {
    let mut drafts = Drafts::default();
    drafts.typed(conversation(1), Mode::Reply, "Too much".to_owned());
    due(&mut drafts, 1);
    drafts.apply(&AgentEvent::Refused {
        key: Some(key(1)),
        refusal: Refusal::TooManyDrafts { limit: 300 },
        sentence: String::new(),
    });
    assert!(due(&mut drafts, 2).is_empty());
    drafts.apply(&told("From the phone", 10));
    assert_eq!("Too much", text(&drafts));
    drafts.typed(conversation(1), Mode::Reply, "Too much!".to_owned());
    assert_eq!(vec!["Too much!"], due(&mut drafts, 3));
}

#[test]
fn lists_know_of_drafts_that_were_not_opened_here() {
    let mut drafts = Drafts::default();
    let AgentEvent::Welcome(mut greeting) = welcome(Vec::new()) else {
        panic!("it is a welcome")
    };
    greeting.drafts = vec![conversation(1)];
    drafts.apply(&AgentEvent::Welcome(greeting));
    assert!(drafts.has(conversation(1)));
    assert!(!drafts.has(conversation(2)));

    // Opened, and it has been sent meanwhile.
    drafts.apply(&thread(pending(1, 1, 1), 1..=1, false));
    assert!(!drafts.has(conversation(1)));
}

#[test]
fn what_was_sent_while_this_page_was_cut_off_is_gone() {
    let mut drafts = Drafts::default();
    drafts.apply(&told("From the phone", 10));
    drafts.apply(&welcome(Vec::new()));
    assert_eq!("", text(&drafts));

    // What was typed here meanwhile is not.
    drafts.typed(conversation(1), Mode::Reply, "Mine".to_owned());
    drafts.apply(&welcome(Vec::new()));
    assert_eq!("Mine", text(&drafts));
}

fn reply(n: u8, share: Share, shortcut: &str, title: &str, text: &str) -> SavedReply {
    SavedReply {
        id: ReplyId::new(NOW, &[n; 10]),
        share,
        shortcut: shortcut.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        steps: Vec::new(),
        version: 1,
        files: Vec::new(),
    }
}

#[test]
fn replies_are_found_by_shortcut_title_and_text_in_this_order() {
    let mut state = inbox(vec![pending(1, 1, 1)]);
    state.want_replies();
    assert_eq!(vec![AgentCommand::ListReplies], state.take_asks());
    let other = ChatbotId::new(NOW, &[9; 10]);
    let replies = [
        reply(1, Share::Workspace, "bye", "Goodbye", "We ship it soon"),
        reply(2, Share::Own, "when", "Shipping time", "Within a week"),
        reply(3, Share::Workspace, "ship", "Abroad", "Everywhere"),
        reply(4, Share::Chatbot(other), "ship-x", "Elsewhere", "Not here"),
    ];
    let mut page = |from: u32, replies: &[SavedReply], more: bool| {
        let replies = replies.to_vec();
        state.apply(
            AgentEvent::Replies {
                from,
                replies,
                more,
            },
            NOW,
        );
    };
    page(0, &replies[..2], true);
    page(2, &replies[2..], false);
    let found = |state: &LiveState, query: &str| -> Vec<String> {
        let found = state.replies_for(conversation(1), query).into_iter();
        found.map(|reply| reply.shortcut).collect()
    };
    assert_eq!(vec!["ship", "when", "bye"], found(&state, "ship"));
    assert_eq!(vec!["bye", "when", "ship"], found(&state, ""));
    assert!(found(&state, "nothing").is_empty());

    // Deleted elsewhere: asked for anew, and replaced whole.
    state.apply(AgentEvent::RepliesChanged, NOW);
    assert_eq!(vec![AgentCommand::ListReplies], state.take_asks());
    let rest = replies[..1].to_vec();
    let event = AgentEvent::Replies {
        from: 0,
        replies: rest,
        more: false,
    };
    state.apply(event, NOW);
    assert_eq!(vec!["bye"], found(&state, ""));
}

#[test]
fn a_mention_is_told_once_and_marked_until_it_is_seen() {
    let mut state = inbox(vec![pending(1, 1, 1)]);
    let mention = Mention {
        conversation: conversation(1),
        seq: Seq(2),
        by: agent(2),
        at: NOW,
    };
    state.apply(AgentEvent::Mentioned(mention), NOW);
    state.apply(AgentEvent::Mentioned(mention), NOW);
    assert_eq!(1, state.toasts.shown().len());
    assert_eq!(Some(conversation(1)), state.toasts.shown()[0].next);
    assert!(state.is_mentioned(conversation(1)));

    state.see_mentions(conversation(1));
    state.see_mentions(conversation(1));
    let seen = AgentCommand::SeeMentions {
        conversation: conversation(1),
    };
    assert_eq!(vec![seen], state.take_asks());
    assert!(!state.is_mentioned(conversation(1)));
}

#[test]
fn what_the_visitor_types_is_over_with_their_message() {
    let mut state = inbox(vec![pending(1, 1, 1)]);
    state.open(conversation(1));
    state.apply(thread(pending(1, 1, 1), 1..=1, false), NOW);
    let preview = AgentEvent::PreviewChanged {
        conversation: conversation(1),
        text: "Is Ber".to_owned(),
    };
    state.apply(preview, NOW);
    let shown = |state: &LiveState| state.thread(conversation(1)).unwrap().preview.clone();
    assert_eq!("Is Ber", shown(&state));
    state.apply(added(1, 2), NOW);
    assert_eq!("", shown(&state));
}
