#!/usr/bin/env python3
"""Draw hard graphs arranged by us and by Graphviz beside one another, and count crossings and bends.

usage: beside_dot.py FOLDER      (needs dot, rsvg-convert and montage)
Writes a picture and the counts for each graph into FOLDER, and what dot came to into tests/data/dot.tsv."""
import json, os, pathlib, subprocess, sys
root = pathlib.Path(__file__).resolve().parent.parent
folder = pathlib.Path(sys.argv[1]).resolve()
folder.mkdir(parents=True, exist_ok=True)
subprocess.run(["cargo", "test", "-q", "--no-default-features", "--test", "core", "beside_dot::"], cwd=root, check=True,
               env={**os.environ, "PALISADE_BESIDE": str(folder)})

def curve(points, steps=12):
    """The points of a chain of cubic curves."""
    out = [points[0]]
    for n in range(0, len(points) - 3, 3):
        p = points[n:n + 4]
        for k in range(1, steps + 1):
            t = k / steps
            w = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3)
            out.append(tuple(sum(w[i] * p[i][axis] for i in range(4)) for axis in (0, 1)))
    return out

def cross(a, b, c, d):
    side = lambda p, q, r: (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]) >= 0
    return side(a, b, c) != side(a, b, d) and side(c, d, a) != side(c, d, b)

def crossings(lines):
    count = 0
    for n, a in enumerate(lines):
        for b in lines[n + 1:]:
            count += sum(cross(*p, *q) for p in zip(a, a[1:]) for q in zip(b, b[1:]))
    return count

def bends(line):
    """Corners of a square line."""
    turns, last = 0, None
    for (x, y), (u, v) in zip(line, line[1:]):
        if abs(x - u) + abs(y - v) < 0.5:
            continue
        level = abs(x - u) > abs(y - v)
        turns += last is not None and level != last
        last = level
    return turns

def drawn(name, splines):
    args = ["dot", f"-Gsplines={splines}", str(folder / f"{name}.dot")]
    graph = json.loads(subprocess.run(args + ["-Tjson"], check=True, capture_output=True).stdout)
    lines = [curve(op["points"]) for edge in graph.get("edges", []) for op in edge.get("_draw_", []) if op["op"] == "b"]
    svg, png = folder / f"{name}.{splines}.svg", folder / f"{name}.{splines}.png"
    subprocess.run(args + ["-Tsvg", "-o", str(svg)], check=True, capture_output=True)
    subprocess.run(["rsvg-convert", "-w", "1400", "-h", "1000", "-a", str(svg), "-o", str(png)], check=True)
    return lines, png

ours = dict(line.split("\t", 1) for line in (folder / "ours.tsv").read_text().splitlines()[1:])
table = ["name\tcrossings\tbends\tcrossings of curves"]
print(f"{'':20} {'ours':>12} {'dot, square':>12} {'dot, curves':>12}    (crossings, bends)")
for name, figures in ours.items():
    square, beside = drawn(name, "ortho")
    curves, other = drawn(name, "true")
    mine = folder / f"{name}.ours.png"
    subprocess.run(["rsvg-convert", "-w", "1400", "-h", "1000", "-a", str(folder / f"{name}.ours.svg"), "-o", str(mine)], check=True)
    subprocess.run(["montage", str(mine), str(other), str(beside), "-tile", "3x1", "-geometry", "1400x1000+8+8",
                    str(folder / f"{name}.png")], check=True)
    table.append(f"{name}\t{crossings(square)}\t{sum(map(bends, square))}\t{crossings(curves)}")
    print(f"{name:20} {figures.replace(chr(9), ', '):>12} {crossings(square):>5}, {sum(map(bends, square)):>4} {crossings(curves):>12}")
(root / "tests/data/dot.tsv").write_text("\n".join(table) + "\n")
