//! Files: sent both ways, kept from everybody else, and gone when nobody sends them.

use std::path::Path;
use std::time::Duration;

use protocol::attachment::Picture;
use protocol::card::Files;
use protocol::entry::{Body, PublicBody};
use protocol::{AttachmentId, Refusal};
use tokio::io::AsyncWriteExt as _;

use crate::actors::{AgentActor, TestDesk, VisitorActor, fresh_key, get, png, post_bytes};

/// Files in a folder and in those within it.
fn count(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            if entry.file_type().unwrap().is_dir() {
                count(&entry.path())
            } else {
                1
            }
        })
        .sum()
}

fn kept(desk: &TestDesk) -> (usize, usize) {
    let folder = desk.folder();
    (count(&folder.join("files")), count(&folder.join("uploads")))
}

/// Waits until so many objects are kept.
pub(crate) async fn keeps(desk: &TestDesk, objects: usize) {
    for _ in 0..100 {
        if kept(desk) == (objects, 0) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!((objects, 0), kept(desk));
}

/// An agent who holds a visitor's conversation.
pub(crate) async fn talking(desk: &TestDesk, name: &str) -> (AgentActor, VisitorActor) {
    let mut ana = desk.agent(name).await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    let handoff = ana.sees_pending(visitor.conversation).await;
    ana.opens(visitor.conversation).await;
    ana.claims(visitor.conversation, handoff).await.unwrap();
    (ana, visitor)
}

#[tokio::test]
async fn a_picture_goes_to_the_visitor_and_a_file_comes_back() {
    let desk = TestDesk::start().await;
    let (mut ana, mut visitor) = talking(&desk, "Ana").await;
    let conversation = visitor.conversation;

    let picture = ana.uploads(conversation, "tent%20pole.png", png()).await;
    let picture = picture.unwrap();
    assert_eq!("tent pole.png", picture.name);
    let size = Picture {
        width: 40,
        height: 30,
    };
    assert_eq!(Some(size), picture.picture);
    ana.sends(conversation, &[picture.id]).await.unwrap();
    let seen = visitor
        .client
        .hears("the picture", |event| match event {
            protocol::visitor::VisitorEvent::EntryAdded(entry) => match &entry.body {
                PublicBody::Message(message) => message.attachments.first().cloned(),
                PublicBody::Event(_) => None,
            },
            _ => None,
        })
        .await;
    assert_eq!(picture, seen);
    let card = ana
        .sees_card(conversation, |card| card.last.files.pictures == 1)
        .await;
    assert_eq!("", card.last.text);

    let file = visitor.fetches(picture.id).await;
    assert_eq!(200, file.status);
    assert_eq!("image/png", file.headers["content-type"]);
    assert!(image::load_from_memory(&file.bytes).is_ok());
    assert_eq!("nosniff", file.headers["x-content-type-options"]);
    let policy = file.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("sandbox") && policy.contains("default-src 'none'"));
    let small = format!("{}/attachments/{}/thumbnail", desk.url, picture.id);
    let bearer = visitor.bearer();
    let small = get(&small, &[("authorization", &bearer)]).await;
    assert_eq!(200, small.status);
    assert!(image::load_from_memory(&small.bytes).is_ok());

    let page = visitor
        .uploads("notes.txt", b"Hello <b>there</b>".to_vec())
        .await;
    let page = page.unwrap();
    assert_eq!(("text/plain", None), (&*page.media_type, page.picture));
    visitor.sends("Here it is", &[page.id]).await.unwrap();
    let entry = ana.reads("Here it is").await;
    let Body::Message(message) = entry.body else {
        panic!("{entry:?} is no message");
    };
    assert_eq!(vec![page.clone()], message.attachments);
    let file = ana.fetches(page.id).await;
    assert_eq!("Hello <b>there</b>", file.text);
    let disposition = file.headers["content-disposition"].to_str().unwrap();
    assert_eq!("attachment; filename*=UTF-8''notes%2Etxt", disposition);
    let small = format!("{}/attachments/{}/thumbnail", desk.url, page.id);
    assert_eq!(404, get(&small, &[("cookie", &ana.cookie)]).await.status);
}

