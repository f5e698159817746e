"""./rota bench counts [--write] [--no-times]: counts the hot paths, and compares with or replaces what is stored."""

import argparse
import os
import pathlib
import sys

import measure
import table

# The runtime's own code is counted in every world; a reactor is none of it, so its locks would go uncounted.
BESIDE_THE_WORLD = ("timer submit", "timer fire")
# Where the benchmarks have a scene's times.
GROUPS = {"alone": "path", "other asleep": "path", "one thread": "path, one thread"}
FINISH, BOTH = "alone/finish", "alone/first run and finish"


def say(text):
    print(f"rota: {text}", file=sys.stderr, flush=True)


def first_run(counts):
    """What is left of a task's only run without its end."""
    both, finish = counts[BOTH], counts[FINISH]
    return {key: max(0.0, both[key] - finish[key]) for key in both if key in finish}


def in_order(counts):
    """As the page shows them: the parts of a run behind the whole."""
    ordered = {}
    for path, row in counts.items():
        if path == FINISH:
            continue
        ordered[path] = row
        if path == BOTH:
            ordered["alone/first run"] = first_run(counts)
            ordered[FINISH] = counts[FINISH]
    return ordered


def counted(count, walk):
    """A new table, without lines and times."""
    say("counting locked instructions, fences, allocations")
    counts = measure.exact(count)
    for path, row in counts.items():
        if path.partition("/")[2] in BESIDE_THE_WORLD:
            del row["rmw"], row["fences"]
    say("counting instructions (callgrind)")
    instructions, compiler = measure.instructions(walk)
    for path, figure in instructions.items():
        counts[path]["instructions"] = figure
    major = compiler.partition("Clang ")[2].partition(".")[0]
    return {"compiler": f"clang {major}" if major else compiler, "floors": {}, "counts": in_order(counts)}


def add_lines(new, walk):
    say("counting lines of data (lackey; a minute)")
    own, shared = measure.data_lines(walk)
    for path, figure in own.items():
        new["counts"][path] |= {"lines": max(0.0, figure), "shared": max(0, round(shared[path]))}


def add_times(new, bench):
    say("timing them (a minute)")
    times = measure.times(bench)
    new["floors"] = {name.partition("/")[2]: one["ns"] for name, one in times.items() if name.startswith("floor/")}
    for path, row in new["counts"].items():
        scene, _, name = path.partition("/")
        one = times.get(f"{GROUPS[scene]}/{name}") if scene in GROUPS else None
        if one:
            row |= {"ns": one["ns"], "floor": one["floor"]}


def keep_times(new, stored):
    new["floors"] = stored["floors"]
    for path, row in new["counts"].items():
        row |= {key: value for key, value in stored["counts"].get(path, {}).items() if key in ("ns", "floor")}


def write(new):
    table.STORED.write_text(table.to_toml(new), encoding="utf-8")
    page = table.page_with(table.rounded(new), table.PAGE.read_text(encoding="utf-8"))
    table.PAGE.write_text(page, encoding="utf-8")
    say(f"written: {os.path.relpath(table.STORED)}, {os.path.relpath(table.PAGE)}")


def main():
    parser = argparse.ArgumentParser(prog="rota bench counts", description=__doc__)
    parser.add_argument("--programs", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--write", action="store_true", help="replace the stored table and those of docs/hot-path.md")
    parser.add_argument("--no-times", action="store_true", help="with --write: keep the times that are stored")
    options = parser.parse_args()
    walk = str(options.programs / "rota_walk")
    new = counted(str(options.programs / "rota_count"), walk)
    add_lines(new, walk)
    stored = table.load() if table.STORED.exists() else {"floors": {}, "counts": {}}
    if options.write:
        if options.no_times:
            keep_times(new, stored)
        else:
            add_times(new, str(options.programs / "rota_bench"))
        return write(new)
    print(table.to_toml(new).partition("[counts]\n")[2], end="")
    more, less = table.grown(stored, table.rounded(new)), table.fallen(stored, table.rounded(new))
    for line in more:
        print(f"grown   {line}")
    for line in less:
        print(f"fallen  {line}")
    if less:
        say("lower the table: ./rota bench counts --write")
    return 1 if more else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (measure.Missing, RuntimeError) as error:
        say(str(error))
        sys.exit(1)
