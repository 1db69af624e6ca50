//! The look: one style file for the app, one for the widget.

use std::path::Path;

use anyhow::Result;

use crate::place::Place;
use crate::shell::Step;

use super::{Bundle, esbuild};

pub(super) const STYLE: Bundle = Bundle {
    name: "style",
    title: "Style",
    inputs: &["style"],
    make,
};

fn make(place: &Place, step: &mut Step, staging: &Path) -> Result<()> {
    let style = place.root.join("style");
    esbuild::style(
        place,
        step,
        &style.join("main.css"),
        &staging.join("app/app.css"),
    )?;
    esbuild::style(
        place,
        step,
        &style.join("widget.css"),
        &staging.join("widget/widget.css"),
    )
}
