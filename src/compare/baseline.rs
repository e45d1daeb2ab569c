//! Baselines: a model with its scores packed into one record, and taken out again.
//!
//! Packed are the records as JSON, without the audit log, other baselines and what comes of meetings, together with the scores of the day: DEFLATE
//! (RFC 1951) in base 64 (RFC 4648), which takes about a fifth of the room the model takes.

use super::scores::Scores;
use crate::library::Library;
use crate::model::{Baseline, Date, Id, Table, ThreatModel, repair};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use blake2::digest::consts::U10;
use blake2::{Blake2b, Digest};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// Most bytes taken out of a baseline: as large as a file may be.
const MOST: u64 = 64 * 1024 * 1024;

/// A baseline that cannot be taken out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    #[error("this model has no baseline of that name; keep one first")]
    NoSuch,
    #[error("the baseline “{0}” is damaged and cannot be compared with; delete it, or take it from an earlier file")]
    Damaged(String),
}

/// What a baseline holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Frozen {
    pub model: ThreatModel,
    pub scores: Scores,
}

/// A baseline of a model with the scores it has that day.
pub fn freeze(model: &ThreatModel, scores: &Scores, library: &Library, name: &str, by: &str, on: Date) -> Baseline {
    let frozen = Frozen { model: bare(model), scores: scores.clone() };
    Baseline {
        name: name.trim().to_owned(),
        on: Some(on),
        by: by.trim().to_owned(),
        peak: scores.peak,
        load: scores.load,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        packs: packs(model, library),
        frozen: packed(&frozen),
    }
}

/// The model without what a comparison with a baseline leaves alone: its log, its baselines, and what comes of meetings.
pub fn bare(model: &ThreatModel) -> ThreatModel {
    let bare = ThreatModel { log: Table::default(), baselines: Table::default(), sessions: Table::default(), ..model.clone() };
    ThreatModel { playlists: Table::default(), variants: Table::default(), ..bare }
}

/// What a baseline holds.
///
/// # Errors
/// It was damaged.
pub fn thaw(baseline: &Baseline) -> Result<Frozen, BaselineError> {
    let damaged = || BaselineError::Damaged(baseline.name.clone());
    let bytes = BASE64_STANDARD.decode(&baseline.frozen).map_err(|_| damaged())?;
    let mut text = String::new();
    DeflateDecoder::new(bytes.as_slice()).take(MOST).read_to_string(&mut text).map_err(|_| damaged())?;
    let mut frozen: Frozen = serde_json::from_str(&text).map_err(|_| damaged())?;
    repair(&mut frozen.model);
    Ok(frozen)
}

/// The newest baseline: by day, and of one day by name.
pub fn newest(model: &ThreatModel) -> Option<(&Id, &Baseline)> {
    in_order(model).into_iter().next()
}

/// Baselines, the newest first.
pub fn in_order(model: &ThreatModel) -> Vec<(&Id, &Baseline)> {
    let mut all: Vec<(&Id, &Baseline)> = model.baselines.iter().collect();
    all.sort_by(|(a, x), (b, y)| y.on.cmp(&x.on).then_with(|| y.name.cmp(&x.name)).then_with(|| a.cmp(b)));
    all
}

fn packed(frozen: &Frozen) -> String {
    // Nothing of a sound model has no form in JSON, and memory takes what is written to it.
    let text = serde_json::to_vec(frozen).unwrap_or_default();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let _ = encoder.write_all(&text);
    BASE64_STANDARD.encode(encoder.finish().unwrap_or_default())
}

/// The packs a model asks, with a hash of what their rules say.
fn packs(model: &ThreatModel, library: &Library) -> BTreeMap<String, String> {
    let asked = library.packs.iter().filter(|pack| pack.is_on(&model.info));
    let hash = |rules: &dyn std::fmt::Debug| {
        let digest = Blake2b::<U10>::digest(format!("{rules:?}").as_bytes());
        digest.iter().take(4).map(|byte| format!("{byte:02x}")).collect()
    };
    asked.map(|pack| (pack.id.clone(), hash(&pack.rules))).collect()
}
