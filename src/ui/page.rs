//! What docks need to know of a page: its sign, where it is at home, and how much room it wants.

use super::{Command, Page, Side};
use crate::text::icon::{self, Icon};

impl Page {
    /// Where it is until somebody moves it.
    pub fn home(self) -> Side {
        match self {
            Page::Structure | Page::Patterns | Page::Safeguards => Side::Left,
            Page::Inspector | Page::Assets | Page::People | Page::Assumptions | Page::Cards | Page::Notes => Side::Right,
            _ => Side::Bottom,
        }
    }

    /// Stands for its name where there is no room for that.
    pub fn icon(self) -> Icon {
        Command::Page(self).icon().unwrap_or(icon::TABLE)
    }

    /// Made for a narrow column: it needs little room and uses no more.
    fn is_column(self) -> bool {
        self.home() != Side::Bottom
    }

    /// Width in points below which it moves sideways instead of becoming narrower.
    pub fn least_width(self) -> f32 {
        match self {
            _ if self.is_column() => 0.0,
            Page::Guide | Page::Hygiene | Page::Questions => 420.0,
            _ => 860.0,
        }
    }

    /// Width in points beyond which it does not become wider.
    pub fn most_width(self) -> f32 {
        if self.is_column() { 640.0 } else { f32::INFINITY }
    }

    /// From this width on, in points, names of pages and its filters fit beside each other.
    pub fn wide(self) -> f32 {
        match self {
            // Registers have much to choose from, and always have a row for it.
            Page::Threats | Page::Vulnerabilities | Page::Agents | Page::Controls | Page::Inventory => f32::INFINITY,
            Page::History | Page::Compare => 1800.0,
            _ => 1560.0,
        }
    }

    /// Whether it has filters and buttons beside its rows.
    pub fn has_tools(self) -> bool {
        !self.is_column() && self != Page::Questions
    }
}
