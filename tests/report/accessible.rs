//! What a machine can check of PDF/UA-1, read back from finished files with the numbers of the Matterhorn Protocol 1.1.
//! Independent of the look the program itself takes before it claims to be accessible.
use crate::samples::{options, sample};
use crate::support::shop::shop;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use palisade::library::Library;
use palisade::model::ThreatModel;
use palisade::progress::Quiet;
use palisade::report::{Profile, ReportOptions, Theme, pdf};
use palisade::risk::assess;
use std::collections::{BTreeMap, BTreeSet};

struct File {
    document: Document,
    faults: Vec<String>,
    /// Element, and its kinds of content, by page and number of marked content.
    owners: BTreeMap<(ObjectId, i64), ObjectId>,
    levels: Vec<u8>,
    links: BTreeMap<ObjectId, ObjectId>,
}

fn name<'d>(dict: &'d Dictionary, key: &str) -> &'d str {
    dict.get(key.as_bytes()).and_then(Object::as_name).map_or("", |n| std::str::from_utf8(n).unwrap())
}

fn text(dict: &Dictionary, key: &str) -> String {
    dict.get(key.as_bytes()).ok().and_then(|o| lopdf::decode_text_string(o).ok()).unwrap_or_default()
}

impl File {
    fn fault(&mut self, number: &str, what: impl std::fmt::Display) {
        self.faults.push(format!("{number}: {what}"));
    }

    fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dict.get(key.as_bytes()).ok().map(|o| self.document.dereference(o).unwrap().1)
    }

    fn kids(&self, id: ObjectId) -> Vec<Object> {
        let dict = self.document.get_dictionary(id).unwrap();
        match self.get(dict, "K") {
            Some(Object::Array(kids)) => kids.clone(),
            Some(one) => vec![one.clone()],
            None => Vec::new(),
        }
    }

    fn catalog(&mut self) {
        let catalog = self.document.catalog().unwrap().clone();
        let flag = |dict: Option<&Object>, key: &str| {
            dict.and_then(|d| d.as_dict().ok())
                .and_then(|d| d.get(key.as_bytes()).ok())
                .is_some_and(|o| *o == Object::Boolean(true))
        };
        let shows = flag(self.get(&catalog, "ViewerPreferences"), "DisplayDocTitle");
        let (marked, suspects) = (self.get(&catalog, "MarkInfo"), self.get(&catalog, "MarkInfo"));
        let (marked, suspects) = (flag(marked, "Marked"), flag(suspects, "Suspects"));
        let stream = self.get(&catalog, "Metadata").map(|m| m.as_stream().unwrap().content.clone()).unwrap_or_default();
        let metadata = String::from_utf8(stream).unwrap();
        let info = self.document.trailer.get(b"Info").unwrap();
        let info = self.document.dereference(info).unwrap().1.as_dict().unwrap().clone();
        for (number, holds) in [
            ("06-002", metadata.contains("<pdfuaid:part>1</pdfuaid:part>")),
            ("06-003", metadata.contains("<dc:title>") && !text(&info, "Title").is_empty()),
            ("07-001", shows),
            ("02-001", !catalog.has(b"OCProperties")),
            ("11-006", !text(&catalog, "Lang").is_empty()),
            ("26-001", !self.document.trailer.has(b"Encrypt")),
            ("01-006", marked && !suspects),
            ("25-001", !catalog.has(b"AcroForm")),
        ] {
            if !holds {
                self.fault(number, "of the catalogue");
            }
        }
    }

    fn structure(&mut self) {
        let root = self.document.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
        assert!(!self.document.get_dictionary(root).unwrap().has(b"RoleMap"), "every type is a standard one");
        for kid in self.kids(root) {
            self.element(kid.as_reference().unwrap(), root, "");
        }
        if self.levels.first() != Some(&1) || self.levels.windows(2).any(|w| w[1] > w[0] + 1) {
            self.fault("14-003", "a level of headings is left out");
        }
    }

    fn element(&mut self, id: ObjectId, parent: ObjectId, above: &str) {
        const STANDARD: &str =
            "Document Sect H1 H2 H3 P L LI Lbl LBody TOC TOCI Reference Table TR TH TD Figure Caption Link Span";
        let dict = self.document.get_dictionary(id).unwrap().clone();
        let role = name(&dict, "S").to_owned();
        if !STANDARD.split(' ').any(|known| known == role) {
            self.fault("02-001", format!("{role} is no standard type"));
        }
        if dict.get(b"P").and_then(Object::as_reference).ok() != Some(parent) {
            self.fault("09-001", format!("{role} has another parent"));
        }
        let kids = self.kids(id);
        let mut objects = 0;
        let mut cells = Vec::new();
        for kid in &kids {
            match kid {
                Object::Reference(kid) => {
                    cells.push(name(self.document.get_dictionary(*kid).unwrap(), "S").to_owned());
                    self.element(*kid, id, &role);
                }
                Object::Dictionary(kid) if name(kid, "Type") == "OBJR" => {
                    objects += 1;
                    self.links.insert(kid.get(b"Obj").unwrap().as_reference().unwrap(), id);
                }
                Object::Dictionary(kid) => {
                    let page = kid.get(b"Pg").or_else(|_| dict.get(b"Pg")).unwrap().as_reference().unwrap();
                    self.owners.insert((page, kid.get(b"MCID").unwrap().as_i64().unwrap()), id);
                }
                Object::Integer(mark) => {
                    let page = dict.get(b"Pg").unwrap().as_reference().unwrap();
                    self.owners.insert((page, *mark), id);
                }
                other => panic!("{other:?}"),
            }
        }
        let belongs = match role.as_str() {
            "TR" => above == "Table",
            "TH" | "TD" => above == "TR",
            "LI" => above == "L",
            "Lbl" => matches!(above, "LI" | "TOCI"),
            "LBody" => above == "LI",
            "TOCI" => above == "TOC",
            _ => true,
        };
        if !belongs {
            self.fault("09-004", format!("{role} in {above}"));
        }
        match role.as_str() {
            "H1" | "H2" | "H3" => {
                self.levels.push(role.as_bytes()[1] - b'0');
                if kids.is_empty() {
                    self.fault("14-002", "an empty heading");
                }
            }
            "Figure" if text(&dict, "Alt").trim().is_empty() => self.fault("13-004", "a figure without words"),
            "TH" if self.get(&dict, "A").is_none_or(|a| name(a.as_dict().unwrap(), "Scope").is_empty()) => {
                self.fault("15-003", "a header cell without scope");
            }
            "Table" => {
                let rows: Vec<Vec<String>> = kids.iter().map(|row| self.roles_of(row.as_reference().unwrap())).collect();
                if rows.iter().any(|row| row.len() != rows[0].len()) {
                    self.fault(
                        "15-005",
                        format!("rows of different length: {:?}", rows.iter().map(Vec::len).collect::<Vec<_>>()),
                    );
                }
                if !rows.iter().flatten().any(|cell| cell == "TH") {
                    self.fault("15-002", "a table without headers");
                }
            }
            // A link over two lines has two.
            "Link" if objects == 0 => self.fault("28-011", "a link element without link"),
            _ => {}
        }
    }

    fn roles_of(&self, id: ObjectId) -> Vec<String> {
        let role = |kid: &Object| name(self.document.get_dictionary(kid.as_reference().unwrap()).unwrap(), "S").to_owned();
        self.kids(id).iter().map(role).collect()
    }

    fn pages(&mut self) {
        let root = self.document.catalog().unwrap().get(b"StructTreeRoot").unwrap();
        let root = self.document.dereference(root).unwrap().1.as_dict().unwrap().clone();
        let tree = self.get(&root, "ParentTree").unwrap().as_dict().unwrap().clone();
        let numbers = self.get(&tree, "Nums").unwrap().as_array().unwrap().clone();
        let parents: BTreeMap<i64, Object> = numbers.chunks(2).map(|p| (p[0].as_i64().unwrap(), p[1].clone())).collect();
        for page in self.document.get_pages().into_values() {
            let dict = self.document.get_dictionary(page).unwrap().clone();
            let key = dict.get(b"StructParents").unwrap().as_i64().unwrap();
            let owners = self.document.dereference(&parents[&key]).unwrap().1.as_array().unwrap().clone();
            let marks = self.content(page);
            for mark in 0..owners.len() as i64 {
                let owner = owners[mark as usize].as_reference().ok();
                if !marks.contains(&mark) || self.owners.get(&(page, mark)).copied() != owner {
                    self.fault("01-005", format!("mark {mark} is not owned as the parent tree says"));
                }
            }
            if marks.len() != owners.len() {
                self.fault("01-005", "a mark that nobody owns");
            }
            let Some(annotations) = self.get(&dict, "Annots").map(|a| a.as_array().unwrap().clone()) else { continue };
            if name(&dict, "Tabs") != "S" {
                self.fault("28-008", "no order of tabs");
            }
            for link in annotations {
                let link = link.as_reference().unwrap();
                let dict = self.document.get_dictionary(link).unwrap().clone();
                let owner = dict.get(b"StructParent").and_then(Object::as_i64).ok().and_then(|key| parents.get(&key));
                let owner = owner.and_then(|o| o.as_reference().ok());
                if owner.is_none() || self.links.get(&link).copied() != owner {
                    self.fault("28-010", "a link outside of the structure");
                }
                if name(&dict, "Subtype") != "Link" || text(&dict, "Contents").trim().is_empty() {
                    self.fault("28-012", "a link without words");
                }
            }
        }
    }

    /// Numbers of the marked content of a page, all of which is marked and nothing nested.
    fn content(&mut self, page: ObjectId) -> BTreeSet<i64> {
        let content = Content::decode(&self.document.get_page_content(page)).unwrap();
        let mut open: Vec<bool> = Vec::new();
        let mut marks = BTreeSet::new();
        for operation in content.operations {
            match operation.operator.as_str() {
                "BMC" | "BDC" => {
                    let tag = operation.operands[0].as_name().unwrap().to_vec();
                    let properties = operation.operands.get(1).and_then(|o| o.as_dict().ok());
                    let mark = properties.and_then(|p| p.get(b"MCID").ok()).map(|m| m.as_i64().unwrap());
                    if tag != b"Span" && !open.is_empty() {
                        self.fault("01-003", "marked content within marked content");
                    }
                    if tag != b"Span" && tag != b"Artifact" && mark.is_none() {
                        self.fault("01-005", "content that is neither tagged nor artifact");
                    }
                    open.push(true);
                    if mark.is_some_and(|mark| !marks.insert(mark)) {
                        self.fault("01-005", "a number of marked content twice");
                    }
                }
                "EMC" => drop(open.pop()),
                "Tj" | "TJ" | "S" | "f" | "f*" | "B" | "B*" | "b" | "s" | "Do" | "sh" | "F" if open.is_empty() => {
                    self.fault("01-005", format!("{} outside of marked content", operation.operator));
                }
                "TJ" => {
                    let parts = operation.operands[0].as_array().unwrap();
                    let shows_missing = |part: &Object| part.as_str().is_ok_and(|codes| codes.chunks(2).any(|c| c == [0, 0]));
                    if parts.iter().any(shows_missing) {
                        self.fault("31-030", "the box for missing signs is shown");
                    }
                }
                _ => {}
            }
        }
        if !open.is_empty() {
            self.fault("01-005", "marked content does not end");
        }
        marks
    }

    fn fonts(&mut self) {
        let fonts: Vec<Dictionary> = self.document.objects.values().filter_map(|o| o.as_dict().ok()).cloned().collect();
        for font in fonts.iter().filter(|d| name(d, "Type") == "Font" && name(d, "Subtype") == "Type0") {
            let inner = self.get(font, "DescendantFonts").unwrap().as_array().unwrap()[0].clone();
            let inner = self.document.dereference(&inner).unwrap().1.as_dict().unwrap().clone();
            let file = self.get(&inner, "FontDescriptor").unwrap().as_dict().unwrap().clone();
            if !file.has(b"FontFile2") && !file.has(b"FontFile3") {
                self.fault("31-009", name(font, "BaseFont"));
            }
            let Some(map) = self.get(font, "ToUnicode") else {
                self.fault("31-027", name(font, "BaseFont"));
                continue;
            };
            let map = String::from_utf8_lossy(&map.as_stream().unwrap().get_plain_content().unwrap()).to_uppercase();
            if map.lines().any(|l| [" <0000>", " <FEFF>", " <FFFE>"].iter().any(|bad| l.trim_end().ends_with(bad))) {
                self.fault("31-028", name(font, "BaseFont"));
            }
        }
    }
}

