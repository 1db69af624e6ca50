//! The program's memory: taken from the system in small pages, and given back when it is free.

use std::time::Duration;

/// A server for years: what thousands of sockets needed is given back when they are gone.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often free memory is looked for. Under load the allocator does it itself.
const LOOK: Duration = Duration::from_secs(2);

/// Gives free memory back to the system as long as the program runs. The allocator waits a moment before
/// it does, because what is free is mostly wanted again, and then needs somebody to ask: in a process
/// that is idle nobody does.
pub(crate) async fn give_back() {
    let mut looks = tokio::time::interval(LOOK);
    loop {
        looks.tick().await;
        #[expect(
            unsafe_code,
            reason = "the allocator's own way, which its safe crate leaves out"
        )]
        // SAFETY: it takes no pointer and may be called at any time, from any thread (mimalloc.h).
        unsafe {
            libmimalloc_sys::mi_collect(false);
        }
    }
}
