"""Follows the page's section on a project of one's own: made outside the tree, built against what this build installs."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from pages import blocks

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
BUILD = pathlib.Path(os.environ["ROTA_BUILD"])
PAGE = SOURCE / "docs" / "adding-a-policy.md"
INSTALL, *MAKE = next(b for b in blocks(PAGE, "bash") if "rota\" new policy" in b).splitlines()
USE = next(b for b in blocks(PAGE, "bash") if "build/rota run" in b).splitlines()


def sources_sha256(folder):
    """As cmake/Origin.cmake says it is computed by hand."""
    names = "-name CMakeLists.txt -o -name '*.hpp' -o -name '*.cpp'"
    find = f"find . -path ./build -prune -o \\( {names} \\) -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum"
    sums = subprocess.run(find, shell=True, cwd=folder, capture_output=True, check=True).stdout
    return hashlib.sha256(sums).hexdigest()


class OwnProject(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory(prefix="rota-own-")
        cls.folder = pathlib.Path(cls.temporary.name)
        cls.prefix, cls.project = cls.folder / "prefix", cls.folder / "random-pick"
        cls.environment = {k: v for k, v in os.environ.items() if k != "ROTA_SHARE"} | {
            "PREFIX": str(cls.prefix), "CMAKE_CXX_COMPILER_LAUNCHER": "ccache" if shutil.which("ccache") else ""}
        assert INSTALL == '"$ROTA/rota" install "$PREFIX"', INSTALL
        try:  # what ./rota install does, with the build that is tested
            cls.succeed(cls, f"cmake --install '{BUILD}' --prefix \"$PREFIX\"", cls.folder)
            cls.succeed(cls, "\n".join(MAKE), cls.folder)
        except BaseException:
            cls.temporary.cleanup()
            raise

    @classmethod
    def tearDownClass(cls):
        cls.temporary.cleanup()

    def run_in(self, folder, script, timeout=900):
        return subprocess.run(["bash", "-ec", script], cwd=folder, env=self.environment, capture_output=True, text=True,
                              timeout=timeout)

    def succeed(self, script, folder=None):
        done = OwnProject.run_in(self, folder or self.project, script)
        if done.returncode != 0:
            raise AssertionError(f"{script}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def command(self, words):
        """The page's command that has these words."""
        found = [line for line in USE if words in line]
        self.assertEqual(len(found), 1, words)
        return found[0]

    def manifest_of(self, script):
        self.succeed(script)
        latest = max((self.project / "runs").iterdir(), key=lambda run: run.stat().st_mtime_ns)
        outcomes = [json.loads(line)["outcome"] for file in (latest / "cells").iterdir()
                    for line in file.read_text().splitlines() if '"outcome"' in line]
        self.assertGreater(len(outcomes), 3)
        self.assertEqual(set(outcomes), {"ok"})
        return json.loads((latest / "manifest.json").read_text())

    def test_its_lines_are_those_of_the_page(self):
        lines = (self.project / "CMakeLists.txt").read_text().splitlines()
        for line in next(b for b in blocks(PAGE, "cmake") if "find_package(rota" in b).splitlines():
            self.assertIn(line, lines)

    def test_its_program_lists_and_describes_its_rows_beside_all_that_are_shipped(self):
        own = json.loads(self.succeed("build/rota list --json"))
        shipped = json.loads(self.succeed('"$PREFIX/bin/rota" list --json'))
        for kind, name in (("policies", "random-pick"), ("workloads", "add-up")):
            names = [[row["name"] for row in rows[kind]] for rows in (own, shipped)]
            self.assertEqual(sorted(names[1] + [name]), names[0])
        self.assertEqual(own["experiments"], shipped["experiments"])
        self.assertGreater(len(own["machines"]), 5)
        self.assertIn("oldest_every", self.succeed(self.command("describe random-pick")))
        self.assertIn("ns_per_task", self.succeed("build/rota describe add-up"))
        self.assertIn("NUMA", self.succeed("build/rota topology --machine 8s-256c --workers 4"))

    def test_real_threads_and_the_simulated_machine_run_them_beside_shipped_ones_and_the_report_shows_them(self):
        for words, world in (("sweep.repetitions=2", "real"), ("8s-256c", "sim")):
            with self.subTest(world=world):
                manifest = self.manifest_of(self.command(words))
                self.assertEqual({cell["request"]["world"] for cell in manifest["cells"]}, {world})
                self.assertEqual([label["label"] for label in manifest["policies"]], ["work-stealing", "random-pick"])
                self.assertEqual([label["label"] for label in manifest["workloads"]], ["add-up"])
                self.succeed("build/rota report latest")
                run = max((self.project / "runs").iterdir(), key=lambda run: run.stat().st_mtime_ns)
                page = next(run.glob("*.html")).read_text()
                for name in ("random-pick", "work-stealing", "add-up", "project_sources_sha256"):
                    self.assertIn(name, page)
                self.assertIn("random-pick", self.succeed("build/rota export latest --format csv -o -"))

    def test_the_manifest_names_the_project_its_commit_and_its_sources(self):
        run = self.command("sweep.repetitions=2") + " --set sweep.workers=1"
        build = self.manifest_of(run)["build"]
        self.assertEqual((build["project"], build["project_commit"], build["project_dirty"]),
                         ("random-pick", "unknown", "unknown"))
        git = "git -c user.name=x -c user.email=x@example.org -c init.defaultBranch=main"
        self.succeed(f"git init -q; git add .; {git} commit -qm one; cmake --build build")
        self.addCleanup(shutil.rmtree, self.project / ".git")
        build = self.manifest_of(run)["build"]
        self.assertEqual(build["project_commit"], self.succeed("git rev-parse HEAD").strip())
        self.assertEqual(build["project_dirty"], "no")
        self.assertEqual(build["project_sources_sha256"], sources_sha256(self.project))
        (self.project / "new.hpp").write_text("// Not yet in any commit.\n")
        self.addCleanup((self.project / "new.hpp").unlink)
        self.succeed("cmake --build build")
        changed = self.manifest_of(run)["build"]
        self.assertEqual(changed["project_dirty"], "yes")
        self.assertEqual(changed["project_sources_sha256"], sources_sha256(self.project))
        self.assertNotEqual(changed["project_sources_sha256"], build["project_sources_sha256"])

    def test_a_wrong_answer_is_found(self):
        text = (self.project / "add-up.toml").read_text().replace('use = "add-up"', 'use = "add-up"\nexpect = { sum = 5 }')
        (self.folder / "wrong.toml").write_text(text)
        done = self.run_in(self.project, "build/rota run ../wrong.toml --set sweep.repetitions=1 --out ../wrong")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn("wrong: sum: expected 5, got 500500", done.stdout)

    def test_the_policy_is_checked_and_so_are_shipped_ones(self):
        check = self.command("check random-pick")
        reports = json.loads(self.succeed(check + " --json"))
        self.assertEqual(len({(report["memory"], report["strategy"]) for report in reports}), 6)
        self.assertTrue(all(report["executions"] > 0 for report in reports))
        self.succeed("build/rota check fifo --budget 1s")
        self.succeed("build/rota check local:fifo --budget 1s")
        refused = self.run_in(self.project, "build/rota check mutants")
        self.assertEqual(refused.returncode, 2)
        self.assertIn("checkout", refused.stderr)

    def test_what_is_installed_runs_by_itself_and_knows_its_commit(self):
        away = self.folder / "away"
        away.mkdir()
        run = '"$PREFIX/bin/rota" run quickstart --only yield --only fifo --set sweep.repetitions=1'
        self.succeed(run, away)
        build = json.loads(next(away.glob("runs/*/manifest.json")).read_text())["build"]
        head = subprocess.run(["git", "-C", SOURCE, "rev-parse", "HEAD"], capture_output=True, text=True)
        self.assertEqual(build["commit"], head.stdout.strip() or "unknown")
        self.assertNotIn("project", build)
        refused = self.run_in(away, '"$PREFIX/bin/rota" peers build')
        self.assertEqual((refused.returncode, refused.stdout), (2, ""))
        self.assertIn("expected a checkout of Rota", refused.stderr)

    def test_a_build_folder_of_rota_is_found_too(self):
        folder = self.folder / "other"
        folder.mkdir()
        (folder / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.25)\nproject(other LANGUAGES CXX)\n"
                                               "find_package(rota CONFIG REQUIRED)\nrota_program(other)\n")
        self.succeed(f"cmake -S . -B build -G Ninja -DCMAKE_CXX_COMPILER=clang++-19 -Drota_DIR='{BUILD}'\n"
                     "cmake --build build --target other-check\nbuild/rota-check fifo --budget 1s", folder)

    def test_only_its_own_rows_are_compiled(self):
        steps = self.succeed("ninja -C build -t commands all | grep -oE ' -c [^ ]+' | sed 's/ -c //'").split()
        rows = sorted("/".join(pathlib.Path(step).parts[-2:]) for step in steps if "/rows/" in step)
        self.assertEqual([row.split("/")[1] for row in rows].count("random-pick.cpp"), 4)
        self.assertEqual([row.split("/")[1] for row in rows].count("add-up.cpp"), 3)
        self.assertEqual(len(rows), 7, rows)
        self.assertTrue(all(self.project in pathlib.Path(step).parents for step in steps), steps)

    def test_a_name_that_is_taken_is_refused_in_one_sentence(self):
        with open(self.project / "CMakeLists.txt", "a+") as lists:
            lists.seek(0)
            text = lists.read()
            self.addCleanup((self.project / "CMakeLists.txt").write_text, text)
        for row, sentence in (("rota_policy(fifo", "something of Rota's is called fifo"), ("rota_policy(chase-lev", "is called chase-lev"),
                              ("rota_policy(all", "is called all"), ("rota_policy(random-pick", "already"),
                              ("rota_workload(yield", "is called yield")):
            (self.project / "CMakeLists.txt").write_text(
                text + f'{row} HEADER random_pick.hpp CLASS "mine::RandomPick<E>" WORLDS real)\n')
            done = self.run_in(self.project, 'cmake -S . -B ../clash -DCMAKE_CXX_COMPILER=clang++-19 '
                                             '-DCMAKE_PREFIX_PATH="$PREFIX"')
            self.assertNotEqual(done.returncode, 0)
            self.assertIn(sentence, re.sub(r"\s+", " ", done.stderr))

    def test_what_is_installed_names_no_place_of_the_machine_that_built_it(self):
        files = [file for file in self.prefix.rglob("*") if file.is_file()]
        self.assertGreater(len(files), 100)
        for place in (SOURCE, BUILD):
            found = [str(file.relative_to(self.prefix)) for file in files if os.fsencode(place) in file.read_bytes()]
            self.assertEqual(found, [], place)


if __name__ == "__main__":
    unittest.main(verbosity=2)
