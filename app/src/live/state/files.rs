//! Files that go along with a text on its way, and how they are kept over a reload.

use protocol::attachment::{Attachment, Picture};

/// The fields of one file where it is kept.
const FIELDS: usize = 6;

/// One line for all of them. A name holds no tab: the server leaves out what nobody can see.
pub(super) fn kept(files: &[Attachment]) -> String {
    let fields = files.iter().flat_map(|file| {
        let size = |side: fn(Picture) -> u32| file.picture.map_or(0, side).to_string();
        [
            file.id.to_string(),
            file.bytes.to_string(),
            size(|picture| picture.width),
            size(|picture| picture.height),
            file.media_type.clone(),
            file.name.clone(),
        ]
    });
    fields.collect::<Vec<_>>().join("\t")
}

/// The files of such a line; none for one that is no such line.
pub(super) fn of_kept(line: &str) -> Option<Vec<Attachment>> {
    if line.is_empty() {
        return Some(Vec::new());
    }
    let fields: Vec<&str> = line.split('\t').collect();
    let one = |fields: &[&str]| {
        let [id, bytes, width, height, media_type, name] = fields else {
            return None;
        };
        let (width, height) = (width.parse().ok()?, height.parse().ok()?);
        Some(Attachment {
            id: id.parse().ok()?,
            name: (*name).to_owned(),
            media_type: (*media_type).to_owned(),
            bytes: bytes.parse().ok()?,
            picture: (width > 0).then_some(Picture { width, height }),
        })
    };
    fields.chunks(FIELDS).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{AttachmentId, Timestamp};

    fn file(name: &str, picture: Option<Picture>) -> Attachment {
        Attachment {
            id: AttachmentId::new(Timestamp(1), &[7; 10]),
            name: name.to_owned(),
            media_type: "image/png".to_owned(),
            bytes: 1_234,
            picture,
        }
    }

    #[test]
    fn files_survive_a_reload() {
        let size = Picture {
            width: 40,
            height: 30,
        };
        for files in [
            Vec::new(),
            vec![file("tent pole.png", Some(size))],
            vec![file("a.pdf", None), file("b", Some(size))],
        ] {
            assert_eq!(Some(files.clone()), of_kept(&kept(&files)));
        }
        assert_eq!(None, of_kept("something else"));
    }
}
