//! The tables: a row for each state, a column for each actor.

pub(super) const VISITOR_SAYS: &str = "
    .                visitor  other_visitor  other_chatbot
    new              wrote    wrote          wrote
    assistant        wrote    not_found      not_found
    proposed         wrote    not_found      not_found
    waiting          wrote    not_found      not_found
    offered_to_ben   wrote    not_found      not_found
    held_by_ana      wrote    not_found      not_found
    held_by_offline  wrote    not_found      not_found
    held_by_busy     wrote    not_found      not_found
    missed           wrote    not_found      not_found
    closed           wrote    not_found      not_found
    restored         wrote    not_found      not_found
    cancelled        wrote    not_found      not_found
";

pub(super) const ASK_FOR_HUMAN: &str = "
    .                visitor  other_visitor  other_chatbot
    new              wrote    wrote          wrote
    assistant        wrote    not_found      not_found
    proposed         wrote    not_found      not_found
    waiting          nothing  not_found      not_found
    offered_to_ben   nothing  not_found      not_found
    held_by_ana      nothing  not_found      not_found
    held_by_offline  nothing  not_found      not_found
    held_by_busy     nothing  not_found      not_found
    missed           wrote    not_found      not_found
    closed           wrote    not_found      not_found
    restored         wrote    not_found      not_found
    cancelled        wrote    not_found      not_found
";

pub(super) const ANSWER_PROPOSAL: &str = "
    .                yes               no
    new              not_found         not_found
    assistant        nothing_proposed  nothing_proposed
    proposed         wrote             wrote
    waiting          nothing_proposed  nothing_proposed
    offered_to_ben   nothing_proposed  nothing_proposed
    held_by_ana      nothing_proposed  nothing_proposed
    held_by_offline  nothing_proposed  nothing_proposed
    held_by_busy     nothing_proposed  nothing_proposed
    missed           nothing_proposed  nothing_proposed
    closed           nothing_proposed  nothing_proposed
    restored         nothing_proposed  nothing_proposed
    cancelled        nothing_proposed  nothing_proposed
";

pub(super) const CANCEL_HANDOFF: &str = "
    .                visitor
    new              not_found
    assistant        not_waiting
    proposed         not_waiting
    waiting          wrote
    offered_to_ben   wrote
    held_by_ana      not_waiting
    held_by_offline  not_waiting
    held_by_busy     not_waiting
    missed           not_waiting
    closed           not_waiting
    restored         not_waiting
    cancelled        not_waiting
";

pub(super) const SEND_FORM: &str = "
    .                visitor         other_visitor   other_chatbot
    new              form_not_asked  form_not_asked  form_not_asked
    assistant        form_not_asked  not_found       not_found
    proposed         form_not_asked  not_found       not_found
    waiting          form_not_asked  not_found       not_found
    offered_to_ben   form_not_asked  not_found       not_found
    held_by_ana      form_not_asked  not_found       not_found
    held_by_offline  form_not_asked  not_found       not_found
    held_by_busy     form_not_asked  not_found       not_found
    missed           wrote           not_found       not_found
    closed           form_not_asked  not_found       not_found
    restored         form_not_asked  not_found       not_found
    cancelled        form_not_asked  not_found       not_found
";

pub(super) const VISITOR_READS: &str = "
    .                visitor
    new              not_found
    assistant        changed
    proposed         changed
    waiting          changed
    offered_to_ben   changed
    held_by_ana      changed
    held_by_offline  changed
    held_by_busy     changed
    missed           changed
    closed           changed
    restored         changed
    cancelled        changed
";

