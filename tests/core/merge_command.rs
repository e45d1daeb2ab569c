//! `palisade diff` and `palisade merge` as a person, a script and git meet them.

use palisade::model::*;
use palisade::storage;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn save(&self, name: &str, model: &ThreatModel) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, storage::save(model).unwrap()).unwrap();
        path
    }

    fn load(&self, name: &str) -> ThreatModel {
        storage::load(&self.text(name)).unwrap().model
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        // Nobody's own settings play a part.
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null").env("HOME", self.0.path());
        command.current_dir(self.0.path()).args(args).output().unwrap()
    }

    fn palisade(&self, args: &[&str]) -> (Option<i32>, String, String) {
        told(self.run(env!("CARGO_BIN_EXE_palisade"), args))
    }

    fn git(&self, args: &[&str]) -> (Option<i32>, String, String) {
        told(self.run("git", args))
    }
}

fn told(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn shop() -> ThreatModel {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_models/web-shop.ron");
    storage::load(&std::fs::read_to_string(path).unwrap()).unwrap().model
}

fn first(model: &ThreatModel) -> Id {
    model.elements.keys().next().unwrap().clone()
}

fn renamed(name: &str) -> ThreatModel {
    let mut model = shop();
    let id = first(&model);
    model.elements.get_mut(&id).unwrap().name = name.into();
    model
}

fn described(text: &str) -> ThreatModel {
    let mut model = shop();
    let id = first(&model);
    model.elements.get_mut(&id).unwrap().description = text.into();
    model.instances.clear();
    model
}

#[test]
fn diff_tells_and_leaves_with_what_it_found() {
    let folder = Folder::new();
    folder.save("a.ron", &shop());
    folder.save("b.ron", &described("Sells things"));
    let (code, out, err) = folder.palisade(&["diff", "a.ron", "a.ron"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "a.ron → a.ron\n\nThe models are the same.\n", ""));
    let (code, out, _) = folder.palisade(&["diff", "a.ron", "b.ron", "--date", "2026-03-01"]);
    assert_eq!(code, Some(1));
    for words in [
        "\nElements\n  ~ ",
        "      description: ",
        " → Sells things\n",
        "\nControls in place and planned\n  − ",
        "\nRisk\n  Peak ",
        "  Worse (",
        "        because of attached control “",
    ] {
        assert!(out.contains(words), "{words}\n{out}");
    }
    let (code, out, _) = folder.palisade(&["diff", "a.ron", "b.ron", "--format", "json", "--date", "2026-03-01"]);
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &json["same"], &json["format"]), (Some(1), &Value::Bool(false), &Value::from(1)));
    let removed = json["records"].as_array().unwrap().iter().filter(|r| r["change"] == "removed").count();
    assert_eq!(removed, shop().instances.len());
    assert!(json["risk"]["load"][1].as_f64() > json["risk"]["load"][0].as_f64());
    let again = folder.palisade(&["diff", "a.ron", "b.ron", "--format", "json", "--date", "2026-03-01"]);
    assert_eq!(again.1, out);
    for args in [
        vec!["diff", "a.ron", "gone.ron"],
        vec!["diff", "a.ron"],
        vec!["diff"],
        vec!["diff", "a.ron", "b.ron", "--format", "xml"],
    ] {
        let (code, out, err) = folder.palisade(&args);
        assert!(code == Some(2) && out.is_empty() && !err.is_empty(), "{args:?}: {code:?} {err}");
    }
}

/// What the document about the JSON names is what is written.
#[test]
fn the_json_is_as_documented() {
    let folder = Folder::new();
    folder.save("a.ron", &shop());
    folder.save("b.ron", &described("Sells things"));
    let (_, out, _) = folder.palisade(&["diff", "a.ron", "b.ron", "--format", "json"]);
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/diff-json.md")).unwrap();
    fn names(value: &Value, out: &mut std::collections::BTreeSet<String>) {
        match value {
            Value::Object(map) => map.iter().for_each(|(name, value)| {
                out.insert(name.clone());
                names(value, out);
            }),
            Value::Array(values) => values.iter().for_each(|value| names(value, out)),
            _ => {}
        }
    }
    let mut found = Default::default();
    names(&serde_json::from_str(&out).unwrap(), &mut found);
    assert!(found.len() > 25);
    for name in found {
        assert!(text.contains(&format!("`{name}`")), "docs/diff-json.md does not name {name}");
    }
}

