//! Who may read what: records and kinds of detail that do not leave the house, and the names they go under outside.

use super::{Id, Key, Record, ThreatModel};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

closed_enum! {
    /// Who may read something. Readers are given the same levels: a reader sees what is open to them or to more.
    #[derive(Default)]
    Visibility {
        /// Only those who make the model.
        #[default]
        Internal => "Internal",
        /// Also the client the report is for.
        Client => "Client",
        /// Everybody.
        Public => "Public",
    }
}

record! {
    /// Who may read kinds of detail, unless a record says otherwise.
    pub struct Disclosure {
        /// Names of people.
        pub people: Visibility = Visibility::Internal,
        /// What shows that controls and vulnerabilities are real: places, dates and results of tests.
        pub evidence: Visibility = Visibility::Internal,
        /// Person-days and losses in money.
        pub effort: Visibility = Visibility::Internal,
        /// Reasons and tickets of decisions.
        pub reasons: Visibility = Visibility::Client,
        /// Words that never leave the house, whatever they stand in: host names, code names.
        pub words: BTreeSet<String>,
        /// The number a record's other name has ("Host C" is 3). Given once, never to another.
        pub aliases: BTreeMap<Id, u32>,
    }
}

macro_rules! visible {
    ($($kind:ident),+) => {
        impl Record {
            /// Who may read it, if that was said; `None` also for kinds that follow other records.
            pub fn visibility(&self) -> Option<Visibility> {
                match self { $(Record::$kind(r) => r.visibility,)+ _ => None }
            }

            /// The same record for other readers; unchanged for kinds that follow other records.
            pub fn shown_to(mut self, to: Option<Visibility>) -> Record {
                match &mut self { $(Record::$kind(r) => r.visibility = to,)+ _ => {} }
                self
            }
        }

        impl Key {
            /// True for kinds of records that can be kept from readers.
            pub fn can_be_hidden(&self) -> bool {
                matches!(self, $(Key::$kind(_))|+)
            }
        }
    };
}

visible!(
    Person,
    Boundary,
    Element,
    Flow,
    Asset,
    Agent,
    Vulnerability,
    Threat,
    Control,
    Instance,
    Decision,
    Appraisal,
    AttackTree,
    Scenario,
    Assumption,
    Session,
    Playlist,
    Variant,
    Diagram
);

impl ThreatModel {
    /// Who may read a record: as it says, else as its kind does.
    pub fn visibility_of(&self, key: &Key) -> Visibility {
        let usual = match key {
            Key::Person(_) => self.info.disclosure.people,
            Key::Decision(_) | Key::Appraisal(_) => self.info.disclosure.reasons,
            // What was said in a meeting stays there.
            Key::Session(_) | Key::Playlist(_) | Key::Variant(_) => Visibility::Internal,
            _ => Visibility::Client,
        };
        self.get(key).and_then(|record| record.visibility()).unwrap_or(usual)
    }

    /// The numbers of other names with one for each of these records as well: those of a kind are counted on.
    pub fn numbered(&self, keys: impl IntoIterator<Item = Key>) -> BTreeMap<Id, u32> {
        let mut given = self.info.disclosure.aliases.clone();
        for key in keys {
            let Some(id) = key.id().filter(|id| !given.contains_key(*id)) else { continue };
            // Numbers of records that are gone are not given again, so all kinds look at those as well.
            let same = |other: &Id| self.key_of(other).is_none_or(|k| k.kind_label() == key.kind_label());
            let last = given.iter().filter(|(other, _)| same(other)).map(|(_, n)| *n).max().unwrap_or(0);
            given.insert(id.clone(), last.saturating_add(1));
        }
        given
    }

    /// The key of the record with this id, of any kind.
    fn key_of(&self, id: &Id) -> Option<Key> {
        let id = || id.clone();
        let kinds = [
            Key::Person(id()),
            Key::Asset(id()),
            Key::Agent(id()),
            Key::Vulnerability(id()),
            Key::Threat(id()),
            Key::Control(id()),
            Key::Instance(id()),
            Key::AttackTree(id()),
            Key::Scenario(id()),
            Key::Assumption(id()),
            Key::Diagram(id()),
        ];
        self.item_key(&id()).or_else(|| kinds.into_iter().find(|key| self.contains(key)))
    }
}
