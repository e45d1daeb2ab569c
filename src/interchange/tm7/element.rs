//! Elements, boundaries and annotations.

use super::Reader;
use super::stencil::{Kind, Stencil};
use super::surface::{End, Sheet};
use super::template::Meanings;
use crate::geometry::{Point, Rect, pt, rect};
use crate::interchange::LossKind;
use crate::model::{Boundary, BoundaryLine, Capability, Element, ElementKind, Fact, Id, LineStyle, Note, Placement, Tri};
use std::collections::BTreeMap;

/// The tool's usual size of a stencil.
const USUAL: f32 = 100.0;

impl Reader {
    pub(super) fn shape(&mut self, sheet: &mut Sheet, stencil: &Stencil<'_, '_>) {
        let id = self.claim(&stencil.guid, &stencil.title());
        let rect = match stencil.kind {
            Kind::Element(kind) => {
                let place = self.place(sheet, stencil, &id);
                self.element(stencil, &id, kind);
                sheet.elements.push((id.clone(), place));
                Some(place)
            }
            Kind::Note => {
                let note = Note { text: stencil.name.clone(), extra: stencil.extra(), ..Note::default() };
                self.draft.model.notes.insert(id.clone(), note);
                Some(self.place(sheet, stencil, &id))
            }
            Kind::Box => {
                self.boundary(stencil, &id);
                self.frame(sheet, stencil, &id)
            }
            Kind::Line => {
                self.boundary(stencil, &id);
                self.line(sheet, stencil, &id);
                None
            }
            Kind::Flow => None,
        };
        let element = matches!(stencil.kind, Kind::Element(_)).then(|| id.clone());
        let end = End { element, title: stencil.title(), rect };
        sheet.ends.entry(stencil.guid.clone()).or_insert(end);
    }

    fn element(&mut self, stencil: &Stencil<'_, '_>, id: &Id, kind: ElementKind) {
        let meanings = &Meanings::shipped().tags;
        let tags = stencil.types.iter().find_map(|t| meanings.get(t)).cloned();
        let told = tags.is_some() || stencil.types.first().is_none_or(|t| t.starts_with("GE."));
        if !told && !stencil.type_name.is_empty() {
            let why = format!("its stencil “{}” has no counterpart; choose a technology tag", stencil.type_name);
            self.draft.lose_at(id, LossKind::Kept, stencil.title(), why);
        }
        let (capabilities, facts) = certain(stencil, kind);
        for (field, hint) in hints(stencil, kind) {
            self.draft.lose_at(id, LossKind::Kept, stencil.title(), format!("{hint} (“{field}”)"));
        }
        let element = Element {
            name: stencil.name.clone(),
            kind,
            tags: tags.into_iter().collect(),
            out_of_scope: stencil.out_of_scope(),
            capabilities,
            facts,
            extra: stencil.extra(),
            ..Element::default()
        };
        self.draft.model.elements.insert(id.clone(), element);
    }

    fn boundary(&mut self, stencil: &Stencil<'_, '_>, id: &Id) {
        let kind = stencil.types.iter().find_map(|t| Meanings::shipped().boundaries.get(t)).copied();
        let usual = Boundary::default();
        let boundary = Boundary { name: stencil.name.clone(), kind: kind.unwrap_or(usual.kind), extra: stencil.extra(), ..usual };
        self.draft.model.boundaries.insert(id.clone(), boundary);
    }

    /// The box of an element or note, exactly as stored.
    fn place(&mut self, sheet: &Sheet, stencil: &Stencil<'_, '_>, id: &Id) -> Rect {
        let place = stored(stencil).unwrap_or_else(|| {
            let why = "it has no position; it lies in the corner of the diagram";
            self.draft.lose_at(id, LossKind::Changed, stencil.title(), why);
            rect(0.0, 0.0, USUAL, USUAL)
        });
        self.draft.model.placements.insert(sheet.place(id), Placement::Box(place));
        place
    }

    /// The box of a boundary. One without a position is not drawn: anywhere it would hold what it does not.
    fn frame(&mut self, sheet: &mut Sheet, stencil: &Stencil<'_, '_>, id: &Id) -> Option<Rect> {
        let Some(place) = stored(stencil) else {
            let why = "it has no position and is on no diagram; what it holds is not known";
            self.draft.lose_at(id, LossKind::Changed, stencil.title(), why);
            return None;
        };
        self.draft.model.placements.insert(sheet.place(id), Placement::Box(place));
        sheet.boxes.push((id.clone(), place));
        Some(place)
    }

    fn line(&mut self, sheet: &Sheet, stencil: &Stencil<'_, '_>, id: &Id) {
        let course = Course::of(stencil);
        let (Some(from), Some(to)) = (course.from, course.to) else {
            let why = "its line has no two points and cannot be drawn; the boundary itself is there";
            self.draft.lose_at(id, LossKind::Dropped, stencil.title(), why);
            return;
        };
        // Quarters keep the curve so close that it crosses what it crossed.
        let line = match course.handle {
            Some(handle) => {
                let control = handle.lerp(from.lerp(to, 0.5), -1.0);
                let at = |t: f32| from.lerp(control, t).lerp(control.lerp(to, t), t);
                BoundaryLine { points: vec![from, at(0.25), handle, at(0.75), to], style: LineStyle::Curved }
            }
            None => BoundaryLine { points: vec![from, to], style: LineStyle::Straight },
        };
        self.draft.model.placements.insert(sheet.place(id), Placement::Line(line));
    }
}

