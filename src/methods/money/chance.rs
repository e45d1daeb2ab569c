//! Draws from a seed: the same seed draws the same on every machine of a kind.

use crate::model::Pert;

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(super) struct Chance(u64);

impl Chance {
    pub fn seeded(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.0)
    }

    /// Evenly from 0 (never 0 itself) to 1.
    pub fn even(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Log-normal with mean 1.
    pub fn activity(&mut self, spread: f64) -> f64 {
        if spread <= 0.0 {
            return 1.0;
        }
        let normal = (-2.0 * self.even().ln()).sqrt() * (std::f64::consts::TAU * self.even()).cos();
        (spread * normal - spread * spread / 2.0).exp()
    }

    /// How many events of a mean number happen (Poisson, by Knuth's product over pieces).
    pub fn events(&mut self, mean: f64) -> usize {
        const PIECE: f64 = 30.0;
        let (mut left, mut events) = (mean.min(1e6), 0);
        while left > 0.0 {
            let floor = (-left.min(PIECE)).exp();
            left -= PIECE;
            let mut product = self.even();
            while product > floor {
                events += 1;
                product *= self.even();
            }
        }
        events
    }
}

/// The mixing step of SplitMix64, also for hashes.
pub(super) fn mixed(word: u64) -> u64 {
    let mut z = word;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The PERT distribution between 0 and 1, as a table of quantiles.
pub(super) struct Shape {
    quantiles: Vec<f64>,
}

impl Shape {
    const CELLS: usize = 4096;

    /// Of a mode between 0 and 1: a beta distribution with α = 1 + 4·mode, β = 5 − 4·mode.
    pub fn of(mode: f64) -> Shape {
        let cells = Shape::CELLS * 4;
        let density = |x: f64| x.powf(4.0 * mode) * (1.0 - x).powf(4.0 - 4.0 * mode);
        let mut below = Vec::with_capacity(cells + 1);
        let mut sum = 0.0;
        below.push(0.0);
        for cell in 0..cells {
            sum += density((cell as f64 + 0.5) / cells as f64);
            below.push(sum);
        }
        let mut quantiles = Vec::with_capacity(Shape::CELLS + 1);
        let mut cell = 0usize;
        for n in 0..=Shape::CELLS {
            let wanted = sum * n as f64 / Shape::CELLS as f64;
            while cell + 1 < cells && below.get(cell + 1).is_some_and(|b| *b < wanted) {
                cell += 1;
            }
            let (low, high) = (below.get(cell).copied().unwrap_or_default(), below.get(cell + 1).copied().unwrap_or(sum));
            let inside = if high > low { (wanted - low) / (high - low) } else { 0.0 };
            quantiles.push((cell as f64 + inside.clamp(0.0, 1.0)) / cells as f64);
        }
        Shape { quantiles }
    }

    /// Where the mode of an estimate lies between its ends.
    pub fn mode(loss: &Pert) -> f64 {
        let wide = loss.max - loss.min;
        if wide > 0.0 { ((loss.mode - loss.min) / wide).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// A value between 0 and 1.
    pub fn draw(&self, chance: &mut Chance) -> f64 {
        let at = chance.even() * Shape::CELLS as f64;
        let (cell, inside) = (at as usize, at.fract());
        let low = self.quantiles.get(cell).copied().unwrap_or_default();
        let high = self.quantiles.get(cell + 1).copied().unwrap_or(1.0);
        low + (high - low) * inside
    }
}
