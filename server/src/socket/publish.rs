//! A socket whose words reach whoever looks at a conversation without being kept: what the hub costs
//! without the database. Only where defects can be switched on, never in a release.

use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use domain::entry::Body;
use domain::{Change, Entry};
use protocol::visitor::VisitorCommand;
use protocol::{ConversationId, limits};

use super::goodbye::{self, End};
use super::upgrade::{self, Sizes};
use crate::desk::Desk;
use crate::hub::frame::{self, Encoding};

/// As for visitors, whose place it takes.
const SIZES: Sizes = Sizes {
    frame: limits::VISITOR_FRAME,
    read_buffer: 1024,
};

/// `GET /ws/publish`. The first frame names a conversation in which something was said; the others are
/// what a visitor would say.
pub(crate) async fn connect(State(desk): State<Desk>, socket: WebSocketUpgrade) -> Response {
    upgrade::limited(socket, SIZES).on_upgrade(move |socket| run(desk, socket))
}

async fn run(desk: Desk, mut socket: WebSocket) {
    let Some(mut change) = begin(&desk, &mut socket).await else {
        return goodbye::say(&mut socket, End::Gone).await;
    };
    let end = loop {
        let message = match socket.recv().await {
            None => break End::Gone,
            Some(Ok(Message::Close(_))) => break End::Theirs,
            Some(Ok(message)) => message,
            Some(Err(error)) => break End::of_failed_read(&error),
        };
        if let Some(VisitorCommand::Say { text, .. }) = frame::decode(&message, Encoding::Json) {
            say(&mut change, text);
            desk.hub.publish(&change);
        }
    };
    goodbye::say(&mut socket, end).await;
}

/// Reads which conversation it is, and says how it stands.
async fn begin(desk: &Desk, socket: &mut WebSocket) -> Option<Change> {
    let Some(Ok(Message::Text(id))) = socket.recv().await else {
        return None;
    };
    let id = ConversationId(id.as_str().parse().ok()?);
    let workspace = desk.store.first_workspace().await.ok()??.id;
    let conversation = desk.store.conversation(workspace, id).await.ok()??;
    let newest = desk.store.newest_public_entries(workspace, id, 1);
    Some(Change {
        was: conversation.card_state(),
        controller_was: conversation.controller(),
        line_was: Some(conversation.line()),
        offered_to_was: None,
        asked_for_details: conversation.asks_for_details(),
        entries: newest.await.ok()?,
        read_by_team: false,
        read_by_visitor: false,
        run: None,
        conversation,
    })
}

/// Makes the change one that says this next.
fn say(change: &mut Change, text: String) {
    let conversation = &mut change.conversation;
    conversation.version += 1;
    conversation.last_seq = conversation.last_seq.next();
    conversation.last_public_seq = conversation.last_public_seq.next();
    let entry: Option<&mut Entry> = change.entries.last_mut();
    if let Some(entry) = entry {
        entry.seq = conversation.last_seq;
        entry.public_seq = Some(conversation.last_public_seq);
        entry.body = Body::Message {
            markdown: text,
            sources: Vec::new(),
            choices: Vec::new(),
            attachments: Vec::new(),
            thumb: None,
        };
    }
}
