"""Takes the fenced blocks out of a Markdown page."""

import pathlib
import re


def blocks(page, language):
    text = pathlib.Path(page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]
