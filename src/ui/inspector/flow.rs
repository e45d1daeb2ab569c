//! A data flow: ends, protocol, authentication, channel, data.

use super::element::{assets_ui, commit_assets, scope_ui};
use super::origin::{Origin, labelled_from};
use super::{Head, Inspector};
use crate::edit::{Edit, End};
use crate::model::{Attach, Authn, Channel, Flow, Id, Initiator, Key, LineStyle, Placement, PlacementKey, Protocol, Route};
use crate::risk;
use crate::text::icon;
use crate::theme::Ink;
use crate::tool::with_heads;
use crate::ui::widgets::{choice, labelled, optional_choice, section, segmented, text_area};
use crate::ui::{Outbox, ViewCx};
use egui::Ui;

/// What a missing end means.
const LOOSE: &str = "a loose end is left out of the ratings";

/// What it means that nobody said so.
pub(super) const UNSURE: &str = "threats that hang on it only may apply";
pub(super) const OPEN: &str = "it is taken to be open where an end is not trusted";
pub(super) const NO_ASSETS: &str = "what it carries decides what is at stake";

impl Inspector {
    pub(super) fn flow_ui(&mut self, ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, out: &mut Outbox) {
        let Some(flow) = cx.model.flows.get(id) else { return };
        let put = |flow: Flow| Edit::put(Key::Flow(id.clone()), flow);
        let head = Head { glyph: icon::FLOW_ARROW, ink: Ink::Flow, name: &flow.name, about: about(cx, id, flow) };
        head.ui(ui, out, id, |name| put(Flow { name, ..flow.clone() }));
        self.proposals_ui(ui, cx, id, out);
        let elements: Vec<(Id, String)> = cx.model.elements.keys().map(|id| (id.clone(), risk::name_of(cx.model, id))).collect();
        labelled_from(ui, "From", &Origin::of(flow.from.is_some(), LOOSE), |ui| {
            if let Some(from) = optional_choice(ui, ("from", id), "From", flow.from.as_ref(), &elements, "Loose end") {
                out.commit(reconnect(cx, id, End::From, from));
            }
        });
        labelled_from(ui, "To", &Origin::of(flow.to.is_some(), LOOSE), |ui| {
            if let Some(to) = optional_choice(ui, ("to", id), "To", flow.to.as_ref(), &elements, "Loose end") {
                out.commit(reconnect(cx, id, End::To, to));
            }
        });
        let of = Origin::of(flow.protocol != Protocol::Unknown, UNSURE);
        labelled_from(ui, "Protocol", &of, |ui| {
            if let Some(protocol) = choice(ui, ("protocol", id), "Protocol", flow.protocol, Protocol::ALL, Protocol::label) {
                out.commit(put(Flow { protocol, ..flow.clone() }));
            }
        });
        let of = Origin::of(flow.authn != Authn::Unknown, UNSURE);
        labelled_from(ui, "Authentication", &of, |ui| {
            if let Some(authn) = choice(ui, ("authn", id), "Authentication", flow.authn, Authn::ALL, Authn::label) {
                out.commit(put(Flow { authn, ..flow.clone() }));
            }
        });
        let of = Origin::of(flow.channel != Channel::Unknown, OPEN);
        labelled_from(ui, "Channel", &of, |ui| {
            if let Some(channel) = choice(ui, ("channel", id), "Channel", flow.channel, Channel::ALL, Channel::label) {
                out.commit(put(Flow { channel, ..flow.clone() }));
            }
        });
        let of = Origin::of(!flow.assets.is_empty(), NO_ASSETS);
        labelled_from(ui, "Carries", &of, |ui| {
            if let Some((assets, new)) = assets_ui(ui, cx, ("carries", id), &flow.assets, out) {
                commit_assets(out, put(Flow { assets, ..flow.clone() }), new);
            }
        });
        ui.add_space(4.0);
        self.risk_ui(ui, cx, id, out);
        self.threats_ui(ui, cx, id, out);
        self.questions_ui(ui, cx, id, out);
        self.controls_ui(ui, cx, id, out);
        self.vulnerabilities_ui(ui, cx, id, out);
        section(ui, ("details", id), "Details and notes", None, |_| {}, |ui| details_ui(ui, cx, id, flow, out));
    }
}

