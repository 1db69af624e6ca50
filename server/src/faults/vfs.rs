//! SQLite's way to files, by way of the [`disk`] of a gate: the system's own, less what is lost.
#![expect(
    unsafe_code,
    reason = "SQLite speaks C; compiled for gates alone and never into a release"
)]

use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use libsqlite3_sys as ffi;

use super::disk::{Fate, disk};

/// What SQLite is told as its name.
const NAME: &CStr = c"baton-faults";
/// Kinds of files that hold what was promised.
const KEPT: c_int = ffi::SQLITE_OPEN_MAIN_DB | ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL;

/// The system's own, which does the work.
#[derive(Clone, Copy)]
struct Real(*mut ffi::sqlite3_vfs);

// SAFETY: SQLite's own VFS lives for ever, is never changed after SQLite was initialised, and may be
// called from every thread.
unsafe impl Send for Real {}
// SAFETY: as above.
unsafe impl Sync for Real {}

static REAL: OnceLock<Real> = OnceLock::new();
static REGISTERED: OnceLock<Option<&'static str>> = OnceLock::new();

/// The name under which SQLite finds it; none when no gate wants it.
pub(crate) fn vfs() -> Option<&'static str> {
    *REGISTERED.get_or_init(|| {
        let _wanted = disk()?;
        register();
        NAME.to_str().ok()
    })
}

fn register() {
    // SAFETY: initialising more than once does nothing, and a null name asks for the default.
    let real = unsafe {
        ffi::sqlite3_initialize();
        ffi::sqlite3_vfs_find(std::ptr::null())
    };
    REAL.get_or_init(|| Real(real));
    // SAFETY: SQLite has a default VFS once it is initialised; it is a plain struct of pointers.
    let mut ours = unsafe { *real };
    ours.szOsFile += c_int::try_from(size_of::<Wrapped>()).expect("it is small");
    ours.pNext = std::ptr::null_mut();
    ours.zName = NAME.as_ptr();
    ours.xOpen = Some(open);
    ours.xDelete = Some(delete);
    // What remains are the system's own functions. They are handed our struct and read of it
    // `mxPathname` and `pAppData` at most, which are copies of theirs.
    let ours = Box::leak(Box::new(ours));
    // SAFETY: it lives for ever and all of its fields are set.
    unsafe { ffi::sqlite3_vfs_register(ours, 0) };
}

/// An open file: ours in front, the system's behind it in the same memory.
#[repr(C)]
struct Wrapped {
    base: ffi::sqlite3_file,
    /// Where it is, for files that hold what was promised.
    path: *mut PathBuf,
}

/// The system's file behind ours.
///
/// # Safety
/// `file` was opened by [`open`].
unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: `register` asked for room for both, one behind the other; ours is as aligned as theirs.
    unsafe { file.cast::<Wrapped>().add(1).cast() }
}

/// The system's functions for its file.
///
/// # Safety
/// `file` was opened by [`open`].
unsafe fn methods(file: *mut ffi::sqlite3_file) -> &'static ffi::sqlite3_io_methods {
    // SAFETY: the system's open set them, and they are static.
    unsafe { &*(*real(file)).pMethods }
}

/// Where a file is, if it holds what was promised.
///
/// # Safety
/// `file` was opened by [`open`] and is not closed meanwhile.
unsafe fn path<'a>(file: *mut ffi::sqlite3_file) -> Option<&'a Path> {
    // SAFETY: `open` set it to null or to a box that `close` frees.
    unsafe { (*file.cast::<Wrapped>()).path.as_ref() }.map(PathBuf::as_path)
}

/// A path as SQLite writes it.
///
/// # Safety
/// `name` is null or ends with a zero.
unsafe fn named(name: *const c_char) -> Option<PathBuf> {
    if name.is_null() {
        return None;
    }
    // SAFETY: asked of the caller.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(PathBuf::from(OsStr::from_bytes(bytes)))
}

