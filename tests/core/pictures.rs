//! Diagrams as pictures for other programs: SVG that needs no fonts for its icons, and pixels.

#![cfg(feature = "png")]

use crate::support::dsl::{MAIN, id, model};
use palisade::library::Library;
use palisade::model::*;
use palisade::open::open;
use palisade::risk::assess;
use palisade::scene::{self, Look, Scene, Words, lay_out, to_pixels, to_svg};
use palisade::theme::{Ink, Theme};

fn sample(name: &str) -> Scene {
    let path = format!("{}/sample_models/{name}.ron", env!("CARGO_MANIFEST_DIR"));
    picture(&open(&std::fs::read(path).unwrap(), name).unwrap().model)
}

fn picture(model: &ThreatModel) -> Scene {
    let diagram = model.diagram_order().into_iter().next().unwrap();
    let assessment = assess(model, Library::builtin());
    scene::draw(model, &assessment, &lay_out(model, &diagram), &Look::default())
}

#[test]
fn icons_are_outlines_and_words_stay_words() {
    let svg = to_svg(&sample("web-shop"), Theme::Light, Words::Text);
    assert!(!svg.contains("Phosphor"), "no viewer has the font of the icons");
    assert!(svg.contains(">Customer</text>"));
    assert!(svg.chars().all(|c| !('\u{e000}'..='\u{f8ff}').contains(&c)), "no character of the icon font is left");
    let outlined = to_svg(&sample("web-shop"), Theme::Light, Words::Outlines);
    assert!(!outlined.contains("<text"));
    assert!(outlined.contains("aria-label=\"External entity Customer"), "it still says what it shows");
}

#[test]
fn samples_become_pictures_on_their_canvas() {
    // A few: drawing is slow without optimisation.
    let (light, dark) = (Theme::Light, Theme::Dark);
    let pictures = [("web-shop", vec![light, dark]), ("hospital", vec![light]), ("cicd", vec![dark])];
    for (name, themes) in pictures {
        let scene = sample(name);
        for theme in themes {
            let pixels = to_pixels(&scene, theme, 1.0).unwrap_or_else(|| panic!("{name}"));
            let (w, h) = (scene.bounds.w + 32.0, scene.bounds.h + 32.0);
            assert!((pixels.width as f32 - w).abs() <= 1.0 && (pixels.height as f32 - h).abs() <= 1.0, "{name}");
            assert_eq!(pixels.rgba.len(), pixels.width * pixels.height * 4);
            let canvas = theme.color(Ink::Canvas);
            assert_eq!(pixels.rgba[..4], [canvas.0, canvas.1, canvas.2, 255], "{name}: the corner is canvas");
            let drawn = pixels.rgba.chunks(4).filter(|p| **p != [canvas.0, canvas.1, canvas.2, 255]).count();
            assert!(drawn * 50 > pixels.width * pixels.height, "{name}: only {drawn} pixels are drawn");
            if let Some(folder) = std::env::var_os("PALISADE_PICTURES") {
                let file = std::path::Path::new(&folder).join(format!("{name}-{theme:?}.png"));
                let image = image::RgbaImage::from_raw(pixels.width as u32, pixels.height as u32, pixels.rgba).unwrap();
                image.save(file).unwrap();
            }
        }
    }
}

#[test]
fn a_huge_diagram_is_drawn_smaller_rather_than_not_at_all() {
    let far = model("Far").process("Here").process("There").also(|m| {
        let place = Placement::Box(palisade::geometry::rect(60_000.0, 0.0, 140.0, 64.0));
        m.placements.insert(PlacementKey::new(MAIN, id("There")), place);
    });
    let pixels = to_pixels(&picture(&far.build()), Theme::Light, 4.0).unwrap();
    assert_eq!(pixels.width, 16_384);
    let nothing = Scene::default();
    assert!(to_pixels(&nothing, Theme::Light, 1.0).is_some_and(|p| p.width == 32), "only its margin");
}

#[test]
fn a_selection_is_copied_with_the_flows_between_and_nothing_else() {
    let shop = model("Shop").process("Web").store("DB").entity("User").flow("Web", "DB").flow("User", "Web").build();
    let ids = shop.with_content_and_flows(&[id("Web"), id("DB")].into());
    let part = picture(&shop).only(&ids);
    let shown = |name: &str| part.items.iter().any(|i| i.key.as_ref().and_then(Key::id) == Some(&id(name)));
    assert!(shown("Web") && shown("DB") && shown("Web>DB"));
    assert!(!shown("User") && !shown("User>Web"));
    assert!(part.bounds.w < picture(&shop).bounds.w);
}

#[test]
fn the_ground_reaches_every_edge_whatever_the_scale() {
    let scene = sample("web-shop");
    for scale in [0.37, 0.83, 1.0, 1.61, 2.3] {
        let pixels = to_pixels(&scene, Theme::Light, scale).unwrap();
        let corner = pixels.rgba.get(..4).unwrap();
        let (last_row, last) = ((pixels.height - 1) * pixels.width, pixels.width - 1);
        let edges = (0..pixels.height).map(|y| y * pixels.width + last).chain((0..pixels.width).map(|x| last_row + x));
        for at in edges {
            assert_eq!(pixels.rgba.get(4 * at..4 * at + 4).unwrap(), corner, "at {scale}");
        }
    }
}
