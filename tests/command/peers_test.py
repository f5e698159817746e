"""Peers from outside: built, listed, run beside policies, missing, misbehaving, and built anew."""

import json
import os
import unittest

from fake_peers import PEER, PeersTest


class Peers(PeersTest):
    def test_building_says_what_was_built_and_records_it(self):
        self.assertIn("fake    Fake    missing: not built", self.succeed("peers", "list"))
        done = self.rota("peers", "build", "fake", "--yes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("building fake: fake", done.stderr)
        record = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        self.assertEqual(set(record), {"name", "title", "version", "compiler", "program", "sha256", "packages"})
        self.assertEqual(done.stdout, f"fake {record['version']}\n")
        self.assertEqual(len(record["sha256"]), 64)
        self.assertTrue(record["packages"]["bash"].startswith(record["version"]))
        self.assertIn("bash", record["compiler"])
        text = self.succeed("peers", "list")
        self.assertIn(f"fake    Fake    {record['version']}", text)
        self.assertIn("broken  Broken  missing: not built", text)
        self.assertEqual(text, self.succeed("list", "peers"))

    def test_a_family_that_cannot_be_built_does_not_keep_the_others_from_it(self):
        done = self.rota("peers", "build", "--yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn("the compiler gave up", done.stderr)
        self.assertIn("broken could not be built", done.stderr)
        peers = {p["name"]: p["missing"] for p in json.loads(self.succeed("list", "peers", "--json"))}
        self.assertEqual(peers, {"fake": "", "broken": "not built"})

    def test_an_unknown_peer_names_the_known_ones(self):
        self.refuse("peers", "build", "quack", mentions=["quack", "fake, broken"])
        self.refuse("run", "versus.toml", "--set", "policy=peer:quack", mentions=["peer:quack", "peer:fake"])

    def test_the_doctor_says_what_is_missing(self):
        def finding():
            return next(f for f in json.loads(self.succeed("doctor", "--json")) if f["what"] == "peers")
        self.assertEqual(finding(), {"what": "peers", "level": "note",
                                     "says": "none is built; to build them: rota peers build"})
        self.succeed("peers", "build", "fake", "--yes")
        self.assertEqual(finding()["level"], "note")
        self.assertIn("missing: broken (not built)", finding()["says"])

    def test_a_plan_says_what_is_not_spoken_and_what_is_missing(self):
        text = self.succeed("run", "versus.toml", "--dry-run")
        self.assertIn("not spoken by peer:fake: yield\n", text)
        self.assertIn("missing: peer:fake (not built); to build them: rota peers build\n", text)
        self.succeed("peers", "build", "fake", "--yes")
        self.assertNotIn("missing", self.succeed("run", "versus.toml", "--dry-run"))

    def test_a_peer_runs_beside_a_policy(self):
        self.succeed("peers", "build", "fake", "--yes")
        text = self.succeed("run", "versus.toml")
        self.assertIn("peer:fake", text)
        self.assertNotIn("Missing", text)
        run = self.only_run()
        self.assertEqual(set(self.cells_of(run).values()), {"ok"})
        self.assertEqual(self.outcome_and_detail(run), ("ok", ""))
        manifest = json.loads((run / "manifest.json").read_text())
        record = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        for key in ["version", "sha256", "program", "packages", "compiler"]:
            self.assertEqual(manifest["peers"]["fake"][key], record[key])
        self.assertEqual(manifest["not_spoken"], [{"policy": "peer:fake", "workload": "yield", "workers": 0}])
        self.assertEqual(manifest["claims"][0]["policy"], "peer:fake")
        rows = [row.split(",") for row in self.succeed("export", str(run)).splitlines()]
        self.assertEqual([row[-1] for row in rows if row[1] == "peer:fake"], ["42"])

    def test_a_peer_that_is_not_built_is_said_to_be_missing_and_the_rest_is_measured(self):
        text = self.succeed("run", "versus.toml")
        self.assertIn("Missing peers: fake (not built); 1 of their cells were not measured. "
                      "To build them: rota peers build fake", text)
        run = self.only_run()
        self.assertEqual(self.outcome_and_detail(run), ("missing", "peer fake: not built"))
        self.assertEqual(sorted(self.cells_of(run).values()), ["missing", "ok", "ok", "ok", "ok"])

    def run_that_misbehaves(self, how, status=1):
        self.succeed("peers", "build", "fake", "--yes")
        os.environ["FAKE_PEER"] = how
        done = self.rota("run", "versus.toml", "--set", "limits.timeout=1s")
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        run = self.only_run()
        self.assertEqual(sorted(self.cells_of(run).values()).count("ok"), 4)
        return self.outcome_and_detail(run)

    def test_a_crash_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("crash"), ("crashed", "signal 6 (Aborted)"))

    def test_a_hang_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("hang"), ("hung", "still running after 1 s"))

    def test_a_wrong_answer_is_recorded(self):
        self.assertEqual(self.run_that_misbehaves("wrong"), ("wrong", "tasks: expected 100, got 7"))

    def test_another_version_in_the_start_line_is_refused(self):
        outcome, detail = self.run_that_misbehaves("another version")
        self.assertEqual(outcome, "refused")
        self.assertIn("got fake 0.0.1", detail)

    def test_a_run_that_goes_on_refuses_a_peer_that_was_built_anew(self):
        self.succeed("peers", "build", "fake", "--yes")
        self.succeed("run", "versus.toml")
        run = self.only_run()
        manifest = json.loads((run / "manifest.json").read_text())
        (cell,) = [c["id"] for c in manifest["cells"] if c["request"]["policy"]["use"] == "peer:fake"]
        (run / "cells" / (cell + ".jsonl")).unlink()
        (self.share / "peers" / "fake.py").write_text(PEER + "# another build\n")
        self.succeed("peers", "build", "fake", "--yes")
        done = self.rota("run", "--resume", str(run))
        self.assertEqual(done.returncode, 1)
        outcome, detail = self.outcome_and_detail(run)
        self.assertEqual(outcome, "refused")
        now = json.loads((self.share / "build" / "peers" / "fake.json").read_text())
        for text in [manifest["peers"]["fake"]["sha256"][:12], now["sha256"][:12], now["version"]]:
            self.assertIn(text, detail)


if __name__ == "__main__":
    unittest.main(verbosity=2)
