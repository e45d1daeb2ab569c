//! How data flow diagrams are drawn.

use serde::{Deserialize, Serialize};

closed_enum! {
    /// The shapes that stand for processes, stores and external entities.
    Notation {
        /// Round processes, stores between two lines, square entities.
        YourdonDeMarco => "Yourdon and DeMarco",
        /// Rounded processes with a head, stores open to the right, entities with a shadow.
        GaneSarson => "Gane and Sarson",
        /// Rounded processes, drums for stores, square entities, as in DFD3.
        Rounded => "Rounded, with drums",
    }
}
