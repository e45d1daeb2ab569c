//! What a room sees: on every step and every page of the stage, at both sizes, all words are large and stand out, as they
//! are painted.

use crate::support::app::{Window, app, services};
use crate::support::stage::{open_copy, prefer, press, shift, write};
use egui::epaint::{ClippedShape, WHITE_UV};
use egui::{Color32, Key, Pos2, Rect, Shape, pos2};
use egui_kittest::kittest::Queryable;
use palisade::theme::Rgba;

/// Pixels and contrast.
const LEAST: f32 = 24.0;
const CONTRAST: f32 = 7.0;

/// A sample on the stage, at its first step, with nothing that slides.
fn staged(sample: &str, width: f32, height: f32) -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    prefer(folder.path(), "(is_calm: true)");
    let (mut window, _) = open_copy(folder.path(), sample, (width, height), services(Some(folder.path())));
    press(&mut window, Key::F5);
    (window, folder)
}

/// A piece of text as it is painted, in points.
struct Words {
    text: String,
    rect: Rect,
    size: f32,
    color: Color32,
    /// How many shapes were painted before it.
    at: usize,
}

/// Every piece of text that can be seen, and everything painted, flat and in order.
fn painted(window: &Window) -> (Vec<Words>, Vec<(Rect, Shape)>) {
    fn flat(clip: Rect, shape: &Shape, out: &mut Vec<(Rect, Shape)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| flat(clip, shape, out)),
            Shape::Noop => {}
            shape => out.push((clip, shape.clone())),
        }
    }
    let mut shapes = Vec::new();
    for ClippedShape { clip_rect, shape } in &window.output().shapes {
        flat(*clip_rect, shape, &mut shapes);
    }
    let mut words = Vec::new();
    for (at, (clip, shape)) in shapes.iter().enumerate() {
        let Shape::Text(text) = shape else { continue };
        let job = &text.galley.job;
        let mut chars = job.text.char_indices();
        for row in &text.galley.rows {
            for glyph in &row.glyphs {
                // Which part of the text it is says how it is set; an ellipsis is none.
                let at_byte = chars.clone().find(|(_, c)| *c == glyph.chr).map(|(byte, _)| byte);
                let section = job.sections.iter().find(|s| at_byte.is_some_and(|byte| s.byte_range.contains(&byte.into())));
                let Some(section) = section.or(job.sections.last()) else { continue };
                if at_byte.is_some() {
                    chars.find(|(_, c)| *c == glyph.chr);
                }
                let place = glyph.logical_rect().translate(row.pos.to_vec2() + text.pos.to_vec2());
                // Scrolled out of view, or only just coming into it.
                if glyph.chr.is_whitespace() || !clip.contains(place.center()) {
                    continue;
                }
                let said = section.format.color;
                let color =
                    text.override_text_color.unwrap_or(if said == Color32::PLACEHOLDER { text.fallback_color } else { said });
                let size = section.format.font_id.size;
                match words.last_mut() {
                    Some(Words { text, rect, size: s, color: c, at: a })
                        if *a == at && *s == size && *c == color && (rect.center().y - place.center().y).abs() < 1.0 =>
                    {
                        text.push(glyph.chr);
                        *rect = rect.union(place);
                    }
                    _ => words.push(Words { text: glyph.chr.to_string(), rect: place, size, color, at }),
                }
            }
        }
    }
    (words, shapes)
}

/// The colour that lies at a point when the first so many shapes are painted.
fn ground(shapes: &[(Rect, Shape)], at: Pos2) -> Color32 {
    let mut color = Color32::WHITE;
    for (_, shape) in shapes.iter().filter(|(clip, _)| clip.contains(at)) {
        let over = match shape {
            Shape::Rect(rect) if rect.rect.contains(at) => rect.fill,
            Shape::Circle(circle) if circle.center.distance(at) < circle.radius => circle.fill,
            Shape::Path(path) if path.closed && is_inside(&path.points, at) => path.fill,
            Shape::Mesh(mesh) => {
                let corner = |i: u32| &mesh.vertices[i as usize];
                for triangle in mesh.indices.chunks_exact(3) {
                    let corners = [corner(triangle[0]), corner(triangle[1]), corner(triangle[2])];
                    let plain = corners.iter().all(|v| v.uv == WHITE_UV);
                    if plain && is_inside(&corners.map(|v| v.pos), at) {
                        color = color.blend(corners[0].color);
                    }
                }
                continue;
            }
            _ => continue,
        };
        color = color.blend(over);
    }
    color
}

fn is_inside(points: &[Pos2], at: Pos2) -> bool {
    let mut inside = false;
    let mut last = points.len().wrapping_sub(1);
    for (n, a) in points.iter().enumerate() {
        let b = points[last];
        if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
            inside = !inside;
        }
        last = n;
    }
    inside
}

fn contrast(a: Color32, b: Color32) -> f32 {
    let rgba = |c: Color32| Rgba(c.r(), c.g(), c.b(), 255);
    rgba(a).contrast(rgba(b))
}

