//! Conditions of rules in words: when a rule fires, and what would have to be so for it not to apply.

use super::condition::{Cond, Crossing, ProtocolTest, Ref};
use super::rule::{Orient, Rule, Scope};
use super::tags::Tags;
use crate::model::{Authn, ElementKind, Fact};

/// One line of a list of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// 0 at the left.
    pub indent: usize,
    pub text: String,
}

/// What the references of a rule are called.
pub(super) struct Names<'a> {
    pub tags: &'a Tags,
    pub orient: Orient,
    pub scope: Scope,
}

impl<'a> Names<'a> {
    pub fn of(rule: &Rule, tags: &'a Tags) -> Names<'a> {
        Names { tags, orient: rule.orient, scope: rule.scope }
    }

    fn name(&self, reference: Ref) -> &'static str {
        let data = self.orient == Orient::Data && self.scope == Scope::Flow;
        match reference {
            Ref::This => "the element",
            Ref::Flow => "the flow",
            Ref::Zone => "the boundary",
            Ref::Src if data => "the sender",
            Ref::Dst if data => "the receiver",
            Ref::Src => "the caller",
            Ref::Dst => "the called element",
        }
    }

    /// Text with its placeholders replaced, beginning with a capital.
    pub fn fill(&self, text: &str) -> String {
        let references = [Ref::This, Ref::Src, Ref::Dst, Ref::Flow, Ref::Zone];
        let filled = references.iter().fold(text.to_owned(), |text, r| text.replace(&format!("{{{}}}", r.name()), self.name(*r)));
        capital(&filled)
    }

    /// The condition as a list of lists: every line of a list holds, unless the line above says otherwise.
    pub fn fires(&self, cond: &Cond) -> Vec<Line> {
        let mut lines = Vec::new();
        self.list(cond, 0, &mut lines);
        lines
    }

    fn list(&self, cond: &Cond, indent: usize, out: &mut Vec<Line>) {
        let mut head = |text: String| out.push(Line { indent, text });
        match cond {
            Cond::All(parts) => parts.iter().for_each(|part| self.list(part, indent, out)),
            Cond::Any(parts) => {
                head("One of these holds:".to_owned());
                parts.iter().for_each(|part| self.nested(part, indent + 1, out));
            }
            Cond::In(r, part) | Cond::Out(r, part) => {
                let way = if matches!(cond, Cond::In(..)) { "is called by" } else { "calls" };
                head(format!("{} {way} somebody over a flow for which this holds:", capital(self.name(*r))));
                self.list(part, indent + 1, out);
            }
            Cond::Not(part) if part.parts().is_empty() => head(capital(&self.leaf(part, true))),
            Cond::Not(part) => {
                head("It is not so that:".to_owned());
                self.list(part, indent + 1, out);
            }
            leaf => head(capital(&self.leaf(leaf, false))),
        }
    }

    /// A part of an alternative: several conditions of one part stay together.
    fn nested(&self, cond: &Cond, indent: usize, out: &mut Vec<Line>) {
        if let Cond::All(parts) = cond {
            out.push(Line { indent, text: "All of these hold:".to_owned() });
            parts.iter().for_each(|part| self.list(part, indent + 1, out));
        } else {
            self.list(cond, indent, out);
        }
    }

    /// What would have to be so for the condition not to hold, as sentences with the step that says it; one is enough.
    /// Tests that only tell kinds of element apart are left out.
    pub fn dismissals(&self, cond: &Cond) -> Vec<String> {
        match cond {
            Cond::All(parts) => parts.iter().flat_map(|part| self.dismissals(part)).collect(),
            Cond::Any(parts) => {
                // One open alternative is enough for the rule, so all of them have to be closed.
                let closed: Option<Vec<String>> = parts.iter().map(|part| self.opposite(part)).collect();
                closed.map(|each| format!("None of the alternatives holds: {}.", each.join("; "))).into_iter().collect()
            }
            Cond::In(r, part) => self.no_flow(*r, "calls", part),
            Cond::Out(r, part) => self.no_flow(*r, "is called by", part),
            Cond::Not(part) if part.parts().is_empty() => self.said(part, false),
            Cond::Not(_) => Vec::new(),
            leaf => self.said(leaf, true),
        }
    }

    fn no_flow(&self, r: Ref, way: &str, part: &Cond) -> Vec<String> {
        vec![format!("{}: correct the flows.", capital(&self.no_such_flow(r, way, part)))]
    }

