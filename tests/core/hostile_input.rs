//! Whatever file is offered, the answer is one clear sentence within a second, and the file is left as it was.

use palisade::disk::{self, DiskError};
use palisade::interchange::{Format, recognise};
use palisade::open::open;
use std::fs::File;
use std::io::Write;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const NATIVE: &str = r#"(format: (1, 0), info: (name: "Shop"), elements: {"web": (name: "Web")})"#;
const DRAGON: &str = r#"{"version":"2.3.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D","cells":[
  {"id":"a","shape":"actor","position":{"x":1,"y":2},"data":{"type":"tm.Actor","name":"User","threats":[]}}]}]}}"#;

const TM7: &str = r#"<ThreatModel xmlns="http://schemas.datacontract.org/2004/07/ThreatModeling.Model" xmlns:i="i"><DrawingSurfaceList>
  <DrawingSurfaceModel><Guid>s</Guid><Borders><K><Value i:type="StencilEllipse"><Guid>p</Guid><Left>1</Left><Top>2</Top></Value></K></Borders>
  </DrawingSurfaceModel></DrawingSurfaceList></ThreatModel>"#;

/// The sentence for content that cannot be opened.
fn refusal(content: impl AsRef<[u8]>) -> String {
    let start = Instant::now();
    let sentence = open(content.as_ref(), "x").expect_err("must be refused").to_string();
    assert!(start.elapsed() < Duration::from_secs(1), "took {:?}: {sentence}", start.elapsed());
    assert!(!sentence.contains('\n') && sentence.len() < 300, "{sentence}");
    sentence
}

