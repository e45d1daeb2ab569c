//! Shapes to drawing operations.

use super::corners::rounded;
use super::fonts::{Fonts, font_id, says};
use crate::geometry::{Point, Rect, pt};
use crate::report::logo::Pixels;
use crate::report::page::{Content, Page, Role, TagId, Tags};
use crate::report::theme::Colours;
use crate::scene::{Paint, Shape, Step, Stroke, TextRun};
use crate::text::{self, Face, Glyph};
use crate::theme::{Ink, Rgba};
use printpdf::xobject::DictItem;
use printpdf::{
    Codepoint, Color, ExtendedGraphicsState, ExtendedGraphicsStateId, Line, LineDashPattern, LinePoint, Op, PaintMode,
    PdfFontHandle, Polygon, PolygonRing, Pt, Rgb, TextItem, TextMatrix, XObject, XObjectId, XObjectTransform,
};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of marked content on a page, numbered in order from 0.
#[derive(Clone, Copy, Debug)]
pub struct Mark {
    pub tag: TagId,
}

/// Draws one page.
pub struct Painter<'a> {
    fonts: &'a Fonts,
    tags: &'a Tags,
    colours: Colours,
    height: f32,
    ops: Vec<Op>,
    marks: Vec<Mark>,
    alphas: BTreeSet<u8>,
    pictures: BTreeMap<XObjectId, XObject>,
    now: State,
}

/// What the viewer's graphics state holds, so that nothing is set twice.
#[derive(Clone, Copy, Default)]
struct State {
    fill: Option<Rgba>,
    stroke: Option<Rgba>,
    alpha: Option<u8>,
    width: Option<f32>,
    font: Option<(Face, f32)>,
    dash: Option<Option<(f32, f32)>>,
}

fn round(v: f32) -> f32 {
    if v.is_finite() { (v * 100.0).round() / 100.0 } else { 0.0 }
}

