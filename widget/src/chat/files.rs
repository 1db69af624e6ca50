//! What becomes of files: chosen, on their way, up, and left out again.

use alloc::string::String;
use alloc::vec::Vec;

use super::Chat;
use crate::codec::upload;
use crate::ids::written;
use crate::state::Up;
use crate::text::refusal;

impl Chat {
    /// Something about a file was heard of the page.
    pub(crate) fn file(&self, what: &str, place: &str, one: String, other: &str) {
        let number = |text: &str| {
            text.bytes()
                .fold(0, |all, digit| all * 10 + u64::from(digit & 15))
        };
        let place = number(place) as u32;
        let mut state = self.state.borrow_mut();
        let goes = match what {
            "file" => state.choose(place, one, number(other)),
            "sent" => {
                state.reach(place, Up::Going(number(&one)));
                false
            }
            _ => {
                // Bytes as letters: each is one of the first 256.
                let bytes: Vec<u8> = one.chars().map(|letter| letter as u8).collect();
                let up = match upload(&bytes) {
                    Some(Ok(file)) => Up::Kept(file.id),
                    Some(Err((refused, sentence))) => {
                        Up::Refused(refusal(&refused).unwrap_or(sentence))
                    }
                    None => Up::Broken,
                };
                state.reach(place, up);
                false
            }
        };
        let sends = state.sends_then && state.files_are_up();
        drop(state);
        if goes {
            self.upload(place);
        }
        if sends {
            self.say_written();
        }
        self.refresh(false);
    }

    fn upload(&self, place: u32) {
        let mut accept = String::from("application/");
        accept.push_str(&protocol::schema::postcard());
        let conversation = written(self.state.borrow().conversation.0);
        self.host.upload(place, &conversation, &accept);
    }

    /// Files that broke off go up again.
    pub(crate) fn upload_again(&self) {
        let broken = self.state.borrow_mut().broken();
        for place in broken {
            self.upload(place);
        }
        self.refresh(false);
    }

    /// A file is left out.
    pub(crate) fn leave_out(&self, place: u32) {
        self.host.cut(place);
        self.state.borrow_mut().leave_out(place);
        self.refresh(false);
    }
}
