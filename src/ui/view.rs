//! What panels may read during a frame.

use super::{
    Compared, Docks, Lit, LossesFound, Outside, PathsFound, ProposalsFound, RatingsFound, RoadmapFound, Seen, Trial, pulse::Pulse,
};
use crate::edit::Transaction;
use crate::library::Library;
use crate::model::{Date, Id, ThreatKey, ThreatModel, Trail};
use crate::risk::{Assessment, LiveAssessment};
use crate::scene::DiagramLayout;
use crate::theme::Theme;
use crate::tool::{Selection, Tool};

/// Read-only state of one frame.
pub struct ViewCx<'a> {
    /// False on the welcome page: there is no model to work on yet.
    pub is_open: bool,
    pub model: &'a ThreatModel,
    /// Grows with every change, previews included: the key for caches.
    pub revision: u64,
    /// The same without what only moved: the key for lists of what does not look at places. They may stay as they are while
    /// something is in the hand, and follow when it rests.
    pub content: u64,
    /// The same in this very frame.
    pub content_now: u64,
    /// Elements, flows, boundaries and notes that look different now, apart from their risk and their place.
    pub records: &'a Trail,
    /// What is shown may be taken back yet: something is in the hand, or being typed.
    pub is_previewing: bool,
    /// The risk of the time that is looked at.
    pub assessment: &'a Assessment,
    pub seen: Seen,
    /// The risk of today.
    pub actual: &'a Assessment,
    /// What keeps it up to date; `None` where nobody does.
    pub live: Option<&'a LiveAssessment<'static>>,
    pub library: &'a Library,
    /// The diagram shown and its geometry at this revision.
    pub diagram: &'a Id,
    pub layout: &'a DiagramLayout,
    pub selection: &'a Selection,
    /// The item under the pointer in any panel, from the last frame.
    pub hover: Option<&'a Id>,
    pub tool: Tool,
    /// A style was copied, to be given to others.
    pub has_style: bool,
    pub theme: Theme,
    /// Labels of the next undo and redo step, if any.
    pub undo: Option<&'a str>,
    pub redo: Option<&'a str>,
    pub is_dirty: bool,
    /// What was done since the audit log was last written.
    pub unlogged: &'a Transaction,
    /// File name shown to people; empty for a model never saved.
    pub file_name: &'a str,
    pub today: Date,
    /// Who works here, as named in the preferences; empty while nobody said.
    pub author: &'a str,
    /// What the last change did to the risk, while that is shown.
    pub pulse: Option<&'a Pulse>,
    /// What is only tried out, while that is so.
    pub trial: Option<&'a Trial>,
    /// What the model is compared with, while it is.
    pub compared: Option<&'a Compared>,
    /// The next best controls, when somebody asked for them.
    pub roadmap: Option<&'a RoadmapFound>,
    /// The number of the model's own state, whatever is looked at.
    pub model_revision: u64,
    /// Attack paths, when somebody asked for them.
    pub paths: Option<&'a PathsFound>,
    /// Ratings of all threats by the method of the model, where these take their time.
    pub ratings: Option<&'a RatingsFound>,
    /// What names say, of the newest state that was read.
    pub proposals: Option<&'a ProposalsFound>,
    /// Losses in money, while somebody looks at them.
    pub losses: Option<&'a LossesFound>,
    /// What the page of paths marks on the canvas.
    pub lit: &'a Lit,
    /// What a register or a chart leaves bright on the canvas; `None` for everything.
    pub matching: Option<&'a std::collections::BTreeSet<Id>>,
    /// Where panels are.
    pub docks: &'a Docks,
    /// What helps on the canvas.
    pub panels: Panels,
    /// What happened to the file outside of this window, until somebody decides about it.
    pub outside: Option<&'a Outside>,
    /// Who else has the file open, in words; empty when nobody has.
    pub also_open: &'a str,
}

impl ViewCx<'_> {
    /// What people call a control; of one no library knows, its own word.
    pub fn control_name<'a>(&'a self, control: &'a str) -> &'a str {
        self.library.control(self.model, control).map_or(control, |c| c.name.as_str())
    }

    /// How strongly a threat glows because the last change eased it, 0 to 1.
    pub fn glow(&self, threat: &ThreatKey) -> Option<f32> {
        self.pulse.filter(|p| p.change.eased.contains(threat)).map(|p| 0.2 * p.opacity)
    }
}

/// What is shown besides panels, and what helps on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panels {
    /// The key to the marks, over the canvas.
    pub legend: bool,
    /// Nothing but the canvas.
    pub zen: bool,
    /// The dots of the canvas, and things keeping to them.
    pub grid: bool,
    /// Tools stay in hand after their work.
    pub keeps_tool: bool,
    /// The wheel zooms and moves with Ctrl, instead of the other way round.
    pub wheel_zooms: bool,
    /// The whole diagram, small, over the canvas.
    pub minimap: bool,
    /// Cards with threats and controls, beside what is selected or pointed at.
    pub cards: bool,
    /// The model is presented: panels make way for the stage.
    pub presenting: bool,
    /// Risk as colour over the diagram.
    pub heat: bool,
    /// The charts, in place of the canvas.
    pub dashboard: bool,
}

impl Default for Panels {
    fn default() -> Panels {
        Panels {
            legend: false,
            zen: false,
            grid: true,
            keeps_tool: false,
            wheel_zooms: false,
            minimap: false,
            cards: true,
            presenting: false,
            heat: false,
            dashboard: false,
        }
    }
}
