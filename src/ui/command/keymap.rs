//! Keys people chose themselves. What they press is turned into the usual key of the command before anybody looks at it, so
//! that the canvas and every panel know one set of keys only.

use super::{Command, Group};
use egui::{Context, Event, Key, KeyboardShortcut, Modifiers};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The commands whose keys are others than usual.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    changed: BTreeMap<Command, Vec<KeyboardShortcut>>,
}

/// Under what it lies in the context.
fn place() -> egui::Id {
    egui::Id::new("keys of commands")
}

impl Keymap {
    /// From the texts of the preferences. What names no command or key, or a key that another command has, is told.
    pub fn read(texts: &BTreeMap<String, Vec<String>>) -> (Keymap, Vec<String>) {
        let (mut map, mut faults) = (Keymap::default(), Vec::new());
        let known: BTreeMap<String, Command> = Command::all().map(|command| (command.name(), command)).collect();
        for (name, keys) in texts {
            let Some(command) = known.get(name).copied().filter(|c| c.is_rebindable()) else {
                faults.push(format!("there is no command {name} that takes keys"));
                continue;
            };
            let read: Vec<KeyboardShortcut> = keys.iter().filter_map(|text| parse(text)).collect();
            if read.len() != keys.len() {
                faults.push(format!("{}: {} are no keys", command.label(), keys.join(", ")));
                continue;
            }
            map.changed.insert(command, read);
        }
        // Two commands cannot share a key: the one that is named first keeps it.
        for (command, keys) in map.changed.clone() {
            let clash = keys.iter().find_map(|keys| map.taken(*keys, command));
            if let Some(other) = clash {
                faults.push(format!("{} has the keys of {}", command.label(), other.label()));
                map.changed.remove(&command);
            }
        }
        (map, faults)
    }

    /// For the preferences.
    pub fn texts(&self) -> BTreeMap<String, Vec<String>> {
        self.changed.iter().map(|(command, keys)| (command.name(), keys.iter().map(text).collect())).collect()
    }

    /// The keys of a command now, the usual one first.
    pub fn of(&self, command: Command) -> &[KeyboardShortcut] {
        self.changed.get(&command).map_or(command.usual(), Vec::as_slice)
    }

    pub fn is_changed(&self, command: Command) -> bool {
        self.changed.contains_key(&command)
    }

    pub fn is_usual(&self) -> bool {
        self.changed.is_empty()
    }

    /// Which other command has these keys now. The stage has keys of its own, which clash with nobody's.
    pub fn taken(&self, keys: KeyboardShortcut, by_other_than: Command) -> Option<Command> {
        let others = Command::all().filter(|c| *c != by_other_than && c.group() != Group::Stage);
        others.into_iter().find(|c| self.of(*c).iter().any(|k| same(k, &keys)))
    }

    /// Gives a command one key, and takes it from whichever has it.
    pub fn bind(&mut self, command: Command, keys: KeyboardShortcut) {
        if let Some(other) = self.taken(keys, command) {
            let rest = self.of(other).iter().copied().filter(|k| !same(k, &keys)).collect();
            self.put(other, rest);
        }
        self.put(command, vec![keys]);
    }

    /// Leaves a command without keys.
    pub fn clear(&mut self, command: Command) {
        self.put(command, Vec::new());
    }

    /// Its usual keys again, as far as nobody else has them by now.
    pub fn reset(&mut self, command: Command) {
        let free = command.usual().iter().copied().filter(|keys| self.taken(*keys, command).is_none()).collect();
        self.put(command, free);
    }

    fn put(&mut self, command: Command, keys: Vec<KeyboardShortcut>) {
        if keys == command.usual() {
            self.changed.remove(&command);
        } else {
            self.changed.insert(command, keys);
        }
    }