    fn no_such_flow(&self, r: Ref, way: &str, part: &Cond) -> String {
        let mut lines = Vec::new();
        self.list(part, 0, &mut lines);
        let words: Vec<String> = lines.iter().map(|l| small(&l.text)).collect();
        format!("nobody {way} {} in this way: {}", self.name(r), words.join(", ").replace(":,", ":"))
    }

    /// What would have to be so for a part of an alternative not to hold; `None` where only its kind tells.
    fn opposite(&self, cond: &Cond) -> Option<String> {
        match cond {
            Cond::All(parts) => parts.iter().find_map(|part| self.opposite(part)),
            Cond::Any(parts) => {
                let each: Option<Vec<String>> = parts.iter().map(|part| self.opposite(part)).collect();
                each.map(|each| each.join("; "))
            }
            Cond::In(r, part) => Some(self.no_such_flow(*r, "calls", part)),
            Cond::Out(r, part) => Some(self.no_such_flow(*r, "is called by", part)),
            Cond::Not(part) if part.parts().is_empty() => Some(self.leaf(part, false)),
            Cond::Not(_) | Cond::Is(..) => None,
            leaf => Some(self.leaf(leaf, true)),
        }
    }

    /// A leaf that would have to be turned round, and how to say so. `holds` is what the rule wants of it.
    fn said(&self, leaf: &Cond, holds: bool) -> Vec<String> {
        let step = match leaf {
            Cond::Is(..) => return Vec::new(),
            Cond::Tag(..) if holds => "take the tag away where it does not fit",
            Cond::Tag(..) => "add the tag",
            Cond::Untagged(_) => "add the tag of what it is, and rules made for it are asked instead",
            Cond::Does(..) | Cond::Fact(..) => "answer so in its profile",
            Cond::Has(..) => "correct what it handles",
            Cond::Val(..) | Cond::ZoneVal(..) => "correct what it handles or what that is worth",
            Cond::Exposure(..) | Cond::Tainted(_) => "put those around it into the boundaries they are in",
            Cond::Proto(_) => "choose the protocol of the flow",
            Cond::Authn(_) => "choose the authentication of the flow",
            Cond::Channel(_) => "choose what the flow travels over",
            Cond::Crosses(_) => "put both ends into the boundaries they are in",
            Cond::TrustUp | Cond::TrustDown => "put both ends into the boundaries they are in, and say how far those are trusted",
            Cond::ZoneKind(_) | Cond::ZoneSize(_) | Cond::ZoneTrust(_) => "correct the boundary",
            Cond::All(_) | Cond::Any(_) | Cond::Not(_) | Cond::In(..) | Cond::Out(..) => return Vec::new(),
        };
        vec![format!("{}: {step}.", capital(&self.leaf(leaf, holds)))]
    }

