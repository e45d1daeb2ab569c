//! Bringing together what is open and what somebody else made of the same: one entry for whoever has the three models.

use super::App;
use super::dialogs::Kind;
use super::jobs::Done;
use super::outside::{Reread, reread};
use crate::audit;
use crate::model::ThreatModel;
use crate::ui::MergeDialog;

/// What clashes, while people decide.
pub(super) struct Merging {
    pub(super) dialog: MergeDialog,
    /// That of the file the other side is in.
    sum: String,
    /// What the window knew of the file when this began.
    known: String,
    /// Revision of the model that is ours.
    revision: u64,
}

impl App {
    /// Reads the file again, to merge what is in it.
    pub(super) fn merge_file(&mut self) {
        let Some((file, serial)) = self.minded_file() else { return };
        self.commit_typed();
        self.drop_trial();
        self.work("Reading the file", move |_| Done::ToMerge { serial, read: reread(&file).map(Box::new) });
    }

    pub(super) fn note_to_merge(&mut self, serial: u64, read: Result<Box<Reread>, String>) {
        let Reread { sum, model, told } = match read {
            Ok(read) => *read,
            Err(why) => return self.views.messages.warn(why),
        };
        if serial != self.serial || !self.saves.is_empty() {
            return;
        }
        if self.dialogs.merge.as_ref().is_some_and(|merging| merging.sum == sum) {
            return self.dialogs.bring(Kind::Merge);
        }
        let Some(base) = self.document.as_saved() else {
            return self.views.messages.warn("What both began with is not known any more; reload, or keep yours".to_owned());
        };
        let name = self.file.as_ref().and_then(|p| p.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        told.into_iter().for_each(|line| self.views.messages.say(line));
        self.merge_with(base, model, name, sum);
    }

    /// Brings what is open together with `theirs`, which both come from `base`: at once where nothing clashes, else after
    /// people decided. `sum` is that of the file `theirs` was read from.
    pub(super) fn merge_with(&mut self, base: ThreatModel, theirs: ThreatModel, name: String, sum: String) {
        self.commit_typed();
        self.drop_trial();
        let dialog = MergeDialog::new(base, self.document.committed(), theirs, name);
        if dialog.has_conflicts() {
            let (known, revision) = (self.sum.clone(), self.document.revision());
            self.dialogs.merge = Some(Box::new(Merging { dialog, sum, known, revision }));
            self.dialogs.bring(Kind::Merge);
        } else {
            self.finish_merge(dialog, sum);
        }
    }

    /// What is edited meanwhile is merged with the rest; once the file was written or read otherwise, there is nothing to merge.
    pub(super) fn follow_merge(&mut self) {
        let Some(merging) = &mut self.dialogs.merge else { return };
        if merging.known != self.sum {
            self.dialogs.merge = None;
            return self.views.messages.say("The file was saved or read again meanwhile: nothing is left to merge".to_owned());
        }
        let revision = self.document.revision();
        if merging.revision != revision && !self.document.is_previewing() {
            merging.revision = revision;
            merging.dialog.follow(self.document.committed());
        }
    }

    /// People decided what clashes.
    pub(super) fn merge_decided(&mut self) {
        let Some(merging) = self.dialogs.merge.take() else { return };
        let Merging { mut dialog, sum, .. } = *merging;
        self.commit_typed();
        self.drop_trial();
        dialog.follow(self.document.committed());
        self.finish_merge(dialog, sum);
    }

    /// Takes the result over as one step.
    fn finish_merge(&mut self, dialog: MergeDialog, sum: String) {
        let told = dialog.told();
        let (merged, theirs) = dialog.finished();
        self.document.merge(&theirs, merged, "merge");
        self.changed_outside = audit::began_outside(&self.document);
        self.sum = sum;
        self.forget_outside();
        drop(self.document.take_events());
        self.begin_journal();
        self.views.messages.say(format!("Merged: {told}. Undo brings back what was here before"));
    }
}