/// Looks at everything that is painted now.
fn look(window: &Window, what: &str, faults: &mut Vec<String>) {
    let scale = window.ctx.pixels_per_point();
    let (words, shapes) = painted(window);
    assert!(words.len() > 8, "{what}: hardly a word is painted");
    for Words { text, rect, size, color, at } in &words {
        // What something was painted over afterwards is not seen, or lies in the dark.
        let is_covered = |(clip, shape): &(Rect, Shape)| matches!(shape, Shape::Rect(over) if over.fill.a() > 0 && over.rect.intersect(*clip).contains_rect(*rect));
        if shapes[at + 1..].iter().any(is_covered) {
            continue;
        }
        if size * scale < LEAST - 0.6 {
            faults.push(format!("{what}: “{text}” is {:.1} pixels high", size * scale));
        }
        let points = [0.1, 0.5, 0.9].map(|share| pos2(rect.left() + rect.width() * share, rect.center().y));
        let least = points.map(|point| contrast(*color, ground(&shapes[..*at], point))).into_iter().fold(f32::INFINITY, f32::min);
        if least < CONTRAST {
            faults.push(format!("{what}: “{text}” stands out by {least:.2} only, {color:?}"));
        }
    }
}

/// All steps, then everything that can be opened.
fn walk(sample: &str, width: f32, height: f32) {
    let (mut window, _folder) = staged(sample, width, height);
    let mut faults = Vec::new();
    let mut seen = Vec::new();
    for n in 1.. {
        let number = format!("Step {n} of ");
        assert!(window.query_all_by_label_contains(&number).next().is_some(), "{number}");
        look(&window, &format!("{sample} {width}x{height}, step {n}"), &mut faults);
        press(&mut window, Key::ArrowRight);
        seen.push(n);
        if window.query_all_by_label_contains(&number).next().is_some() {
            break;
        }
    }
    assert!(seen.len() > 12, "{} steps", seen.len());
    press(&mut window, Key::Home);
    (0..3).for_each(|_| shift(&mut window, Key::PageDown));
    let mut then = |window: &mut Window, what: &str| look(window, &format!("{sample} {width}x{height}, {what}"), &mut faults);
    press(&mut window, Key::W);
    then(&mut window, "asking for a name");
    ["Ann Longname-Fitzgerald", "Bob", "Cy"].iter().for_each(|name| write(&mut window, name));
    press(&mut window, Key::Escape);
    then(&mut window, "people");
    press(&mut window, Key::Escape);
    press(&mut window, Key::M);
    then(&mut window, "mitigated");
    press(&mut window, Key::D);
    press(&mut window, Key::Num2);
    then(&mut window, "disagreeing");
    press(&mut window, Key::Enter);
    press(&mut window, Key::S);
    then(&mut window, "scoring");
    press(&mut window, Key::Escape);
    press(&mut window, Key::V);
    then(&mut window, "a vote");
    [Key::Num1, Key::Num4, Key::Num5, Key::Num2, Key::Num3, Key::Num3].iter().for_each(|key| press(&mut window, *key));
    then(&mut window, "votes revealed");
    press(&mut window, Key::Enter);
    press(&mut window, Key::Semicolon);
    then(&mut window, "parking");
    write(&mut window, "Who owns the keys, and since when?");
    press(&mut window, Key::C);
    then(&mut window, "a card");
    press(&mut window, Key::Y);
    for (key, what) in [(Key::Y, "log"), (Key::O, "agenda"), (Key::G, "steps"), (Key::F1, "keys")] {
        press(&mut window, key);
        then(&mut window, what);
        press(&mut window, Key::Escape);
    }
    press(&mut window, Key::Backslash);
    then(&mut window, "planned");
    press(&mut window, Key::Backslash);
    press(&mut window, Key::Backslash);
    press(&mut window, Key::Z);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    then(&mut window, "a scenario");
    press(&mut window, Key::B);
    then(&mut window, "side by side");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Tab);
    then(&mut window, "something selected");
    press(&mut window, Key::Escape);
    press(&mut window, Key::F9);
    then(&mut window, "closed");
    assert!(app(&window).model().sessions.values().all(|session| session.ended.is_some()));
    faults.dedup();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_word_on_the_stage_is_large_and_stands_out_in_a_large_window() {
    walk("web-shop", 1920.0, 1080.0);
}

#[test]
fn every_word_on_the_stage_is_large_and_stands_out_in_a_small_window() {
    walk("web-shop", 1280.0, 720.0);
}

#[test]
fn so_it_does_with_a_hospital_in_both() {
    walk("hospital", 1920.0, 1080.0);
    walk("hospital", 1280.0, 720.0);
}

/// Every element of the diagram has words or a sign on it, also where the whole of it is seen from far.
#[test]
fn no_box_of_the_overview_is_empty() {
    for sample in ["web-shop", "hospital"] {
        for (width, height) in [(1280.0, 720.0), (1920.0, 1080.0)] {
            let (window, _folder) = staged(sample, width, height);
            let (words, _) = painted(&window);
            let shown = app(&window);
            let [origin, one] = [pos2(100.0, 100.0), pos2(101.0, 100.0)].map(|at| shown.world_at(at).unwrap());
            let scale = 1.0 / (one.x - origin.x);
            let model = shown.model();
            let layout = palisade::scene::lay_out(model, &model.diagram_order()[0]);
            let mut empty = Vec::new();
            for (id, placed) in layout.boxes.iter().filter(|(id, _)| model.elements.contains_key(*id)) {
                let world = placed.rect;
                let at = pos2(100.0 + (world.x - origin.x) * scale, 100.0 + (world.y - origin.y) * scale);
                let rect = Rect::from_min_size(at, egui::vec2(world.w, world.h) * scale);
                if !words.iter().any(|words| rect.intersects(words.rect)) {
                    empty.push(model.name_of(id).to_owned());
                }
            }
            assert!(empty.is_empty(), "{sample} {width}x{height}: {empty:?}");
        }
    }
}
