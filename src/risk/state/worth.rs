//! What it means where an asset is handled that it is worth something else.

use super::State;
use super::items::{Anchor, AssetIx, AssetState};
use crate::model::Dimension;

/// Utilities this close may be equal, rounded.
const CLOSE: f64 = 1e-9;

/// A set of dimensions, a bit each.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::risk) struct Dimensions(u8);

impl Dimensions {
    pub fn that(holds: impl Fn(Dimension) -> bool) -> Dimensions {
        let bits = Dimension::ALL.iter().zip(0..).filter(|(d, _)| holds(**d)).map(|(_, bit)| 1 << bit);
        Dimensions(bits.fold(0, |all, bit: u8| all | bit))
    }

    pub fn meets(self, other: Dimensions) -> bool {
        self.0 & other.0 != 0
    }
}

/// How the assets handled at an item became others.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::risk) struct Revalued {
    /// One of them is of another kind.
    pub kinds: bool,
    /// Dimensions in which one of them has another value.
    pub changed: Dimensions,
    /// Those of them in which it is, or was, the one that decides what is at stake of all.
    pub decided: Dimensions,
}

impl Revalued {
    pub const NONE: Revalued = Revalued { kinds: false, changed: Dimensions(0), decided: Dimensions(0) };

    /// True when one reads what the other says is another now.
    pub fn meets(&self, other: &Revalued) -> bool {
        self.kinds && other.kinds || self.changed.meets(other.changed)
    }

    pub fn take_in(&mut self, other: Revalued) {
        self.kinds |= other.kinds;
        self.changed.0 |= other.changed.0;
        self.decided.0 |= other.decided.0;
    }
}

impl State<'_> {
    /// What it means at an anchor that the asset was like this and is like that.
    pub(super) fn revalued(&self, anchor: Anchor, asset: AssetIx, was: &AssetState, is: &AssetState) -> Revalued {
        let changed = |d| was.value(d) != is.value(d);
        let decides = |d| self.may_decide(anchor, asset, was, d) || self.may_decide(anchor, asset, is, d);
        Revalued {
            kinds: was.kinds != is.kinds,
            changed: Dimensions::that(changed),
            decided: Dimensions::that(|d| changed(d) && decides(d)),
        }
    }

    /// Whether the asset, being like this, sets what is at stake of everything handled there: the first of the most
    /// valuable ones does ([`stakes`](crate::risk::score::stakes)). True where rounding might have a say.
    fn may_decide(&self, anchor: Anchor, asset: AssetIx, like: &AssetState, dimension: Dimension) -> bool {
        let calibration = &self.library.calibration;
        let worth = |a: AssetIx, like: &AssetState| {
            let custody = if self.keeps(anchor, a) { 1.0 } else { calibration.custody };
            (calibration.utility_of(like.value(dimension)), custody)
        };
        let own = worth(asset, like);
        let mut is_before = true;
        own.0 > 0.0
            && self.handles(anchor).iter().all(|other| {
                if *other == asset {
                    is_before = false;
                    return true;
                }
                let other = worth(*other, self.asset(*other));
                let is_less = other.0 * other.1 <= own.0 * own.1 + CLOSE;
                is_less && !(is_before && other == own)
            })
    }
}
