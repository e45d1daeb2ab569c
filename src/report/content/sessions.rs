//! Sessions: who was there, what was decided, scored, changed, asked, put off, and what is to be done next.

use super::{Cx, words};
use crate::compare::{RecordChange, kind_heading};
use crate::model::{Date, Id};
use crate::report::style::*;
use crate::report::theme::Theme;
use crate::report::tree::*;
use crate::session::{DecidedRow, NextStep, ParkedRow, ScoredRow, Summary};

/// Changes that are named; the rest is counted.
const LISTED: usize = 24;
/// Fields of one change that are named.
const FIELDS: usize = 3;

pub fn blocks(cx: &Cx<'_>) -> Vec<Block> {
    let mut sessions: Vec<(&Id, _)> = cx.model.sessions.iter().collect();
    sessions.sort_by_key(|(id, session)| (session.began, *id));
    let told = sessions.into_iter().filter_map(|(id, _)| Summary::of(cx.model, cx.library, cx.assessment, id));
    let of = |summary: Summary| {
        let heading = section(&title(&summary), Some(format!("session {}", summary.name)));
        std::iter::once(heading).chain(summary_blocks(&summary, &cx.options.theme, topic))
    };
    told.flat_map(of).collect()
}

/// What a session is called.
pub fn title(summary: &Summary) -> String {
    let name = summary.name.trim();
    if name.is_empty() { "Session".to_owned() } else { name.to_owned() }
}

/// The blocks of one session under small headings.
pub fn summary_blocks(summary: &Summary, theme: &Theme, heading: fn(&str) -> Block) -> Vec<Block> {
    let teller = Teller { summary, theme, heading };
    let mut out = vec![paragraph(teller.lead())];
    teller.attendance(&mut out);
    teller.list("Decisions", &summary.decided, &mut out, Teller::decisions);
    teller.list("Blind scores", &summary.scored, &mut out, Teller::scores);
    if !summary.notes.is_empty() {
        let line = |(about, text): &(String, String)| {
            let about = if about.is_empty() { Rich::new() } else { styled(BODY.bold(), format!("{about}: ")) };
            about.text(BODY, text.clone())
        };
        out.extend([(teller.heading)("Notes"), Block::Bullets(summary.notes.iter().map(line).collect())]);
    }
    teller.changes(&mut out);
    teller.list("Next steps", &summary.next, &mut out, Teller::next);
    teller.list("Parking lot", &summary.parked, &mut out, Teller::parked);
    teller.questions(&mut out);
    out
}

struct Teller<'a> {
    summary: &'a Summary,
    theme: &'a Theme,
    heading: fn(&str) -> Block,
}