    /// Has it shown and asked everywhere.
    pub fn install(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(place(), Arc::new(self)));
    }

    /// The one that is in force.
    pub fn installed(ctx: &Context) -> Arc<Keymap> {
        ctx.data(|data| data.get_temp::<Arc<Keymap>>(place())).unwrap_or_default()
    }

    /// What people press where usual keys are told, as in "Ctrl D" or "P S E", with `held` held already. Words that are no
    /// keys of a command stay; `None` when nothing that can be pressed then does it.
    pub fn told(&self, usual: &str, held: Modifiers, ctx: &Context) -> Option<String> {
        if self.is_usual() {
            return Some(usual.to_owned());
        }
        if let Some(keys) = printed(usual) {
            return self.pressed_for(usual, keys, held, ctx);
        }
        let words = usual.split(' ').filter_map(|word| match printed(word) {
            Some(keys) => self.pressed_for(word, keys, held, ctx),
            None => Some(word.to_owned()),
        });
        Some(words.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
    }

    fn pressed_for(&self, usual: &str, keys: KeyboardShortcut, held: Modifiers, ctx: &Context) -> Option<String> {
        let keys = KeyboardShortcut::new(keys.modifiers | held, keys.logical_key);
        let has = |c: &Command| c.group() != Group::Stage && c.usual().iter().any(|k| same(k, &keys));
        let Some(command) = Command::all().find(has).filter(|c| self.is_changed(*c)) else { return Some(usual.to_owned()) };
        let own = self.of(command).iter();
        if held == Modifiers::NONE {
            return own.map(|keys| super::written(keys, ctx)).next();
        }
        // Only the key is told where the rest is held.
        let mut beside = own.filter(|k| same(k, &KeyboardShortcut::new(held, k.logical_key)));
        beside.next().map(|k| super::written(&KeyboardShortcut::new(Modifiers::NONE, k.logical_key), ctx))
    }

    /// Turns what is pressed into the usual keys of the command it means; returns the commands that have no usual key. While
    /// somebody types only what is no letter is turned.
    pub fn translate(&self, events: &mut Vec<Event>, is_typing: bool) -> Vec<Command> {
        let mut without = Vec::new();
        if self.is_usual() {
            return without;
        }
        let mut swallow_text = false;
        events.retain_mut(|event| match event {
            Event::Text(_) if std::mem::take(&mut swallow_text) => false,
            Event::Key { key, physical_key, pressed, modifiers, .. } => {
                let keys = KeyboardShortcut::new(*modifiers, *key);
                if is_typing && writes(&keys) {
                    return true;
                }
                let meant = self.changed.iter().find(|(_, own)| own.iter().any(|k| same(k, &keys))).map(|(c, _)| *c);
                let Some(command) = meant else {
                    // Usual keys that were given up mean nothing any more.
                    return !self.changed.keys().any(|c| c.usual().iter().any(|k| same(k, &keys)));
                };
                swallow_text = *pressed && writes(&keys);
                match command.usual().first() {
                    Some(usual) => {
                        (*key, *modifiers, *physical_key) = (usual.logical_key, usual.modifiers, None);
                        true
                    }
                    None => {
                        without.extend(pressed.then_some(command));
                        false
                    }
                }
            }
            _ => true,
        });
        without
    }
}

/// Whether pressing it in a field writes something.
fn writes(keys: &KeyboardShortcut) -> bool {
    let name = keys.logical_key.name();
    let is_function = name.len() > 1 && name.starts_with('F');
    !keys.modifiers.command && !keys.modifiers.alt && !is_function
}

fn same(a: &KeyboardShortcut, b: &KeyboardShortcut) -> bool {
    let held = |m: Modifiers| (m.command || m.ctrl, m.shift, m.alt);
    a.logical_key == b.logical_key && held(a.modifiers) == held(b.modifiers)
}

/// "Ctrl+Shift+K", the same on every platform.
pub fn text(keys: &KeyboardShortcut) -> String {
    let m = keys.modifiers;
    let held = [(m.command || m.ctrl, "Ctrl+"), (m.alt, "Alt+"), (m.shift, "Shift+")];
    let held: String = held.into_iter().filter(|(is, _)| *is).map(|(_, name)| name).collect();
    held + keys.logical_key.name()
}

/// The keys such a text names.
pub fn parse(text: &str) -> Option<KeyboardShortcut> {
    let mut modifiers = Modifiers::NONE;
    let mut rest = text;
    for (name, one) in [("Ctrl+", Modifiers::COMMAND), ("Alt+", Modifiers::ALT), ("Shift+", Modifiers::SHIFT)] {
        if let Some(after) = rest.strip_prefix(name) {
            (modifiers, rest) = (modifiers | one, after);
        }
    }
    Key::from_name(rest).map(|key| KeyboardShortcut::new(modifiers, key))
}

