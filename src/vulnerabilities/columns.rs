//! What the columns of a table of findings mean, by the words in its first line.

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Id,
    Title,
    Severity,
    Cwe,
    /// The element or flow it is at.
    Place,
    Status,
    Evidence,
    Description,
    Kind,
    /// Yes or no: somebody made sure.
    Verified,
    /// Yes or no: it turned out not to be there.
    FalsePositive,
    /// Yes or no: it is put right.
    Mitigated,
    /// Yes or no: it is still there.
    Active,
}

/// Words by column, the surest first: exports of DefectDojo, Nessus, ZAP, Burp, Snyk, Trivy, SonarQube, GitHub, Jira and of
/// people who write by hand, in four languages.
const WORDS: &[(Column, &[&str])] = &[
    (
        Column::Title,
        &[
            "title",
            "name",
            "finding",
            "vulnerability",
            "issue",
            "alert",
            "summary",
            "rulename",
            "rule",
            "issuename",
            "vulnerabilityname",
            "issuetitle",
            "pluginname",
            "shortdescription",
            "titel",
            "schwachstelle",
            "befund",
            "titre",
            "titulo",
            "vulnerabilidad",
        ],
    ),
    (
        Column::Place,
        &[
            "component",
            "element",
            "asset",
            "host",
            "target",
            "affectedcomponent",
            "affectedasset",
            "assetname",
            "componentname",
            "system",
            "application",
            "service",
            "hostname",
            "resource",
            "affected",
            "project",
            "projectname",
            "location",
            "endpoint",
            "endpoints",
            "url",
            "uri",
            "ip",
            "ipaddress",
            "dnsname",
            "komponente",
            "ziel",
            "composant",
            "componente",
        ],
    ),
    (
        Column::Id,
        &[
            "id",
            "findingid",
            "issueid",
            "uniqueid",
            "vulnerabilityid",
            "ref",
            "reference",
            "key",
            "number",
            "pluginid",
            "nr",
            "no",
        ],
    ),
    (Column::Cwe, &["cwe", "cweid", "cwes", "weakness", "cwenumber", "cwecode"]),
    (
        Column::Severity,
        &[
            "severity",
            "risk",
            "risklevel",
            "riskrating",
            "criticality",
            "priority",
            "rating",
            "level",
            "schweregrad",
            "gravite",
            "gravedad",
            "severidad",
        ],
    ),
    (Column::Status, &["status", "state", "findingstatus", "resolution", "zustand", "statut", "estado"]),
    (
        Column::Evidence,
        &[
            "evidence",
            "proof",
            "poc",
            "proofofconcept",
            "pluginoutput",
            "stepstoreproduce",
            "nachweis",
            "beleg",
            "preuve",
            "evidencia",
        ],
    ),
    (
        Column::Description,
        &["description", "details", "detail", "desc", "synopsis", "message", "impact", "beschreibung", "descripcion"],
    ),
    (Column::Kind, &["kind", "type", "category", "class", "art", "kategorie"]),
    (Column::Verified, &["verified", "confirmed"]),
    (Column::FalsePositive, &["falsep", "falsepositive"]),
    (Column::Mitigated, &["ismitigated", "mitigated", "fixed", "resolved"]),
    (Column::Active, &["active"]),
];

/// The place of every column that is understood. Each word stands for one column, and the surest word wins.
pub(super) fn recognise(header: &[String]) -> Vec<(Column, usize)> {
    let said: Vec<String> = header.iter().map(|h| plain(h)).collect();
    let mut taken: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for (column, words) in WORDS {
        let at = words.iter().find_map(|word| said.iter().position(|s| s == word).filter(|at| !taken.contains(at)));
        if let Some(at) = at {
            taken.push(at);
            found.push((*column, at));
        }
    }
    found
}

/// Only letters and digits, small.
pub(super) fn plain(text: &str) -> String {
    let fold = |c: char| match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' => 'a',
        'è' | 'é' | 'ê' | 'ë' => 'e',
        'ì' | 'í' | 'î' | 'ï' => 'i',
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => 'o',
        'ù' | 'ú' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).map(fold).collect()
}
