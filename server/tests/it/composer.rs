//! What agents write with: saved replies, drafts on every device, mentions, and what a visitor is
//! typing.

use protocol::agent::{AgentCommand, AgentEvent};
use protocol::draft::{Draft, DraftMode};
use protocol::entry::{Body, Note};
use protocol::forms::RepliesView;
use protocol::mention::Mention;
use protocol::reply::{SavedReply, Share};
use protocol::text::{Node, Tag};
use protocol::visitor::VisitorCommand;
use protocol::{ConversationId, Refusal, Seq};
use serde_json::{Value, json};

use crate::actors::{AgentActor, TestDesk, fresh_key};

/// A reply as its page sends it.
fn form(share: &Value, shortcut: &str, text: &str) -> Value {
    json!({"form": {
        "id": null, "version": 0, "share": share,
        "shortcut": shortcut, "title": shortcut, "text": text,
    }})
}

/// The same as a change of one that exists.
fn change(reply: &SavedReply, text: &str) -> Value {
    json!({"form": {
        "id": reply.id, "version": reply.version, "share": reply.share,
        "shortcut": reply.shortcut, "title": reply.title, "text": text,
    }})
}

async fn saves(desk: &TestDesk, cookie: &str, body: &Value) -> Result<(), String> {
    let answer = desk.asks_pages_as(cookie, "save_reply", body).await;
    if answer.status == 200 {
        Ok(())
    } else {
        Err(answer.text)
    }
}

async fn page_of(desk: &TestDesk, cookie: &str) -> RepliesView {
    let answer = desk.asks_pages_as(cookie, "load_replies", &json!({})).await;
    serde_json::from_str(&answer.text).unwrap_or_else(|error| panic!("{error}: {}", answer.text))
}

fn shortcuts(replies: &[SavedReply]) -> Vec<&str> {
    replies.iter().map(|reply| &*reply.shortcut).collect()
}

impl AgentActor {
    /// The saved replies over the socket.
    pub(crate) async fn lists_replies(&mut self) -> Vec<SavedReply> {
        self.client.forget();
        self.client.send(&AgentCommand::ListReplies).await;
        self.client
            .hears("the replies", |event| match event {
                AgentEvent::Replies { replies, .. } => Some(replies.clone()),
                _ => None,
            })
            .await
    }

    async fn types(
        &mut self,
        conversation: ConversationId,
        mode: DraftMode,
        text: &str,
    ) -> Result<Option<Seq>, Refusal> {
        let text = text.to_owned();
        self.asks(|key| AgentCommand::SaveDraft {
            conversation,
            key,
            mode,
            text,
        })
        .await
    }

    async fn hears_of_draft(&self, text: &str) -> Draft {
        self.client
            .hears("a draft", |event| match event {
                AgentEvent::DraftChanged { draft, .. } if draft.text == text => Some(draft.clone()),
                _ => None,
            })
            .await
    }

    async fn is_mentioned(&self) -> Mention {
        self.client
            .hears("a mention", |event| match event {
                AgentEvent::Mentioned(mention) => Some(*mention),
                _ => None,
            })
            .await
    }

    /// After this answer everything that was told before has arrived.
    async fn is_up_to_date(&mut self) {
        self.client.send(&AgentCommand::Ping).await;
        let pong = |event: &AgentEvent| matches!(event, AgentEvent::Pong).then_some(());
        self.client.hears("a pong", pong).await;
    }
}

#[tokio::test]
async fn everybody_writes_replies_of_their_own_and_owners_those_of_all() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);

    saves(
        &desk,
        &desk.owner,
        &form(&json!("workspace"), "hello", "Hi {{visitor.name|there}}"),
    )
    .await
    .unwrap();
    saves(&desk, &ana.cookie, &form(&json!("own"), "mine", "My words"))
        .await
        .unwrap();

    assert_eq!(vec!["hello", "mine"], shortcuts(&ana.lists_replies().await));
    assert_eq!(vec!["hello"], shortcuts(&ben.lists_replies().await));
    let refused = saves(&desk, &ben.cookie, &form(&json!("workspace"), "all", "x")).await;
    assert!(refused.unwrap_err().contains("role does not allow"));
    let mine = page_of(&desk, &ana.cookie).await.replies.remove(1);
    let stolen = saves(&desk, &ben.cookie, &change(&mine, "Not yours")).await;
    assert!(stolen.unwrap_err().contains("does not exist"));
    let hello = page_of(&desk, &ben.cookie).await.replies.remove(0);
    let body = json!({"reply": hello.id, "version": hello.version});
    let deleted = desk.asks_pages_as(&ben.cookie, "delete_reply", &body).await;
    assert!(
        deleted.text.contains("role does not allow"),
        "{}",
        deleted.text
    );
    assert_eq!(vec!["hello"], shortcuts(&ben.lists_replies().await));
}

