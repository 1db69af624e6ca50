//! Clients as they are in life: on the very rules of connection that the widget and the inbox have.

pub(crate) mod agent;
pub(crate) mod claimer;
pub(crate) mod crowd;
pub(crate) mod play;
pub(crate) mod visitor;
pub(crate) mod wire;

pub(crate) use play::Orders;
