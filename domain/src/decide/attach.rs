//! Files go along with words: each has to be there, of this conversation and writer, and unsent.

use protocol::attachment::Attachment;
use protocol::{AttachmentId, ConversationId, Refusal, limits};

use crate::facts::{Facts, ForTeam, Uploader};
use crate::text;

/// The words, which may be missing where files go along.
pub(super) fn words(words: &str, files: &[AttachmentId]) -> Result<String, Refusal> {
    match text::checked(words) {
        Err(Refusal::TextEmpty) if !files.is_empty() => Ok(String::new()),
        checked => checked,
    }
}

/// The files as the entry shows them. Changes nothing yet.
pub(super) fn checked(
    facts: &Facts,
    conversation: ConversationId,
    by: Uploader,
    files: &[AttachmentId],
) -> Result<Vec<Attachment>, Refusal> {
    if files.len() > limits::ATTACHMENTS {
        let limit = limits::ATTACHMENTS as u32;
        return Err(Refusal::TooManyFiles { limit });
    }
    let one = |(place, id): (usize, &AttachmentId)| {
        let unsent = facts.attachments.get(id).filter(|unsent| {
            unsent.conversation == conversation
                && unsent.by == by
                && !files[..place].contains(id)
                && !facts.trail.sent.contains_key(id)
        });
        let unsent = unsent.ok_or(Refusal::FileGone)?;
        Ok(unsent.view.clone())
    };
    files.iter().enumerate().map(one).collect()
}

/// They are sent, and cannot be sent again.
pub(super) fn send(facts: &mut Facts, files: &[AttachmentId], for_team: ForTeam) {
    let sent = files.iter().map(|file| (*file, for_team));
    facts.trail.sent.extend(sent);
}
