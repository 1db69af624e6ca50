//! The side of the server of the page of the modules, and of the pages of what is switched off.

use app::api::ApiError;
use app::api::modules::Modules;
use async_trait::async_trait;
use protocol::Refusal;
use protocol::module::{Module, ModuleRule, ModulesView};

use super::RequestBackend;
use crate::actions::save_module;

#[async_trait]
impl Modules for RequestBackend {
    async fn modules(&self) -> Result<ModulesView, ApiError> {
        Ok(save_module::load_modules(&self.desk, self.agent()?).await?)
    }

    async fn save_module(&self, rule: ModuleRule) -> Result<ModulesView, ApiError> {
        Ok(save_module::save_module(&self.desk, self.agent()?, rule).await?)
    }
}

impl RequestBackend {
    /// What a page of a module loaded, or that the module is switched off, where that is why it was
    /// refused.
    pub(super) async fn of_module<T>(
        &self,
        module: Module,
        loaded: Result<T, Refusal>,
    ) -> Result<T, ApiError> {
        if let Err(Refusal::NotAllowed) = &loaded {
            let why = save_module::why_off(&self.desk, self.agent()?, module).await?;
            if let Some(off) = why {
                return Err(ApiError::SwitchedOff(off));
            }
        }
        Ok(loaded?)
    }
}
