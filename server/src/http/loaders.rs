//! Loaders in the looks of chatbots, kept for as long as they are asked for: compressing one anew for
//! every visitor of every page takes milliseconds each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::files::File;

/// How many are kept, of some three kilobytes each. With more chatbots than that each is compressed
/// again now and then.
const KEPT: usize = 512;

/// The loaders by what stands in front of them, which is all in which they differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Loaders(Arc<Mutex<HashMap<String, File>>>);

impl Loaders {
    pub(super) fn recall(&self, look: &str) -> Option<File> {
        self.kept().get(look).cloned()
    }

    pub(super) fn keep(&self, look: &str, file: &File) {
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            // Whoever is asked for again comes back; nothing has to be known of who was.
            kept.clear();
        }
        kept.insert(look.to_owned(), file.clone());
    }

    fn kept(&self) -> MutexGuard<'_, HashMap<String, File>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn a_loader_is_kept_and_never_too_many() {
        let loaders = Loaders::default();
        assert!(loaders.recall("a").is_none());
        for number in 0..3 * KEPT {
            let file = File::new("loader.js", Bytes::from(number.to_string()), None);
            loaders.keep(&number.to_string(), &file);
            let known = loaders.recall(&number.to_string());
            assert_eq!(Some(file.hash), known.map(|known| known.hash));
        }
        assert!(loaders.kept().len() <= KEPT);
    }
}