#[tokio::test]
async fn who_has_the_inbox_open_hears_that_replies_changed() {
    let desk = TestDesk::start().await;
    let (ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let told = |event: &AgentEvent| matches!(event, AgentEvent::RepliesChanged).then_some(());

    saves(
        &desk,
        &desk.owner,
        &form(&json!("workspace"), "hello", "Hi"),
    )
    .await
    .unwrap();
    ana.client.hears("that they changed", told).await;
    ben.client.hears("that they changed", told).await;

    // An agent's own are nobody else's business.
    ben.client.forget();
    ana.client.forget();
    saves(&desk, &ana.cookie, &form(&json!("own"), "mine", "x"))
        .await
        .unwrap();
    ana.client.hears("that they changed", told).await;
    ben.is_up_to_date().await;
    assert!(ben.client.heard().iter().all(|event| told(event).is_none()));
}

#[tokio::test]
async fn a_reply_of_one_chatbot_is_for_those_who_see_it() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let share = json!({"chatbot": desk.chatbot});
    saves(&desk, &desk.owner, &form(&share, "ship", "Within a week"))
        .await
        .unwrap();
    let replies = ana.lists_replies().await;
    assert_eq!(Share::Chatbot(desk.chatbot), replies[0].share);

    let body = json!({"agent": ana.id, "assigned": {"only": []}});
    let saved = desk.asks_pages("save_assignment", &body).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    ana.comes_back(Vec::new()).await;

    assert!(ana.lists_replies().await.is_empty());
}

#[tokio::test]
async fn a_shortcut_means_one_thing_wherever_it_is_seen() {
    let desk = TestDesk::start().await;
    let (ana, ben) = (desk.signs_in("Ana").await, desk.signs_in("Ben").await);
    let everybody = json!("workspace");
    let own = json!("own");
    saves(&desk, &ana, &form(&own, "hi", "Ana's"))
        .await
        .unwrap();
    saves(&desk, &ben, &form(&own, "hi", "Ben's"))
        .await
        .unwrap();
    // Nobody learns what others have for themselves.
    saves(&desk, &desk.owner, &form(&everybody, "hi", "All"))
        .await
        .unwrap();

    for (cookie, share) in [
        (&desk.owner, &everybody),
        (&desk.owner, &json!({"chatbot": desk.chatbot})),
        (&ana, &own),
    ] {
        let refused = saves(&desk, cookie, &form(share, "HI", "again")).await;
        assert!(
            refused.unwrap_err().contains("stands there twice"),
            "{share}"
        );
    }
}

#[tokio::test]
async fn a_reply_is_saved_on_the_version_that_was_looked_at() {
    let desk = TestDesk::start().await;
    let body = form(&json!("workspace"), "hi", "Hello {{visitor.nmae}}");
    let refused = saves(&desk, &desk.owner, &body).await;
    assert!(refused.unwrap_err().contains("visitor.nmae"));

    saves(
        &desk,
        &desk.owner,
        &form(&json!("workspace"), "hi", "First"),
    )
    .await
    .unwrap();
    let first = page_of(&desk, &desk.owner).await.replies.remove(0);
    saves(&desk, &desk.owner, &change(&first, "Second"))
        .await
        .unwrap();
    let late = saves(&desk, &desk.owner, &change(&first, "Third")).await;

    assert!(late.unwrap_err().contains("Somebody else changed"));
    let kept = page_of(&desk, &desk.owner).await.replies.remove(0);
    assert_eq!(("Second", 2), (&*kept.text, kept.version));
    let body = json!({"reply": kept.id, "version": 1});
    let deleted = desk.asks_pages("delete_reply", &body).await;
    assert!(deleted.text.contains("Somebody else changed"));
    let body = json!({"reply": kept.id, "version": 2});
    assert_eq!(200, desk.asks_pages("delete_reply", &body).await.status);
    assert!(page_of(&desk, &desk.owner).await.replies.is_empty());
}

