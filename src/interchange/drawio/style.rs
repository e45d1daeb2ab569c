//! The style of a shape: `ellipse;whiteSpace=wrap;fillColor=none`.

/// A style, looked up by name.
pub(super) struct Style<'a>(&'a str);

impl<'a> Style<'a> {
    pub(super) fn new(text: &'a str) -> Style<'a> {
        Style(text)
    }

    /// The value of a name; empty when the name stands alone. The last of several counts, as in draw.io.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        let parts = self.0.split(';').map(|part| part.split_once('=').unwrap_or((part, "")));
        parts.rev().find(|(n, _)| n.trim() == name).map(|(_, value)| value.trim())
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    /// True when the name stands there, alone or with anything but 0.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| value != "0")
    }

    pub(super) fn number(&self, name: &str) -> Option<f32> {
        self.get(name)?.parse().ok().filter(|n: &f32| n.is_finite())
    }

    /// The shape, by `shape=` or as the bare first word; lower case, empty for a plain rectangle.
    pub(super) fn shape(&self) -> String {
        let bare = self.0.split(';').next().filter(|first| !first.contains('=')).unwrap_or_default();
        self.get("shape").filter(|s| !s.is_empty()).unwrap_or(bare).trim().to_lowercase()
    }

    /// Shape and icon together, for the words in them.
    pub(super) fn looks(&self) -> String {
        let icon = ["resIcon", "grIcon", "prIcon", "image"].iter().filter_map(|name| self.get(name));
        // A picture written into the style is no word.
        let icon: String = icon.filter(|i| i.len() < 200).collect::<Vec<_>>().join(" ");
        format!("{} {}", self.shape(), icon.to_lowercase())
    }

    pub(super) fn is_unfilled(&self) -> bool {
        self.is("fillColor", "none") || self.number("fillOpacity").is_some_and(|o| o < 20.0)
    }
}
