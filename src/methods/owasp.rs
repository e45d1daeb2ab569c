//! OWASP Risk Rating: eight factors of likelihood, four of technical and four of business impact, each 0 to 9.

use super::factor::{Factor, Scale, Side, number};
use super::sheet::{Marks, Outcome, Sheet, input, mean, relief, result};
use super::subject::{Subject, Watched};
use crate::model::{Access, Band, Dimension, Method};

/// Low below 3, Medium below 6, else High.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwaspLevel {
    Low,
    Medium,
    High,
}

/// The severity both levels make together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwaspSeverity {
    Note,
    Low,
    Medium,
    High,
    Critical,
}

impl OwaspLevel {
    pub fn label(self) -> &'static str {
        match self {
            OwaspLevel::Low => "Low",
            OwaspLevel::Medium => "Medium",
            OwaspLevel::High => "High",
        }
    }
}

impl OwaspSeverity {
    pub fn label(self) -> &'static str {
        match self {
            OwaspSeverity::Note => "Note",
            OwaspSeverity::Low => "Low",
            OwaspSeverity::Medium => "Medium",
            OwaspSeverity::High => "High",
            OwaspSeverity::Critical => "Critical",
        }
    }

    fn band(self) -> Band {
        match self {
            OwaspSeverity::Note => Band::Minimal,
            OwaspSeverity::Low => Band::Low,
            OwaspSeverity::Medium => Band::Medium,
            OwaspSeverity::High => Band::High,
            OwaspSeverity::Critical => Band::Critical,
        }
    }
}

/// Level of a mean of marks, 0 to 9.
pub fn owasp_level(mean: f64) -> OwaspLevel {
    match mean {
        m if m < 3.0 => OwaspLevel::Low,
        m if m < 6.0 => OwaspLevel::Medium,
        _ => OwaspLevel::High,
    }
}

/// The published grid.
pub fn owasp_severity(likelihood: OwaspLevel, impact: OwaspLevel) -> OwaspSeverity {
    use OwaspLevel::*;
    match (likelihood, impact) {
        (Low, Low) => OwaspSeverity::Note,
        (Low, Medium) | (Medium, Low) => OwaspSeverity::Low,
        (Medium, Medium) | (Low, High) | (High, Low) => OwaspSeverity::Medium,
        (Medium, High) | (High, Medium) => OwaspSeverity::High,
        (High, High) => OwaspSeverity::Critical,
    }
}

const SCALE: Scale = Scale::marks(0.0, 9.0);

pub(super) fn sheet(subject: &Subject<'_>) -> Sheet {
    let mut factors = likelihood(subject);
    let technical_from = factors.len();
    factors.extend(technical(subject));
    let business_from = factors.len();
    factors.extend(business(subject));
    let part = |from: usize, to: usize| Marks::of(subject, factors.get(from..to).unwrap_or_default(), 0.0);
    let (likelihood, technical) = (part(0, technical_from), part(technical_from, business_from));
    let business = part(business_from, factors.len());
    let takes_greater = subject.model.info.rating.greater_impact;
    let outcome = |likelihood: &[f64], technical: &[f64], business: &[f64]| {
        let (l, t, b) = (mean(likelihood), mean(technical), mean(business));
        let impact = match business.is_empty() {
            true => t,
            false if takes_greater => t.max(b),
            false => b,
        };
        let severity = owasp_severity(owasp_level(l), owasp_level(impact));
        let outcome = Outcome {
            // The severity orders, likelihood times impact within it.
            score: 100.0 * f64::from(severity as u8) + l * impact,
            told: format!("{} · {}", number(l), number(impact)),
            label: severity.label().to_owned(),
            band: Some(severity.band()),
        };
        (l, impact, outcome)
    };
    let (l0, i0, inherent) = outcome(&likelihood.inherent, &technical.inherent, &business.inherent);
    let (l, i, current) = outcome(&likelihood.current, &technical.current, &business.current);
    let leveled = |mean: f64| format!("{} {}", number(mean), owasp_level(mean).label());
    let mut steps = vec![
        result(leveled(l0), "likelihood before controls: the mean of eight factors"),
        result(leveled(mean(&technical.inherent)), "technical impact before controls: the mean of four factors"),
    ];
    if !business.inherent.is_empty() {
        let how = if takes_greater { "the greater of both counts" } else { "it counts instead of technical impact" };
        let words = format!("business impact before controls: the mean of what is stated; {how}");
        steps.push(result(leveled(mean(&business.inherent)), words));
    }
    let grid = |l: f64, i: f64| format!("likelihood {}, impact {}", owasp_level(l).label(), owasp_level(i).label());
    steps.push(result(inherent.label.clone(), format!("severity before controls: {}", grid(l0, i0))));
    steps.extend(relief(subject));
    steps.push(input(leveled(l), "likelihood with the controls in force"));
    steps.push(input(leveled(i), "impact with the controls in force"));
    steps.push(result(current.label.clone(), format!("severity with the controls in force: {}", grid(l, i))));
    Sheet {
        method: Method::Owasp,
        factors,
        inherent,
        current,
        steps,
        caveat: "Any whole mark from 0 to 9 may be given; the options OWASP lists are examples.",
    }
}

