//! Parts that pages are put together from: one component and one style file each.

pub mod icon;
