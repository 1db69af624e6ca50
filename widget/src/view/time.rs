//! Times of day as a visitor reads them.

use alloc::string::String;

use js_sys::Date;
use protocol::Timestamp;
use wasm_bindgen::JsValue;

use crate::text::number;

/// `14:02` today, else `2 May, 14:02`.
pub(crate) fn clock(at: Timestamp) -> String {
    let at = Date::new(&JsValue::from_f64(at.millis() as f64));
    let day = |date: &Date| String::from(date.to_date_string());
    let mut text = String::new();
    let that_day = day(&at);
    if that_day != day(&Date::new_0()) {
        text.push_str(&number(at.get_date() as usize));
        text.push(' ');
        // ECMA-262 fixes this form: "Sat May 02 2026".
        text.push_str(that_day.get(4..7).unwrap_or_default());
        text.push_str(", ");
    }
    two_digits(&mut text, at.get_hours());
    text.push(':');
    two_digits(&mut text, at.get_minutes());
    text
}

fn two_digits(text: &mut String, value: u32) {
    if value < 10 {
        text.push('0');
    }
    text.push_str(&number(value as usize));
}
