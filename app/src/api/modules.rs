//! The modules of the product, which can be switched off.

use async_trait::async_trait;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use protocol::module::{ModuleRule, ModulesView};

use super::ApiError;

/// What the page of the modules asks of the server.
#[async_trait]
pub trait Modules: Send + Sync {
    /// The modules, for who keeps the team.
    async fn modules(&self) -> Result<ModulesView, ApiError>;

    /// Switches a module.
    async fn save_module(&self, rule: ModuleRule) -> Result<ModulesView, ApiError>;
}

/// Loads the modules.
#[server(prefix = "/pages", endpoint = "load_modules")]
pub async fn load_modules() -> Result<ModulesView, ApiError> {
    crate::backend::backend().modules().await
}

/// Switches a module.
#[server(prefix = "/pages", endpoint = "save_module", input = Json)]
pub async fn save_module(rule: ModuleRule) -> Result<ModulesView, ApiError> {
    crate::backend::backend().save_module(rule).await
}
