"""rota check, as its users call it: what passes, what is caught, what is refused, and what repeats."""

import json
import os
import pathlib
import unittest

from support import CommandTest

LITMUS_PAGE = pathlib.Path(os.environ["ROTA_SHARE"]) / "docs" / "litmus.md"
SEARCHES = {(memory, strategy) for memory in ["sc", "relaxed"] for strategy in ["random", "pct", "dfs"]}


class CheckTest(CommandTest):
    def check(self, *arguments, timeout=300):
        return self.rota("check", *arguments, timeout=timeout)

    def json_of(self, *arguments, status=0):
        done = self.check(*arguments, "--json")
        self.assertEqual(done.returncode, status, done.stdout[-3000:] + done.stderr)
        return json.loads(done.stdout)


class Passing(CheckTest):
    def test_litmus_passes_and_its_page_is_what_it_prints(self):
        text = self.succeed("check", "litmus")
        self.assertIn("IRIW", text)
        self.assertIn(" 0 wrong", text)
        self.assertEqual(self.succeed("check", "litmus", "--markdown"), LITMUS_PAGE.read_text(),
                         "write docs/litmus.md anew: ./rota check litmus --markdown > docs/litmus.md")

    def test_all_passes_for_every_policy_and_part_under_every_search(self):
        searches, dfs = {}, []
        for report in self.json_of("all", "--budget", "20s"):
            name = report["subject"] if report["what"] == "conformance" else report["what"]
            searches.setdefault(name, set()).add((report["memory"], report["strategy"]))
            self.assertTrue(report["passed"], report)
            self.assertGreater(report["executions"], 0, report)
            if report["what"].startswith("mechanism ") and report["strategy"] == "dfs":
                dfs.append(report["complete"])
        policies = json.loads(self.succeed("list", "policies", "--json"))
        explored = {policy["name"] for policy in policies if "explored" in policy["worlds"]}
        self.assertLessEqual(explored, set(searches))
        self.assertGreater(len(explored), 20)
        local = {"local:" + policy["name"] for policy in policies if "local" in policy["worlds"]}
        self.assertIn("local:fifo", local)
        self.assertEqual({name for name in searches if name.startswith("local:")}, local)
        self.assertEqual({name for name in local if len(searches[name]) != 1}, set(), "one schedule, one search")
        self.assertEqual({name for name, done in searches.items() if done != SEARCHES} - local, set())
        self.assertGreater(len(dfs), 40)
        self.assertGreater(sum(dfs), len(dfs) / 2, "depth-first search came to its end in fewer than half")

    def test_a_policy_in_one_thread_passes_in_one_search_that_is_complete(self):
        for arguments in [[], ["--strategy", "dfs", "--memory", "relaxed"]]:
            reports = self.json_of("local:fifo", "--budget", "1s", *arguments)
            self.assertEqual([report["subject"] for report in reports], ["local:fifo"])
            self.assertTrue(reports[0]["passed"] and reports[0]["complete"], reports)
            self.assertGreater(reports[0]["programs"], 10)

    def test_every_mutant_is_caught_as_it_should_and_no_harmless_one(self):
        caught, harmless = {}, {}
        for kill in self.json_of("mutants", "--budget", "60s"):
            if kill["harmless"]:
                harmless.setdefault(kill["mutant"], set()).add(kill["caught"])
            else:
                caught[kill["mutant"]] = caught.get(kill["mutant"], False) or (
                    kill["caught"] in kill["expect"].split(", "))
        self.assertGreaterEqual(len(caught), 20)
        self.assertGreaterEqual(len(harmless), 5)
        self.assertEqual([name for name, right in caught.items() if not right], [])
        self.assertEqual({name: ids for name, ids in harmless.items() if ids != {""}}, {})
        self.assertIn("submit-without-fence", caught)

    def test_help_names_the_options(self):
        text = self.succeed("check", "--help")
        for word in ["--budget", "--strategy", "--memory", "--replay", "--weaken", "--json", "litmus", "mutants"]:
            self.assertIn(word, text)


