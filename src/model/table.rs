//! The model as a set of keyed tables, and the one list of record kinds from which keys, records and access are made.

use super::fields::Fielded;
use super::*;
use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

macro_rules! tables {
    ($($(#[$meta:meta])* $field:ident: $kind:ident($key:ty => $record:ty)),+ $(,)?) => {
        /// A threat model: plain records in ordered maps, so that the same model gives the same bytes. A copy
        /// shares every table until one of the two changes it.
        #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
        #[serde(default)]
        pub struct ThreatModel {
            pub info: Info,
            $($(#[$meta])* pub $field: Table<$key, $record>,)+
            /// What was decided when and by whom. Only [`Document`](crate::edit::Document) adds to it, at every save and
            /// sign-off; no key names its entries, so no edit and no undo reaches them.
            pub log: Table<Id, LogEntry>,
        }

        impl ThreatModel {
            /// How many fields [`Self::serialize_tables`] writes.
            pub(crate) fn table_count(&self) -> usize {
                1 $(+ usize::from(!self.$field.is_empty()))+ + usize::from(!self.log.is_empty())
            }

            /// Writes the info and every table that is not empty into a struct under way.
            pub(crate) fn serialize_tables<S: SerializeStruct>(&self, out: &mut S) -> Result<(), S::Error> {
                out.serialize_field("info", &self.info)?;
                $(if self.$field.is_empty() {
                    out.skip_field(stringify!($field))?;
                } else {
                    out.serialize_field(stringify!($field), &self.$field)?;
                })+
                if self.log.is_empty() {
                    out.skip_field("log")
                } else {
                    out.serialize_field("log", &self.log)
                }
            }
        }

        /// Names one record of a model.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Key {
            Info,
            $($kind($key),)+
        }

        /// The value of any one record.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Record {
            Info(Box<Info>),
            $($kind(Box<$record>),)+
        }

        $(impl From<$record> for Record {
            fn from(r: $record) -> Record { Record::$kind(Box::new(r)) }
        })+
        impl From<Info> for Record {
            fn from(r: Info) -> Record { Record::Info(Box::new(r)) }
        }

        impl ThreatModel {
            /// A copy of the record, if it is there.
            pub fn get(&self, key: &Key) -> Option<Record> {
                match key {
                    Key::Info => Some(self.info.clone().into()),
                    $(Key::$kind(k) => self.$field.get(k).cloned().map(Record::from),)+
                }
            }

            pub fn contains(&self, key: &Key) -> bool {
                match key {
                    Key::Info => true,
                    $(Key::$kind(k) => self.$field.contains_key(k),)+
                }
            }

            /// Puts or removes a record without any check. Only for `Document` and for builders that run
            /// [`check`](super::check) afterwards. A record of another kind than the key's is ignored; removing
            /// the info resets it.
            pub fn put(&mut self, key: &Key, record: Option<Record>) {
                match (key, record) {
                    (Key::Info, Some(Record::Info(r))) => self.info = *r,
                    (Key::Info, None) => self.info = Info::default(),
                    $((Key::$kind(k), Some(Record::$kind(r))) => { self.$field.insert(k.clone(), *r); }
                    (Key::$kind(k), None) => { self.$field.remove(k); })+
                    _ => {}
                }
            }

            /// Every key of the model, in table order.
            pub fn keys(&self) -> Vec<Key> {
                self.keys_in(|_| true)
            }

            /// Those of the info and of the tables whose name passes.
            pub(super) fn keys_in(&self, passes: impl Fn(&str) -> bool) -> Vec<Key> {
                let mut out = vec![Key::Info];
                $(if passes(stringify!($field)) {
                    out.extend(self.$field.keys().cloned().map(Key::$kind));
                })+
                out
            }
        }

        impl Record {
            /// The fields of the record itself.
            pub(super) fn own_fields(&self) -> Vec<Field> {
                match self {
                    Record::Info(r) => r.fields(),
                    $(Record::$kind(r) => r.fields(),)+
                }
            }

            /// The name of its kind in files.
            pub(super) fn kind_name(&self) -> &'static str {
                match self {
                    Record::Info(_) => "Info",
                    $(Record::$kind(_) => stringify!($kind),)+
                }
            }
        }

        impl Key {
            /// True when the record can be stored under this key.
            pub fn fits(&self, record: &Record) -> bool {
                match (self, record) {
                    (Key::Info, Record::Info(_)) => true,
                    $((Key::$kind(_), Record::$kind(_)) => true,)+
                    _ => false,
                }
            }
        }
    };
}

tables! {
    people: Person(Id => super::Person),
    boundaries: Boundary(Id => super::Boundary),
    elements: Element(Id => super::Element),
    flows: Flow(Id => super::Flow),
    assets: Asset(Id => super::Asset),
    agents: Agent(Id => ThreatAgent),
    vulnerabilities: Vulnerability(Id => super::Vulnerability),
    /// Threats written by hand or imported.
    threats: Threat(Id => super::Threat),
    /// Controls defined by this model, beside the library's.
    controls: Control(Id => super::Control),
    /// Controls in place, planned or proposed.
    instances: Instance(Id => ControlInstance),
    decisions: Decision(ThreatKey => super::Decision),
    /// Factors of rating methods set by hand.
    appraisals: Appraisal(ThreatKey => super::Appraisal),
    attack_trees: AttackTree(Id => super::AttackTree),
    scenarios: Scenario(Id => AttackScenario),
    assumptions: Assumption(Id => super::Assumption),
    notes: Note(Id => super::Note),
    /// How things stood at deliveries.
    baselines: Baseline(Id => super::Baseline),
    /// Meetings about the model.
    sessions: Session(Id => super::Session),
    playlists: Playlist(Id => super::Playlist),
    /// The model as it could be.
    variants: Variant(Id => super::Variant),
    diagrams: Diagram(Id => super::Diagram),
    placements: Placement(PlacementKey => super::Placement),
}

impl Serialize for ThreatModel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut out = serializer.serialize_struct("ThreatModel", self.table_count())?;
        self.serialize_tables(&mut out)?;
        out.end()
    }
}

