//! Starts every page but the inbox in the browser, on what the server has painted.

fn main() {
    leptos::mount::hydrate_body(app::Pages);
}