pub(super) const AGENT_SAYS: &str = "
    .                ana         ben        foreign    unassigned  offline     busy
    new              not_found   not_found  not_found  not_found   not_found   not_found
    assistant        not_held    not_held   not_found  not_found   not_held    not_held
    proposed         not_held    not_held   not_found  not_found   not_held    not_held
    waiting          wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    offered_to_ben   offered_to  wrote      not_found  not_found   offered_to  offered_to
    held_by_ana      wrote       held_by    not_found  not_found   held_by     held_by
    held_by_offline  held_by     held_by    not_found  not_found   wrote       held_by
    held_by_busy     held_by     held_by    not_found  not_found   held_by     wrote
    missed           wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    closed           not_held    not_held   not_found  not_found   not_held    not_held
    restored         not_held    not_held   not_found  not_found   not_held    not_held
    cancelled        not_held    not_held   not_found  not_found   not_held    not_held
";

pub(super) const ADD_NOTE: &str = "
    .                ana        ben        foreign    unassigned  offline    busy
    new              not_found  not_found  not_found  not_found   not_found  not_found
    assistant        wrote      wrote      not_found  not_found   wrote      wrote
    proposed         wrote      wrote      not_found  not_found   wrote      wrote
    waiting          wrote      wrote      not_found  not_found   wrote      wrote
    offered_to_ben   wrote      wrote      not_found  not_found   wrote      wrote
    held_by_ana      wrote      wrote      not_found  not_found   wrote      wrote
    held_by_offline  wrote      wrote      not_found  not_found   wrote      wrote
    held_by_busy     wrote      wrote      not_found  not_found   wrote      wrote
    missed           wrote      wrote      not_found  not_found   wrote      wrote
    closed           wrote      wrote      not_found  not_found   wrote      wrote
    restored         wrote      wrote      not_found  not_found   wrote      wrote
    cancelled        wrote      wrote      not_found  not_found   wrote      wrote
";

pub(super) const CLAIM: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    offered_to_ben   offered_to    wrote         not_found  not_found   offered_to    offered_to
    held_by_ana      nothing       taken_by      not_found  not_found   taken_by      taken_by
    held_by_offline  taken_by      taken_by      not_found  not_found   nothing       taken_by
    held_by_busy     taken_by      taken_by      not_found  not_found   taken_by      nothing
    missed           wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

pub(super) const REJECT: &str = "
    .                ana          ben          foreign    unassigned  offline      busy
    new              not_found    not_found    not_found  not_found   not_found    not_found
    assistant        not_pending  not_pending  not_found  not_found   not_pending  not_pending
    proposed         not_pending  not_pending  not_found  not_found   not_pending  not_pending
    waiting          wrote        wrote        not_found  not_found   wrote        wrote
    offered_to_ben   wrote        wrote        not_found  not_found   wrote        wrote
    held_by_ana      not_pending  not_pending  not_found  not_found   not_pending  not_pending
    held_by_offline  not_pending  not_pending  not_found  not_found   not_pending  not_pending
    held_by_busy     not_pending  not_pending  not_found  not_found   not_pending  not_pending
    missed           not_pending  not_pending  not_found  not_found   not_pending  not_pending
    closed           not_pending  not_pending  not_found  not_found   not_pending  not_pending
    restored         not_pending  not_pending  not_found  not_found   not_pending  not_pending
    cancelled        not_pending  not_pending  not_found  not_found   not_pending  not_pending
";

pub(super) const STEP_IN: &str = "
    .                ana         ben        foreign    unassigned  offline     busy
    new              not_found   not_found  not_found  not_found   not_found   not_found
    assistant        wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    proposed         wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    waiting          wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    offered_to_ben   offered_to  wrote      not_found  not_found   offered_to  offered_to
    held_by_ana      nothing     taken_by   not_found  not_found   taken_by    taken_by
    held_by_offline  taken_by    taken_by   not_found  not_found   nothing     taken_by
    held_by_busy     taken_by    taken_by   not_found  not_found   taken_by    nothing
    missed           wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    closed           wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    restored         wrote       wrote      not_found  not_found   not_online  chat_limit_reached
    cancelled        wrote       wrote      not_found  not_found   not_online  chat_limit_reached
";

pub(super) const TRANSFER_TO_BEN: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    offered_to_ben   wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  wrote         held_by       not_found  not_found   wrote         held_by
    held_by_busy     wrote         held_by       not_found  not_found   held_by       wrote
    missed           wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

