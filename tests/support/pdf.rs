//! Looks into PDF files with lopdf.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

pub struct Pdf {
    document: Document,
    pages: Vec<ObjectId>,
}

#[derive(Debug)]
pub struct Font {
    pub name: String,
    pub embedded: bool,
    pub to_unicode: bool,
}

#[derive(Debug, Default)]
pub struct Links {
    pub internal: usize,
    pub broken: usize,
    pub web: Vec<String>,
}

fn words(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap_or_default()
}

impl Pdf {
    pub fn read(bytes: &[u8]) -> Pdf {
        let document = Document::load_mem(bytes).unwrap();
        let pages = document.get_pages().into_values().collect();
        Pdf { document, pages }
    }

    fn dict<'a>(&'a self, object: &'a Object) -> &'a Dictionary {
        self.document.dereference(object).unwrap().1.as_dict().unwrap()
    }

    fn get<'a>(&'a self, dict: &'a Dictionary, key: &str) -> Option<&'a Object> {
        dict.get(key.as_bytes()).ok().map(|o| self.document.dereference(o).unwrap().1)
    }

    fn catalog(&self) -> &Dictionary {
        self.document.catalog().unwrap()
    }

    pub fn text(&self) -> String {
        self.page_texts().join("\n")
    }

    /// What the show operators of each page say by the ToUnicode maps of their fonts, a run a line.
    pub fn page_texts(&self) -> Vec<String> {
        let mut maps: BTreeMap<Vec<u8>, BTreeMap<u16, String>> = BTreeMap::new();
        self.pages.iter().map(|page| self.page_text(*page, &mut maps)).collect()
    }

    fn page_text(&self, page: ObjectId, maps: &mut BTreeMap<Vec<u8>, BTreeMap<u16, String>>) -> String {
        let fonts = self.document.get_page_fonts(page).unwrap();
        for (name, font) in &fonts {
            maps.entry(name.clone()).or_insert_with(|| {
                let stream = self.get(font, "ToUnicode").unwrap().as_stream().unwrap();
                to_unicode(&String::from_utf8_lossy(&stream.get_plain_content().unwrap()))
            });
        }
        let content = Content::decode(&self.document.get_page_content(page)).unwrap();
        let (mut out, mut map) = (String::new(), None);
        for operation in content.operations {
            match operation.operator.as_str() {
                "Tf" => map = maps.get(operation.operands[0].as_name().unwrap()),
                "TJ" => {
                    for part in operation.operands[0].as_array().unwrap() {
                        for code in part.as_str().unwrap_or_default().chunks(2) {
                            let code = u16::from_be_bytes([code[0], code[1]]);
                            out.push_str(map.unwrap().get(&code).map_or("", String::as_str));
                        }
                    }
                }
                "ET" => out.push('\n'),
                _ => {}
            }
        }
        out
    }

    pub fn fonts(&self) -> Vec<Font> {
        let fonts = self.document.get_page_fonts(self.pages[1]).unwrap();
        let font = |font: &&Dictionary| {
            let inner = self.dict(&self.get(font, "DescendantFonts").unwrap().as_array().unwrap()[0]);
            let described = self.dict(inner.get(b"FontDescriptor").unwrap());
            Font {
                name: String::from_utf8_lossy(font.get(b"BaseFont").unwrap().as_name().unwrap()).into_owned(),
                embedded: described.has(b"FontFile2") || described.has(b"FontFile3"),
                to_unicode: font.has(b"ToUnicode"),
            }
        };
        fonts.values().map(font).collect()
    }

    /// Depth from 1, title, index of the page.
    pub fn outline(&self) -> Vec<(usize, String, usize)> {
        let mut out = Vec::new();
        let root = self.get(self.catalog(), "Outlines").unwrap().as_dict().unwrap();
        self.outline_below(root, 1, &mut out);
        out
    }

