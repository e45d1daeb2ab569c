//! Files changed at random: whatever comes out, every reader answers with a sound model or a sentence.
//!
//! The changes are the same in every run. `PALISADE_MUTATIONS=100000` makes so many of each format instead of a few hundred;
//! with `PALISADE_CORPUS` set, small real files are changed too. `fuzz/` has the same readers for libFuzzer.

use palisade::interchange::{Format, Source, import, recognise};
use palisade::model::check;
use std::time::{Duration, Instant};

/// A small file of each format, with most of what it can say.
const SEEDS: &[(Format, &str)] = &[
    (
        Format::Threagile,
        "threagile_version: 1.0.0\ntitle: T\ndata_assets:\n  D: &d {id: d, confidentiality: public, owner: o}\n  E: {<<: *d, id: e}\ntechnical_assets:\n  A:\n    id: a\n    type: process\n    technology: web-application\n    data_assets_stored: [d]\n    encryption: transparent\n    communication_links:\n      L: {target: b, protocol: jdbc-encrypted, authentication: token, data_assets_sent: [d, e]}\n  B: {id: b, type: datastore}\ntrust_boundaries:\n  Z: {id: z, type: execution-environment, technical_assets_inside: [a], trust_boundaries_nested: [z]}\nshared_runtimes:\n  R: {id: r, technical_assets_running: [a, b]}\nindividual_risk_categories:\n  C: {id: c, stride: tampering, risks_identified: {X: {severity: high, most_relevant_technical_asset: a}}}\nrisk_tracking:\n  c@*: {status: accepted, date: 2020-01-02}\n",
    ),
    (
        Format::DrawIo,
        r#"<mxfile><diagram id="d" name="P"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/><mxCell id="b" value="Zone" style="dashed=1;fillColor=none" vertex="1" parent="1"><mxGeometry x="0" y="0" width="300" height="200" as="geometry"/></mxCell><UserObject label="&lt;b&gt;Shop&lt;/b&gt;" id="a" type="process" x="1"><mxCell style="ellipse;html=1" vertex="1" parent="b"><mxGeometry x="20" y="30" width="80" height="80" as="geometry"/></mxCell></UserObject><mxCell id="e" value="HTTPS" style="startArrow=classic;exitX=1;exitY=0.5" edge="1" parent="1" source="a" target="t"><mxGeometry relative="1" as="geometry"><mxPoint x="9" y="8" as="targetPoint"/><Array as="points"><mxPoint x="150" y="90"/></Array></mxGeometry></mxCell><mxCell id="t" value="A01" style="text" vertex="1" parent="1"><mxGeometry x="30" y="40" width="30" height="20" as="geometry"/></mxCell></root></mxGraphModel></diagram><diagram name="Q">7VpZk5s4EP41rkoeXAUI8PE4</diagram></mxfile>"#,
    ),
    (
        Format::Pytm,
        r#"{"name":"T","boundaries":[{"name":"N","inBoundary":"N"}],"data":[{"name":"D","classification":"Classification.SECRET","isPII":true}],"elements":[{"__class__":"Server","name":"S","inBoundary":"N","controls":{"isHardened":true,"x":"y"}},{"__class__":"Datastore","name":"B","type":"DatastoreType.SQL","data":["D"]}],"flows":[{"name":"F","source":"S","sink":"B","data":["D"],"protocol":"HTTP","tlsVersion":"TLSVersion.TLSv12"}],"findings":[{"id":"1","target":"S","description":"Bad","severity":"High","mitigations":"Fix it. Now.","response":"accepted"}]}"#,
    ),
    (
        Format::ThreatComposer,
        r#"{"schema":1,"applicationInfo":{"name":"T"},"assumptions":[{"id":"a","content":"x"}],"mitigations":[{"id":"m","content":"do","status":"mitigationResolved"}],"threats":[{"id":"t","numericId":1,"threatAction":"act","impactedAssets":["k"],"metadata":[{"key":"STRIDE","value":["S"]},{"key":"Priority","value":"High"}],"status":"threatResolved"}],"mitigationLinks":[{"mitigationId":"m","linkedId":"t"}],"assumptionLinks":[{"type":"Threat","assumptionId":"a","linkedId":"t"}]}"#,
    ),
    (
        Format::ThreatModelLibrary,
        r#"{"version":"1.0","scope":{"title":"T"},"trust_zones":[{"symbolic_name":"z","title":"Z"}],"trust_boundaries":[{"trust_zone_a":"z","trust_zone_b":"y"}],"actors":[{"symbolic_name":"a","title":"A","type":"user","trust_zone":"z"}],"components":[{"symbolic_name":"c","title":"C","trust_zone":"z","parent_component":"c"}],"data_stores":[{"symbolic_name":"s","title":"S","type":"sql"}],"data_sets":[{"symbolic_name":"d","title":"D","placements":[{"data_store":"s","encrypted":true}],"data_sensitivity":["pii"],"record_count":5}],"data_flows":[{"symbolic_name":"f","title":"F","source":{"object":"a"},"destination":{"object":"c"},"encrypted":true}],"assumptions":[{"description":"x","validity":"confirmed","topics":["c"]}],"threat_personas":[{"symbolic_name":"p","title":"P","skill_level":"engineer"}],"threats":[{"symbolic_name":"t","title":"T","components_affected":["c"]}],"controls":[{"symbolic_name":"k","title":"K","threats":["t"],"status":"active"}],"risks":[{"symbolic_name":"r","title":"R","threats":["t"],"level":"high","score":12}]}"#,
    ),
    (
        Format::CycloneDx,
        r#"{"specFormat":"CycloneDX","specVersion":"2.0","blueprints":[{"bom-ref":"b","name":"B","zones":[{"bom-ref":"z","name":"Z","parent":"z"}],"boundaries":[{"bom-ref":"zy","zones":["z","y"]}],"actors":[{"bom-ref":"a","party":{"persona":{"archetype":"x"}},"zone":"z"}],"assets":[{"bom-ref":"s","type":"data-store","name":"S","zone":"z"}],"flows":[{"bom-ref":"f","name":"F","source":"a","destination":"s","protocols":["https"],"dataObjects":[{"name":"d"}]}]}],"threats":{"threats":[{"bom-ref":"t","name":"T","categories":[{"taxonomy":"STRIDE","category":"spoofing"}],"affectedAssets":["s"],"mitigations":["m"]}]},"risks":{"risks":[{"relatedThreats":["t"],"residualRisk":{"level":"high"},"status":"accepted"}]}}"#,
    ),
    (
        Format::CycloneDx,
        r#"{"bomFormat":"CycloneDX","components":[{"type":"threat-model","bom-ref":"m","name":"M","properties":[{"name":"cdx:model:type","value":"diagram"}],"components":[{"type":"threat-model","bom-ref":"b","name":"B","properties":[{"name":"cdx:model:type","value":"boundary"}]},{"type":"threat-model","bom-ref":"s","name":"S","properties":[{"name":"cdx:model:type","value":"server"},{"name":"cdx:model:inBoundary","value":"b"}]},{"type":"threat-model","bom-ref":"f","name":"F","properties":[{"name":"cdx:model:type","value":"dataflow"},{"name":"cdx:model:dataflow:source","value":"s"}]}]}]}"#,
    ),
    (
        Format::Mermaid,
        "---\ntitle: T\n---\nflowchart LR\n  U([User]) -->|HTTPS| W[\"Web <b>x</b>\"]:::red\n  subgraph dc [Data centre]\n    W & K{{B}} -- writes --> D[(Orders)]\n    subgraph i\n      H((Hash))\n    end\n  end\n  H <-.-> D; W --- H\n  e1@--> x@{ shape: cyl, label: \"L\" }\n  classDef red fill:#f00\n",
    ),
    (
        Format::ThreatTable,
        "Id,Title,Category,Severity,CVSS,Status,Component,Interaction,Mitigation,Own\n1,\"A, b\",\"S, T\",High,9.1,Mitigated,Web | DB,Flow,Do it,x\n2,C,Spoofing,,,Parked,,,,\n",
    ),
    (
        Format::OpenThreatModel,
        r#"{"otmVersion":"0.2.0","project":{"name":"T","id":"t"},"representations":[{"name":"M","id":"r","type":"diagram","size":{"width":9,"height":9}}],"trustZones":[{"id":"z","name":"Z","risk":{"trustRating":10},"representations":[{"representation":"r","id":"zr","position":{"x":0,"y":0},"size":{"width":300,"height":200}}]}],"components":[{"id":"c","name":"C","type":"db","parent":{"trustZone":"z"},"threats":[{"threat":"h","state":"mitigated","mitigations":[{"mitigation":"m","state":"implemented"}]}]}],"dataflows":[{"id":"f","name":"F","source":"c","destination":"c","assets":["a"]}],"assets":[{"id":"a","name":"A","risk":{"confidentiality":50,"integrity":1,"availability":1}}],"threats":[{"id":"h","name":"H","categories":["Spoofing"],"risk":{"likelihood":50,"impact":90}}],"mitigations":[{"id":"m","name":"M","riskReduction":70}]}"#,
    ),
    (
        Format::ThreatDragon1,
        r#"{"summary":{"title":"T"},"detail":{"contributors":[{"name":"A"}],"diagrams":[{"title":"D","id":0,"diagramJson":{"cells":[{"type":"tm.Process","id":"p","size":{"width":100,"height":100},"position":{"x":5,"y":6},"attrs":{"text":{"text":"P"}},"threats":[{"title":"X","type":"Spoofing","status":"Open","severity":"High"}]},{"type":"tm.Boundary","id":"b","source":{"x":1,"y":2},"target":{"x":3,"y":4},"vertices":[{"x":9,"y":9}]},{"type":"tm.Flow","id":"f","source":{"id":"p"},"target":{"x":3,"y":4},"labels":[{"position":0.5,"attrs":{"text":{"text":"F"}}}]}]}}]}}"#,
    ),
    (
        Format::ThreatDragon2,
        r#"{"version":"2.3.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D","cells":[{"id":"p","shape":"process","position":{"x":5,"y":6},"size":{"width":80,"height":80},"data":{"name":"P","threats":[{"id":"t","title":"X","type":"Spoofing","status":"Open","severity":"High","mitigation":"m"}]}},{"id":"b","shape":"trust-boundary-box","position":{"x":0,"y":0},"size":{"width":300,"height":300},"data":{"name":"B"}},{"id":"f","shape":"flow","source":{"cell":"p"},"target":{"x":9,"y":9},"vertices":[{"x":1,"y":1}],"data":{"name":"F","protocol":"TLS"}}]}]}}"#,
    ),
    (
        Format::PlainJson,
        r#"{"name":"T","boundaries":[{"id":"b","name":"B","trust":1,"parent":"b"}],"assets":[{"id":"a","name":"A","kinds":["PersonalData"],"C":3}],"nodes":[{"id":"n","name":"N","kind":"Process","boundary":"b","holds":["a"],"caps":{"ServesApi":true}}],"flows":[{"id":"f","src":"n","dst":"n","protocol":"Https"}],"controls":[{"control":"C-NET-TLS","at":"f","impl":"Done"}]}"#,
    ),
];

