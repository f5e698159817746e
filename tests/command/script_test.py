"""The script `rota`: what it builds and installs, what it says meanwhile, and that it says nothing when there is nothing."""

import os
import pty
import signal
import unittest

from fake_tools import ScriptTest


class Building(ScriptTest):
    def setUp(self):
        super().setUp()
        self.installed()

    def test_with_nothing_to_do_it_says_nothing_and_builds_nothing(self):
        self.let_steps_end()
        self.assertEqual(self.call("list")[:2], (0, "program: list\n"))
        self.calls()
        self.assertEqual(self.call("list"), (0, "program: list\n", ""))
        calls = self.calls()
        self.assertEqual([call for call in calls if " -n " not in call], [])
        self.assertEqual(len(calls), 1)

    def test_it_tells_each_step_when_it_ends_where_there_is_no_terminal(self):
        process = self.start("list")
        self.assertEqual(self.next_line(process), "rota: configuring release")
        self.assertEqual(self.next_line(process), "rota: compiling release: 3 steps")
        for step in (1, 2, 3):
            self.let_steps_end(step)
            while f" {step} of 3" not in (line := self.next_line(process)):  # told each second: the step before
                self.assertIn(f"compiling release: {step - 1} of 3", line)
        self.assertEqual(process.communicate(timeout=60)[0], "program: list\n")

    def test_it_tells_that_it_works_while_no_step_ends(self):
        process = self.start("list")
        for _ in range(4):
            line = self.next_line(process)
        self.assertEqual(line, "rota: compiling release: 0 of 3")
        self.let_steps_end()
        process.communicate(timeout=60)

    def test_it_redraws_one_line_on_a_terminal(self):
        self.let_steps_end()
        master, terminal = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.start("list", stderr=terminal)
        os.close(terminal)
        self.assertEqual(process.communicate(timeout=60)[0], "program: list\n")
        said = os.read(master, 100_000).decode()
        *lines, redrawn, last = said.split("\r\n")
        self.assertEqual(lines, ["rota: configuring release", "rota: compiling release: 3 steps"])
        self.assertRegex(redrawn, "\r\033\\[Krota: compiling release: 2 of 3[^\r]*\r\033\\[K")
        self.assertRegex(redrawn, "\r\033\\[Krota: compiled release in [0-9]+ s$")
        self.assertEqual(last, "")

    def test_it_says_that_it_configures_again_when_that_is_due(self):
        self.let_steps_end()
        self.call("list")
        (self.fake / "stale").touch()
        self.calls()
        self.assertEqual(self.call("list"), (0, "program: list\n", "rota: configuring release\n"))
        self.assertEqual(len([call for call in self.calls() if call.startswith("cmake")]), 1)

    def test_it_builds_also_where_ninja_cannot_say_beforehand_how_much(self):
        self.let_steps_end()
        (self.fake / "glob").touch()
        status, out, said = self.call("list")
        self.assertEqual((status, out), (0, "program: list\n"), said)
        self.assertIn("compiling release: some steps\n", said)

    def test_a_failure_shows_what_the_compiler_said_and_runs_nothing(self):
        (self.fake / "broken").touch()
        self.let_steps_end()
        status, out, said = self.call("list")
        self.assertEqual((status, out), (1, ""))
        self.assertIn("some.cpp:7:1: error: no such thing\n", said)
        self.assertIn("building release failed; the whole log: ", said)
        self.assertIn("error: no such thing", (self.tree / "build" / "release.log").read_text())

    def test_an_interrupt_ends_it_and_the_compilers_and_the_next_call_goes_on(self):
        process = self.start("list")
        while "compiling" not in self.next_line(process):
            pass
        self.let_steps_end(1)
        while "1 of 3" not in self.next_line(process):
            pass
        os.killpg(process.pid, signal.SIGINT)
        out, said = process.communicate(timeout=60)
        self.assertIn(process.returncode, (130, -signal.SIGINT))
        self.assertEqual(out, "")
        self.assertNotIn("failed", said)
        self.assertTrue((self.fake / "interrupted").exists())
        self.let_steps_end()
        status, out, said = self.call("list")
        self.assertEqual((status, out), (0, "program: list\n"))
        self.assertNotIn("another rota", said)

    def test_it_builds_what_the_program_says_that_a_call_needs_and_no_more(self):
        self.let_steps_end()
        built = self.tree / "build" / "release"
        self.assertEqual(self.call("run", "real")[0], 0)
        self.assertEqual(sorted(p.name for p in built.glob("rota_*")), ["rota_command"])
        (self.fake / "needed").write_text("rota_simulate\nrota_more\n")
        self.assertEqual(self.call("run", "simulated")[:2], (0, "program: run simulated\n"))
        self.assertEqual(sorted(p.name for p in built.glob("rota_*")), ["rota_command", "rota_more", "rota_simulate"])


    def test_a_judgement_has_its_check_built_beside_the_program_and_the_rest_when_it_asks(self):
        self.let_steps_end()
        built = self.tree / "build" / "release"
        (self.fake / "needed").write_text("rota_check\n")
        self.assertEqual(self.call("judge", "fifo")[:2], (0, "program: judge fifo\n"))  # the first: nobody to ask
        self.assertEqual(sorted(p.name for p in built.glob("rota_*")), ["rota_command", "rota_more"])
        self.calls()
        self.assertEqual(self.call("judge", "fifo")[:2], (0, "program: judge fifo\n"))
        (build,) = [call for call in self.calls() if " -n " not in call]
        self.assertIn("rota_command rota_check", build)
        (built / "rota_more").unlink()
        (self.fake / "broken").touch()
        status, out, said = self.call("judge", "fifo")
        self.assertEqual((status, out), (1, "program: judge fifo\n"))  # its own status is that of what it asked for
        self.assertIn("some.cpp:7:1: error: no such thing\n", said)


