//! Why something was refused, in the language of the page. The refusals' own sentences are English.

use protocol::Refusal;
use protocol::refusal::Problem;

use super::t;

/// What happened and what to do.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::TakenBy { name, .. } => t::refused_taken(name),
        Refusal::HeldBy { name, .. } => t::refused_held(name),
        Refusal::OfferedTo { name, .. } => t::refused_offered(name),
        Refusal::TargetNotOnline { name, .. } => t::refused_target_offline(name),
        Refusal::TargetNotAssigned { name, .. } => t::refused_target_unassigned(name),
        Refusal::TargetFull {
            name, held, limit, ..
        } => t::refused_target_full(name, held, limit),
        Refusal::TargetHolds { name, .. } => t::refused_target_holds(name),
        Refusal::ChatLimitReached { held, limit } => t::refused_limit(held, limit),
        Refusal::TooManyThreads { limit } => t::refused_threads(limit),
        Refusal::NotAhead { days } => t::refused_not_ahead(days),
        Refusal::TooManyParticipants { limit } => t::refused_participants(limit),
        Refusal::TooManyAttributes { limit } => t::refused_attributes(limit),
        Refusal::TooManyTags { limit } => t::refused_tags(limit),
        Refusal::TextTooLong { characters, limit } => t::refused_too_long(characters, limit),
        Refusal::FileTooLarge { limit } => t::refused_file_size(limit),
        Refusal::TooManyFiles { limit } => t::refused_files(limit),
        Refusal::TooFast { retry_after_ms } => t::refused_too_fast(&retry_after_ms.div_ceil(1000)),
        Refusal::SettingInvalid {
            setting,
            problem: what,
        } => t::refused_setting(setting, &problem(*what)),
        Refusal::FieldInvalid { problem: what, .. } => problem(*what),
        Refusal::VariableUnknown { name } => t::refused_variable(name),
        Refusal::TooManyReplies { limit } => t::refused_replies(limit),
        Refusal::TooManyViews { limit } => t::refused_views(limit),
        Refusal::TooManyInvites { limit } => t::refused_invites(limit),
        Refusal::TooManyDrafts { limit } => t::refused_drafts(limit),
        other => always(other).to_owned(),
    }
}

/// What says the same whatever it is about.
fn always(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotHeld => t::refused_not_held(),
        Refusal::HandoffOver => t::refused_over(),
        Refusal::HandoffOff => t::refused_off(),
        Refusal::NotPending => t::refused_not_pending(),
        Refusal::NotOnline => t::refused_offline(),
        Refusal::NotAllowed => t::refused_not_allowed(),
        Refusal::NotFound => t::refused_not_found(),
        Refusal::OutcomeNotAllowed => t::refused_outcome(),
        Refusal::TextEmpty => t::refused_empty(),
        Refusal::FileNotAllowed => t::refused_file_kind(),
        Refusal::PictureUnreadable => t::refused_picture(),
        Refusal::FileGone => t::refused_file_gone(),
        Refusal::Unavailable => t::refused_unavailable(),
        Refusal::SignInFailed => t::refused_sign_in(),
        Refusal::SetupTokenWrong => t::refused_setup_token(),
        Refusal::SetupOver => t::refused_setup_over(),
        Refusal::SettingsChanged => t::refused_settings_changed(),
        Refusal::Blocked => t::refused_blocked(),
        Refusal::ContactChanged => t::refused_contact_changed(),
        Refusal::ReplyChanged => t::refused_reply_changed(),
        Refusal::ViewChanged => t::refused_view_changed(),
        Refusal::LastOwner => t::refused_last_owner(),
        Refusal::InviteOver => t::refused_invite_over(),
        Refusal::ResetOver => t::refused_reset_over(),
        Refusal::NoMail => t::refused_no_mail(),
        Refusal::EmailTaken => t::refused_email_taken(),
        Refusal::MemberChanged => t::refused_member_changed(),
        Refusal::PasswordWrong => t::refused_password(),
        Refusal::CodeWrong => t::refused_code(),
        Refusal::SignInOver => t::refused_sign_in_over(),
        // What no agent's page can bring about: the visitor's own, and breaches of the protocol.
        _ => t::refused_otherwise(),
    }
}

/// What is wrong with a field.
pub(crate) fn problem(problem: Problem) -> String {
    let always = match problem {
        Problem::TooLong { limit } => return t::problem_too_long(&limit),
        Problem::TooShort { least } => return t::problem_too_short(&least),
        Problem::OutOfRange { least, most } => return t::problem_range(&least, &most),
        Problem::TooMany { limit } => return t::problem_too_many(&limit),
        Problem::Missing => t::problem_missing(),
        Problem::NotAnAddress => t::problem_address(),
        Problem::TooCommon => t::problem_common(),
        Problem::NotAPhoneNumber => t::problem_phone(),
        Problem::UnknownZone => t::problem_zone(),
        Problem::NotADate => t::problem_date(),
        Problem::NotALanguage => t::problem_language(),
        Problem::Overlaps => t::problem_overlaps(),
        Problem::Twice => t::problem_twice(),
        Problem::Unknown => t::problem_unknown(),
        Problem::NotAShortcut => t::problem_shortcut(),
        Problem::NotAColour => t::problem_colour(),
        Problem::NotASite => t::problem_site(),
        Problem::NotALink => t::problem_link(),
        Problem::NotAllowedHere => t::problem_not_here(),
        Problem::TooFaint => t::problem_faint(),
    };
    always.to_owned()
}
