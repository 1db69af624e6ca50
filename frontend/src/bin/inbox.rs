//! Starts the inbox in the browser, on the page that the server has painted.

fn main() {
    // Where it was painted without an agent it says why, and there is nothing to bring to life.
    if let Some(me) = app::given_me() {
        leptos::mount::hydrate_body(move || app::inbox(me));
    }
}
