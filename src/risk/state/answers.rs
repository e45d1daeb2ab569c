//! What an element does and is: the user's word, else the tag profile, else a derived default, else unknown.

use crate::library::Library;
use crate::model::{Capability, Element, ElementKind, Fact, Tri};
use std::collections::{BTreeSet, HashMap};

/// Three-valued answers to up to 64 yes-or-no questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::risk) struct Answers {
    yes: u64,
    no: u64,
}

impl Answers {
    pub fn get(self, question: u32) -> Tri {
        let bit = 1u64.checked_shl(question).unwrap_or_default();
        match (self.yes & bit != 0, self.no & bit != 0) {
            (true, _) => Tri::Yes,
            (false, true) => Tri::No,
            (false, false) => Tri::Unknown,
        }
    }

    pub fn set(&mut self, question: u32, answer: Tri) {
        let bit = 1u64.checked_shl(question).unwrap_or_default();
        self.yes = if answer == Tri::Yes { self.yes | bit } else { self.yes & !bit };
        self.no = if answer == Tri::No { self.no | bit } else { self.no & !bit };
    }

    /// Answers what is unknown.
    fn default_to(&mut self, question: u32, answer: Tri) {
        if self.get(question) == Tri::Unknown {
            self.set(question, answer);
        }
    }
}

const fn fits<T>(all: &[T]) -> bool {
    all.len() <= 64
}
const _: () = assert!(fits(Capability::ALL) && fits(Fact::ALL), "answers have room for 64 questions");

/// What technology tags say about whoever carries them. Elements with the same tags share it.
#[derive(Debug, Default)]
pub(in crate::risk) struct Profile {
    /// The tags as stated.
    pub stated: Vec<String>,
    /// Known tags and all their ancestors.
    pub tags: Vec<String>,
    pub gateway: bool,
    does: Answers,
    facts: Answers,
}

impl Profile {
    fn new(library: &Library, stated: &BTreeSet<String>) -> Profile {
        let tags: Vec<String> = stated.iter().flat_map(|t| library.tags.lineage(t)).map(|t| t.id.clone()).collect();
        let (mut does, mut facts) = (Answers::default(), Answers::default());
        for capability in Capability::ALL {
            does.set(*capability as u32, library.tags.capability(stated, *capability));
        }
        for fact in Fact::ALL {
            facts.set(*fact as u32, library.tags.fact(stated, *fact));
        }
        let gateway = tags.iter().any(|t| t == "gateway");
        Profile { stated: stated.iter().cloned().collect(), tags, gateway, does, facts }
    }

    /// What an element with this profile does.
    pub fn does(&self, element: &Element) -> Answers {
        let mut out = self.does;
        for capability in Capability::ALL {
            if element.kind != ElementKind::Process || capability.is_rare() {
                out.default_to(*capability as u32, Tri::No);
            }
        }
        for (capability, said) in &element.capabilities {
            out.set(*capability as u32, *said);
        }
        out
    }

    /// The circumstances of an element with this profile, and whether who writes to it decides if it is shared.
    pub fn facts(&self, element: &Element) -> (Answers, bool) {
        let mut out = self.facts;
        // The word of a person stands, also when it says that nobody knows.
        let said = |fact: Fact| element.facts.get(&fact).copied();
        let (kind, tagged) = (element.kind, !self.tags.is_empty());
        let external = kind == ElementKind::ExternalEntity;
        for fact in Fact::ALL {
            let answer = match fact {
                Fact::Human if !external => Tri::No,
                Fact::ThirdParty if external => {
                    let human = said(Fact::Human).unwrap_or(self.facts.get(Fact::Human as u32));
                    if human == Tri::Yes { Tri::No } else { Tri::Unknown }
                }
                Fact::ThirdParty => Tri::No,
                Fact::UsesOpenSource if kind == ElementKind::Process && tagged => Tri::Yes,
                Fact::Physical | Fact::Removable | Fact::PublicRead | Fact::Safety | Fact::Unsupported if tagged => Tri::No,
                Fact::Privileged if tagged && kind != ElementKind::Process => Tri::No,
                _ => Tri::Unknown,
            };
            out.default_to(*fact as u32, answer);
        }
        let by_writers = kind == ElementKind::DataStore && out.get(Fact::SharedWrite as u32) == Tri::Unknown;
        for (fact, said) in &element.facts {
            out.set(*fact as u32, *said);
        }
        (out, by_writers && said(Fact::SharedWrite).is_none())
    }
}

/// All profiles in use, by number.
#[derive(Default)]
pub(in crate::risk) struct Profiles {
    list: Vec<Profile>,
    known: HashMap<Vec<String>, u32>,
    empty: Profile,
}

impl Profiles {
    /// The number of the profile of these tags.
    pub fn number(&mut self, library: &Library, tags: &BTreeSet<String>) -> u32 {
        let key: Vec<String> = tags.iter().cloned().collect();
        let (list, next) = (&mut self.list, u32::try_from(self.known.len()).unwrap_or(u32::MAX));
        *self.known.entry(key).or_insert_with(|| {
            list.push(Profile::new(library, tags));
            next
        })
    }

    pub fn get(&self, number: u32) -> &Profile {
        self.list.get(number as usize).unwrap_or(&self.empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn all_of(answers: Answers) -> BTreeMap<&'static str, Tri> {
        Capability::ALL.iter().map(|c| (c.name(), answers.get(*c as u32))).collect()
    }

    #[test]
    fn a_persons_word_beats_the_tags_and_the_kind() {
        let library = Library::builtin();
        let mut profiles = Profiles::default();
        let tags: BTreeSet<String> = ["rest-api".to_owned()].into();
        let number = profiles.number(library, &tags);
        assert_eq!(number, profiles.number(library, &tags));
        let mut element = Element { tags, ..Element::default() };
        let before = all_of(profiles.get(number).does(&element));
        assert_eq!((before["ServesApi"], before["CallsTools"]), (Tri::Yes, Tri::No));
        let bare = profiles.number(library, &BTreeSet::new());
        assert_eq!(all_of(profiles.get(bare).does(&Element::default()))["RunsCommands"], Tri::Unknown);
        element.capabilities = [(Capability::ServesApi, Tri::Unknown), (Capability::CallsTools, Tri::Yes)].into();
        let after = all_of(profiles.get(number).does(&element));
        assert_eq!((after["ServesApi"], after["CallsTools"]), (Tri::Unknown, Tri::Yes));
    }
}
