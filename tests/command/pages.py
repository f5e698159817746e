"""Takes the fenced blocks out of a Markdown page."""

import pathlib
import re


def blocks(page, language):
    text = pathlib.Path(page).read_text()
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def members(page, heading, table=0):
    """The names in the first column of a table below this heading, in order."""
    section = pathlib.Path(page).read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    tables = re.findall(r"^\| member \| meaning \|\n\|---\|---\|\n((?:\|.*\n)+)", section, re.MULTILINE)
    rows = [row.split("|")[1] for row in tables[table].splitlines()]
    return [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]
