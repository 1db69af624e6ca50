//! An agent's picture: taken in, made a small square without anything else that was in the file, and
//! taken out again.

use bytes::Bytes;
use futures::Stream;
use protocol::attachment::{Attachment, Picture as Size};
use protocol::{AttachmentId, Refusal};

use super::sign_in::SignedIn;
use crate::desk::Desk;
use crate::files::{Broken, FilesError, Kind, kind};
use crate::random::fresh;
use crate::store::AgentPicture;

/// The largest file that a picture is made of, in mebibytes: what phones take photos of.
pub(crate) const LARGEST: u32 = 10;

/// Takes a picture in and puts it in the place of the one there is.
///
/// # Errors
/// [`Refusal::FileTooLarge`], [`Refusal::PictureUnreadable`] for what is none, [`Refusal::Malformed`]
/// when it broke off, [`Refusal::Unavailable`].
pub(crate) async fn set_picture<S, E>(
    desk: &Desk,
    by: SignedIn,
    pieces: S,
) -> Result<Attachment, Refusal>
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
    let small = desk.files.square(&arrived, format).await;
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
    let picture = AgentPicture {
        id,
        media_type: view.media_type.clone(),
        content: small.bytes,
    };
    desk.store
        .set_picture(by.workspace, by.agent, Some(picture))
        .await?;
    Ok(view)
}

/// Takes the picture out.
///
/// # Errors
/// [`Refusal::Unavailable`].
pub(crate) async fn remove_picture(desk: &Desk, by: SignedIn) -> Result<(), Refusal> {
    Ok(desk.store.set_picture(by.workspace, by.agent, None).await?)
}

fn failed(error: &FilesError) -> Refusal {
    tracing::error!(%error, "an agent's picture could not be kept");
    Refusal::Unavailable
}
