//! Assets.

use crate::model::{Asset, AssetKind, Dimension, Id};
use crate::register::{Cell, Column, Facts};

impl Facts<'_> {
    pub(in crate::register) fn asset_cell(&self, id: &Id, a: &Asset, column: Column) -> Cell {
        let value = |dimension| Cell::count(a.value(dimension).into());
        match column {
            Column::Name => Cell::Text(self.name(id)),
            Column::Kind => Cell::several(a.kinds.iter().map(|kind| AssetKind::label(*kind).to_owned())),
            Column::Confidentiality => value(Dimension::C),
            Column::Integrity => value(Dimension::I),
            Column::Availability => value(Dimension::A),
            Column::Privacy => value(Dimension::P),
            Column::Safety => value(Dimension::S),
            Column::HeldAt => self.names(self.held(id)),
            Column::Threats => Cell::count(self.harms(id).len()),
            Column::Current => self.worst(self.assessment.assets.get(id)),
            Column::Owner => self.person(a.owner.as_ref()),
            Column::Why => Cell::text(&a.reason),
            Column::Records => a.records.map_or(Cell::Nothing, |n| Cell::Number(n as f64, crate::register::Unit::Count)),
            Column::Regulation => Cell::several(a.regulation.iter().cloned()),
            Column::Description => Cell::text(&a.description),
            _ => Cell::Nothing,
        }
    }
}
