"""Runs the programs that count, and makes figures for one operation of what they print.

Every path is walked with n and with 2n operations. The difference, divided by n, is what one operation takes: what is
done once for all of them cancels.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile

EXACT = ("rmw", "fences", "allocations")
STORES = 0x3_0000_0000  # walk_main.cpp: two bytes for each walk, its beginning and its end
LINE = 64


class Missing(Exception):
    """A tool that is not installed."""


def lines_of(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def run(command, **options):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=600, **options)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with status {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def valgrind():
    if shutil.which("valgrind") is None:
        raise Missing("valgrind is not installed")
    return "valgrind"


def slope(walks):
    """(operations, figure) of the short and of the long walk, to a figure for one operation."""
    (few, less), (many, more) = sorted(walks)
    return (more - less) / (many - few)


def by_path(walks, key):
    paths = {}
    for walk in walks:
        paths.setdefault(walk["path"], []).append((walk["operations"], walk[key]))
    return {path: slope(both) for path, both in paths.items()}


def exact(program):
    """{path: {rmw, fences, allocations}} of one operation."""
    walks = lines_of(run([program]))
    figures = {key: by_path(walks, key) for key in EXACT}
    return {path: {key: figures[key][path] for key in EXACT} for path in figures["rmw"]
            if not path.startswith("meter/")}


def instructions(program):
    """({path: instructions} of one operation, the compiler)."""
    with tempfile.TemporaryDirectory(prefix="rota-counts-") as folder:
        out = os.path.join(folder, "out")
        told = run([valgrind(), "-q", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={out}", program,
                    "instructions"])
        walks = []
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                text = file.read()
            walk = re.search(r"^desc: Trigger: Client Request: (.*)/(\d+)$", text, re.M)
            if walk:
                total = re.search(r"^totals: (\d+)", text, re.M)
                walks.append({"path": walk[1], "operations": int(walk[2]), "total": int(total[1]) if total else 0})
    figures = by_path(walks, "total")
    meter, marks = figures.pop("meter/each"), figures.pop("meter/marks")
    for path in figures:
        figures[path] -= marks if path == "alone/finish" else meter if path.startswith("other asleep/") else 0
    return figures, lines_of(told)[0]["compiler"]


def touched(trace):
    """The data lines between the two stores of each walk, of a trace of memory accesses."""
    walks, current = {}, None
    for access in trace:
        if access[0:1] != b" ":
            continue
        place, _, size = access[3:].partition(b",")
        try:
            address = int(place, 16)
            last = address + int(size) - 1
        except ValueError:
            continue
        if STORES <= address < STORES + 4096:
            walk, end = divmod(address - STORES, 2)
            current = None if end else walks.setdefault(walk, set())
        elif current is not None:
            current.update(range(address // LINE, last // LINE + 1))
    return walks


def data_lines(program):
    """({path: lines} that one operation has for itself, {path: lines} that all operations share)."""
    reading, writing = os.pipe()
    command = [valgrind(), "-q", "--tool=lackey", "--trace-mem=yes", f"--log-fd={writing}", program, "lines"]
    with subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.PIPE, text=True) as child:
        os.close(writing)
        with os.fdopen(reading, "rb", buffering=1 << 20) as trace:
            sets = touched(trace)
        walks = [walk for walk in lines_of(child.stdout.read()) if "walk" in walk]
    if child.returncode != 0:
        raise RuntimeError(f"{program} ended with status {child.returncode} under lackey")
    for walk in walks:
        walk["lines"] = len(sets[walk["walk"]])
    own = by_path(walks, "lines")
    shared = {}
    for walk in walks:
        shared.setdefault(walk["path"], walk["lines"] - own[walk["path"]] * walk["operations"])
    return own, shared


def times(program):
    """{benchmark: {ns, floor}} of all paths and floors, medians of several repetitions."""
    told = json.loads(run([program, "--benchmark_filter=^(path|path, one thread|floor)/", "--benchmark_format=json",
                           "--benchmark_repetitions=5", "--benchmark_min_time=0.1",
                           "--benchmark_report_aggregates_only=true"]))
    figures = {}
    for one in told["benchmarks"]:
        if one.get("aggregate_name") != "median":
            continue
        name = one["run_name"].split("/")
        figures["/".join(name[:2])] = {"ns": one.get("ns", one["real_time"]),
                                       "floor": one.get("label", "").removeprefix("floor: ")}
    return figures
