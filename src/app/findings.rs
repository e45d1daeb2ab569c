//! Findings of other tools, imported into the model that is open.

use super::App;
use super::jobs::Done;
use crate::disk;
use crate::library::Library;
use crate::ui::{Command, Page};
use crate::vulnerabilities::{Findings, Import};
use std::path::{Path, PathBuf};

/// Most lines told of what did not come over.
const TOLD: usize = 400;

impl App {
    /// Reads a table in the background.
    pub(super) fn read_findings(&mut self, path: PathBuf) {
        let serial = self.serial;
        self.work("Reading the findings", move |_| {
            let bytes = disk::read(&path).map_err(|e| e.to_string());
            let read = bytes.and_then(|bytes| Findings::read(&bytes).map_err(|e| format!("{}: {e}", path.display())));
            Done::Findings { serial, path, read }
        });
    }

    /// Takes a table over in one step, and tells what did not come over.
    pub(super) fn import_findings(&mut self, serial: u64, path: &Path, read: Result<Findings, String>) {
        let findings = match read {
            Ok(findings) => findings,
            Err(why) => return self.views.messages.warn(why),
        };
        if serial != self.serial {
            return self.views.messages.warn("Nothing was imported: another model was opened meanwhile".to_owned());
        }
        self.commit_typed();
        let import = Import::of(&findings, self.document.model(), Library::builtin(), self.assessment());
        if let Some(edit) = import.edit() {
            self.commit(&edit);
        }
        let ctx = self.jobs.context().clone();
        self.run(Command::Page(Page::Vulnerabilities), &ctx);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if import.left_out.is_empty() {
            self.views.messages.say(format!("{name}: {}", import.told()));
        } else {
            let mut lines = vec![import.told()];
            lines.extend(import.left_out.iter().take(TOLD).cloned());
            if import.left_out.len() > TOLD {
                lines
                    .push(format!("and {} more; palisade vulnerabilities --import lists them all", import.left_out.len() - TOLD));
            }
            self.views.told.tell(format!("Imported {name}"), lines);
        }
    }
}
