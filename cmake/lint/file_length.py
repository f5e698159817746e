# No C++ file is longer than 300 lines.
import sources

LIMIT = 300
lengths = {path: len(sources.text(path).splitlines()) for path in sources.cpp_files()}
sources.finish([(p, n, f"{n} lines; the limit is {LIMIT}") for p, n in lengths.items() if n > LIMIT])
