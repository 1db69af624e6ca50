//! What the machine can do at best: servers without rights, rules or storage, and a loop that only
//! commits. Figures are held against these, measured in the same run.

pub(crate) mod commits;
pub(crate) mod fanout;
