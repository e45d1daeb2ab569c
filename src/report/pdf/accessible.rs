//! Looks a finished document over for what PDF/UA-1 (ISO 14289-1) asks and a machine can check. Only a document without
//! fault claims to be accessible.

use crate::report::tree::DocumentFacts;
use lopdf::{Dictionary, Document, Object, ObjectId};
use printpdf::Op;
use std::collections::BTreeMap;

/// Standard structure types this program writes, with those their children may have; empty: anything.
const TYPES: &[(&str, &[&str])] = &[
    ("Document", &[]),
    ("Sect", &[]),
    ("H1", &["Link"]),
    ("H2", &["Link"]),
    ("H3", &["Link"]),
    ("P", &["Link"]),
    ("L", &["LI"]),
    ("LI", &["Lbl", "LBody"]),
    ("Lbl", &["Link"]),
    ("LBody", &[]),
    ("TOC", &["TOCI"]),
    ("TOCI", &["Lbl", "Reference"]),
    ("Reference", &["Link"]),
    ("Table", &["TR"]),
    ("TR", &["TH", "TD"]),
    ("TH", &[]),
    ("TD", &[]),
    ("Figure", &["Caption", "Link"]),
    ("Caption", &["Link"]),
    ("Link", &[]),
];

/// True when something is drawn outside of marked content.
pub fn draws_unmarked(ops: &[Op]) -> bool {
    let mut depth = 0_usize;
    for op in ops {
        match op {
            Op::BeginMarkedContent { .. } | Op::BeginMarkedContentWithProperties { .. } => depth += 1,
            Op::EndMarkedContent => depth = depth.saturating_sub(1),
            Op::ShowText { .. }
            | Op::DrawLine { .. }
            | Op::DrawPolygon { .. }
            | Op::DrawRectangle { .. }
            | Op::UseXobject { .. }
                if depth == 0 =>
            {
                return true;
            }
            _ => {}
        }
    }
    depth != 0
}

/// What is against the standard, in words for those who mend it.
pub fn faults(document: &Document, facts: &DocumentFacts) -> Vec<String> {
    let mut look = Look { document, out: Vec::new(), headings: Vec::new(), links: BTreeMap::new() };
    look.catalog(facts);
    look.fonts();
    look.structure();
    look.pages();
    look.out
}

struct Look<'a> {
    document: &'a Document,
    out: Vec<String>,
    headings: Vec<u8>,
    /// Annotations by the link element that names them.
    links: BTreeMap<ObjectId, ObjectId>,
}

impl<'a> Look<'a> {
    fn fault(&mut self, what: impl Into<String>) {
        self.out.push(what.into());
    }

