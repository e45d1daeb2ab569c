//! Data assets: what is worth protecting.

use super::{PREFIX, Reader, id_of, words};
use crate::interchange::LossKind;
use crate::interchange::kept::{headed, paragraphs};
use crate::interchange::lenient::{Object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::Asset;
use serde_json::Value;

const KNOWN: &[&str] =
    &["id", "description", "owner", "confidentiality", "integrity", "availability", "justification_cia_rating"];

impl Reader {
    pub(super) fn data_assets(&mut self, all: &Object) {
        for (title, value) in all {
            let name = plain(title);
            let what = format!("data asset “{}”", shortened(&name));
            let Value::Object(raw) = value else {
                self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                continue;
            };
            let foreign = id_of(raw, title);
            let id = self.draft.claim(&foreign, &what);
            let [c, i, a] = ["confidentiality", "integrity", "availability"].map(|dimension| {
                let word = text(raw, dimension);
                let level = words::level(&word);
                if level.is_none() && !word.is_empty() {
                    let why = format!("its {dimension} “{}” is not known and is not rated", shortened(&word));
                    self.draft.lose_at(&id, LossKind::Dropped, &what, why);
                }
                level.unwrap_or_default()
            });
            let asset = Asset {
                name,
                c,
                i,
                a,
                owner: self.owner(raw),
                description: paragraphs([
                    plain(&text(raw, "description")),
                    headed("Rated so because", &plain(&text(raw, "justification_cia_rating"))),
                ]),
                extra: self.draft.set_aside(Some(&id), &what, raw, KNOWN, PREFIX),
                ..Asset::default()
            };
            self.data.insert(foreign, id.clone());
            self.draft.model.assets.insert(id, asset);
        }
    }
}
