//! The cover page.

use super::atoms::filled;
use super::blocks::{Setter, items_of};
use super::slab::Slab;
use crate::geometry::rect;
use crate::report::logo::Pixels;
use crate::report::page::{Content, Page, PageItem, Role};
use crate::report::style::{BODY, LEAD, SMALL, fixed, share, styled};
use crate::report::theme::CoverLayout;
use crate::report::tree::{Report, Rich, Table, TableLook};
use crate::theme::Ink;

/// Height of the coloured band.
const BAND: f32 = 330.0;
/// Room for a logo, and where it begins.
const LOGO: (f32, f32) = (140.0, 42.0);
const LOGO_TOP: f32 = 42.0;

pub fn page(report: &Report, setter: &mut Setter) -> Page {
    let sheet = setter.sheet();
    let layout = report.theme.cover;
    let (sheet_width, height) = sheet.size();
    let (left, width) = (sheet.margin(), sheet.body().w);
    let cover = &report.cover;
    let mut page = Page { sheet, chapter: String::new(), bare: true, items: Vec::new() };
    let ground = match layout {
        CoverLayout::Diagram => Some(rect(0.0, 0.0, 7.2, height)),
        CoverLayout::Band => Some(rect(0.0, 0.0, sheet_width, BAND)),
        CoverLayout::Plain => None,
    };
    let ground = ground.map(|area| PageItem { tag: None, content: Content::Shape(filled(area, 0.0, Ink::ReportCover)) });
    page.items.extend(ground);
    logos(report, setter, &mut page);
    // Words on the band.
    let (kicker_ink, title_ink, subtitle_ink) = match layout {
        CoverLayout::Band => (Ink::OnAccent, Ink::OnAccent, Ink::OnAccent),
        _ => (Ink::Accent, Ink::Text, Ink::Muted),
    };

    let section = setter.tags.add(Role::Section, None);
    setter.section = Some(section);
    let mut y = if layout == CoverLayout::Plain { 220.0 } else { 138.0 };
    let mut put = |setter: &mut Setter, rich: Rich, leading: f32, role: Role, most: usize, page: &mut Page, gap: f32| {
        let tag = setter.tags.add(role, setter.section);
        for line in setter.lines(&rich, width, leading, Some(tag)).into_iter().take(most) {
            let height = line.height;
            page.items.extend(line.placed(left, y));
            y += height;
        }
        y += gap;
        y
    };
    put(setter, styled(LEAD.bold().size(10.8).ink(kicker_ink), &cover.kicker), 1.3, Role::Paragraph, 1, &mut page, 9.0);
    // A very long title gets smaller letters rather than a page of its own.
    let size = match cover.title.chars().count() {
        0..=60 => 28.8,
        61..=120 => 21.6,
        _ => 15.6,
    };
    let title = styled(BODY.bold().size(size).ink(title_ink), &cover.title);
    put(setter, title, 1.22, Role::Heading(1), 6, &mut page, 8.0);
    let y = put(setter, styled(LEAD.ink(subtitle_ink).size(10.8), &cover.subtitle), 1.4, Role::Paragraph, 4, &mut page, 22.0);

    let y = if layout == CoverLayout::Band { y.max(BAND + 40.0) } else { y };
    let mut table = Table::headless([fixed(92.0), share(1.0)], TableLook::Framed);
    for (label, value) in &cover.facts {
        table.row([styled(BODY.muted(), label), styled(BODY, value)]);
    }
    let facts = Slab::stacked(setter.table(&table, width));
    let y_below = y + facts.height + 30.0;
    let mut placed = Slab::default();
    placed.add(facts.items, left, y);
    page.items.append(&mut placed.items);

    let foot = height - 36.0;
    if let Some(picture) = &cover.picture {
        let room = foot - 24.0 - y_below;
        let scale = (width / picture.width.max(1.0)).min(room / picture.height.max(1.0)).min(0.9);
        if room > 80.0 && scale > 0.05 {
            let x = left + (width - picture.width * scale) / 2.0;
            let y = y_below + (room - picture.height * scale) / 2.0;
            page.items.extend(items_of(&picture.scaled(scale, x, y), None));
        }
    }
    let colophon = styled(SMALL.ink(Ink::Muted), &cover.colophon);
    let tag = setter.tags.add(Role::Paragraph, setter.section);
    for line in setter.lines(&colophon, width * 0.6, 1.3, Some(tag)).into_iter().take(1) {
        let at = foot + 7.0 - line.height / 2.0;
        page.items.extend(line.placed(left, at));
    }
    page
}

/// The logo of the house at the left, that of the client at the right, each as large as its place allows.
fn logos(report: &Report, setter: &mut Setter, page: &mut Page) {
    let logos = &report.theme.logos;
    let body = page.sheet.body();
    let on_band = report.theme.cover == CoverLayout::Band;
    let band = report.facts.colours.of(Ink::ReportCover);
    // A dark logo is not seen on a dark band: then all stand on paper.
    let plates = on_band && [&logos.house, &logos.client].into_iter().flatten().any(|logo| logo.pixels.is_lost_on(band));
    let ground = if on_band && !plates { Ink::ReportCover } else { Ink::Canvas };
    for (logo, is_right) in [(&logos.house, false), (&logos.client, true)] {
        let Some(logo) = logo else { continue };
        let (w, h) = fitted(&logo.pixels, LOGO);
        let x = if is_right { body.right() - w } else { body.x };
        let x = if plates { if is_right { x - PLATE } else { x + PLATE } } else { x };
        let area = rect(x, LOGO_TOP + (LOGO.1 - h) / 2.0, w, h);
        if plates {
            let plate = filled(area.expand(PLATE), 3.0, Ink::Canvas);
            page.items.push(PageItem { tag: None, content: Content::Shape(plate) });
        }
        let tag = setter.tags.add_with(Role::Figure, None, logo.alt.clone());
        page.items.push(PageItem { tag: Some(tag), content: Content::Logo { area, pixels: logo.pixels.clone(), ground } });
    }
}

/// Paper around a logo that would be lost on the colour of the cover.
const PLATE: f32 = 8.0;

/// Width and height of a logo in some room.
pub fn fitted(pixels: &Pixels, room: (f32, f32)) -> (f32, f32) {
    let (w, h) = (pixels.width.max(1) as f32, pixels.height.max(1) as f32);
    let scale = (room.0 / w).min(room.1 / h);
    (w * scale, h * scale)
}
