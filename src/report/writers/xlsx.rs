//! The risk register as an Excel workbook: one sheet to filter and sort, one that says what it is.

use super::is_formula;
use crate::model::{Band, Date};
use crate::report::ReportError;
use crate::report::tree::{Register, Report, Value};
use crate::theme::{Ink, Rgba, Theme};
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Cells hold no more characters than this.
const LONGEST: usize = 32_000;
const PAPER_A4: u8 = 9;

pub fn write(report: &Report) -> Result<Vec<u8>, ReportError> {
    workbook(report).map_err(|e| ReportError::Write { file: "workbook", what: e.to_string() })
}

fn workbook(report: &Report) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let facts = &report.facts;
    let (year, month, day) = facts.date;
    let created = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1970), month, day)?;
    let properties = DocProperties::new()
        .set_title(shown(&facts.title))
        .set_subject(shown(&facts.subject))
        .set_author(shown(&facts.author))
        .set_keywords(shown(&facts.keywords.join(", ")))
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    let risks = book.add_worksheet();
    risks.set_name("Risk register")?;
    register(risks, &report.register)?;
    dress(risks, report)?;
    let about = book.add_worksheet();
    about.set_name("About")?;
    about_sheet(about, report)?;
    dress(about, report)?;
    book.save_to_buffer()
}

/// Running heads with the label of the classification, across, on pages one table wide.
fn dress(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    let spelled = |words: &str| shown(words).replace('&', "&&").chars().take(90).collect::<String>();
    let label = report.facts.classification.as_ref().map(|(label, _)| spelled(label)).unwrap_or_default();
    sheet.set_landscape().set_paper_size(PAPER_A4).set_print_fit_to_pages(1, 0);
    sheet.set_header(format!("&L{}&R&\"Arial,Bold\"&12{label}", spelled(&report.facts.title)));
    sheet.set_footer(format!("&L&P of &N&R&\"Arial,Bold\"&12{label}"));
    Ok(())
}

fn colour(c: Rgba) -> Color {
    Color::RGB(u32::from(c.0) << 16 | u32::from(c.1) << 8 | u32::from(c.2))
}

fn ink(ink: Ink) -> Color {
    colour(Theme::Paper.color(ink))
}

fn register(sheet: &mut Worksheet, register: &Register) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Medium);
    let head = head.set_background_color(ink(Ink::Raised));
    let line =
        Format::new().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Thin).set_border_bottom_color(ink(Ink::Border));
    let text = line.clone().set_text_wrap();
    let quoted = text.clone().set_quote_prefix();
    let score = line.clone().set_num_format("0.##");
    let day = line.clone().set_num_format("yyyy-mm-dd");
    let level = |band: Band| {
        let format = line.clone().set_bold().set_background_color(ink(Ink::RiskFill(band)));
        format.set_font_color(ink(Ink::OnRisk(band)))
    };
    for (column, c) in (0u16..).zip(&register.columns) {
        sheet.set_column_width(column, c.width)?;
        sheet.write_string_with_format(0, column, c.title, &head)?;
    }
    for (row, values) in (1u32..).zip(&register.rows) {
        for (column, value) in (0u16..).zip(values) {
            match value {
                Value::Nothing => sheet.write_blank(row, column, &line)?,
                Value::Number(n) => sheet.write_number_with_format(row, column, *n, &score)?,
                Value::Date(date) => write_date(sheet, row, column, *date, &day)?,
                Value::Level(band) => sheet.write_string_with_format(row, column, band.label(), &level(*band))?,
                Value::Text(words) => {
                    let format = if is_formula(words) { &quoted } else { &text };
                    sheet.write_string_with_format(row, column, shown(words), format)?
                }
            };
        }
    }
    let (rows, columns) = (u32::try_from(register.rows.len()).unwrap_or(0), u16::try_from(register.columns.len()).unwrap_or(0));
    if columns > 0 {
        sheet.autofilter(0, 0, rows.max(1), columns - 1)?;
    }
    sheet.set_freeze_panes(1, 2)?;
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

fn write_date<'a>(
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
    date: Date,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let day = u16::try_from(date.year()).ok().and_then(|year| ExcelDateTime::from_ymd(year, date.month(), date.day()).ok());
    match day {
        Some(day) => sheet.write_datetime_with_format(row, column, &day, format),
        // Workbooks know no dates before 1900.
        None => sheet.write_string_with_format(row, column, date.to_string(), format),
    }
}

fn about_sheet(sheet: &mut Worksheet, report: &Report) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_quote_prefix();
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 80)?;
    let label = report.facts.classification.iter().map(|(label, _)| ("Classification", label.as_str()));
    let title = [("Title", report.cover.title.as_str()), ("Subject", report.facts.subject.as_str())];
    let facts = report.cover.facts.iter().map(|(k, v)| (k.as_str(), v.as_str()));
    let rows = title.into_iter().chain(label).chain(facts).chain([("", report.cover.colophon.as_str())]);
    for (row, (name, value)) in (0u32..).zip(rows.filter(|(_, v)| !v.is_empty())) {
        sheet.write_string_with_format(row, 0, shown(name), &bold)?;
        sheet.write_string_with_format(row, 1, shown(value), &text)?;
    }
    Ok(())
}

/// Text as cells may hold it: without control characters, and not without end.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_control() && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    let mut out: String = text.chars().take(LONGEST).map(plain).collect();
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}