fn likelihood(subject: &Subject<'_>) -> Vec<Factor> {
    let (marks, weighed) = (&subject.library.calibration.methods.owasp, &subject.weighed);
    let at = |table: &[f64], n: usize| table.get(n).copied().unwrap_or_default();
    let by_level = |table: &[f64], level: u8| at(table, usize::from(level).saturating_sub(1));
    let factor = |id: &str, name: &'static str, mark: f64, why: String| {
        Factor::new(subject, format!("owasp.{id}"), name, SCALE, Side::Likelihood).marked(mark, why)
    };
    let (capability, skilled) = subject.told_agent("capability", |agent| agent.capability);
    let (intent, moved) = subject.told_agent("intent", |agent| agent.intent);
    let opportunity = marks.opportunity.get(&weighed.access).copied().unwrap_or_default();
    let (size, who) = match (weighed.access, weighed.exposure) {
        (Access::Priv, _) => (4, "privileged people only"),
        (Access::Auth, _) => (1, "account holders"),
        (Access::Supp, _) => (2, "partners and suppliers"),
        (Access::Anon, 3) => (0, "anybody on the Internet"),
        (Access::Anon, 2) => (2, "semi-trusted parties"),
        _ => (3, "people inside"),
    };
    let public = !subject.finding.about.capec.is_empty();
    let (known, unknown) = marks.awareness;
    let awareness = match public {
        true => "a public attack pattern (CAPEC) describes it",
        false => "no public attack pattern is mapped",
    };
    let (detection, watched) = match subject.watched() {
        Watched::Alerted => (0, "audit log with alerts in force"),
        Watched::LookedAt => (1, "monitoring in force"),
        Watched::Logged => (2, "audit log in force, nobody alerted"),
        Watched::Not => (3, "neither audit log nor monitoring in force"),
    };
    vec![
        factor("skill", "Skill level", by_level(&marks.skill, capability), skilled),
        factor("motive", "Motive", by_level(&marks.motive, intent), moved),
        factor("opportunity", "Opportunity", opportunity, format!("{} is needed", weighed.access.label())),
        factor("size", "Size of the group", at(&marks.size, size), who.to_owned()),
        factor(
            "discovery",
            "Ease of discovery",
            by_level(&marks.discovery, weighed.level),
            format!("likelihood level {} of 5 of this kind of threat", weighed.level),
        ),
        factor(
            "exploit",
            "Ease of exploit",
            by_level(&marks.exploit, weighed.skill),
            format!("skill {} of 5 is needed", weighed.skill),
        ),
        factor("awareness", "Awareness", if public { known } else { unknown }, awareness.to_owned()),
        factor("detection", "Intrusion detection", at(&marks.detection, detection), watched.to_owned()),
    ]
}

fn technical(subject: &Subject<'_>) -> Vec<Factor> {
    let marks = &subject.library.calibration.methods.owasp;
    let at = |table: &[f64], n: usize| table.get(n).copied().unwrap_or_default();
    let factor = |id: &str, name: &'static str, mark: f64, why: String| {
        Factor::new(subject, format!("owasp.{id}"), name, SCALE, Side::Impact).marked(mark, why)
    };
    let lost = |id: &str, name: &'static str, dimension: Dimension| {
        let level = subject.impact_level(dimension);
        let stake = subject.weighed.stake(dimension);
        let why = format!("impact level {level} of 5: {stake:.2} of the worst {} is at stake", dimension.label());
        factor(id, name, at(&marks.technical, usize::from(level)), why)
    };
    let (traced, how) = match subject.watched() {
        Watched::Alerted => (0, "fully traceable: audit log with alerts"),
        Watched::LookedAt => (1, "mostly traceable: monitoring"),
        Watched::Logged => (2, "possibly traceable: audit log"),
        Watched::Not => (3, "anonymous: no audit log"),
    };
    vec![
        lost("confidentiality", "Loss of confidentiality", Dimension::C),
        lost("integrity", "Loss of integrity", Dimension::I),
        lost("availability", "Loss of availability", Dimension::A),
        factor("accountability", "Loss of accountability", at(&marks.accountability, traced), how.to_owned()),
    ]
}

/// Only people can say; impact on the business counts as soon as they did.
fn business(subject: &Subject<'_>) -> Vec<Factor> {
    let all = [
        ("financial", "Financial damage"),
        ("reputation", "Damage to reputation"),
        ("compliance", "Non-compliance"),
        ("privacy", "Privacy violation"),
    ];
    let factor = |(id, name): (&str, &'static str)| Factor {
        why: "left to people; counts once somebody marks it".to_owned(),
        ..Factor::new(subject, format!("owasp.{id}"), name, SCALE, Side::Impact)
    };
    all.into_iter().map(factor).collect()
}