/// The course of a line: a quadratic curve that passes through its handle half-way.
pub(super) struct Course {
    pub from: Option<Point>,
    pub to: Option<Point>,
    /// `None` where it is straight. Other programs write no handle, or the origin where they mean none.
    pub handle: Option<Point>,
}

impl Course {
    pub(super) fn of(stencil: &Stencil<'_, '_>) -> Course {
        let point = |x, y| Some(pt(stencil.number(x)?, stencil.number(y)?));
        let (from, to) = (point("SourceX", "SourceY"), point("TargetX", "TargetY"));
        let middle = from.zip(to).map(|(a, b)| a.lerp(b, 0.5));
        let bent = |h: &Point| middle.is_none_or(|m| m.distance(*h) > 1.0);
        let handle = point("HandleX", "HandleY").filter(|h| (h.x, h.y) != (0.0, 0.0)).filter(bent);
        Course { from, to, handle }
    }
}

fn stored(stencil: &Stencil<'_, '_>) -> Option<Rect> {
    let side = |name| stencil.number(name).map_or(USUAL, f32::abs);
    Some(rect(stencil.number("Left")?, stencil.number("Top")?, side("Width"), side("Height")))
}

/// What fields of the SDL template say that means the same here.
fn certain(stencil: &Stencil<'_, '_>, kind: ElementKind) -> (BTreeMap<Capability, Tri>, BTreeMap<Fact, Tri>) {
    let (mut capabilities, mut facts) = (BTreeMap::new(), BTreeMap::new());
    match kind {
        ElementKind::Process => {
            // As a rule the stencil fixes it, whatever the process is written in: only a choice says something.
            match stencil.chosen("codeType").filter(|p| p.options.len() > 1).map_or("", |p| p.value.as_str()) {
                "Unmanaged" => drop(capabilities.insert(Capability::NativeCode, Tri::Yes)),
                "Managed" => drop(capabilities.insert(Capability::NativeCode, Tri::No)),
                _ => {}
            }
            match stencil.value("runningAs") {
                "Kernel" | "System" | "Administrator" => drop(facts.insert(Fact::Privileged, Tri::Yes)),
                "Standard User Without Elevation" => drop(facts.insert(Fact::Privileged, Tri::No)),
                _ => {}
            }
        }
        ElementKind::DataStore => {
            if stencil.value("RemoveableStorage") == "Yes" {
                facts.insert(Fact::Removable, Tri::Yes);
            }
        }
        ElementKind::ExternalEntity => match stencil.value("type") {
            "Human" => drop(facts.insert(Fact::Human, Tri::Yes)),
            "Code" => drop(facts.insert(Fact::Human, Tri::No)),
            _ => {}
        },
    }
    (capabilities, facts)
}

/// What to do about a field that somebody set and that is not modelled the same way here.
fn hints<'a>(stencil: &'a Stencil<'_, '_>, kind: ElementKind) -> Vec<(&'a str, String)> {
    let set = stencil.properties.iter().filter(|p| !p.says_nothing() && !p.is_default());
    let hint = |p: &super::stencil::Property| {
        let yes = p.value == "Yes";
        Some(match (kind, p.field()) {
            (_, "Out Of Scope" | "Reason For Out Of Scope" | "codeType" | "runningAs" | "RemoveableStorage" | "type") => {
                return None;
            }
            (_, "Dataflow Order") if p.value == "0" => return None,
            (ElementKind::DataStore, "storesCredentials") if yes => {
                "marked as storing credentials: add the asset and say that it is held here".to_owned()
            }
            (ElementKind::DataStore, "storesLogData") if yes => {
                "marked as storing logs: choose the technology tag of a log store".to_owned()
            }
            (ElementKind::DataStore, "Encrypted") if yes => {
                "marked as encrypted: attach the control for encryption at rest".to_owned()
            }
            (ElementKind::DataStore, "Signed") if yes => "marked as signed: attach the control for signed data".to_owned(),
            (ElementKind::Process, "hasInputSanitizers") if yes => {
                "marked as checking its input: attach the control for input validation".to_owned()
            }
            (ElementKind::Process, "hasOutputSanitizers") if yes => {
                "marked as encoding its output: attach the control for output encoding".to_owned()
            }
            (_, "authenticatesItself") if yes => "marked as authenticating itself: say how on its flows".to_owned(),
            _ => format!("the field “{}” has no counterpart: {}", p.label, super::shortened(&p.value)),
        })
    };
    set.filter_map(|p| Some((p.field(), hint(p)?))).collect()
}
