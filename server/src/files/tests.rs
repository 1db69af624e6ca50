//! Files in a folder, and pictures written anew.

use std::path::Path;

use futures::StreamExt as _;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use protocol::Timestamp;
use tempfile::TempDir;

use super::*;

fn files(data: &Path) -> Files {
    let mut config = Config::load(None).unwrap();
    config.data.folder = data.to_owned();
    Files::open(&config, Opened::ToServe).unwrap()
}

fn names() -> (WorkspaceId, AttachmentId) {
    let id = AttachmentId::new(Timestamp(1), &[3; 10]);
    (WorkspaceId(id.0), id)
}

fn pieces(bytes: &[u8]) -> impl futures::Stream<Item = Result<Bytes, std::io::Error>> + Unpin {
    let pieces: Vec<_> = bytes.chunks(1_000).map(Bytes::copy_from_slice).collect();
    futures::stream::iter(pieces.into_iter().map(Ok))
}

fn in_folder(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[tokio::test]
async fn a_file_comes_back_as_it_went_in_and_is_gone_when_removed() {
    let data = TempDir::new().unwrap();
    let files = files(data.path());
    let (workspace, id) = names();
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();

    let arrived = files.take_in(pieces(&bytes), 200_000).await.unwrap();
    assert_eq!(200_000, arrived.bytes);
    files.keep(workspace, id, &arrived).await.unwrap();
    drop(arrived);
    assert_eq!(0, in_folder(&data.path().join("uploads")));

    let (length, stream) = files.read((workspace, id, Object::File)).await.unwrap();
    assert_eq!(200_000, length);
    let read: Vec<Bytes> = stream.map(|piece| piece.unwrap()).collect().await;
    assert_eq!(bytes, read.concat());
    files.remove(workspace, id).await.unwrap();
    files.remove(workspace, id).await.unwrap();
    assert_eq!(0, files.count().await);
}

#[tokio::test]
async fn what_is_too_large_or_breaks_off_leaves_nothing() {
    let data = TempDir::new().unwrap();
    let files = files(data.path());
    let over = files.take_in(pieces(&[7; 5_000]), 4_999).await;
    assert!(matches!(over, Err(Broken::TooLarge)));
    let broken = futures::stream::iter([Ok(Bytes::from_static(b"half")), Err("gone")]);
    let broken = files.take_in(broken, 4_999).await;
    assert!(matches!(broken, Err(Broken::Off)));
    assert_eq!(0, in_folder(&data.path().join("uploads")));
}

#[tokio::test]
async fn what_a_crash_left_half_done_is_gone_with_the_next_start() {
    let data = TempDir::new().unwrap();
    let first = files(data.path());
    let (workspace, id) = names();
    let kept = (workspace, id, Object::File);
    first.keep_bytes(kept, vec![1, 2, 3]).await.unwrap();
    drop(first);
    let staged = data
        .path()
        .join(format!("files/{workspace}/{id}.thumbnail#1"));
    std::fs::write(&staged, b"half").unwrap();
    std::fs::write(data.path().join("uploads/abc"), b"half").unwrap();

    let second = files(data.path());
    assert!(!staged.exists());
    assert_eq!(0, in_folder(&data.path().join("uploads")));
    assert_eq!(1, second.count().await);
}

/// A JPEG of 30 to 20 with a description and a turn by a quarter, as phones make them.
fn turned_jpeg() -> Vec<u8> {
    let picture = RgbImage::from_fn(30, 20, |x, _| {
        if x < 15 {
            Rgb([220, 0, 0])
        } else {
            Rgb([0, 0, 220])
        }
    });
    let mut jpeg = std::io::Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
    picture.write_with_encoder(encoder).unwrap();
    let jpeg = jpeg.into_inner();
    // TIFF, little-endian: orientation 6, and a description.
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend(b"\x0e\x01\x02\0\x0c\0\0\0\x26\0\0\0");
    exif.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0");
    exif.extend(b"\0\0\0\0");
    exif.extend(b"SECRET PLACE");
    let mut whole = jpeg[..2].to_vec();
    whole.extend([0xff, 0xe1]);
    whole.extend(((exif.len() + 2) as u16).to_be_bytes());
    whole.extend(&exif);
    whole.extend(&jpeg[2..]);
    whole
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

async fn picture(data: &Path, bytes: &[u8], format: ImageFormat) -> Option<Picture> {
    let files = files(data);
    let arrived = files.take_in(pieces(bytes), 100_000_000).await.unwrap();
    files.picture(&arrived, format).await.unwrap()
}

#[tokio::test]
async fn a_photo_is_turned_and_tells_nothing_of_its_place() {
    let data = TempDir::new().unwrap();
    let sent = turned_jpeg();
    assert!(holds(&sent, b"SECRET"));
    let kept = picture(data.path(), &sent, ImageFormat::Jpeg)
        .await
        .unwrap();
    assert_eq!(
        (20, 30, "image/jpeg"),
        (kept.width, kept.height, kept.media_type)
    );
    assert!(!holds(&kept.bytes, b"SECRET") && !holds(&kept.bytes, b"Exif"));
    let shown = image::load_from_memory(&kept.bytes).unwrap().to_rgb8();
    // What was left is above now.
    assert!(shown.get_pixel(10, 3)[0] > 150 && shown.get_pixel(10, 27)[2] > 150);
}

#[tokio::test]
async fn a_large_picture_is_made_smaller_and_what_is_seen_through_stays_so() {
    let data = TempDir::new().unwrap();
    let large = DynamicImage::from(RgbaImage::from_pixel(5_000, 1_000, Rgba([9, 9, 9, 100])));
    let mut png = std::io::Cursor::new(Vec::new());
    large.write_to(&mut png, ImageFormat::Png).unwrap();
    let kept = picture(data.path(), png.get_ref(), ImageFormat::Png)
        .await
        .unwrap();
    assert_eq!(
        (4_096, 819, "image/png"),
        (kept.width, kept.height, kept.media_type)
    );
    let small = image::load_from_memory(&kept.thumbnail).unwrap();
    assert_eq!((640, 128), (small.width(), small.height()));
    assert_eq!(100, small.to_rgba8().get_pixel(5, 5)[3]);
}

#[tokio::test]
async fn what_only_looks_like_a_picture_or_is_far_too_large_is_none() {
    let data = TempDir::new().unwrap();
    let broken = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR and then nothing of it";
    assert!(
        picture(data.path(), broken, ImageFormat::Png)
            .await
            .is_none()
    );
    // A kilobyte that would be 1.6 GB: one colour, 20,000 to 20,000.
    let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\x06\0\0\0".to_vec();
    bomb.extend([0x5d, 0x1b, 0xe3, 0x67]);
    assert!(
        picture(data.path(), &bomb, ImageFormat::Png)
            .await
            .is_none()
    );
}

type Bucket = std::sync::Arc<std::sync::Mutex<std::collections::HashMap<String, Bytes>>>;

/// The part of S3 that is spoken here, without its locks: objects by their paths.
async fn bucket(objects: Bucket) -> String {
    use axum::extract::{Request, State};
    use axum::http::{Method, StatusCode};
    use axum::response::{IntoResponse as _, Response};

    async fn answer(State(objects): State<Bucket>, request: Request) -> Response {
        let signed = request.headers().contains_key("authorization");
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let body = axum::body::to_bytes(request.into_body(), 1_000_000).await;
        let mut objects = objects.lock().unwrap();
        let tag = [
            ("etag", "\"1\""),
            ("last-modified", "Sat, 21 Nov 2026 10:00:00 GMT"),
        ];
        match (signed, method) {
            (true, Method::PUT) => {
                objects.insert(path, body.unwrap());
                tag.into_response()
            }
            (true, Method::GET) => match objects.get(&path) {
                Some(object) => (tag, object.clone()).into_response(),
                None => StatusCode::NOT_FOUND.into_response(),
            },
            (true, Method::DELETE) => {
                objects.remove(&path);
                StatusCode::NO_CONTENT.into_response()
            }
            _ => StatusCode::FORBIDDEN.into_response(),
        }
    }

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let routes = axum::Router::new().fallback(answer).with_state(objects);
    tokio::spawn(async move { axum::serve(listener, routes).await });
    format!("http://{address}")
}

#[tokio::test]
async fn a_store_that_speaks_s3_keeps_files_as_well() {
    let data = TempDir::new().unwrap();
    let objects = Bucket::default();
    let mut config = Config::load(None).unwrap();
    config.data.folder = data.path().to_owned();
    config.files.url = "s3://chat/kept".to_owned();
    config.files.endpoint = bucket(Bucket::clone(&objects)).await;
    config.files.access_key = "key".to_owned();
    config.files.secret_key = "secret".to_owned();
    let files = Files::open(&config, Opened::ToServe).unwrap();
    let (workspace, id) = names();

    let arrived = files.take_in(pieces(&[7; 70_000]), 70_000).await.unwrap();
    files.keep(workspace, id, &arrived).await.unwrap();
    let path = format!("/chat/kept/{workspace}/{id}");
    assert_eq!(
        Some(70_000),
        objects.lock().unwrap().get(&path).map(Bytes::len)
    );
    let (length, stream) = files.read((workspace, id, Object::File)).await.unwrap();
    let read: Vec<Bytes> = stream.map(|piece| piece.unwrap()).collect().await;
    assert_eq!((70_000, vec![7; 70_000]), (length, read.concat()));
    files.remove(workspace, id).await.unwrap();
    assert!(objects.lock().unwrap().is_empty());

    config.files.url = "https://chat.example".to_owned();
    assert!(Files::open(&config, Opened::ToServe).is_err());
}
