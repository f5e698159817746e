"""A tree with the script `rota`, and tools that only pretend: what is called, what is said and when can be looked at."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import unittest

SOURCE = pathlib.Path(os.environ["ROTA_SHARE"])

# A file stale: CMake must run first; a file glob: there is one that is checked each time. Each target takes three steps; step N ends when there is a file step-N, and fails if there is a file broken.
NINJA = """#!/usr/bin/env bash
echo "ninja $*" >>"$FAKE/calls"
folder= todo=() dry=false
while (($#)); do
  case $1 in -C) folder=$2; shift ;; -n) dry=true ;; rota_*) [[ -e $folder/$1 ]] || todo+=("$1") ;; esac
  shift
done
if $dry && [[ -e $FAKE/stale || -e $FAKE/glob ]]; then echo "[1/2] Re-running CMake..."; exit; fi
if ((${#todo[@]} == 0)); then echo "ninja: no work to do."; exit; fi
if $dry; then printf '[%s/3] Building CXX object\\n' 1 2 3; exit; fi
trap 'touch "$FAKE/interrupted"; exit 2' INT
for step in 1 2 3; do
  until [[ -e $FAKE/step-$step ]]; do sleep 0.02; done
  if [[ -e $FAKE/broken ]]; then
    printf 'FAILED: some.cpp.o\\nclang++-19 -c some.cpp\\nsome.cpp:7:1: error: no such thing\\n'
    echo "ninja: build stopped: subcommand failed."
    exit 1
  fi
  echo "[$step/3] Building CXX object $step.o"
done
for target in "${todo[@]}"; do touch "$folder/$target"; done
mkdir -p "$folder/command"
cp "$FAKE/program" "$folder/command/rota"
"""

PROGRAM = """#!/usr/bin/env bash
if [[ $1 == needs ]]; then cat "$FAKE/needed"; else echo "program: $*"; fi
if [[ $1 == judge ]]; then "$ROTA_BUILD" rota_more; fi
"""

CMAKE = """#!/usr/bin/env bash
echo "cmake $*" >>"$FAKE/calls"
rm -f "$FAKE/stale"
"""

# Keeps what had been said when it was called to install.
APT = """#!/usr/bin/env bash
echo "apt-get $*" >>"$FAKE/calls"
if [[ $1 != install ]]; then echo "dlstatus:1:60.0000:Retrieving file 1 of 1" >&2; exit; fi
cat "$FAKE/stderr" >"$FAKE/said-before"
echo "Reading package lists..."
for percent in 20 80; do echo "dlstatus:1:$percent.0000:Retrieving file 1 of 2" >&2; done
echo "pmstatus:libfmt:amd64:50.0000:Unpacking libfmt" >&2
touch "$FAKE/installed"
"""

DPKG_QUERY = """#!/usr/bin/env bash
if [[ -e $FAKE/installed ]]; then for word in "$@"; do printf 'installed:%s ' "$word"; done; fi
"""

SUDO = """#!/usr/bin/env bash
echo "sudo" >>"$FAKE/calls"
exec "$@"
"""


class ScriptTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="rota-script-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.tree, self.fake, tools = self.folder / "tree", self.folder / "fake", self.folder / "tools"
        for made in (self.tree / "cmake", self.fake, tools):
            made.mkdir(parents=True)
        for name in ("rota", "CMakePresets.json", "cmake/packages.sh", "cmake/packages.txt"):
            shutil.copy(SOURCE / name, self.tree / name)
        shutil.copytree(SOURCE / "script", self.tree / "script")
        for name, text in {"tools/ninja": NINJA, "tools/cmake": CMAKE, "tools/apt-get": APT, "tools/sudo": SUDO,
                           "tools/dpkg-query": DPKG_QUERY, "fake/program": PROGRAM}.items():
            (self.folder / name).write_text(text)
            (self.folder / name).chmod(0o755)
        (self.fake / "needed").touch()
        self.environment = {**os.environ, "FAKE": str(self.fake), "PATH": f"{tools}:{os.environ['PATH']}",
                            "ROTA_PROGRESS_EVERY": "0"}

    def installed(self):
        (self.fake / "installed").touch()

    def let_steps_end(self, *steps):
        for step in steps or (1, 2, 3):
            (self.fake / f"step-{step}").touch()

    def start(self, *arguments, **options):
        """The script, in a session of its own; what it says goes to pipes."""
        options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        process = subprocess.Popen([self.tree / "rota", *arguments], cwd=self.folder, env=self.environment, text=True,
                                   start_new_session=True, **options)
        hung = threading.Timer(60, self.end, [process])  # then what is read from it ends, and the test fails
        hung.start()
        self.addCleanup(hung.cancel)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process):
        """Ends it and all that it has started."""
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def next_line(self, process):
        """What it says next; fails if it ends or says nothing for long."""
        line = process.stderr.readline()
        self.assertNotEqual(line, "", "it says nothing more")
        return line.rstrip("\n")

    def call(self, *arguments, **options):
        """The script to its end: status, what it wrote, what it said."""
        with open(self.fake / "stderr", "w") as stderr:
            out, _ = (process := self.start(*arguments, stderr=stderr, **options)).communicate(timeout=60)
        return process.returncode, out, (self.fake / "stderr").read_text()

    def calls(self):
        """What was called of the tools since the last time."""
        file = self.fake / "calls"
        lines = file.read_text().splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines
