# A folder includes only itself and what arrows.txt puts below it, in code, templates of generated sources and CMake; and
# the pages that show the order show that one.
import os
import re

import arrows
import sources

SEE_ALL = ("tests",)
PAGES = {"CONTRIBUTING.md", "docs/architecture.md"}

below = arrows.below()
folders = {name.split("/")[0] for name in below} | set(SEE_ALL)
findings = []


def may(folder, name):
    return any(arrows.room(name) == lower or name.startswith(lower + "/") for lower in {folder, *below[folder]})


def look_at(path):
    folder = path.split("/")[0]
    if folder in SEE_ALL:
        return
    if folder not in below:
        findings.append((path, 1, f"{folder}/ is not in {arrows.TOLD}"))
        return
    for number, quote, name in arrows.includes(path):
        target = name.split("/")[0] if "/" in name else ""
        if target in folders:
            if not may(folder, name):
                findings.append((path, number, f"{folder}/ must not include {name}: arrows point down only"))
        elif quote == '"' and os.path.exists(os.path.join(sources.ROOT, os.path.dirname(path), name)):
            findings.append((path, number, f'"{name}" is not written from the root of the repository'))


def look_at_page(page):
    """The page shows the chains of arrows.txt, and no other; a listing of the folders goes from above to below."""
    text = sources.text(page)
    shown = {}
    for match in arrows.CHAIN.finditer(text):
        chain = tuple(re.split(r"\s+>\s+", match[0]))
        if folders & {name.split("/")[0] for name in chain}:
            shown[chain] = sources.line_of(text, match.start())
    wanted = {tuple(chain) for chain in arrows.chains()}
    findings.extend((page, line, f"{' > '.join(chain)} is no line of {arrows.TOLD}")
                    for chain, line in shown.items() if chain not in wanted)
    findings.extend((page, 1, f"does not show {' > '.join(chain)}, as {arrows.TOLD} does")
                    for chain in sorted(wanted - set(shown)))
    listed = {}  # where each is listed first
    for match in re.finditer(r"^(\w+)/ {2,}\S", text, re.M):
        if match[1] in below:
            listed.setdefault(match[1], sources.line_of(text, match.start()))
    for at, (folder, line) in enumerate(listed.items()):
        for earlier in list(listed)[:at]:
            if earlier in below[folder]:
                findings.append((page, line, f"lists {folder}/ below {earlier}/, which {arrows.TOLD} puts under it"))
    if listed:
        findings.extend((page, min(listed.values()), f"does not list {folder}/")
                        for folder in sorted({name for name in below if "/" not in name} - set(listed)))


for path in arrows.cpp_files():
    look_at(path)
for path in sources.files("CMakeLists.txt", ".cmake"):
    if "/" in path and not path.startswith("cmake/"):
        look_at(path)
for page in sorted(PAGES):
    look_at_page(page)
sources.finish(findings)