    /// A single test as a clause, or its opposite.
    fn leaf(&self, leaf: &Cond, negated: bool) -> String {
        let is = if negated { "is not" } else { "is" };
        let not = if negated { "not " } else { "" };
        let predicate = |words: &str| if negated { negative(words) } else { words.to_owned() };
        let carries = |r: &Ref| if *r == Ref::Flow { "carries" } else { "handles" };
        let something = if negated { "nothing" } else { "something" };
        match leaf {
            Cond::Is(r, kind) => format!("{} {is} {}", self.name(*r), kind_word(*kind)),
            Cond::Tag(r, tag) => {
                let sort = if self.tags.iter().any(|t| t.parent.as_ref() == Some(tag)) { " or a sort of it" } else { "" };
                format!("{} {is} tagged “{}”{sort}", self.name(*r), self.tags.label(tag))
            }
            Cond::Untagged(r) if negated => format!("{} has a technology tag", self.name(*r)),
            Cond::Untagged(r) => format!("{} has no technology tag", self.name(*r)),
            Cond::Does(r, capability) => format!("{} {}", self.name(*r), predicate(capability.label())),
            Cond::Fact(r, fact) => format!("{} {}", self.name(*r), predicate(&fact_words(*fact))),
            Cond::Has(r, kind) => format!("{} {} {}", self.name(*r), predicate(carries(r)), small(kind.label())),
            Cond::Val(r, dimension, least) => {
                let dimension = dimension.label();
                format!("{} {} {something} whose {dimension} is worth {least} of 4 or more", self.name(*r), carries(r))
            }
            Cond::Exposure(r, least) => {
                let from = match least {
                    0 | 1 => "from outside, at least by way of others",
                    2 => "by semi-trusted parties or the Internet",
                    _ => "from the Internet",
                };
                format!("{} {} {from}", self.name(*r), predicate("can be reached"))
            }
            Cond::Tainted(r) if negated => format!("no data of untrusted origin reaches {}", self.name(*r)),
            Cond::Tainted(r) => format!("data of untrusted origin reaches {}", self.name(*r)),
            Cond::Proto(ProtocolTest::Encrypted) => format!("the flow {is} encrypted"),
            Cond::Proto(ProtocolTest::Plain) => format!("the flow {is} sent in clear"),
            Cond::Proto(ProtocolTest::ServerAuth) => format!("the protocol {}", predicate("proves who answers")),
            Cond::Proto(ProtocolTest::Class(class)) => format!("the protocol of the flow {is} of the class “{}”", class.label()),
            Cond::Authn(list) => {
                let words: Vec<String> = list.iter().map(authn_word).collect();
                format!("authentication on the flow {is} {}", or_list(&words))
            }
            Cond::Channel(list) => {
                let words: Vec<String> = list.iter().map(|c| c.label().to_owned()).collect();
                format!("the flow travels {not}over {}", or_list(&words))
            }
            Cond::Crosses(Crossing::Any) => format!("the flow crosses {} trust boundary", if negated { "no" } else { "a" }),
            Cond::Crosses(Crossing::Region) => format!("the flow {} into another legal region", predicate("leads")),
            Cond::Crosses(Crossing::Kind(kind)) => {
                format!("the flow crosses {} boundary of the kind “{}”", if negated { "no" } else { "a" }, kind.label())
            }
            Cond::TrustUp => format!("the flow {} into higher trust", predicate("leads")),
            Cond::TrustDown => format!("the flow {} into lower trust", predicate("leads")),
            Cond::ZoneKind(kinds) => {
                let words: Vec<String> = kinds.iter().map(|k| small(k.label())).collect();
                format!("the boundary {is} of the kind {}", or_list(&words))
            }
            Cond::ZoneSize(least) if negated => format!("the boundary holds fewer than {least} elements"),
            Cond::ZoneSize(least) => format!("the boundary holds {least} elements or more"),
            Cond::ZoneTrust(least) if negated => format!("the boundary is trusted less than {least} of 4"),
            Cond::ZoneTrust(least) => format!("the boundary is trusted {least} of 4 or more"),
            Cond::ZoneVal(dimension, least) => {
                format!("the boundary holds {something} whose {} is worth {least} of 4 or more", dimension.label())
            }
            Cond::All(_) | Cond::Any(_) | Cond::Not(_) | Cond::In(..) | Cond::Out(..) => String::new(),
        }
    }
}

fn kind_word(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::ExternalEntity => "an external entity",
        ElementKind::Process => "a process",
        ElementKind::DataStore => "a data store",
    }
}

fn authn_word(authn: &Authn) -> String {
    match authn {
        Authn::NoAuth => "missing".to_owned(),
        other => small(other.label()),
    }
}

/// The fact as a predicate.
fn fact_words(fact: Fact) -> String {
    match fact {
        Fact::LongRetention
        | Fact::Safety
        | Fact::Human
        | Fact::Privileged
        | Fact::UserContent
        | Fact::SinglePoint
        | Fact::UsesOpenSource
        | Fact::FlatNetwork => fact.label().to_owned(),
        Fact::MultiTenant
        | Fact::ThirdParty
        | Fact::Physical
        | Fact::SharedWrite
        | Fact::PublicRead
        | Fact::Removable
        | Fact::Unsupported => format!("is {}", fact.label()),
    }
}

/// The opposite of a predicate in the third person: "does not parse XML", "is not removable".
fn negative(words: &str) -> String {
    let (verb, rest) = words.split_once(' ').map_or((words, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    match verb {
        "is" => format!("is not{rest}"),
        "has" => format!("does not have{rest}"),
        "can" => format!("cannot{rest}"),
        "fetches" => format!("does not fetch{rest}"),
        "carries" => format!("does not carry{rest}"),
        _ => format!("does not {}{rest}", verb.trim_end_matches('s')),
    }
}

fn or_list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// With a small first letter, unless the first word is an abbreviation or a name.
fn small(text: &str) -> String {
    let name = text.split_whitespace().next().is_some_and(|w| w.chars().skip(1).any(char::is_uppercase));
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !name && text != "Internet" => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
