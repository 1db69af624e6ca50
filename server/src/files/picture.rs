//! Reads a picture within bounds and writes it anew: whatever else was in the file is gone, and so
//! is where and when it was taken.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder as _, ImageError, ImageFormat, ImageReader, ImageResult, Limits,
};

/// The longest side that is read.
const SIDE: u32 = 20_000;
/// The most pixels that are read: what the largest cameras of phones make.
const PIXELS: u64 = 64_000_000;
/// Memory that reading one may take, in bytes.
const MEMORY: u64 = 320 * 1024 * 1024;
/// The longest side that is kept.
const KEPT: u32 = 4_096;
/// The longest side of a thumbnail: what a bubble shows, on screens of two pixels to one.
const THUMBNAIL: u32 = 640;
/// The side of a square: what the largest face takes, on screens of two pixels to one.
const SQUARE: u32 = 128;
/// How good a JPEG is, of 100.
const QUALITY: u8 = 85;

/// A picture, written anew.
#[derive(Debug)]
pub(crate) struct Picture {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) thumbnail: Vec<u8>,
}

/// A square picture, written anew.
#[derive(Debug)]
pub(crate) struct Small {
    pub(crate) bytes: Vec<u8>,
    pub(crate) media_type: &'static str,
}

/// Reads one, turned the way it was taken. Of one that moves the first moment is kept.
fn open(path: &Path, format: ImageFormat) -> ImageResult<DynamicImage> {
    let mut reader = ImageReader::open(path)?;
    reader.set_format(format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > PIXELS {
        return Err(ImageError::Limits(image::error::LimitError::from_kind(
            image::error::LimitErrorKind::DimensionError,
        )));
    }
    // What cannot be understood of its turn turns nothing.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder)?;
    image.apply_orientation(orientation);
    Ok(image)
}

/// What lies behind a square that can be seen through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    AsItIs,
    White,
}

/// The middle of one as a small square, such as stands for a person.
pub(super) fn square(path: &Path, format: ImageFormat, ground: Ground) -> ImageResult<Small> {
    let image = open(path, format)?;
    let small = image.resize_to_fill(SQUARE, SQUARE, FilterType::CatmullRom);
    if ground == Ground::White && small.color().has_alpha() {
        let mut white = image::RgbaImage::from_pixel(SQUARE, SQUARE, image::Rgba([255; 4]));
        image::imageops::overlay(&mut white, &small.to_rgba8(), 0, 0);
        let opaque = DynamicImage::ImageRgba8(white).to_rgb8();
        return Ok(Small {
            // Drawings keep their edges.
            bytes: png(&DynamicImage::ImageRgb8(opaque))?,
            media_type: "image/png",
        });
    }
    Ok(if small.color().has_alpha() {
        Small {
            bytes: png(&small)?,
            media_type: "image/png",
        }
    } else {
        Small {
            bytes: jpeg(&small)?,
            media_type: "image/jpeg",
        }
    })
}

/// Reads one and writes it anew, with a thumbnail.
pub(super) fn read(path: &Path, format: ImageFormat) -> ImageResult<Picture> {
    let image = open(path, format)?;
    // JPEG stays JPEG and PNG stays PNG; what is neither is whichever suits it.
    let sees_through = image.color().has_alpha();
    let image = within(image, KEPT);
    let (bytes, media_type) = if format == ImageFormat::Png || sees_through {
        (png(&image)?, "image/png")
    } else {
        (jpeg(&image)?, "image/jpeg")
    };
    let (width, height) = (image.width(), image.height());
    let small = within(image, THUMBNAIL);
    let thumbnail = if sees_through {
        png(&small)?
    } else {
        jpeg(&small)?
    };
    Ok(Picture {
        bytes,
        media_type,
        width,
        height,
        thumbnail,
    })
}

/// The type of a thumbnail, which is one of two.
pub(crate) fn thumbnail_type(head: &[u8]) -> &'static str {
    if head.starts_with(b"\x89PNG") {
        "image/png"
    } else {
        "image/jpeg"
    }
}

/// Made smaller if a side is longer than this.
fn within(image: DynamicImage, side: u32) -> DynamicImage {
    if image.width() <= side && image.height() <= side {
        return image;
    }
    image.resize(side, side, FilterType::Triangle)
}

fn jpeg(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    image.to_rgb8().write_with_encoder(encoder)?;
    Ok(bytes.into_inner())
}

fn png(image: &DynamicImage) -> ImageResult<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    let encoder = PngEncoder::new(&mut bytes);
    if image.color().has_alpha() {
        image.to_rgba8().write_with_encoder(encoder)?;
    } else {
        image.to_rgb8().write_with_encoder(encoder)?;
    }
    Ok(bytes.into_inner())
}
