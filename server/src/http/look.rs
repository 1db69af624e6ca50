//! A chatbot's look as style sheets: one for the page in the frame, one for the launcher around it.

use base64ct::{Base64, Encoding as _};
use domain::Chatbot;
use domain::look::{self, Accent, Colour};
use domain::settings;
use protocol::look::{LauncherIcon, LookSettings, Side, Theme};
use protocol::{AttachmentId, ChatbotId};
use serde_json::json;
use sha2::{Digest as _, Sha256};

/// Stands in the launcher's style for the address of the picture.
const HERE: &str = "~";

/// What the launcher draws, in a square of 26.
fn icon(icon: LauncherIcon) -> Option<&'static str> {
    match icon {
        // The loader's own.
        LauncherIcon::Chat => None,
        LauncherIcon::Question => Some(
            "M13 3.5a9.5 9.5 0 1 0 0 19 9.5 9.5 0 0 0 0-19zM10.2 10.3a2.9 2.9 0 1 1 4.1 2.6c-.8.4-1.3 1-1.3 1.9M13 18h.01",
        ),
        LauncherIcon::Person => Some(
            "M13 13a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4zM5 21.4c.8-3.8 4-5.9 8-5.9s7.2 2.1 8 5.9",
        ),
        LauncherIcon::Mail => Some("M4 6.5h18v13H4zM4.6 7.4l8.4 6.4 8.4-6.4"),
        // What is seen until the picture is there, and where a page forbids it.
        LauncherIcon::Picture => None,
    }
}

/// The theme as pages name it; none where the visitor's system decides.
pub(super) fn theme(theme: Theme) -> Option<&'static str> {
    match theme {
        Theme::Auto => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    }
}

/// The accents of both themes; none where the look has the colour that the chat comes with.
fn accents(look: &LookSettings) -> Option<(Accent, Accent)> {
    let own = look.colour != settings::defaults().look.colour;
    let colour = Colour::read(&look.colour).filter(|_| own)?;
    let palette = look::palette(colour);
    Some((palette.light, palette.dark))
}

/// Where a chatbot's picture is.
pub(super) fn picture(chatbot: ChatbotId, picture: AttachmentId) -> String {
    format!("/pictures/{chatbot}/{picture}")
}

/// Where the picture of this chatbot is, if it has one.
pub(super) fn picture_of(chatbot: &Chatbot) -> Option<String> {
    chatbot.picture.map(|found| picture(chatbot.id, found))
}

/// What the page in the frame adds to its own style sheet. `picture` is where the assistant's is.
pub(super) fn of_frame(look: &LookSettings, picture: Option<&str>) -> String {
    let (mut light, mut dark) = (String::new(), String::new());
    if let Some((in_light, in_dark)) = accents(look) {
        light.push_str(&tokens(&in_light));
        dark.push_str(&tokens(&in_dark));
    }
    for property in &look.properties {
        // What is kept was checked; who reads it checks again, for it goes into a style sheet.
        let Some((token, kind)) = look::kind(&property.name) else {
            continue;
        };
        if kind.check(&property.value).is_err() {
            continue;
        }
        let (name, value) = (&property.name, &property.value);
        let line = format!("{name}:{value};{token}:var({name});");
        match kind {
            look::Kind::Ground { dark: true } => dark.push_str(&line),
            look::Kind::Ground { dark: false } => light.push_str(&line),
            look::Kind::Fonts => {
                light.push_str(&line);
            }
        }
    }
    let mut style = String::new();
    if !light.is_empty() {
        style.push_str(&format!(":root{{{light}}}"));
    }
    // What is set for light must not shine through in the dark: its own block stands later there.
    if !dark.is_empty() {
        style.push_str(&format!(
            "@media(prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}:root[data-theme=dark]{{{dark}}}"
        ));
    }
    if let Some(picture) = picture {
        // Over its sign, which is seen as long as the picture is not there.
        style.push_str(&format!(
            ".face[data-who=ai]::after,.m[data-from=ai] .from>.i{{border-radius:50%;background:url({picture}) center/cover}}.face[data-who=ai]::after{{content:\"\";position:absolute;inset:0}}.m[data-from=ai] .from>.i{{width:20px;height:20px}}.m[data-from=ai] .from>.i>*{{display:none}}"
        ));
    } else if !look.initials.is_empty() && look.initials.chars().all(char::is_alphanumeric) {
        style.push_str(&format!(
            ".face[data-who=ai]{{background:var(--accent-soft);color:var(--accent-text)}}.face[data-who=ai]>.i{{display:none}}.face[data-who=ai]::before{{content:\"{}\"}}",
            look.initials
        ));
    }
    style
}