/// Attaches an end to an element, or leaves it loose where it is drawn now.
fn reconnect(cx: &ViewCx<'_>, id: &Id, end: End, to: Option<Id>) -> Edit {
    let drawn = cx.layout.flows.get(id).map(|course| match end {
        End::From => course.start.at,
        End::To => course.end.at,
    });
    Edit::Reconnect { flow: id.clone(), end, to, diagram: cx.diagram.clone(), at: drawn.unwrap_or_default() }
}

fn about(cx: &ViewCx<'_>, id: &Id, flow: &Flow) -> String {
    let end = |end: &Option<Id>| end.as_ref().map_or_else(|| "loose end".to_owned(), |id| risk::name_of(cx.model, id));
    let has_two_heads = cx.layout.flows.get(id).is_some_and(|course| course.two_heads);
    let heads = if has_two_heads { ", drawn with heads at both ends" } else { "" };
    format!("Flow from {} to {}{heads}", end(&flow.from), end(&flow.to))
}

fn details_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, flow: &Flow, out: &mut Outbox) {
    let put = |flow: Flow| Edit::put(Key::Flow(id.clone()), flow);
    labelled_from(ui, "Opened by", &Origin::of_initiator(flow), |ui| {
        let ends = [(Initiator::Source, "Source"), (Initiator::Destination, "Destination")];
        if let Some(initiator) = segmented(ui, "Opened by", flow.initiator, &ends) {
            out.commit(put(Flow { initiator, ..flow.clone() }));
        }
    });
    labelled(ui, "Answers", |ui| {
        let mut both = flow.bidirectional;
        if ui.checkbox(&mut both, "Data travels both ways").changed() {
            out.commit(put(Flow { bidirectional: both, ..flow.clone() }));
        }
    });
    if let Some(Placement::Route(route)) = cx.model.placement(cx.diagram, id) {
        route_ui(ui, cx, id, route, out);
    }
    scope_ui(ui, ("scope", id), flow.out_of_scope.as_deref(), out, |reason| put(Flow { out_of_scope: reason, ..flow.clone() }));
    super::readers::readers_ui(ui, cx, Key::Flow(id.clone()), out);
    text_area(ui, out, ("description", id), "Description", &flow.description, "Description", |description| {
        put(Flow { description, ..flow.clone() })
    });
    text_area(ui, out, ("notes", id), "Notes", &flow.notes, "Notes", |notes| put(Flow { notes, ..flow.clone() }));
}

const STYLES: &[(LineStyle, &str)] =
    &[(LineStyle::Orthogonal, "Angled"), (LineStyle::Straight, "Straight"), (LineStyle::Curved, "Curved")];

/// How the flow is drawn on this diagram.
fn route_ui(ui: &mut Ui, cx: &ViewCx<'_>, id: &Id, route: &Route, out: &mut Outbox) {
    let key = Key::Placement(PlacementKey::new(cx.diagram.clone(), id.clone()));
    let put = |route: Route| Edit::put(key.clone(), Placement::Route(route));
    labelled(ui, "Line", |ui| {
        if let Some(style) = segmented(ui, "Line", route.style, STYLES) {
            out.commit(put(Route { style, ..route.clone() }));
        }
    });
    labelled(ui, "Heads", |ui| {
        let mut two_heads = route.two_heads;
        if ui.checkbox(&mut two_heads, "At both ends").changed()
            && let Some(edit) = with_heads(cx.model, std::iter::once(id), two_heads)
        {
            out.commit(edit);
        }
    });
    // A loose end is no matter of taste: without its place there is no line.
    let free = |end: Attach| if let Attach::At(_) = end { Attach::Auto } else { end };
    let reset = Route { start: free(route.start), end: free(route.end), bends: Vec::new(), label: None, ..route.clone() };
    labelled(ui, "Route", |ui| {
        let set_by_hand = &reset != route;
        let why = "It is routed by itself; drag the line, its ends or its label to change that";
        let button = ui.add_enabled(set_by_hand, egui::Button::new("Reset route")).on_disabled_hover_text(why);
        if button.on_hover_text("Forget way-points, fixed ends and the place of the label").clicked() {
            out.commit(put(reset));
        }
    });
}
