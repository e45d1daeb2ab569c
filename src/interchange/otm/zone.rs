//! Trust zones: boundaries with a rating.

use super::{PREFIX, Reader, quarter, title};
use crate::interchange::LossKind;
use crate::interchange::lenient::{Object, number, object, text};
use crate::model::{Boundary, BoundaryKind, Id};

/// The zone the tool of the format's makers calls internet.
const INTERNET: &str = "f0ba7722-39b6-4c81-8290-a30a248bb8d9";

impl Reader {
    pub(super) fn zone(&mut self, id: &Id, raw: &Object) {
        let what = title("trust zone", raw);
        let known = ["id", "name", "description", "risk", "parent", "representations", "type"];
        let mut extra = self.draft.set_aside(Some(id), &what, raw, &known, PREFIX);
        let kind = text(raw, "type");
        if !kind.is_empty() {
            extra.insert(format!("{PREFIX}type"), kind.clone());
        }
        let rating = number(object(raw, "risk"), "trustRating");
        if let Some(rating) = rating {
            extra.insert(format!("{PREFIX}trustRating"), rating.to_string());
            if rating % 25.0 != 0.0 {
                let why = format!("its trust rating {rating} of 100 is level {} of 4 here", quarter(rating));
                self.draft.lose_at(id, LossKind::Changed, &what, why);
            }
        }
        let boundary = Boundary {
            name: text(raw, "name"),
            kind: meaning(&kind).or_else(|| meaning(&text(raw, "id"))).unwrap_or(BoundaryKind::Network),
            trust: rating.map(quarter),
            description: text(raw, "description"),
            extra,
            ..Boundary::default()
        };
        self.draft.model.boundaries.insert(id.clone(), boundary);
        self.around(id, raw, &what);
        self.drawn(id, raw, &what);
    }
}

/// What the type of a zone says for certain.
fn meaning(kind: &str) -> Option<BoundaryKind> {
    let kind = kind.to_lowercase();
    let own = kind.strip_prefix(super::OWN).unwrap_or_default();
    let ours = BoundaryKind::ALL.iter().copied().find(|k| k.name().to_lowercase() == own);
    match kind.as_str() {
        INTERNET | "internet" => Some(BoundaryKind::Internet),
        "public-cloud" | "private-cloud" | "cloud" => Some(BoundaryKind::Cloud),
        _ => ours,
    }
}
