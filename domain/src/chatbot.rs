//! A chatbot as the rules see one.

use protocol::settings::{Ask, FormSettings, HandoffSettings, Settings};
use protocol::widget::{FieldKind, FormField, FormView, WidgetView};
use protocol::{AttachmentId, ChatbotId, WorkspaceId};

use crate::settings;

/// What a workspace embeds on a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chatbot {
    pub id: ChatbotId,
    pub workspace: WorkspaceId,
    pub name: String,
    /// What holds for it, whichever layer says so.
    pub settings: Settings,
    /// Whether the AI answers here; else whoever writes is passed on to people.
    pub assistant: bool,
    /// It is on no site any more: nobody comes or writes, and what was said stays.
    pub archived: bool,
    /// What the assistant is shown by, beside its words and on the launcher; none shows its sign.
    pub picture: Option<AttachmentId>,
}

impl Chatbot {
    /// What visitors see it called.
    pub fn shown_name(&self) -> &str {
        let shown = &self.settings.look.name;
        if shown.trim().is_empty() {
            &self.name
        } else {
            shown
        }
    }

    /// What a visitor of this language sees of it.
    pub fn widget_view(&self, locale: &str) -> WidgetView {
        let texts = settings::texts(&self.settings.messages, locale);
        let HandoffSettings {
            enabled,
            button,
            button_after,
            typing_preview,
            ..
        } = self.settings.handoff;
        let files = self.settings.files;
        WidgetView {
            name: self.shown_name().to_owned(),
            greeting: texts.greeting.clone(),
            starters: texts.starters.clone(),
            handoff_button: (enabled && button).then_some(button_after),
            form: self.form(),
            file_limit: files.from_visitors.then_some(files.limit_mebibytes),
            preview: typing_preview,
            thumbs: self.settings.rating.thumbs,
        }
    }

    /// The form for visitors whom nobody can answer.
    fn form(&self) -> FormView {
        let form = &self.settings.form;
        FormView {
            fields: fields(form),
            consent: form.consent.clone(),
        }
    }
}

/// The fields of a form, in their order.
pub(crate) fn fields(form: &FormSettings) -> Vec<FormField> {
    let own = [
        (FieldKind::Name, form.name),
        (FieldKind::Email, form.email),
        (FieldKind::Phone, form.phone),
    ];
    let field = |(kind, ask)| match ask {
        Ask::Off => None,
        Ask::Optional | Ask::Required => Some(FormField {
            kind,
            required: ask == Ask::Required,
        }),
    };
    let custom = form.custom.iter().map(|custom| FormField {
        kind: FieldKind::Custom(custom.label.clone()),
        required: custom.required,
    });
    own.into_iter()
        .filter_map(field)
        .chain(custom)
        .chain(field((FieldKind::Message, form.message)))
        .collect()
}
