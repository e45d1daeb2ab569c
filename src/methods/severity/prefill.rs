//! What the model says of CVSS metrics (methodology §6).

use crate::library::{Gives, Reach};
use crate::methods::subject::Subject;
use crate::model::{Access, Dimension};

/// Attack patterns in which a person is led to do something.
const LURES: &[&str] = &["T1566", "T1204"];

pub(super) struct Prefill<'a, 's> {
    pub subject: &'a Subject<'s>,
}

type Said = Option<(&'static str, String)>;

impl Prefill<'_, '_> {
    pub fn metric_31(&self, id: &str) -> Said {
        match id {
            "UI" => Some(self.interaction("R")),
            "S" => Some(self.changed("C", "U")),
            "C" => Some(self.hit(Dimension::C)),
            "I" => Some(self.hit(Dimension::I)),
            "A" => Some(self.hit(Dimension::A)),
            other => self.shared(other),
        }
    }

    pub fn metric_40(&self, id: &str) -> Said {
        match id {
            "AT" => Some(match self.subject.rule.is_some_and(|rule| rule.reach == Reach::Path) {
                true => ("P", "it takes a place on the wire".to_owned()),
                false => ("N", "nothing about the place is needed".to_owned()),
            }),
            "UI" => Some(self.interaction("A")),
            "VC" => Some(self.hit(Dimension::C)),
            "VI" => Some(self.hit(Dimension::I)),
            "VA" => Some(self.hit(Dimension::A)),
            "SC" | "SI" | "SA" => Some(self.changed("H", "N")),
            other => self.shared(other),
        }
    }

    /// Metrics both versions fill in alike.
    fn shared(&self, id: &str) -> Said {
        let weighed = &self.subject.weighed;
        let needed = weighed.access.label();
        match id {
            "AV" => Some(self.vector()),
            "AC" => {
                let words = format!("skill {} of 5 is needed", weighed.skill);
                Some((if weighed.skill >= 4 { "H" } else { "L" }, words))
            }
            "PR" => Some(match weighed.access {
                Access::Auth => ("L", format!("{needed} is needed")),
                Access::Priv => ("H", format!("{needed} is needed")),
                _ => ("N", format!("{needed} is enough")),
            }),
            "CR" => self.requirement(Dimension::C),
            "IR" => self.requirement(Dimension::I),
            "AR" => self.requirement(Dimension::A),
            _ => None,
        }
    }

    fn vector(&self) -> (&'static str, String) {
        let weighed = &self.subject.weighed;
        let needed = format!("{} is needed", weighed.access.label());
        match weighed.access {
            Access::Adj => ("A", needed),
            Access::Local | Access::Priv => ("L", needed),
            Access::Phys => ("P", needed),
            _ if weighed.exposure >= 1 => ("N", format!("exposure: {}", crate::risk::exposure_label(weighed.exposure))),
            _ => ("L", "nothing outside reaches it".to_owned()),
        }
    }

    fn interaction(&self, letter: &'static str) -> (&'static str, String) {
        let lure =
            self.subject.finding.about.attack.iter().find(|technique| LURES.iter().any(|lure| technique.starts_with(lure)));
        match lure {
            Some(technique) => (letter, format!("somebody has to be led to act ({technique})")),
            None => ("N", "nobody has to be led to act".to_owned()),
        }
    }

    /// Whether other systems suffer.
    fn changed(&self, yes: &'static str, no: &'static str) -> (&'static str, String) {
        let gives = self.subject.rule.map_or(&[][..], |rule| rule.gives.as_slice());
        match gives.iter().any(|given| matches!(given, Gives::Zone | Gives::Spread)) {
            true => (yes, "it leads on to other systems".to_owned()),
            false => (no, "it stays with this system".to_owned()),
        }
    }

    fn hit(&self, dimension: Dimension) -> (&'static str, String) {
        let share = self.subject.weighed.hits.get(dimension);
        let letter = match share {
            s if s >= 0.75 => "H",
            s if s > 0.0 => "L",
            _ => "N",
        };
        (letter, format!("{} is hit by {:.0} %", dimension.label(), 100.0 * share))
    }

    /// High from a value of 3, Medium at 2, else Low; undefined without assets.
    fn requirement(&self, dimension: Dimension) -> Said {
        let (value, asset) = self.subject.most_valued(dimension)?;
        let letter = match value {
            3.. => "H",
            2 => "M",
            _ => "L",
        };
        Some((letter, format!("{} {value} of 4 of {asset}", dimension.label())))
    }
}
