//! The one list of commands: menus, shortcuts, tooltips and help are made from it.

/// Something a person can do by menu or shortcut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    New,
}
