//! Loss in money: means of the validation page, curves that fall, the same years from the same estimates.

use palisade::methods::{Simulation, Source, frequency, simulate};
use palisade::model::{Id, Pert};
use palisade::progress::{Progress, Quiet};
use proptest::prelude::*;

const LOSS: Pert = Pert { min: 40_000.0, mode: 250_000.0, max: 2_000_000.0 };

fn source(p: f64) -> Source {
    Source { agent: Some(Id::new("crime")), often: frequency(p), loss: LOSS, share: 1.0 }
}

fn years(sources: &[Source], years: usize, activity: f64) -> Simulation {
    simulate(sources, years, activity, &Quiet).unwrap()
}

fn near(value: f64, wanted: f64, share: f64) {
    assert!((value - wanted).abs() <= share * wanted, "{value} should be within {:.1} % of {wanted}", 100.0 * share);
}

#[test]
fn the_figures_of_the_validation_page_come_out() {
    near(LOSS.mean(), 506_666.7, 1e-7);
    for (p, often, a_year) in
        [(0.829_560_949, 1.7694, 896_485.0), (0.445_557_185_71, 0.5898, 298_828.0), (0.0544, 0.0560, 28_351.0)]
    {
        let source = source(p);
        assert!((source.often - often).abs() < 0.0001, "{}", source.often);
        near(source.a_year(), a_year, 5e-4);
        let played = years(std::slice::from_ref(&source), 200_000, 0.0);
        near(played.mean, a_year, 0.01);
        assert!((played.any - p).abs() < 0.0025, "{} of years instead of {p}", played.any);
    }
    let ninety = years(&[source(0.829_560_949)], 200_000, 0.0).quantile(0.9);
    near(ninety, 1_990_000.0, 0.01);
    near(years(&[source(0.445_557_185_71)], 200_000, 0.0).quantile(0.9), 960_000.0, 0.015);
    assert_eq!(years(&[source(0.0544)], 50_000, 0.0).quantile(0.9), 0.0);
}

#[test]
fn busy_and_quiet_years_spread_losses_but_leave_the_mean() {
    let sources = vec![source(0.3); 8];
    let (even, moody) = (years(&sources, 100_000, 0.0), years(&sources, 100_000, 0.5));
    near(moody.mean, even.mean, 0.02);
    assert!(moody.quantile(0.95) > 1.05 * even.quantile(0.95), "threats of one agent come together");
    assert!(moody.any < even.any);
}

#[test]
fn the_same_estimates_give_the_same_years() {
    let sources = [source(0.2), Source { agent: None, ..source(0.4) }];
    assert!(years(&sources, 5_000, 0.5) == years(&sources, 5_000, 0.5));
    assert!(years(&sources, 5_000, 0.5) != years(&sources[..1], 5_000, 0.5));
}

#[test]
fn nobody_waiting_ends_it() {
    struct Gone;
    impl Progress for Gone {
        fn report(&self, _done: f32, _what: &str) {}
        fn cancelled(&self) -> bool {
            true
        }
    }
    assert_eq!(simulate(&[source(0.5)], 10_000, 0.5, &Gone), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn curves_fall_from_any_loss_to_none(
        estimates in proptest::collection::vec((0.0..1.0f64, 0.0..1e5f64, 0.0..1e5f64, 0.0..1e6f64, 0.0..=1.0f64), 0..6),
    ) {
        let sources: Vec<Source> = estimates
            .into_iter()
            .map(|(p, min, mode, max, share)| {
                let loss = Pert { min, mode: min + mode, max: min + mode + max };
                Source { agent: None, often: frequency(p.min(0.99)), loss, share }
            })
            .collect();
        let played = years(&sources, 400, 0.5);
        prop_assert!(played.years.iter().all(|year| year.is_finite() && *year >= 0.0));
        prop_assert!(played.years.is_sorted());
        let curve = played.curve(50);
        prop_assert_eq!(curve.len(), 50);
        prop_assert!(curve.windows(2).all(|w| w[0].p >= w[1].p && w[0].loss <= w[1].loss));
        prop_assert_eq!(curve[0].p, played.any);
        prop_assert_eq!(curve[49].p, 0.0);
    }
}

#[test]
fn a_loss_told_in_part_is_read_around_what_was_told() {
    let order = |min, mode, max| {
        let read = Pert { min, mode, max }.in_order();
        [read.min, read.mode, read.max]
    };
    assert_eq!(order(0.0, 90.0, 0.0), [0.0, 90.0, 90.0]);
    assert_eq!(order(10.0, 0.0, 0.0), [10.0, 10.0, 10.0]);
    assert_eq!(order(10.0, 0.0, 50.0), [10.0, 10.0, 50.0]);
    assert_eq!(order(10.0, 20.0, 50.0), [10.0, 20.0, 50.0]);
}

/// By hand: likelihood .6 of one event a year and more makes −ln(1 − .6) = .9163 events; a control that halves the
/// likelihood leaves −ln(1 − .3) = .3567 of them, not half of .9163.
#[test]
fn controls_lower_how_often_and_not_the_events_themselves() {
    assert!((frequency(0.6) - 0.916_290_731_9).abs() < 1e-9 && (frequency(0.3) - 0.356_674_943_9).abs() < 1e-9);
    use crate::support::shop::{criminals, small_shop};
    use palisade::library::Library;
    use palisade::methods::Rater;
    use palisade::model::*;
    use palisade::risk::assess;
    let priced = |guarded: bool| {
        let mut model = small_shop([4, 3, 2]).also(criminals).build();
        model.assets.values_mut().for_each(|asset| asset.loss = Some(LOSS));
        if guarded {
            let at = [Site::At(Id::new("web"))].into();
            let control = "C-APP-PARAM".into();
            let status = ControlStatus::Implemented;
            model.instances.insert("i".into(), ControlInstance { control, at, status, ..ControlInstance::default() });
        }
        let assessment = assess(&model, Library::builtin());
        let finding = assessment.findings.values().find(|f| f.key.rule.as_str() == "T-INJ-01").unwrap();
        let sheet = Rater::new(&model, Library::builtin(), &assessment).sheet(&finding.key, Method::Money).unwrap();
        (finding.p0, finding.current.p, sheet.inherent.score, sheet.current.score)
    };
    let (p0, p, before, now) = priced(false);
    assert_eq!((p0, before), (p, now));
    // The hardest hit is total, so the whole loss counts.
    near(before, frequency(p0) * LOSS.mean(), 1e-9);
    let (p0, p, before, now) = priced(true);
    assert!(p < p0);
    near(before, frequency(p0) * LOSS.mean(), 1e-9);
    assert!(now < before * (p / p0) + 1e-9, "{now} of {before}: the rarer, the less often twice a year");
    assert!(now <= frequency(p) * LOSS.mean() + 1e-6, "{now}");
}
