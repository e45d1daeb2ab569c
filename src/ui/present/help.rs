//! Every key of the stage on one page, in columns.

use super::{Deed, Measure};
use crate::text::Face;
use crate::theme::Ink;
use crate::ui::{Command, Group, style};
use egui::{Align2, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Width of a column, and of its keys, in letters.
const COLUMN: f32 = 16.5;
const KEYS: f32 = 4.4;
/// What is no command of its own.
const MORE: [(&str, &str); 3] = [("K", "Laser"), ("Shift", "Spotlight"), ("Tab", "Select, to edit")];

/// What a key is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum About {
    Steps,
    Threats,
    Session,
    Showing,
}

impl About {
    const ALL: [(About, &str); 4] =
        [(About::Steps, "Steps"), (About::Threats, "Threats"), (About::Session, "Session"), (About::Showing, "Showing")];

    fn of(deed: Deed) -> About {
        match deed {
            Deed::Next | Deed::Back | Deed::NextPart | Deed::PartBefore | Deed::First | Deed::Last | Deed::Widen => About::Steps,
            Deed::KeepView | Deed::Filter | Deed::AddStep | Deed::Steps | Deed::Reviewed => About::Steps,
            Deed::ReadOn | Deed::ReadBack | Deed::ThreatDown | Deed::ThreatUp | Deed::Decide(_) | Deed::Score => About::Threats,
            Deed::Note | Deed::Owner | Deed::Disagree | Deed::Vote | Deed::Card | Deed::Flip => About::Threats,
            Deed::Park | Deed::People | Deed::Agenda | Deed::NextOnAgenda | Deed::BackOnAgenda | Deed::Pause => About::Session,
            Deed::Log | Deed::Close => About::Session,
            Deed::Scenarios | Deed::Beside | Deed::Pen | Deed::Presenter | Deed::Help | Deed::Leave => About::Showing,
        }
    }
}

pub(super) fn help_ui(ui: &mut Ui, m: Measure) {
    let mut parts: Vec<Vec<(String, &str)>> = Vec::new();
    for (about, title) in About::ALL {
        let mut rows = vec![(String::new(), title)];
        for command in Group::Stage.commands() {
            let Command::Stage(deed) = command else { continue };
            if About::of(deed) == about {
                let key = Command::all_keys(command, ui.ctx()).into_iter().next().unwrap_or_default();
                rows.push((short(&key), shorter(deed).unwrap_or(command.label())));
            }
        }
        if about == About::Showing {
            rows.extend(MORE.map(|(key, label)| (key.to_owned(), label)));
        }
        parts.push(rows);
    }
    let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let em = m.letters(24.0);
    let rows = parts.concat();
    // Each part has a column of its own where there is room for all of them, else they follow each other.
    let columns: Vec<&[(String, &str)]> = if rect.width() > em * COLUMN * parts.len() as f32 {
        parts.iter().map(Vec::as_slice).collect()
    } else {
        let many = ((rect.width() / (em * COLUMN)) as usize).max(1);
        rows.chunks(rows.len().div_ceil(many)).collect()
    };
    let longest = columns.iter().map(|column| column.len()).max().unwrap_or(1);
    let pitch = (rect.height() / longest as f32).min(em * 2.0);
    let width = rect.width() / columns.len() as f32;
    let (text, accent) = (style::ink(ui, Ink::Text), style::ink(ui, Ink::Accent));
    for (n, column) in columns.iter().enumerate() {
        for (line, (key, label)) in column.iter().enumerate() {
            let at = rect.left_top() + vec2(n as f32 * width, (line as f32 + 0.5) * pitch);
            if key.is_empty() {
                ui.painter().text(at, Align2::LEFT_CENTER, label, m.font(Face::Bold, 26.0), text);
                continue;
            }
            let key_font = m.font(Face::Mono, 24.0);
            ui.painter().text(at + vec2(em * (KEYS - 0.6), 0.0), Align2::RIGHT_CENTER, key, key_font, accent);
            let room = width - em * (KEYS + 0.5);
            let words = crate::ui::widgets::elided(ui, label, m.font(Face::Regular, 24.0), text, room);
            ui.painter().galley(pos2(at.x + em * KEYS, at.y - words.size().y / 2.0), words, text);
        }
    }
    let all = ui.interact(rect, ui.id().with("keys"), Sense::hover());
    all.widget_info(|| {
        let said: Vec<String> = rows.iter().map(|(key, label)| format!("{label} {key}")).collect();
        WidgetInfo::labeled(WidgetType::Label, true, format!("Keys of the stage: {}", said.join(", ")))
    });
}

/// What there is no room to say at length.
fn shorter(deed: Deed) -> Option<&'static str> {
    Some(match deed {
        Deed::KeepView => "Keep this view, or not",
        Deed::Filter => "Threats it brings up",
        Deed::AddStep => "A step of what is seen",
        Deed::Flip => "Today, planned, before",
        Deed::Pause => "Stop the clock, or go on",
        Deed::Close => "Close, with a summary",
        Deed::Beside => "Flip, side by side, off",
        _ => return None,
    })
}

/// As it is printed on keyboards.
fn short(keys: &str) -> String {
    let sign = |word| match word {
        "Shift" => "⇧",
        "PageDown" => "PgDn",
        "PageUp" => "PgUp",
        "Right" => "→",
        "Left" => "←",
        "Down" => "↓",
        "Up" => "↑",
        "Backslash" => "\\",
        "Semicolon" => ";",
        "Enter" => "⏎",
        "Escape" => "Esc",
        "Space" => "␣",
        word => word,
    };
    keys.split(' ').map(sign).collect::<Vec<_>>().join(" ")
}