impl Key {
    /// The id, for kinds that are identified by one.
    pub fn id(&self) -> Option<&Id> {
        match self {
            Key::Info | Key::Decision(_) | Key::Appraisal(_) | Key::Placement(_) => None,
            Key::Person(id)
            | Key::Boundary(id)
            | Key::Element(id)
            | Key::Flow(id)
            | Key::Asset(id)
            | Key::Agent(id)
            | Key::Vulnerability(id)
            | Key::Threat(id)
            | Key::Control(id)
            | Key::Instance(id)
            | Key::AttackTree(id)
            | Key::Scenario(id)
            | Key::Assumption(id)
            | Key::Note(id)
            | Key::Baseline(id)
            | Key::Session(id)
            | Key::Playlist(id)
            | Key::Variant(id)
            | Key::Diagram(id) => Some(id),
        }
    }

    /// The same kind of key for another id; unchanged for kinds that are not identified by one.
    pub fn with_id(&self, new: Id) -> Key {
        match self {
            Key::Info | Key::Decision(_) | Key::Appraisal(_) | Key::Placement(_) => self.clone(),
            Key::Person(_) => Key::Person(new),
            Key::Boundary(_) => Key::Boundary(new),
            Key::Element(_) => Key::Element(new),
            Key::Flow(_) => Key::Flow(new),
            Key::Asset(_) => Key::Asset(new),
            Key::Agent(_) => Key::Agent(new),
            Key::Vulnerability(_) => Key::Vulnerability(new),
            Key::Threat(_) => Key::Threat(new),
            Key::Control(_) => Key::Control(new),
            Key::Instance(_) => Key::Instance(new),
            Key::AttackTree(_) => Key::AttackTree(new),
            Key::Scenario(_) => Key::Scenario(new),
            Key::Assumption(_) => Key::Assumption(new),
            Key::Note(_) => Key::Note(new),
            Key::Baseline(_) => Key::Baseline(new),
            Key::Session(_) => Key::Session(new),
            Key::Playlist(_) => Key::Playlist(new),
            Key::Variant(_) => Key::Variant(new),
            Key::Diagram(_) => Key::Diagram(new),
        }
    }

    /// Words for people: "element", "data flow" …
    pub fn kind_label(&self) -> &'static str {
        match self {
            Key::Info => "model",
            Key::Person(_) => "person",
            Key::Boundary(_) => "trust boundary",
            Key::Element(_) => "element",
            Key::Flow(_) => "data flow",
            Key::Asset(_) => "asset",
            Key::Agent(_) => "threat agent",
            Key::Vulnerability(_) => "vulnerability",
            Key::Threat(_) => "threat",
            Key::Control(_) => "control",
            Key::Instance(_) => "attached control",
            Key::Decision(_) => "decision",
            Key::Appraisal(_) => "rating by hand",
            Key::AttackTree(_) => "attack tree",
            Key::Scenario(_) => "attack scenario",
            Key::Assumption(_) => "assumption",
            Key::Note(_) => "note",
            Key::Baseline(_) => "baseline",
            Key::Session(_) => "session",
            Key::Playlist(_) => "playlist",
            Key::Variant(_) => "scenario",
            Key::Diagram(_) => "diagram",
            Key::Placement(_) => "place on a diagram",
        }
    }
}

impl ThreatModel {
    /// What is drawn on a diagram, by item id.
    pub fn placed<'a>(&'a self, diagram: &'a Id) -> impl Iterator<Item = (&'a Id, &'a Placement)> + 'a {
        let from = PlacementKey { diagram: diagram.clone(), item: Id::new("") };
        self.placements.range(from..).take_while(move |(k, _)| &k.diagram == diagram).map(|(k, p)| (&k.item, p))
    }

