//! Plain words out of labels and texts that carry HTML.

/// The text of a piece of HTML: tags are gone, what begins a new line does, entities are what they stand for. Nothing is
/// ever loaded or run. Text without any markup comes back as it is.
pub(super) fn plain(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return html.trim().to_owned();
    }
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        rest = if from.starts_with('<') { tag(from, &mut out) } else { entity(from, &mut out) };
    }
    out.push_str(rest);
    let lines: Vec<String> = out.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let mut text: Vec<&str> = Vec::new();
    for line in &lines {
        // Nested blocks each end a line; one empty line says it all.
        if !(line.is_empty() && text.last().is_none_or(|l| l.is_empty())) {
            text.push(line);
        }
    }
    text.join("\n").trim().to_owned()
}

/// Passes over a tag; a `<` that begins none is text.
fn tag<'a>(from: &'a str, out: &mut String) -> &'a str {
    let body = from.strip_prefix('<').unwrap_or(from);
    let name: String = body.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    let is_tag = !name.is_empty() || body.starts_with('!');
    // A tag ends before the next begins, which also keeps this linear.
    let end = body.find(['<', '>']).filter(|end| is_tag && body.as_bytes().get(*end) == Some(&b'>'));
    let Some(end) = end else {
        out.push('<');
        return body;
    };
    let name = name.to_ascii_lowercase();
    if matches!(name.as_str(), "br" | "p" | "div" | "li" | "tr" | "hr" | "ul" | "ol" | "table")
        || (name.starts_with('h') && name.len() == 2)
    {
        out.push('\n');
    } else if matches!(name.as_str(), "td" | "th") {
        out.push(' ');
    }
    let after = body.get(end + 1..).unwrap_or_default();
    if matches!(name.as_str(), "script" | "style") && !body.starts_with('/') {
        return after.find("</").and_then(|i| after.get(i..)).unwrap_or_default();
    }
    after
}

fn entity<'a>(from: &'a str, out: &mut String) -> &'a str {
    let body = from.strip_prefix('&').unwrap_or(from);
    // The longest name people write has a handful of letters.
    let end = body.bytes().take(12).position(|b| b == b';');
    let (name, after) = end.and_then(|end| Some((body.get(..end)?, body.get(end + 1..)?))).unwrap_or(("", body));
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let meant = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "rarr" => Some('→'),
        "larr" => Some('←'),
        _ => number.and_then(char::from_u32).map(|c| if c == '\u{a0}' { ' ' } else { c }),
    };
    match meant {
        Some(c) => {
            out.push(c);
            after
        }
        None => {
            out.push('&');
            body
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_lose_their_looks_and_keep_their_words() {
        for (html, text) in [
            ("plain < 5 & more", "plain < 5 & more"),
            ("<b>Web</b> server", "Web server"),
            ("<div style=\"x\">Login<br>Service</div>", "Login\nService"),
            ("<p>a</p><p>b</p>", "a\n\nb"),
            ("A&nbsp;&amp;&#32;B &#x41; &unknown; &", "A & B A &unknown; &"),
            ("<script>alert(1)</script>ok", "ok"),
            ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
            ("<b", "<b"),
            ("&amp;lt;", "&lt;"),
        ] {
            assert_eq!(plain(html), text, "{html}");
        }
        assert!(plain(&"<".repeat(100_000)).len() == 100_000);
    }
}