class Help(ScriptTest):
    def test_it_builds_and_installs_nothing(self):
        for words in (["--help"], ["-h"], ["help"], ["--yes", "--help"], ["test", "--help"], ["bench", "-h"]):
            status, out, said = self.call(*words)
            self.assertEqual((status, said), (0, ""))
            for subcommand in ("test", "bench", "bench-gate", "check", "peers", "run"):
                self.assertRegex(out, rf"(?m)^  {subcommand} ")
        self.assertEqual(self.calls(), [])
        self.assertFalse((self.tree / "build").exists())

    def test_a_call_without_a_subcommand_is_refused_and_builds_nothing(self):
        status, out, said = self.call()
        self.assertEqual((status, out, said.count("\n")), (2, "", 1))
        self.assertIn("./rota --help", said)
        self.assertEqual(self.calls(), [])


class InstallingRota(ScriptTest):
    def setUp(self):
        super().setUp()
        self.installed()
        self.let_steps_end()

    def test_it_builds_what_is_shipped_and_installs_it_where_the_call_says(self):
        status, out, said = self.call("install", "here/rota")
        self.assertEqual((status, out), (0, ""), said)
        calls = self.calls()
        self.assertTrue(any(call.startswith("ninja ") and call.endswith("rota_shipped") for call in calls), calls)
        self.assertIn(f"cmake --install {self.tree}/build/release --prefix {self.folder}/here/rota", calls)
        self.assertIn(f"-DCMAKE_PREFIX_PATH={self.folder}/here/rota ", said.splitlines()[-1])

    def test_it_asks_where_to_and_does_nothing_without(self):
        for words in ((), ("a", "b"), ("--prefix",)):
            status, out, said = self.call("install", *words)
            self.assertEqual((status, out, len(said.splitlines())), (2, "", 1), said)
            self.assertIn("expected the folder to install into", said)
        self.assertEqual(self.calls(), [])


class Installing(ScriptTest):
    def as_nobody(self):
        """How a user who is not root would call it; root's tests become somebody else."""
        if os.geteuid() != 0:
            return {}
        os.chmod(self.folder, 0o777)
        for path in self.folder.rglob("*"):
            os.chown(path, 65534, 65534)
        return {"user": 65534, "group": 65534, "extra_groups": []}

    @unittest.skipIf(os.geteuid() != 0, "only root can call as root")
    def test_root_is_told_what_is_installed_before_it_is_and_not_asked(self):
        self.let_steps_end()
        status, out, said = self.call("list")
        self.assertEqual((status, out), (0, "program: list\n"), said)
        before = (self.fake / "said-before").read_text()
        self.assertRegex(before, r"^rota: these Debian packages are missing: clang-19 .*\brapidcheck|librapidcheck-dev")
        self.assertIn("rota: installing them", before)
        self.assertNotIn("sudo", self.calls())

    def test_others_are_told_what_is_missing_and_nothing_is_installed_where_they_cannot_be_asked(self):
        status, out, said = self.call("list", **self.as_nobody())
        self.assertEqual((status, out), (1, ""))
        self.assertIn("rota: these Debian packages are missing: clang-19 ", said)
        self.assertRegex(said, "no terminal to ask on; call with --yes in front, or run: sudo apt-get")
        self.assertEqual(self.calls(), [])

    def test_others_install_by_sudo_with_yes(self):
        self.let_steps_end()
        status, out, said = self.call("--yes", "list", **self.as_nobody())
        self.assertEqual((status, out), (0, "program: list\n"), said)
        self.assertIn("rota: these Debian packages are missing: ", (self.fake / "said-before").read_text())
        self.assertIn("sudo", self.calls())

    def test_others_are_asked_on_a_terminal_and_a_no_installs_nothing(self):
        master, terminal = pty.openpty()
        self.addCleanup(os.close, master)
        process = self.start("list", stdin=terminal, stderr=terminal, **self.as_nobody())
        os.close(terminal)
        said = ""
        while "[y/N]" not in said:
            said += os.read(master, 1000).decode()
        self.assertIn("these Debian packages are missing: clang-19 ", said)
        os.write(master, b"n\n")
        self.assertEqual(process.communicate(timeout=60)[0], "")
        self.assertEqual(process.returncode, 1)
        self.assertEqual(self.calls(), [])

    def test_it_tells_how_far_apt_is_and_keeps_its_words_in_the_log(self):
        self.let_steps_end()
        said = self.call("--yes", "list", **self.as_nobody())[2]
        for line in ("packages: 60 % of their lists fetched", "packages: 20 % of them fetched",
                     "packages: 80 % of them fetched", "packages: 50 % installed"):
            self.assertIn(f"rota: {line}\n", said)
        log = (self.tree / "build" / "packages.log").read_text()
        self.assertIn("Reading package lists...\n", log)
        self.assertNotIn("status:", log)


if __name__ == "__main__":
    unittest.main(verbosity=2)