fn tokens(accent: &Accent) -> String {
    [
        ("accent", accent.fill),
        ("accent-hover", accent.hover),
        ("accent-press", accent.press),
        ("text-on-fill", accent.on_fill),
        ("accent-text", accent.text),
        ("accent-mark", accent.mark),
        ("accent-soft", accent.soft),
        ("accent-line", accent.line),
        ("focus", accent.text),
    ]
    .map(|(name, colour)| format!("--{name}:{};", colour.written()))
    .concat()
}

/// The policy's word for a style that stands in the page (CSP 3, section 6.7.3.3).
pub(super) fn allowed(style: &str) -> String {
    let digest: [u8; 32] = Sha256::digest(style).into();
    format!("'sha256-{}'", Base64::encode_string(&digest))
}

/// Where something stands: so far from the look's side, so far from below.
fn place(look: &LookSettings, up: u32) -> String {
    let across = look.across;
    let up = format!("calc({up}px + env(safe-area-inset-bottom))");
    match look.side {
        Side::Right => format!("inset:auto {across}px {up} auto"),
        Side::Left => format!("inset:auto auto {up} {across}px"),
    }
}

/// Place, size and corners of the panel where it does not cover the page.
pub(super) fn panel(look: &LookSettings) -> String {
    let (above, all) = (look.up + 68, look.up + 88);
    format!(
        "{};height:min(680px,100dvh - {all}px);border-radius:{}px",
        place(look, above),
        look.radius
    )
}

/// What stands in front of the loader, so that it paints the launcher in this look at once; nothing for
/// the look that it comes with. `picture` is where the assistant's is.
pub(super) fn of_launcher(look: &LookSettings, archived: bool, picture: Option<&str>) -> String {
    let comes = settings::defaults().look;
    let (mut style, mut dark) = (String::new(), String::new());
    if let Some((in_light, in_dark)) = accents(look) {
        style.push_str(&button(&in_light));
        dark.push_str(&button(&in_dark));
    }
    if (look.side, look.across, look.up) != (comes.side, comes.across, comes.up) {
        style.push_str(&format!("button{{{}}}", place(look, look.up)));
    }
    let placed = |look: &LookSettings| (look.side, look.across, look.up, look.radius);
    if placed(look) != placed(&comes) {
        let panel = panel(look);
        style.push_str(&format!("@media(min-width:481px){{iframe{{{panel}}}}}"));
    }
    if !look.launcher_text.is_empty() {
        style.push_str(
            "button{display:flex;align-items:center;width:auto;padding:0 20px 0 0;border-radius:28px;font:600 15px/20px system-ui,sans-serif}svg{flex:none;width:26px;margin:15px 10px 15px 16px}[aria-expanded=true]{width:56px;padding:0}[aria-expanded=true]>span{display:none}",
        );
    }
    let picture = picture.filter(|_| look.launcher_icon == LauncherIcon::Picture);
    if picture.is_some() {
        // Over the icon; beside words it is as high as they allow.
        let place = match look.launcher_text.is_empty() {
            true => "inset:0",
            false => "inset:8px auto 8px 8px;width:40px",
        };
        style.push_str(&format!(
            "[aria-expanded=false]::before{{content:\"\";position:absolute;{place};border-radius:50%;background:url({HERE}) center/cover}}"
        ));
    }
    if archived {
        // The chat is gone, and what the page calls of it still answers. Last, over all that shows it.
        style.push_str("button{display:none}");
    }
    let look = json!({
        "style": style,
        "dark": dark,
        "text": look.launcher_text,
        "icon": icon(look.launcher_icon).unwrap_or_default(),
        "theme": theme(look.theme).unwrap_or_default(),
    });
    let said = look.as_object().into_iter().flatten();
    let said: serde_json::Map<_, _> = said
        .filter(|(_, value)| value.as_str() != Some(""))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    if said.is_empty() {
        return String::new();
    }
    let said = serde_json::Value::Object(said);
    match picture {
        None => format!("document.currentScript.look={said};\n"),
        // The page is another site's: the address begins where this script came from.
        Some(picture) => format!(
            "(s=>{{s.look={said};s.look.style=s.look.style.replace(\"{HERE}\",new URL(\"{picture}\",s.src))}})(document.currentScript);\n"
        ),
    }
}

