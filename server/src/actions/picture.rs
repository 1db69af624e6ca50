//! A picture of an agent or a chatbot: taken in, made a small square without anything else that was in
//! the file, and taken out again.

use bytes::Bytes;
use futures::Stream;
use protocol::attachment::{Attachment, Picture as Size};
use protocol::{AttachmentId, ChatbotId, Refusal, WorkspaceId};

use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::files::{Broken, FilesError, Ground, Kind, kind};
use crate::random::fresh;
use crate::store::Picture;

/// The largest file that a picture is made of, in mebibytes: what phones take photos of.
pub(crate) const LARGEST: u32 = 10;

/// Takes a picture of an agent in and puts it in the place of the one there is. Colleagues see it at
/// once.
///
/// # Errors
/// As [`taken`], and [`Refusal::Unavailable`].
pub(crate) async fn set_picture<S, E>(
    desk: &Desk,
    by: SignedIn,
    pieces: S,
) -> Result<Attachment, Refusal>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let (view, picture) = taken(desk, pieces, Ground::AsItIs).await?;
    desk.store
        .set_picture(by.workspace, by.agent, Some(picture))
        .await?;
    desk.tell_team(by.workspace).await;
    Ok(view)
}

/// Takes a picture of a chatbot in and puts it in the place of the one there is.
///
/// # Errors
/// [`Refusal::NotFound`] for a chatbot that is archived or of another workspace, as [`taken`], and
/// [`Refusal::Unavailable`].
pub(crate) async fn set_chatbot_picture<S, E>(
    desk: &Desk,
    (workspace, chatbot): (WorkspaceId, ChatbotId),
    pieces: S,
) -> Result<Attachment, Refusal>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    // It lies over the sign, which must not be seen through it.
    let (view, picture) = taken(desk, pieces, Ground::White).await?;
    let store = &desk.store;
    store
        .set_chatbot_picture(workspace, chatbot, Some(picture))
        .await?;
    Ok(view)
}

/// A picture out of a file, not kept yet.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::PictureUnreadable`] for what is none, [`Refusal::Malformed`]
/// when it broke off, [`Refusal::Unavailable`].
async fn taken<S, E>(
    desk: &Desk,
    pieces: S,
    ground: Ground,
) -> Result<(Attachment, Picture), Refusal>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
{
    let most = u64::from(LARGEST) * 1024 * 1024;
    let arrived = desk.files.take_in(pieces, most).await;
    let arrived = arrived.map_err(|broken| match broken {
        Broken::TooLarge => Refusal::FileTooLarge { limit: LARGEST },
        Broken::Off => Refusal::Malformed,
        Broken::Io(error) => failed(&error.into()),
    })?;
    let found = kind(arrived.path(), "").map_err(|error| failed(&error.into()))?;
    let Kind::Picture(format) = found else {
        return Err(Refusal::PictureUnreadable);
    };
    let small = desk.files.square(&arrived, format, ground).await;
    let small = small.map_err(|error| failed(&error))?;
    let small = small.ok_or(Refusal::PictureUnreadable)?;
    let id = fresh!(AttachmentId, desk.now());
    let view = Attachment {
        id,
        name: String::new(),
        media_type: small.media_type.to_owned(),
        bytes: small.bytes.len() as u64,
        picture: Some(Size {
            width: 128,
            height: 128,
        }),
    };
    let picture = Picture {
        id,
        media_type: view.media_type.clone(),
        content: small.bytes,
    };
    Ok((view, picture))
}

/// Takes an agent's picture out.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn remove_picture(desk: &Desk, by: SignedIn) -> Result<(), Refusal> {
    desk.store.set_picture(by.workspace, by.agent, None).await?;
    desk.tell_team(by.workspace).await;
    Ok(())
}

fn failed(error: &FilesError) -> Refusal {
    tracing::error!(%error, "a picture could not be kept");
    Refusal::Unavailable
}
