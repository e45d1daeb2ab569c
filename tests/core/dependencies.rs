//! The build holds to `deny.toml`: allowed licences, nobody to talk to, one registry, one egui.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

fn read(file: &str) -> String {
    fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The lines of a list in `deny.toml`, without comments.
fn list(policy: &str, section: &str, name: &str) -> Vec<String> {
    let section = policy.split_once(&format!("[{section}]")).unwrap_or_else(|| panic!("no section {section}")).1;
    let list = section.split_once(&format!("\n{name} = [")).unwrap_or_else(|| panic!("no list {name}")).1;
    let lines = list.lines().take_while(|l| !l.starts_with(']')).map(|l| l.split('#').next().unwrap_or_default().trim());
    lines.filter(|l| !l.is_empty()).map(String::from).collect()
}

/// What stands in quotes.
fn quoted(line: &str) -> Vec<&str> {
    line.split('"').skip(1).step_by(2).collect()
}

/// Names and sources of the packages in a lock file.
fn locked(lock: &str) -> Vec<(String, Option<String>)> {
    let field = |package: &str, name: &str| {
        let line = package.lines().find_map(|l| l.strip_prefix(&format!("{name} = ")));
        line.map(|l| l.trim_matches('"').to_owned())
    };
    lock.split("[[package]]").skip(1).map(|p| (field(p, "name").unwrap(), field(p, "source"))).collect()
}

/// True when the SPDX expression can be satisfied with the allowed licences. Old crates write `/` for OR.
fn is_allowed(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ").replace(" WITH ", "+WITH+");
    let mut words = spaced.split_whitespace().map(|w| w.replace("+WITH+", " WITH ")).peekable();
    let holds = any_of(&mut words, allowed);
    holds && words.next().is_none()
}

fn any_of(words: &mut std::iter::Peekable<impl Iterator<Item = String>>, allowed: &BTreeSet<&str>) -> bool {
    let mut holds = all_of(words, allowed);
    while words.next_if_eq("OR").is_some() {
        holds |= all_of(words, allowed);
    }
    holds
}

fn all_of(words: &mut std::iter::Peekable<impl Iterator<Item = String>>, allowed: &BTreeSet<&str>) -> bool {
    let mut holds = licence(words, allowed);
    while words.next_if_eq("AND").is_some() {
        holds &= licence(words, allowed);
    }
    holds
}

fn licence(words: &mut std::iter::Peekable<impl Iterator<Item = String>>, allowed: &BTreeSet<&str>) -> bool {
    match words.next().as_deref() {
        Some("(") => {
            let holds = any_of(words, allowed);
            words.next_if_eq(")").is_some() && holds
        }
        Some(name) => allowed.contains(name),
        None => false,
    }
}

#[test]
fn every_licence_is_allowed() {
    let policy = read("deny.toml");
    let allowed = list(&policy, "licenses", "allow");
    let allowed: BTreeSet<&str> = allowed.iter().flat_map(|l| quoted(l)).collect();
    let exceptions = list(&policy, "licenses", "exceptions");
    let arguments = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "host-tuple"];
    let cargo = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    assert!(cargo.status.success(), "{}", String::from_utf8_lossy(&cargo.stderr));
    let metadata: Value = serde_json::from_slice(&cargo.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} packages", packages.len());
    for package in packages {
        let (name, licence) = (package["name"].as_str().unwrap(), package["license"].as_str().unwrap_or("none given"));
        let mut allowed = allowed.clone();
        allowed.extend(exceptions.iter().map(|e| quoted(e)).filter(|e| e[0] == name).flat_map(|e| e[1..].to_vec()));
        assert!(is_allowed(licence, &allowed), "{name} has the licence {licence}, which deny.toml does not allow");
    }
}

#[test]
fn nothing_can_reach_the_network() {
    let denied = list(&read("deny.toml"), "bans", "deny");
    let denied: BTreeSet<&str> = denied.iter().flat_map(|l| quoted(l)).collect();
    assert!(denied.contains("reqwest") && denied.contains("mio"), "{denied:?}");
    for (name, _) in locked(&read("Cargo.lock")) {
        assert!(!denied.contains(name.as_str()), "{name} is banned by deny.toml; `cargo tree -i {name}` shows who wants it");
    }
}

#[test]
fn everything_comes_from_one_registry_and_there_is_one_egui() {
    let packages = locked(&read("Cargo.lock"));
    for (name, source) in &packages {
        let is_known = source.as_deref().is_none_or(|s| s == "registry+https://github.com/rust-lang/crates.io-index");
        assert!(is_known && (source.is_some() || name == "palisade"), "{name} comes from {source:?}");
    }
    for family in ["egui", "epaint", "eframe", "egui_kittest"] {
        assert_eq!(packages.iter().filter(|(name, _)| name == family).count(), 1, "{family}: all of one line");
    }
}

#[test]
fn the_checks_can_fail() {
    let allowed = BTreeSet::from(["MIT", "Apache-2.0", "Zlib", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]);
    for good in ["MIT", "GPL-2.0-only OR MIT", "MIT/GPL-3.0", "(MIT OR X) AND Unicode-3.0", "Apache-2.0 WITH LLVM-exception OR X"]
    {
        assert!(is_allowed(good, &allowed), "{good}");
    }
    for bad in
        ["GPL-3.0-only", "MIT AND GPL-3.0-only", "(MIT OR Zlib) AND X", "X OR Y AND MIT", "", "none given", "MIT MIT", "(MIT"]
    {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
    let lock = "[[package]]\nname = \"mio\"\nversion = \"1\"\n\n[[package]]\nname = \"a\"\nsource = \"git+x\"\n";
    assert_eq!(locked(lock), [("mio".into(), None), ("a".into(), Some("git+x".into()))]);
}