    pub fn placement(&self, diagram: &Id, item: &Id) -> Option<&Placement> {
        self.placements.get(&PlacementKey { diagram: diagram.clone(), item: item.clone() })
    }

    /// The box of an element, closed boundary or note on a diagram.
    pub fn rect_of(&self, diagram: &Id, item: &Id) -> Option<Rect> {
        match self.placement(diagram, item)? {
            Placement::Box(r) => Some(*r),
            Placement::Route(_) | Placement::Line(_) => None,
        }
    }

    /// Diagram ids in tab order.
    pub fn diagram_order(&self) -> Vec<Id> {
        let mut ids: Vec<(i32, &Id)> = self.diagrams.iter().map(|(id, d)| (d.order, id)).collect();
        ids.sort();
        ids.into_iter().map(|(_, id)| id.clone()).collect()
    }

    /// The key of the element, flow, boundary or note with this id.
    pub fn item_key(&self, id: &Id) -> Option<Key> {
        if self.elements.contains_key(id) {
            Some(Key::Element(id.clone()))
        } else if self.flows.contains_key(id) {
            Some(Key::Flow(id.clone()))
        } else if self.boundaries.contains_key(id) {
            Some(Key::Boundary(id.clone()))
        } else if self.notes.contains_key(id) {
            Some(Key::Note(id.clone()))
        } else {
            None
        }
    }

    /// The name people gave the record with this id, of any kind; empty when there is none.
    pub fn name_of(&self, id: &Id) -> &str {
        let named = self.elements.get(id).map(|r| &r.name);
        let named = named.or_else(|| self.flows.get(id).map(|r| &r.name)).or_else(|| self.boundaries.get(id).map(|r| &r.name));
        let named = named.or_else(|| self.assets.get(id).map(|r| &r.name)).or_else(|| self.agents.get(id).map(|r| &r.name));
        let named = named.or_else(|| self.people.get(id).map(|r| &r.name)).or_else(|| self.controls.get(id).map(|r| &r.name));
        let named = named.or_else(|| self.diagrams.get(id).map(|r| &r.name)).or_else(|| self.threats.get(id).map(|r| &r.title));
        let named = named.or_else(|| self.notes.get(id).map(|r| &r.text)).or_else(|| self.assumptions.get(id).map(|r| &r.text));
        let named = named.or_else(|| self.attack_trees.get(id).map(|r| &r.root.name));
        let named = named.or_else(|| self.scenarios.get(id).map(|r| &r.name));
        let named = named.or_else(|| self.baselines.get(id).map(|r| &r.name)).or_else(|| self.sessions.get(id).map(|r| &r.name));
        let named = named.or_else(|| self.playlists.get(id).map(|r| &r.name)).or_else(|| self.variants.get(id).map(|r| &r.name));
        named.or_else(|| self.vulnerabilities.get(id).map(|r| &r.name)).map_or("", String::as_str)
    }

    /// Boundaries containing an element, innermost first. Ends at a cycle.
    pub fn boundary_chain(&self, element: &Id) -> Vec<Id> {
        self.elements.get(element).and_then(|e| e.boundary.as_ref()).map_or_else(Vec::new, |b| self.boundary_path(b))
    }

    /// A boundary and its ancestors, innermost first. Ends at a cycle, and after [`MAX_NESTING`].
    pub fn boundary_path(&self, boundary: &Id) -> Vec<Id> {
        let mut out: Vec<Id> = Vec::new();
        let mut next = Some(boundary);
        while let Some(id) = next {
            let Some(b) = self.boundaries.get(id) else { break };
            if out.len() == MAX_NESTING || out.contains(id) {
                break;
            }
            out.push(id.clone());
            next = b.parent.as_ref();
        }
        out
    }

    /// Every use of an id by any record kind that is identified by ids.
    pub fn has_id(&self, id: &Id) -> bool {
        self.people.contains_key(id)
            || self.boundaries.contains_key(id)
            || self.elements.contains_key(id)
            || self.flows.contains_key(id)
            || self.assets.contains_key(id)
            || self.agents.contains_key(id)
            || self.attack_trees.contains_key(id)
            || self.scenarios.contains_key(id)
            || self.vulnerabilities.contains_key(id)
            || self.threats.contains_key(id)
            || self.controls.contains_key(id)
            || self.instances.contains_key(id)
            || self.assumptions.contains_key(id)
            || self.notes.contains_key(id)
            || self.baselines.contains_key(id)
            || self.sessions.contains_key(id)
            || self.playlists.contains_key(id)
            || self.variants.contains_key(id)
            || self.diagrams.contains_key(id)
    }
}