/// To everybody, or to a group.
pub(super) const TRANSFER_TO_QUEUE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    waiting          wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    offered_to_ben   wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  wrote         held_by       not_found  not_found   wrote         held_by
    held_by_busy     wrote         held_by       not_found  not_found   held_by       wrote
    missed           wrote         not_allowed   not_found  not_found   not_allowed   not_allowed
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

pub(super) const RELEASE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         not_held      not_held      not_found  not_found   not_held      not_held
    waiting          not_held      not_held      not_found  not_found   not_held      not_held
    offered_to_ben   not_held      not_held      not_found  not_found   not_held      not_held
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    missed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

pub(super) const RESOLVE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         not_held      not_held      not_found  not_found   not_held      not_held
    waiting          wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    offered_to_ben   offered_to    wrote         not_found  not_found   offered_to    offered_to
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    missed           wrote         wrote         not_found  not_found   not_online    chat_limit_reached
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

/// Outcomes that are not for people to choose.
pub(super) const RESOLVE_BY_RULE: &str = "
    .                ana                  ben                  foreign    unassigned  offline              busy
    new              not_found            not_found            not_found  not_found   not_found            not_found
    assistant        outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    proposed         outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    waiting          outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    offered_to_ben   outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_ana      outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_offline  outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    held_by_busy     outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    missed           outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    closed           outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    restored         outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
    cancelled        outcome_not_allowed  outcome_not_allowed  not_found  not_found   outcome_not_allowed  outcome_not_allowed
";

pub(super) const AGENT_READS: &str = "
    .                ana        ben        foreign    unassigned  offline    busy
    new              not_found  not_found  not_found  not_found   not_found  not_found
    assistant        nothing    nothing    not_found  not_found   nothing    nothing
    proposed         nothing    nothing    not_found  not_found   nothing    nothing
    waiting          nothing    nothing    not_found  not_found   nothing    nothing
    offered_to_ben   nothing    nothing    not_found  not_found   nothing    nothing
    held_by_ana      changed    nothing    not_found  not_found   nothing    nothing
    held_by_offline  nothing    nothing    not_found  not_found   changed    nothing
    held_by_busy     nothing    nothing    not_found  not_found   nothing    changed
    missed           nothing    nothing    not_found  not_found   nothing    nothing
    closed           nothing    nothing    not_found  not_found   nothing    nothing
    restored         nothing    nothing    not_found  not_found   nothing    nothing
    cancelled        nothing    nothing    not_found  not_found   nothing    nothing
";

/// `begun`: the attempt that was begun by the visitor's newest message to the AI.
pub(super) const AI_ANSWERS: &str = "
    .                begun         other_run     other_epoch
    new              not_found     not_found     not_found
    assistant        wrote         handoff_over  handoff_over
    proposed         wrote         handoff_over  handoff_over
    waiting          handoff_over  handoff_over  handoff_over
    offered_to_ben   handoff_over  handoff_over  handoff_over
    held_by_ana      handoff_over  handoff_over  handoff_over
    held_by_offline  handoff_over  handoff_over  handoff_over
    held_by_busy     handoff_over  handoff_over  handoff_over
    missed           handoff_over  handoff_over  handoff_over
    closed           handoff_over  handoff_over  handoff_over
    restored         handoff_over  handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  handoff_over
";

pub(super) const ROUTE: &str = "
    .                nothing_changed  nobody_there
    new              not_found        not_found
    assistant        nothing          nothing
    proposed         nothing          nothing
    waiting          nothing          wrote
    offered_to_ben   nothing          wrote
    held_by_ana      nothing          nothing
    held_by_offline  nothing          nothing
    held_by_busy     nothing          nothing
    missed           nothing          nothing
    closed           nothing          nothing
    restored         nothing          nothing
    cancelled        nothing          nothing
";