fn system() -> *mut ffi::sqlite3_vfs {
    REAL.get().map_or(std::ptr::null_mut(), |real| real.0)
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    let system = system();
    // SAFETY: SQLite gives memory for `szOsFile` bytes, which is ours and the system's.
    let opened = unsafe {
        file.cast::<Wrapped>().write(Wrapped {
            base: ffi::sqlite3_file {
                pMethods: std::ptr::null(),
            },
            path: std::ptr::null_mut(),
        });
        let open = (*system).xOpen.expect("every VFS opens files");
        open(system, name, real(file), flags, out)
    };
    if opened != ffi::SQLITE_OK {
        return opened;
    }
    // SAFETY: the name is SQLite's, and stays while the file is open.
    let path = unsafe { named(name) }.filter(|_| flags & KEPT != 0);
    if let (Some(path), Some(mut disk)) = (&path, disk()) {
        disk.opened(path);
    }
    let boxed = path.map_or(std::ptr::null_mut(), |path| Box::into_raw(Box::new(path)));
    // SAFETY: written above.
    unsafe {
        (*file.cast::<Wrapped>()).path = boxed;
        (*file).pMethods = &raw const METHODS;
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    let system = system();
    // SAFETY: the arguments are SQLite's own.
    let deleted = unsafe {
        let delete = (*system).xDelete.expect("every VFS deletes files");
        delete(system, name, sync_folder)
    };
    // SAFETY: the name is SQLite's.
    if let (Some(path), Some(mut disk)) = (unsafe { named(name) }, disk()) {
        disk.deleted(&path);
    }
    deleted
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once and does not use it afterwards.
    unsafe {
        let closed = methods(file).xClose.expect("set by the system")(real(file));
        let path = (*file.cast::<Wrapped>()).path;
        if !path.is_null() {
            drop(Box::from_raw(path));
        }
        closed
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    bytes: *const c_void,
    amount: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: SQLite writes to open files.
    let path = unsafe { path(file) };
    // Held until it is written, so that a cut finds the file as it was noted.
    let mut disk = path.and_then(|_| disk());
    if let (Some(path), Some(disk)) = (path, &mut disk) {
        let length = usize::try_from(amount).unwrap_or(0);
        // SAFETY: SQLite gives that many bytes.
        let written = unsafe { std::slice::from_raw_parts(bytes.cast::<u8>(), length) };
        match disk.writes(path, offset.unsigned_abs(), written) {
            Fate::Well => {}
            Fate::NoRoom { .. } => return ffi::SQLITE_FULL,
            Fate::Broken => return ffi::SQLITE_IOERR_WRITE,
        }
    }
    // SAFETY: the system's function with SQLite's arguments.
    unsafe { methods(file).xWrite.expect("set by the system")(real(file), bytes, amount, offset) }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, to: ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite truncates open files.
    let path = unsafe { path(file) };
    let mut disk = path.and_then(|_| disk());
    if let (Some(path), Some(disk)) = (path, &mut disk)
        && disk.truncates(path, to.unsigned_abs()) != Fate::Well
    {
        return ffi::SQLITE_IOERR_TRUNCATE;
    }
    // SAFETY: the system's function with SQLite's arguments.
    unsafe { methods(file).xTruncate.expect("set by the system")(real(file), to) }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: SQLite syncs open files.
    let path = unsafe { path(file) };
    let mut disk = path.and_then(|_| disk());
    if let (Some(path), Some(disk)) = (path, &mut disk)
        && disk.syncs(path) != Fate::Well
    {
        return ffi::SQLITE_IOERR_FSYNC;
    }
    // SAFETY: the system's function with SQLite's arguments.
    let synced = unsafe { methods(file).xSync.expect("set by the system")(real(file), flags) };
    if let (ffi::SQLITE_OK, Some(path), Some(disk)) = (synced, path, &mut disk) {
        disk.synced(path);
    }
    synced
}

/// Functions that do as the system's do.
macro_rules! as_the_system {
    ($($name:ident => $method:ident ($($argument:ident: $kind:ty),*) $(-> $result:ty)?;)*) => {$(
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($argument: $kind),*) $(-> $result)? {
            // SAFETY: the system's function with SQLite's arguments, for the file behind ours.
            unsafe { methods(file).$method.expect("set by the system")(real(file), $($argument),*) }
        }
    )*};
}

as_the_system! {
    read => xRead(to: *mut c_void, amount: c_int, offset: ffi::sqlite3_int64) -> c_int;
    file_size => xFileSize(size: *mut ffi::sqlite3_int64) -> c_int;
    lock => xLock(level: c_int) -> c_int;
    unlock => xUnlock(level: c_int) -> c_int;
    check_reserved_lock => xCheckReservedLock(out: *mut c_int) -> c_int;
    file_control => xFileControl(what: c_int, with: *mut c_void) -> c_int;
    sector_size => xSectorSize() -> c_int;
    device_characteristics => xDeviceCharacteristics() -> c_int;
    shm_map => xShmMap(page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void) -> c_int;
    shm_lock => xShmLock(offset: c_int, count: c_int, flags: c_int) -> c_int;
    shm_barrier => xShmBarrier();
    shm_unmap => xShmUnmap(delete: c_int) -> c_int;
}

/// Version 2: without memory-mapped files, which would pass by the disk.
static METHODS: ffi::sqlite3_io_methods = {
    // SAFETY: a struct of numbers and of functions that may be null.
    let mut methods: ffi::sqlite3_io_methods = unsafe { MaybeUninit::zeroed().assume_init() };
    methods.iVersion = 2;
    methods.xClose = Some(close);
    methods.xRead = Some(read);
    methods.xWrite = Some(write);
    methods.xTruncate = Some(truncate);
    methods.xSync = Some(sync);
    methods.xFileSize = Some(file_size);
    methods.xLock = Some(lock);
    methods.xUnlock = Some(unlock);
    methods.xCheckReservedLock = Some(check_reserved_lock);
    methods.xFileControl = Some(file_control);
    methods.xSectorSize = Some(sector_size);
    methods.xDeviceCharacteristics = Some(device_characteristics);
    methods.xShmMap = Some(shm_map);
    methods.xShmLock = Some(shm_lock);
    methods.xShmBarrier = Some(shm_barrier);
    methods.xShmUnmap = Some(shm_unmap);
    methods
};
