#!/usr/bin/env bash
# Runs the tests of the core again and again in fresh processes, beside busy loops, and says how often each failed.
#
#   tests/support/repeat.sh [--times N] [--beside LOOPS] [--preset PRESET] [CTEST ARGUMENTS]
#
# Ten times beside two loops if nothing else is said. What is built is run: `ninja -C build/PRESET core_tests` first.
# With -R each test has a process of its own; else a program's shards do, as in `./rota test`, in a new order each time.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

times=10 beside=2 preset=test
while [[ ${1-} == --times || ${1-} == --beside || ${1-} == --preset ]]; do
  printf -v "${1#--}" %s "${2?"$1 needs a value"}"
  shift 2
done
build=build/$preset chosen=("$preset" -L '^core$')
if [[ " $* " == *" -R"* ]]; then chosen=("$preset-one" -L '^single-core$'); fi

work=$(mktemp -d) loops=()
trap 'kill "${loops[@]}" 2>/dev/null || true; rm -rf "$work"' EXIT
for ((i = 0; i < beside; ++i)); do
  while :; do :; done &
  loops+=($!)
done

ran=0
export GTEST_SHUFFLE=1 GTEST_RANDOM_SEED=0
for ((turn = 1; turn <= times; ++turn)); do
  rm -rf "$build/test-results" "$work/junit.xml"
  ctest --preset "${chosen[@]}" --output-junit "$work/junit.xml" "$@" >"$work/log" 2>&1 || cat "$work/log" >&2
  read -r good bad _ < <(python3 -B tests/support/results.py "$work/junit.xml" "$build/test-results" 2>>"$work/failed")
  printf '%s: turn %d of %d: %d passed, %d failed\n' "$(date +%T)" "$turn" "$times" "$good" "$bad"
  ran=$((ran + good + bad))
done
if [[ -s $work/failed ]]; then sort "$work/failed" | uniq -c | sort -rn; fi
printf '%d runs of tests, %d failed\n' "$ran" "$(wc -l <"$work/failed")"
[[ $ran -gt 0 && ! -s $work/failed ]]
