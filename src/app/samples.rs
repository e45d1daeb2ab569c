//! The models that come with the program, opened as copies.

use super::jobs::{Done, Jobs};
use crate::library::Library;
use crate::model::Date;
use crate::scene::{self, Detail, Look};
use crate::ui::SampleCard;
use crate::{open, risk};

/// A built-in model.
pub struct Sample {
    pub name: &'static str,
    /// The content of its file.
    pub text: &'static str,
}

macro_rules! sample {
    ($name:literal, $file:literal) => {
        Sample { name: $name, text: include_str!(concat!("../../sample_models/", $file, ".ron")) }
    };
}

/// In the order of the welcome page.
pub const SAMPLES: &[Sample] = &[
    sample!("Web shop with payment provider", "web-shop"),
    sample!("Mobile banking", "mobile-bank"),
    sample!("Hospital records", "hospital"),
    sample!("IoT fleet", "iot-fleet"),
    sample!("CI/CD software supply chain", "cicd"),
    sample!("LLM assistant with retrieval", "rag"),
    sample!("Medicine by drone", "drone-pharmacy"),
    sample!("First sketch of a ticket shop", "first-sketch"),
    sample!("Palisade itself", "palisade"),
];

/// Works out in the background what the welcome page shows of the samples, one message each.
pub(super) fn prepare_cards(jobs: &mut Jobs, today: Date) {
    for sample in SAMPLES {
        jobs.start(move |_| Done::Card(Box::new(card(sample, today))));
    }
}

fn card(sample: &Sample, today: Date) -> SampleCard {
    // A test opens every sample; should one be broken all the same, its card stays empty.
    let model = open::open(sample.text.as_bytes(), sample.name).map(|opened| opened.model).unwrap_or_default();
    let assessment = risk::assess_on(&model, Library::builtin(), today);
    let layout = model.diagram_order().first().map(|diagram| scene::lay_out(&model, diagram)).unwrap_or_default();
    let look = Look { detail: Detail::Heat, ..Look::default() };
    let scene = scene::draw(&model, &assessment, &layout, &look);
    SampleCard { name: sample.name, model, assessment, layout, scene }
}
