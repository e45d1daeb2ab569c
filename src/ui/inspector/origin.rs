//! Where a value comes from: a small sign between its label and its field, and the whole of it under the pointer.

use crate::library::{AgentPreset, Library};
use crate::model::{AgentKind, Asset, Element, Flow, Initiator, ThreatAgent, ThreatModel, VulnerabilityStatus};
use crate::text::Face;
use crate::text::icon::{self, Icon};
use crate::theme::Ink;
use crate::ui::widgets::{LABEL, labelled};
use crate::ui::{fonts, style};
use egui::{Align2, Rect, Sense, Ui, WidgetInfo, WidgetType, pos2};

/// Where a value comes from, with more about it where there is more to say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Origin {
    /// Somebody said so.
    Set,
    /// A technology says so.
    Tag(String),
    /// It follows from other values.
    Derived(String),
    /// It is taken to be so as long as nobody says otherwise.
    Assumed(String),
    /// Nobody said; what that means.
    Unknown(String),
    /// Of several things at once, what asks for attention first.
    Several(Vec<Origin>),
}

impl Origin {
    /// Set where there is something, else not known.
    pub fn of(is_set: bool, otherwise: &str) -> Origin {
        if is_set { Origin::Set } else { Origin::Unknown(otherwise.to_owned()) }
    }

    /// Of several things: where all agree as for one, else each with its number.
    pub fn of_all(origins: impl IntoIterator<Item = Origin>) -> Origin {
        let mut all: Vec<Origin> = origins.into_iter().collect();
        all.sort_by_key(|origin| std::cmp::Reverse(origin.urgency()));
        match all.first() {
            Some(first) if all.iter().all(|origin| origin == first) => first.clone(),
            _ => Origin::Several(all),
        }
    }

    /// How much it asks for attention.
    fn urgency(&self) -> u8 {
        match self {
            Origin::Set => 0,
            Origin::Tag(_) => 1,
            Origin::Derived(_) => 2,
            Origin::Assumed(_) => 3,
            Origin::Unknown(_) => 4,
            Origin::Several(all) => all.first().map_or(0, Origin::urgency),
        }
    }

    fn icon(&self) -> Icon {
        match self {
            Origin::Set => icon::PENCIL_SIMPLE,
            Origin::Tag(_) => icon::TAG,
            Origin::Derived(_) => icon::GEAR,
            Origin::Assumed(_) => icon::CIRCLE_DASHED,
            Origin::Unknown(_) => icon::QUESTION,
            Origin::Several(all) => all.first().map_or(icon::PENCIL_SIMPLE, Origin::icon),
        }
    }

    /// In a word or two, for counting.
    fn short(&self) -> &'static str {
        match self {
            Origin::Set | Origin::Several(_) => "set here",
            Origin::Tag(_) => "by technology",
            Origin::Derived(_) => "worked out",
            Origin::Assumed(_) => "assumed",
            Origin::Unknown(_) => "not stated",
        }
    }

    /// As it goes on after the name of the value.
    pub fn words(&self) -> String {
        match self {
            Origin::Set => "set here".to_owned(),
            Origin::Tag(of) => format!("by the technology {of}"),
            Origin::Derived(from) => format!("worked out {from}"),
            Origin::Assumed(as_what) => format!("assumed, {as_what}"),
            Origin::Unknown(then) => format!("not stated; {then}"),
            Origin::Several(all) => {
                let counted = all.chunk_by(|a, b| a.short() == b.short());
                let counted = counted.filter_map(|alike| Some(format!("{} {}", alike.len(), alike.first()?.short())));
                counted.collect::<Vec<_>>().join(", ")
            }
        }
    }

    /// Layer of an element.
    pub fn of_layer(element: &Element, library: &Library) -> Origin {
        let by = |tag: &&String| library.tags.layer([*tag]).is_some();
        match (element.layer, element.tags.iter().find(by)) {
            (Some(_), _) => Origin::Set,
            (None, Some(tag)) => Origin::Tag(library.tags.label(tag).to_owned()),
            (None, None) => Origin::Assumed(format!("as usual for a {}", element.kind.label().to_lowercase())),
        }
    }

    /// Who opens the connection of a flow.
    pub fn of_initiator(flow: &Flow) -> Origin {
        match flow.initiator {
            Initiator::Source => Origin::Assumed("as usual".to_owned()),
            Initiator::Destination => Origin::Set,
        }
    }

    /// What agents of a kind usually are is taken over from the library; what differs somebody said.
    fn as_usual<'a>(library: &'a Library, agent: &ThreatAgent, is_same: impl Fn(&'a AgentPreset) -> bool) -> Origin {
        let mut presets = library.agents.iter().filter(|preset| preset.kind == agent.kind);
        match presets.any(is_same) {
            true => Origin::Assumed(format!("as usual for this kind: {}", agent.kind.label().to_lowercase())),
            false => Origin::Set,
        }
    }

    /// How able an agent is, and how determined.
    pub fn of_level(library: &Library, agent: &ThreatAgent, level: impl Fn(&AgentPreset) -> u8, is: u8, usual: u8) -> Origin {
        match agent.kind {
            AgentKind::Other if is == usual => Origin::Assumed(format!("a middling {usual}")),
            _ => Origin::as_usual(library, agent, |preset| level(preset) == is),
        }
    }

    /// What an agent gets at.
    pub fn of_access(library: &Library, agent: &ThreatAgent) -> Origin {
        match agent.access.is_empty() {
            true => Origin::Unknown("without any, nothing is within its reach".to_owned()),
            false => Origin::as_usual(library, agent, |preset| preset.access == agent.access),
        }
    }

    /// Where an agent starts.
    pub fn of_starts(library: &Library, model: &ThreatModel, agent: &ThreatAgent) -> Origin {
        let mut presets = library.agents.iter().filter(|preset| preset.kind == agent.kind);
        if agent.starts.is_empty() {
            Origin::Unknown("its ways begin where anybody gets in".to_owned())
        } else if presets.any(|preset| library.agent(model, preset).starts == agent.starts) {
            Origin::Derived("from where this kind usually starts".to_owned())
        } else {
            Origin::Set
        }
    }

    /// What is known of a vulnerability.
    pub fn of_status(status: VulnerabilityStatus) -> Origin {
        match status {
            VulnerabilityStatus::Suspected => Origin::Assumed("as long as nobody confirms it".to_owned()),
            _ => Origin::Set,
        }
    }

    /// What an asset is worth to those it is about.
    pub fn of_privacy(asset: &Asset) -> Origin {
        match asset.p {
            Some(_) => Origin::Set,
            None if asset.is_personal() => {
                Origin::Derived(format!("as {}: it is about people, so as much as confidentiality", asset.c))
            }
            None => Origin::Derived("as 0: its kinds are not about people".to_owned()),
        }
    }
}

/// A label with where its value comes from, and then the field.
pub(super) fn labelled_from<R>(ui: &mut Ui, label: &str, origin: &Origin, field: impl FnOnce(&mut Ui) -> R) -> R {
    let start = ui.cursor().min;
    let inner = labelled(ui, label, field);
    let height = ui.spacing().interact_size.y;
    let rect = Rect::from_min_max(start, pos2(start.x + LABEL, start.y + height));
    let response = ui.interact(rect, ui.id().with(("origin", label)), Sense::hover());
    let said = format!("{label}: {}", origin.words());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &said));
    let ink = if origin.urgency() == 4 { Ink::Accent } else { Ink::Muted };
    let at = pos2(rect.right() - 3.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, origin.icon(), fonts::font(Face::Icon, 12.0), style::ink(ui, ink));
    response.on_hover_text(said);
    inner
}