fn color(c: Rgba) -> Color {
    let part = |v: u8| (f32::from(v) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(Rgb { r: part(c.0), g: part(c.1), b: part(c.2), icc_profile: None })
}

fn alpha_id(alpha: u8) -> ExtendedGraphicsStateId {
    ExtendedGraphicsStateId(format!("A{alpha}"))
}

/// The graphics state for an opacity of 0 to 255.
pub fn alpha_state(alpha: u8) -> (ExtendedGraphicsStateId, ExtendedGraphicsState) {
    let share = (f32::from(alpha) / 255.0 * 1000.0).round() / 1000.0;
    let state = ExtendedGraphicsState::default().with_current_fill_alpha(share).with_current_stroke_alpha(share);
    (alpha_id(alpha), state)
}

impl<'a> Painter<'a> {
    pub fn new(fonts: &'a Fonts, tags: &'a Tags, colours: Colours, height: f32) -> Painter<'a> {
        let now = State { alpha: Some(255), ..State::default() };
        Painter {
            fonts,
            tags,
            colours,
            height,
            ops: Vec::new(),
            marks: Vec::new(),
            alphas: BTreeSet::new(),
            pictures: BTreeMap::new(),
            now,
        }
    }

    /// Opacities used, for the resources of the document.
    pub fn alphas(&self) -> BTreeSet<u8> {
        self.alphas.clone()
    }

    pub fn marks(&self) -> Vec<Mark> {
        self.marks.clone()
    }

    pub fn into_ops(self) -> Vec<Op> {
        self.ops
    }

    /// Draws all shapes, each inside the marked content of its structure element.
    pub fn page(&mut self, page: &Page) {
        let mut open: Option<Option<TagId>> = None;
        for item in &page.items {
            if item.content.shapes().is_empty() && !matches!(item.content, Content::Logo { .. }) {
                continue;
            }
            if open != Some(item.tag) {
                if open.is_some() {
                    self.ops.push(Op::EndMarkedContent);
                }
                self.begin(item.tag);
                open = Some(item.tag);
            }
            match &item.content {
                Content::Clipped { area, shapes } => self.clipped(*area, shapes),
                Content::Logo { area, pixels, ground } => self.logo(*area, pixels, *ground),
                content => content.shapes().iter().for_each(|shape| self.shape(shape)),
            }
        }
        if open.is_some() {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn begin(&mut self, tag: Option<TagId>) {
        let Some((id, role)) = tag.and_then(|id| self.tags.get(id).map(|tag| (id, tag.role))) else {
            self.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            return;
        };
        let number = i64::try_from(self.marks.len()).unwrap_or(0);
        self.marks.push(Mark { tag: id });
        let properties = DictItem::Dict { map: BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]) };
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: role_name(role).to_owned(), properties });
    }

    fn logo(&mut self, area: Rect, pixels: &Pixels, ground: Ink) {
        self.alpha(255);
        let (id, picture) = super::picture::of(pixels, self.colours.of(ground));
        let transform = XObjectTransform {
            translate_x: Some(Pt(round(area.x))),
            translate_y: Some(Pt(round(self.height - area.bottom()))),
            scale_x: Some(round(area.w)),
            scale_y: Some(round(area.h)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        self.ops.push(Op::UseXobject { id: id.clone(), transform });
        self.pictures.insert(id, picture);
    }

    /// Pictures used, for the resources of the document.
    pub fn pictures(&mut self) -> BTreeMap<XObjectId, XObject> {
        std::mem::take(&mut self.pictures)
    }

    /// What lies outside the area does not show.
    fn clipped(&mut self, area: Rect, shapes: &[Shape]) {
        self.ops.push(Op::SaveGraphicsState);
        let before = self.now;
        let clip = printpdf::Rect {
            x: Pt(round(area.x)),
            y: Pt(round(self.height - area.bottom())),
            width: Pt(round(area.w)),
            height: Pt(round(area.h)),
            mode: Some(PaintMode::Clip),
            winding_order: None,
        };
        self.ops.push(Op::DrawRectangle { rectangle: clip });
        shapes.iter().for_each(|shape| self.shape(shape));
        self.now = before;
        self.ops.push(Op::RestoreGraphicsState);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } if *radius <= 0.05 => {
                if let Some(paint) = fill {
                    self.fill_with(*paint);
                    let (x, y) = (round(rect.x), round(self.height - rect.bottom()));
                    let area = printpdf::Rect {
                        x: Pt(x),
                        y: Pt(y),
                        width: Pt(round(rect.w)),
                        height: Pt(round(rect.h)),
                        mode: Some(PaintMode::Fill),
                        winding_order: None,
                    };
                    self.ops.push(Op::DrawRectangle { rectangle: area });
                }
                self.outline(&rounded(*rect, 0.0), None, *stroke);
            }
            Shape::Rect { rect, radius, fill, stroke } => self.outline(&rounded(*rect, *radius), *fill, *stroke),
            Shape::Circle { center, radius, fill, stroke } => {
                let area = Rect::from_center(*center, 2.0 * radius, 2.0 * radius);
                self.outline(&rounded(area, *radius), *fill, *stroke);
            }
            Shape::Path { steps, fill, stroke } => self.outline(steps, *fill, *stroke),
            Shape::Text(run) => self.text(run),
        }
    }

    fn alpha(&mut self, alpha: u8) {
        if self.now.alpha != Some(alpha) {
            self.now.alpha = Some(alpha);
            self.alphas.insert(alpha);
            self.ops.push(Op::LoadGraphicsState { gs: alpha_id(alpha) });
        }
    }

    fn fill_with(&mut self, paint: Paint) {
        let c = self.colours.of(paint.ink).faded(paint.opacity);
        self.alpha(c.3);
        if self.now.fill != Some(Rgba(c.0, c.1, c.2, 255)) {
            self.now.fill = Some(Rgba(c.0, c.1, c.2, 255));
            self.ops.push(Op::SetFillColor { col: color(c) });
        }
    }

    fn stroke_with(&mut self, stroke: Stroke) {
        let c = self.colours.of(stroke.paint.ink).faded(stroke.paint.opacity);
        self.alpha(c.3);
        if self.now.stroke != Some(Rgba(c.0, c.1, c.2, 255)) {
            self.now.stroke = Some(Rgba(c.0, c.1, c.2, 255));
            self.ops.push(Op::SetOutlineColor { col: color(c) });
        }
        let width = round(stroke.width);
        if self.now.width != Some(width) {
            self.now.width = Some(width);
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
        let dash = stroke.dash.map(|(on, off)| (round(on), round(off)));
        if self.now.dash != Some(dash) {
            self.now.dash = Some(dash);
            let pattern = dash.map_or_else(LineDashPattern::solid, |(on, off)| LineDashPattern::new(0.0, &[on, off]));
            self.ops.push(Op::SetLineDashPattern { dash: pattern });
        }
    }

    fn outline(&mut self, steps: &[Step], fill: Option<Paint>, stroke: Option<Stroke>) {
        if fill.is_none() && stroke.is_none() {
            return;
        }
        let rings = self.rings(steps);
        if let Some(paint) = fill {
            self.fill_with(paint);
            let rings = rings.iter().map(|(points, _)| PolygonRing { points: points.clone() }).collect();
            let polygon = Polygon { rings, mode: PaintMode::Fill, ..Polygon::default() };
            self.ops.push(Op::DrawPolygon { polygon });
        }
        if let Some(stroke) = stroke {
            self.stroke_with(stroke);
            for (points, is_closed) in rings {
                self.ops.push(Op::DrawLine { line: Line { points, is_closed } });
            }
        }
    }

    fn point(&self, p: Point) -> printpdf::Point {
        printpdf::Point { x: Pt(round(p.x)), y: Pt(round(self.height - p.y)) }
    }

    /// The subpaths with whether each is closed.
    fn rings(&self, steps: &[Step]) -> Vec<(Vec<LinePoint>, bool)> {
        let mut out: Vec<(Vec<LinePoint>, bool)> = Vec::new();
        let mut at = pt(0.0, 0.0);
        for step in steps {
            if let Step::Move(p) = step {
                at = *p;
                out.push((vec![LinePoint { p: self.point(*p), bezier: false }], false));
                continue;
            }
            let Some((points, closed)) = out.last_mut() else { continue };
            let mut curve = |a: Point, b: Point, end: Point| {
                points.extend([(a, true), (b, true), (end, false)].map(|(p, bezier)| LinePoint { p: self.point(p), bezier }));
            };
            match *step {
                Step::Move(_) => {}
                Step::Line(p) => {
                    points.push(LinePoint { p: self.point(p), bezier: false });
                    at = p;
                }
                Step::Quad(c, p) => {
                    curve(at.lerp(c, 2.0 / 3.0), p.lerp(c, 2.0 / 3.0), p);
                    at = p;
                }
                Step::Cubic(a, b, p) => {
                    curve(a, b, p);
                    at = p;
                }
                Step::Close => *closed = true,
            }
        }
        out
    }

    fn text(&mut self, run: &TextRun) {
        if run.text.trim().is_empty() || run.size <= 0.0 {
            return;
        }
        self.fill_with(run.paint);
        let fonts = self.fonts;
        let mut glyphs = fonts.glyphs(run).to_vec();
        if text::turns(&run.text) {
            // Placed from left to right, written in the order in which people read: so it is found and read aloud.
            glyphs.retain(|glyph| !run.text.get(glyph.cluster..).and_then(|rest| rest.chars().next()).is_some_and(text::is_mark));
            glyphs.sort_by_key(|glyph| glyph.cluster);
        }
        let glyphs = glyphs.as_slice();
        // Where a glyph cannot say what it stands for here, the run as a whole does.
        let says_it = |n: usize, g: &Glyph| {
            g.id != 0 && fonts.glyph(g.face, g.id).is_some_and(|cut| cut.says == says(&run.text, glyphs, n))
        };
        let spelled = !glyphs.iter().enumerate().all(|(n, g)| says_it(n, g));
        if spelled {
            let mut data = vec![0xfe, 0xff];
            data.extend(run.text.encode_utf16().flat_map(u16::to_be_bytes));
            let words = DictItem::String { data, literal: false };
            let properties = DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), words)]) };
            self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
        }
        // printpdf joins texts of one text object that stand on one line, and a search would no longer see where one ends.
        self.ops.push(Op::StartTextSection);
        let mut rest = glyphs;
        while let Some(first) = rest.first() {
            // One show operation for glyphs of one face on one height.
            let same = rest.iter().take_while(|g| g.face == first.face && g.y == first.y).count();
            let (now, later) = rest.split_at(same.max(1));
            self.show(run, now);
            rest = later;
        }
        self.ops.push(Op::EndTextSection);
        if spelled {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn show(&mut self, run: &TextRun, glyphs: &[Glyph]) {
        let Some(first) = glyphs.first() else { return };
        let at = self.point(pt(run.at.x + first.x * run.size, run.at.y + first.y * run.size));
        let size = round(run.size);
        if self.now.font != Some((first.face, size)) {
            self.now.font = Some((first.face, size));
            self.ops.push(Op::SetFont { font: PdfFontHandle::External(font_id(first.face)), size: Pt(size) });
        }
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(at.x, at.y) });
        // The viewer moves by whole thousandths; what it is off by is put right before it shows.
        let mut pen = 0.0;
        let mut shown: Vec<Codepoint> = Vec::new();
        for glyph in glyphs {
            let Some(cut) = self.fonts.glyph(glyph.face, glyph.id) else { continue };
            let wanted = (glyph.x - first.x) * 1000.0;
            let off = (pen - wanted).round();
            if let Some(before) = shown.last_mut().filter(|_| off.abs() >= 2.0) {
                before.offset = off;
                pen -= off;
            }
            shown.push(Codepoint { gid: cut.id, offset: 0.0, cid: Some(cut.says.clone()) });
            pen += cut.advance;
        }
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(shown)] });
    }
}

/// Standard structure type of a role (ISO 32000-1, 14.8.4).
pub fn role_name(role: Role) -> &'static str {
    match role {
        Role::Section => "Sect",
        Role::Heading(1) => "H1",
        Role::Heading(2) => "H2",
        Role::Heading(_) => "H3",
        Role::Paragraph => "P",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::ListLabel => "Lbl",
        Role::ListBody => "LBody",
        Role::Contents => "TOC",
        Role::ContentsItem => "TOCI",
        Role::Reference => "Reference",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::HeaderCell | Role::RowHeader => "TH",
        Role::Cell => "TD",
        Role::Figure => "Figure",
        Role::Caption => "Caption",
        Role::Link => "Link",
    }
}
