//! A diagram on a page of its own, for `picture`: vectors, words that can be searched, a figure with its description.

use super::page::{Content, Page, PageItem, Pages, Role, Sheet, Tags};
use super::tree::Drawing;
use super::{DocumentFacts, ReportError};
use crate::geometry::pt;
use crate::model::Date;
use crate::progress::Progress;
use crate::scene::{Scene, Shape, TextRun};
use crate::text::{Face, ellipsize};
use crate::theme::Ink;

/// Room around everything, and for the title, in points.
const MARGIN: f32 = 36.0;
const HEAD: f32 = 28.0;
const TITLE: f32 = 14.0;
/// Points a world unit at most: names of elements are not larger than the title.
const LARGEST: f32 = 1.0;

/// The bytes of a PDF with the scene on one page, in the colours for paper.
///
/// # Errors
/// It was stopped, or this build cannot write PDF.
pub fn diagram_page(
    scene: &Scene,
    title: &str,
    about: &str,
    date: Date,
    progress: &dyn Progress,
) -> Result<Vec<u8>, ReportError> {
    let sheet = Sheet { across: scene.bounds.w > scene.bounds.h, ..Sheet::default() };
    let (w, h) = sheet.size();
    let (wide, high) = (w - 2.0 * MARGIN, h - 2.0 * MARGIN - HEAD);
    let scale = (wide / scene.bounds.w.max(1.0)).min(high / scene.bounds.h.max(1.0)).min(LARGEST);
    let drawing = Drawing::of_scene(scene, 1.0, about.to_owned());
    let (x, y) = ((w - drawing.width * scale) / 2.0, MARGIN + HEAD + (high - drawing.height * scale) / 2.0);
    let mut tags = Tags::default();
    let (heading, figure) = (tags.add(Role::Heading(1), None), tags.add_with(Role::Figure, None, about.to_owned()));
    let text = ellipsize(Face::Bold, TITLE, title, wide);
    let head = TextRun { at: pt(MARGIN, MARGIN + TITLE), text, face: Face::Bold, size: TITLE, paint: Ink::Text.into() };
    let item = |tag, shape| PageItem { tag: Some(tag), content: Content::Shape(shape) };
    let shapes = drawing.scaled(scale, x, y).into_iter().map(|shape| item(figure, shape));
    let items = std::iter::once(item(heading, Shape::Text(head))).chain(shapes).collect();
    let page = Page { sheet, chapter: title.to_owned(), bare: true, items };
    let pages = Pages { pages: vec![page], tags, bookmarks: Vec::new() };
    let facts = DocumentFacts {
        title: title.to_owned(),
        subject: about.to_owned(),
        date: (date.year(), date.month(), date.day()),
        ..DocumentFacts::default()
    };
    #[cfg(feature = "pdf")]
    {
        super::pdf::write(&pages, &facts, progress)
    }
    #[cfg(not(feature = "pdf"))]
    {
        let _ = (pages, facts, progress);
        Err(ReportError::NoPdf)
    }
}
