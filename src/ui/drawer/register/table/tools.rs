//! What stands above the rows: chips, groups, columns, the quick filter.

use super::RegisterTable;
use crate::register::{Column, Facts, Op, Register, Term, Test};
use crate::text::icon;
use crate::ui::widgets::{caption, filter_chip, icon_button, named, optional_choice, removable_chip};
use crate::ui::{Action, Outbox};
use egui::{Popup, PopupCloseBehavior, Ui, vec2};

/// A filter that is on or off.
struct Chip {
    label: &'static str,
    about: &'static str,
    term: fn() -> Term,
}

/// The filters each register offers with one click.
fn chips(register: Register) -> &'static [Chip] {
    match register {
        Register::Threats => &[
            Chip { label: "Gaps", about: "Nothing recommended stands against it", term: || Term::word("gap") },
            Chip {
                label: "Medium and up",
                about: "At least Medium today",
                term: || Term::column("risk", Op::AtLeast, ["medium"]),
            },
            Chip { label: "Mine", about: "Owned by the author named in the preferences", term: || Term::word("mine") },
            Chip { label: "Crossing", about: "At flows that cross a trust boundary", term: || Term::word("crossing") },
            Chip { label: "Open", about: "Not decided", term: || Term::word("open") },
        ],
        Register::Controls => &[
            Chip { label: "Overdue", about: "Due before today and not done", term: || Term::word("overdue") },
            Chip { label: "Coming", about: "Not wholly there yet", term: || Term::word("coming") },
        ],
        Register::Vulnerabilities => &[Chip { label: "Open", about: "Not fixed", term: || Term::word("open") }],
        Register::Elements | Register::Boundaries | Register::Assets => {
            &[Chip { label: "Without owner", about: "Nobody owns it", term: || Term::word("unowned") }]
        }
        Register::Flows => &[Chip { label: "Crossing", about: "Crosses a trust boundary", term: || Term::word("crossing") }],
        Register::Assumptions => &[Chip { label: "Open", about: "Neither confirmed nor refuted", term: || Term::word("open") }],
        Register::People => &[Chip { label: "Late", about: "Something of theirs is overdue", term: || Term::word("overdue") }],
        Register::Agents | Register::Questions | Register::Notes => &[],
    }
}

impl RegisterTable {
    /// Everything above the rows, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, facts: &Facts<'_>, out: &mut Outbox) {
        let register = self.register;
        self.columns_ui(ui);
        self.group_ui(ui);
        self.search_ui(ui, facts, 200.0);
        if icon_button(ui, icon::COPY, &format!("Copy the {} as a table", register.label().to_lowercase())).clicked() {
            // One row is chosen by merely looking at it; several are meant.
            let chosen = if self.chosen.len() > 1 { None } else { Some(std::mem::take(&mut self.chosen)) };
            ui.ctx().copy_text(self.copied(facts, &self.listed.1));
            chosen.into_iter().for_each(|chosen| self.chosen = chosen);
        }
        let words = if self.dims { "Show the whole drawing" } else { "Dim the drawing to what is listed" };
        if register != Register::People && self.view.is_filtering() {
            let glyph = if self.dims { icon::EYE } else { icon::EYE_SLASH };
            if icon_button(ui, glyph, words).clicked() {
                self.dims = !self.dims;
                if !self.dims {
                    out.push(Action::Match(None));
                }
            }
        }
        let own = chips(register);
        for chip in own {
            let term = (chip.term)();
            let is_on = self.view.filters.terms.contains(&term);
            if filter_chip(ui, is_on, chip.label).on_hover_text(chip.about).clicked() {
                self.view.filters.toggle(&term);
            }
        }
        let others = self.view.filters.terms.iter().filter(|term| !own.iter().any(|chip| (chip.term)() == **term));
        let others: Vec<Term> = others.cloned().collect();
        for term in others {
            if removable_chip(ui, &told(register, &term), "Take this filter away") {
                self.view.filters.toggle(&term);
            }
        }
        if self.dims && !self.view.is_filtering() {
            self.dims = false;
            out.push(Action::Match(None));
        }
        if self.view.is_filtering() {
            let (shown, all) = self.shown();
            ui.label(caption(ui, format!("{shown} of {all}")));
        }
    }

    fn group_ui(&mut self, ui: &mut Ui) {
        let register = self.register;
        let columns = register.columns().iter().map(|(column, _)| *column).filter(|column| column.groups());
        let columns: Vec<(Column, String)> =
            columns.map(|column| (column, format!("By {}", register.heading(column).to_lowercase()))).collect();
        if columns.is_empty() {
            return;
        }
        ui.allocate_ui(vec2(112.0, 24.0), |ui| {
            let id = ("group", register);
            if let Some(group) = optional_choice(ui, id, "Groups", self.view.group.as_ref(), &columns, "No groups") {
                self.view.group = group;
                self.is_changed = true;
            }
        });
    }

    fn columns_ui(&mut self, ui: &mut Ui) {
        let register = self.register;
        let button = icon_button(ui, icon::TABLE, "Columns");
        let mut changed = false;
        Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            ui.set_width(180.0);
            egui::ScrollArea::vertical().max_height(420.0).show(ui, |ui| {
                for (column, _) in register.columns() {
                    let mut is_shown = self.view.shows(*column);
                    let label = register.heading(*column);
                    let is_free = *column != Column::Name;
                    let tick = ui.add_enabled(is_free, egui::Checkbox::new(&mut is_shown, label));
                    if named(tick, &format!("Column {label}")).changed() {
                        self.view.toggle_column(register, *column);
                        changed = true;
                    }
                }
            });
            ui.separator();
            if ui.button("Columns as usual").clicked() {
                self.view.reset_columns(register);
                changed = true;
            }
        });
        self.is_changed |= changed;
    }
}

/// A filter as people say it: "Level High, Low", "not overdue".
fn told(register: Register, term: &Term) -> String {
    let not = if term.is_negated { "not " } else { "" };
    match &term.test {
        Test::Word(word) => format!("{not}{word}"),
        Test::Quoted(text) => format!("{not}“{text}”"),
        Test::Column { key, op, values } => {
            let heading = Column::of(key).map_or(key.as_str(), |column| register.heading(column));
            let sign = if matches!(op, Op::Has | Op::Is) { String::new() } else { format!("{} ", op.sign()) };
            let values: Vec<&str> = values.iter().map(|v| if v == "none" { "nothing said" } else { v }).collect();
            format!("{heading} {not}{sign}{}", values.join(", "))
        }
    }
}
