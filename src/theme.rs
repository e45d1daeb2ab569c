//! Colour tokens: the only place where colours are written down.
//!
//! Shapes name an [`Ink`]; painters resolve it with the [`Theme`] of the surface. Contrast: text ≥ 4.5, graphics ≥ 3
//! against the canvas (projector ≥ 7), risk fills fall strictly in lightness so that grey print keeps their order.

use crate::model::Band;
use serde::{Deserialize, Serialize};

/// An sRGB colour with straight alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgba(pub u8, pub u8, pub u8, pub u8);

const fn hex(rgb: u32) -> Rgba {
    Rgba((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8, 255)
}

impl Rgba {
    /// The same colour with alpha multiplied by `opacity` (0..1).
    pub fn faded(self, opacity: f32) -> Rgba {
        Rgba(self.0, self.1, self.2, (f32::from(self.3) * opacity.clamp(0.0, 1.0)).round() as u8)
    }

    /// Relative luminance (WCAG 2.2).
    pub fn luminance(self) -> f32 {
        let channel = |c: u8| {
            let c = f32::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0) + 0.7152 * channel(self.1) + 0.0722 * channel(self.2)
    }

    /// Contrast ratio of two opaque colours (WCAG 2.2), 1 to 21.
    pub fn contrast(self, other: Rgba) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// What a colour is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ink {
    /// Ground of diagrams.
    Canvas,
    /// Ground of panels.
    Panel,
    /// Ground of fields, headers and hovered rows.
    Raised,
    Border,
    BorderStrong,
    Text,
    Muted,
    /// Selection, focus and primary actions.
    Accent,
    /// Text on [`Ink::Accent`].
    OnAccent,
    /// The coloured part of a report's cover.
    ReportCover,
    /// Ground of selected rows and active chips.
    AccentSoft,
    Flow,
    ProcessStroke,
    ProcessFill,
    StoreStroke,
    StoreFill,
    EntityStroke,
    EntityFill,
    Boundary,
    /// Text on [`Ink::Boundary`].
    OnBoundary,
    /// Treated, mitigated.
    Good,
    /// Dots of the grid.
    Grid,
    Shadow,
    RiskFill(Band),
    /// Text and icons on [`Ink::RiskFill`].
    OnRisk(Band),
    /// Strokes, bare icons and letters of a risk level.
    RiskOutline(Band),
    /// Ground and text of Traffic Light Protocol labels (FIRST fixes both).
    TlpGround,
    TlpRed,
    TlpAmber,
    TlpGreen,
    TlpClear,
}

/// A set of colours for one kind of surface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Theme {
    #[default]
    Light,
    Dark,
    /// White ground, strokes ≥ 7:1, no thin greys.
    Projector,
    /// For print: the light palette on white.
    Paper,
}

impl Theme {
    pub const ALL: &'static [Theme] = &[Theme::Light, Theme::Dark, Theme::Projector, Theme::Paper];

    pub fn is_dark(self) -> bool {
        self == Theme::Dark
    }

    /// The colour of a token on this surface.
    pub fn color(self, ink: Ink) -> Rgba {
        match (self, ink) {
            // Darker and blacker, so that the words on them stand out by 7:1.
            (Theme::Projector, Ink::RiskFill(Band::High)) => hex(0x9A3010),
            (Theme::Projector, Ink::OnRisk(Band::Medium | Band::Low | Band::Minimal)) => hex(0x000000),
            (_, Ink::RiskFill(band)) => risk_fill(band),
            (_, Ink::OnRisk(Band::Critical | Band::High)) => hex(0xFFFFFF),
            (_, Ink::OnRisk(_)) => hex(0x16202B),
            (Theme::Dark, Ink::RiskOutline(band)) => risk_outline_dark(band),
            (Theme::Projector, Ink::RiskOutline(band)) => risk_outline_projector(band),
            (_, Ink::RiskOutline(band)) => risk_outline_light(band),
            (_, Ink::TlpGround) => hex(0x000000),
            (_, Ink::TlpRed) => hex(0xFF2B2B),
            (_, Ink::TlpAmber) => hex(0xFFC000),
            (_, Ink::TlpGreen) => hex(0x33FF00),
            (_, Ink::TlpClear) => hex(0xFFFFFF),
            (Theme::Light, ink) => light(ink),
            (Theme::Dark, ink) => dark(ink),
            (Theme::Projector, ink) => projector(ink),
            (Theme::Paper, Ink::Canvas) => hex(0xFFFFFF),
            (Theme::Paper, ink) => light(ink),
        }
    }
}