fn faults(bytes: &[u8]) -> Vec<String> {
    let document = Document::load_mem(bytes).unwrap();
    let mut file = File { document, faults: Vec::new(), owners: BTreeMap::new(), levels: Vec::new(), links: BTreeMap::new() };
    file.catalog();
    file.structure();
    file.pages();
    file.fonts();
    file.faults
}

fn file_of(model: &ThreatModel, profile: Profile) -> Vec<u8> {
    let library = Library::builtin();
    let options = ReportOptions::of(profile, Theme::default(), options().date);
    pdf(model, library, &assess(model, library), &options, &Quiet).unwrap()
}

#[test]
fn reports_hold_what_a_machine_can_check_of_pdf_ua() {
    let mut foreign = shop();
    let names = ["שרת התשלומים (ראשי) 12", "خادم الدفع", "商店 🔥 \u{7}"];
    foreign.elements.values_mut().zip(names).for_each(|(element, name)| element.name = name.to_owned());
    for (what, model, profile) in [
        ("shop", shop(), Profile::Full),
        ("shop for those who decide", shop(), Profile::Executive),
        ("names in other scripts", foreign, Profile::Engineering),
        ("pytm", sample("pytm-demo"), Profile::Client),
        ("nothing", ThreatModel::default(), Profile::Executive),
    ] {
        let found = faults(&file_of(&model, profile));
        assert!(found.is_empty(), "{what}: {} faults, first {:?}", found.len(), found.first());
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let whole = file_of(&shop(), Profile::Client);
    let spoilt = |change: &dyn Fn(&mut Dictionary)| {
        let mut document = Document::load_mem(&whole).unwrap();
        for object in document.objects.values_mut() {
            if let Object::Dictionary(dict) = object {
                change(dict);
            }
        }
        let mut out = Vec::new();
        document.save_to(&mut out).unwrap();
        faults(&out)
    };
    let without = |of: &'static str, is: &'static str, key: &'static str| {
        spoilt(&move |dict| {
            if name(dict, of) == is {
                dict.remove(key.as_bytes());
            }
        })
    };
    for (found, number) in [
        (without("S", "Figure", "Alt"), "13-004"),
        (without("S", "TH", "A"), "15-003"),
        (without("Type", "Catalog", "Lang"), "11-006"),
        (without("Type", "Catalog", "ViewerPreferences"), "07-001"),
        (without("Subtype", "Link", "Contents"), "28-012"),
        (without("Subtype", "Link", "StructParent"), "28-010"),
        (without("Type", "Page", "Tabs"), "28-008"),
        (without("Type", "Font", "ToUnicode"), "31-027"),
    ] {
        assert!(found.iter().any(|fault| fault.starts_with(number)), "{number} in {found:?}");
    }
}
