"""Allocators and packages from outside: installed, missing, refused, and nothing removed for them."""

import json
import os
import unittest

from fake_peers import CATALOGUE, DEFINITION, PeersTest

ALLOCATORS = """
[[allocator]]
name = "here"
package = "libc6"
library = "libBrokenLocale.so.1"

[[allocator]]
name = "absent"
package = "no-such-package-in-debian"
library = "libabsent.so.1"
"""

# Stands in for apt-get where a package that is installed is in the way.
APT = """#!/usr/bin/env bash
echo "$*" >>"$(dirname "$0")/calls"
if [[ $1 == update ]]; then exit 0; fi
cat <<'EOF'
Suggested packages:
  cargo-doc
The following packages will be REMOVED:
  cargo-web
  libmine-dev
The following NEW packages will be installed:
  cargo
EOF
echo "E: Packages need to be removed but remove is disabled." >&2
exit 100
"""

# Stands in for cargo and cmake: writes the program that is built.

TWO_ALLOCATORS = DEFINITION.replace("[[workload]]", """[[policy]]
use = "fifo"
allocator = "here"
[[policy]]
use = "peer:fake"
allocator = "absent"
[[workload]]""", 1)


class Allocators(PeersTest):
    def use_allocators(self):
        (self.share / "peers" / "catalogue.toml").write_text(CATALOGUE + ALLOCATORS)
        self.write("versus.toml", TWO_ALLOCATORS)

    def test_an_allocator_that_is_not_installed_is_said_to_be_missing_and_the_rest_is_measured(self):
        self.succeed("peers", "build", "fake", "--yes")
        self.use_allocators()
        plan = self.succeed("run", "versus.toml", "--dry-run")
        self.assertIn("missing: absent, for peer:fake absent (package no-such-package-in-debian); to install it: "
                      "rota peers build, or apt-get install no-such-package-in-debian\n", plan)
        text = self.succeed("run", "versus.toml")
        self.assertIn("Missing allocator: absent (package no-such-package-in-debian); 1 cells were not measured. "
                      "To install it: rota peers build, or apt-get install no-such-package-in-debian\n", text)
        run = self.only_run()
        cells = self.cells_of(run)
        self.assertEqual(cells.pop("peer:fake absent/spawn-join/w1/compact/b0"), "missing")
        self.assertEqual(cells["fifo here/spawn-join/w1/compact/b0"], "ok")
        self.assertEqual(set(cells.values()), {"ok"})
        manifest = json.loads((run / "manifest.json").read_text())
        self.assertEqual(set(manifest["allocators"]), {"glibc", "here", "absent"})
        self.assertEqual(manifest["allocators"]["here"]["version"], manifest["allocators"]["glibc"]["version"])
        self.assertTrue(manifest["allocators"]["here"]["library"].endswith("/libBrokenLocale.so.1"))

    def test_an_unknown_allocator_is_refused(self):
        self.use_allocators()
        self.write("bad.toml", TWO_ALLOCATORS.replace('"here"', '"hear"'))
        line = next(n for n, text in enumerate(TWO_ALLOCATORS.splitlines(), 1) if "here" in text)
        self.refuse("run", "bad.toml", mentions=[f"bad.toml:{line}: policy.allocator: expected one of glibc, here, absent, "
                                                 'got "hear"'])

    def test_building_installs_the_allocators_too_and_says_so(self):
        allocators = ALLOCATORS[:ALLOCATORS.rindex("[[allocator]]")]
        (self.share / "peers" / "catalogue.toml").write_text(CATALOGUE + allocators)
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("allocators that a definition may name for its policies: libc6", done.stderr)

    def test_what_the_environment_says_of_allocators_is_left_out_and_said(self):
        os.environ["MALLOC_ARENA_MAX"] = "1"
        self.addCleanup(os.environ.pop, "MALLOC_ARENA_MAX", None)
        done = self.rota("run", "versus.toml", "--only", "fifo")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("rota: cells are started without these variables of the environment: MALLOC_ARENA_MAX\n", done.stderr)

    def test_no_package_is_removed_for_those_that_peers_need(self):
        bin = self.folder / "bin"
        bin.mkdir()
        for name, text in {"apt-get": APT, "sudo": '#!/usr/bin/env bash\n"$@"\n'}.items():
            (bin / name).write_text(text)
            (bin / name).chmod(0o755)
        catalogue = CATALOGUE.replace('packages = ["bash"]', 'packages = ["bash", "no-such-package-in-debian"]', 1)
        (self.share / "peers" / "catalogue.toml").write_text(catalogue)
        path = os.environ["PATH"]
        os.environ["PATH"] = f"{bin}:{path}"
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("rota: nothing was installed: apt would have to remove cargo-web libmine-dev, which Rota never does",
                      done.stderr)
        self.assertIn("by hand: ", done.stderr)
        calls = (bin / "calls").read_text().splitlines()
        self.assertEqual([call for call in calls if "--no-remove" not in call.split()], ["update -qq -o APT::Status-Fd=2"])
        self.assertEqual(len(calls), 2)


if __name__ == "__main__":
    unittest.main(verbosity=2)
