# What a build generates, for lints that compile without one: headers from their templates, with nothing filled in, and
# what its CMake defines.
import os
import re

import sources


def write(folder):
    """Writes them below `folder`, as they are included: from the root, and without a folder."""
    for template in sources.files(".hpp.in"):
        if template.startswith("command/new/"):  # no header yet: what `rota new` makes of it has a name
            continue
        text = re.sub(r"@\w+@", "", sources.text(template))
        for name in (template, os.path.basename(template)):
            path = os.path.join(folder, name.removesuffix(".in"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)


def definitions():
    """Every macro of ours that the tree's CMake gives a value: an empty text, or 0 for what is no text."""
    found = {}
    for path in sources.files("CMakeLists.txt", ".cmake"):
        for name, bare in re.findall(r"(?<![\w$@{])(ROTA_[A-Z_]+)=(\$\{\w+\}[)\s])?", sources.text(path)):
            found[name] = "0" if bare else '""'
    return [f"-D{name}={value}" for name, value in sorted(found.items())]
