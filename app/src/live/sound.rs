//! Sounds, made here and now: no file is loaded for them. Only called in the browser.

use std::cell::RefCell;

use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, OscillatorType};

use super::preferences::Sound;

/// One tone: when it begins, in seconds, how high it is, how long it rings, and how loud it is.
type Tone = (f64, f32, f64, f32);

// Browsers let a page make sounds only after the reader did something in it.
thread_local! {
    static CONTEXT: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

/// Whether the browser lets this page make sounds now.
pub(crate) fn is_allowed() -> bool {
    context().is_some_and(|context| context.state() == AudioContextState::Running)
}

/// The reader did something: from here on sounds may be made.
pub(crate) fn wake() {
    if let Some(context) = context()
        && context.state() == AudioContextState::Suspended
    {
        // It fails where the browser does not count this as a sign of the reader; the next one may.
        let _resumed = context.resume();
    }
}

/// What a request sounds like.
pub(crate) fn request(sound: Sound, volume: u8) {
    let tones: &[Tone] = match sound {
        Sound::Rising => &[(0.0, 660.0, 0.18, 1.0), (0.16, 880.0, 0.34, 1.0)],
        Sound::Bell => &[(0.0, 1046.5, 0.55, 0.9), (0.0, 2093.0, 0.3, 0.25)],
        Sound::Soft => &[(0.0, 392.0, 0.22, 1.0), (0.2, 330.0, 0.36, 0.9)],
    };
    // What may not sound is told by the page.
    let _played = play(tones, volume);
}

/// One soft tick: words of a visitor whom I hold.
pub(crate) fn reply(volume: u8) {
    let _played = play(&[(0.0, 587.3, 0.12, 0.6)], volume);
}

fn play(tones: &[Tone], volume: u8) -> Result<(), JsValue> {
    let Some(context) = context().filter(|_| volume > 0) else {
        return Ok(());
    };
    let now = context.current_time();
    for (after, pitch, lasts, loud) in tones {
        let (begin, end) = (now + after, now + after + lasts);
        let loud = loud * f32::from(volume) / 100.0 * 0.3;
        let (tone, gain) = (context.create_oscillator()?, context.create_gain()?);
        tone.set_type(OscillatorType::Sine);
        tone.frequency().set_value(*pitch);
        // In and out without a click.
        gain.gain().set_value_at_time(0.0001, begin)?;
        gain.gain()
            .exponential_ramp_to_value_at_time(loud.max(0.0002), begin + 0.02)?;
        gain.gain().exponential_ramp_to_value_at_time(0.0001, end)?;
        let _chain = tone
            .connect_with_audio_node(&gain)?
            .connect_with_audio_node(&context.destination())?;
        tone.start_with_when(begin)?;
        tone.stop_with_when(end)?;
    }
    Ok(())
}

/// The page's one context; none where the browser has no sound.
fn context() -> Option<AudioContext> {
    CONTEXT.with_borrow_mut(|kept| {
        if kept.is_none() {
            *kept = AudioContext::new().ok();
        }
        kept.clone()
    })
}
