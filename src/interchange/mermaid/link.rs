//! Links between nodes: `-->`, `-. says .->`, `<==>`, `--o|label|` and their kin.

/// A link as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Link {
    pub label: String,
    pub at_start: bool,
    pub at_end: bool,
    /// Only there to push nodes apart.
    pub is_invisible: bool,
}

/// The link a text begins with, and its length.
pub(super) fn read(text: &str) -> Option<(Link, usize)> {
    let mut rest = text;
    // An id of the link itself.
    if let Some((name, after)) = rest.split_once('@')
        && !name.is_empty()
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && after.starts_with(['-', '=', '<', '~'])
    {
        rest = after;
    }
    let mut link = Link::default();
    if let Some(after) = rest.strip_prefix(['<', 'o', 'x'])
        && after.starts_with(['-', '='])
    {
        (link.at_start, rest) = (true, after);
    }
    if let Some(after) = rest.strip_prefix("~~~") {
        link.is_invisible = true;
        rest = after.trim_start_matches('~');
        return Some((link, text.len() - rest.len()));
    }
    let (stroke, is_dotted) = match rest {
        r if r.starts_with("-.") => ('.', true),
        r if r.starts_with("--") => ('-', false),
        r if r.starts_with("==") => ('=', false),
        _ => return None,
    };
    // The line so far, then a head or a label written into the line.
    let after = if is_dotted { rest.get(1..)?.trim_start_matches('.') } else { rest.trim_start_matches(stroke) };
    let drawn = rest.len() - after.len();
    let closed = if is_dotted { after.strip_prefix('-') } else { Some(after) };
    let has_head =
        |r: &str| r.starts_with('>') || r.starts_with(['o', 'x']) && r.get(1..).is_none_or(|n| n.starts_with([' ', '|', '\t']));
    match closed {
        Some(after) if has_head(after) || drawn >= 3 || is_dotted => rest = head(after, &mut link),
        _ => {
            let mark = match stroke {
                '.' => ".-",
                '-' => "--",
                _ => "==",
            };
            let end = after.find(mark)?;
            link.label = super::node::unquoted(after.get(..end)?.trim());
            let tail = after.get(end..)?.trim_start_matches(if is_dotted { '.' } else { stroke });
            let tail = if is_dotted { tail.trim_start_matches('-') } else { tail };
            rest = head(tail, &mut link);
        }
    }
    let spaced = rest.trim_start();
    if let Some(label) = spaced.strip_prefix('|') {
        let end = label.find('|')?;
        link.label = super::node::unquoted(label.get(..end)?.trim());
        rest = label.get(end + 1..)?;
    }
    Some((link, text.len() - rest.len()))
}

/// Passes over the head of a link.
fn head<'a>(rest: &'a str, link: &mut Link) -> &'a str {
    match rest.strip_prefix('>') {
        Some(after) => {
            link.at_end = true;
            after
        }
        None => match rest.strip_prefix(['o', 'x']) {
            Some(after) if after.is_empty() || after.starts_with([' ', '|', '\t']) => {
                link.at_end = true;
                after
            }
            _ => rest,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_in_every_way_they_are_drawn() {
        for (text, label, heads) in [
            ("--> b", "", (false, true)),
            ("---> b", "", (false, true)),
            ("--- b", "", (false, false)),
            ("-->|says so| b", "says so", (false, true)),
            ("--> |says so| b", "says so", (false, true)),
            ("-- says so --> b", "says so", (false, true)),
            ("-- says so --- b", "says so", (false, false)),
            ("-.-> b", "", (false, true)),
            ("-.- b", "", (false, false)),
            ("-. says so .-> b", "says so", (false, true)),
            ("==> b", "", (false, true)),
            ("== says so ==> b", "says so", (false, true)),
            ("<--> b", "", (true, true)),
            ("o--o b", "", (true, true)),
            ("--x b", "", (false, true)),
            ("--x|no| b", "no", (false, true)),
            ("e1@--> b", "", (false, true)),
            ("-->|\"a b\"| b", "a b", (false, true)),
        ] {
            let (link, length) = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((link.label.as_str(), (link.at_start, link.at_end)), (label, heads), "{text}");
            assert_eq!(text.get(length..).map(str::trim), Some("b"), "{text}");
        }
        assert!(read("~~~ b").unwrap().0.is_invisible);
        for none in ["", "b", "- b", "-", "=", "-- never ends", "-->|open"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
