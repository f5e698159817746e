"""Runs the commands of the pages for programs that call rota, in this checkout: docs/json.md and docs/judging.md."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest

from pages import blocks, commands

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"])
JUDGING = SOURCE / "docs" / "judging.md"


class Pages(unittest.TestCase):
    def setUp(self):
        home = tempfile.TemporaryDirectory(prefix="rota-home-")
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)
        cache = os.environ.get("CCACHE_DIR", pathlib.Path.home() / ".cache" / "ccache")
        self.environment = {**os.environ, "HOME": home.name, "CCACHE_DIR": str(cache)}

    def run_command(self, command):
        """Its document, if it has one."""
        done = subprocess.run(["bash", "-ec", command], cwd=SOURCE, env=self.environment, capture_output=True,
                              text=True, timeout=1200)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
        return json.loads(done.stdout) if "--json" in command else None

    def test_every_command_that_says_json_prints_one_document(self):
        documents = [self.run_command(command) for command in commands(SOURCE / "docs" / "json.md")]
        self.assertEqual(len(documents), 5)
        self.assertEqual(documents[-1]["runs"], documents[-2]["runs"])

    def test_a_judgement_goes_as_its_page_says(self):
        (self.home / "held-out").mkdir()
        (self.home / "held-out" / "held-out.toml").write_text(blocks(JUDGING, "toml")[0])
        _, checked, held_out = [self.run_command(command) for command in commands(JUDGING)]
        (shown,) = [json.loads(block) for block in blocks(JUDGING, "json")]
        self.assertEqual(list(checked), list(shown))
        self.assertEqual(list(checked["check"]), list(shown["check"]))
        self.assertEqual(list(checked["check"]["searches"][0]), list(shown["check"]["searches"][0]))
        self.assertEqual((checked["verdict"], checked["stage"]), ("pass", "check"))
        self.assertEqual((held_out["verdict"], held_out["stage"]), ("pass", "simulate"))
        self.assertEqual(len(list((self.home / "held-out" / "runs").iterdir())), len(held_out["simulate"]["runs"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