#[tokio::test]
async fn replies_are_put_in_order_by_hand() {
    let desk = TestDesk::start().await;
    for shortcut in ["a", "b", "c"] {
        saves(
            &desk,
            &desk.owner,
            &form(&json!("workspace"), shortcut, "x"),
        )
        .await
        .unwrap();
    }
    let ids: Vec<_> = page_of(&desk, &desk.owner)
        .await
        .replies
        .into_iter()
        .map(|reply| reply.id)
        .collect();

    for (reply, before, after) in [
        (ids[2], Some(ids[0]), ["c", "a", "b"]),
        (ids[2], None, ["a", "b", "c"]),
        (ids[0], Some(ids[2]), ["b", "a", "c"]),
    ] {
        let body = json!({"reply": reply, "before": before});
        let placed = desk.asks_pages("place_reply", &body).await;
        assert_eq!(200, placed.status, "{}", placed.text);
        let replies = page_of(&desk, &desk.owner).await.replies;
        assert_eq!(after.to_vec(), shortcuts(&replies));
    }
}

#[tokio::test]
async fn a_draft_follows_its_agent_to_every_device_and_nobody_else() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut phone = AgentActor::connects(&desk.url, "Ana", ana.cookie.clone()).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    ana.sees_pending(conversation).await;
    ben.opens(conversation).await;

    ana.types(conversation, DraftMode::Reply, "Within a")
        .await
        .unwrap();
    ana.types(conversation, DraftMode::Note, "Ask Ben")
        .await
        .unwrap();

    let first = phone.hears_of_draft("Within a").await;
    phone.hears_of_draft("Ask Ben").await;
    let drafts = phone.opens(conversation).await.drafts;
    assert_eq!(2, drafts.len(), "{drafts:?}");
    assert_eq!(
        vec![conversation],
        phone.comes_back(Vec::new()).await.drafts
    );

    // The last one holds, whichever device it comes from.
    phone
        .types(conversation, DraftMode::Reply, "Within a week")
        .await
        .unwrap();
    let second = ana.hears_of_draft("Within a week").await;
    assert!(second.at > first.at);

    assert!(ben.opens(conversation).await.drafts.is_empty());
    assert!(ben.comes_back(Vec::new()).await.drafts.is_empty());
    ben.is_up_to_date().await;
    let told = |event: &AgentEvent| matches!(event, AgentEvent::DraftChanged { .. });
    assert!(!ben.client.heard().iter().any(told));
}

