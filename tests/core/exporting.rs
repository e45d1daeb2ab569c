//! Diagrams as files: pictures that say what they show, and that open again where the model is inside.

use palisade::library::Library;
use palisade::model::*;
use palisade::open::{OpenError, open};
use palisade::picture::{Format, Options, PictureError, Subject, file_names, links, picture};
use palisade::progress::Quiet;
use palisade::risk::assess;
use palisade::storage;
use palisade::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

fn sample(name: &str) -> ThreatModel {
    let path = format!("{}/sample_models/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    storage::load(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

fn file(model: &ThreatModel, links: &BTreeMap<Id, String>, options: &Options) -> Result<Vec<u8>, PictureError> {
    let assessment = assess(model, Library::builtin());
    let diagram = model.diagram_order().remove(0);
    let day = Date::new(2026, 10, 2).unwrap();
    let subject = Subject { model, assessment: &assessment, diagram: &diagram, part: &BTreeSet::new(), links, day };
    picture(&subject, options, &Quiet)
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn an_svg_says_what_it_shows_and_keeps_words_as_words() {
    let model = sample("web-shop");
    let svg = text(file(&model, &BTreeMap::new(), &Options::default()).unwrap());
    let document = roxmltree::Document::parse(&svg).unwrap();
    let root = document.root_element();
    let child = |name: &str| root.children().find(|n| n.has_tag_name(("http://www.w3.org/2000/svg", name)));
    assert_eq!(child("title").and_then(|n| n.text()), Some(model.name_of(&model.diagram_order()[0])));
    let about = child("desc").and_then(|n| n.text()).unwrap();
    assert!(about.contains("12 processes") || about.contains("processes") && about.contains("trust boundaries"), "{about}");
    assert!(svg.contains(">Customer</text>") && svg.contains("data-id=\""));
    assert!(!svg.contains("palisade-model"), "the model is inside only when asked for");
}

#[test]
fn grounds_and_colours_are_as_wished() {
    let model = sample("first-sketch");
    let svg = |theme: Theme, is_transparent: bool| {
        text(file(&model, &BTreeMap::new(), &Options { theme, is_transparent, ..Options::default() }).unwrap())
    };
    let ground = |svg: &str| svg.lines().find(|l| l.starts_with("<rect")).unwrap().to_owned();
    let themes = [Theme::Light, Theme::Dark, Theme::Paper].map(|t| ground(&svg(t, false)));
    assert!(themes[0] != themes[1] && themes[1] != themes[2]);
    assert_ne!(ground(&svg(Theme::Light, true)), themes[0], "nothing is painted behind");
}

#[test]
fn elements_lead_to_the_pictures_that_detail_them() {
    let model = sample("drone-pharmacy");
    let names = file_names(&model);
    assert_eq!(names.iter().map(|(_, n)| n).collect::<BTreeSet<_>>().len(), model.diagrams.len(), "{names:?}");
    let links = links(&model, &names, Format::Svg);
    let detailed = model.diagrams.values().filter(|d| d.of.is_some()).count();
    assert_eq!(links.len(), detailed);
    let svg = text(file(&model, &links, &Options::default()).unwrap());
    let here = model.diagram_order().remove(0);
    for (element, to) in links.iter().filter(|(e, _)| model.placement(&here, e).is_some()) {
        assert!(svg.contains(&format!("href=\"{to}\"")), "{element}");
    }
}

#[test]
fn a_picture_with_the_model_inside_opens_again() {
    let mut model = sample("hospital");
    model.info.description = "a < b && \"c\" > 'd' ]]> </metadata> \u{1F980}\r\n\ttabs".into();
    let formats: &[Format] = if cfg!(feature = "png") { &[Format::Svg, Format::Png] } else { &[Format::Svg] };
    for format in formats {
        let options = Options { format: *format, scale: 1.0, holds_model: true, ..Options::default() };
        let bytes = file(&model, &BTreeMap::new(), &options).unwrap();
        assert!(bytes.starts_with(format.mark()));
        let opened = open(&bytes, "picture").unwrap();
        assert!(opened.model == model && opened.repairs.is_empty(), "{format:?}");
        assert!(opened.is_foreign(), "saving must not overwrite the picture");
        let bare = file(&model, &BTreeMap::new(), &Options { holds_model: false, ..options }).unwrap();
        assert!(matches!(open(&bare, "picture"), Err(OpenError::Import(_))), "{format:?}");
        // Cut anywhere it does not crash.
        for cut in (0..bytes.len()).step_by(bytes.len() / 60) {
            let _ = open(&bytes[..cut], "picture");
        }
    }
}

#[cfg(feature = "png")]
#[test]
fn pixels_are_as_many_as_wished_and_see_through() {
    let model = sample("first-sketch");
    let decoded = |options: &Options| {
        let bytes = file(&model, &BTreeMap::new(), options).unwrap();
        image::load_from_memory_with_format(&bytes, image::ImageFormat::Png).unwrap().to_rgba8()
    };
    let one = Options { format: Format::Png, scale: 1.0, ..Options::default() };
    let (plain, large) = (decoded(&one), decoded(&Options { scale: 3.0, ..one }));
    assert!(large.width().abs_diff(3 * plain.width()) <= 3);
    assert_eq!(plain.get_pixel(0, 0).0[3], 255);
    assert_eq!(decoded(&Options { is_transparent: true, ..one }).get_pixel(0, 0).0[3], 0);
}

#[test]
fn an_empty_diagram_is_told() {
    let mut model = ThreatModel::default();
    model.diagrams.insert("d".into(), Diagram { name: "Later".into(), ..Diagram::default() });
    let told = file(&model, &BTreeMap::new(), &Options::default());
    assert!(told.is_err_and(|e| e.to_string() == "there is nothing on the diagram “Later”"));
}

#[cfg(feature = "pdf")]
#[test]
fn a_pdf_is_one_page_for_print_whose_words_can_be_searched() {
    let model = sample("web-shop");
    let options = Options { format: Format::Pdf, ..Options::default() };
    let bytes = file(&model, &BTreeMap::new(), &options).unwrap();
    assert!(bytes.starts_with(Format::Pdf.mark()));
    let pdf = lopdf::Document::load_mem(&bytes).unwrap();
    assert_eq!(pdf.get_pages().len(), 1);
    let words = pdf.extract_text(&[1]).unwrap();
    assert!(words.contains("Customer") && words.contains("Order"), "{words}");
    assert!(bytes == file(&model, &BTreeMap::new(), &options).unwrap(), "the same each time");
}

/// The command line as a script uses it.
#[test]
fn every_diagram_goes_into_a_folder_and_no_model_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let model = concat!(env!("CARGO_MANIFEST_DIR"), "/sample_models/drone-pharmacy.ron");
    let run = |args: &[&str]| {
        let out = std::process::Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    let pictures = folder.path().join("pictures");
    let (code, told) = run(&["export", model, "--all", "svg", "-o", pictures.to_str().unwrap()]);
    assert_eq!((code, told.as_str()), (Some(0), ""));
    let written = std::fs::read_dir(&pictures).unwrap().count();
    assert_eq!(written, sample("drone-pharmacy").diagrams.len());
    let copy = folder.path().join("copy.svg");
    std::fs::copy(model, &copy).unwrap();
    let (code, told) = run(&["export", model, "-o", copy.to_str().unwrap()]);
    assert!(code == Some(2) && told.contains("is no SVG"), "{told}");
    let (code, told) = run(&["export", model, "-o", "diagram.gif"]);
    assert!(code == Some(2) && told.contains(".svg, .png or .pdf"), "{told}");
    let tidied = folder.path().join("tidied.ron");
    let (code, _) = run(&["tidy", model, "-o", tidied.to_str().unwrap()]);
    let after = storage::load(&std::fs::read_to_string(tidied).unwrap()).unwrap().model;
    let before = sample("drone-pharmacy");
    assert!(code == Some(0) && after.elements == before.elements && after.placements != before.placements);
}
