"""Bad input: one clear line with file, line and key, status 2, and nothing half-written."""

import json
import os
import unittest

from support import SMALL, CommandTest


class BadInput(CommandTest):
    def refuse_definition(self, before, after, mentions, line=None):
        self.assertIn(before, SMALL)
        text = SMALL.replace(before, after, 1)
        self.write("bad.toml", text)
        said = self.refuse("run", "bad.toml", mentions=["bad.toml", *mentions])
        if line is not None:
            number = text.splitlines().index(line) + 1
            self.assertIn(f"bad.toml:{number}:", said)
        self.assertEqual(os.listdir(self.folder), ["bad.toml"])

    def test_an_unknown_key_names_the_known_ones(self):
        self.refuse_definition("tasks = 100", "taks = 100", ["taks", "tasks"], "with = { taks = 100 }")
        self.refuse_definition("repetitions = 2", "repetition = 2", ["repetition", "repetitions"], "repetition = 2")

    def test_an_unknown_policy_or_workload_names_the_known_ones(self):
        self.refuse_definition('use = "fifo"', 'use = "filo"', ["filo", "fifo", "work-stealing"], 'use = "filo"')
        self.refuse_definition('use = "yield"', 'use = "yeild"', ["yeild", "yield"], 'use = "yeild"')

    def test_an_unknown_metric_names_the_known_ones(self):
        self.write("bad.toml", SMALL + '[[report]]\nmetric = "ns_per_tusk"\n')
        self.refuse("run", "bad.toml", mentions=["bad.toml", "ns_per_tusk", "ns_per_task"])

    def test_a_wrong_type_says_what_was_expected(self):
        self.refuse_definition("tasks = 100", 'tasks = "many"', ["tasks", "an integer", "many"], 'with = { tasks = "many" }')
        self.refuse_definition('min_time = "5ms"', "min_time = 5", ["min_time"], "min_time = 5")

    def test_a_worker_count_beyond_the_limit_is_refused(self):
        self.refuse_definition("workers = [1, 2]", "workers = [1, 5000]", ["workers", "1024", "5000"], "workers = [1, 5000]")
        self.refuse_definition("workers = [1, 2]", "workers = [0]", ["workers", "0"])

    def test_what_is_not_toml_is_refused_with_its_line(self):
        self.refuse_definition("[world]", "[world", [], "[world")

    def test_a_definition_that_does_not_exist_names_the_shipped_ones(self):
        self.refuse("run", "quickstrat", mentions=["quickstrat", "did you mean quickstart?"])

    def test_an_output_folder_that_cannot_be_written_is_refused(self):
        self.write("small.toml", SMALL)
        self.write("file", "")
        self.refuse("run", "small.toml", "--out", "file/runs", mentions=["file/runs"])

    def test_bad_overrides_are_refused(self):
        self.write("small.toml", SMALL)
        self.refuse("run", "small.toml", "--set", "policy=nothing", mentions=["nothing", "fifo"])
        self.refuse("run", "small.toml", "--only", "nothing", mentions=["nothing", "spawn-join"])
        self.refuse("run", "small.toml", "--set", "sweep.nothing=1", mentions=["nothing"])
        self.assertEqual(os.listdir(self.folder), ["small.toml"])

    def test_bad_usage_is_refused(self):
        self.refuse("rnu", mentions=["rota --help", "rnu", "did you mean run?"])
        self.refuse("run", "--dry-rnu", mentions=["--dry-rnu", "did you mean --dry-run?"])
        self.refuse("check", "fifo", "--budgte=1s", mentions=["--budgte", "did you mean --budget?"])
        self.refuse("list", "polices", mentions=["polices", "did you mean policies?"])
        self.refuse("export", "latest", "--format", "jsn", mentions=["jsn", "did you mean json?"])
        self.refuse("check", "fifo", "--strategy", "rando", mentions=["rando", "did you mean random?"])
        self.refuse("describe", "polcy", "fifo", mentions=["polcy", "did you mean policy?"])
        self.refuse("describe", "nothing", mentions=["nothing", "work-stealing"])
        self.refuse("describe", "work-staeling", mentions=["work-staeling", "did you mean work-stealing?"])
        self.refuse("describe", "lifo-slot", "--with", "steal=1", mentions=["lifo-slot", "steal", "true or false"])
        self.refuse("describe", "lifo-slot", "--with", "stale=true", mentions=["stale", "steal"])
        self.refuse("describe", "lifo-slot", "--with", "steal", mentions=["--with steal", "KEY=VALUE"])
        self.refuse("describe", "lifo-slot", "--with", "limit=2", "--with", "limit=3", mentions=["limit=3", "once"])
        self.refuse("describe", "yield", "--with", "tasks=1", mentions=["policy", "yield"])
        self.refuse("export", "no-such-run", mentions=["no-such-run"])
        self.refuse("report", "no-such-run", mentions=["no-such-run"])
        self.refuse("topology", "--synthetic", "numa:x", mentions=["numa:x"])

    def test_a_cell_refuses_what_it_does_not_understand(self):
        self.refuse("cell", stdin="not json", mentions=["request", "JSON"])
        self.refuse("cell", stdin=json.dumps({"protocol": 7}), mentions=["protocol"])


if __name__ == "__main__":
    unittest.main(verbosity=2)
