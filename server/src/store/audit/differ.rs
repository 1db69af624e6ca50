//! What is not as it was: the fields that changed, as short texts that people read.

use std::collections::BTreeSet;

use domain::settings::cascade;
use protocol::audit::{AuditChange, AuditField, AuditKind};
use protocol::module::Module;
use protocol::settings::{Interval, SettingsLayer};
use serde_json::{Map, Value};

/// Fields that one row tells of; what is more is only said to be more.
const FIELDS: usize = 60;
/// Characters of a value.
const VALUE: usize = 200;

/// Gathers fields that changed.
#[derive(Default)]
pub(in crate::store) struct Differ(Vec<AuditChange>);

impl Differ {
    /// A field, if it changed.
    pub(in crate::store) fn field(
        self,
        field: AuditField,
        before: impl ToString,
        after: impl ToString,
    ) -> Self {
        self.named(field.word(), before.to_string(), after.to_string())
    }

    /// Whether a module is on, and for whom it is not.
    pub(in crate::store) fn module(self, module: Module, before: String, after: String) -> Self {
        self.named(module.word(), before, after)
    }

    /// A field that changed, of which nobody is told what it was.
    pub(in crate::store) fn hidden(mut self, field: AuditField, changed: bool) -> Self {
        if changed {
            self.push(field.word(), String::new(), String::new());
        }
        self
    }

    fn named(mut self, field: &str, before: String, after: String) -> Self {
        if before != after {
            self.push(field, before, after);
        }
        self
    }

    pub(in crate::store) fn done(self) -> Vec<AuditChange> {
        self.0
    }

    fn push(&mut self, field: &str, before: String, after: String) {
        self.0.push(AuditChange {
            field: field.to_owned(),
            before: cut(&before),
            after: cut(&after),
        });
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The changes as rows keep them.
pub(super) fn text(changes: &[AuditChange]) -> String {
    serde_json::to_string(changes).expect("texts are JSON")
}

/// What a saved layer changes: every value that holds from now on and did not before, and where a
/// part is inherited no more, or again. With the kind of change that it is by its parts.
pub(in crate::store) fn of_settings(
    below: &SettingsLayer,
    (before, after): (&SettingsLayer, &SettingsLayer),
    is_chatbot: bool,
) -> (AuditKind, Vec<AuditChange>) {
    let json = |value: Result<Value, _>| value.unwrap_or(Value::Null);
    let mut differ = Differ::default();
    let (old, new) = (
        json(serde_json::to_value(before)),
        json(serde_json::to_value(after)),
    );
    if let (Value::Object(old), Value::Object(new)) = (&old, &new) {
        let from = if is_chatbot { "workspace" } else { "default" };
        let whose = |part: &Map<String, Value>, name: &String| match part.get(name) {
            None | Some(Value::Null) => from,
            Some(_) => "own",
        };
        for name in new.keys() {
            let (before, after) = (whose(old, name), whose(new, name));
            differ = differ.named(name, before.to_owned(), after.to_owned());
        }
    }
    let nothing = SettingsLayer::default();
    let holds = |layer: &SettingsLayer| match is_chatbot {
        true => json(serde_json::to_value(cascade(below, layer))),
        false => json(serde_json::to_value(cascade(layer, &nothing))),
    };
    compare("", &holds(before), &holds(after), &mut differ);
    let mut changes = differ.done();
    let kind = kind(&changes);
    if changes.len() > FIELDS {
        let more = changes.len() - FIELDS;
        changes.truncate(FIELDS);
        changes.push(AuditChange {
            field: "…".to_owned(),
            before: String::new(),
            after: format!("+{more}"),
        });
    }
    (kind, changes)
}

/// What a change of settings is called: by the one part that it is about.
fn kind(changes: &[AuditChange]) -> AuditKind {
    let all = |part: &str| {
        let of = |change: &AuditChange| change.field.split('.').next() == Some(part);
        !changes.is_empty() && changes.iter().all(of)
    };
    if all("look") {
        AuditKind::Look
    } else if all("targets") {
        AuditKind::Target
    } else {
        AuditKind::Settings
    }
}

fn compare(path: &str, before: &Value, after: &Value, differ: &mut Differ) {
    if before == after {
        return;
    }
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        differ.push(path, said(before), said(after));
        return;
    };
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        let of = |part: &Map<String, Value>| part.get(name).cloned().unwrap_or_default();
        compare(&path, &of(old), &of(new), differ);
    }
}

/// A value in plain words: lists with commas, what has several parts with spaces, nothing as nothing.
fn said(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => match serde_json::from_value::<Vec<Interval>>(value.clone()) {
            Ok(open) => week(&open),
            Err(_) => items.iter().map(said).collect::<Vec<_>>().join(", "),
        },
        Value::Object(fields) => {
            let fields = fields.values().map(said);
            let fields: Vec<_> = fields.filter(|text| !text.is_empty()).collect();
            fields.join(" ")
        }
        value => value.to_string(),
    }
}

/// The times of a week, each with its day in front: `Monday 09:00–17:00`.
pub(in crate::store) fn week(open: &[Interval]) -> String {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let spans = open
        .iter()
        .map(|one| format!("{:?} {}–{}", one.day, clock(one.from), clock(one.to)));
    spans.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use protocol::settings::{Day, Holiday};

    use super::*;

    fn shown(changes: &[AuditChange]) -> Vec<String> {
        let shown = changes.iter();
        shown
            .map(|one| format!("{}: {} > {}", one.field, one.before, one.after))
            .collect()
    }

    #[test]
    fn a_change_of_settings_names_the_values_that_changed_and_nothing_else() {
        let nothing = SettingsLayer::default();
        let mut look = domain::settings::defaults().look;
        look.radius += 1;
        let radius = look.radius;
        let after = SettingsLayer {
            look: Some(look),
            ..SettingsLayer::default()
        };
        let (kind, changes) = of_settings(&nothing, (&nothing, &after), true);
        assert_eq!(AuditKind::Look, kind);
        let was = radius - 1;
        assert_eq!(
            vec![
                "look: workspace > own".to_owned(),
                format!("look.radius: {was} > {radius}")
            ],
            shown(&changes)
        );
    }

    #[test]
    fn hours_and_holidays_are_written_as_people_read_them() {
        let nothing = SettingsLayer::default();
        let mut hours = domain::settings::defaults().hours;
        hours.times.open = vec![Interval {
            day: Day::Friday,
            from: 22 * 60,
            to: 6 * 60 + 5,
        }];
        hours.holidays = vec![Holiday {
            date: "2026-12-25".to_owned(),
            name: "Christmas".to_owned(),
        }];
        let after = SettingsLayer {
            hours: Some(hours),
            ..SettingsLayer::default()
        };
        let (_, changes) = of_settings(&nothing, (&nothing, &after), false);
        let after: Vec<_> = changes.iter().map(|one| one.after.as_str()).collect();
        assert_eq!(
            vec!["own", "2026-12-25 Christmas", "Friday 22:00–06:05"],
            after
        );
    }

    #[test]
    fn a_long_value_is_cut_and_many_fields_are_counted() {
        let differ = Differ::default().field(AuditField::Name, "", "ä".repeat(VALUE + 1));
        let changes = differ.done();
        assert_eq!(VALUE + 1, changes[0].after.chars().count());
        assert!(changes[0].after.ends_with('…'));
    }
}
