//! Parts that pages are put together from: one component and one style file each.

pub(crate) mod area;
pub(crate) mod banner;
pub(crate) mod dialog;
pub(crate) mod dot;
pub(crate) mod empty;
pub(crate) mod face;
pub(crate) mod field;
pub(crate) mod follow;
pub(crate) mod form;
pub(crate) mod icon;
pub(crate) mod key;
pub(crate) mod late;
pub(crate) mod left;
pub(crate) mod memo;
pub(crate) mod menu;
pub(crate) mod owed;
pub(crate) mod page;
pub(crate) mod painted;
pub(crate) mod rich_text;
pub(crate) mod size;
pub(crate) mod time;
pub(crate) mod toast;
pub(crate) mod trouble;
pub(crate) mod typing;
pub(crate) mod wait;
pub(crate) mod week;
