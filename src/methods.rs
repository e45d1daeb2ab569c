//! Other ways of rating a threat beside the register's own: classic 5 × 5, OWASP Risk Rating, DREAD, CVSS, OCTAVE Allegro
//! and loss in money.
//!
//! Each method is a [`Sheet`]: its factors, filled in from the model by a rule that is told with every one of them, what
//! people set by hand ([`Appraisal`](crate::model::Appraisal)), and the result with the way to it. Controls lower what a
//! method understands as likelihood and impact; CVSS measures severity and is left alone by them.

mod allegro;
mod dread;
mod factor;
mod five_by_five;
mod likelihood_impact;
mod money;
mod owasp;
mod ratings;
mod severity;
mod sheet;
mod subject;
mod worksheet;

pub use allegro::{Container, ContainerKind, containers, pool, relative_score};
pub use dread::{dread_band, dread_three_band};
pub use factor::{Factor, Scale, Side, amount};
pub use five_by_five::five_band;
pub use money::{Exceedance, Quantified, Simulation, Source, frequency, quantified, simulate};
pub use owasp::{OwaspLevel, OwaspSeverity, owasp_level, owasp_severity};
pub use ratings::{Rated, ratings};
pub use severity::{Cvss, CvssError, METRICS_31, METRICS_40, Metric, MetricGroup, parsed, score_31, score_40};
pub use sheet::{Outcome, Sheet};
pub use worksheet::Worksheet;

use crate::library::Library;
use crate::model::{Appraisal, Method, ThreatKey, ThreatModel};
use crate::risk::{Assessment, Explainer};
use subject::Subject;

/// Rates threats of one model by any method; made once when several are to be rated.
pub struct Rater<'m> {
    model: &'m ThreatModel,
    library: &'m Library,
    assessment: &'m Assessment,
    explainer: Explainer<'m>,
}

impl<'m> Rater<'m> {
    pub fn new(model: &'m ThreatModel, library: &'m Library, assessment: &'m Assessment) -> Rater<'m> {
        Rater { model, library, assessment, explainer: Explainer::new(model, library) }
    }

    /// The sheet of a threat; `None` when it is not found, or the method has nothing to go by.
    pub fn sheet(&self, threat: &ThreatKey, method: Method) -> Option<Sheet> {
        let given = self.model.appraisals.get(threat);
        self.sheet_with(threat, method, given.unwrap_or(&Appraisal::default()))
    }

    /// The same with other factors set by hand than the model has.
    pub fn sheet_with(&self, threat: &ThreatKey, method: Method, given: &Appraisal) -> Option<Sheet> {
        self.subject(threat, given).map(|subject| self.filled(&subject, method))
    }

    fn subject<'a>(&'a self, threat: &ThreatKey, given: &'a Appraisal) -> Option<Subject<'a>> {
        let finding = self.assessment.findings.get(threat)?;
        Some(Subject {
            model: self.model,
            library: self.library,
            finding,
            rule: self.library.rule(threat.rule.as_str()).map(|(_, rule)| rule),
            weighed: self.explainer.weigh(threat)?,
            given,
        })
    }

    fn filled(&self, subject: &Subject<'_>, method: Method) -> Sheet {
        match method {
            Method::LikelihoodImpact => likelihood_impact::sheet(subject, &self.explainer),
            Method::FiveByFive => five_by_five::sheet(subject),
            Method::Owasp => owasp::sheet(subject),
            Method::Dread => dread::sheet(subject),
            Method::DreadThree => dread::sheet_three(subject),
            Method::Cvss31 => severity::sheet_31(subject),
            Method::Cvss40 => severity::sheet_40(subject),
            Method::Allegro => allegro::sheet(subject),
            Method::Money => money::sheet(subject),
        }
    }

    /// All methods side by side.
    pub fn sheets(&self, threat: &ThreatKey) -> Vec<Sheet> {
        let none = Appraisal::default();
        let given = self.model.appraisals.get(threat).unwrap_or(&none);
        let subject = self.subject(threat, given);
        subject.map(|subject| Method::ALL.iter().map(|method| self.filled(&subject, *method)).collect()).unwrap_or_default()
    }
}
