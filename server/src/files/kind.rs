//! What a file is, by its first bytes and never by what its sender says.

use std::io::Read as _;
use std::path::Path;

use image::ImageFormat;
use infer::MatcherType;

/// Bytes that are looked at.
const HEAD: u64 = 8 * 1024;

/// Endings of programs and scripts: a double click on one of them runs it, whatever is in it.
const RUNS: &[&str] = &[
    "apk", "app", "appimage", "bat", "bin", "chm", "cmd", "com", "cpl", "deb", "desktop", "dll",
    "dmg", "exe", "gadget", "hta", "html", "htm", "inf", "iso", "jar", "js", "jse", "lnk", "mjs",
    "msc", "msi", "msix", "msp", "pif", "pkg", "ps1", "psm1", "py", "reg", "rpm", "run", "scf",
    "scr", "sh", "shtml", "svg", "sys", "url", "vb", "vbe", "vbs", "wsf", "wsh", "xhtml",
];

/// What a file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// May be shown in place, once it was read and written anew.
    Picture(ImageFormat),
    /// Is only ever downloaded.
    Other(&'static str),
    /// Is not taken.
    Runs,
}

/// Looks at the first bytes and, for what runs, at the ending too.
pub(crate) fn kind(path: &Path, name: &str) -> std::io::Result<Kind> {
    let mut head = Vec::new();
    std::fs::File::open(path)?
        .take(HEAD)
        .read_to_end(&mut head)?;
    Ok(of(&head, name))
}

fn of(head: &[u8], name: &str) -> Kind {
    // Windows leaves out dots and blanks at the end of a name.
    let ending = name.trim_end_matches(['.', ' ']).rsplit_once('.');
    let ending = ending.map(|(_, ending)| ending.to_lowercase());
    if ending.is_some_and(|ending| RUNS.contains(&ending.as_str())) {
        return Kind::Runs;
    }
    let Some(found) = infer::get(head) else {
        let is_text = std::str::from_utf8(head).map_or_else(
            // A letter may be cut in two at the end.
            |error| error.error_len().is_none(),
            |_| true,
        );
        return Kind::Other(if is_text && !head.contains(&0) {
            "text/plain"
        } else {
            "application/octet-stream"
        });
    };
    match (found.matcher_type(), found.mime_type()) {
        (_, "image/png") => Kind::Picture(ImageFormat::Png),
        (_, "image/jpeg") => Kind::Picture(ImageFormat::Jpeg),
        (_, "image/webp") => Kind::Picture(ImageFormat::WebP),
        (MatcherType::App, _) | (_, "text/x-shellscript" | "text/html") => Kind::Runs,
        (_, other) => Kind::Other(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_say_what_a_file_is() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        for (head, name, expected) in [
            (&png[..], "tent.png", Kind::Picture(ImageFormat::Png)),
            (png, "letter.pdf", Kind::Picture(ImageFormat::Png)),
            (b"\xff\xd8\xff\xe0", "a", Kind::Picture(ImageFormat::Jpeg)),
            (b"%PDF-1.7", "tent.png", Kind::Other("application/pdf")),
            (b"GIF89a", "cat.gif", Kind::Other("image/gif")),
            (b"Hello, gr\xc3\xbc", "a.txt", Kind::Other("text/plain")),
            (b"a\0b", "a", Kind::Other("application/octet-stream")),
        ] {
            assert_eq!(expected, of(head, name), "{name}");
        }
    }

    #[test]
    fn what_runs_is_known_by_its_bytes_or_by_its_ending() {
        // As long as a real one at least, which a few letters that look alike are not.
        let elf = [b"\x7fELF\x02\x01\x01\0".as_slice(), &[0; 64]].concat();
        for (head, name) in [
            (&b"MZ\x90\0"[..], "holiday.jpg"),
            (&elf, "notes"),
            (b"#!/bin/sh\nrm -rf /", "notes.txt"),
            (b"<html><script>", "page"),
            (b"plain", "holiday.jpg.exe"),
            (b"plain", "holiday.SCR. "),
            (b"<svg xmlns=", "drawing.svg"),
        ] {
            assert_eq!(Kind::Runs, of(head, name), "{name}");
        }
    }
}
