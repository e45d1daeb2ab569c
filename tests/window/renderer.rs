//! The pictures of the other tests can be trusted: the renderer fills what the triangles cover, once, in the right colour.
use crate::support::window::window;
use egui::{Color32, Mesh, Pos2, Shape, pos2, vec2};

fn picture(draw: impl Fn(&egui::Painter)) -> image::RgbaImage {
    let mut has_fonts = false;
    let mut harness = window(40.0, 30.0).build_ui(move |ui| {
        if has_fonts {
            draw(&ui.ctx().layer_painter(egui::LayerId::background()));
        } else {
            ui.ctx().set_fonts(mono());
            ui.ctx().request_repaint();
            has_fonts = true;
        }
    });
    harness.run();
    harness.render().unwrap()
}

fn mono() -> egui::FontDefinitions {
    let file = include_bytes!("../../assets/fonts/JetBrainsMono-Regular.ttf");
    let mut fonts = egui::FontDefinitions::empty();
    fonts.font_data.insert("mono".into(), egui::FontData::from_static(file).into());
    for family in [egui::FontFamily::Monospace, egui::FontFamily::Proportional] {
        fonts.families.insert(family, vec!["mono".into()]);
    }
    fonts
}

fn triangles(corners: &[Pos2], indices: &[u32], color: Color32) -> Shape {
    let mut mesh = Mesh::default();
    corners.iter().for_each(|p| mesh.colored_vertex(*p, color));
    mesh.indices.extend_from_slice(indices);
    Shape::mesh(mesh)
}

#[test]
fn a_rectangle_covers_exactly_its_pixels() {
    let red = Color32::from_rgb(200, 0, 0);
    let image = picture(|p| {
        p.rect_filled(egui::Rect::from_min_size(pos2(5.0, 4.0), vec2(10.0, 6.0)), 0, red);
    });
    let painted: Vec<_> = image.enumerate_pixels().filter(|(_, _, p)| p.0[0] == 200).map(|(x, y, _)| (x, y)).collect();
    assert_eq!(painted.len(), 60);
    assert_eq!((painted[0], painted[59]), ((5, 4), (14, 9)));
}

#[test]
fn neighbouring_triangles_share_no_pixel_and_leave_no_gap() {
    // Half transparent: a pixel painted twice would be brighter, a gap black.
    let half = Color32::from_rgba_premultiplied(100, 100, 100, 128);
    let fan = [pos2(20.0, 15.0), pos2(2.0, 3.0), pos2(36.5, 2.25), pos2(38.0, 27.5), pos2(3.0, 26.0)];
    let image = picture(|p| {
        p.add(triangles(&fan, &[0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1], half));
    });
    let inside = image.enumerate_pixels().filter(|(x, y, _)| (5..35).contains(x) && (5..25).contains(y));
    assert!(inside.map(|(_, _, p)| p.0[0]).all(|v| v == 100));
}

#[test]
fn colours_blend_premultiplied_in_gamma_space() {
    let image = picture(|p| {
        let all = egui::Rect::from_min_size(Pos2::ZERO, vec2(40.0, 30.0));
        p.rect_filled(all, 0, Color32::from_rgb(0, 0, 200));
        p.rect_filled(all, 0, Color32::from_rgba_premultiplied(128, 0, 0, 128));
    });
    assert_eq!(image.get_pixel(20, 15).0, [128, 0, 100, 255]);
}

#[test]
fn text_is_drawn_and_the_same_twice() {
    let draw = |letter: &'static str| {
        picture(move |p| {
            p.text(pos2(4.0, 4.0), egui::Align2::LEFT_TOP, letter, egui::FontId::monospace(16.0), Color32::WHITE);
        })
    };
    assert_eq!(draw("Aa").into_raw(), draw("Aa").into_raw());
    assert_ne!(draw("Aa").into_raw(), draw("Ab").into_raw());
    assert!(draw("Aa").pixels().filter(|p| p.0[0] > 200).count() > 10);
}
