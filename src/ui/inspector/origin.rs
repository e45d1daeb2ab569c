//! Where a value comes from: a small sign between its label and its field, and the whole of it under the pointer.

use crate::library::Library;
use crate::model::{Asset, Element, Flow, Initiator};
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
}

impl Origin {
    /// Set where there is something, else not known.
    pub fn of(is_set: bool, otherwise: &str) -> Origin {
        if is_set { Origin::Set } else { Origin::Unknown(otherwise.to_owned()) }
    }

    fn icon(&self) -> Icon {
        match self {
            Origin::Set => icon::PENCIL_SIMPLE,
            Origin::Tag(_) => icon::TAG,
            Origin::Derived(_) => icon::GEAR,
            Origin::Assumed(_) => icon::CIRCLE_DASHED,
            Origin::Unknown(_) => icon::QUESTION,
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
    let ink = if matches!(origin, Origin::Unknown(_)) { Ink::Accent } else { Ink::Muted };
    let at = pos2(rect.right() - 3.0, rect.center().y);
    ui.painter().text(at, Align2::CENTER_CENTER, origin.icon(), fonts::font(Face::Icon, 12.0), style::ink(ui, ink));
    response.on_hover_text(said);
    inner
}
