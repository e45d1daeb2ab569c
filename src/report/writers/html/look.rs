//! The style sheet of HTML reports; colours are named, their values come from the theme.

pub const STYLE: &str = r#"*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;padding:2.5rem 1.5rem 4rem;max-width:64rem;background:var(--canvas);color:var(--text);
font:15px/1.55 Inter,"Segoe UI","Helvetica Neue",Arial,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere;hyphens:auto}
a{color:var(--accent);text-decoration:none}
a:hover{text-decoration:underline}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-100vw}
.skip:focus{left:1rem;top:1rem;background:var(--panel);padding:.5rem 1rem}
h1,h2,h3,h4{line-height:1.25;margin:1.6em 0 .5em;hyphens:manual;text-wrap:balance}
h1{font-size:2.3rem;margin:.2em 0}
h2{font-size:1.7rem;border-bottom:1px solid var(--border);padding-bottom:.25em}
h3{font-size:1.25rem}
h4{font-size:1.02rem}
.n{color:var(--accent);margin-right:.35em}
p{margin:.5em 0;max-width:48rem}
li p{margin:0}
ul{padding-left:1.4em}
code{font:.92em "JetBrains Mono",Consolas,"DejaVu Sans Mono",monospace}
.small{font-size:.88em}
.cover{border-left:6px solid var(--reportcover);padding:.5rem 0 .5rem 1.5rem;margin-bottom:2.5rem}
.logos{display:flex;justify-content:space-between;gap:1rem;margin:0 0 1rem;max-width:none}
.logos img{max-width:12rem;max-height:3.5rem;background:#fff}
.kicker{color:var(--accent);font-weight:700;margin:0}
.subtitle{color:var(--muted);font-size:1.1rem}
.label{display:inline-block;background:var(--tlpground);font-weight:700;padding:.1em .5em;margin:0 0 1em}
nav{background:var(--panel);border:1px solid var(--border);border-radius:6px;padding:.5rem 1.5rem 1rem}
nav h2{border:0;font-size:1.1rem;margin:.6em 0 .3em}
nav ul{list-style:none;padding-left:1.2em;margin:0;columns:1}
nav>ul{padding-left:0;columns:22rem 2}
nav>ul>li{break-inside:avoid;margin:.15em 0;font-weight:600}
nav>ul ul{font-weight:400}
.scroll{overflow-x:auto;margin:.8em 0}
table{border-collapse:collapse;width:100%;font-size:.93rem;hyphens:manual}
th,td{text-align:left;vertical-align:top;padding:.4em .7em .4em 0}
th{font-weight:600}
thead th{color:var(--muted);font-size:.85rem;border-bottom:2px solid var(--text);vertical-align:bottom}
.ruled tbody tr{border-bottom:1px solid var(--border)}
.plain th,.plain td{padding:.15em .7em .15em 0}
.facts{width:auto}
.facts th,tbody th{color:var(--muted);font-weight:500}
.right{text-align:right;font-variant-numeric:tabular-nums}
tr:target,h3:target,h4:target{background:var(--accentsoft)}
.columns{display:flex;flex-wrap:wrap;gap:0 2rem}
.columns>div{min-width:16rem}
.callout{border-left:3px solid var(--accent);background:var(--raised);padding:.4rem 1rem;margin:1em 0}
figure{margin:1.2em 0;break-inside:avoid}
figure.wide .picture{max-width:none!important}
.picture{display:block;width:100%;height:auto;background:var(--canvas)}
.mark{vertical-align:-.22em}
svg text{font-family:Inter,"Segoe UI",Arial,"DejaVu Sans",sans-serif;white-space:pre}
svg .b{font-weight:700}
svg .m{font-family:"JetBrains Mono",Consolas,"DejaVu Sans Mono",monospace}
figcaption{color:var(--muted);font-size:.9rem;margin-top:.5em}
footer{margin-top:4rem;border-top:1px solid var(--border);padding-top:1rem;color:var(--muted);font-size:.88rem}
@page{margin:18mm 16mm}
@media print{body{max-width:none;padding:0;font-size:9.5pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.skip{display:none}
a{color:inherit}
section{break-before:page}
h2,h3,h4{break-after:avoid}
p,li{orphans:2;widows:2}
tr,figure,.callout,.columns{break-inside:avoid}
thead{display:table-header-group}
.scroll{overflow:visible}
nav{break-before:page;border:0;padding:0}
svg.picture{max-height:90vh}}
"#;