pub(super) const LOOK_AFTER: &str = "
    .                gone       there      unassigned  nobody
    new              not_found  not_found  not_found   not_found
    assistant        nothing    nothing    nothing     nothing
    proposed         nothing    nothing    nothing     nothing
    waiting          nothing    nothing    nothing     nothing
    offered_to_ben   nothing    nothing    nothing     nothing
    held_by_ana      changed    nothing    wrote       nothing
    held_by_offline  changed    changed    wrote       nothing
    held_by_busy     changed    nothing    wrote       nothing
    missed           nothing    nothing    nothing     nothing
    closed           nothing    nothing    nothing     nothing
    restored         nothing    nothing    nothing     nothing
    cancelled        nothing    nothing    nothing     nothing
";

pub(super) const TIME_COMES: &str = "
    .                at_once    in_a_day
    new              not_found  not_found
    assistant        changed    changed
    proposed         changed    wrote
    waiting          changed    wrote
    offered_to_ben   changed    wrote
    held_by_ana      changed    changed
    held_by_offline  changed    changed
    held_by_busy     changed    changed
    missed           changed    changed
    closed           changed    changed
    restored         changed    changed
    cancelled        changed    changed
";

pub(super) const SNOOZE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         not_held      not_held      not_found  not_found   not_held      not_held
    waiting          not_held      not_held      not_found  not_found   not_held      not_held
    offered_to_ben   not_held      not_held      not_found  not_found   not_held      not_held
    held_by_ana      wrote         held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   wrote         held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       wrote
    missed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

pub(super) const JOIN: &str = "
    .                ana           ben           foreign       unassigned    offline       busy
    new              not_found     not_found     not_found     not_found     not_found     not_found
    assistant        handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    proposed         not_held      not_held      not_found     not_found     not_held      not_held
    waiting          not_held      not_held      not_found     not_found     not_held      not_held
    offered_to_ben   not_held      not_held      not_found     not_found     not_held      not_held
    held_by_ana      nothing       wrote         not_found     not_found     wrote         wrote
    held_by_offline  wrote         wrote         not_found     not_found     nothing       wrote
    held_by_busy     wrote         wrote         not_found     not_found     wrote         nothing
    missed           handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    closed           handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
";

pub(super) const LEAVE: &str = "
    .                ana           ben           foreign       unassigned    offline       busy
    new              not_found     not_found     not_found     not_found     not_found     not_found
    assistant        handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    proposed         nothing       nothing       not_found     not_found     nothing       nothing
    waiting          nothing       nothing       not_found     not_found     nothing       nothing
    offered_to_ben   nothing       nothing       not_found     not_found     nothing       nothing
    held_by_ana      nothing       nothing       not_found     not_found     nothing       nothing
    held_by_offline  nothing       nothing       not_found     not_found     nothing       nothing
    held_by_busy     nothing       nothing       not_found     not_found     nothing       nothing
    missed           handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    closed           handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found     not_found     handoff_over  handoff_over
";

pub(super) const WAKE: &str = "
    .                ana           ben           foreign    unassigned  offline       busy
    new              not_found     not_found     not_found  not_found   not_found     not_found
    assistant        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    proposed         not_held      not_held      not_found  not_found   not_held      not_held
    waiting          not_held      not_held      not_found  not_found   not_held      not_held
    offered_to_ben   not_held      not_held      not_found  not_found   not_held      not_held
    held_by_ana      nothing       held_by       not_found  not_found   held_by       held_by
    held_by_offline  held_by       held_by       not_found  not_found   nothing       held_by
    held_by_busy     held_by       held_by       not_found  not_found   held_by       nothing
    missed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    closed           handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    restored         handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
    cancelled        handoff_over  handoff_over  not_found  not_found   handoff_over  handoff_over
";

pub(super) const LABEL: &str = "
    .                ana        ben        foreign    unassigned  offline    busy
    new              not_found  not_found  not_found  not_found   not_found  not_found
    assistant        wrote      wrote      not_found  not_found   wrote      wrote
    proposed         wrote      wrote      not_found  not_found   wrote      wrote
    waiting          wrote      wrote      not_found  not_found   wrote      wrote
    offered_to_ben   wrote      wrote      not_found  not_found   wrote      wrote
    held_by_ana      wrote      wrote      not_found  not_found   wrote      wrote
    held_by_offline  wrote      wrote      not_found  not_found   wrote      wrote
    held_by_busy     wrote      wrote      not_found  not_found   wrote      wrote
    missed           wrote      wrote      not_found  not_found   wrote      wrote
    closed           wrote      wrote      not_found  not_found   wrote      wrote
    restored         wrote      wrote      not_found  not_found   wrote      wrote
    cancelled        wrote      wrote      not_found  not_found   wrote      wrote
";

pub(super) const EDIT_NOTE: &str = "
    .                ana          ben          foreign      unassigned   offline      busy
    new              not_found    not_found    not_found    not_found    not_found    not_found
    assistant        wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    proposed         wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    waiting          wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    offered_to_ben   wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    held_by_ana      wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    held_by_offline  wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    held_by_busy     wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    missed           wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    closed           wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    restored         wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
    cancelled        wrote        not_allowed  not_found    not_found    not_allowed  not_allowed
";

pub(super) const PIN_NOTE: &str = "
    .                ana          ben          foreign      unassigned   offline      busy
    new              not_found    not_found    not_found    not_found    not_found    not_found
    assistant        wrote        wrote        not_found    not_found    wrote        wrote
    proposed         wrote        wrote        not_found    not_found    wrote        wrote
    waiting          wrote        wrote        not_found    not_found    wrote        wrote
    offered_to_ben   wrote        wrote        not_found    not_found    wrote        wrote
    held_by_ana      wrote        wrote        not_found    not_found    wrote        wrote
    held_by_offline  wrote        wrote        not_found    not_found    wrote        wrote
    held_by_busy     wrote        wrote        not_found    not_found    wrote        wrote
    missed           wrote        wrote        not_found    not_found    wrote        wrote
    closed           wrote        wrote        not_found    not_found    wrote        wrote
    restored         wrote        wrote        not_found    not_found    wrote        wrote
    cancelled        wrote        wrote        not_found    not_found    wrote        wrote
";

pub(super) const BLOCK: &str = "
    .                ana          ben          foreign      unassigned   offline      busy
    new              not_found    not_found    not_found    not_found    not_found    not_found
    assistant        wrote        not_allowed  not_found    not_found    wrote        wrote
    proposed         wrote        not_allowed  not_found    not_found    wrote        wrote
    waiting          wrote        not_allowed  not_found    not_found    wrote        wrote
    offered_to_ben   wrote        not_allowed  not_found    not_found    wrote        wrote
    held_by_ana      wrote        not_allowed  not_found    not_found    held_by      held_by
    held_by_offline  wrote        not_allowed  not_found    not_found    wrote        held_by
    held_by_busy     wrote        not_allowed  not_found    not_found    held_by      wrote
    missed           wrote        not_allowed  not_found    not_found    wrote        wrote
    closed           wrote        not_allowed  not_found    not_found    wrote        wrote
    restored         wrote        not_allowed  not_found    not_found    wrote        wrote
    cancelled        wrote        not_allowed  not_found    not_found    wrote        wrote
";

// In none of these states has a person written; what follows when one did is in rating.rs.
pub(super) const RATE: &str = "
    .                visitor
    new              not_found
    assistant        not_found
    proposed         not_found
    waiting          not_found
    offered_to_ben   not_found
    held_by_ana      not_found
    held_by_offline  not_found
    held_by_busy     not_found
    missed           not_found
    closed           not_found
    restored         not_found
    cancelled        not_found
";

// Nor has the AI answered.
pub(super) const THUMB_ANSWER: &str = "
    .                visitor
    new              not_found
    assistant        not_found
    proposed         not_found
    waiting          not_found
    offered_to_ben   not_found
    held_by_ana      not_found
    held_by_offline  not_found
    held_by_busy     not_found
    missed           not_found
    closed           not_found
    restored         not_found
    cancelled        not_found
";