#[tokio::test]
async fn what_is_too_large_or_runs_or_is_broken_is_refused_and_leaves_nothing() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.files.limit_mebibytes = 1;
        layer.files = Some(effective.files);
    })
    .await;
    let visitor = desk.visitor().await;
    let conversation = visitor.conversation;

    let most = vec![b'x'; 1024 * 1024];
    assert!(visitor.uploads("most.txt", most.clone()).await.is_ok());
    let mut over = most;
    over.push(b'x');
    let refused = visitor.uploads_to(conversation, "over.txt", over).await;
    assert_eq!(413, refused.status);
    for (name, bytes, refusal) in [
        ("setup.exe", b"text".to_vec(), Refusal::FileNotAllowed),
        (
            "photo.jpg",
            b"MZ\x90\0\x03".to_vec(),
            Refusal::FileNotAllowed,
        ),
        (
            "photo.png",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            Refusal::PictureUnreadable,
        ),
    ] {
        assert_eq!(Err(refusal), visitor.uploads(name, bytes).await, "{name}");
    }
    assert_eq!((1, 0), kept(&desk));

    desk.sets(|effective, layer| {
        effective.files.from_visitors = false;
        layer.files = Some(effective.files);
    })
    .await;
    assert_eq!(
        Err(Refusal::FilesOff),
        visitor.uploads("a.png", png()).await
    );
}

#[tokio::test]
async fn a_length_that_is_not_told_is_counted() {
    let desk = TestDesk::start().await;
    desk.sets(|effective, layer| {
        effective.files.limit_mebibytes = 1;
        layer.files = Some(effective.files);
    })
    .await;
    let visitor = desk.visitor().await;
    let mut stream = raw(&desk, &visitor, "Transfer-Encoding: chunked").await;
    let piece = [b"10000\r\n".as_slice(), &[b'x'; 65_536], b"\r\n"].concat();
    // It is cut off at some piece after the sixteenth.
    for _ in 0..64 {
        if stream.write_all(&piece).await.is_err() {
            break;
        }
    }
    drop(stream);
    keeps(&desk, 0).await;
}