    fn outline_below(&self, parent: &Dictionary, depth: usize, out: &mut Vec<(usize, String, usize)>) {
        let mut next = self.get(parent, "First");
        while let Some(item) = next.map(|o| o.as_dict().unwrap()) {
            let page = self.get(item, "Dest").unwrap().as_array().unwrap()[0].as_reference().unwrap();
            let page = self.pages.iter().position(|p| *p == page).expect("leads to a page");
            out.push((depth, words(item.get(b"Title").unwrap()), page));
            self.outline_below(item, depth + 1, out);
            next = self.get(item, "Next");
        }
    }

    pub fn links(&self) -> Links {
        let mut out = Links::default();
        for page in &self.pages {
            let page = self.document.get_dictionary(*page).unwrap();
            for link in self.get(page, "Annots").map(|a| a.as_array().unwrap().as_slice()).unwrap_or_default() {
                let link = self.dict(link);
                assert!(link.has(b"StructParent") && link.has(b"Contents"));
                if let Some(action) = self.get(link, "A") {
                    out.web.push(words(action.as_dict().unwrap().get(b"URI").unwrap()));
                } else {
                    let page = self.get(link, "Dest").unwrap().as_array().unwrap()[0].as_reference().ok();
                    out.internal += 1;
                    out.broken += usize::from(!page.is_some_and(|p| self.pages.contains(&p)));
                }
            }
        }
        out
    }

    /// An entry of the document information; empty when it is not there.
    pub fn info(&self, key: &str) -> String {
        let info = self.dict(self.document.trailer.get(b"Info").unwrap());
        info.get(key.as_bytes()).map(words).unwrap_or_default()
    }

    pub fn is_tagged(&self) -> bool {
        let marked = self.get(self.catalog(), "MarkInfo").map(|m| m.as_dict().unwrap());
        marked.is_some_and(|m| matches!(m.get(b"Marked"), Ok(Object::Boolean(true)))) && self.catalog().has(b"StructTreeRoot")
    }

    pub fn language(&self) -> String {
        words(self.catalog().get(b"Lang").unwrap())
    }

    /// The metadata stream, as text.
    pub fn metadata(&self) -> String {
        let stream = self.get(self.catalog(), "Metadata").unwrap().as_stream().unwrap();
        String::from_utf8(stream.content.clone()).unwrap()
    }

    pub fn shows_title(&self) -> bool {
        let viewer = self.get(self.catalog(), "ViewerPreferences").unwrap().as_dict().unwrap();
        matches!(viewer.get(b"DisplayDocTitle"), Ok(Object::Boolean(true)))
    }

    fn elements(&self) -> impl Iterator<Item = &Dictionary> {
        let dicts = self.document.objects.values().filter_map(|o| o.as_dict().ok());
        dicts.filter(|d| d.get(b"Type").and_then(Object::as_name).is_ok_and(|n| n == b"StructElem"))
    }

    pub fn roles(&self) -> BTreeSet<String> {
        let role = |d: &Dictionary| String::from_utf8_lossy(d.get(b"S").unwrap().as_name().unwrap()).into_owned();
        self.elements().map(role).collect()
    }

    pub fn alternatives(&self) -> Vec<String> {
        self.elements().filter_map(|d| d.get(b"Alt").ok().map(words)).collect()
    }
}

fn to_unicode(map: &str) -> BTreeMap<u16, String> {
    let mut out = BTreeMap::new();
    for line in map.lines() {
        let parts: Vec<&str> = line.split(['<', '>']).collect();
        if let [_, code, _, text, _] = parts.as_slice()
            && code.len() == 4
            && text.len() % 4 == 0
        {
            let units = (0..text.len() / 4).map(|n| u16::from_str_radix(&text[4 * n..4 * n + 4], 16).unwrap());
            out.insert(u16::from_str_radix(code, 16).unwrap(), String::from_utf16_lossy(&units.collect::<Vec<_>>()));
        }
    }
    out
}
