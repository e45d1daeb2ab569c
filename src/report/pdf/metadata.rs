//! The metadata stream (XMP): who wrote what when, and, where that is true, that the file is accessible.

use crate::report::tree::DocumentFacts;

/// The stream. `accessible` claims PDF/UA-1 (ISO 14289-1), and is set only when [`super::accessible`] found no fault.
pub fn xmp(facts: &DocumentFacts, accessible: bool) -> String {
    let (year, month, day) = facts.date;
    let date = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
    let claim = if accessible { "   <pdfuaid:part>1</pdfuaid:part>\n" } else { "" };
    let language = facts.language.tag();
    let words: String = facts.keywords.iter().map(|word| format!("<rdf:li>{}</rdf:li>", escape(word))).collect();
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">
 <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">
  <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"
    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">
{claim}   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:subject><rdf:Bag>{words}</rdf:Bag></dc:subject>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Keywords>{keywords}</pdf:Keywords>
   <pdf:Producer>Palisade {version}</pdf:Producer>
   <xmp:CreatorTool>Palisade</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end=\"r\"?>
",
        title = escape(&facts.title),
        author = escape(&facts.author),
        subject = escape(&facts.subject),
        keywords = escape(&facts.keywords.join(", ")),
        version = env!("CARGO_PKG_VERSION"),
    )
}

fn escape(text: &str) -> String {
    let sign = |c: char| match c {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '\u{fffe}' | '\u{ffff}' => " ".to_owned(),
        c if c.is_control() => " ".to_owned(),
        c => c.to_string(),
    };
    text.chars().map(sign).collect()
}
