# A small tree of its own, with the lints of this one in it, for tests that plant what a lint must find.
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))


class LintTest(unittest.TestCase):
    lint = ""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="rota-lint-")
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(os.path.join(ROOT, "cmake", "lint"), os.path.join(self.folder, "cmake", "lint"),
                        ignore=shutil.ignore_patterns("__pycache__"))
        for name in (".clang-format", ".clang-tidy"):
            shutil.copy(os.path.join(ROOT, name), self.folder)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments, date="2030-01-01T12:00:00"):
        names = {f"GIT_{who}_{what}": "Somebody" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        dates = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date, "GIT_CONFIG_GLOBAL": os.devnull}
        return subprocess.run(["git", *arguments], cwd=self.folder, env=os.environ | names | dates, check=True,
                              capture_output=True, text=True).stdout

    def write(self, path, text):
        whole = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(whole), exist_ok=True)
        with open(whole, "w", encoding="utf-8") as file:
            file.write(text)

    def run_lint(self, *arguments, environment=None):
        lint = os.path.join(self.folder, "cmake", "lint", self.lint + ".py")
        run = subprocess.run([sys.executable, "-B", lint, *arguments], capture_output=True, text=True, env=environment)
        return run.returncode, run.stdout + run.stderr

    def assert_passes(self):
        status, said = self.run_lint()
        self.assertEqual((status, said), (0, ""))

    def assert_finds(self, *findings):
        status, said = self.run_lint()
        self.assertEqual(status, 1, said)
        for finding in findings:
            self.assertIn(finding, said)
