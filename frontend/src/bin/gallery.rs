//! Starts the gallery of parts in the browser. Only builds for development have it.

fn main() {
    leptos::mount::hydrate_body(app::gallery);
}