/// The keys that hints mean by "Shift F", "Del", "↑".
fn printed(words: &str) -> Option<KeyboardShortcut> {
    let words = words.replace(' ', "+").replace("Del", "Delete").replace("Esc", "Escape");
    let signs = [("↑", "ArrowUp"), ("↓", "ArrowDown"), ("→", "ArrowRight"), ("←", "ArrowLeft"), (",", "Comma"), (".", "Period")];
    parse(&signs.iter().fold(words, |words, (sign, name)| words.replace(sign, name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(text: &str) -> Event {
        let keys = parse(text).unwrap();
        Event::Key { key: keys.logical_key, physical_key: None, pressed: true, repeat: false, modifiers: keys.modifiers }
    }

    fn pressed(events: &[Event]) -> Vec<String> {
        let one = |event: &Event| match event {
            Event::Key { key, modifiers, .. } => Some(text(&KeyboardShortcut::new(*modifiers, *key))),
            Event::Text(words) => Some(format!("“{words}”")),
            _ => None,
        };
        events.iter().filter_map(one).collect()
    }

    #[test]
    fn keys_are_written_and_read_for_every_command() {
        for keys in Command::all().flat_map(|c| c.usual().to_vec()) {
            assert_eq!(parse(&text(&keys)).map(|k| same(&k, &keys)), Some(true), "{}", text(&keys));
        }
        assert_eq!(parse("Ctrl+Nonsense"), None);
    }

    #[test]
    fn a_key_of_ones_own_means_the_command_and_its_usual_one_nothing() {
        let mut map = Keymap::default();
        map.bind(Command::Palette, parse("Ctrl+Shift+P").unwrap());
        let mut events = vec![press("Ctrl+Shift+P"), press("Ctrl+K"), press("Ctrl+S")];
        assert!(map.translate(&mut events, false).is_empty());
        assert_eq!(pressed(&events), ["Ctrl+K", "Ctrl+S"]);
        map.bind(Command::UnlockAll, parse("F4").unwrap());
        assert_eq!(map.translate(&mut vec![press("F4")], true), [Command::UnlockAll], "it has no usual key");
    }

    #[test]
    fn taking_a_key_leaves_the_other_command_without() {
        let mut map = Keymap::default();
        map.bind(Command::Legend, parse("Ctrl+K").unwrap());
        assert!(map.of(Command::Palette).is_empty());
        assert_eq!(map.taken(parse("Ctrl+K").unwrap(), Command::Palette), Some(Command::Legend));
        map.reset(Command::Palette);
        assert!(map.of(Command::Palette).is_empty(), "somebody has it");
        map.reset(Command::Legend);
        map.reset(Command::Palette);
        assert!(map.is_usual());
    }

    #[test]
    fn letters_are_left_alone_while_somebody_types() {
        let mut map = Keymap::default();
        map.bind(Command::Tool(crate::tool::Tool::Process), parse("1").unwrap());
        let typed = || vec![press("1"), Event::Text("1".into())];
        let mut events = typed();
        map.translate(&mut events, true);
        assert_eq!(pressed(&events), ["1", "“1”"]);
        let mut events = typed();
        map.translate(&mut events, false);
        assert_eq!(pressed(&events), ["P"], "and nothing is written");
    }

    #[test]
    fn hints_tell_the_keys_that_were_chosen() {
        let ctx = Context::default();
        let mut map = Keymap::default();
        let told = |map: &Keymap, usual: &str, held| map.told(usual, held, &ctx);
        assert_eq!(told(&map, "P S E", Modifiers::NONE).as_deref(), Some("P S E"));
        map.bind(Command::Tool(crate::tool::Tool::Store), parse("X").unwrap());
        map.bind(Command::Duplicate, parse("Ctrl+Shift+U").unwrap());
        map.bind(Command::CycleLineStyle, parse("Shift+G").unwrap());
        map.clear(Command::Delete);
        for (usual, held, keys) in [
            ("P S E", Modifiers::NONE, Some("P X E")),
            ("Ctrl D", Modifiers::NONE, Some("Ctrl Shift U")),
            ("D", Modifiers::COMMAND, None),
            ("F", Modifiers::SHIFT, Some("G")),
            ("Del", Modifiers::NONE, None),
            ("Drag", Modifiers::NONE, Some("Drag")),
            ("Ctrl →", Modifiers::NONE, Some("Ctrl →")),
            (", .", Modifiers::NONE, Some(", .")),
            ("↑", Modifiers::COMMAND | Modifiers::SHIFT, Some("↑")),
        ] {
            assert_eq!(told(&map, usual, held).as_deref(), keys, "{usual}");
        }
    }

    #[test]
    fn what_a_file_says_wrongly_is_told_and_the_rest_holds() {
        let text = |name: &str, keys: &str| (name.to_owned(), vec![keys.to_owned()]);
        let clash = Command::Legend.name();
        let texts = [text("Nothing", "Ctrl+1"), text(&clash, "Ctrl+K"), text("UnlockAll", "Ctrl+F12"), text("Palette", "Hyper")];
        let (map, faults) = Keymap::read(&texts.into());
        assert_eq!(faults.len(), 3, "{faults:?}");
        assert!(map.is_changed(Command::UnlockAll) && !map.is_changed(Command::Palette) && !map.is_changed(Command::Legend));
        assert_eq!(Keymap::read(&map.texts()), (map, Vec::new()));
    }
}
