# What clang-tidy finds (.clang-tidy says which checks, and why not others) in the public headers, all in one compiler,
# and in the files that changed: against the main branch, or on it in the last few commits. clang_tidy.py --all looks at
# every file.
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile

import arrows
import generated
import sources

# What a policy, a workload or a program that uses the runtime includes: the headers that lie in these folders themselves.
PUBLIC = ("worlds", "reactor", "runtime", "schedulers", "workloads")
ALONE = "peers/"  # programs of their own, with builds and libraries of their own
WRONG = "tests/runtime/wrong_policies/"  # compiled to be refused
MOST = 4     # changed sources: three minutes of two processors at most, on a slow day
COMMITS = 5  # on the main branch


def git(*arguments):
    run = subprocess.run(["git", "-c", "safe.directory=*", *arguments], cwd=sources.ROOT, capture_output=True, text=True)
    return run.stdout.split() if run.returncode == 0 else None


def changed():
    """Paths, or None where nothing tells."""
    head = git("rev-parse", "HEAD")
    for branch in ("origin/main", "main"):
        base = git("merge-base", "HEAD", branch)
        if base and base != head:
            return git("diff", "--name-only", *base)
    last = git("rev-list", "--first-parent", f"--max-count={COMMITS + 1}", "HEAD")
    return git("diff", "--name-only", last[-1]) if last else None


def look_at(source, folder, headers):
    told = subprocess.run(
        ["clang-tidy-19", "--quiet", f"--config-file={sources.ROOT}/.clang-tidy", f"--header-filter={headers}", source,
         "--", "-std=c++20", "-I", sources.ROOT, "-I", folder, *generated.definitions()], cwd=sources.ROOT, capture_output=True, text=True)
    found = re.findall(r"^(\S+?):(\d+):\d+: (?:error|warning): (.*)$", told.stdout + told.stderr, re.M)
    if told.returncode != 0 and not found:
        return [(source, 1, told.stderr.strip())]
    return [(os.path.relpath(path, sources.ROOT) if os.path.isabs(path) else path.removeprefix("./"), int(line), message)
            for path, line, message in found]


known = [path for path in arrows.cpp_files() if path.endswith((".hpp", ".cpp")) and not path.startswith((ALONE, WRONG))]
listed = set(known) if "--all" in sys.argv[1:] else changed()
if listed is None:
    print("no history here: the public headers alone were looked at")
    listed = set()
cpps = [path for path in known if path.endswith(".cpp") and path in listed]
if "--all" not in sys.argv[1:] and len(cpps) > MOST:
    print(f"{MOST} of {len(cpps)} changed sources were looked at")
    cpps = cpps[:: -(-len(cpps) // MOST)]
headers = [path for path in known if path.endswith(".hpp") and (os.path.dirname(path) in PUBLIC or path in listed)]
findings = set()
with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
    generated.write(folder)
    every = os.path.join(folder, "headers.cpp")
    with open(every, "w", encoding="utf-8") as file:
        file.writelines(f'#include "{path}"\n' for path in headers)
    jobs = [pool.submit(look_at, every, folder, ".*"),
            *(pool.submit(look_at, path, folder, "^$") for path in cpps)]
    for job in jobs:
        findings.update(job.result())
sources.finish(sorted(findings))
