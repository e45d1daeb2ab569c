//! Drawings of other tools, draw.io and Mermaid: what is drawn comes over where it is, kinds are guessed and say why.

use palisade::geometry::{pt, rect};
use palisade::interchange::{Format, Sure, Taken, recognise};
use palisade::model::*;
use palisade::open::{Opened, open};

fn read(text: &str, format: Format) -> Opened {
    assert_eq!(recognise(text.as_bytes()).unwrap().0, format, "{text}");
    let opened = open(text.as_bytes(), "untitled").unwrap_or_else(|e| panic!("{e}\n{text}"));
    assert_eq!(check(&opened.model), vec![]);
    opened
}

fn drawing(cells: &str) -> Opened {
    let graph = format!(r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>{cells}</root></mxGraphModel>"#);
    read(&format!(r#"<mxfile host="x"><diagram id="d" name="Main">{graph}</diagram></mxfile>"#), Format::DrawIo)
}

fn shape(id: &str, label: &str, style: &str, at: (i32, i32, i32, i32)) -> String {
    shape_in("1", id, label, style, at)
}

fn shape_in(parent: &str, id: &str, label: &str, style: &str, (x, y, w, h): (i32, i32, i32, i32)) -> String {
    format!(
        r#"<mxCell id="{id}" value="{label}" style="{style}" vertex="1" parent="{parent}"><mxGeometry x="{x}" y="{y}" width="{w}" height="{h}" as="geometry"/></mxCell>"#
    )
}

fn line(id: &str, label: &str, style: &str, ends: &str, inner: &str) -> String {
    format!(
        r#"<mxCell id="{id}" value="{label}" style="{style}" edge="1" parent="1" {ends}><mxGeometry relative="1" as="geometry">{inner}</mxGeometry></mxCell>"#
    )
}

fn guess(opened: &Opened, id: &str) -> (Taken, Sure) {
    let guess = opened.guesses.iter().find(|g| g.at.as_str() == id).unwrap_or_else(|| panic!("no guess for {id}"));
    assert!(!guess.why.is_empty());
    (guess.taken_for, guess.sure)
}

#[test]
fn kinds_are_guessed_from_types_shapes_and_words() {
    use ElementKind::*;
    let wrapped = r#"<UserObject id="typed" label="Thing" type="data store" risk="9"><mxCell style="rounded=1" vertex="1" parent="1"><mxGeometry x="0" y="900" width="100" height="50" as="geometry"/></mxCell></UserObject>"#;
    let at = |n: i32| (n * 200, 0, 100, 50);
    let cells = [
        wrapped.to_owned(),
        shape("oval", "Checks", "ellipse;whiteSpace=wrap;html=1;", at(0)),
        shape("open", "Orders", "shape=partialRectangle;left=0;right=0;fillColor=none;", at(1)),
        shape("drum", "", "shape=cylinder3;", at(2)),
        shape("man", "Ann", "shape=umlActor;", at(3)),
        shape("sharp", "Bank", "rounded=0;html=1;", at(4)),
        shape("words", "Customer database", "rounded=1;", at(5)),
        shape("icon", "Bookings", "shape=mxgraph.aws4.resourceIcon;resIcon=mxgraph.aws4.dynamodb;", at(6)),
        shape("odd", "Hm", "shape=hexagon;", at(7)),
        line("f", "", "", r#"source="sharp" target="oval""#, ""),
    ];
    let opened = drawing(&cells.concat());
    for (id, kind, sure) in [
        ("typed", DataStore, Sure::High),
        ("oval", Process, Sure::High),
        ("open", DataStore, Sure::High),
        ("drum", DataStore, Sure::High),
        ("man", ExternalEntity, Sure::High),
        ("sharp", ExternalEntity, Sure::Medium),
        ("words", DataStore, Sure::Medium),
        ("icon", DataStore, Sure::Medium),
        ("odd", Process, Sure::Low),
    ] {
        assert_eq!(guess(&opened, id), (Taken::Element(kind), sure), "{id}");
        assert_eq!(opened.model.elements[id].kind, kind, "{id}");
    }
    assert_eq!(opened.model.elements["typed"].extra["drawio.risk"], "9");
    assert_eq!(opened.guesses.len(), opened.model.elements.len());
}

#[test]
fn boxes_around_others_are_boundaries_and_nest() {
    let cells = [
        shape("dashed", "Internet", "dashed=1;fillColor=none;", (0, 0, 500, 400)),
        shape("vpc", "VPC", "container=1;points=[];", (20, 20, 300, 300)),
        shape_in("vpc", "inner", "Server", "ellipse;", (50, 60, 80, 80)),
        shape_in("vpc", "astray", "Far", "ellipse;", (900, 900, 80, 80)),
        shape("group", "", "group", (700, 0, 100, 100)),
        shape_in("group", "grouped", "Part", "ellipse;", (10, 10, 40, 40)),
        shape("lane", "Asset list", "swimlane;childLayout=stackLayout;", (1000, 0, 200, 90)),
        shape_in("lane", "row", "A01 cards", "shape=partialRectangle;left=0;right=0;", (0, 26, 200, 30)),
    ];
    let opened = drawing(&cells.concat());
    let m = &opened.model;
    assert_eq!(m.boundaries.len(), 2);
    assert_eq!((guess(&opened, "dashed").1, guess(&opened, "vpc").0), (Sure::High, Taken::Boundary));
    assert_eq!(m.boundaries["vpc"].parent, Some("dashed".into()));
    assert_eq!(
        (m.elements["inner"].boundary.clone(), m.elements["astray"].boundary.clone()),
        (Some("vpc".into()), Some("vpc".into()))
    );
    let at = |id: &str| m.rect_of(&"d".into(), &id.into()).unwrap();
    assert_eq!((at("inner"), at("grouped")), (rect(70.0, 80.0, 80.0, 80.0), rect(710.0, 10.0, 40.0, 40.0)), "places add up");
    assert_eq!(m.elements["grouped"].boundary, None, "a group without a name is nothing itself");
    assert_eq!(m.notes["lane"].text, "Asset list\n\nA01 cards");
}

#[test]
fn lines_are_flows_with_their_ends_arrows_labels_and_courses() {
    let label = r#"<mxCell id="l" value="&lt;b&gt;HTTPS&lt;/b&gt;" style="edgeLabel;html=1" vertex="1" parent="two"><mxGeometry x="-0.5" relative="1" as="geometry"/></mxCell>"#;
    let bends = r#"<Array as="points"><mxPoint x="150" y="300"/></Array>"#;
    let loose = r#"<mxPoint x="5" y="6" as="sourcePoint"/><mxPoint x="70" y="80" as="targetPoint"/>"#;
    let cells = [
        shape("a", "A", "ellipse;", (0, 0, 100, 100)),
        shape("b", "B", "ellipse;", (400, 0, 100, 100)),
        shape("chip", "Z0", "text;html=1;", (10, 10, 30, 20)),
        line("one", "", "edgeStyle=orthogonalEdgeStyle;exitX=1;exitY=0.5;", r#"source="a" target="b""#, bends),
        line("two", "", "startArrow=classic;curved=1;", r#"source="a" target="b""#, "") + label,
        line("back", "LDAP lookup", "startArrow=classic;endArrow=none;", r#"source="a" target="b""#, bends),
        line("none", "", "endArrow=none;", r#"source="chip" target="b""#, ""),
        line("ghost", "", "", r#"source="a" target="gone""#, ""),
        line("wall", "Edge", "dashed=1;endArrow=none;", "", loose),
        line("air", "", "", "", loose),
    ];
    let opened = drawing(&cells.concat());
    let m = &opened.model;
    let flow = |id: &str| &m.flows[id];
    let ends = |id: &str| (flow(id).from.as_ref().map(Id::as_str), flow(id).to.as_ref().map(Id::as_str));
    let route = |id: &str| match &m.placements[&PlacementKey::new("d", id)] {
        Placement::Route(route) => route.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (ends("one"), flow("one").bidirectional, flow("one").protocol),
        ((Some("a"), Some("b")), false, Protocol::Unknown)
    );
    assert_eq!((route("one").start, route("one").style), (Attach::At(pt(1.0, 0.5)), LineStyle::Orthogonal));
    assert_eq!(route("one").bends, [pt(150.0, 300.0)]);
    assert_eq!((flow("two").name.as_str(), flow("two").protocol, flow("two").bidirectional), ("HTTPS", Protocol::Https, true));
    assert_eq!((route("two").label, route("two").two_heads, route("two").style), (Some(0.25), true, LineStyle::Curved));
    assert_eq!(
        (ends("back"), flow("back").protocol),
        ((Some("b"), Some("a")), Protocol::Unknown),
        "a name with more in it is no protocol"
    );
    assert_eq!(ends("none"), (Some("a"), Some("b")), "a line at a small label is at what that lies on");
    assert_eq!(m.elements["a"].notes, "Label on the drawing: Z0");
    assert_eq!((ends("ghost"), ends("air")), ((Some("a"), None), (None, None)));
    assert_eq!(route("air").start, Attach::Loose(pt(5.0, 6.0)));
    assert!(
        matches!(&m.placements[&PlacementKey::new("d", "wall")], Placement::Line(l) if l.points == [pt(5.0, 6.0), pt(70.0, 80.0)])
    );
    let told = opened.told().join("\n");
    for words in
        ["its end is at “gone”, which is not on the page; it is loose now", "it has no arrow, so its direction is a guess"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn pages_are_diagrams_and_damaged_ones_are_told() {
    let page = |name: &str, body: &str| format!(r#"<diagram name="{name}">{body}</diagram>"#);
    let graph = |id: &str| {
        format!(
            r#"<mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/>{}</root></mxGraphModel>"#,
            shape(id, "P", "ellipse;", (0, 0, 9, 9))
        )
    };
    let file = format!(
        "<mxfile>{}{}{}{}</mxfile>",
        page("One", &graph("p")),
        page("Two", &graph("p")),
        page("Broken", "7VpZk5s4EP41rkoeXAUI8PE4OI"),
        page("Empty", "")
    );
    let opened = read(&file, Format::DrawIo);
    assert_eq!((opened.model.diagrams.len(), opened.model.elements.len()), (2, 2));
    let told = opened.told().join("\n");
    for words in ["page “Broken”: it is packed, and the packing is", "page “Empty”: it is empty", "its id “p” was already taken"]
    {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let only = open(format!("<mxfile>\n{}</mxfile>", page("Broken", "7VpZk5s4")).as_bytes(), "x").unwrap_err().to_string();
    assert!(only.contains("line 2, column 1: page “Broken”: it is packed, and the packing is cut or damaged"), "{only}");
}

#[test]
fn pages_that_unpack_without_end_are_refused() {
    use base64::Engine;
    use std::io::Write;
    let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b'a'; 1 << 20];
    for _ in 0..60 {
        deflated.write_all(&zeros).unwrap();
    }
    let packed = base64::engine::general_purpose::STANDARD.encode(deflated.finish().unwrap());
    assert!(packed.len() < 200_000);
    let error = open(format!("<mxfile><diagram>{packed}</diagram></mxfile>").as_bytes(), "x").unwrap_err().to_string();
    assert!(error.contains("it unpacks to more than 48 MB"), "{error}");
}

#[test]
fn flowcharts_become_models() {
    let chart = "---\ntitle: Shop\n---\nflowchart LR\n  %% who\n  U([User]) -->|HTTPS| W[\"Web <b>shop</b>\"]\n  subgraph dc [Data centre]\n    direction TB\n    W & K{{Broker}} -- writes --> D[(Orders)]\n    subgraph inner\n      H((Hash))\n    end\n  end\n  H <-.-> D; W --- H\n  dc ~~~ U\n  U --> dc\n  classDef red fill:#f00\n  class W red\n";
    let opened = read(chart, Format::Mermaid);
    let m = &opened.model;
    assert_eq!((m.info.name.as_str(), m.elements.len(), m.flows.len(), m.boundaries.len()), ("Shop", 5, 6, 2));
    assert_eq!(m.boundaries["inner"].parent, Some("dc".into()));
    assert_eq!((m.elements["W"].name.as_str(), m.elements["W"].boundary.clone()), ("Web shop", Some("dc".into())));
    assert_eq!(
        (guess(&opened, "D"), guess(&opened, "H")),
        ((Taken::Element(ElementKind::DataStore), Sure::High), (Taken::Element(ElementKind::Process), Sure::High))
    );
    assert_eq!(guess(&opened, "U").0, Taken::Element(ElementKind::ExternalEntity));
    let first = &m.flows["link-1"];
    assert_eq!((first.name.as_str(), first.protocol), ("HTTPS", Protocol::Https));
    assert_eq!(m.flows.values().filter(|f| f.name == "writes").count(), 2);
    assert!(m.flows.values().any(|f| f.from == Some("H".into()) && f.bidirectional));
    let told = opened.told().join("\n");
    assert!(
        told.contains("it ends at the subgraph “dc”, which is no element") && told.contains("2 statements about colours"),
        "{told}"
    );
    for (text, words) in [
        ("flowchart LR\n  a[open --> b\n", "line 2, column 4: the shape that begins here is not closed"),
        ("flowchart LR\n  a b\n", "line 2, column 5: a link between nodes is expected here"),
        ("flowchart LR\n  a --> \n", "line 2, column 9: the name of a node is expected here"),
    ] {
        let error = open(text.as_bytes(), "x").unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// A chunk of a PNG; nobody reads its checksum.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    [&(data.len() as u32).to_be_bytes()[..], kind, data, &[0; 4]].concat()
}

#[test]
fn pictures_with_their_drawing_inside_are_drawings() {
    use std::io::Write;
    let file = r#"<mxfile><diagram id="d" name="Main"><mxGraphModel><root><mxCell id="0"/><mxCell id="1" parent="0"/><mxCell id="a" value="Böse > gut" style="ellipse" vertex="1" parent="1"><mxGeometry width="80" height="80" as="geometry"/></mxCell></root></mxGraphModel></diagram></mxfile>"#;
    let percent: String =
        file.bytes().map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") }).collect();
    let escaped = file.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let svg = |content: &str| {
        format!(
            "<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9px\" content=\"{content}\" style=\"a > b\"><g>&bad;</g></svg>"
        )
    };
    let mut deflated = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    deflated.write_all(percent.as_bytes()).unwrap();
    let deflated = deflated.finish().unwrap();
    let png = |inner: Vec<u8>| [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &[0; 13]), inner, chunk(b"IEND", b"")].concat();
    let files = [
        svg(&escaped).into_bytes(),
        svg(&percent).into_bytes(),
        png(chunk(b"tEXt", &[b"mxfile\0".as_slice(), percent.as_bytes()].concat())),
        png(chunk(b"zTXt", &[b"mxfile\0\0".as_slice(), &deflated].concat())),
        png(chunk(b"iTXt", &[b"mxfile\0\x01\0en\0\0".as_slice(), &deflated].concat())),
    ];
    for (n, bytes) in files.iter().enumerate() {
        let opened = open(bytes, "picture").unwrap_or_else(|e| panic!("{n}: {e}"));
        assert_eq!((opened.format, opened.model.elements["a"].name.as_str()), (Format::DrawIo, "Böse > gut"), "{n}");
        let cut = &bytes[..bytes.len() / 2];
        assert!(open(cut, "cut").is_err(), "{n}: half of it is no drawing");
    }
    let other = [svg(""), svg("&lt;html>")];
    assert!(other.iter().all(|text| open(text.as_bytes(), "x").is_err()), "any other picture is none");
    let plain = png(chunk(b"tEXt", b"Software\0x"));
    assert!(open(&plain, "x").unwrap_err().to_string().contains("a picture without a model inside"));
}

#[test]
fn an_attack_tree_is_no_data_flow_diagram() {
    let at = |n: i32| (n * 200, 0, 100, 50);
    let cells = [
        shape("root", "Open the safe", "rounded=0", at(0)),
        shape("and", "AND", "ellipse", at(1)),
        shape("a", "Pick the lock", "rounded=0", at(2)),
        shape("b", "Learn the combination", "rounded=0", at(3)),
        shape("c", "Bribe", "rounded=1", at(4)),
        line("1", "", "", r#"source="root" target="and""#, ""),
        line("2", "", "", r#"source="and" target="a""#, ""),
        line("3", "", "", r#"source="and" target="b""#, ""),
        line("4", "", "", r#"source="b" target="c""#, ""),
    ];
    let opened = drawing(&cells.concat());
    let m = &opened.model;
    assert_eq!((m.elements.len(), m.flows.len(), m.notes.len()), (0, 0, 5), "no process is invented");
    let leaf = |name: &str| TreeStep { name: name.into(), ..TreeStep::default() };
    let learn = TreeStep::of("Learn the combination", Gate::Or, vec![leaf("Bribe")]);
    let tree = TreeStep::of("Open the safe", Gate::And, vec![leaf("Pick the lock"), learn]);
    assert_eq!(m.attack_trees.values().map(|t| &t.root).collect::<Vec<_>>(), [&tree]);
    assert_eq!(m.rect_of(&"d".into(), &"b".into()), Some(rect(600.0, 0.0, 100.0, 50.0)));
    assert!(opened.told().join("\n").contains("it is no data flow diagram: its goals are an attack tree of the model now"));
    assert!(opened.guesses.is_empty());
}
