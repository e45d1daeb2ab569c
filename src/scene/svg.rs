//! Writes a scene as a picture in SVG 1.1, for people and for other tools.

use super::shape::{Paint, Scene, Shape, Step, Stroke, TextRun};
use crate::geometry::{Point, Rect};
use crate::model::{Id, Key};
use crate::text::{Face, outlines};
use crate::theme::{Ink, Theme};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Room around the drawing.
const MARGIN: f32 = 16.0;

/// How words are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// As text, which can be searched and changed; a viewer without the font Inter takes another one.
    Text,
    /// As outlines: the same everywhere.
    Outlines,
}

/// How a scene is written.
#[derive(Clone, Copy, Debug)]
pub struct SvgOptions<'a> {
    pub theme: Theme,
    pub words: Words,
    /// On nothing instead of on its canvas.
    pub is_transparent: bool,
    /// Name and description of the whole, for people who do not see it; may be empty.
    pub title: &'a str,
    pub about: &'a str,
    /// Where a click on a record leads.
    pub links: &'a BTreeMap<Id, String>,
    /// Written into the file beside the picture, already as SVG.
    pub inside: &'a str,
}

impl SvgOptions<'_> {
    pub fn new(theme: Theme, words: Words) -> SvgOptions<'static> {
        static NONE: BTreeMap<Id, String> = BTreeMap::new();
        SvgOptions { theme, words, is_transparent: false, title: "", about: "", links: &NONE, inside: "" }
    }
}

/// The scene in the colours of a theme, on its canvas. Icons are outlines always: no viewer has their font.
pub fn to_svg(scene: &Scene, theme: Theme, words: Words) -> String {
    to_svg_with(scene, &SvgOptions::new(theme, words))
}

/// As [`to_svg`], with what a file of its own may have.
pub fn to_svg_with(scene: &Scene, options: &SvgOptions<'_>) -> String {
    let view = scene.bounds.expand(MARGIN);
    let mut out = Svg { text: String::new(), theme: options.theme, words: options.words };
    out.put(format_args!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"{} {} {} {}\" \
         width=\"{}\" height=\"{}\"",
        view.x, view.y, view.w, view.h, view.w, view.h
    ));
    if options.title.is_empty() {
        out.text.push_str(">\n");
    } else {
        out.text.push_str(" role=\"graphics-document\" aria-labelledby=\"title about\">\n");
        out.put(format_args!("<title id=\"title\">{}</title>\n", escape(options.title)));
        out.put(format_args!("<desc id=\"about\">{}</desc>\n", escape(options.about)));
    }
    out.text.push_str(options.inside);
    if !options.is_transparent {
        out.shape(&Shape::Rect { rect: view, radius: 0.0, fill: Some(Ink::Canvas.into()), stroke: None });
    }
    for item in &scene.items {
        let link = item.key.as_ref().and_then(Key::id).and_then(|id| options.links.get(id));
        if let Some(to) = link {
            let to = escape(to);
            out.put(format_args!("<a href=\"{to}\" xlink:href=\"{to}\">\n"));
        }
        if item.alt.is_empty() {
            out.text.push_str("<g>\n");
        } else {
            let id = item.key.as_ref().and_then(Key::id).map(|id| format!(" data-id=\"{}\"", escape(id.as_str())));
            out.put(format_args!("<g role=\"img\"{} aria-label=\"{}\">\n", id.unwrap_or_default(), escape(&item.alt)));
        }
        item.shapes.iter().for_each(|shape| out.shape(shape));
        out.text.push_str(if link.is_some() { "</g>\n</a>\n" } else { "</g>\n" });
    }
    out.text.push_str("</svg>\n");
    out.text
}

struct Svg {
    text: String,
    theme: Theme,
    words: Words,
}

impl Svg {
    fn put(&mut self, args: std::fmt::Arguments<'_>) {
        // Writing into a string does not fail.
        let _ = self.text.write_fmt(args);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                let Rect { x, y, w, h } = *rect;
                self.put(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{radius}\""));
                self.paint(*fill, *stroke);
            }
            Shape::Circle { center, radius, fill, stroke } => {
                self.put(format_args!("<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\"", center.x, center.y));
                self.paint(*fill, *stroke);
            }
            Shape::Path { steps, fill, stroke } => {
                self.text.push_str("<path d=\"");
                steps.iter().for_each(|s| self.step(s));
                self.text.push('"');
                self.paint(*fill, *stroke);
            }
            Shape::Text(run) => self.run(run),
        }
    }

    fn step(&mut self, step: &Step) {
        let p = |p: Point| format!("{} {} ", p.x, p.y);
        match *step {
            Step::Move(a) => self.put(format_args!("M{}", p(a))),
            Step::Line(a) => self.put(format_args!("L{}", p(a))),
            Step::Quad(a, b) => self.put(format_args!("Q{}{}", p(a), p(b))),
            Step::Cubic(a, b, c) => self.put(format_args!("C{}{}{}", p(a), p(b), p(c))),
            Step::Close => self.text.push('Z'),
        }
    }

    fn paint(&mut self, fill: Option<Paint>, stroke: Option<Stroke>) {
        match fill {
            None => self.text.push_str(" fill=\"none\""),
            Some(paint) => self.color("fill", paint),
        }
        if let Some(stroke) = stroke {
            self.color("stroke", stroke.paint);
            self.put(format_args!(" stroke-width=\"{}\"", stroke.width));
            if let Some((dash, gap)) = stroke.dash {
                self.put(format_args!(" stroke-dasharray=\"{dash} {gap}\""));
            }
        }
        self.text.push_str("/>\n");
    }

    fn color(&mut self, attribute: &str, paint: Paint) {
        let c = self.theme.color(paint.ink).faded(paint.opacity);
        self.put(format_args!(" {attribute}=\"#{:02x}{:02x}{:02x}\"", c.0, c.1, c.2));
        if c.3 < 255 {
            self.put(format_args!(" {attribute}-opacity=\"{:.3}\"", f32::from(c.3) / 255.0));
        }
    }

    fn run(&mut self, run: &TextRun) {
        if self.words == Words::Outlines || matches!(run.face, Face::Icon | Face::IconFill | Face::House(_)) {
            self.put(format_args!("<path d=\"{}\"", outlines(run.face, run.size, &run.text, (run.at.x, run.at.y))));
            return self.paint(Some(run.paint), None);
        }
        let (family, weight) = match run.face {
            Face::Regular => ("Inter", "400"),
            Face::Bold => ("Inter", "700"),
            Face::Mono => ("JetBrains Mono", "400"),
            Face::Icon => ("Phosphor", "400"),
            Face::IconFill => ("Phosphor-Fill", "400"),
            Face::Symbols => ("DejaVu Sans", "400"),
            Face::House(_) => (run.face.name(), "400"),
        };
        let TextRun { at, size, .. } = run;
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" font-family=\"{family}\" font-weight=\"{weight}\" font-size=\"{size}\"",
            at.x, at.y
        ));
        self.color("fill", run.paint);
        self.put(format_args!(">{}</text>\n", escape(&run.text)));
    }
}

/// Text as it may stand in an element or attribute; characters XML does not know are left out.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