class Repeating(CheckTest):
    def test_exhaustive_searches_repeat_to_the_last_count(self):
        first, second = (self.json_of("litmus") for _ in range(2))
        self.assertEqual(first, second)

    def test_every_schedule_run_twice_is_the_same(self):
        for report in self.json_of("work-stealing", "--budget", "2s", "--twice", "--strategy", "random"):
            self.assertTrue(report["passed"], report)


class BadInput(CheckTest):
    def refuse_check(self, *arguments, mentions):
        self.refuse("check", *arguments, mentions=mentions)

    def test_an_unknown_subject_names_the_known_ones(self):
        self.refuse_check("nothing", mentions=["nothing", "fifo", "work-stealing", "local:fifo", "local:chase-lev",
                                               "litmus", "mutants"])
        self.refuse_check("local:chaos", mentions=["local:chaos", "local:fifo"])
        self.refuse_check("nothing", "--weaken", mentions=["nothing", "fifo"])
        self.refuse_check(mentions=["WHAT"])

    def test_unknown_values_name_the_known_ones(self):
        self.refuse_check("fifo", "--strategy", "nosuch", mentions=["--strategy", "nosuch", "random", "pct", "dfs"])
        self.refuse_check("fifo", "--memory", "tso", mentions=["--memory", "tso", "sc", "relaxed"])
        self.refuse_check("--explain", "X9", mentions=["X9", "P3"])
        for budget in ["long", "0s", "-1s", "10"]:
            self.refuse_check("fifo", "--budget=" + budget, mentions=["--budget", budget])
        self.refuse_check("fifo", "--depth", "99", mentions=["--depth", "99"])

    def test_what_needs_several_threads_is_refused_for_one(self):
        self.refuse_check("local:fifo", "--weaken", mentions=["--weaken", "local:fifo", "one thread"])
        self.refuse_check("local:fifo", "--replay", self.word("local:fifo", "", "w2:t0="),
                          mentions=["local:fifo", "one worker"])
        self.refuse_check("fifo", "--replay", self.word("local:fifo"), mentions=["local:fifo", "fifo"])

    def test_a_replay_says_which_part_differs(self):
        word = "rota2/fifo/sc/w1:t0=/0000/1"
        self.refuse_check("lifo-slot", "--replay", self.word("fifo"), mentions=["policy", "fifo", "lifo-slot"])
        self.refuse_check("fifo", "--replay", word.replace("rota2", "rota1"), mentions=["version", "rota1", "rota2"])
        self.refuse_check("fifo", "--replay", word, mentions=["checksum", "program"])
        self.refuse_check("fifo", "--replay", word.replace("/sc/", "/tso/"), mentions=["memory", "tso", "relaxed"])
        self.refuse_check("fifo", "--replay", word.replace("t0=", "q0="), mentions=["program", "q0"])
        self.refuse_check("fifo", "--replay", "rota2/fifo/sc", mentions=["cut off", "SCHEDULE"])
        self.refuse_check("--replay", self.word("nobody"), mentions=["nobody"])

    def test_a_schedule_that_does_not_fit_is_refused(self):
        """A changed or truncated schedule, of a program and a policy that are right."""
        self.refuse_check("fifo", "--replay", self.word("fifo", "zz9"), mentions=["schedule", "fifo"])
        self.refuse_check("fifo", "--replay", self.word("fifo", "1_5!"), mentions=["schedule", "!"])

    @staticmethod
    def word(subject, schedule="1", program="w1:t0="):
        """A replay word with the checksum that belongs to it."""
        value = 2166136261
        for byte in f"{subject}/{program}".encode():
            value = (value ^ byte) * 16777619 % 2**32
        return f"rota2/{subject}/sc/{program}/{(value ^ value >> 16) & 0xffff:04x}/{schedule}"


if __name__ == "__main__":
    unittest.main(verbosity=2)
