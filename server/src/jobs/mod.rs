//! What runs by itself: the AI's answers, the queue's news, and tidying up.

pub(crate) mod answers;
pub(crate) mod prune;
pub(crate) mod queue_news;
