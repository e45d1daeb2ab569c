//! Writing the audit log: at every save, and when somebody signs off.

use super::App;
use crate::audit::{Author, next_entry};
use crate::library::Library;
use crate::model::{SignOff, ThreatKey};

impl App {
    /// Adds what was done since the last entry. What was undone before it was saved is not told.
    pub(super) fn write_log(&mut self, sign_off: Option<SignOff>) {
        let assessment = self.assessed.assessment();
        let title = |key: &ThreatKey| assessment.findings.get(key).map(|finding| finding.title.clone());
        let author = Author { who: &self.preferences.author, at: (self.services.now)() };
        let outside = self.changed_outside;
        let next = next_entry(&self.document, Library::builtin(), &title, &author, outside, sign_off);
        if let Some((id, entry)) = next {
            self.document.append(id, entry);
            self.changed_outside = false;
        }
    }

    /// Somebody stands up for the model as it is now.
    pub(super) fn sign_off(&mut self, sign_off: SignOff) {
        self.commit_typed();
        self.document.cancel_preview();
        if self.document.is_trying() {
            return self.views.messages.warn("Keep or drop what is tried out before signing off".to_owned());
        }
        let of = sign_off.of.label().to_lowercase();
        self.write_log(Some(sign_off));
        self.views.messages.say(format!("Signed off: {of}. Save to keep it."));
    }
}
