//! Five minutes around a sample: a small window that shows one thing after the other, on the model itself.

use super::widgets::{bold, caption, key_cap, named, primary_button};
use super::{Action, Command, Layout, Outbox, Page, Seen, Side, ViewCx};
use crate::tool::Selection;
use egui::{Align2, Context, Id, Key, KeyboardShortcut, Modifiers, Window, vec2};

/// What a stop brings before one's eyes.
#[derive(Clone, Copy)]
enum Shows {
    Everything,
    /// The element with the greatest risk.
    Worst,
    /// The greatest threat.
    Threat,
    Run(Command),
}

/// A stop: what it is called, what is said, what it shows, and the command to try there.
struct Stop {
    title: &'static str,
    says: &'static str,
    shows: Shows,
    tries: Option<Command>,
}

const STOPS: &[Stop] = &[
    Stop {
        title: "A system, drawn",
        says: "Processes, stores and people outside, with the data that flows between them. Dashed red lines are trust \
               boundaries: where they are crossed, somebody has to check. The coloured badges count threats; nobody typed them.",
        shows: Shows::Everything,
        tries: Some(Command::Legend),
    },
    Stop {
        title: "What threatens one part",
        says: "This part has the most to lose. Its card lists its threats, the worst first. With M, A, X and R they are \
               mitigated, accepted, ruled out or transferred, without leaving the diagram.",
        shows: Shows::Worst,
        tries: None,
    },
    Stop {
        title: "Why this number",
        says: "Every number can be taken apart. In the inspector, “Why” shows each factor and where it comes from: a zone, an \
               asset, an agent, a missing control. Click a factor to go there.",
        shows: Shows::Threat,
        tries: None,
    },
    Stop {
        title: "What is not known yet",
        says: "Nothing is guessed silently. What nobody stated is asked here, the most telling question first. Answer with one \
               key and watch the risk move.",
        shows: Shows::Run(Command::Page(Page::Questions)),
        tries: Some(Command::NextQuestion),
    },
    Stop {
        title: "Before, today, planned",
        says: "Look at the same model with what is planned carried out. The strip above says how much that takes off; nothing is \
               changed by looking.",
        shows: Shows::Run(Command::See(Seen::Planned)),
        tries: Some(Command::See(Seen::Today)),
    },
    Stop {
        title: "What to do next",
        says: "Which controls bring most for their cost? The list weighs every one of the library against this model. “Try things \
               out” lets you drop them on the diagram first and decide afterwards.",
        shows: Shows::Run(Command::Page(Page::WhatIf)),
        tries: Some(Command::StartTrial),
    },
    Stop {
        title: "Drawing your own",
        says: "Press {make} where the pointer is, type a name, and Ctrl with an arrow for the next one. Patterns at the left \
               bring whole parts of systems. Every step can be undone.",
        shows: Shows::Run(Command::Layout(Layout::Sketching)),
        tries: Some(Command::New),
    },
    Stop {
        title: "Handing it over",
        says: "One key makes the report, for the board, for engineers or for a client. All of it stays on this computer.",
        shows: Shows::Run(Command::Layout(Layout::Analysing)),
        tries: Some(Command::Report),
    },
];

#[derive(Default)]
pub struct Tour {
    /// The stop one is at, and whether it has been shown.
    at: Option<(usize, bool)>,
}

impl Tour {
    pub fn start(&mut self) {
        self.at = Some((0, false));
    }

    pub fn ui(&mut self, ctx: &Context, cx: &ViewCx<'_>, out: &mut Outbox) {
        let Some((at, is_shown)) = self.at.filter(|_| cx.is_open) else {
            self.at = None;
            return;
        };
        let Some(stop) = STOPS.get(at) else { return self.at = None };
        if !is_shown {
            show(stop.shows, cx, out);
            self.at = Some((at, true));
        }
        let (mut to, last) = (None, at + 1 == STOPS.len());
        let window = Window::new(stop.title).id(Id::new("tour")).title_bar(false).collapsible(false).resizable(false);
        // The keys that step through a session: those of the canvas are left to it.
        let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        if pressed(Key::PageDown) {
            to = Some(at + 1);
        }
        if at > 0 && pressed(Key::PageUp) {
            to = Some(at - 1);
        }
        window.anchor(Align2::LEFT_BOTTOM, corner(cx)).show(ctx, |ui| {
            ui.set_width(360.0);
            ui.label(bold(stop.title).size(15.0));
            ui.add_space(4.0);
            let make = Command::any_of(Command::MAKING.get(..3).unwrap_or_default(), ui.ctx());
            ui.add(egui::Label::new(stop.says.replace("{make}", &make)).wrap());
            ui.add_space(6.0);
            if let Some(command) = stop.tries.filter(|c| c.enabled(cx)) {
                ui.horizontal(|ui| {
                    ui.label(caption(ui, format!("Try: {}", command.label())));
                    command.keys(ui.ctx()).into_iter().for_each(|keys| key_cap(ui, &keys));
                });
                ui.add_space(4.0);
            }
            ui.horizontal(|ui| {
                if primary_button(ui, if last { "Done" } else { "Next" }).clicked() {
                    to = Some(at + 1);
                }
                if at > 0 && ui.button("Back").clicked() {
                    to = Some(at - 1);
                }
                key_cap(ui, &ui.ctx().format_shortcut(&KeyboardShortcut::new(Modifiers::NONE, Key::PageDown)));
                ui.label(caption(ui, format!("{} of {}", at + 1, STOPS.len())));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if !last && named(ui.button("Leave"), "Leave the tour").clicked() {
                        to = Some(STOPS.len());
                    }
                });
            });
        });
        if let Some(to) = to {
            if cx.seen != Seen::Today {
                out.run(Command::See(Seen::Today));
            }
            self.at = (to < STOPS.len()).then_some((to, false));
        }
    }
}

/// The lower left of the canvas, above its hints: what it speaks of is in the middle or in a panel.
fn corner(cx: &ViewCx<'_>) -> egui::Vec2 {
    let taken = |side: Side| Some(cx.docks.dock(side)).filter(|dock| dock.is_open).map_or(0.0, |dock| dock.size);
    vec2(taken(Side::Left) + 12.0, -taken(Side::Bottom) - 76.0)
}

fn show(what: Shows, cx: &ViewCx<'_>, out: &mut Outbox) {
    match what {
        Shows::Everything => {
            out.push(Action::Select(Selection::default()));
            out.run(Command::ZoomFit);
        }
        Shows::Worst => {
            let here = cx.assessment.elements.iter().filter(|(id, _)| cx.layout.boxes.contains_key(*id));
            if let Some((id, _)) = here.max_by(|a, b| a.1.risk.load.total_cmp(&b.1.risk.load)) {
                out.push(Action::Select(Selection::one(id.clone())));
                out.push(Action::Reveal(id.clone()));
            }
        }
        Shows::Threat => {
            if let Some(finding) = cx.assessment.ranked().into_iter().next() {
                out.push(Action::ShowThreat(finding.key.clone()));
            }
        }
        Shows::Run(command) => out.run(command),
    }
}