/// Pieces that mean something in one format or another.
const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "'",
    ":",
    ",",
    ";",
    "&",
    "*",
    "- ",
    "\n",
    "\t",
    "\u{0}",
    "null",
    "true",
    "-1",
    "1e308",
    "-1e39",
    "99999999999999999999",
    "NaN",
    "%",
    "%zz",
    "&#x0;",
    "&amp;",
    "<!--",
    "]]>",
    "<![CDATA[",
    "id",
    "name",
    "parent",
    "&a ",
    "*a",
    "<<: *a",
    "subgraph x\n",
    "end\n",
    "-->",
    "-.->",
    "|",
    "ü",
    "\u{202e}",
    "\u{1F600}",
    "vertex=\"1\"",
    "edge=\"1\"",
];

/// xorshift64*: the same numbers in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n.max(1) as u64) as usize
    }
}

/// What stands between two quotation marks, by its place.
fn quoted(bytes: &[u8]) -> Vec<(usize, usize)> {
    let marks: Vec<usize> = bytes.iter().enumerate().filter(|(_, b)| **b == b'"').map(|(at, _)| at).collect();
    marks.windows(2).map(|pair| (pair[0] + 1, pair[1])).collect()
}

/// One to five changes at random places; every third time only texts change places, so that the grammar stays sound.
fn changed(seed: &[u8], other: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut out = seed.to_vec();
    if chance.below(3) == 0 {
        for _ in 0..1 + chance.below(4) {
            let (mine, theirs) = (quoted(&out), quoted(other));
            if let (Some((from, to)), Some((a, b))) =
                (mine.get(2 * chance.below(mine.len() / 2)), theirs.get(2 * chance.below(theirs.len() / 2)))
            {
                out.splice(*from..*to, other[*a..*b].iter().copied());
            }
        }
        return out;
    }
    for _ in 0..1 + chance.below(5) {
        let at = chance.below(out.len());
        let length = 1 + chance.below(24);
        let end = (at + length).min(out.len());
        match chance.below(7) {
            0 if !out.is_empty() => out[at] ^= 1 << chance.below(8),
            1 => drop(out.drain(at..end)),
            2 => {
                let piece = out[at..end].to_vec();
                let to = chance.below(out.len());
                out.splice(to..to, piece.repeat(1 + chance.below(4)));
            }
            3 => drop(out.splice(at..end, WORDS[chance.below(WORDS.len())].bytes())),
            4 => drop(out.splice(at..at, WORDS[chance.below(WORDS.len())].repeat(1 + chance.below(3)).into_bytes())),
            5 => {
                let from = chance.below(other.len());
                let until = (from + length * 4).min(other.len());
                out.splice(at..at, other[from..until].iter().copied());
            }
            _ => out.truncate(end.max(out.len() / 2)),
        }
    }
    out
}

