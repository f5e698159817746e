# The headers that a build generates, for lints that compile without one: from their templates, with nothing filled in.
import os
import re

import sources


def write(folder):
    """Writes them below `folder`, as they are included: from the root, and without a folder."""
    for template in sources.files(".hpp.in"):
        text = re.sub(r"@\w+@", "", sources.text(template))
        for name in (template, os.path.basename(template)):
            path = os.path.join(folder, name.removesuffix(".in"))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
