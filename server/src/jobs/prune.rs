//! Tidies what grows by itself: rates in memory, files that no message or saved reply ever named, mails
//! that ended long ago, and what is kept no longer.

use std::time::Duration;

use protocol::{AttachmentId, Timestamp, WorkspaceId};

use super::erasures::{self, Retention};
use crate::desk::Desk;

const EVERY: Duration = Duration::from_secs(60);
/// After this time nobody is still writing the message.
const UNSENT_MILLIS: i64 = 60 * 60 * 1000;

/// Tidies up until the server stops.
pub(crate) async fn run(desk: Desk) {
    let mut retention = Retention::default();
    loop {
        // From before the work on, so that a turn during it is not missed.
        let turned = desk.clock.turned();
        desk.limits.forget_idle(desk.now());
        forget_unsent(&desk).await;
        forget_of_no_reply(&desk).await;
        // Logged where it failed, and done the next time.
        drop(desk.store.forget_deliveries(desk.now()).await);
        retention.keep(&desk).await;
        erasures::remove_files(&desk).await;
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = turned => {}
        }
    }
}

/// Removes files that were uploaded and not sent. Their rows go last, so that what stops in between
/// is done the next time.
async fn forget_unsent(desk: &Desk) {
    loop {
        let before = uploaded_before(desk);
        let Ok(doomed) = desk.store.doom_attachments(before).await else {
            return;
        };
        let gone = remove(desk, doomed).await;
        if gone.is_empty() || desk.store.forget_attachments(gone).await.is_err() {
            return;
        }
    }
}

/// Removes files that no saved reply has, in the same way.
async fn forget_of_no_reply(desk: &Desk) {
    loop {
        let before = uploaded_before(desk);
        let Ok(doomed) = desk.store.doom_reply_files(before).await else {
            return;
        };
        let gone = remove(desk, doomed).await;
        if gone.is_empty() || desk.store.forget_reply_files(gone).await.is_err() {
            return;
        }
    }
}

fn uploaded_before(desk: &Desk) -> Timestamp {
    Timestamp(desk.now().millis() - UNSENT_MILLIS)
}

/// Removes the objects of files, and names those of which nothing is left.
pub(super) async fn remove(
    desk: &Desk,
    doomed: Vec<(WorkspaceId, AttachmentId)>,
) -> Vec<AttachmentId> {
    let mut gone = Vec::with_capacity(doomed.len());
    for (workspace, id) in doomed {
        match desk.files.remove(workspace, id).await {
            Ok(()) => gone.push(id),
            Err(error) => tracing::error!(%error, "a file could not be removed"),
        }
    }
    gone
}
