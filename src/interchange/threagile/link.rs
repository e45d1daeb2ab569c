//! Communication links: who opens a connection to whom, and what travels over it.

use super::{PREFIX, Reader, id_of, is_tweak, slug, stated, words};
use crate::interchange::LossKind;
use crate::interchange::kept::texts;
use crate::interchange::lenient::{Object, object, shortened, text};
use crate::interchange::markup::plain;
use crate::model::{Authn, Channel, ElementKind, Extra, Flow, Id, Protocol};
use serde_json::Value;

const KNOWN: &[&str] =
    &["target", "description", "protocol", "authentication", "vpn", "data_assets_sent", "data_assets_received"];

impl Reader {
    pub(super) fn links(&mut self, assets: &Object) {
        for (title, asset) in assets.iter().filter_map(|(title, asset)| Some((title, asset.as_object()?))) {
            let source = id_of(asset, title);
            let links = match asset.get("communication_links") {
                None | Some(Value::Null | Value::Object(_)) => object(asset, "communication_links"),
                Some(_) => {
                    let what = format!("technical asset “{}”", shortened(&plain(title)));
                    self.draft.lose(LossKind::Dropped, what, "its “communication_links” is no map of titles and was not read");
                    continue;
                }
            };
            for (title, link) in links {
                match link.as_object() {
                    Some(link) => self.link(&source, asset, title, link, assets),
                    None => {
                        let what = format!("communication link “{}”", shortened(&plain(title)));
                        self.draft.lose(LossKind::Dropped, what, "it is not a map of names and values");
                    }
                }
            }
        }
    }

    fn link(&mut self, source: &str, asset: &Object, title: &str, raw: &Object, assets: &Object) {
        let name = plain(title);
        let what = format!("communication link “{}”", shortened(&name));
        // As Threagile itself names links.
        let foreign = format!("{source}>{}", slug(&name));
        let id = self.draft.claim(&foreign, &what);
        let target = text(raw, "target");
        let to = self.assets.get(&target).cloned();
        if to.is_none() {
            let why = format!("its target “{}” is not in the file; its end is loose", shortened(&target));
            self.draft.lose_at(&id, LossKind::Dropped, &what, why);
        }
        if let Some(to) = to.as_ref().filter(|_| words::speaks_sql(&text(raw, "protocol"))) {
            self.speaks_sql(to);
        }
        let sent = self.refer(&id, &what, raw, "data_assets_sent", |r| &r.data);
        let received = self.refer(&id, &what, raw, "data_assets_received", |r| &r.data);
        let known: Vec<&str> = KNOWN.iter().copied().chain(raw.keys().map(String::as_str).filter(|k| is_tweak(k))).collect();
        let mut extra = self.draft.set_aside(Some(&id), &what, raw, &known, PREFIX);
        for key in ["data_assets_sent", "data_assets_received"] {
            // Which of them goes which way; together they are what the flow carries.
            let ids = texts(raw, key);
            if !ids.is_empty() {
                extra.insert(format!("{PREFIX}{key}"), ids.join(", "));
            }
        }
        let (protocol, authn) = (self.protocol(&id, &what, raw, &mut extra), self.authentication(&id, &what, raw, &mut extra));
        let vpn = stated(raw, "vpn") == Some(true);
        if vpn {
            self.draft.in_place("C-NET-VPN", &id);
        }
        let other = assets.values().filter_map(Value::as_object).find(|a| text(a, "id") == target);
        let is_outside = |asset: &Object, id: Option<&Id>| {
            let kind = id.and_then(|id| self.draft.model.elements.get(id)).map(|e| e.kind);
            stated(asset, "internet") == Some(true) && kind == Some(ElementKind::ExternalEntity)
        };
        let from = self.assets.get(source).cloned();
        // Whoever is located in the Internet is reached over it.
        let crosses = is_outside(asset, from.as_ref()) || other.is_some_and(|other| is_outside(other, to.as_ref()));
        let flow = Flow {
            name,
            from,
            to,
            protocol,
            authn,
            channel: if crosses { Channel::Internet } else { Channel::Unknown },
            bidirectional: !received.is_empty(),
            assets: sent.into_iter().chain(received).collect(),
            description: plain(&text(raw, "description")),
            extra,
            ..Flow::default()
        };
        self.links.insert(foreign, id.clone());
        self.draft.model.flows.insert(id, flow);
    }

    /// A database that is asked in SQL is one of that sort.
    fn speaks_sql(&mut self, id: &Id) {
        if let Some(element) = self.draft.model.elements.get_mut(id)
            && element.tags.remove("database")
        {
            element.tags.insert("sql".to_owned());
        }
    }

    fn protocol(&mut self, id: &Id, what: &str, raw: &Object, extra: &mut Extra) -> Protocol {
        let word = text(raw, "protocol");
        let (protocol, why) = match words::protocol(&word) {
            Some((protocol, true)) => return protocol,
            Some((protocol, false)) => (protocol, format!("its protocol “{}” is {} here", shortened(&word), protocol.label())),
            None => (Protocol::Unknown, format!("its protocol “{}” is not known", shortened(&word))),
        };
        extra.insert(format!("{PREFIX}protocol"), word);
        self.draft.lose_at(id, LossKind::Changed, what, why);
        protocol
    }

    fn authentication(&mut self, id: &Id, what: &str, raw: &Object, extra: &mut Extra) -> Authn {
        let word = text(raw, "authentication");
        words::authentication(&word).unwrap_or_else(|| {
            let why = format!("its authentication “{}” has no counterpart; how it authenticates is open", shortened(&word));
            self.draft.lose_at(id, LossKind::Kept, what, why);
            extra.insert(format!("{PREFIX}authentication"), word);
            Authn::Unknown
        })
    }
}