#[test]
fn content_that_is_no_model_is_named() {
    for (content, words) in [
        (b"".as_slice(), "the file is empty"),
        (b"\xEF\xBB\xBF \r\n\t ", "the file is empty"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xFF\xFE<\0T\0\0", "another encoding than UTF-8"),
        (b"\xFF\xFE\0\xD8<\0", "another encoding than UTF-8"),
        (b"UEsDBBQAAAAIAA==", "a ZIP archive"),
        (b"(format: \xC3\x28)", "another encoding than UTF-8"),
        (b"\x7fELF\x02\x01\x01\0\0\0", "binary data"),
        (b"Dear all, please find attached", "not a threat model Palisade knows"),
        (b"{\"colour\": \"red\"}", "not a threat model Palisade knows"),
        (b"[1, 2, 3]", "not a threat model Palisade knows"),
        (b"<html><body>login</body></html>", "not a threat model Palisade knows"),
        (b"{\"a\": ", "not whole: line 1"),
        (b"(name: \"Shop\")", "does not say which format it has"),
    ] {
        let sentence = refusal(content);
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn formats_not_read_yet_are_named() {
    let text = r#"{"$schema":"x","version":"2.1.0","runs":[]}"#;
    assert_eq!(recognise(text.as_bytes()).unwrap().0, Format::Sarif);
    let sentence = refusal(text);
    assert!(sentence.contains(Format::Sarif.label()) && sentence.contains("does not read yet"), "{sentence}");
}

#[test]
fn what_is_read_is_recognised_by_content() {
    for (text, format) in [
        (NATIVE, Format::Palisade),
        ("\r\n\r\n(format: (1, 0))", Format::Palisade),
        (r#"{"format":[1,0],"info":{}}"#, Format::PalisadeJson),
        (DRAGON, Format::ThreatDragon2),
        (r#"{"version":"2.0.0","summary":{},"detail":{"diagrams":[]}}"#, Format::ThreatDragon2),
        (r#"{"detail":{"diagrams":[{"cells":[]}]},"summary":{}}"#, Format::ThreatDragon2),
        (r#"{"templateMetadata":{"id":"t"},"model":{}}"#, Format::ThreatDragon2),
        (r#"{"id":"x","nodes":[],"flows":[]}"#, Format::PlainJson),
        (r#"<mxfile host="app"><diagram/></mxfile>"#, Format::DrawIo),
        ("<mxlibrary>[]</mxlibrary>", Format::DrawIo),
        ("%% a comment\nflowchart LR\n  a --> b", Format::Mermaid),
        ("---\ntitle: x\n---\ngraph TD; a-->b", Format::Mermaid),
        ("# Design\n\n```mermaid\nflowchart TB\na --> b\n```\n", Format::Mermaid),
        ("Id,Title,\"Category\",Priority\n1,a,b,High", Format::ThreatTable),
        ("Threat;Severity\nx;High", Format::ThreatTable),
        (r#"{"specFormat":"CycloneDX","blueprints":[]}"#, Format::CycloneDx),
        (r#"{"trust_zones":[],"data_flows":[]}"#, Format::ThreatModelLibrary),
        (r#"{"schema":1,"applicationInfo":{}}"#, Format::ThreatComposer),
        (r#"{"elements":[],"flows":[],"findings":[]}"#, Format::Pytm),
        ("# a comment\nthreagile_version: 1.0.0\n", Format::Threagile),
        ("title: x\ntechnical_assets:\n", Format::Threagile),
        (r#"{"summary":{},"detail":{"diagrams":[{"diagramJson":{"cells":[]}}]}}"#, Format::ThreatDragon1),
        (r#"{"summary":{},"detail":{"diagrams":[]}}"#, Format::ThreatDragon1),
        (TM7, Format::MicrosoftTmt),
        (r#"{"otmVersion":"0.1.0","project":{}}"#, Format::OpenThreatModel),
        ("---\notmVersion: 0.2.0\nproject:\n", Format::OpenThreatModel),
        (r#"<?xml version="1.0"?><!-- c --><KnowledgeBase xmlns:i="x"/>"#, Format::MicrosoftTemplate),
    ] {
        assert_eq!(recognise(text.as_bytes()).unwrap().0, format, "{text}");
    }
}

#[test]
fn every_cut_of_a_file_is_answered() {
    for whole in [NATIVE, DRAGON, TM7] {
        for end in (0..whole.trim_end().len()).filter(|end| whole.is_char_boundary(*end)) {
            let sentence = refusal(&whole[..end]);
            assert!(!sentence.contains("panicked"), "{sentence}");
        }
        assert!(open(whole.as_bytes(), "x").is_ok());
    }
    let cut = refusal(&DRAGON[..DRAGON.len() - 20]);
    assert!(cut.contains("line 2, column"), "{cut}");
}

#[test]
fn deep_nesting_neither_overflows_nor_hangs() {
    let deep = 100_000;
    for (open, close) in [("(", ")"), ("[", "]"), ("{", "}"), ("Some(", ")"), ("{\"a\":", "}"), ("<a>", "</a>"), ("/*", "*/")] {
        refusal(open.repeat(deep));
        refusal(open.repeat(deep) + &close.repeat(deep));
        refusal(NATIVE.replace("\"Web\"", &open.repeat(deep)));
        refusal(format!("(format: (1, 0), unknown: {}{})", open.repeat(deep), close.repeat(deep)));
        refusal(DRAGON.replace("\"User\"", &open.repeat(deep)));
        refusal(DRAGON.replace("\"User\"", &(open.repeat(deep) + "1" + &close.repeat(deep))));
    }
    refusal(format!("{{\"detail\": {}", "[".repeat(deep)));
    let sentence = refusal(format!("(format: (1, 0), elements: {}1{})", "[".repeat(deep), "]".repeat(deep)));
    assert!(sentence.starts_with("line 1, column"), "{sentence}");
}

/// A chain of nested boundaries in each format that is read, in the order that is hardest to follow.
fn chains(length: usize) -> [String; 4] {
    let each = |row: &dyn Fn(usize) -> String| (0..length).map(row).collect::<Vec<_>>().join(",");
    // Ids count down, so that the innermost is read first.
    let id = |n: usize| format!("b{:05}", length - n);
    let parent = |n: usize| n.checked_sub(1).map(id);
    let native = each(&|n| parent(n).map_or(format!("\"{}\": ()", id(n)), |p| format!("\"{}\": (parent: \"{p}\")", id(n))));
    let json = |n| parent(n).map_or("{}".to_owned(), |p| format!("{{\"parent\":\"{p}\"}}"));
    let twin = each(&|n| format!("\"{}\":{}", id(n), json(n)));
    let plain = each(&|n| {
        let parent = parent(n).map_or(String::new(), |p| format!(",\"parent\":\"{p}\""));
        format!("{{\"id\":\"{}\",\"name\":\"B\"{parent}}}", id(n))
    });
    let cells = each(&|n| {
        format!(
            r#"{{"id":"{}","shape":"trust-boundary-box","position":{{"x":{n},"y":{n}}},"size":{{"width":{w},"height":{w}}},"data":{{"type":"tm.BoundaryBox","name":"B"}}}}"#,
            id(n),
            w = 2 * (length - n) + 2
        )
    });
    [
        format!("(format: (1, 0), boundaries: {{{native}}})"),
        format!("{{\"format\":[1,0],\"info\":{{}},\"boundaries\":{{{twin}}}}}"),
        format!("{{\"nodes\":[],\"flows\":[],\"boundaries\":[{plain}]}}"),
        format!(
            r#"{{"version":"2.3.0","summary":{{"title":"T"}},"detail":{{"diagrams":[{{"id":0,"title":"D","cells":[{cells}]}}]}}}}"#
        ),
    ]
}

#[test]
fn boundaries_nested_without_end_are_cut_into_pieces_and_told() {
    for text in chains(200) {
        let opened = open(text.as_bytes(), "x").unwrap();
        let model = &opened.model;
        assert_eq!(palisade::model::check(model), vec![]);
        assert_eq!(model.boundaries.len(), 200, "nothing is dropped");
        assert_eq!(model.boundaries.values().filter(|b| b.parent.is_none()).count(), 4, "200 levels are 64 + 64 + 64 + 8");
        assert_eq!(opened.told().iter().filter(|t| t.contains("nested more than 64 levels deep")).count(), 3);
    }
    // A second as built for people; unoptimised builds on a busy machine get more.
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 10 } else { 1 });
    for text in chains(20_000) {
        let start = Instant::now();
        let opened = open(text.as_bytes(), "x").unwrap();
        assert!(start.elapsed() < limit, "took {:?}: {}", start.elapsed(), &text[..60]);
        assert_eq!(opened.model.boundaries.len(), 20_000);
    }
}

#[test]
fn wrong_values_are_told_in_plain_and_few_words() {
    let twin = |rest: &str| refusal(format!("{{\"format\":[1,0],\"info\":{{}},{rest}}}"));
    let long = "x".repeat(40_000);
    for (rest, words) in [
        (r#""boundaries":{"b":5}"#, "expected a record beginning with “{”, found the number 5"),
        (r#""boundaries":{"b":{"trust":"high"}}"#, "expected a whole number, found the text \"high\""),
        (r#""elements":{"a":{"holds":null}}"#, "expected a list, found null"),
        (&format!(r#""boundaries":{{"b":{{"kind":"{long}"}}}}"#), "expected one of"),
        (&format!(r#""boundaries":{{"b":{{"trust":"{long}"}}}}"#), "expected a whole number"),
    ] {
        let sentence = twin(rest);
        assert!(sentence.contains(words) && !sentence.contains("struct"), "{sentence}");
    }
    for (text, words) in [("{\"summary\": NaN}", "not sound JSON"), ("{\"summary\": {}", "not whole")] {
        let sentence = refusal(text);
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn every_kind_of_number_is_survived() {
    for n in ["1e999", "-1e999", "1e-999", "18446744073709551616", "-0", "1e39"] {
        let _ = open(DRAGON.replace("\"x\":1", &format!("\"x\":{n}")).as_bytes(), "x");
        let _ = open(NATIVE.replace("name: \"Web\"", &format!("reviewed: {n}")).as_bytes(), "x");
    }
    let opened = open(DRAGON.replace("\"x\":1", "\"x\":1e30").as_bytes(), "x").unwrap();
    assert_eq!(palisade::model::check(&opened.model), vec![]);
    assert!(opened.told().iter().any(|t| t.contains("coordinate out of range")), "{:?}", opened.told());
}

#[test]
fn any_bytes_are_answered_without_a_panic() {
    // SplitMix-like bytes after each beginning that leads to another reader.
    let mut state = 7u64;
    for start in ["", "(format: (1, 0), ", "{\"summary\":{},\"detail\":", "<", "{\"nodes\":[", "#!["] {
        let alphabet = b"(){}[]<>\":,/*#!?abc01 -.\\\n\xC3\xA9\xFF\x01";
        for _ in 0..300 {
            let mut bytes = start.as_bytes().to_vec();
            for _ in 0..60 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                bytes.push(alphabet[(state >> 33) as usize % alphabet.len()]);
            }
            let _ = open(&bytes, "x");
        }
    }
}

// ---- files ----

fn palisade(args: &[&std::ffi::OsStr]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_palisade")).args(args).output().unwrap()
}

#[test]
fn a_file_of_200_megabytes_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.ron");
    let mut file = File::create(&path).unwrap();
    file.write_all(NATIVE.as_bytes()).unwrap();
    file.set_len(200 * 1024 * 1024).unwrap();
    let start = Instant::now();
    assert!(matches!(disk::read(&path).unwrap_err(), DiskError::TooLarge(_)));
    let out = palisade(&["assess".as_ref(), path.as_os_str()]);
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    let sentence = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(sentence.contains("huge.ron: the file is larger than 64 MB, which no threat model is"), "{sentence}");
    assert_eq!(sentence.lines().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_not_read_to_its_end() {
    assert!(matches!(disk::read("/dev/zero".as_ref()).unwrap_err(), DiskError::TooLarge(_)));
}

#[test]
fn a_file_that_cannot_be_opened_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in [("cut.ron", &NATIVE[..40]), ("cut.json", &DRAGON[..80]), ("text.ron", "hello")] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let out = palisade(&["convert".as_ref(), path.as_os_str(), folder.path().join("out.ron").as_os_str()]);
        assert_eq!(out.status.code(), Some(1), "{name}");
        let sentence = String::from_utf8(out.stderr).unwrap();
        assert!(sentence.contains(name) && sentence.lines().count() == 1, "{sentence}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), content);
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3, "nothing was written");
}
