"""The stored counts (counts.toml), how they compare with new ones, and the tables of docs/hot-path.md."""

import pathlib
import tomllib

HERE = pathlib.Path(__file__).resolve().parent
STORED = HERE.parent / "counts.toml"
PAGE = HERE.parents[2] / "docs" / "hot-path.md"
BEGIN, END = "<!-- counts: {} -->", "<!-- end of counts -->"

# What is compared, and how much more than stored is no growth: (share, absolute). Of exact figures only what is done
# once in 64 operations, a visit to the depot of slots, depends on where the walk began. Instructions of libraries differ
# a little between their releases.
COMPARED = {"rmw": (0, 0.04), "fences": (0, 0.04), "allocations": (0, 0.04), "instructions": (0.01, 0.5)}
FALLEN = 0.02
HEAD = """\
# What one operation of each hot path takes, by scene and path: locked instructions, fences and allocations, counted;
# instructions by callgrind; lines of data that it has for itself, and that all operations share, by lackey; ns as it was
# timed once. Written by `./rota bench counts --write`; compared by the test bench.Counts, but for the times.
"""


def load(path=STORED):
    with open(path, "rb") as file:
        return tomllib.load(file)


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def to_toml(table):
    lines = [HEAD + f'compiler = "{table["compiler"]}"', "", "[floors]"]
    lines += [f'"{name}" = {number(ns)}' for name, ns in sorted(table["floors"].items())]
    lines += ["", "[counts]"]
    for path, row in table["counts"].items():
        cells = [f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {number(value)}"
                 for key, value in row.items()]
        lines.append(f'"{path}" = {{ {", ".join(cells)} }}')
    return "\n".join(lines) + "\n"


def rounded(table):
    """As it will be when it has been written and read again."""
    return tomllib.loads(to_toml(table))


def grown(stored, new):
    """One sentence for each figure that is larger than stored, and for each path that only one of the two knows."""
    said = []
    for path in sorted(stored["counts"].keys() | new["counts"].keys()):
        before, now = stored["counts"].get(path), new["counts"].get(path)
        if before is None or now is None:
            said.append(f"{path}: {'not in the stored table' if before is None else 'no longer counted'}")
            continue
        for key, (share, absolute) in COMPARED.items():
            if key in now and key not in before:
                said.append(f"{path}: {key}: nothing stored, now {number(now[key])}")
            elif key in now and now[key] > before[key] * (1 + share) + absolute + 1e-9:
                said.append(f"{path}: {key}: at most {number(before[key])}, now {number(now[key])}")
    return said


def fallen(stored, new):
    """One sentence for each figure that has fallen by so much that a growth could hide below the stored one."""
    said = []
    for path, now in new["counts"].items():
        before = stored["counts"].get(path, {})
        for key, (_, absolute) in COMPARED.items():
            if key in now and key in before and now[key] < before[key] * (1 - FALLEN) - absolute - 1e-9:
                said.append(f"{path}: {key}: stored {number(before[key])}, now only {number(now[key])}")
    return said


# The page.

COLUMNS = (("rmw", "locked"), ("fences", "fences"), ("allocations", "allocations"), ("lines", "own lines"),
           ("shared", "shared lines"), ("instructions", "instructions"), ("ns", "ns"))


def cell(row, key):
    if key not in row:
        return "–"
    return f"{row[key]:.0f}" if key == "instructions" else number(float(row[key]))


def scene_table(table, scene):
    floors, lines = table["floors"], []
    rows = [(path, row) for path, row in table["counts"].items() if path.startswith(scene + "/")]
    columns = [(key, title) for key, title in COLUMNS if any(key in row for _, row in rows)]
    with_floor = any("floor" in row for _, row in rows)
    titles = ["path"] + [title for _, title in columns] + (["floor, ns"] if with_floor else [])
    lines.append("| " + " | ".join(titles) + " |")
    lines.append("|---" * len(titles) + "|")
    for path, row in rows:
        cells = [path.partition("/")[2]] + [cell(row, key) for key, _ in columns]
        if with_floor:
            floor = row.get("floor", "")
            cells.append(f"{number(float(floors[floor]))} ({floor})" if floor in floors else "–")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def page_with(table, text):
    """The page with its tables made anew. ValueError if it has no place for one."""
    for scene in dict.fromkeys(path.partition("/")[0] for path in table["counts"]):
        begin = BEGIN.format(scene)
        head, found, rest = text.partition(begin)
        _, ended, tail = rest.partition(END)
        if not found or not ended:
            raise ValueError(f"{PAGE.name} has no place between '{begin}' and '{END}'")
        text = f"{head}{begin}\n{scene_table(table, scene)}\n{END}{tail}"
    return text
