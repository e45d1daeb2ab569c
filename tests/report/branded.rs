//! Reports in the dress of a house: logos on paper and screen, colours everywhere.
use crate::samples::{options, sample};
use crate::support::pdf::Pdf;
use palisade::library::Library;
use palisade::progress::Quiet;
use palisade::report::*;
use palisade::risk::assess;
use palisade::theme::Rgba;

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 10\"><rect width=\"10\" height=\"10\" fill=\"#ff0000\"/></svg>";

/// A PNG of one colour with a transparent right half.
fn png(width: u32, height: u32) -> Vec<u8> {
    let picture =
        image::RgbaImage::from_fn(width, height, |x, _| image::Rgba([255, 240, 0, if x < width / 2 { 255 } else { 0 }]));
    let mut out = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}

fn beside(name: &str) -> Result<Vec<u8>, String> {
    match name {
        "house.svg" => Ok(SVG.into()),
        "client.png" => Ok(png(900, 300)),
        "words.svg" => Ok(b"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>Us</text></svg>".to_vec()),
        "broken.svg" => Ok(b"<svg".to_vec()),
        "cut.png" => Ok(png(90, 30)[..60].to_vec()),
        "huge.png" => Ok(png(5000, 2)),
        _ => Err("there is no such file".into()),
    }
}

const THEME: &str = "(colours: (accent: \"#0F6B5C\", cover: \"#0B3B34\"), cover: Band, logos: (house: (file: \"house.svg\", \
                     alt: \"Example house\"), client: (file: \"client.png\"), running: true))";

fn branded() -> Report {
    let model = sample("web-shop");
    let theme = read_theme(THEME, &beside).unwrap();
    compose(&model, Library::builtin(), &assess(&model, Library::builtin()), &ReportOptions { theme, ..options() })
}

#[test]
fn logos_are_printed_on_the_cover_and_in_every_head_with_their_words() {
    let report = branded();
    let pages = lay_out(&report, &Quiet).unwrap();
    for (n, page) in pages.pages.iter().enumerate() {
        let logos = page.items.iter().filter(|i| matches!(i.content, Content::Logo { .. })).count();
        assert_eq!(logos, if n == 0 { 2 } else { 1 }, "page {}", n + 1);
        for item in &page.items {
            let Content::Logo { area, ground, .. } = &item.content else { continue };
            assert!(area.x > 30.0 && area.w <= 140.1 && area.h <= 42.1, "{area:?}");
            assert_eq!(item.tag.is_some(), n == 0, "a logo of a running head is decoration");
            assert_eq!(report.theme.colours.of(*ground) == Rgba(11, 59, 52, 255), n == 0);
        }
    }
    let bytes = write(Format::Pdf, &report, &Quiet).unwrap();
    assert_eq!(bytes, write(Format::Pdf, &report, &Quiet).unwrap());
    let file = Pdf::read(&bytes);
    assert!(file.metadata().contains("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(bytes.len() < 1_500_000, "{} bytes", bytes.len());
}

#[test]
fn html_has_logos_within_and_the_colours_of_the_house() {
    let html = String::from_utf8(write(Format::Html, &branded(), &Quiet).unwrap()).unwrap();
    assert!(html.contains("src=\"data:image/svg+xml;base64,") && html.contains("src=\"data:image/png;base64,"));
    assert!(html.contains("alt=\"Example house\"") && html.contains("alt=\"Logo\""));
    assert!(html.contains("--accent:#0f6b5c") && html.contains("--reportcover:#0b3b34"));
}

#[test]
fn bad_logos_are_told_with_their_line() {
    for (name, why) in [
        ("words.svg", "has words in it"),
        ("broken.svg", "no sound SVG"),
        ("cut.png", "is damaged"),
        ("huge.png", "5000 × 2 pixels"),
    ] {
        let faults = read_theme(&format!("(\n logos: (\n  house: (file: \"{name}\")))"), &beside).unwrap_err();
        assert!(faults[0].line == 3 && faults[0].what.contains(why), "{name}: {faults:?}");
    }
}

#[test]
fn a_logo_is_made_smaller_and_mixed_with_its_ground() {
    let theme = read_theme(THEME, &beside).unwrap();
    let pixels = theme.logos.client.unwrap().pixels;
    assert_eq!((pixels.width, pixels.height), (600, 200));
    let on = pixels.on(Rgba(255, 255, 255, 255));
    assert_eq!((&on[..3], &on[3 * 599..3 * 600]), (&[255, 240, 0][..], &[255, 255, 255][..]));
}

#[test]
fn fonts_of_a_house_are_embedded_reduced_and_within_html() {
    let beside = |_: &str| Ok(palisade::text::Face::Mono.bytes().to_vec());
    let theme = read_theme("(fonts: (regular: \"house.ttf\"))", &beside).unwrap();
    let model = crate::support::shop::shop();
    let library = Library::builtin();
    let report = compose(&model, library, &assess(&model, library), &ReportOptions { theme, ..options() });
    let bytes = write(Format::Pdf, &report, &Quiet).unwrap();
    let file = Pdf::read(&bytes);
    let house = file.fonts().into_iter().find(|f| f.name.contains("+JetBrainsMonoRegular-")).unwrap();
    assert!(house.embedded && house.to_unicode && file.text().contains("is exposed to"));
    assert!(file.metadata().contains("pdfuaid:part") && bytes.len() < 300_000, "{} bytes", bytes.len());
    let html = String::from_utf8(write(Format::Html, &report, &Quiet).unwrap()).unwrap();
    assert!(html.contains("@font-face{font-family:\"House\";font-weight:400;src:url(data:font/ttf;base64,"));
}

#[test]
fn a_dark_logo_stands_on_paper_where_the_cover_is_dark() {
    let grounds = |colour: &str| {
        let svg = SVG.replace("#ff0000", colour);
        let beside = |_: &str| Ok(svg.clone().into_bytes());
        let theme =
            read_theme("(colours: (cover: \"#0B3B34\"), cover: Band, logos: (house: (file: \"a.svg\")))", &beside).unwrap();
        let report = Report { theme, ..Report::default() };
        let pages = lay_out(&report, &Quiet).unwrap();
        let on = |item: &PageItem| if let Content::Logo { ground, .. } = &item.content { Some(*ground) } else { None };
        pages.pages[0].items.iter().find_map(on).unwrap()
    };
    use palisade::theme::Ink;
    assert_eq!((grounds("#002020"), grounds("#ffffff")), (Ink::Canvas, Ink::ReportCover));
}
