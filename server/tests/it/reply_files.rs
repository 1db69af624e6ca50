//! Files of saved replies: uploaded, saved, copied into conversations, kept from everybody else, and
//! gone when no reply has them.

use std::time::Duration;

use protocol::attachment::{Attachment, Upload};
use protocol::entry::{Body, PublicBody};
use protocol::forms::RepliesView;
use protocol::reply::SavedReply;
use protocol::{AttachmentId, ConversationId, Refusal};
use serde_json::{Value, json};

use crate::actors::{Answer, TestDesk, fresh_key, get, png, post_bytes};
use crate::files::{keeps, talking};

async fn uploads(desk: &TestDesk, cookie: &str, name: &str, bytes: Vec<u8>) -> Answer {
    let headers = [
        ("origin", desk.url.as_str()),
        ("cookie", cookie),
        ("x-file-name", name),
    ];
    post_bytes(&format!("{}/reply-files", desk.url), &headers, bytes).await
}

/// Copies one into a conversation.
async fn attaches(
    desk: &TestDesk,
    cookie: &str,
    conversation: ConversationId,
    file: AttachmentId,
) -> Answer {
    let url = format!("{}/attachments/{conversation}/reply-files/{file}", desk.url);
    let headers = [("origin", desk.url.as_str()), ("cookie", cookie)];
    post_bytes(&url, &headers, Vec::new()).await
}

fn kept(answer: &Answer) -> Attachment {
    match serde_json::from_str(&answer.text) {
        Ok(Upload::Kept(file)) => file,
        other => panic!("{other:?}: {}", answer.text),
    }
}

fn form(reply: Option<&SavedReply>, share: &str, files: &[AttachmentId]) -> Value {
    json!({"form": {
        "id": reply.map(|reply| reply.id), "version": reply.map_or(0, |reply| reply.version),
        "share": share, "shortcut": "prices", "title": "Prices", "text": "", "files": files,
    }})
}

async fn saves(desk: &TestDesk, cookie: &str, form: &Value) -> Answer {
    desk.asks_pages_as(cookie, "save_reply", form).await
}

async fn only_reply(desk: &TestDesk, cookie: &str) -> SavedReply {
    let answer = desk.asks_pages_as(cookie, "load_replies", &json!({})).await;
    let view: RepliesView = serde_json::from_str(&answer.text).expect(&answer.text);
    view.replies.into_iter().next().expect("a reply")
}

#[tokio::test]
async fn a_reply_brings_its_files_along_and_what_was_sent_stays_when_it_changes() {
    let desk = TestDesk::start().await;
    let (mut ana, visitor) = talking(&desk, "Ana").await;
    let conversation = visitor.conversation;
    let picture = kept(&uploads(&desk, &desk.owner, "tent.png", png()).await);
    let prices = uploads(&desk, &desk.owner, "prices.txt", b"A tent: 90".to_vec()).await;
    let prices = kept(&prices);
    let files = [prices.id, picture.id];
    let saved = saves(&desk, &desk.owner, &form(None, "workspace", &files)).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    let reply = only_reply(&desk, &ana.cookie).await;
    assert_eq!(vec![prices.clone(), picture.clone()], reply.files);

    let mut sent = Vec::new();
    for file in &reply.files {
        let copy = kept(&attaches(&desk, &ana.cookie, conversation, file.id).await);
        assert_ne!(file.id, copy.id);
        assert_eq!((&file.name, file.picture), (&copy.name, copy.picture));
        sent.push(copy.id);
    }
    ana.sends(conversation, &sent).await.unwrap();
    let is_sent = |event: &protocol::visitor::VisitorEvent| match event {
        protocol::visitor::VisitorEvent::EntryAdded(entry) => match &entry.body {
            PublicBody::Message(message) => Some(message.attachments.clone()),
            PublicBody::Event(_) => None,
        }
        .filter(|files| files.len() == 2),
        _ => None,
    };
    let seen = visitor.client.hears("both files", is_sent).await;
    assert_eq!("A tent: 90", visitor.fetches(seen[0].id).await.text);
    assert_eq!(200, visitor.fetches(seen[1].id).await.status);

    // Two pictures have two objects each.
    keeps(&desk, 6).await;
    let without = form(Some(&reply), "workspace", &[]);
    assert_eq!(422, saves(&desk, &desk.owner, &without).await.status);
    let less = form(Some(&reply), "workspace", &[prices.id]);
    assert_eq!(200, saves(&desk, &desk.owner, &less).await.status);
    desk.time_passes(Duration::from_secs(61));
    keeps(&desk, 4).await;
    assert_eq!(404, desk.reads_file(&ana.cookie, picture.id).await.status);
    assert_eq!(200, visitor.fetches(seen[1].id).await.status);

    let reply = only_reply(&desk, &desk.owner).await;
    let body = json!({ "reply": reply.id, "version": reply.version });
    let deleted = desk.asks_pages("delete_reply", &body).await;
    assert_eq!(200, deleted.status, "{}", deleted.text);
    desk.time_passes(Duration::from_secs(61));
    keeps(&desk, 3).await;
    assert_eq!("A tent: 90", visitor.fetches(seen[0].id).await.text);
    ana.client.forget();
    let thread = ana.opens(conversation).await;
    let mut messages = thread.entries.iter().filter_map(|entry| match &entry.body {
        Body::Message(message) => Some(message.attachments.len()),
        _ => None,
    });
    assert_eq!(Some(2), messages.next_back());
}

