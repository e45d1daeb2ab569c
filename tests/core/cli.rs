//! The command line as a person or a script meets it.

use palisade::model::*;
use palisade::{open, storage};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run of the program left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn palisade<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    let output = program().args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The program with nothing to show a window on.
fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palisade"));
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    command
}

fn data(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name).to_str().unwrap().to_owned()
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    fn name(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }
    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

#[test]
fn help_and_version_say_what_can_be_done() {
    let run = palisade(["--help"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for words in ["assess", "rules", "report", "convert", "generate", "[FILE]", "Exit codes:", "Threat Dragon", ".tm7"] {
        assert!(run.out.contains(words), "{words}\n{}", run.out);
    }
    for (command, words) in
        [("assess", "--format"), ("rules", "--model"), ("report", "--date"), ("convert", "--losses"), ("generate", "--seed")]
    {
        let run = palisade([command, "--help"]);
        assert!(run.code == Some(0) && run.out.contains(words) && run.out.contains("Exit codes:"), "{}", run.out);
    }
    let version = palisade(["--version"]).out;
    assert_eq!(version, format!("palisade {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_leaves_with_2_and_says_how_it_should_be() {
    let folder = Folder::new();
    let (shop, out) = (data("td2/bare-shop.json"), folder.name("out.pdf"));
    for (args, words) in [
        (vec!["assess"], "Usage"),
        (vec!["assess", &shop, "--format", "xml"], "possible values: text, json"),
        (vec!["report", &shop], "--output"),
        (vec!["report", &shop, "-o", &out, "--date", "21.11.2026"], "write it as YYYY-MM-DD"),
        (vec!["convert", &shop], "Usage"),
        (vec!["convert", &shop, "shop.pdf"], "ending .ron or .json"),
        (vec!["--colour", "red"], "Usage"),
    ] {
        let run = palisade(&args);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(words), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_file_that_cannot_be_used_is_named_in_one_line() {
    let folder = Folder::new();
    std::fs::write(folder.path("typo.ron"), "(\n  format: (1, 0),\n  elements: {\"web\": (name: Web)},\n)").unwrap();
    std::fs::write(folder.path("base.tb7"), "<KnowledgeBase/>").unwrap();
    std::fs::write(folder.path("new.ron"), "(format: (9, 0))").unwrap();
    let typo = folder.name("typo.ron");
    for (file, words) in [
        (folder.name("none.ron"), "none.ron: there is no such file"),
        (folder.0.path().to_str().unwrap().to_owned(), "this is a folder"),
        (typo, "typo.ron: line 3, column 28: expected text in double quotes"),
        (folder.name("base.tb7"), "a Microsoft Threat Modeling Tool template (.tb7): it holds stencils and rules, but no model"),
        (folder.name("new.ron"), "format 9.0, which is newer than 1.0; open it with a newer version of Palisade"),
    ] {
        for command in [vec!["assess", &file], vec!["convert", &file, &folder.name("x.ron")]] {
            let run = palisade(command);
            assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{file}: {}", run.err);
            assert!(run.err.starts_with("palisade: ") && run.err.contains(words), "{}", run.err);
            assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        }
    }
    assert!(!folder.path("x.ron").exists());
}

#[test]
fn every_format_is_assessed_the_same_way() {
    let folder = Folder::new();
    let plain = data("oracle/web-shop.model.json");
    assert_eq!(palisade(["convert", &plain, &folder.name("shop.ron")]).code, Some(0));
    assert_eq!(palisade(["convert", &plain, &folder.name("shop.json")]).code, Some(0));
    let assess = |file: &str| {
        let run = palisade(["assess", file, "--format", "json"]);
        assert_eq!(run.code, Some(0), "{file}: {}", run.err);
        serde_json::from_str::<Value>(&run.out).unwrap()
    };
    let expected = assess(&plain);
    assert!(expected["threats"].as_array().unwrap().len() > 20);
    for field in [
        "key",
        "rule",
        "title",
        "anchor",
        "categories",
        "status",
        "inherent",
        "current",
        "planned",
        "band",
        "bindings",
        "missing",
        "why",
    ] {
        assert!(expected["threats"][0].get(field).is_some(), "{field}");
    }
    assert_eq!(assess(&folder.name("shop.ron")), expected);
    assert_eq!(assess(&folder.name("shop.json")), expected);
    let dragon = assess(&data("td2/threats.json"));
    let titles: Vec<&str> = dragon["threats"].as_array().unwrap().iter().filter_map(|t| t["title"].as_str()).collect();
    for title in ["Guessing", "Flooding", "Flat network", "Same id as another"] {
        assert!(titles.contains(&title), "{title} is not among {titles:?}");
    }
    let text = palisade(["assess", &plain]).out;
    assert!(text.contains("Web shop with payment provider") && text.contains("Critical"), "{text}");
    let kept = folder.name("kept.ron");
    std::fs::write(&kept, r#"(format: (1, 0), decisions: {"T-INJ-01@gone": (disposition: Accept)})"#).unwrap();
    let text = palisade(["assess", &kept]).out;
    assert!(text.contains("1 decision is about a threat that is not found any more; it is kept."), "{text}");
}

#[test]
fn no_output_replaces_a_model() {
    let folder = Folder::new();
    let (source, out) = (folder.name("shop.ron"), folder.name("out.ron"));
    assert_eq!(palisade(["convert", &data("td2/bare-shop.json"), &source]).code, Some(0));
    let twin = folder.name("shop.json");
    assert_eq!(palisade(["convert", &source, &twin]).code, Some(0));
    let before = folder.text("shop.ron");
    for (args, words) in [
        (vec!["report", &source, "-o", &source], "the ending says what is written"),
        (vec!["report", &source, "-o", &twin], "this file is there and is no JSON report; name another"),
        (vec!["convert", &source, &out, "--losses", &source], "a file of its own for the losses"),
        (vec!["convert", &source, &out, "--losses", &out], "a file of its own for the losses"),
    ] {
        let run = palisade(&args);
        assert_eq!(run.code, Some(2), "{args:?}");
        assert!(run.err.contains(words), "{}", run.err);
        assert_eq!(folder.text("shop.ron"), before);
        assert!(!folder.path("out.ron").exists());
    }
    let run = palisade(["convert", &source, &folder.name("nowhere/x.ron")]);
    assert!(run.err.contains("the folder it should go into does not exist"), "{}", run.err);
}

#[test]
fn what_is_told_does_not_mix_with_the_result() {
    let folder = Folder::new();
    let file = folder.name("damaged.ron");
    std::fs::write(&file, r#"(format: (1, 0), elements: {"web": (name: "Web", boundary: "gone", colour: "red")})"#).unwrap();
    let run = palisade(["assess", &file, "--format", "json"]);
    assert_eq!(run.code, Some(0));
    assert!(serde_json::from_str::<Value>(&run.out).is_ok());
    assert!(
        run.err
            .contains("element “Web” refers to the trust boundary “gone”, which is not in the model; the reference was removed")
    );
    assert!(run.err.contains("the field elements.web.colour is not known and was ignored"));
    let run = palisade(["assess", &data("td2/quirks.json"), "--format", "json"]);
    assert!(serde_json::from_str::<Value>(&run.out).is_ok());
    assert!(
        run.err.contains("read as a Threat Dragon 2 model") && run.err.contains("palisade convert lists them"),
        "{}",
        run.err
    );
    assert_eq!(run.err.lines().count(), 1);
}

#[test]
fn converting_keeps_everything_and_says_what_it_could_not() {
    let folder = Folder::new();
    let quirks = data("td2/quirks.json");
    let run = palisade(["convert", &quirks, &folder.name("q.ron"), "--losses", &folder.name("losses.txt")]);
    assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
    let model = storage::load(&folder.text("q.ron")).unwrap();
    assert_eq!(model.told(), Vec::<String>::new());
    assert_eq!(model.model, open::open(&std::fs::read(&quirks).unwrap(), "q").unwrap().model);
    let losses = folder.text("losses.txt");
    for words in [
        "quirks.json, read as a Threat Dragon 2 model: ",
        "Not carried over (1)",
        "Carried over in another shape",
        "UPnP",
        "Copied by hand",
    ] {
        assert!(losses.contains(words), "{words}\n{losses}");
    }

    let told = palisade(["convert", &quirks, &folder.name("q.json")]).err;
    assert!(told.lines().count() > 10 && told.contains("UPnP"), "without --losses they are told");
    assert_eq!(storage::load_json(&folder.text("q.json")).unwrap().model, model.model);

    let first = folder.text("q.ron");
    let run = palisade(["convert", &folder.name("q.json"), &folder.name("again.RON"), "--losses", &folder.name("none.txt")]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(folder.text("again.RON"), first, "there and back is the same file");
    assert!(folder.text("none.txt").contains("Everything came over as it was."));
    assert!(!folder.path("q.ron.bak").exists());
    std::fs::write(folder.path("q.ron"), "by hand").unwrap();
    palisade(["convert", &quirks, &folder.name("q.ron")]);
    assert_eq!((folder.text("q.ron"), folder.text("q.ron.bak")), (first, "by hand".to_owned()));
}

#[cfg(feature = "pdf")]
#[test]
fn a_report_is_the_same_for_the_same_model_and_date() {
    let folder = Folder::new();
    let shop = data("td2/bare-shop.json");
    let report = |name: &str, date: &str| {
        let run = palisade(["report", &shop, "-o", &folder.name(name), "--date", date]);
        assert_eq!((run.code, run.out.as_str()), (Some(0), ""), "{}", run.err);
        std::fs::read(folder.path(name)).unwrap()
    };
    let first = report("a.pdf", "2026-03-31");
    assert!(first.starts_with(b"%PDF-"));
    assert!(first == report("b.pdf", "2026-03-31"));
    assert!(first != report("a.pdf", "2026-04-01"));
    assert!(!folder.path("a.pdf.bak").exists(), "only models have backups");
    assert_eq!(palisade(["report", &shop, "-o", &folder.name("today.pdf")]).code, Some(0));
    let run = palisade(["report", &shop, "-o", &folder.name("nowhere/x.pdf")]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("x.pdf"), "{}", run.err);
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_pdf_says_so() {
    let folder = Folder::new();
    let run = palisade(["report", &data("td2/bare-shop.json"), "-o", &folder.name("x.pdf")]);
    assert_eq!(run.code, Some(3), "{}", run.err);
    assert!(run.err.contains("pdf") && !folder.path("x.pdf").exists(), "{}", run.err);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    for command in [vec!["assess", "--format", "json"], vec!["assess"], vec!["convert"]] {
        let folder = Folder::new();
        let mut args: Vec<String> = command.iter().map(|s| s.to_string()).collect();
        args.push(data("oracle/web-shop.model.json"));
        if command[0] == "convert" {
            args.push(folder.name("x.ron"));
        }
        let mut child = program().args(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{command:?}");
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    }
    // Nobody listens to the error either.
    let mut child = program().args(["assess", "nowhere.ron"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_window_names_the_commands_that_need_none() {
    for args in [vec![], vec![data("td2/bare-shop.json")]] {
        let run = palisade(&args);
        assert_eq!((run.code, run.out.as_str()), (Some(3), ""), "{}", run.err);
        for command in ["palisade assess", "palisade report", "palisade convert", "palisade generate"] {
            assert!(run.err.contains(command), "{}", run.err);
        }
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
    }
}

#[test]
fn the_whole_corpus_is_assessed_or_refused_in_one_line() {
    let Some(folder) = crate::support::corpus("td2") else { return };
    for file in std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()) {
        let run = palisade([Path::new("assess"), &file, Path::new("--format=json")]);
        assert_eq!(run.code, Some(0), "{}: {}", file.display(), run.err);
        let found: Value = serde_json::from_str(&run.out).unwrap();
        let model = open::open(&std::fs::read(&file).unwrap(), "x").unwrap().model;
        let own = |t: &&Value| model.threats.contains_key(t["rule"].as_str().unwrap());
        let imported = found["threats"].as_array().unwrap().iter().filter(own).count();
        let ruled_out = |d: &&Decision| d.disposition == Disposition::NotApplicable;
        let hidden = model.decisions.values().filter(ruled_out).count();
        assert!(imported == model.threats.len() || imported + hidden == model.threats.len(), "{}", file.display());
    }
}

#[test]
fn a_generated_model_is_written_and_can_be_assessed() {
    let folder = Folder::new();
    let (file, twin) = (folder.name("big.ron"), folder.name("big.json"));
    for (name, seed) in [(&file, "7"), (&twin, "7")] {
        let run = palisade(["generate", "--elements", "60", "--flows", "80", "--seed", seed, "-o", name]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), "", ""));
    }
    let model = open::open(folder.text("big.ron").as_bytes(), "big").unwrap().model;
    assert_eq!((model.elements.len(), model.flows.len()), (60, 80));
    assert_eq!(open::open(folder.text("big.json").as_bytes(), "big").unwrap().model, model);
    assert!(palisade(["assess", &file]).out.contains("Generated system of 60 elements"));
    for (args, words) in
        [(["--elements", "0", "-o", "x.ron"], "1..=100000"), (["--elements", "9", "-o", "x.pdf"], ".ron or .json")]
    {
        let run = palisade(["generate"].into_iter().chain(args));
        assert!(run.code == Some(2) && run.err.contains(words), "{}", run.err);
    }
}

#[test]
fn rules_are_listed_and_each_has_a_page() {
    let run = palisade(["rules"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for (_, rule) in palisade::library::Library::builtin().rules() {
        assert!(run.out.contains(&format!("  {} ", rule.id)), "{}", rule.id);
    }
    let run = palisade(["rules", "t-inj-01"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    for heading in ["When it fires", "When it is a false alarm", "Controls that answer it", "How to verify", "CWE-89 "] {
        assert!(run.out.contains(heading), "{heading}\n{}", run.out);
    }
    assert!(!run.out.contains("\nIn "), "no model, no places");
    assert!(run.out.lines().all(|line| line.chars().count() <= 100), "{}", run.out);

    let shop = sample("web-shop");
    let run = palisade(["rules", "T-INJ-01", "--model", &shop]);
    assert!(
        run.out.contains("\nIn Web shop with payment provider\n") && run.out.contains("Shop database (applies)"),
        "{}",
        run.out
    );
    let run = palisade(["rules", "T-IOT-07", "--model", &shop]);
    assert!(run.out.contains("It fires nowhere."), "{}", run.out);

    let run = palisade(["rules", "T-INJ-999"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains("there is no rule “T-INJ-999”; `palisade rules` lists them all"), "{}", run.err);
    assert_eq!(palisade(["rules", "--model", &shop]).code, Some(2), "a model without a rule");
}

#[test]
fn every_pack_can_be_asked_of_a_model_that_names_none() {
    let shop = sample("web-shop");
    let plain = palisade(["assess", "--format", "json", &shop]).out;
    let all = palisade(["assess", "--all-packs", "--format", "json", &shop]).out;
    assert!(!plain.contains("T-INN-") && all.contains("T-INN-01"));
    let told = palisade(["assess", &shop]).out;
    assert!(told.contains("Not asked: Inner network, ") && told.contains("--all-packs asks every rule."), "{told}");
    assert!(!palisade(["assess", "--all-packs", &shop]).out.contains("Not asked"));
}

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models").join(format!("{name}.ron")).to_str().unwrap().to_owned()
}
