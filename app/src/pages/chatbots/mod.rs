//! The chatbots of the workspace, and the settings of each.

mod block;
mod editing;
mod fields;
mod list;
mod page;
mod save_bar;
mod section;
mod sections;

pub(crate) use list::ChatbotList;
pub(crate) use page::ChatbotSettings;
pub(crate) use section::sections;
