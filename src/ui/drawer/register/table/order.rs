//! When rows have to be listed anew, and doing it.

use super::rating::rates_beside;
use super::{Listed, RegisterTable};
use crate::register::{Facts, Known, Listing, Register};
use crate::ui::ViewCx;

impl RegisterTable {
    /// Whether the threats stand where they would if they were listed anew: in their own order, and with none found or rated
    /// otherwise.
    pub(super) fn is_in_order(&self, cx: &ViewCx<'_>, listed: &Listed) -> bool {
        let is_plain = self.register == Register::Threats && Listing::is_plain(&self.view) && !rates_beside(cx);
        let is_same =
            self.listed.0.as_ref().is_some_and(|before| *before == Listed { content: before.content, ..listed.clone() });
        let live = cx.live.filter(|live| std::ptr::eq(live.assessment(), cx.assessment));
        let since = live.zip(self.found.as_ref()).and_then(|(live, found)| live.refound().since(found));
        is_plain && is_same && since.is_some_and(<[_]>::is_empty)
    }

    /// The rows listed anew. Threats in their own order need nothing known beforehand.
    pub(super) fn listing(&mut self, listed: &Listed, facts: &Facts<'_>) -> Listing {
        if self.register == Register::Threats && Listing::is_plain(&self.view) {
            return Listing::of(facts, self.register, &self.view);
        }
        let state = Some((listed.content, listed.seen, listed.ratings));
        if self.known.0 != state {
            self.known = (state, Known::of(facts, self.register));
        }
        Listing::among(&mut self.known.1, facts, self.register, &self.view)
    }
}