impl Teller<'_> {
    fn date(&self, date: Date) -> String {
        self.theme.dates.write(date)
    }

    /// When, how long, how many, and how far.
    fn lead(&self) -> String {
        let s = self.summary;
        let when = s.began.map_or_else(String::new, |began| format!(" on {}, {} UTC", self.date(began.date), began.time()));
        let long = s.minutes().map_or_else(
            || " and is not closed yet".to_owned(),
            |n| if n == 1 { " and took a minute".to_owned() } else { format!(" and took {n} minutes") },
        );
        let p = &s.progress;
        let moved = s.movement.as_ref().map_or_else(String::new, |moved| {
            format!(
                " Load went from {:.0} to {:.0}, the greatest risk from {} to {}.",
                moved.load.0,
                moved.load.1,
                words::score(moved.peak.0),
                words::score(moved.peak.1)
            )
        });
        let decided = match s.decided.len() {
            1 => "One matter was decided.".to_owned(),
            n => format!("{} were decided.", words::capitalised(&words::count(n, "matter", "matters"))),
        };
        format!(
            "The session began{when}{long}. {decided} By now something was decided or scored in {:.0} % of the elements and \
             categories with threats; {} of {} flows that cross a boundary are reviewed.{moved}",
            100.0 * p.share(),
            p.reviewed,
            p.crossings
        )
    }

    fn list<T>(&self, head: &str, rows: &[T], out: &mut Vec<Block>, table: fn(&Self) -> Table) {
        if !rows.is_empty() {
            out.extend([(self.heading)(head), Block::Table(table(self))]);
        }
    }

    fn attendance(&self, out: &mut Vec<Block>) {
        if self.summary.attendance.is_empty() {
            return;
        }
        let person = |(name, roles): &(String, Vec<crate::model::Role>)| {
            // Whoever took part needs no word for it.
            let roles: Vec<String> = roles
                .iter()
                .filter(|role| **role != crate::model::Role::Participant)
                .map(|role| role.label().to_lowercase())
                .collect();
            if roles.is_empty() { name.clone() } else { format!("{name} ({})", words::list(roles)) }
        };
        let all = words::list(self.summary.attendance.iter().map(person));
        out.extend([(self.heading)("Attendance"), paragraph(format!("{all}."))]);
        if !self.summary.points.is_empty() {
            let line = |(who, points): &(String, u32)| format!("{who} {points}");
            out.push(note(format!("Points of the card game: {}.", words::list(self.summary.points.iter().map(line)))));
        }
    }

    fn decisions(&self) -> Table {
        let columns = [("Id", fixed(36.0)), ("Threat", share(1.2)), ("Decision", share(1.0)), ("By", fixed(64.0))];
        let mut table = Table::with_head(columns);
        for row in &self.summary.decided {
            let DecidedRow { label, title, text, by, dissent, band, .. } = row;
            let what = band.map_or_else(|| cell(title.clone()), |band| Rich::new().chip(band).text(CELL, format!(" {title}")));
            let decided = match dissent.is_empty() {
                true => cell(text.clone()),
                false => {
                    cell(format!("{text}.")).text(CELL.bold(), format!(" Disagreed: {}", words::list(dissent.iter().cloned())))
                }
            };
            table.row([styled(CODE.size(7.2), label.clone()), what, decided, cell(words::or_dash(by))]);
        }
        table
    }

    fn scores(&self) -> Table {
        let mut table = Table::with_head([
            ("Id", fixed(36.0)),
            ("Threat", share(1.0)),
            ("Likelihood", fixed(70.0)),
            ("Impact", fixed(70.0)),
            ("Votes", fixed(40.0).right()),
            ("", fixed(86.0)),
        ]);
        let level = |median: u8, (least, most): (u8, u8)| match least == most {
            true => format!("{median}"),
            false => format!("{median} ({least} to {most})"),
        };
        for ScoredRow { label, title, agreement, rounds } in &self.summary.scored {
            let after = if *rounds > 1 { format!("{} rounds", words::number(*rounds)) } else { String::new() };
            let apart = if agreement.needs_talk() { "to be discussed".to_owned() } else { after };
            table.row([
                styled(CODE.size(7.2), label.clone()),
                cell(title.clone()),
                cell(level(agreement.likelihood, agreement.likelihoods)),
                cell(level(agreement.impact, agreement.impacts)),
                cell(agreement.votes.to_string()),
                quiet(apart),
            ]);
        }
        table
    }

    fn changes(&self, out: &mut Vec<Block>) {
        let changes: Vec<&RecordChange> = self.summary.changes().collect();
        if self.summary.changed.is_none() {
            return;
        }
        out.push((self.heading)("Changes since it began"));
        if changes.is_empty() {
            return out.push(paragraph("Nothing that is said about the system."));
        }
        let line = |change: &&RecordChange| {
            let kind = kind_heading(&change.key).to_lowercase();
            let head = styled(BODY.bold(), format!("{} ", change.way.label()));
            let name = if change.name.is_empty() { kind } else { format!("{} ({kind})", change.name) };
            let told: Vec<String> =
                change.fields.iter().take(FIELDS).map(|f| format!("{}: {} → {}", f.label, f.before, f.after)).collect();
            let more = change.fields.len().saturating_sub(FIELDS);
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            let told = if told.is_empty() { String::new() } else { format!(": {}{rest}", told.join("; ")) };
            head.text(BODY, format!("{name}{told}"))
        };
        out.push(Block::Bullets(changes.iter().take(LISTED).map(line).collect()));
        if let Some(more) = changes.len().checked_sub(LISTED).filter(|n| *n > 0) {
            out.push(note(format!("And {more} more, which comparing with the start tells.")));
        }
    }

    fn next(&self) -> Table {
        let mut table =
            Table::with_head([("", fixed(18.0).right()), ("What", share(1.0)), ("Who", fixed(110.0)), ("Due", fixed(90.0))]);
        for (n, NextStep { what, who, due }) in self.summary.next.iter().enumerate() {
            let due = due.map_or_else(|| "–".to_owned(), |due| self.date(due));
            table.row([quiet((n + 1).to_string()), cell(what.clone()), cell(words::or_dash(who)), cell(due)]);
        }
        table
    }

    fn parked(&self) -> Table {
        let mut table = Table::with_head([("What", share(1.2)), ("At", share(0.6)), ("By", fixed(80.0)), ("", fixed(50.0))]);
        for ParkedRow { text, about, by, settled, at } in &self.summary.parked {
            let state = if *settled { "settled".to_owned() } else { at.map(|at| at.time()).unwrap_or_default() };
            table.row([cell(text.clone()), cell(words::or_dash(about)), cell(words::or_dash(by)), quiet(state)]);
        }
        table
    }

    fn questions(&self, out: &mut Vec<Block>) {
        let s = self.summary;
        if s.questions.is_empty() {
            return;
        }
        out.push((self.heading)("Open questions"));
        out.push(Block::Bullets(s.questions.iter().map(|question| styled(BODY, question.clone())).collect()));
        if let Some(more) = s.all_questions.checked_sub(s.questions.len()).filter(|n| *n > 0) {
            out.push(note(format!("The most deciding first; {more} more are listed with the model.")));
        }
    }
}
