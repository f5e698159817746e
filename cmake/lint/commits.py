# A commit's subject stays under 72 characters and its body says why, in every commit since the rule came; merges have
# nothing to add. Where there is no git, or no history, it says so. A shallow clone is looked at as far as it goes.
import datetime
import os
import re
import shutil
import subprocess
import sys

import sources

SINCE = datetime.datetime.fromisoformat("2026-11-24T00:00:00+00:00")  # commits that were made then or later
LIMIT = 72
TRAILER = re.compile(r"^[A-Z][\w-]+: ")  # Signed-off-by: …


def git(*arguments):
    return subprocess.run(["git", "-c", "safe.directory=*", "-c", "log.showSignature=false", *arguments],
                          cwd=sources.ROOT, capture_output=True, text=True)


def says_why(body):
    """Is there a line of prose: three words in a row, in a line that is no trailer?"""
    return any(len(re.findall(r"[^\W\d_]+", line)) >= 3 and not TRAILER.match(line) for line in body.splitlines())


if not os.path.exists(os.path.join(sources.ROOT, ".git")) or not shutil.which("git"):
    print("no git here: no commit was looked at")
    sys.exit(0)
if git("rev-parse", "--verify", "--quiet", "HEAD").returncode != 0:
    print("no commit here: none was looked at" if git("rev-parse", "--git-dir").returncode == 0
          else "git cannot read this repository: " + git("rev-parse", "--git-dir").stderr.strip())
    sys.exit(0 if git("rev-parse", "--git-dir").returncode == 0 else 1)

# Author dates stay when a commit is moved, so what counts is when it was committed; git's own --since stops at the
# first older commit, which a merge may hide newer ones behind.
log = git("log", "--no-merges", "--format=%h%x1f%cI%x1f%s%x1f%b%x1e")
if log.returncode != 0:
    sources.finish([("git log", 1, log.stderr.strip())])
findings = []
for entry in filter(None, (e.strip("\n") for e in log.stdout.split("\x1e"))):
    name, time, subject, body = entry.split("\x1f")
    if datetime.datetime.fromisoformat(time) < SINCE:
        continue
    if len(subject) >= LIMIT:
        findings.append((f"commit {name}", 1, f"a subject of {len(subject)} characters; it stays under {LIMIT}: {subject}"))
    if not says_why(body):
        findings.append((f"commit {name}", 3, f"no body that says why: {subject}"))
sources.finish(findings)