fn button(accent: &Accent) -> String {
    let (fill, on_fill) = (accent.fill.written(), accent.on_fill.written());
    format!(
        "button{{background:{fill};color:{on_fill}}}button:hover{{background:{}}}button:focus-visible{{outline-color:{}}}",
        accent.hover.written(),
        accent.text.written()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::look::Property;

    fn comes() -> LookSettings {
        settings::defaults().look
    }

    #[test]
    fn the_look_that_the_chat_comes_with_adds_nothing() {
        assert_eq!("", of_frame(&comes(), None));
        assert_eq!("", of_launcher(&comes(), false, None));
    }

    #[test]
    fn a_look_reaches_the_frame_and_the_launcher_in_both_themes() {
        let mut look = comes();
        look.colour = "#ffd400".to_owned();
        look.side = Side::Left;
        look.launcher_text = "Ask \"us\"</script>".to_owned();
        look.initials = "TT".to_owned();
        look.properties = vec![
            Property {
                name: "--baton-surface-dark".to_owned(),
                value: "#101010".to_owned(),
            },
            Property {
                name: "--baton-font".to_owned(),
                value: "x;}*{display:none".to_owned(),
            },
        ];
        let frame = of_frame(&look, None);
        assert!(frame.contains(":root{--accent:#ffd400;"), "{frame}");
        assert!(frame.contains("--text-on-fill:#0c1214"), "{frame}");
        assert_eq!(
            2,
            frame.matches("--surface:var(--baton-surface-dark)").count()
        );
        assert!(!frame.contains("display:none}*"), "{frame}");
        assert!(
            !frame.contains("--font"),
            "what is not safe is left out: {frame}"
        );
        assert!(frame.contains("content:\"TT\""), "{frame}");
        let archived = of_launcher(&look, true, None);
        let (shows, hides) = (
            archived.rfind("display:flex"),
            archived.rfind("display:none"),
        );
        assert!(
            shows < hides,
            "words on the button do not bring it back: {archived}"
        );
        let launcher = of_launcher(&look, false, None);
        assert!(
            launcher.starts_with("document.currentScript.look={"),
            "{launcher}"
        );
        assert!(launcher.contains("auto auto calc(20px"), "{launcher}");
        assert!(launcher.contains(r#""text":"Ask \"us\"<"#), "{launcher}");
        assert!(!launcher.contains('\n') || launcher.ends_with(";\n"));
        assert!(of_launcher(&comes(), true, None).contains("display:none"));
    }

    #[test]
    fn a_picture_takes_the_place_of_the_sign_and_of_the_icon_where_it_is_chosen() {
        let mut look = comes();
        look.initials = "TT".to_owned();
        let picture = Some("/pictures/a/b");
        let frame = of_frame(&look, picture);
        assert!(frame.contains("url(/pictures/a/b)"), "{frame}");
        assert!(!frame.contains("TT"), "{frame}");
        assert_eq!("", of_launcher(&look, false, picture), "not chosen");
        look.launcher_icon = LauncherIcon::Picture;
        let launcher = of_launcher(&look, false, picture);
        assert!(launcher.contains("inset:0;"), "{launcher}");
        assert_eq!(2, launcher.matches('~').count(), "{launcher}");
        look.launcher_text = "Ask us ~".to_owned();
        let beside = of_launcher(&look, false, picture);
        assert!(beside.contains("width:40px"), "{beside}");
        // Chosen, and there is none: the icon that the chat comes with.
        let none = of_launcher(&look, false, None);
        assert!(
            !none.contains("::before") && !none.contains("\"icon\""),
            "{none}"
        );
    }
}
