#!/usr/bin/env bash
# compilers.sh [COMPILER …]: a project of one's own against what ./rota installs, with each of these compilers; without
# arguments clang++-16 and clang++-19. One line for each: were the project's tests run and passed?
set -euo pipefail
root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
if (($# == 0)); then set -- clang++-16 clang++-19; fi
folder=$(mktemp -d --tmpdir rota-compilers-XXXXXX)
trap 'rm -rf "$folder"' EXIT

"$root/rota" install "$folder/prefix"
cd "$folder"
"$folder/prefix/bin/rota" new policy random-pick >&2
cd random-pick
"$folder/prefix/bin/rota" new workload add-up >&2

failed=0
for compiler in "$@"; do
  log=$folder/log
  if { cmake -S . -B "build-$compiler" -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_PREFIX_PATH="$folder/prefix" &&
       cmake --build "build-$compiler" ${ROTA_BUILD_JOBS:+--parallel "$ROTA_BUILD_JOBS"} &&
       ctest --test-dir "build-$compiler" --output-on-failure --no-tests=error; } >"$log" 2>&1; then
    echo "ok    $compiler: $(grep 'tests passed' "$log")"
  else
    failed=1
    tail -n 40 "$log" >&2
    echo "FAIL  $compiler"
  fi
done
exit $failed
