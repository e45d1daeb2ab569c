//! Drawings as SVG inside the page, in colours that follow light and dark.

use super::{escape, put};
use crate::geometry::{Point, Rect};
use crate::report::tree::{Drawing, Report};
use crate::scene::{Paint, Shape, Step, Stroke, TextRun};
use crate::text::{Face, outlines, width};
use crate::theme::{Ink, Rgba, Theme};
use std::collections::BTreeSet;

/// Draws, and remembers the colours that were used.
#[derive(Default)]
pub struct Drawer {
    used: BTreeSet<Ink>,
}

/// Colours the style sheet names.
const ALWAYS: &[Ink] = &[
    Ink::Canvas,
    Ink::Panel,
    Ink::Raised,
    Ink::Border,
    Ink::Text,
    Ink::Muted,
    Ink::Accent,
    Ink::AccentSoft,
    Ink::TlpGround,
    Ink::ReportCover,
];

impl Drawer {
    /// The name of a colour in the style sheet.
    pub fn name(&mut self, ink: Ink) -> String {
        self.used.insert(ink);
        name(ink)
    }

    /// The colours as style sheet: for paper and light screens, and for dark ones.
    pub fn colours(&self, report: &Report) -> String {
        let inks: BTreeSet<Ink> = self.used.iter().chain(ALWAYS).copied().collect();
        let house = report.facts.colours;
        let paper = |ink: Ink| house.of(ink);
        // Colours chosen for paper are not made for dark screens.
        let dark = |ink: Ink| Theme::Dark.color(ink);
        let list = |of: &dyn Fn(Ink) -> Rgba| {
            let line = |ink: &Ink| {
                let c = of(*ink);
                format!("--{}:#{:02x}{:02x}{:02x};", name(*ink), c.0, c.1, c.2)
            };
            inks.iter().map(line).collect::<String>()
        };
        format!(
            ":root{{color-scheme:light dark;{}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}\n",
            list(&paper),
            list(&dark)
        )
    }

    /// A picture with its words for those who do not see it.
    pub fn picture(&mut self, drawing: &Drawing, out: &mut String) {
        let (w, h) = (round(drawing.width), round(drawing.height));
        let alt = if drawing.alt.is_empty() {
            " aria-hidden=\"true\"".to_owned()
        } else {
            format!(" role=\"img\" aria-label=\"{}\"", escape(&drawing.alt))
        };
        let style = format!("style=\"max-width:{}px\"", round(drawing.width * 1.5));
        put(out, format_args!("<svg class=\"picture\" viewBox=\"0 0 {w} {h}\" {style}{alt}>\n"));
        drawing.shapes.iter().for_each(|shape| self.shape(shape, out));
        out.push_str("</svg>\n");
    }

    /// A small drawing in a line of text.
    pub fn mark(&mut self, shapes: &[Shape], (w, h): (f32, f32), words: &str, out: &mut String) {
        let (em_wide, em_high) = (round(w / 9.0), round(h / 9.0));
        let alt = if words.is_empty() {
            " aria-hidden=\"true\"".to_owned()
        } else {
            format!(" role=\"img\" aria-label=\"{}\"", escape(words))
        };
        put(
            out,
            format_args!(
                "<svg class=\"mark\" viewBox=\"0 0 {} {}\" style=\"width:{em_wide}em;height:{em_high}em\"{alt}>",
                round(w),
                round(h)
            ),
        );
        shapes.iter().for_each(|shape| self.shape(shape, out));
        out.push_str("</svg>");
    }

    fn shape(&mut self, shape: &Shape, out: &mut String) {
        match shape {
            Shape::Rect { rect, radius, fill, stroke } => {
                let Rect { x, y, w, h } = *rect;
                let corner = if *radius > 0.05 { format!(" rx=\"{}\"", round(*radius)) } else { String::new() };
                let (x, y, w, h) = (round(x), round(y), round(w.max(0.0)), round(h.max(0.0)));
                put(out, format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"{corner}"));
                self.paint(*fill, *stroke, out);
            }
            Shape::Circle { center, radius, fill, stroke } => {
                let (x, y, r) = (round(center.x), round(center.y), round(radius.max(0.0)));
                put(out, format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\""));
                self.paint(*fill, *stroke, out);
            }
            Shape::Path { steps, fill, stroke } => {
                let data: String = steps.iter().map(step).collect();
                put(out, format_args!("<path d=\"{data}\""));
                self.paint(*fill, *stroke, out);
            }
            Shape::Text(run) => self.run(run, out),
        }
    }

    fn run(&mut self, run: &TextRun, out: &mut String) {
        if run.text.trim().is_empty() {
            return;
        }
        if matches!(run.face, Face::Icon | Face::IconFill) {
            put(out, format_args!("<path d=\"{}\"", outlines(run.face, run.size, &run.text, (run.at.x, run.at.y))));
            return self.paint(Some(run.paint), None, out);
        }
        let class = match run.face {
            Face::Bold => " class=\"b\"",
            Face::Mono => " class=\"m\"",
            _ => "",
        };
        // Another font than ours is stretched or squeezed to the room ours takes.
        let long = round(width(run.face, run.size, &run.text));
        put(
            out,
            format_args!(
                "<text{class} x=\"{}\" y=\"{}\" font-size=\"{}\" textLength=\"{long}\" lengthAdjust=\"spacingAndGlyphs\"",
                round(run.at.x),
                round(run.at.y),
                round(run.size)
            ),
        );
        self.color("fill", run.paint, out);
        put(out, format_args!(">{}</text>\n", escape(&run.text)));
    }

    fn paint(&mut self, fill: Option<Paint>, stroke: Option<Stroke>, out: &mut String) {
        match fill {
            None => out.push_str(" fill=\"none\""),
            Some(paint) => self.color("fill", paint, out),
        }
        if let Some(stroke) = stroke {
            self.color("stroke", stroke.paint, out);
            put(out, format_args!(" stroke-width=\"{}\"", round(stroke.width)));
            if let Some((dash, gap)) = stroke.dash {
                put(out, format_args!(" stroke-dasharray=\"{} {}\"", round(dash), round(gap)));
            }
        }
        out.push_str("/>\n");
    }

    fn color(&mut self, attribute: &str, paint: Paint, out: &mut String) {
        let name = self.name(paint.ink);
        put(out, format_args!(" {attribute}=\"var(--{name})\""));
        if paint.opacity < 0.999 {
            put(out, format_args!(" {attribute}-opacity=\"{}\"", round(paint.opacity)));
        }
    }
}

fn round(v: f32) -> f32 {
    if v.is_finite() { (v * 100.0).round() / 100.0 } else { 0.0 }
}

fn step(step: &Step) -> String {
    let p = |p: Point| format!("{} {} ", round(p.x), round(p.y));
    match *step {
        Step::Move(a) => format!("M{}", p(a)),
        Step::Line(a) => format!("L{}", p(a)),
        Step::Quad(a, b) => format!("Q{}{}", p(a), p(b)),
        Step::Cubic(a, b, c) => format!("C{}{}{}", p(a), p(b), p(c)),
        Step::Close => "Z".to_owned(),
    }
}

/// "RiskFill(High)" becomes "riskfill-high".
fn name(ink: Ink) -> String {
    let spelled = format!("{ink:?}").to_lowercase();
    spelled.replace('(', "-").replace(')', "")
}
