//! Controls.

use crate::model::{ControlInstance, Id, Site};
use crate::register::{Cell, Column, Facts, Unit};

impl Facts<'_> {
    pub(in crate::register) fn control_cell(&self, i: &ControlInstance, column: Column) -> Cell {
        let definition = self.library.control(self.model, &i.control);
        match column {
            Column::Name => Cell::Text(definition.map_or_else(|| i.control.clone(), |c| c.name.clone())),
            Column::Status => Cell::Choice(i.status.label(), i.status as usize),
            Column::Place => Cell::Text(self.sites(i)),
            Column::Owner => self.person(i.owner.as_ref()),
            Column::Due => Cell::day(i.due),
            Column::Effect => Cell::Number(self.control_effect(i), Unit::Share),
            Column::Layer => definition.map_or(Cell::Nothing, |c| Cell::Choice(c.layer.label(), c.layer as usize)),
            Column::Function => definition.map_or(Cell::Nothing, |c| Cell::Choice(c.function.label(), c.function as usize)),
            Column::Evidence => Cell::Choice(i.evidence.level.label(), i.evidence.level as usize),
            Column::Reviewed => Cell::day(i.evidence.on),
            Column::Share => Cell::Number(i.coverage, Unit::Share),
            Column::Cost => i.cost.map_or(Cell::Nothing, |days| Cell::Number(days, Unit::Decimal)),
            Column::Notes => Cell::text(&i.notes),
            _ => Cell::Nothing,
        }
    }

    pub(in crate::register) fn implied_cell(&self, control: &str, flows: usize, column: Column) -> Cell {
        let definition = self.library.control(self.model, control);
        match column {
            Column::Name => Cell::Text(definition.map_or_else(|| control.to_owned(), |c| c.name.clone())),
            Column::Status => Cell::Choice("Implied", usize::MAX),
            Column::Place => Cell::Text(if flows == 1 { "1 flow".to_owned() } else { format!("{flows} flows") }),
            Column::Layer => definition.map_or(Cell::Nothing, |c| Cell::Choice(c.layer.label(), c.layer as usize)),
            Column::Function => definition.map_or(Cell::Nothing, |c| Cell::Choice(c.function.label(), c.function as usize)),
            _ => Cell::Nothing,
        }
    }

    /// What a control does against a threat it answers in the first place: design × implementation × evidence × coverage.
    pub fn control_effect(&self, i: &ControlInstance) -> f64 {
        let calibration = &self.library.calibration;
        let design = self.library.control(self.model, &i.control).map_or(0.0, |c| c.strength);
        let share = calibration.status_share(i.status) * calibration.evidence_share(i.evidence.level) * i.coverage;
        (design * share).min(calibration.effect_cap)
    }

    /// "Order service and 2 more".
    fn sites(&self, i: &ControlInstance) -> String {
        let first: Option<&Id> = i.at.iter().find_map(|site| if let Site::At(id) = site { Some(id) } else { None });
        match (first.map(|id| self.name(id)), i.at.len()) {
            (None, 0) => "nowhere".to_owned(),
            (None, _) => "the whole model".to_owned(),
            (Some(one), 1) => one,
            (Some(one), n) => format!("{one} and {} more", n - 1),
        }
    }
}
