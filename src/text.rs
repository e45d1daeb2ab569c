//! Text measured and shaped in the core, from the bundled fonts, so that screen, layout and paper agree.

mod breaking;
mod direction;
mod house;
pub mod icon;
mod outline;
mod shaping;
mod wrapping;

pub use breaking::{breaks, syllables};
pub use direction::{FROM_LEFT, FROM_RIGHT, is_mark, is_right_to_left, turns, visual};
pub use house::load;
pub use icon::Icon;
pub use outline::outlines;
pub use shaping::{Glyph, measured, shape, width};
pub use wrapping::{ellipsize, pieces, wrap};

/// The words with a capital at the front.
pub fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// With a small letter at the front, unless the word is an abbreviation or name with more capitals.
pub fn lower_first(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second.is_whitespace() => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => words.to_owned(),
    }
}

/// A bundled font, or one that was read while the program runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Inter Regular.
    Regular,
    /// Inter Bold.
    Bold,
    /// JetBrains Mono.
    Mono,
    /// Phosphor outline icons.
    Icon,
    /// Phosphor filled icons.
    IconFill,
    /// DejaVu Sans, for what the others lack.
    Symbols,
    /// A font of a house, by its place among those that were read ([`load`]).
    House(u8),
}

impl Face {
    /// The bundled ones.
    pub const ALL: &'static [Face] = &[Face::Regular, Face::Bold, Face::Mono, Face::Icon, Face::IconFill, Face::Symbols];

    /// The font file.
    pub fn bytes(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("../assets/fonts/Inter-Regular.otf"),
            Face::Bold => include_bytes!("../assets/fonts/Inter-Bold.otf"),
            Face::Mono => include_bytes!("../assets/fonts/JetBrainsMono-Regular.ttf"),
            Face::Icon => include_bytes!("../assets/fonts/Phosphor-Regular.ttf"),
            Face::IconFill => include_bytes!("../assets/fonts/Phosphor-Fill.ttf"),
            Face::Symbols => include_bytes!("../assets/fonts/DejaVuSans.ttf"),
            Face::House(n) => house::of(n).map_or(&[], |font| font.bytes),
        }
    }

    /// Name for the font systems of painters.
    pub fn name(self) -> &'static str {
        match self {
            Face::Regular => "Inter",
            Face::Bold => "Inter Bold",
            Face::Mono => "JetBrains Mono",
            Face::Icon => "Phosphor",
            Face::IconFill => "Phosphor Fill",
            Face::Symbols => "DejaVu Sans",
            Face::House(n) => house::of(n).map_or("House", |font| font.name),
        }
    }

    /// Height of capitals over the em size: what centres a line optically.
    pub fn cap_height(self) -> f32 {
        match self {
            Face::Regular | Face::Bold => 0.727,
            Face::Mono | Face::Symbols => 0.73,
            Face::Icon | Face::IconFill => 1.0,
            Face::House(n) => house::of(n).map_or(0.73, |font| font.cap_height),
        }
    }
}
