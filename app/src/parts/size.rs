//! How large a file is, as people count.

use crate::words::t;

/// `312 KB` or `2.4 MB`.
pub(crate) fn size(bytes: u64) -> String {
    const KILOBYTE: u64 = 1_000;
    const MEGABYTE: u64 = 1_000_000;
    if bytes < MEGABYTE {
        return t::kilobytes(&bytes.div_ceil(KILOBYTE).max(1));
    }
    let tenths = bytes / (MEGABYTE / 10);
    t::megabytes(&(tenths / 10), &(tenths % 10))
}
