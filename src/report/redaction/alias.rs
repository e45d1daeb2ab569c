//! The names things go under outside.

use crate::model::{ElementKind, Key, ThreatModel};

/// "Host C" for the third, "Person 3" for people. `None` for what has no name.
pub fn alias(model: &ThreatModel, key: &Key, number: u32) -> Option<String> {
    let lettered = |what: &str| format!("{what} {}", letters(number));
    let numbered = |what: &str| format!("{what} {number}");
    Some(match key {
        Key::Element(id) => match model.elements.get(id).map(|e| e.kind) {
            Some(ElementKind::ExternalEntity) => lettered("Party"),
            _ => lettered("Host"),
        },
        Key::Boundary(_) => lettered("Zone"),
        Key::Asset(_) => lettered("Asset"),
        Key::Agent(_) => lettered("Actor"),
        Key::Person(_) => numbered("Person"),
        Key::Flow(_) => numbered("Flow"),
        Key::Vulnerability(_) => numbered("Vulnerability"),
        Key::Threat(_) => numbered("Threat"),
        Key::Control(_) | Key::Instance(_) => numbered("Control"),
        Key::Diagram(_) => numbered("Diagram"),
        Key::AttackTree(_) => numbered("Attack tree"),
        Key::Scenario(_) => numbered("Scenario"),
        _ => return None,
    })
}

/// 1 is A, 26 is Z, 27 is AA.
fn letters(number: u32) -> String {
    let mut left = number;
    let mut out = Vec::new();
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).unwrap_or(0);
        out.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn letters_go_on_after_z() {
        let all: Vec<String> = [1, 2, 26, 27, 52, 53, 703].into_iter().map(letters).collect();
        assert_eq!(all, ["A", "B", "Z", "AA", "AZ", "BA", "AAA"]);
    }
}
