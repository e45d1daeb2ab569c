//! Reads the drawing operations of a page, as far as they say something: quicker than the whole grammar, of which only
//! fonts and strings matter here (ISO 32000-1, 7.8.2).

/// An operation with the names and strings before it, outermost or in arrays and dictionaries alike.
#[derive(Debug, Default, PartialEq)]
pub struct Operation<'a> {
    pub operator: &'a [u8],
    pub names: Vec<&'a [u8]>,
    pub strings: Vec<Vec<u8>>,
}

/// Calls `each` with every operation of a content stream. What is broken off at the end says nothing.
pub fn operations<'a>(content: &'a [u8], mut each: impl FnMut(&Operation<'a>)) {
    let mut scan = Scan { rest: content };
    let mut now = Operation::default();
    while let Some(first) = scan.next() {
        match first {
            b'/' => now.names.push(scan.word()),
            b'(' => now.strings.push(scan.literal()),
            b'<' if scan.rest.first() == Some(&b'<') => scan.skip(1),
            b'<' => now.strings.push(scan.hexadecimal()),
            b'%' => scan.line(),
            b'[' | b']' | b'>' | b'{' | b'}' | b')' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' => drop(scan.word()),
            c if c.is_ascii_whitespace() || c == 0 => {}
            _ => {
                now.operator = scan.word_with_first(content);
                if !matches!(now.operator, b"true" | b"false" | b"null") {
                    each(&now);
                    now = Operation::default();
                }
            }
        }
    }
}

struct Scan<'a> {
    rest: &'a [u8],
}

impl<'a> Scan<'a> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn skip(&mut self, n: usize) {
        self.rest = self.rest.get(n..).unwrap_or_default();
    }

    /// Up to the next blank or bracket.
    fn word(&mut self) -> &'a [u8] {
        let ends = |c: &u8| c.is_ascii_whitespace() || matches!(c, 0 | b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'/' | b'%');
        let end = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// The same with the letter that was read already.
    fn word_with_first(&mut self, content: &'a [u8]) -> &'a [u8] {
        let begin = content.len() - self.rest.len() - 1;
        let length = self.word().len() + 1;
        content.get(begin..begin + length).unwrap_or_default()
    }

    fn line(&mut self) {
        let end = self.rest.iter().position(|c| matches!(c, b'\r' | b'\n')).unwrap_or(self.rest.len());
        self.skip(end);
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        let end = self.rest.iter().position(|c| *c == b'>').unwrap_or(self.rest.len());
        let (inner, rest) = self.rest.split_at(end);
        self.rest = rest.get(1..).unwrap_or_default();
        let digits: Vec<u8> =
            inner.iter().filter_map(|c| char::from(*c).to_digit(16)).filter_map(|d| u8::try_from(d).ok()).collect();
        // A last digit alone counts as if a zero followed.
        digits.chunks(2).map(|pair| pair.first().map_or(0, |d| d << 4) | pair.get(1).copied().unwrap_or(0)).collect()
    }

    fn literal(&mut self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut depth = 0;
        while let Some(c) = self.next() {
            match c {
                b'(' => depth += 1,
                b')' if depth == 0 => break,
                b')' => depth -= 1,
                b'\\' => {
                    out.extend(self.escaped());
                    continue;
                }
                _ => {}
            }
            out.push(c);
        }
        out
    }

    /// What a backslash and what follows stand for.
    fn escaped(&mut self) -> Option<u8> {
        match self.next()? {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\n' => None,
            b'\r' => {
                self.skip(usize::from(self.rest.first() == Some(&b'\n')));
                None
            }
            first @ b'0'..=b'7' => {
                let mut code = u16::from(first - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.rest.first() else { break };
                    code = code * 8 + u16::from(digit - b'0');
                    self.skip(1);
                }
                u8::try_from(code & 0xff).ok()
            }
            other => Some(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(content: &[u8]) -> Vec<(String, Vec<Vec<u8>>)> {
        let mut out = Vec::new();
        operations(content, |o| out.push((String::from_utf8_lossy(o.operator).into_owned(), o.strings.clone())));
        out
    }

    #[test]
    fn strings_and_operators_are_read_as_viewers_read_them() {
        let found = all(b"/P <</MCID 3 /ActualText (a\\(b\\)\\101\\\nc(d))>> BDC BT /F1 9 Tf % (no)\n[<00 41> -20.5 (x)]TJ true 1 0 0 rg\nT* ET");
        let strings = |n: usize| found[n].1.clone();
        let operators: Vec<&str> = found.iter().map(|(operator, _)| operator.as_str()).collect();
        assert_eq!(operators, ["BDC", "BT", "Tf", "TJ", "rg", "T*", "ET"]);
        assert_eq!(strings(0), [b"a(b)Ac(d)".to_vec()]);
        assert_eq!(strings(3), [vec![0, 0x41], b"x".to_vec()]);
    }

    #[test]
    fn what_is_broken_off_ends_quietly() {
        for end in 0..40 {
            let whole = b"/P <</A <feff0041>>> BDC (abc\\051) Tj [<4142>] TJ ET";
            let _ = all(&whole[..end.min(whole.len())]);
        }
    }
}
