//! What runs by itself: the AI's answers, routing, timers, who comes and who is there, the queue's
//! news, mails that leave, what nobody told of, and tidying up.

pub(crate) mod answers;
pub(crate) mod arrivals;
pub(crate) mod attendance;
pub(crate) mod deliveries;
pub(crate) mod erasures;
pub(crate) mod holes;
pub(crate) mod prune;
pub(crate) mod queue_news;
pub(crate) mod routing;
pub(crate) mod timers;
