"""rota new: what it makes, what it adds to a project, and what it refuses. tests/command/own_project_test.py builds it."""

import subprocess
import unittest

from support import PROGRAM, CommandTest


class New(CommandTest):
    def files(self):
        return sorted(str(file.relative_to(self.folder)) for file in self.folder.rglob("*") if file.is_file())

    def in_project(self, *words):
        return subprocess.run([PROGRAM, *words], cwd=self.folder / "mine", capture_output=True, text=True, timeout=60)

    def test_it_makes_a_folder_with_everything_and_says_how_to_build_it(self):
        told = self.succeed("new", "policy", "round-about")
        made = ["round-about/" + name for name in (".gitignore", "CMakeLists.txt", "README.md", "round-about.toml",
                                                   "round_about.hpp", "round_about_test.cpp")]
        self.assertEqual(self.files(), made)
        for name in made:
            self.assertIn(name, told)
            self.assertNotRegex((self.folder / name).read_text(), r"@[A-Z]+@")
        self.assertIn("cmake -S round-about ", told)
        self.assertIn("class RoundAbout {", (self.folder / "round-about/round_about.hpp").read_text())

    def test_each_kind_can_begin_a_project_and_its_experiment_is_read(self):
        for kind in ("policy", "workload", "experiment"):
            self.succeed("new", kind, f"my-{kind}")
            self.assertIn(f"add_test(NAME my-{kind}.run", (self.folder / f"my-{kind}/CMakeLists.txt").read_text())
        self.assertIn("cells", self.succeed("run", "my-experiment/my-experiment.toml", "--dry-run"))

    def test_in_a_project_it_adds_files_and_says_which_lines_it_added(self):
        self.succeed("new", "policy", "mine")
        lists = self.folder / "mine" / "CMakeLists.txt"
        lists.write_text(lists.read_text().replace("rota_program(rota)", "rota_program(ours)"))
        before, was = lists.read_text(), self.files()
        done = self.in_project("new", "workload", "add-up")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(sorted(set(self.files()) - set(was)), ["mine/add-up.toml", "mine/add_up.hpp"])
        added = lists.read_text().removeprefix(before)
        self.assertIn('rota_workload(add-up HEADER add_up.hpp CLASS "mine::AddUp<E>" WORLDS real simulated)', added)
        self.assertIn("COMMAND ours run", added)
        self.assertIn(added, done.stdout)

    def test_it_overwrites_nothing(self):
        self.succeed("new", "policy", "mine")
        self.refuse("new", "workload", "mine", mentions=["expected no mine"])
        (self.folder / "mine" / "add-up.toml").write_text("mine\n")
        was = {name: (self.folder / name).read_text() for name in self.files()}
        done = self.in_project("new", "workload", "add-up")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(done.stderr, "rota: new: expected no add-up.toml, got one; nothing was written\n")
        self.assertEqual({name: (self.folder / name).read_text() for name in self.files()}, was)

    def test_it_refuses_names_that_would_not_build(self):
        for name in ("Mine", "two words", "-x", "a--b", "9", "../up", "a_b"):
            self.refuse("new", "policy", "--", name, mentions=["expected a name of small letters"])
        self.refuse("new", "policy", "fifo", mentions=["no policy has", "'fifo'"])
        self.refuse("new", "policy", "chase-lev", mentions=["no policy has"])
        self.refuse("new", "workload", "yield", mentions=["no workload has"])
        self.refuse("new", "experiment", "quickstart", mentions=["no experiment has"])
        self.refuse("new", "policy", "self", mentions=["Self"])
        self.refuse("new", "schedule", "x", mentions=['no subcommand "schedule"'])
        self.assertEqual(self.files(), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
