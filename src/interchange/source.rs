//! What a reader has before it.

/// The content of a file with all a reader may know about where it comes from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The content as text, without a byte order mark.
    pub text: &'a str,
    /// A name for a model that does not name itself, as a rule the file's without its ending.
    pub name: &'a str,
    /// The one way to another file.
    pub beside: Beside<'a>,
}

/// Reads a file of the same folder by its plain name, for formats that are spread over several files. Nothing else can be
/// asked for: a name with a folder in it, or one that leads out of the folder through a link, gives `None`, and so do
/// all names where the content came from no folder.
pub type Beside<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

impl<'a> Source<'a> {
    /// Content that stands alone.
    pub fn alone(text: &'a str, name: &'a str) -> Source<'a> {
        Source { text, name, beside: &|_| None }
    }
}
