//! A file is uploaded: it comes as a whole, is looked at, and waits for the message or the saved
//! reply that names it.

use bytes::Bytes;
use domain::Uploader;
use futures::Stream;
use protocol::attachment::{Attachment, Picture as Size};
use protocol::{AgentId, AttachmentId, ConversationId, Refusal, WorkspaceId, limits};

use crate::desk::Desk;
use crate::files::{Arrived, Broken, FilesError, Kind, Object, Picture, kind};
use crate::random::fresh;
use crate::store::{NewAttachment, NewReplyFile};

const MEBIBYTE: u64 = 1024 * 1024;

/// What somebody wants to upload, and where to.
#[derive(Debug, Clone)]
pub(crate) struct Upload {
    pub(crate) workspace: WorkspaceId,
    pub(crate) to: Destination,
    /// What its sender calls it.
    pub(crate) name: String,
    /// The largest file, in mebibytes.
    pub(crate) limit: u32,
}

/// What names the file in the end.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Destination {
    /// A message or a note.
    Conversation(ConversationId, Uploader),
    /// A saved reply of this agent, or one that they share.
    Reply(AgentId),
}

impl Upload {
    /// Refuses what says of itself that it is too long.
    pub(crate) fn announced(&self, bytes: Option<u64>) -> Result<(), Refusal> {
        match bytes {
            Some(bytes) if bytes > self.most() => Err(self.too_large()),
            _ => Ok(()),
        }
    }

    fn most(&self) -> u64 {
        u64::from(self.limit) * MEBIBYTE
    }

    fn too_large(&self) -> Refusal {
        Refusal::FileTooLarge { limit: self.limit }
    }
}

/// Takes a file in. Whoever goes away meanwhile leaves nothing.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::FileNotAllowed`], [`Refusal::PictureUnreadable`],
/// [`Refusal::TooManyFiles`], [`Refusal::Malformed`] when it broke off, [`Refusal::Unavailable`].
pub(crate) async fn upload<S, E>(
    desk: &Desk,
    upload: Upload,
    pieces: S,
) -> Result<Attachment, Refusal>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let arrived = desk.files.take_in(pieces, upload.most()).await;
    let arrived = arrived.map_err(|broken| match broken {
        Broken::TooLarge => upload.too_large(),
        Broken::Off => Refusal::Malformed,
        Broken::Io(error) => {
            tracing::error!(%error, "an upload could not be written");
            Refusal::Unavailable
        }
    })?;
    // From here on it runs to its end, whoever still waits: between the row and its object
    // nothing may stop.
    let desk = desk.clone();
    let keeping = tokio::spawn(async move { keep(&desk, upload, arrived).await });
    keeping.await.unwrap_or_else(|_| {
        tracing::error!("keeping an upload panicked");
        Err(Refusal::Unavailable)
    })
}

/// What is kept of a file.
enum Content {
    Picture(Picture),
    AsItCame(&'static str),
}

async fn keep(desk: &Desk, upload: Upload, arrived: Arrived) -> Result<Attachment, Refusal> {
    let name = name(&upload.name);
    let content = content(desk, &arrived, &name).await?;
    let id = fresh!(AttachmentId, desk.now());
    let view = match &content {
        Content::Picture(picture) => Attachment {
            id,
            name,
            media_type: picture.media_type.to_owned(),
            bytes: picture.bytes.len() as u64,
            picture: Some(Size {
                width: picture.width,
                height: picture.height,
            }),
        },
        Content::AsItCame(media_type) => Attachment {
            id,
            name,
            media_type: (*media_type).to_owned(),
            bytes: arrived.bytes,
            picture: None,
        },
    };
    let workspace = upload.workspace;
    begin(desk, &upload, view.clone()).await?;
    // What fails from here on is forgotten with its row, an hour later.
    match content {
        Content::Picture(picture) => {
            let thumbnail = (workspace, id, Object::Thumbnail);
            let kept = desk.files.keep_bytes(thumbnail, picture.thumbnail).await;
            kept.map_err(|error| failed(&error))?;
            let file = (workspace, id, Object::File);
            desk.files.keep_bytes(file, picture.bytes).await
        }
        Content::AsItCame(_) => desk.files.keep(workspace, id, &arrived).await,
    }
    .map_err(|error| failed(&error))?;
    match upload.to {
        Destination::Conversation(..) => desk.store.attachment_is_kept(workspace, id).await?,
        Destination::Reply(_) => desk.store.reply_file_is_kept(workspace, id).await?,
    }
    Ok(view)
}

/// Enters it, so that no object is without a row.
async fn begin(desk: &Desk, upload: &Upload, view: Attachment) -> Result<(), Refusal> {
    let (workspace, at) = (upload.workspace, desk.now());
    match upload.to {
        Destination::Conversation(conversation, by) => {
            let row = NewAttachment {
                workspace,
                conversation,
                by,
                view,
                at,
            };
            desk.store.begin_attachment(row).await?;
        }
        Destination::Reply(agent) => {
            let row = NewReplyFile {
                workspace,
                agent,
                view,
                at,
            };
            desk.store.begin_reply_file(row).await?;
        }
    }
    Ok(())
}

async fn content(desk: &Desk, arrived: &Arrived, name: &str) -> Result<Content, Refusal> {
    let (path, named) = (arrived.path().to_owned(), name.to_owned());
    let looked = tokio::task::spawn_blocking(move || kind(&path, &named)).await;
    let looked = looked.map_err(FilesError::from);
    let kind = looked.and_then(|kind| kind.map_err(FilesError::from));
    match kind.map_err(|error| failed(&error))? {
        Kind::Runs => Err(Refusal::FileNotAllowed),
        Kind::Other(media_type) => Ok(Content::AsItCame(media_type)),
        Kind::Picture(format) => {
            let picture = desk.files.picture(arrived, format).await;
            let picture = picture.map_err(|error| failed(&error))?;
            let picture = picture.ok_or(Refusal::PictureUnreadable)?;
            Ok(Content::Picture(picture))
        }
    }
}

/// A name that can be shown, and cannot lead out of a folder.
fn name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // Nor may it be written backwards, so that its end looks like another.
    let steers = |c: char| matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(|c| !steers(*c)).collect();
    let name = domain::text::name(&name);
    if name.trim_matches('.').is_empty() {
        return "file".to_owned();
    }
    let count = name.chars().count();
    if count <= limits::FILE_NAME {
        return name;
    }
    // The ending says what it is, so it is the middle that goes.
    let end = limits::FILE_NAME / 4;
    let start = limits::FILE_NAME - end - 1;
    let head = name.chars().take(start);
    let tail = name.chars().skip(count - end);
    head.chain(['…']).chain(tail).collect()
}

pub(super) fn failed(error: &FilesError) -> Refusal {
    tracing::error!(%error, "a file could not be kept");
    Refusal::Unavailable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_leads_nowhere_and_says_what_it_is() {
        for (sent, kept) in [
            ("tent pole.png", "tent pole.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\Ana\\a.pdf", "a.pdf"),
            ("a\tb\nc.txt", "abc.txt"),
            ("exe.\u{202e}gpj", "exe.gpj"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(kept, name(sent));
        }
        let long = name(&format!("{}.docx", "ä".repeat(300)));
        assert_eq!(limits::FILE_NAME, long.chars().count());
        assert!(long.ends_with("ä.docx") && long.contains('…'));
    }
}
