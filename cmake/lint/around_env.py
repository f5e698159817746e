# Nothing that executes inside a world goes around Env, and no policy past what it is handed: its clock is account(), its
# worker a Self. A line that never does so is excused by a comment on it or on
# the line before: `outside the worlds: <reason>`. The header <mutex> is let through for std::lock_guard over Env's mutex.
import re

import sources

WORDS = re.compile(
    r"std::(?:atomic\w*|memory_order\w*|jthread|thread|this_thread|mutex|\w+_mutex|condition_variable\w*|once_flag|"
    r"call_once|\w+_semaphore|latch|barrier|future|promise|async|random_device|mt19937\w*)\b"
    r"|\bthread_local\b|\b\w+_clock::now\b|\b(?:pthread_|__atomic_|__sync_)\w+|\b(?:clock_gettime|gettimeofday|rand)\s*\("
    r"|#\s*include\s*<(?:random|atomic|thread|shared_mutex|condition_variable|semaphore|latch|barrier|future|"
    r"stop_token|pthread\.h)>")
# How a policy would tell the time, work, or reach the runtime behind its Self. Who starts one is no policy.
IN_A_POLICY = re.compile(r"\bE::(?:now|charge|node|context|set_context)\b|\bWorker\s*<|\bExecutor\s*<|\bRuntime\s*<")
NO_POLICY = ("schedulers/start.hpp", "schedulers/policies.hpp")
EXCUSE = re.compile(r"outside the worlds: \w+")

findings = []
for path in sources.cpp_files():
    if not path.startswith(tuple(f + "/" for f in sources.IN_A_WORLD)) or path.startswith("peers/"):
        continue
    remarks = sources.comments(path).splitlines()
    for number, line in enumerate(sources.code(path, strings=False).splitlines(), 1):
        match, wrong = WORDS.search(line), "goes around Env"
        if not match and path.startswith("schedulers/") and path not in NO_POLICY:
            match, wrong = IN_A_POLICY.search(line), "is not for a policy (schedulers/policy.hpp)"
        if match and not any(EXCUSE.search(remark) for remark in remarks[max(0, number - 2):number]):
            findings.append((path, number, f"{match[0].strip()} {wrong}"))
sources.finish(findings)