fn risk_fill(band: Band) -> Rgba {
    hex(match band {
        Band::Critical => 0x7A0040,
        Band::High => 0xB83E14,
        Band::Medium => 0xD98A1F,
        Band::Low => 0xF0CB3C,
        Band::Minimal => 0xEAF1F8,
    })
}

fn risk_outline_light(band: Band) -> Rgba {
    hex(match band {
        Band::Critical => 0x7A0040,
        Band::High => 0x8A2C0C,
        Band::Medium => 0x8F5200,
        Band::Low => 0x7D6200,
        Band::Minimal => 0x5A6F86,
    })
}

/// At least 7:1 on white.
fn risk_outline_projector(band: Band) -> Rgba {
    match band {
        Band::Medium => hex(0x7A4600),
        Band::Low => hex(0x634D00),
        Band::Minimal => hex(0x42566C),
        band => risk_outline_light(band),
    }
}

fn risk_outline_dark(band: Band) -> Rgba {
    hex(match band {
        Band::Critical => 0xFF7DB4,
        Band::High => 0xFF8F66,
        Band::Medium => 0xF2AE50,
        Band::Low => 0xF0CB3C,
        Band::Minimal => 0x9DB3C9,
    })
}

fn light(ink: Ink) -> Rgba {
    hex(match ink {
        Ink::Canvas => 0xF7F9FB,
        Ink::Panel | Ink::OnAccent | Ink::OnBoundary => 0xFFFFFF,
        Ink::Raised => 0xEEF2F6,
        Ink::Border => 0xC9D2DC,
        Ink::BorderStrong => 0x7B8A9A,
        Ink::Text => 0x16202B,
        Ink::Muted => 0x52616F,
        Ink::Accent | Ink::ReportCover => 0x0B5FCC,
        Ink::AccentSoft => 0xE3EDFB,
        Ink::Flow => 0x334456,
        Ink::ProcessStroke => 0x2B5C96,
        Ink::ProcessFill => 0xEAF2FD,
        Ink::StoreStroke => 0x5B4B8A,
        Ink::StoreFill => 0xF3F0FA,
        Ink::EntityStroke => 0x45525F,
        Ink::EntityFill => 0xF1F3F5,
        Ink::Boundary => 0xB3261E,
        Ink::Good => 0x1B6E8C,
        Ink::Grid => 0xDCE3EA,
        _ => 0x16202B,
    })
}

fn dark(ink: Ink) -> Rgba {
    hex(match ink {
        Ink::Canvas => 0x12171D,
        Ink::Panel => 0x1B222B,
        Ink::Raised => 0x252E39,
        Ink::Border => 0x36424F,
        Ink::BorderStrong => 0x7F90A1,
        Ink::Text => 0xE8EDF2,
        Ink::Muted => 0xA3B1BF,
        Ink::Accent | Ink::ReportCover => 0x6FA8FF,
        Ink::OnAccent | Ink::OnBoundary => 0x0B1520,
        Ink::AccentSoft => 0x20344F,
        Ink::Flow => 0xC3CFDB,
        Ink::ProcessStroke => 0x86B6F2,
        Ink::ProcessFill => 0x1D3350,
        Ink::StoreStroke => 0xB9A8EC,
        Ink::StoreFill => 0x2C2740,
        Ink::EntityStroke => 0xB4C0CB,
        Ink::EntityFill => 0x2A3138,
        Ink::Boundary => 0xFF8A80,
        Ink::Good => 0x62BFDD,
        Ink::Grid => 0x222B35,
        _ => 0x000000,
    })
}