/// Changes the seeds of a format so many times and reads each.
fn mutate(format: Format) {
    let times = std::env::var("PALISADE_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(200usize);
    let mut seeds: Vec<Vec<u8>> = SEEDS.iter().filter(|(f, _)| *f == format).map(|(_, s)| s.as_bytes().to_vec()).collect();
    assert!(!seeds.is_empty());
    for seed in &seeds {
        let text = String::from_utf8(seed.clone()).unwrap();
        assert_eq!(recognise(text.as_bytes()).unwrap().0, format, "{text}");
    }
    seeds.extend(small_real_files(format));
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    let (mut read, mut slowest) = (0, Duration::ZERO);
    for n in 0..times {
        let (a, b) = (chance.below(seeds.len()), chance.below(seeds.len()));
        let bytes = changed(&seeds[a], &seeds[b], &mut chance);
        let text = String::from_utf8_lossy(&bytes);
        let start = Instant::now();
        match import(format, &Source::alone(&text, "x")) {
            Ok(import) => {
                read += 1;
                let faults = check(&import.model);
                assert!(faults.is_empty(), "change {n}: {faults:?}\n{text}");
                let astray = import.guesses.iter().find(|g| !import.model.has_id(&g.at));
                assert!(astray.is_none(), "change {n}: {astray:?}\n{text}");
            }
            Err(error) => {
                let sentence = error.to_string();
                assert!(
                    !sentence.is_empty() && !sentence.contains('\n') && sentence.len() < 500,
                    "change {n}: {sentence}\n{text}"
                );
            }
        }
        slowest = slowest.max(start.elapsed());
    }
    println!("{format:?}: {times} changed files of {} seeds, {read} still models, the slowest {slowest:?}", seeds.len());
    assert!(read > 0, "nothing was ever read");
}

fn small_real_files(format: Format) -> Vec<Vec<u8>> {
    let Some(folder) = std::env::var_os("PALISADE_CORPUS") else { return Vec::new() };
    let folders = std::fs::read_dir(folder).unwrap().filter_map(|f| std::fs::read_dir(f.unwrap().path()).ok());
    let mut paths: Vec<_> = folders.flatten().map(|f| f.unwrap().path()).collect();
    paths.sort();
    let small = paths.iter().filter_map(|p| std::fs::read(p).ok()).filter(|bytes| bytes.len() < 12_000);
    small.filter(|bytes| recognise(bytes).is_ok_and(|(f, _)| f == format)).collect()
}

macro_rules! each {
    ($($name:ident: $format:ident),+ $(,)?) => {
        $(#[test]
        fn $name() {
            mutate(Format::$format);
        })+
    };
}

each! {
    threagile: Threagile,
    draw_io: DrawIo,
    pytm: Pytm,
    threat_composer: ThreatComposer,
    threat_model_library: ThreatModelLibrary,
    cyclonedx: CycloneDx,
    open_threat_model: OpenThreatModel,
    mermaid: Mermaid,
    tables: ThreatTable,
    threat_dragon_1: ThreatDragon1,
    threat_dragon_2: ThreatDragon2,
    plain_json: PlainJson,
}

#[test]
fn a_name_of_megabytes_is_cut_before_it_is_drawn() {
    let chart = format!("flowchart LR\n a[{}] --> b\n", "x".repeat(1 << 20));
    let read = import(Format::Mermaid, &Source::alone(&chart, "x")).unwrap();
    assert_eq!(read.model.elements["a"].name.chars().count(), 2001);
    assert!(read.losses.iter().any(|l| l.why.contains("more than 2000 characters")));
}
