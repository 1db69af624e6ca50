//! Samples of what the page for categories and tags sends.

use protocol::label::{LabelEdit, LabelId, LabelKind};

use super::values::*;
use super::variants;
use crate::Visit;

pub(super) fn show(visit: &mut impl Visit) {
    variants!(visit, "label_kind", LabelKind {
        Category = LabelKind::Category,
        Tag = LabelKind::Tag,
    });
    variants!(visit, "label_id", LabelId {
        Category = LabelId::Category(shipping()),
        Tag = LabelId::Tag(urgent()),
    });
    variants!(visit, "label_edit", LabelEdit {
        Add = LabelEdit::Add {
            kind: LabelKind::Tag,
            name: "urgent".to_owned(),
        },
        Rename = LabelEdit::Rename {
            label: LabelId::Tag(urgent()),
            name: "in a hurry".to_owned(),
        },
        Retire = LabelEdit::Retire {
            label: LabelId::Category(shipping()),
            retired: true,
        },
    });
}
