//! The look: one style file for the app, one for the widget.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

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
    let (app, widget) = (staging.join("app"), staging.join("widget"));
    esbuild::style(place, step, &style.join("main.css"), &app.join("app.css"))?;
    esbuild::style(
        place,
        step,
        &style.join("widget.css"),
        &widget.join("widget.css"),
    )?;
    // Loaded with the first part that is asked for.
    let parts = style.join("widget/parts.css");
    esbuild::style(place, step, &parts, &widget.join("parts/parts.css"))?;
    // The widget's icons are part of its page; the app's are a file of their own.
    for name in ["icons.svg", "icon.svg", "icon-waits.svg"] {
        fs::copy(style.join(name), app.join(name)).context("copy the icons")?;
    }
    // What a phone or a desktop needs to install the inbox: the manifest and pictures of the icon.
    let install = fs::read_dir(style.join("install")).context("read style/install")?;
    for file in install {
        let file = file.context("read style/install")?;
        fs::copy(file.path(), app.join(file.file_name())).context("copy what installs")?;
    }
    Ok(())
}
