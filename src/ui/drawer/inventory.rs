//! The registers of what the model is made of: elements, flows, boundaries, assets, assumptions, people, notes.

use super::register::table::{Tables, facts};
use crate::edit::Edit;
use crate::model::{Asset, Assumption, Key, Person};
use crate::register::{Register, Row};
use crate::text::icon;
use crate::tool::Tool;
use crate::ui::widgets::{icon_button, segmented};
use crate::ui::{Command, Outbox, ViewCx};
use egui::{Align, Layout, Ui, vec2};

const REGISTERS: &[(Register, &str)] = &[
    (Register::Elements, "Elements"),
    (Register::Flows, "Flows"),
    (Register::Boundaries, "Boundaries"),
    (Register::Assets, "Assets"),
    (Register::Assumptions, "Assumptions"),
    (Register::People, "People"),
    (Register::Notes, "Notes"),
];

pub struct InventoryPage {
    pub shown: Register,
}

impl Default for InventoryPage {
    fn default() -> InventoryPage {
        InventoryPage { shown: Register::Elements }
    }
}

impl InventoryPage {
    /// Which of them, and what belongs to it, from the right.
    pub fn tools_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        tables.of(self.shown).tools_ui(ui, &facts(cx), out);
        let new = match self.shown {
            Register::Assets => Some("New asset"),
            Register::Assumptions => Some("New assumption"),
            Register::People => Some("New person"),
            _ => None,
        };
        if let Some(new) = new
            && icon_button(ui, icon::PLUS, new).clicked()
        {
            let id = out.fresh_id();
            let (key, edit) = match self.shown {
                Register::Assets => {
                    let key = Key::Asset(id);
                    (key.clone(), Edit::put(key, Asset { name: new.into(), ..Asset::default() }))
                }
                Register::Assumptions => {
                    let key = Key::Assumption(id);
                    (key.clone(), Edit::put(key, Assumption { text: new.into(), ..Assumption::default() }))
                }
                _ => {
                    let key = Key::Person(id);
                    (key.clone(), Edit::put(key, Person { name: new.into(), ..Person::default() }))
                }
            };
            out.commit(edit);
            tables.of(self.shown).choose(Some(Row::Record(key)));
        }
        // What is left, from the left.
        let room = ui.available_width();
        ui.allocate_ui_with_layout(vec2(room, 24.0), Layout::left_to_right(Align::Center), |ui| {
            if let Some(register) = segmented(ui, "Register", self.shown, REGISTERS) {
                self.shown = register;
            }
        });
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, tables: &mut Tables, out: &mut Outbox) {
        let keys = |of: std::ops::Range<usize>| Command::any_of(Command::MAKING.get(of).unwrap_or_default(), ui.ctx());
        let empty = match self.shown {
            Register::Elements => format!("No elements yet. Press {} over the canvas.", keys(0..3)),
            Register::Flows => "No flows yet. Draw one from the edge of an element to another.".to_owned(),
            Register::Boundaries => format!("No trust boundaries yet. Select elements and press {}.", keys(3..4)),
            Register::Assets => "No assets yet. Say what is worth protecting with the + above, or in the inspector.".to_owned(),
            Register::Assumptions => "Nothing is taken for granted yet. Note it with the + above.".to_owned(),
            Register::Notes => {
                let key = Command::any_of(&[Command::Tool(Tool::Note)], ui.ctx());
                format!("No notes yet. Press {key} over the canvas to write one.")
            }
            _ => "Nobody yet. Name who takes part with the + above, or as the owner of something.".to_owned(),
        };
        tables.of(self.shown).ui(ui, cx, &mut |_, _| None, &empty, out);
    }
}

/// How many elements and flows there are.
pub fn count(cx: &ViewCx<'_>) -> String {
    super::counted(Some(cx.model.elements.len() + cx.model.flows.len()))
}
