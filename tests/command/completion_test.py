"""Completion in a real bash, and the manual page: both say what --help says, of every subcommand."""

import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import time
import unittest

from support import PROGRAM, CommandTest


def options_in(help_text):
    return set(re.findall(r"(?m)^  (?:-\w,)?(--[a-z-]+)", help_text))


class CompletionTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.write("completion.bash", self.succeed("completion", "bash"))
        (self.folder / "rota").symlink_to(PROGRAM)
        (self.folder / "empty.inputrc").touch()

    def complete(self, line, called="./rota"):
        """What bash would offer behind this line."""
        words = line.split(" ")
        script = ("source completion.bash; COMP_LINE=$1; COMP_POINT=${#1}; read -ra COMP_WORDS <<<\"$1\"; COMPREPLY=();"
                  "_rota 2>&1; printf '%s\\n' \"${COMPREPLY[@]}\"")
        done = subprocess.run(["bash", "--norc", "-c", script, "bash", " ".join([called, *words])], cwd=self.folder,
                              capture_output=True, text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return [word for word in done.stdout.splitlines() if word]


class Completing(CompletionTest):
    def subcommands(self):
        return re.findall(r"(?m)^  ([a-z-]+) +[A-Z]", self.succeed("--help").split("Subcommands:")[1])

    def test_it_offers_every_subcommand_and_every_option_of_the_help(self):
        offered = self.complete("")
        self.assertEqual(offered, self.subcommands())
        self.assertIn("judge", offered)
        for command in offered:
            text = self.succeed(command, "--help")
            self.assertEqual(set(self.complete(command + " --")) - {"--help"}, options_in(text) - {"--help"}, command)
        self.assertEqual(set(self.complete("peers build --")), {"--help", "--yes"})

    def test_it_knows_names(self):
        for line, word in {"describe work-s": "work-stealing", "describe machine 8": "8s-256c",
                           "run quick": "quickstart", "check mut": "mutants", "judge two": "two-choices",
                           "list work": "workloads", "topology --machine 8": "8s-256c", "peers build go": "go",
                           "run quickstart --only sp": "spawn-join", "export x --format j": "json",
                           "check fifo --strategy r": "random", "topology --placement sc": "scatter"}.items():
            self.assertEqual(self.complete(line), [word], line)
        self.assertEqual(self.complete("run nothing-of-that-name --only "), [])
        self.assertEqual(self.complete("run quickstart --out "), [])  # a folder: bash's own names

    def test_what_stands_behind_a_break_of_words_is_not_repeated(self):
        for line, words in {"check local:ch": ["chase-lev"], "check fifo --strategy=r": ["random"],
                            "run quickstart --set policy=two": ["two-choices"],
                            "run quickstart --set policy=fifo,two": ["fifo,two-choices"],
                            "run quickstart --set policy.work-stealing.with.victim=r": ["random"],
                            "describe lifo-slot --with steal=": ["true", "false"]}.items():
            self.assertEqual(self.complete(line), words, line)

    def test_keys_come_step_by_step_and_are_those_that_are_accepted(self):
        self.assertIn("policy.", self.complete("run quickstart --set "))
        self.assertIn("policy.fifo.", self.complete("run quickstart --set policy."))
        self.assertEqual(self.complete("run quickstart --set policy.fifo.with."), ["policy.fifo.with.queue="])
        for table in ("sweep", "limits", "runtime", "world"):
            offered = {key[len(table) + 1:-1] for key in self.complete(f"run quickstart --set {table}.")}
            said = self.refuse("run", "quickstart", "--dry-run", "--set", f"{table}.none=1", mentions=["none"])
            known = re.search(r"expected one of (?:the keys |the settings )?([a-z_, ]+), got", said)
            self.assertEqual(offered, set(known[1].split(", ")), said)

    def test_it_knows_runs(self):
        for name in ("first", "second"):
            (self.folder / "there" / name).mkdir(parents=True)
            (self.folder / "there" / name / "manifest.json").touch()
        (self.folder / "there" / "no-run").mkdir()
        self.assertEqual(self.complete("report --out there "), ["first", "latest", "second"])

    def test_in_a_checkout_what_was_built_last_is_asked_and_nothing_is_built(self):
        tree = self.folder / "tree"
        (tree / "script").mkdir(parents=True)
        shutil.copy(pathlib.Path(os.environ["ROTA_SHARE"]) / "script" / "help.txt", tree / "script")
        (tree / "rota").write_text("#!/usr/bin/env bash\ntouch built\n")
        (tree / "rota").chmod(0o755)
        self.assertIn("bench-gate", self.complete("", called="tree/rota"))  # the script's own
        self.assertEqual(self.complete("describe fif", called="tree/rota"), [])
        (tree / "build" / "release" / "command").mkdir(parents=True)
        (tree / "build" / "release" / "command" / "rota").symlink_to(PROGRAM)
        self.assertEqual(self.complete("describe fif", called="tree/rota"), ["fifo"])
        self.assertFalse((self.folder / "built").exists())

    def test_the_key_of_a_terminal_does_it(self):
        """An interactive bash: the words are typed, and the tabulator."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.folder)
            os.environ.update(TERM="dumb", PS1="ready> ", INPUTRC="empty.inputrc", HISTFILE="", COLUMNS="400")
            os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
        self.addCleanup(os.waitpid, child, 0)
        self.addCleanup(os.close, terminal)
        shown = ""

        def wait_for(text):
            nonlocal shown
            end = time.monotonic() + 60
            while text not in shown and time.monotonic() < end and select.select([terminal], [], [], 60)[0]:
                shown += os.read(terminal, 10000).decode()
            self.assertIn(text, shown)
            shown = shown.split(text, 1)[1]

        wait_for("ready> ")
        os.write(terminal, b"source completion.bash\n")
        wait_for("ready> ")
        os.write(terminal, b"./rota run quickst\t--dry-run --set policy=two\t--set sweep.w\t1,2 | grep -c two-choices\n")
        wait_for("./rota run quickstart --dry-run --set policy=two-choices --set sweep.workers=1,2 | ")
        wait_for("\r\n18\r\n")  # 6 workloads, each with 1 worker, with 2, and the twin
        os.write(terminal, b"exit\n")
        wait_for("exit")


class Manual(CommandTest):
    def test_it_has_every_subcommand_and_option_of_the_help(self):
        page = self.succeed("man")
        self.assertTrue(page.startswith(".TH ROTA 1 "))
        plain = page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
        sections = dict(re.findall(r'(?ms)^\.SS "rota ([a-z -]+)"\n(.*?)(?=^\.S|\Z)', plain))
        for command in re.findall(r"(?m)^  ([a-z-]+) +[A-Z]", self.succeed("--help").split("Subcommands:")[1]):
            self.assertIn(command, sections)
            for option in options_in(self.succeed(command, "--help")):
                self.assertRegex(sections[command], rf"(?m)^(-\w, )?{option}( |$)", command)
        self.assertIn("peers build", sections)

    def test_no_line_of_it_is_a_request_by_accident(self):
        requests = {line.split()[0] for line in self.succeed("man").splitlines() if line[:1] in (".", "'")}
        self.assertEqual(requests, {".TH", ".nh", ".ad", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi"})

    def test_groff_has_nothing_to_complain_of(self):
        done = subprocess.run(["groff", "-man", "-ww", "-Tascii"], input=self.succeed("man"), capture_output=True,
                              text=True, timeout=60)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("--held-out FILE", re.sub(r"\x1b\[[0-9;]*m|.\x08", "", done.stdout))


if __name__ == "__main__":
    unittest.main(verbosity=2)
