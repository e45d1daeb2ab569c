#!/usr/bin/env python3
"""Subset the Phosphor icon fonts and write src/text/icon.rs.

usage: icons.py PHOSPHOR_WEB_PACKAGE      (the unpacked npm package @phosphor-icons/web; needs fonttools)
The icons wanted are listed in assets/fonts/icons.txt. Run only when that list changes; the results are committed."""
import json, pathlib, subprocess, sys
root = pathlib.Path(__file__).resolve().parent.parent
web = pathlib.Path(sys.argv[1]) / "src"
codes = {}
for icon in json.load(open(web / "regular/selection.json"))["icons"]:
    for name in icon["properties"]["name"].split(", "):
        codes[name] = icon["properties"]["code"]
wanted = sorted(set((root / "assets/fonts/icons.txt").read_text().split()))
missing = [n for n in wanted if n not in codes]
if missing:
    sys.exit(f"not in Phosphor: {missing}")
for style, source in (("Regular", "regular/Phosphor.ttf"), ("Fill", "fill/Phosphor-Fill.ttf")):
    subprocess.run(["pyftsubset", str(web / source), f"--output-file={root}/assets/fonts/Phosphor-{style}.ttf",
                    "--unicodes=" + ",".join(f"{codes[n]:x}" for n in wanted), "--layout-features=", "--no-hinting"], check=True)
lines = ["//! Icons of the bundled Phosphor subset (MIT). Written by `scripts/icons.py`; the list is `assets/fonts/icons.txt`.", "",
         "/// Draws in [`Face::Icon`](super::Face::Icon) (outline) or [`Face::IconFill`](super::Face::IconFill).", "pub type Icon = char;", ""]
lines += [f"pub const {n.upper().replace('-', '_')}: Icon = '\\u{{{codes[n]:x}}}';" for n in wanted]
(root / "src/text/icon.rs").write_text("\n".join(lines) + "\n")
