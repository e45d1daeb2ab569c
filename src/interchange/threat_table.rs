//! Tables of threats (CSV): one a line, whatever the columns are called.
//!
//! What a threat is about is named in a column: such a name becomes an element, or a flow where the table speaks of
//! interactions, so that the threats have a place; importing into a model finds them there by name. Columns that mean
//! nothing here are kept with each threat under `table.`.

mod columns;

use super::draft::Draft;
use super::foreign_threat::{ForeignThreat, State, band};
use super::guess::{Guess, Sure};
use super::kept::{headed, measure, paragraphs};
use super::lenient::shortened;
use super::threat_type::ThreatTypes;
use super::{Import, ImportError, LossKind, shape_words};
use crate::model::*;
use columns::Column;
use std::collections::BTreeMap;

const PREFIX: &str = "table.";
/// Lines one table may have.
const LINES: usize = 50_000;

/// Reads a table whose first line names its columns.
///
/// # Errors
/// It has no column that says what its threats are called, or a line that is no text.
pub fn read(text: &str) -> Result<Import, ImportError> {
    let first = text.lines().next().unwrap_or_default();
    let by = [b',', b';', b'\t'].into_iter().max_by_key(|by| first.bytes().filter(|b| b == by).count()).unwrap_or(b',');
    let mut lines = csv::ReaderBuilder::new().delimiter(by).flexible(true).from_reader(text.as_bytes());
    let heads: Vec<String> = match lines.headers() {
        Ok(heads) => heads.iter().map(|h| h.trim().to_owned()).collect(),
        Err(e) => return Err(fault(&e)),
    };
    let meanings = columns::meanings(&heads);
    if !meanings.contains(&Some(Column::Title)) {
        let problem = "no column says what the threats are called; name one “Title” or “Threat”".to_owned();
        return Err(ImportError::Syntax { language: "table of threats", line: 1, column: 1, problem });
    }
    let places = BTreeMap::new();
    let mut reader = Reader { draft: Draft::new("Table", text), heads, meanings, places, whole: None };
    for column in
        reader.heads.iter().zip(&reader.meanings).filter(|(head, m)| m.is_none() && !head.is_empty()).map(|(h, _)| h.clone())
    {
        let what = format!("column “{}”", shortened(&column));
        reader.draft.lose(LossKind::Kept, what, "it has no counterpart; its values are kept with the threats");
    }
    for (n, line) in lines.records().enumerate() {
        if n >= LINES {
            reader.draft.lose(LossKind::Dropped, "the table", format!("it has more than {LINES} lines"));
            break;
        }
        reader.line(&line.map_err(|e| fault(&e))?);
    }
    Ok(reader.draft.finish())
}

fn fault(error: &csv::Error) -> ImportError {
    let line = error.position().map_or(1, |p| p.line() as usize);
    ImportError::Syntax { language: "table of threats", line, column: 1, problem: error.to_string().replace('\n', " ") }
}

struct Reader {
    draft: Draft,
    heads: Vec<String>,
    meanings: Vec<Option<Column>>,
    /// Elements and flows by their names, without case.
    places: BTreeMap<(bool, String), Id>,
    whole: Option<Id>,
}

impl Reader {
    /// What a line says in the columns of one meaning.
    fn cell(&self, line: &csv::StringRecord, wanted: Column) -> String {
        let cells = self.meanings.iter().zip(line).filter(|(meaning, _)| **meaning == Some(wanted));
        cells.map(|(_, value)| value.trim()).find(|v| !v.is_empty()).unwrap_or_default().replace("\r\n", "\n")
    }

    fn line(&mut self, line: &csv::StringRecord) {
        let title = self.cell(line, Column::Title);
        let number = line.position().map_or(0, csv::Position::line);
        if title.is_empty() {
            if line.iter().any(|cell| !cell.trim().is_empty()) {
                self.draft.lose(LossKind::Dropped, format!("line {number}"), "it does not say what its threat is called");
            }
            return;
        }
        let what = format!("threat “{}”, line {number}", shortened(&title));
        let foreign = self.cell(line, Column::Id);
        let id = if foreign.is_empty() { self.draft.ids.fresh() } else { self.draft.claim(&format!("threat-{foreign}"), &what) };
        let mut extra = Extra::new();
        for ((head, meaning), value) in self.heads.iter().zip(&self.meanings).zip(line) {
            if meaning.is_none() && !value.trim().is_empty() {
                extra.insert(format!("{PREFIX}{head}"), value.to_owned());
            }
        }
        let state = self.state(&id, &what, line);
        let rating = self.rating(&id, &what, line, &mut extra);
        let categories = self.categories(&id, &what, line, &mut extra);
        let mut targets = self.targets(line);
        let rest = targets.split_off(targets.len().min(1));
        let rating_words = [("Likelihood", Column::Likelihood), ("Impact", Column::Impact)];
        let [likelihood, impact] = rating_words.map(|(word, column)| headed(word, &self.cell(line, column)));
        let threat = ForeignThreat {
            title,
            description: paragraphs([self.cell(line, Column::Description), likelihood, impact]),
            categories,
            target: targets.pop(),
            rating,
            state,
            justification: self.cell(line, Column::Justification),
            mitigations: [measure(&self.cell(line, Column::Mitigation))].into_iter().filter(|m| !m.is_empty()).collect(),
            number: foreign.parse().ok().filter(|n| *n > 0),
            extra,
        };
        self.draft.threat(id.clone(), threat);
        if let Some(threat) = self.draft.model.threats.get_mut(&id) {
            threat.targets.extend(rest);
        }
    }

