//! When rows have to be listed anew, and doing it.

use super::rating::rates_beside;
use super::{Listed, RegisterTable};
use crate::model::Id;
use crate::register::{Facts, Known, Listing, Register, View};
use crate::ui::ViewCx;

impl RegisterTable {
    /// The places at which threats were found or rated otherwise since they were listed; `None` where more is another.
    pub(super) fn found_again<'a>(&self, cx: &ViewCx<'a>, listed: &Listed) -> Option<&'a [Id]> {
        let is_plain = self.register == Register::Threats && Listing::is_plain(&self.view) && !rates_beside(cx);
        let is_same =
            self.listed.0.as_ref().is_some_and(|before| *before == Listed { content: before.content, ..listed.clone() });
        let live = cx.live.filter(|live| is_plain && is_same && std::ptr::eq(live.assessment(), cx.assessment))?;
        live.refound().since(self.found.as_ref()?)
    }

    /// Whether the rows are filtered, sorted or grouped otherwise than they were listed last.
    pub(super) fn is_asked_otherwise(&self) -> bool {
        let asked = |view: &View| (view.query(), view.sort.clone(), view.group);
        self.listed.0.as_ref().is_some_and(|before| asked(&before.view) != asked(&self.view))
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
