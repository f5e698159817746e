# What the lints share: the files of the project, C++ text without comments, and how a finding is told.
import os
import re
import subprocess
import sys

ROOT = os.path.realpath(os.path.join(os.path.dirname(__file__), "..", ".."))
IN_A_WORLD = ("reactor", "runtime", "schedulers", "workloads")  # what executes inside a world


def files(*endings):
    """Tracked and new files, without vendored ones, as paths from the root."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found = sorted({p for p in listing.split("\0") if p and os.path.isfile(os.path.join(ROOT, p))})
    return [p for p in found if "vendor" not in p.split("/") and (not endings or p.endswith(endings))]


def cpp_files():
    return files(".hpp", ".cpp")


def text(path):
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as file:
        return file.read()


_TOKENS = re.compile(
    r'(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<string>R"([^(\s]*)\(.*?\)\3"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\')', re.S)


def code(path, strings=True):
    """The C++ text with comments (and strings, if not wanted) blanked out; line numbers stay."""
    def blank(match):
        keep = match.group("string") is not None and strings
        return match.group() if keep else re.sub(r"[^\n]", " ", match.group())
    return _TOKENS.sub(blank, text(path))


def comments(path):
    """The C++ text with everything but the comments blanked out; line numbers stay."""
    whole, out, end = text(path), [], 0
    for match in _TOKENS.finditer(whole):
        out.append(re.sub(r"[^\n]", " ", whole[end:match.start()]))
        keep = match.group("comment") is not None
        out.append(match.group() if keep else re.sub(r"[^\n]", " ", match.group()))
        end = match.end()
    return "".join(out)


def line_of(whole, offset):
    return whole.count("\n", 0, offset) + 1


def finish(findings):
    """Prints file:line: message for each finding and exits."""
    for path, line, message in findings:
        print(f"{path}:{line}: {message}")
    sys.exit(1 if findings else 0)
