//! What programs act as a member with, and the way out of each, for who keeps the team.

use leptos::prelude::*;
use protocol::profile::ProfileEdit;
use protocol::{AgentId, ApiTokenId};

use super::Page;
use crate::api::ApiError;
use crate::api::profile::edit_profile;
use crate::live::browser;
use crate::parts::painted::IntoPainted;
use crate::parts::token::line;
use crate::parts::trouble::wrong;
use crate::words::t;

/// The tokens of a member; nothing without one. One that is taken back leaves the list, and the form
/// around stays as it was typed.
pub(super) fn tokens(page: Page, of: AgentId) -> Option<AnyView> {
    let own = page.view.with_untracked(|view| {
        let own = view.tokens.iter().filter(|(agent, _)| *agent == of);
        own.map(|(_, token)| token.clone()).collect::<Vec<_>>()
    });
    if own.is_empty() {
        return None;
    }
    let own = RwSignal::new(own);
    let said = RwSignal::new(None::<Result<(), ApiError>>);
    let revoke = Callback::new(move |id: ApiTokenId| {
        leptos::task::spawn_local(async move {
            let revoked = edit_profile(ProfileEdit::RevokeTokenOf(id))
                .await
                .map(|_| ());
            if revoked.is_ok() {
                own.try_update(|own| own.retain(|token| token.id != id));
                // Whoever opens the form again finds it gone as well; nothing else changes by it.
                if let Some(mut view) = page.view.try_write_untracked() {
                    view.tokens.retain(|(_, token)| token.id != id);
                }
                // The button that had the focus is gone.
                request_animation_frame(|| browser::focus(".team-page .revoked"));
            }
            let _told = said.try_set(Some(revoked));
        });
    });
    let lines = move || {
        let lines = own.get().into_iter().map(|token| line(token, revoke));
        lines.collect_view()
    };
    let done = move || matches!(said.get(), Some(Ok(()))).then(t::token_revoked);
    let trouble = move || match said.get() {
        Some(Err(error)) => Some(wrong(error.sentence())),
        _ => None,
    };
    let whole = view! {
        <div class="field whole">
            <span class="label">{t::api_tokens()}</span>
            <ul class="tokens" aria-label=t::api_tokens()>{lines}</ul>
            <p class="revoked" role="status" tabindex="-1">{done}</p>
            {trouble}
            <span class="hint">{t::tokens_of_about()}</span>
        </div>
    };
    Some(whole.painted())
}
