//! How far rules see how elements are reached, and how far away that became another.

use super::generate::hops;
use super::state::Reached;
use crate::library::{By, Cond, Rule, Scope};

/// Steps along flows: what a rule reads of elements up to so many away, or where an element that changed is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    exposure: u8,
    taint: u8,
}

impl Sight {
    /// Of an item about itself.
    pub const HERE: u8 = 1;
    /// Of an element about its flows and whom it talks with, and of a flow about its ends.
    pub const BESIDE: u8 = 2;
    /// About the next ones after those.
    pub const BEYOND: u8 = 3;

    const BLIND: Sight = Sight { exposure: 0, taint: 0 };
    /// Nothing changed, however far one sees.
    pub const NEVER: Sight = Sight { exposure: u8::MAX, taint: u8::MAX };

    /// What a rule reads, in its condition and in its odds.
    pub fn of(rule: &Rule) -> Sight {
        let base = match rule.scope {
            Scope::Node | Scope::Zone => Sight::HERE,
            Scope::Flow => Sight::BESIDE,
        };
        let read = read(&rule.when, base);
        match rule.by {
            By::ExposureThis | By::ExposureSrc | By::ExposureDst => {
                Sight { exposure: read.exposure.max(base.saturating_add(hops(&rule.when))), ..read }
            }
            By::Channel | By::Fixed => read,
        }
    }

    /// An element so many steps away changed.
    pub fn approach(&mut self, steps: u8, how: Reached) {
        if how.exposure {
            self.exposure = self.exposure.min(steps);
        }
        if how.taint {
            self.taint = self.taint.min(steps);
        }
    }

    /// Whether a rule that sees this far reads what changed there.
    pub fn sees(self, changed: Sight) -> bool {
        self.exposure >= changed.exposure || self.taint >= changed.taint
    }
}

fn read(cond: &Cond, steps: u8) -> Sight {
    let own = match cond {
        Cond::Exposure(..) => Sight { exposure: steps, ..Sight::BLIND },
        Cond::Tainted(_) => Sight { taint: steps, ..Sight::BLIND },
        _ => Sight::BLIND,
    };
    let further = if matches!(cond, Cond::In(..) | Cond::Out(..)) { steps.saturating_add(1) } else { steps };
    cond.parts()
        .iter()
        .map(|part| read(part, further))
        .fold(own, |a, b| Sight { exposure: a.exposure.max(b.exposure), taint: a.taint.max(b.taint) })
}