#[tokio::test]
async fn what_was_sent_is_no_draft_any_more() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let phone = AgentActor::connects(&desk.url, "Ana", ana.cookie.clone()).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let conversation = visitor.conversation;
    let handoff = ana.sees_pending(conversation).await;
    ana.claims(conversation, handoff).await.unwrap();
    ana.types(conversation, DraftMode::Reply, "Yes")
        .await
        .unwrap();
    ana.types(conversation, DraftMode::Note, "A note")
        .await
        .unwrap();
    phone.hears_of_draft("A note").await;

    ana.says(conversation, "Yes, we do.").await.unwrap();

    let gone = phone.hears_of_draft("").await;
    assert_eq!(DraftMode::Reply, gone.mode);
    let drafts = ana.opens(conversation).await.drafts;
    assert_eq!(
        vec!["A note"],
        drafts.iter().map(|draft| &*draft.text).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn a_draft_survives_a_restart_and_has_its_limits() {
    let mut desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello?").await.unwrap();
    let conversation = visitor.conversation;

    let long = "x".repeat(12_001);
    let refused = ana.types(conversation, DraftMode::Reply, &long).await;
    assert!(matches!(
        refused,
        Err(Refusal::TextTooLong { limit: 12_000, .. })
    ));
    let nowhere = ConversationId(fresh_key().0);
    let refused = ana.types(nowhere, DraftMode::Reply, "x").await;
    assert_eq!(Err(Refusal::NotFound), refused);
    ana.types(conversation, DraftMode::Note, "Kept\0")
        .await
        .unwrap();

    desk.stops().await;
    desk.starts_again().await;

    ana.comes_back(Vec::new()).await;
    let drafts = ana.opens(conversation).await.drafts;
    assert_eq!("Kept", drafts[0].text);
    ana.types(conversation, DraftMode::Note, " \n")
        .await
        .unwrap();
    ana.comes_back(Vec::new()).await;
    assert!(ana.opens(conversation).await.drafts.is_empty());
}

#[tokio::test]
async fn who_is_named_in_a_note_is_told_until_they_have_seen_it() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana Ruiz").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.says("Hello?").await.unwrap();
    let conversation = visitor.conversation;
    ana.opens(conversation).await;

    let note = "**@ben**, and @Ana Ruiz: `@Ben` knows. mail@ben";
    let seq = ana.notes(conversation, note).await.unwrap().unwrap();

    let mention = ben.is_mentioned().await;
    assert_eq!(
        (conversation, seq, ana.id),
        (mention.conversation, mention.seq, mention.by)
    );
    let entry = ana.sees_entry("the note", |entry| entry.seq == seq).await;
    let Body::Note(Note { text, .. }) = entry.body else {
        panic!("{entry:?}")
    };
    let named = text.0.iter().filter_map(|node| match node {
        Node::Open(Tag::Mention { agent }) => Some(*agent),
        _ => None,
    });
    assert_eq!(vec![ben.id, ana.id], named.collect::<Vec<_>>(), "{text:?}");
    assert!(
        text.plain()
            .contains("@ben, and @Ana Ruiz: @Ben knows. mail@ben")
    );

    // Nobody is told of their own note; who was away reads of it when they come back.
    ana.is_up_to_date().await;
    let told = |event: &AgentEvent| matches!(event, AgentEvent::Mentioned(_));
    assert!(!ana.client.heard().iter().any(told));
    assert_eq!(vec![mention], ben.comes_back(Vec::new()).await.mentions);

    ben.client
        .send(&AgentCommand::SeeMentions { conversation })
        .await;
    ben.client
        .hears("that they were seen", |event| {
            let seen = AgentEvent::MentionsSeen { conversation };
            (*event == seen).then_some(())
        })
        .await;
    assert!(ben.comes_back(Vec::new()).await.mentions.is_empty());
}

#[tokio::test]
async fn who_may_not_see_a_conversation_is_not_named_in_it() {
    let desk = TestDesk::start().await;
    let (mut ana, mut ben) = (desk.agent("Ana").await, desk.agent("Ben").await);
    let mut visitor = desk.visitor().await;
    visitor.says("Hello?").await.unwrap();
    let body = json!({"agent": ben.id, "assigned": {"only": []}});
    assert_eq!(200, desk.asks_pages("save_assignment", &body).await.status);
    ben.comes_back(Vec::new()).await;

    ana.notes(visitor.conversation, "@Ben look").await.unwrap();

    assert!(ben.comes_back(Vec::new()).await.mentions.is_empty());
}

#[tokio::test]
async fn what_a_visitor_is_typing_is_shown_where_the_chatbot_says_so() {
    let desk = TestDesk::start().await;
    let mut ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.says("Hello?").await.unwrap();
    let conversation = visitor.conversation;
    ana.opens(conversation).await;
    assert!(!visitor.welcome().await.widget.preview);
    let typed = |text: &str| VisitorCommand::Preview {
        text: text.to_owned(),
    };

    // Off by default: who sends it all the same is not listened to.
    visitor.client.send(&typed("Secret")).await;
    desk.sets(|effective, layer| {
        effective.handoff.typing_preview = true;
        layer.handoff = Some(effective.handoff.clone());
    })
    .await;
    visitor.client.send(&typed("Is Bergen")).await;

    let shown = ana
        .client
        .hears("what is typed", |event| match event {
            AgentEvent::PreviewChanged { text, .. } => Some(text.clone()),
            _ => None,
        })
        .await;
    assert_eq!("Is Bergen", shown);

    ana.client.forget();
    visitor.client.send(&typed(&"ü".repeat(3_000))).await;
    let shown = ana
        .client
        .hears("the end of it", |event| match event {
            AgentEvent::PreviewChanged { text, .. } => Some(text.chars().count()),
            _ => None,
        })
        .await;
    assert_eq!(500, shown);
}
