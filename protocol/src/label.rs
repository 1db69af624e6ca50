//! Categories and tags: what a conversation is about, in the workspace's own words.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::{CategoryId, TagId};

/// The categories and tags of a workspace, each in alphabetical order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Labels {
    pub categories: Vec<Category>,
    pub tags: Vec<Tag>,
}

/// What a conversation is about. It has one at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    pub name: String,
    /// Not to be chosen any more; conversations that have it keep it.
    pub retired: bool,
}

/// A mark. A conversation has up to [`crate::limits::TAGS`] of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    /// Not to be chosen any more; conversations that have it keep it.
    pub retired: bool,
}

/// One change of a conversation's labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelChange {
    /// Sets the category, or takes it off.
    Category(Option<CategoryId>),
    AddTag(TagId),
    RemoveTag(TagId),
}

/// Which of the two a label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    Category,
    Tag,
}

/// A category or a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelId {
    Category(CategoryId),
    Tag(TagId),
}

/// What an admin changes about the workspace's labels.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelEdit {
    Add {
        kind: LabelKind,
        name: String,
    },
    /// Conversations that have it show the new name.
    Rename {
        label: LabelId,
        name: String,
    },
    /// Retires it, or offers it again.
    Retire {
        label: LabelId,
        retired: bool,
    },
}
