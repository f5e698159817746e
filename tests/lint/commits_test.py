# The lint of commits: subjects, bodies, the day of the rule, merges, shallow clones, and no git at all.
import os
import shutil
import unittest

from tree import LintTest

WHY = "Because a reader of the history asks for it.\n"


class Commits(LintTest):
    lint = "commits"

    def commit(self, message, **how):
        self.git("commit", "--quiet", "--allow-empty", "--message", message, **how)

    def test_a_short_subject_with_a_body_passes(self):
        self.commit("Say why\n\n" + WHY)
        self.assert_passes()

    def test_a_long_subject_is_found(self):
        self.commit("x" * 71 + "\n\n" + WHY)
        self.assert_passes()
        self.commit("x" * 72 + "\n\n" + WHY)
        self.assert_finds("a subject of 72 characters")

    def test_a_missing_body_is_found(self):
        self.commit("Say nothing")
        self.assert_finds("no body that says why: Say nothing")

    def test_trailers_are_no_prose(self):
        self.commit("Sign it\n\nSigned-off-by: Some Body Else <some@body>\n")
        self.assert_finds("no body that says why")

    def test_commits_before_the_rule_are_left_alone_wherever_they_stand(self):
        self.commit("Say why\n\n" + WHY)
        self.commit("x" * 90, date="2026-11-23T23:00:00")
        self.assert_passes()

    def test_a_commit_behind_an_old_one_is_found(self):
        self.commit("Say nothing")
        self.commit("Be older", date="2020-01-01T12:00:00")
        self.assert_finds("Say nothing")

    def test_merges_need_no_body(self):
        self.commit("Begin\n\n" + WHY)
        self.git("checkout", "--quiet", "-b", "side")
        self.commit("Go aside\n\n" + WHY)
        self.git("checkout", "--quiet", "main")
        self.git("merge", "--quiet", "--no-ff", "--message", "Merge side", "side")
        self.assert_passes()

    def test_a_shallow_clone_is_looked_at(self):
        self.commit("Be cut off")
        self.commit("Say nothing")
        source, self.folder = self.folder, os.path.join(self.folder, "clone")
        os.mkdir(self.folder)
        self.git("clone", "--quiet", "--depth", "1", "file://" + source, ".")
        shutil.copytree(os.path.join(source, "cmake"), os.path.join(self.folder, "cmake"))
        status, said = self.run_lint()
        self.assertEqual(status, 1)
        self.assertIn("Say nothing", said)
        self.assertNotIn("Be cut off", said)

    def test_no_repository_and_no_git_are_said(self):
        self.commit("Say nothing")
        status, said = self.run_lint(environment={"PATH": "/none"})
        self.assertEqual((status, said), (0, "no git here: no commit was looked at\n"))
        shutil.rmtree(os.path.join(self.folder, ".git"))
        self.assertEqual(self.run_lint(), (0, "no git here: no commit was looked at\n"))

    def test_a_repository_that_cannot_be_read_is_found(self):
        self.commit("Say why\n\n" + WHY)
        os.remove(os.path.join(self.folder, ".git", "HEAD"))
        self.assertEqual(self.run_lint()[0], 1)


if __name__ == "__main__":
    unittest.main()