/// The head of an upload, sent by hand.
async fn raw(desk: &TestDesk, visitor: &VisitorActor, length: &str) -> tokio::net::TcpStream {
    let host = desk.url.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let (conversation, bearer) = (visitor.conversation, visitor.bearer());
    let head = format!(
        "POST /attachments/{conversation} HTTP/1.1\r\nHost: {host}\r\n\
         Authorization: {bearer}\r\n{length}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let desk = TestDesk::start().await;
    let visitor = desk.visitor().await;
    let mut stream = raw(&desk, &visitor, "Content-Length: 1000000").await;
    stream.write_all(&[b'x'; 300_000]).await.unwrap();
    stream.flush().await.unwrap();
    for _ in 0..100 {
        if kept(&desk).1 == 1 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!((0, 1), kept(&desk));
    drop(stream);
    keeps(&desk, 0).await;
}

#[tokio::test]
async fn nobody_else_gets_a_file() {
    let desk = TestDesk::start().await;
    let (mut ana, mut visitor) = talking(&desk, "Ana").await;
    let (ben, mut other) = talking(&desk, "Ben").await;
    let conversation = visitor.conversation;
    let file = visitor.uploads("a.png", png()).await.unwrap();

    // Until it is sent, it is its sender's alone.
    assert_eq!(200, visitor.fetches(file.id).await.status);
    assert_eq!(404, ana.fetches(file.id).await.status);
    visitor.sends("", &[file.id]).await.unwrap();
    assert_eq!(200, ana.fetches(file.id).await.status);
    assert_eq!(200, ben.fetches(file.id).await.status);

    let url = format!("{}/attachments/{}", desk.url, file.id);
    assert_eq!(404, other.fetches(file.id).await.status);
    assert_eq!(401, get(&url, &[]).await.status);
    assert_eq!(
        401,
        get(&url, &[("authorization", "Bearer 0000")]).await.status
    );
    assert_eq!(401, get(&url, &[("cookie", "baton=0000")]).await.status);
    // A token is no cookie, and never part of an address.
    let token = visitor.token.clone().unwrap();
    assert_eq!(401, get(&format!("{url}?token={token}"), &[]).await.status);
    let made_up = visitor.fetches(AttachmentId(fresh_key().0)).await;
    assert_eq!(404, made_up.status);

    // What goes along with a note, or waits for one, is the team's.
    let secret = ana
        .uploads(conversation, "secret.png", png())
        .await
        .unwrap();
    assert_eq!(404, visitor.fetches(secret.id).await.status);
    ana.notes_with(conversation, &[secret.id]).await.unwrap();
    assert_eq!(200, ana.fetches(secret.id).await.status);
    assert_eq!(404, visitor.fetches(secret.id).await.status);

    // Nor does anybody upload to what is not theirs.
    let refused = other.uploads_to(conversation, "a.png", png()).await;
    assert_eq!(404, refused.status);
    let theirs = other.uploads("b.png", png()).await.unwrap();
    assert_eq!(
        Err(Refusal::FileGone),
        visitor.sends("", &[theirs.id]).await
    );
    assert_eq!(
        Err(Refusal::FileGone),
        ana.sends(conversation, &[theirs.id]).await
    );
    other.sends("", &[theirs.id]).await.unwrap();
}

#[tokio::test]
async fn another_site_or_a_stranger_uploads_nothing() {
    let desk = TestDesk::start().await;
    let (ana, visitor) = talking(&desk, "Ana").await;
    let url = format!("{}/attachments/{}", desk.url, visitor.conversation);
    let cookie = ("cookie", ana.cookie.as_str());
    for headers in [
        vec![cookie],
        vec![cookie, ("origin", "https://evil.example")],
        vec![
            cookie,
            ("origin", desk.url.as_str()),
            ("sec-fetch-site", "cross-site"),
        ],
    ] {
        assert_eq!(403, post_bytes(&url, &headers, png()).await.status);
    }
    let stranger = [("origin", desk.url.as_str())];
    assert_eq!(401, post_bytes(&url, &stranger, png()).await.status);
    assert_eq!((0, 0), kept(&desk));
}

#[tokio::test]
async fn an_agent_of_another_chatbot_gets_nothing() {
    let desk = TestDesk::start().await;
    let (mut ana, visitor) = talking(&desk, "Ana").await;
    let conversation = visitor.conversation;
    let file = ana.uploads(conversation, "a.png", png()).await.unwrap();
    ana.sends(conversation, &[file.id]).await.unwrap();
    let ben = desk.agent("Ben").await;
    assert_eq!(200, ben.fetches(file.id).await.status);
    let body = serde_json::json!({ "agent": ben.id, "assigned": { "only": [] } });
    assert_eq!(200, desk.asks_pages("save_assignment", &body).await.status);
    assert_eq!(404, ben.fetches(file.id).await.status);
    assert_eq!(404, ben.uploads_to(conversation, "a", png()).await.status);
}

#[tokio::test]
async fn a_message_that_comes_again_is_the_same_message() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let file = visitor.uploads("a.png", png()).await.unwrap();
    let key = fresh_key();
    let first = visitor.sends_with(key, "", &[file.id]).await.unwrap();
    visitor.client.forget();
    assert_eq!(Ok(first), visitor.sends_with(key, "", &[file.id]).await);
    visitor.client.forget();
    let other = visitor.sends_with(key, "", &[]).await;
    assert_eq!(Err(Refusal::KeyReused), other);
    // Under another key it is sent already.
    assert_eq!(Err(Refusal::FileGone), visitor.sends("", &[file.id]).await);
    assert_eq!(Err(Refusal::TextEmpty), visitor.sends("", &[]).await);
    let twice = visitor.uploads("b.png", png()).await.unwrap().id;
    assert_eq!(
        Err(Refusal::FileGone),
        visitor.sends("", &[twice, twice]).await
    );
    let many = vec![twice; 11];
    assert_eq!(
        Err(Refusal::TooManyFiles { limit: 10 }),
        visitor.sends("", &many).await
    );
}

#[tokio::test]
async fn what_nobody_sent_is_gone_after_an_hour_and_what_was_sent_stays() {
    let mut desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let sent = visitor.uploads("sent.png", png()).await.unwrap();
    let left = visitor.uploads("left.png", png()).await.unwrap();
    visitor.sends("", &[sent.id]).await.unwrap();
    assert_eq!((4, 0), kept(&desk));

    // A crash in the middle of an upload leaves a piece of it.
    desk.stops().await;
    std::fs::write(desk.folder().join("uploads/half"), b"half").unwrap();
    desk.starts_again().await;
    assert_eq!((4, 0), kept(&desk));
    visitor.comes_back(protocol::PublicSeq(0)).await;

    desk.time_passes(Duration::from_secs(3_601));
    keeps(&desk, 2).await;
    assert_eq!(404, visitor.fetches(left.id).await.status);
    assert_eq!(Err(Refusal::FileGone), visitor.sends("", &[left.id]).await);
    assert_eq!(200, visitor.fetches(sent.id).await.status);
}

#[tokio::test]
async fn the_assistant_does_not_guess_what_is_in_a_file() {
    let desk = TestDesk::start().await;
    let mut visitor = desk.visitor().await;
    let file = visitor.uploads("a.png", png()).await.unwrap();
    let seq = visitor.sends("", &[file.id]).await.unwrap();
    let answer = visitor.hears_the_ai(seq).await;
    let PublicBody::Message(message) = answer.body else {
        panic!("{answer:?} is no message");
    };
    assert!(message.text.plain().contains("I don't know that"));
}

#[tokio::test]
async fn uploads_are_limited_for_each_visitor_and_for_an_address() {
    let desk = TestDesk::start_with(|config| {
        config.limits.uploads_per_minute = 2;
        config.limits.uploads_per_minute_per_address = 3;
    })
    .await;
    let (one, other) = (desk.visitor().await, desk.visitor().await);
    for _ in 0..2 {
        assert!(one.uploads("a.txt", b"a".to_vec()).await.is_ok());
    }
    let third = one
        .uploads_to(one.conversation, "a.txt", b"a".to_vec())
        .await;
    assert_eq!(429, third.status);
    let others = other
        .uploads_to(other.conversation, "a.txt", b"a".to_vec())
        .await;
    assert_eq!(429, others.status, "the address has had its three");
}

#[tokio::test]
async fn a_last_line_counts_what_goes_along() {
    let desk = TestDesk::start().await;
    let ana = desk.agent("Ana").await;
    let mut visitor = desk.visitor().await;
    visitor.asks_for_human().await.unwrap();
    ana.sees_pending(visitor.conversation).await;
    // The assistant says once that it passes everything on.
    visitor.says("Hello?").await.unwrap();
    let picture = visitor.uploads("a.png", png()).await.unwrap().id;
    let text = visitor.uploads("a.txt", b"a".to_vec()).await.unwrap().id;
    visitor.sends("", &[picture, text]).await.unwrap();
    let counted = Files {
        pictures: 1,
        others: 1,
    };
    let counts = |card: &protocol::card::Card| card.last.files == counted;
    ana.sees_card(visitor.conversation, counts).await;
    // And whoever comes later reads the same from the database.
    let ben = desk.agent("Ben").await;
    ben.sees_card(visitor.conversation, counts).await;
}
