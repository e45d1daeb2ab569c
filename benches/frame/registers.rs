//! The register of threats with ten thousand rows in the whole window: looked at, scrolled, narrowed down, sorted, grouped.

use crate::clock::CpuTime;
use crate::whole::{Whole, button, key};
use crate::{is_wanted, measure};
use criterion::Criterion;
use egui::{Event, Key, Modifiers, Pos2, vec2};
use std::time::Duration;

/// Rows there are at least.
const ROWS: usize = 10_000;
/// Elements and flows that have so many threats.
const SIZE: (usize, usize) = (1_000, 1_500);
const LIMIT: &str = "≤ 16 ms";

pub fn registers(c: &mut Criterion<CpuTime>) {
    let name = |what: &str| format!("registers of 10,000 threats, {what}");
    let [still, scrolling, walking, typing, sorting, grouping] =
        ["nothing moves", "scrolling", "a row on by key", "typing a filter", "sorting", "filter by a chip"].map(name);
    if ![&still, &scrolling, &walking, &typing, &sorting, &grouping].into_iter().any(|name| is_wanted(name)) {
        return;
    }
    let mut whole = Whole::new(SIZE.0, SIZE.1, &[]);
    let rows = whole.app().assessment().findings.len();
    assert!(rows >= ROWS, "{rows} threats");
    let [filter, title, score, chip] =
        ["Filter threats", "Sort by threat", "Sort by current", "Crossing"].map(|l| whole.place(l));
    let table = title + vec2(0.0, 40.0);
    let limit = format!("{LIMIT}, {rows} rows");
    measure(c, &still, &limit, |_| whole.frame(Vec::new()));
    whole.frame(vec![Event::PointerMoved(table)]);
    measure(c, &scrolling, &limit, |n| {
        let by = if (n / 200).is_multiple_of(2) { -90.0 } else { 90.0 };
        whole.frame(vec![crate::scroll(vec2(0.0, by))])
    });
    whole.click(table);
    measure(c, &walking, &limit, |n| {
        let which = if (n / 200).is_multiple_of(2) { Key::ArrowDown } else { Key::ArrowUp };
        whole.press(which)
    });
    // Letter by letter, and away again: each narrows the rows down anew.
    whole.click(filter);
    let words = "data crossing";
    measure(c, &typing, &limit, |n| {
        let at = n as usize % (2 * words.len());
        match words.get(at..at + 1) {
            Some(letter) => whole.after(vec![Event::Text(letter.to_owned())]),
            None => whole.press(Key::Backspace),
        }
    });
    whole.press(Key::Escape);
    whole.press(Key::Escape);
    measure(c, &sorting, &limit, |n| whole.click(if n.is_multiple_of(2) { title } else { score }));
    measure(c, &grouping, &limit, |_| whole.click(chip));
}

impl Whole {
    /// The middle of a control by its name, which screen readers are told.
    fn place(&mut self, name: &str) -> Pos2 {
        let ctx = self.window.ctx.clone();
        ctx.enable_accesskit();
        self.frame(Vec::new());
        self.frame(Vec::new());
        let nodes = self.window.nodes.take().map(|update| update.nodes).unwrap_or_default();
        ctx.disable_accesskit();
        let found = nodes.iter().find(|(_, node)| node.label() == Some(name)).and_then(|(_, node)| node.bounds());
        let bounds = found.unwrap_or_else(|| panic!("nothing is called {name}"));
        Pos2::new(((bounds.x0 + bounds.x1) / 2.0) as f32, ((bounds.y0 + bounds.y1) / 2.0) as f32)
    }

    /// The dearest of the frame with these events and the two after it, in which what they ask for is done.
    fn after(&mut self, events: Vec<Event>) -> Duration {
        let first = self.frame(events);
        first.max(self.frame(Vec::new())).max(self.frame(Vec::new()))
    }

    fn click(&mut self, at: Pos2) -> Duration {
        let down = self.frame(vec![Event::PointerMoved(at), button(at, true)]);
        down.max(self.after(vec![button(at, false)]))
    }

    fn press(&mut self, which: Key) -> Duration {
        let down = self.frame(vec![key(which, true, Modifiers::NONE)]);
        down.max(self.after(vec![key(which, false, Modifiers::NONE)]))
    }
}