    fn state(&mut self, id: &Id, what: &str, line: &csv::StringRecord) -> State {
        let word = self.cell(line, Column::State);
        columns::state(&word).unwrap_or_else(|| {
            self.draft.lose_at(
                id,
                LossKind::Dropped,
                what,
                format!("its status “{}” is not known; it is open", shortened(&word)),
            );
            State::Open
        })
    }

    fn rating(&mut self, id: &Id, what: &str, line: &csv::StringRecord, extra: &mut Extra) -> Option<(Band, String)> {
        let (word, score) = (self.cell(line, Column::Severity), self.cell(line, Column::Score));
        let rating = band(&word).or_else(|| columns::band_of_score(&score));
        match rating {
            Some(band) => Some((band, score)),
            None => {
                for (name, value) in [("severity", &word), ("score", &score)].into_iter().filter(|(_, v)| !v.is_empty()) {
                    self.draft.lose_at(
                        id,
                        LossKind::Kept,
                        what,
                        format!("its {name} “{}” is no level that is known", shortened(value)),
                    );
                    extra.insert(format!("{PREFIX}{name}"), value.clone());
                }
                None
            }
        }
    }

    fn categories(&mut self, id: &Id, what: &str, line: &csv::StringRecord, extra: &mut Extra) -> Vec<Category> {
        let words = self.cell(line, Column::Category);
        let known = ThreatTypes::shipped();
        let mut out: Vec<Category> = Vec::new();
        for word in words.split([',', ';', '/', '|', '\n']).map(str::trim).filter(|w| !w.is_empty()) {
            let letter = Category::ALL.iter().copied().find(|c| c.is_stride() && c.name().eq_ignore_ascii_case(word));
            let found = letter.map_or_else(|| known.categories(word, ""), |c| vec![c]);
            if found.is_empty() {
                let why = format!("its category “{}” is none of the categories here", shortened(word));
                self.draft.lose_at(id, LossKind::Kept, what, why);
                extra.insert(format!("{PREFIX}category"), words.clone());
            }
            out.extend(found.into_iter().filter(|c| !out.contains(c)).collect::<Vec<_>>());
        }
        out
    }

    /// What a line's threat is about; the system as a whole where it does not say.
    fn targets(&mut self, line: &csv::StringRecord) -> Vec<Id> {
        let mut out: Vec<Id> = Vec::new();
        for (column, is_flow) in [(Column::Target, false), (Column::Interaction, true)] {
            let names = self.cell(line, column);
            for name in names.split([';', '|', '\n']).map(str::trim).filter(|n| !n.is_empty()) {
                let id = self.place(name, is_flow);
                if !out.contains(&id) {
                    out.push(id);
                }
            }
        }
        if out.is_empty() {
            let whole = self.whole.take().unwrap_or_else(|| self.draft.whole());
            self.whole = Some(whole.clone());
            out.push(whole);
        }
        out
    }

    fn place(&mut self, name: &str, is_flow: bool) -> Id {
        let key = (is_flow, name.to_lowercase());
        if let Some(id) = self.places.get(&key) {
            return id.clone();
        }
        let id = self.draft.ids.claim(name);
        let what = format!("{} “{}”", if is_flow { "flow" } else { "element" }, shortened(name));
        self.draft.lose_at(&id, LossKind::Changed, &what, "the table only names it; it is here so that its threats have a place");
        if is_flow {
            self.draft.model.flows.insert(id.clone(), Flow { name: name.to_owned(), ..Flow::default() });
        } else {
            let (kind, sure, why) = match shape_words::kind(name) {
                Some((kind, word)) => (kind, Sure::Medium, format!("its name says “{word}”")),
                None => (ElementKind::Process, Sure::Low, "the table does not say what it is".to_owned()),
            };
            self.draft.guesses.push(Guess::of_element(&id, &what, kind, sure, why));
            self.draft.model.elements.insert(id.clone(), Element { name: name.to_owned(), kind, ..Element::default() });
        }
        self.places.insert(key, id.clone());
        id
    }
}
