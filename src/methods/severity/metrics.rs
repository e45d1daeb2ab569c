//! The metrics of CVSS 3.1 and 4.0 in the order vectors are written, with their values.

/// One metric.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metric {
    /// As vectors spell it.
    pub id: &'static str,
    pub name: &'static str,
    pub group: MetricGroup,
    /// Letter and word of each value.
    pub values: &'static [(&'static str, &'static str)],
}

/// What a metric is part of. All base metrics are needed; the others may stay undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MetricGroup {
    Base,
    /// Temporal in 3.1, threat in 4.0.
    Threat,
    Environmental,
    /// Says more and scores nothing (4.0).
    Supplemental,
}

impl MetricGroup {
    pub fn label(self) -> &'static str {
        match self {
            MetricGroup::Base => "Base",
            MetricGroup::Threat => "Threat",
            MetricGroup::Environmental => "Environment",
            MetricGroup::Supplemental => "Supplemental",
        }
    }
}

use MetricGroup::{Base, Environmental, Supplemental, Threat};

const fn metric(
    id: &'static str,
    name: &'static str,
    group: MetricGroup,
    values: &'static [(&'static str, &'static str)],
) -> Metric {
    Metric { id, name, group, values }
}

type Values = &'static [(&'static str, &'static str)];

const AV: Values = &[("N", "network"), ("A", "adjacent"), ("L", "local"), ("P", "physical")];
const AC: Values = &[("L", "low"), ("H", "high")];
const AT: Values = &[("N", "none"), ("P", "present")];
const PR: Values = &[("N", "none"), ("L", "low"), ("H", "high")];
const UI3: Values = &[("N", "none"), ("R", "required")];
const UI4: Values = &[("N", "none"), ("P", "passive"), ("A", "active")];
const S3: Values = &[("U", "unchanged"), ("C", "changed")];
const CIA: Values = &[("H", "high"), ("L", "low"), ("N", "none")];
const MAV: Values = &[("X", "not defined"), ("N", "network"), ("A", "adjacent"), ("L", "local"), ("P", "physical")];
const MAC: Values = &[("X", "not defined"), ("L", "low"), ("H", "high")];
const MAT: Values = &[("X", "not defined"), ("N", "none"), ("P", "present")];
const MPR: Values = &[("X", "not defined"), ("N", "none"), ("L", "low"), ("H", "high")];
const MUI3: Values = &[("X", "not defined"), ("N", "none"), ("R", "required")];
const MUI4: Values = &[("X", "not defined"), ("N", "none"), ("P", "passive"), ("A", "active")];
const MS3: Values = &[("X", "not defined"), ("U", "unchanged"), ("C", "changed")];
const MCIA: Values = &[("X", "not defined"), ("H", "high"), ("L", "low"), ("N", "none")];
const MSC: Values = &[("X", "not defined"), ("H", "high"), ("L", "low"), ("N", "negligible")];
const MSIA: Values = &[("X", "not defined"), ("S", "safety"), ("H", "high"), ("L", "low"), ("N", "negligible")];
const NEED: Values = &[("X", "not defined"), ("H", "high"), ("M", "medium"), ("L", "low")];