#[test]
fn merge_writes_to_ours_and_says_what_conflicts() {
    let folder = Folder::new();
    let files = |ours: &ThreatModel, theirs: &ThreatModel| {
        folder.save("base.ron", &shop());
        folder.save("ours.ron", ours);
        folder.save("theirs.ron", theirs);
    };
    files(&renamed("Browser"), &described("Looks"));
    let (code, out, err) = folder.palisade(&["merge", "base.ron", "ours.ron", "theirs.ron"]);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), "", ""));
    let merged = folder.load("ours.ron");
    let element = &merged.elements[&first(&merged)];
    assert_eq!((element.name.as_str(), element.description.as_str()), ("Browser", "Looks"));
    assert!(merged.instances.is_empty());

    files(&renamed("Browser"), &renamed("App"));
    let args = ["merge", "base.ron", "ours.ron", "theirs.ron", "-o", "out.ron", "--path", "shop.ron", "--conflicts", "c.json"];
    let (code, _, err) = folder.palisade(&args);
    assert_eq!(code, Some(1));
    assert!(err.contains("shop.ron: conflict 1: element “Browser”, name: was ") && err.contains("ours kept"), "{err}");
    assert!(err.contains("1 conflict is left"), "{err}");
    assert_eq!(folder.load("out.ron").elements[&first(&shop())].name, "Browser");
    let json: Value = serde_json::from_str(&folder.text("c.json")).unwrap();
    assert_eq!((&json["conflicts"][0]["theirs"], &json["conflicts"][0]["taken"]), (&"App".into(), &"ours".into()));
    for decided in [["--theirs", "1"], ["--prefer", "theirs"]] {
        let args =
            ["merge", "base.ron", "ours.ron", "theirs.ron", "-o", "out.ron"].into_iter().chain(decided).collect::<Vec<_>>();
        assert_eq!(folder.palisade(&args).0, Some(0));
        assert_eq!(folder.load("out.ron").elements[&first(&shop())].name, "App");
    }
    let before = folder.text("ours.ron");
    std::fs::write(folder.0.path().join("theirs.ron"), "<<<<<<< ours").unwrap();
    let (code, _, err) = folder.palisade(&["merge", "base.ron", "ours.ron", "theirs.ron"]);
    assert!(code == Some(2) && err.contains("theirs.ron"), "{err}");
    assert_eq!(folder.text("ours.ron"), before, "what cannot be read changes nothing");
}

/// The lines of the documents, in a real repository.
#[test]
fn git_merges_models_and_tells_their_differences() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for line in ["*.ron diff=palisade merge=palisade", "palisade merge %O %A %B --path %P", "palisade diff --git"] {
        assert!(readme.contains(line), "README.md lacks {line}");
    }
    let folder = Folder::new();
    let git = |args: &[&str]| {
        let (code, out, err) = folder.git(args);
        assert_eq!(code, Some(0), "git {args:?}: {out}{err}");
        out
    };
    let program = env!("CARGO_BIN_EXE_palisade");
    git(&["init", "-q", "-b", "main"]);
    for (name, value) in [
        ("user.name", "Ann"),
        ("user.email", "ann@example.org"),
        ("commit.gpgsign", "false"),
        ("merge.palisade.driver", &format!("'{program}' merge %O %A %B --path %P")),
        ("diff.palisade.command", &format!("'{program}' diff --git")),
    ] {
        git(&["config", name, value]);
    }
    std::fs::write(folder.0.path().join(".gitattributes"), "*.ron diff=palisade merge=palisade\n").unwrap();
    let commit = |model: &ThreatModel, what: &str| {
        folder.save("shop.ron", model);
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", what]);
    };
    commit(&shop(), "shop");
    git(&["checkout", "-q", "-b", "theirs"]);
    commit(&described("Looks"), "described");
    git(&["checkout", "-q", "main"]);
    commit(&renamed("Browser"), "renamed");
    git(&["merge", "-q", "--no-edit", "theirs"]);
    let merged = folder.load("shop.ron");
    let element = &merged.elements[&first(&merged)];
    assert_eq!((element.name.as_str(), element.description.as_str()), ("Browser", "Looks"));
    assert_eq!(git(&["status", "--porcelain"]), "");

    let told = git(&["diff", "HEAD~1", "HEAD"]);
    assert!(told.contains("→ Looks") && told.contains("Risk"), "{told}");
    let told = git(&["show", "--ext-diff", "--format=%s", "main~1"]);
    assert!(told.contains("→ Browser"), "{told}");

    git(&["checkout", "-q", "-b", "other", "main~2"]);
    commit(&renamed("App"), "another name");
    let (code, out, err) = folder.git(&["merge", "main"]);
    assert!(code == Some(1) && format!("{out}{err}").contains("CONFLICT"), "{out}{err}");
    assert!(err.contains("shop.ron: conflict 1: element “App”, name: was "), "{err}");
    assert_eq!(git(&["diff", "--name-only", "--diff-filter=U"]), "shop.ron\n");
    assert_eq!(folder.load("shop.ron").elements[&first(&shop())].name, "App", "the file opens, with ours");
}
