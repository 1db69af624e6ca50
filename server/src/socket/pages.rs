//! Pages of entries, bounded in bytes as well as in number: what is asked for at once fits a frame.

use std::io::{self, Write};

use serde::Serialize;

/// Bytes of entries in one frame. A page holds one entry at least, whatever that weighs.
const BYTES: usize = 64 * 1024;

/// The first entries of a page, as many as fit.
pub(super) fn first<E: Serialize>(mut page: Vec<E>) -> Vec<E> {
    page.truncate(fitting(page.iter()));
    page
}

/// The last entries of a page, as many as fit.
pub(super) fn last<E: Serialize>(mut page: Vec<E>) -> Vec<E> {
    let over = page.len() - fitting(page.iter().rev());
    page.drain(..over);
    page
}

fn fitting<'a, E: Serialize + 'a>(entries: impl Iterator<Item = &'a E>) -> usize {
    let mut bytes = 0;
    let fit = entries.enumerate().take_while(|(place, entry)| {
        bytes += weight(entry);
        *place == 0 || bytes <= BYTES
    });
    fit.count()
}

/// The bytes of an entry as JSON, the longer of the two encodings.
fn weight<E: Serialize>(entry: &E) -> usize {
    let mut bytes = Counted(0);
    serde_json::to_writer(&mut bytes, entry).expect("wire types always encode");
    bytes.0
}

/// Counts what is written and keeps none of it.
struct Counted(usize);

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of these lengths, each with its place in front.
    fn page(lengths: &[usize]) -> Vec<(usize, String)> {
        let texts = lengths.iter().map(|length| "x".repeat(*length));
        texts.enumerate().collect()
    }

    fn places(page: Vec<(usize, String)>) -> Vec<usize> {
        page.into_iter().map(|(place, _)| place).collect()
    }

    #[test]
    fn a_light_page_stays_whole() {
        assert_eq!([0, 1, 2], places(first(page(&[10, 0, 10]))).as_slice());
        assert_eq!([0, 1, 2], places(last(page(&[10, 0, 10]))).as_slice());
        assert!(first(page(&[])).is_empty());
        assert!(last(page(&[])).is_empty());
    }

    #[test]
    fn a_heavy_page_is_cut_at_its_far_end() {
        let heavy = [BYTES / 2, BYTES / 3, BYTES / 4, BYTES / 5];
        assert_eq!([0, 1], places(first(page(&heavy))).as_slice());
        assert_eq!([1, 2, 3], places(last(page(&heavy))).as_slice());
    }

    #[test]
    fn one_entry_is_there_whatever_it_weighs() {
        let heavy = [2 * BYTES, 10, 2 * BYTES];
        assert_eq!([0], places(first(page(&heavy))).as_slice());
        assert_eq!([2], places(last(page(&heavy))).as_slice());
    }
}
