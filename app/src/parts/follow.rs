//! Views and attributes that follow what they read, without a type of their own for every one of them.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;

use crate::parts::late::IntoLate;

/// A late view that is made anew whenever something it reads has changed.
pub(crate) fn follow<V>(mut view: impl FnMut() -> V + Send + 'static) -> AnyView
where
    V: Render + Send + 'static,
    V::State: 'static,
{
    let view: Arc<Mutex<dyn FnMut() -> AnyView + Send>> =
        Arc::new(Mutex::new(move || view().late()));
    view.late()
}

/// A value that is read anew whenever something it reads has changed.
pub(crate) fn reads<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T>
where
    T: Send + Sync + 'static,
{
    // Compiled once per type and not once per use.
    fn boxed<T>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T>
    where
        T: Send + Sync + 'static,
    {
        Signal::derive(value)
    }
    boxed(Box::new(value))
}

/// Does something in the browser, and again whenever something it reads has changed.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    fn boxed(act: Box<dyn FnMut()>) {
        Effect::new(act);
    }
    boxed(Box::new(act));
}