/// CVSS 3.1.
pub const METRICS_31: &[Metric] = &[
    metric("AV", "Attack vector", Base, AV),
    metric("AC", "Attack complexity", Base, AC),
    metric("PR", "Privileges required", Base, PR),
    metric("UI", "User interaction", Base, UI3),
    metric("S", "Scope", Base, S3),
    metric("C", "Confidentiality", Base, CIA),
    metric("I", "Integrity", Base, CIA),
    metric("A", "Availability", Base, CIA),
    metric(
        "E",
        "Exploit code maturity",
        Threat,
        &[("X", "not defined"), ("H", "high"), ("F", "functional"), ("P", "proof of concept"), ("U", "unproven")],
    ),
    metric(
        "RL",
        "Remediation level",
        Threat,
        &[("X", "not defined"), ("U", "unavailable"), ("W", "workaround"), ("T", "temporary fix"), ("O", "official fix")],
    ),
    metric("RC", "Report confidence", Threat, &[("X", "not defined"), ("C", "confirmed"), ("R", "reasonable"), ("U", "unknown")]),
    metric("CR", "Confidentiality requirement", Environmental, NEED),
    metric("IR", "Integrity requirement", Environmental, NEED),
    metric("AR", "Availability requirement", Environmental, NEED),
    metric("MAV", "Modified attack vector", Environmental, MAV),
    metric("MAC", "Modified attack complexity", Environmental, MAC),
    metric("MPR", "Modified privileges required", Environmental, MPR),
    metric("MUI", "Modified user interaction", Environmental, MUI3),
    metric("MS", "Modified scope", Environmental, MS3),
    metric("MC", "Modified confidentiality", Environmental, MCIA),
    metric("MI", "Modified integrity", Environmental, MCIA),
    metric("MA", "Modified availability", Environmental, MCIA),
];

/// CVSS 4.0.
pub const METRICS_40: &[Metric] = &[
    metric("AV", "Attack vector", Base, AV),
    metric("AC", "Attack complexity", Base, AC),
    metric("AT", "Attack requirements", Base, AT),
    metric("PR", "Privileges required", Base, PR),
    metric("UI", "User interaction", Base, UI4),
    metric("VC", "Confidentiality of the vulnerable system", Base, CIA),
    metric("VI", "Integrity of the vulnerable system", Base, CIA),
    metric("VA", "Availability of the vulnerable system", Base, CIA),
    metric("SC", "Confidentiality of subsequent systems", Base, CIA),
    metric("SI", "Integrity of subsequent systems", Base, CIA),
    metric("SA", "Availability of subsequent systems", Base, CIA),
    metric(
        "E",
        "Exploit maturity",
        Threat,
        &[("X", "not defined"), ("A", "attacked"), ("P", "proof of concept"), ("U", "unreported")],
    ),
    metric("CR", "Confidentiality requirement", Environmental, NEED),
    metric("IR", "Integrity requirement", Environmental, NEED),
    metric("AR", "Availability requirement", Environmental, NEED),
    metric("MAV", "Modified attack vector", Environmental, MAV),
    metric("MAC", "Modified attack complexity", Environmental, MAC),
    metric("MAT", "Modified attack requirements", Environmental, MAT),
    metric("MPR", "Modified privileges required", Environmental, MPR),
    metric("MUI", "Modified user interaction", Environmental, MUI4),
    metric("MVC", "Modified confidentiality, vulnerable system", Environmental, MCIA),
    metric("MVI", "Modified integrity, vulnerable system", Environmental, MCIA),
    metric("MVA", "Modified availability, vulnerable system", Environmental, MCIA),
    metric("MSC", "Modified confidentiality, subsequent systems", Environmental, MSC),
    metric("MSI", "Modified integrity, subsequent systems", Environmental, MSIA),
    metric("MSA", "Modified availability, subsequent systems", Environmental, MSIA),
    metric("S", "Safety", Supplemental, &[("X", "not defined"), ("N", "negligible"), ("P", "present")]),
    metric("AU", "Automatable", Supplemental, &[("X", "not defined"), ("N", "no"), ("Y", "yes")]),
    metric("R", "Recovery", Supplemental, &[("X", "not defined"), ("A", "automatic"), ("U", "user"), ("I", "irrecoverable")]),
    metric("V", "Value density", Supplemental, &[("X", "not defined"), ("D", "diffuse"), ("C", "concentrated")]),
    metric("RE", "Response effort", Supplemental, &[("X", "not defined"), ("L", "low"), ("M", "moderate"), ("H", "high")]),
    metric(
        "U",
        "Provider urgency",
        Supplemental,
        &[("X", "not defined"), ("Clear", "clear"), ("Green", "green"), ("Amber", "amber"), ("Red", "red")],
    ),
];
