# No function is longer than 40 lines, from the line of its brace to that of its end, with all that is written in it:
# lambdas, local classes. A table written as code is excused on the line before it: `// a table: <what of>`.
import re

import sources

LIMIT = 40
EXCUSE = re.compile(r"// a table: \w+")
# What opens a scope whose members are looked at one by one: a namespace, a class, extern "C". `struct stat f() {` and
# `struct stat s = {` do not.
SCOPE = re.compile(r"(?:^|[\s)])(?:namespace|class|struct|union|enum|extern)\b[^()=]*$")
TEMPLATE = re.compile(r"^template\s*<")


def without_template(head):
    """The head of a declaration without the `template <…>` before it."""
    while TEMPLATE.match(head):
        depth = 0
        for at, char in enumerate(head):
            depth += {"<": 1, ">": -1}.get(char, 0)
            if char == ">" and depth == 0 and head[at - 1] != "-":
                break
        head = head[at + 1:].lstrip()
    return head


def opens_scope(head):
    return bool(SCOPE.search(without_template(re.sub(r"\[\[.*?\]\]|alignas\([^()]*\)", " ", head).strip())))


def functions(whole):
    """(offset of the brace, offset of its end, offset where the declaration begins) of every outermost function, or
    initializer, in C++ text without comments, strings and preprocessor lines."""
    start, depth, body, parens = 0, 0, None, 0
    for at, char in enumerate(whole):
        if body is not None:  # in a function: only its end is looked for
            depth += {"{": 1, "}": -1}.get(char, 0)
            if depth == 0:
                yield body[0], at, body[1]
                body, start = None, at + 1
        elif char in "()":
            parens += 1 if char == "(" else -1
        elif char == "{":
            if parens == 0 and opens_scope(whole[start:at]):
                start = at + 1
            else:
                body, depth = (at, start), 1
        elif (char == ";" and parens == 0) or char == "}":
            start = at + 1


def plain(path):
    """The code of a file without strings and preprocessor lines; line numbers stay. A macro's text is not looked at."""
    return re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group()),
                  sources.code(path, strings=False), flags=re.M)


findings = []
for path in sources.cpp_files():
    whole, lines = plain(path), sources.text(path).splitlines()
    for opened, closed, declared in functions(whole):
        head = whole[declared:opened]
        if head.rstrip().endswith("=") or not re.search(r"[)\]]", head):
            continue  # a table of data, not a function
        first, last = sources.line_of(whole, opened), sources.line_of(whole, closed)
        length = last - first + 1
        if length <= LIMIT:
            continue
        begins = sources.line_of(whole, declared + len(head) - len(head.lstrip()))
        if begins > 1 and EXCUSE.search(lines[begins - 2]):
            continue
        findings.append((path, begins, f"a function of {length} lines; the limit is {LIMIT}"))
sources.finish(findings)