    fn resolve(&self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, object)| object)
    }

    fn get(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        dict.get(key).ok().and_then(|object| self.resolve(object))
    }

    fn dict(&self, dict: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        self.get(dict, key).and_then(|object| object.as_dict().ok())
    }

    fn is_true(&self, dict: Option<&'a Dictionary>, key: &[u8]) -> bool {
        dict.and_then(|d| self.get(d, key)).is_some_and(|o| matches!(o, Object::Boolean(true)))
    }

    fn catalog(&mut self, facts: &DocumentFacts) {
        let Ok(catalog) = self.document.catalog() else { return self.fault("there is no catalogue") };
        if facts.title.trim().is_empty() {
            self.fault("the document has no title");
        }
        if !self.is_true(self.dict(catalog, b"ViewerPreferences"), b"DisplayDocTitle") {
            self.fault("viewers are not told to show the title");
        }
        if !self.is_true(self.dict(catalog, b"MarkInfo"), b"Marked") {
            self.fault("the document does not say that it is tagged");
        }
        if self.get(catalog, b"Lang").and_then(|l| l.as_str().ok()).is_none_or(<[u8]>::is_empty) {
            self.fault("the document has no language");
        }
    }

    fn fonts(&mut self) {
        for object in self.document.objects.values() {
            let Ok(font) = object.as_dict() else { continue };
            if name(font, b"Type") != Some("Font") || name(font, b"Subtype") != Some("Type0") {
                continue;
            }
            let inner = self.get(font, b"DescendantFonts").and_then(|o| o.as_array().ok()).and_then(|a| a.first());
            let inner = inner.and_then(|o| self.resolve(o)).and_then(|o| o.as_dict().ok());
            let descriptor = inner.and_then(|d| self.dict(d, b"FontDescriptor"));
            let embedded = descriptor.is_some_and(|d| d.has(b"FontFile2") || d.has(b"FontFile3"));
            let mapped = inner.is_some_and(|d| name(d, b"Subtype") != Some("CIDFontType2") || d.has(b"CIDToGIDMap"));
            if !embedded || !mapped || !font.has(b"ToUnicode") {
                let which = name(font, b"BaseFont").unwrap_or("a font");
                self.fault(format!("{which} is not embedded with the meaning of its glyphs"));
            }
        }
    }

    fn structure(&mut self) {
        let root = self.document.catalog().ok().and_then(|c| self.dict(c, b"StructTreeRoot"));
        let Some(root) = root else { return self.fault("there is no structure tree") };
        let Some(Object::Array(kids)) = self.get(root, b"K") else { return self.fault("the structure tree is empty") };
        for kid in kids {
            if let Ok(id) = kid.as_reference() {
                self.element(id, None, 0);
            }
        }
        if self.headings.first().is_some_and(|level| *level != 1) {
            self.fault("the first heading is not of the first level");
        }
        let skips = self.headings.windows(2).any(|w| matches!(w, [a, b] if *b > a + 1));
        if skips {
            self.fault("a level of headings is left out");
        }
    }

    fn element(&mut self, id: ObjectId, parent: Option<&'static str>, depth: usize) {
        let Ok(element) = self.document.get_dictionary(id) else { return self.fault("an element is not there") };
        let role = name(element, b"S").unwrap_or_default();
        let Some((role, _)) = TYPES.iter().find(|(known, _)| *known == role) else {
            return self.fault(format!("{role} is no standard type"));
        };
        let allowed = TYPES.iter().find(|(known, _)| Some(*known) == parent).map_or(&[][..], |(_, kids)| kids);
        if !allowed.is_empty() && !allowed.contains(role) {
            self.fault(format!("{role} inside {}", parent.unwrap_or_default()));
        }
        if depth > 64 {
            return self.fault("the structure is too deep");
        }
        match *role {
            "H1" => self.headings.push(1),
            "H2" => self.headings.push(2),
            "H3" => self.headings.push(3),
            "Figure" if self.get(element, b"Alt").is_none_or(|alt| alt.as_str().is_ok_and(<[u8]>::is_empty)) => {
                self.fault("a figure has no alternative text");
            }
            "TH" if self.dict(element, b"A").is_none_or(|a| name(a, b"Scope").is_none()) => {
                self.fault("a header cell has no scope")
            }
            _ => {}
        }
        let kids = match self.get(element, b"K") {
            Some(Object::Array(kids)) => kids.as_slice(),
            _ => &[],
        };
        let mut points = false;
        for kid in kids {
            match kid {
                Object::Reference(child) => {
                    if self
                        .document
                        .get_dictionary(*child)
                        .ok()
                        .and_then(|d| d.get(b"P").ok())
                        .and_then(|p| p.as_reference().ok())
                        != Some(id)
                    {
                        self.fault("an element does not know its parent");
                    }
                    self.element(*child, Some(role), depth + 1);
                }
                Object::Dictionary(dict) if name(dict, b"Type") == Some("OBJR") => {
                    points = true;
                    if let Ok(annotation) = dict.get(b"Obj").and_then(Object::as_reference) {
                        self.links.insert(annotation, id);
                    }
                }
                _ => {}
            }
        }
        if *role == "Link" && !points {
            self.fault("a link element leads nowhere");
        }
    }

    /// Every page and annotation leads back to its elements.
    fn pages(&mut self) {
        let root = self.document.catalog().ok().and_then(|c| self.dict(c, b"StructTreeRoot"));
        let numbers = root.and_then(|r| self.dict(r, b"ParentTree")).and_then(|t| self.get(t, b"Nums"));
        let Some(Object::Array(numbers)) = numbers else { return self.fault("there is no parent tree") };
        let parents: BTreeMap<i64, &Object> =
            numbers.chunks(2).filter_map(|pair| Some((pair.first()?.as_i64().ok()?, pair.get(1)?))).collect();
        for id in self.document.get_pages().into_values() {
            let Ok(page) = self.document.get_dictionary(id) else { continue };
            let key = page.get(b"StructParents").and_then(Object::as_i64).ok();
            let list = key.and_then(|key| parents.get(&key)).and_then(|o| self.resolve(o)).and_then(|o| o.as_array().ok());
            let whole = list.is_some_and(|list| list.iter().all(|o| o.as_reference().is_ok()));
            if !whole {
                self.fault("a page does not lead back to its elements");
            }
            let Some(Object::Array(annotations)) = self.get(page, b"Annots") else { continue };
            if name(page, b"Tabs") != Some("S") {
                self.fault("a page with links has no tab order");
            }
            for annotation in annotations {
                let Ok(link) = annotation.as_reference() else { continue };
                let Ok(dict) = self.document.get_dictionary(link) else { continue };
                let element = dict.get(b"StructParent").and_then(Object::as_i64).ok().and_then(|key| parents.get(&key));
                let element = element.and_then(|o| o.as_reference().ok());
                if element.is_none() || self.links.get(&link).copied() != element {
                    self.fault("a link does not lead back to its element");
                }
                if dict.get(b"Contents").and_then(Object::as_str).is_ok_and(|words| !words.is_empty()) {
                    continue;
                }
                self.fault("a link has no words");
            }
        }
    }
}

fn name<'d>(dict: &'d Dictionary, key: &[u8]) -> Option<&'d str> {
    dict.get(key).and_then(Object::as_name).ok().and_then(|name| std::str::from_utf8(name).ok())
}
