//! What programs act as a member with, and the way out of each, for who keeps the team.

use leptos::prelude::*;
use protocol::AgentId;
use protocol::profile::ProfileEdit;

use super::Page;
use super::member::close;
use crate::api::ApiError;
use crate::api::profile::edit_profile;
use crate::parts::painted::IntoPainted;
use crate::parts::token::line;
use crate::words::t;

/// The tokens of a member; nothing without one.
pub(super) fn tokens(
    page: Page,
    of: AgentId,
    error: RwSignal<Option<ApiError>>,
) -> Option<AnyView> {
    let own = page.view.with_untracked(|view| {
        let own = view.tokens.iter().filter(|(agent, _)| *agent == of);
        own.map(|(_, token)| token.clone()).collect::<Vec<_>>()
    });
    let revoke = Callback::new(move |id| {
        leptos::task::spawn_local(async move {
            let revoked = edit_profile(ProfileEdit::RevokeTokenOf(id)).await;
            close(page, error, revoked.map(|_| ()), t::token_revoked());
        });
    });
    (!own.is_empty()).then(|| {
        let lines = own.into_iter().map(|token| line(token, revoke));
        view! {
            <div class="field whole">
                <span class="label">{t::api_tokens()}</span>
                <ul class="tokens" aria-label=t::api_tokens()>{lines.collect_view()}</ul>
                <span class="hint">{t::tokens_of_about()}</span>
            </div>
        }
        .painted()
    })
}