fn projector(ink: Ink) -> Rgba {
    match ink {
        Ink::Canvas | Ink::ProcessFill | Ink::StoreFill | Ink::EntityFill => hex(0xFFFFFF),
        Ink::Border | Ink::BorderStrong | Ink::Muted => hex(0x33404D),
        Ink::Text | Ink::Flow => hex(0x000000),
        Ink::Accent | Ink::ReportCover => hex(0x0047AC),
        Ink::ProcessStroke => hex(0x00346B),
        Ink::StoreStroke => hex(0x3B2A73),
        Ink::EntityStroke => hex(0x1F2933),
        Ink::Boundary => hex(0xA00012),
        Ink::Good => hex(0x0B5068),
        ink => light(ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_strokes_stand_out_on_their_ground() {
        for theme in [Theme::Light, Theme::Dark, Theme::Projector, Theme::Paper] {
            let on = |ink, ground| theme.color(ink).contrast(theme.color(ground));
            for ground in [Ink::Canvas, Ink::Panel, Ink::Raised] {
                assert!(on(Ink::Text, ground) >= 4.5, "{theme:?} text on {ground:?}");
                assert!(on(Ink::Muted, ground) >= 4.5, "{theme:?} muted on {ground:?}: {}", on(Ink::Muted, ground));
            }
            assert!(on(Ink::OnAccent, Ink::Accent) >= 4.5 && on(Ink::OnBoundary, Ink::Boundary) >= 4.5);
            for stroke in
                [Ink::ProcessStroke, Ink::StoreStroke, Ink::EntityStroke, Ink::Boundary, Ink::Flow, Ink::Accent, Ink::Good]
            {
                assert!(on(stroke, Ink::Canvas) >= 3.0, "{theme:?} {stroke:?}");
            }
            for band in Band::ALL {
                assert!(on(Ink::OnRisk(*band), Ink::RiskFill(*band)) >= 4.5, "{band:?}");
                assert!(on(Ink::RiskOutline(*band), Ink::Canvas) >= 4.5, "{theme:?} {band:?}");
            }
        }
    }

    #[test]
    fn on_a_projector_words_and_strokes_stand_out_more() {
        let on = |ink, ground| Theme::Projector.color(ink).contrast(Theme::Projector.color(ground));
        for ink in [Ink::Text, Ink::Muted, Ink::BorderStrong, Ink::Flow, Ink::Accent, Ink::Good, Ink::Boundary] {
            assert!(on(ink, Ink::Canvas) >= 7.0 && on(ink, Ink::Panel) >= 7.0, "{ink:?}");
        }
        for stroke in [Ink::ProcessStroke, Ink::StoreStroke, Ink::EntityStroke] {
            assert!(on(stroke, Ink::Canvas) >= 7.0, "{stroke:?}");
        }
        for band in Band::ALL {
            assert!(on(Ink::RiskOutline(*band), Ink::Canvas) >= 7.0, "{band:?}");
            assert!(on(Ink::OnRisk(*band), Ink::RiskFill(*band)) >= 7.0, "{band:?}");
        }
    }

    #[test]
    fn words_of_chips_and_cards_stand_out_on_panels() {
        for theme in Theme::ALL {
            let on = |ink, ground| theme.color(ink).contrast(theme.color(ground));
            let glow = theme.color(Ink::Good);
            assert!(on(Ink::Good, Ink::Panel) >= 4.5 && on(Ink::Accent, Ink::Panel) >= 4.5, "{theme:?}");
            assert!(on(Ink::Text, Ink::AccentSoft) >= 4.5 && on(Ink::BorderStrong, Ink::Panel) >= 3.0, "{theme:?}");
            for band in Band::ALL {
                assert!(on(Ink::RiskOutline(*band), Ink::Panel) >= 4.5, "{theme:?} hollow pill {band:?}");
            }
            // A row that glows is its ground with a fifth of the colour over it.
            let mix = |a: u8, b: u8| (f32::from(a) * 0.8 + f32::from(b) * 0.2).round() as u8;
            let panel = theme.color(Ink::Panel);
            let glowing = Rgba(mix(panel.0, glow.0), mix(panel.1, glow.1), mix(panel.2, glow.2), 255);
            assert!(theme.color(Ink::Text).contrast(glowing) >= 4.5, "{theme:?} glowing row");
        }
    }

    #[test]
    fn risk_fills_keep_their_order_in_grey() {
        let lightness: Vec<f32> = Band::ALL.iter().map(|b| risk_fill(*b).luminance()).collect();
        assert!(lightness.windows(2).all(|w| w[0] < w[1]), "{lightness:?}");
    }
}
