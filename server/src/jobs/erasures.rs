//! Erases what is kept no longer, and removes the files of what was erased.

use std::time::Duration;

use protocol::{ErasureId, Timestamp};

use super::prune::remove;
use crate::actions::erase::erase;
use crate::desk::Desk;
use crate::store::{Erase, StoreError};

const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;
/// How often is looked for what is kept no longer: days are counted, not minutes.
const EVERY: Duration = Duration::from_secs(10 * 60);
/// Rounds for one chatbot in one go, so that years of conversations do not keep others from writing.
const ROUNDS: u32 = 10;

/// Steps of merging the index of the search after an erasure; each is a short transaction.
const MERGES: u32 = 50;

/// When was looked last.
#[derive(Debug, Default)]
pub(super) struct Retention {
    looked_at: Option<Timestamp>,
}

impl Retention {
    /// Erases what no chatbot keeps any longer, if it is time to look.
    pub(super) async fn keep(&mut self, desk: &Desk) {
        let now = desk.now();
        if self.looked_at.is_some_and(|at| now < at.after(EVERY)) {
            return;
        }
        match erase_stale(desk, now).await {
            Ok(true) => self.looked_at = Some(now),
            // There is more: the next time goes on.
            Ok(false) => {}
            Err(error) => tracing::error!(%error, "what is kept no longer could not be read"),
        }
    }
}

/// True when nothing is left to erase.
async fn erase_stale(desk: &Desk, now: Timestamp) -> Result<bool, StoreError> {
    let mut all = true;
    for chatbot in desk.store.every_chatbot().await? {
        let Some(days) = chatbot.settings.privacy.erase_after_days else {
            continue;
        };
        let before = Timestamp(now.millis() - i64::from(days) * DAY_MILLIS);
        let mut rounds = 0;
        loop {
            let stale = Erase::Before {
                chatbot: chatbot.id,
                before,
            };
            // Logged where it failed, and done the next time.
            let Ok(erased) = erase(desk, chatbot.workspace, stale).await else {
                all = false;
                break;
            };
            if erased.visitors.is_empty() {
                break;
            }
            rounds += 1;
            if rounds == ROUNDS {
                all = false;
                break;
            }
        }
    }
    Ok(all)
}

/// Removes the objects of files that were erased, and notes when the last is gone.
pub(crate) async fn remove_files(desk: &Desk) {
    let erasures = match desk.store.erasures_under_way().await {
        Ok(erasures) => erasures,
        Err(error) => return tracing::error!(%error, "what was erased could not be read"),
    };
    if erasures.is_empty() {
        return;
    }
    for erasure in erasures {
        while let Some(false) = remove_some(desk, erasure).await {}
    }
    merge_search(desk).await;
}

/// Has the search forget deleted words, as far as that takes no long time: a large index merges on the next
/// occasions, and by itself once a tenth of it was deleted.
async fn merge_search(desk: &Desk) {
    for step in 0..MERGES {
        // Logged where it failed.
        match desk.store.merge_search(step == 0).await {
            Ok(false) => {}
            Ok(true) | Err(_) => return,
        }
    }
}

/// Whether the last file is gone; none when that failed, for the next time.
async fn remove_some(desk: &Desk, erasure: ErasureId) -> Option<bool> {
    let files = desk.store.erased_files(erasure).await;
    let files = files
        .inspect_err(|error| tracing::error!(%error, "erased files could not be read"))
        .ok()?;
    let named = files.len();
    let gone = remove(desk, files).await;
    let stuck = gone.len() < named;
    let done = desk.store.erased_files_are_gone(erasure, gone, desk.now());
    let done = done.await.ok()?;
    (!stuck).then_some(done)
}
