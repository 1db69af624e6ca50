//! How people are drawn, and the directory of agents' faces.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use protocol::AgentId;
use protocol::person::Face;
use uuid::Uuid;

/// The face of somebody with this name and id.
pub(crate) fn face(name: &str, id: Uuid) -> Face {
    Face {
        name: name.to_owned(),
        initials: initials(name),
        hue: hue(id),
    }
}

/// The first letters of the first and last word.
fn initials(name: &str) -> String {
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    first
        .into_iter()
        .chain(words.next_back())
        .flat_map(char::to_uppercase)
        .collect()
}

/// A hue that an id keeps for ever: FNV-1a over its bytes, on the circle.
fn hue(id: Uuid) -> u16 {
    let hash = id.as_bytes().iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    (hash % 360) as u16
}

/// The faces of all agents, so that an entry's author can be named without a query.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faces(Arc<RwLock<HashMap<AgentId, Face>>>);

impl Faces {
    /// Adds or renames an agent.
    pub(crate) fn insert(&self, agent: AgentId, name: &str) {
        let face = face(name, agent.0);
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(agent, face);
    }

    /// The face of an agent; one who is gone is a colleague without a name.
    pub(crate) fn get(&self, agent: AgentId) -> Face {
        let faces = self.0.read().unwrap_or_else(PoisonError::into_inner);
        faces
            .get(&agent)
            .cloned()
            .unwrap_or_else(|| face("A colleague", agent.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_first_and_last_word() {
        for (name, expected) in [
            ("Ana", "A"),
            ("ana maría lópez", "AL"),
            ("Émile Zola", "ÉZ"),
            ("", ""),
            ("ß", "SS"),
        ] {
            assert_eq!(expected, initials(name), "{name}");
        }
    }
}