impl TestDesk {
    async fn reads_file(&self, cookie: &str, file: AttachmentId) -> Answer {
        let url = format!("{}/reply-files/{file}", self.url);
        get(&url, &[("cookie", cookie)]).await
    }
}

#[tokio::test]
async fn files_of_somebodys_own_reply_are_nobody_elses() {
    let desk = TestDesk::start().await;
    let (ana, visitor) = talking(&desk, "Ana").await;
    let ben = desk.agent("Ben").await;
    let file = kept(&uploads(&desk, &ana.cookie, "mine.txt", b"mine".to_vec()).await).id;
    assert_eq!("mine", desk.reads_file(&ana.cookie, file).await.text);
    assert_eq!(404, desk.reads_file(&ben.cookie, file).await.status);
    // Nor does a reply of theirs take it.
    let taken = saves(&desk, &ben.cookie, &form(None, "own", &[file])).await;
    assert_eq!(422, taken.status, "{}", taken.text);
    let saved = saves(&desk, &ana.cookie, &form(None, "own", &[file])).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    assert_eq!(404, desk.reads_file(&ben.cookie, file).await.status);
    let stolen = attaches(&desk, &ben.cookie, visitor.conversation, file).await;
    assert_eq!(404, stolen.status, "{}", stolen.text);
    // A file of a conversation is none of a reply's, and the other way round.
    assert_eq!(404, visitor.fetches(file).await.status);
    assert_eq!(404, ana.fetches(file).await.status);
    let sent = visitor.uploads("a.txt", b"a".to_vec()).await.unwrap();
    let taken = attaches(&desk, &ana.cookie, visitor.conversation, sent.id).await;
    assert_eq!(404, taken.status);
    let nowhere = ConversationId(fresh_key().0);
    assert_eq!(
        404,
        attaches(&desk, &ana.cookie, nowhere, file).await.status
    );
    assert_eq!(
        401,
        attaches(&desk, "", visitor.conversation, file).await.status
    );
}

#[tokio::test]
async fn what_no_reply_was_saved_with_is_gone_after_an_hour() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let left = kept(&uploads(&desk, &ana.cookie, "left.txt", b"left".to_vec()).await);
    let mine = kept(&uploads(&desk, &ana.cookie, "mine.txt", b"mine".to_vec()).await);
    let saved = saves(&desk, &ana.cookie, &form(None, "own", &[mine.id])).await;
    assert_eq!(200, saved.status, "{}", saved.text);
    desk.time_passes(Duration::from_secs(3_601));
    keeps(&desk, 1).await;
    assert_eq!(404, desk.reads_file(&ana.cookie, left.id).await.status);
    assert_eq!("mine", desk.reads_file(&ana.cookie, mine.id).await.text);
}

#[tokio::test]
async fn another_site_or_what_runs_is_refused() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let url = format!("{}/reply-files", desk.url);
    let elsewhere = [("origin", "https://evil.example"), ("cookie", &*ana.cookie)];
    let refused = post_bytes(&url, &elsewhere, b"x".to_vec()).await;
    assert_eq!(403, refused.status);
    assert_eq!(401, uploads(&desk, "", "a.txt", b"x".to_vec()).await.status);
    let runs = uploads(&desk, &ana.cookie, "setup.exe", b"text".to_vec()).await;
    let refusal = match serde_json::from_str(&runs.text) {
        Ok(Upload::Refused { refusal, .. }) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!((415, Refusal::FileNotAllowed), (runs.status, refusal));
    keeps(&desk, 0).await;
}
