//! What proves to a chatbot who its visitors are: the secret, and how a site's server uses it.

use leptos::prelude::*;
use protocol::ChatbotId;

use crate::api::ApiError;
use crate::api::identity::{load_identity_secret, renew_identity_secret};
use crate::parts::icon::Icon;
use crate::parts::painted::IntoPainted;
use crate::parts::trouble::Trouble;
use crate::words::t;

use super::embed::Snippet;

/// How a site's server makes the proof, for Node. The five lines are the same in every language.
const EXAMPLE: &str = r#"// on your server
const { createHmac } = require("node:crypto");
const { id, name, email } = user;
const lines = [id, name, email, "", ""].join("\n"); // id, name, e-mail, phone, company
const hash = createHmac("sha256", process.env.BATON_SECRET).update(lines).digest("hex");

// on your page
Baton.identify({ id, name, email, hash });"#;

/// Shows the secret of a chatbot when it is asked for, and renews it.
#[component]
pub(super) fn Proof(chatbot: ChatbotId) -> impl IntoView {
    // None until somebody asks for it.
    let secret = RwSignal::new(None::<Result<Option<String>, ApiError>>);
    let asks = RwSignal::new(false);
    let show = move |_| {
        leptos::task::spawn_local(async move {
            let _shown = secret.try_set(Some(load_identity_secret(chatbot).await));
        });
    };
    let renew = move |_| {
        asks.set(false);
        leptos::task::spawn_local(async move {
            let made = renew_identity_secret(chatbot).await;
            let _shown = secret.try_set(Some(made.map(Some)));
        });
    };
    let shown = move || match secret.get() {
        None => view! {
            <button type="button" class="btn" on:click=show>
                {t::show_secret()}
            </button>
        }
        .painted(),
        Some(Err(error)) => view! { <Trouble error/> }.painted(),
        Some(Ok(None)) => view! {
            <button type="button" class="btn" on:click=renew>
                {t::make_secret()}
            </button>
        }
        .painted(),
        Some(Ok(Some(text))) => view! {
            <Snippet name=t::identity_secret() text/>
            {move || match asks.get() {
                false => view! {
                    <button type="button" class="btn" on:click=move |_| asks.set(true)>
                        {t::renew_secret()}
                    </button>
                }
                .painted(),
                true => view! {
                    <p role="alert">{t::renew_secret_about()}</p>
                    <div class="row go-on">
                        <button type="button" class="btn" data-kind="danger" on:click=renew>
                            {t::renew_secret_now()}
                        </button>
                        <button type="button" class="btn" on:click=move |_| asks.set(false)>
                            {t::keep_secret()}
                        </button>
                    </div>
                }
                .painted(),
            }}
        }
        .painted(),
    };
    view! {
        <section class="proof-of">
            <h2>
                <Icon name="verified" size="s"/>
                {t::identity_title()}
            </h2>
            <p>{t::identity_about()}</p>
            {shown}
            <Snippet name=t::identity_example() text=EXAMPLE.to_owned()/>
        </section>
    }
    .painted()
}
