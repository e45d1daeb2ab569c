//! Threat types, which tools write in the words of the user’s language.

use crate::model::{Category, Hits};
use serde::Deserialize;
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../assets/interchange/threat_dragon_types.ron");

/// One type in all its languages.
#[derive(Deserialize)]
struct ThreatType {
    methodology: String,
    categories: Vec<Category>,
    names: Vec<String>,
}

/// The table of types.
pub(in crate::interchange) struct ThreatTypes(Vec<ThreatType>);

impl ThreatTypes {
    /// The shipped table, its words made [`plain`]. A test reads it, so that it is never empty here.
    pub(in crate::interchange) fn shipped() -> &'static ThreatTypes {
        static SHIPPED: LazyLock<ThreatTypes> = LazyLock::new(|| {
            let mut types: Vec<ThreatType> = ron::from_str(TABLE).unwrap_or_default();
            for t in &mut types {
                t.methodology = plain(&t.methodology);
                t.names.iter_mut().for_each(|name| *name = plain(name));
            }
            ThreatTypes(types)
        });
        &SHIPPED
    }

    /// The categories of a type, looked up in its own methodology first; empty when it fits none.
    pub(in crate::interchange) fn categories(&self, name: &str, methodology: &str) -> Vec<Category> {
        let (name, methodology) = (plain(name), plain(methodology));
        if name.is_empty() {
            return Vec::new();
        }
        let singular = name.strip_suffix('s');
        let of_name = |t: &&ThreatType| t.names.iter().any(|n| *n == name || singular == Some(n));
        let of_methodology = |t: &&ThreatType| !methodology.is_empty() && t.methodology.ends_with(&methodology);
        let named = || self.0.iter().filter(of_name);
        named().find(of_methodology).or_else(|| named().next()).map(|t| t.categories.clone()).unwrap_or_default()
    }
}

/// Without case, spaces and hyphens, in which the tools differ.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_lowercase).collect()
}

/// The English word of a category, as Threat Dragon writes it.
pub(in crate::interchange) fn word(category: Category) -> &'static str {
    match category {
        Category::Lk => "Linkability",
        Category::Id => "Identifiability",
        Category::De => "Detectability",
        Category::Dd => "Disclosure of information",
        other => other.label(),
    }
}

/// What a threat of these categories takes of an asset: used when its foreign rating is removed.
pub(in crate::interchange) fn hits(categories: &[Category]) -> Hits {
    let mut hits = Hits::default();
    for category in categories {
        match category {
            Category::S => (hits.c, hits.i) = (1.0, 1.0),
            Category::T | Category::R => hits.i = 1.0,
            Category::I => hits.c = 1.0,
            Category::D => hits.a = 1.0,
            Category::E => (hits.c, hits.i, hits.a) = (1.0, 1.0, 1.0),
            Category::Dd => (hits.c, hits.p) = (1.0, 1.0),
            Category::Lk | Category::Id | Category::Nr | Category::De | Category::Un | Category::Nc => hits.p = 1.0,
        }
    }
    if categories.is_empty() { crate::model::Threat::default().hits } else { hits }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_category_has_a_word_that_is_read_back() {
        for category in Category::ALL.iter().copied() {
            let methodology = if category.is_stride() { "STRIDE" } else { "LINDDUN" };
            assert_eq!(ThreatTypes::shipped().categories(word(category), methodology), [category], "{}", word(category));
        }
    }

    #[test]
    fn the_same_word_means_different_things_in_different_languages_and_methodologies() {
        let types = ThreatTypes::shipped();
        assert!(types.0.len() >= 30);
        for (name, methodology, expected) in [
            ("Spoofing", "STRIDE", vec![Category::S]),
            ("Usurpation d'identité", "STRIDE", vec![Category::S]),
            ("Manipulation", "STRIDE", vec![Category::T]),
            ("Falsificação", "STRIDE", vec![Category::S]),
            ("Falsification", "STRIDE", vec![Category::T]),
            ("information-disclosure", "", vec![Category::I]),
            ("Elevation Of Privileges", "STRIDE", vec![Category::E]),
            ("なりすまし", "STRIDE", vec![Category::S]),
            ("Integrity", "CIA", vec![Category::T]),
            ("Integrity", "CIADIE", vec![Category::T]),
            ("Ephemeral", "CIADIE", vec![Category::I]),
            ("Ephemeral", "DIE", vec![Category::I]),
            ("Non-compliance", "LINDDUN", vec![Category::Nc]),
            ("Unawareness", "PLOT4ai", vec![Category::Un]),
            ("Accessibility", "PLOT4ai", vec![]),
            ("Magic", "STRIDE", vec![]),
            ("", "STRIDE", vec![]),
        ] {
            assert_eq!(types.categories(name, methodology), expected, "{name} in {methodology}");
        }
    }
}
