"""The project of the C++ peers configures with what Rota's own flags ask for, and has the programs of the catalogue.

It is not built here, which takes a minute; `./rota peers build` does that, and runs each.
"""

import os
import pathlib
import subprocess
import tomllib
import unittest

SOURCE = pathlib.Path(os.environ["ROTA_SOURCE"]) / "peers"
BUILD = os.environ["ROTA_BUILD"]
NEED_MORE_PACKAGES = {"rota-peer-boost-fiber", "rota-peer-onetbb"}


def succeed(*command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise AssertionError(done.stdout[-3000:] + done.stderr[-3000:])
    return done.stdout


class CppPeers(unittest.TestCase):
    def test_their_project_configures_and_makes_those_of_the_catalogue(self):
        succeed("cmake", "-S", SOURCE / "cpp", "-B", BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                "-DCMAKE_CXX_COMPILER=" + os.environ["CXX"])
        made = {line.split(":")[0] for line in succeed("ninja", "-C", BUILD, "-t", "targets", "all").splitlines()}
        peers = tomllib.loads((SOURCE / "catalogue.toml").read_text())["peer"]
        named = {peer["program"] for peer in peers if peer["family"] == "cpp"}
        self.assertGreaterEqual(len(named), 4)
        self.assertLessEqual(named - NEED_MORE_PACKAGES, made)


if __name__ == "__main__":
    unittest.main(verbosity=2)
