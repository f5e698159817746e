#!/usr/bin/env bash
# Runs every lint, as many side by side as there are processors; one line each, and under it what it found. A lint that
# passes may have something to say.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# The longest first. Those that compile (none needs a build) use all processors themselves.
lints=(lone_headers clang_tidy formatting forbidden_words include_direction include_circles function_length around_env
  memory_orders invariant_ids oracle_ids file_length commits)
told=$(mktemp -d)
trap 'rm -rf "$told"' EXIT

run() {
  local passed=0 began=$SECONDS
  python3 -B "$1.py" >"$2/$1.says" 2>&1 || passed=$?
  echo "$passed $((SECONDS - began))" >"$2/$1.status"
}
export -f run
printf '%s\n' "${lints[@]}" | xargs -P "$(nproc)" -I LINT bash -c 'run LINT '"$told"

failed=0
for lint in "${lints[@]}"; do
  read -r status seconds <"$told/$lint.status"
  took=""
  if ((seconds > 5)); then took=" ($seconds s)"; fi
  if ((status == 0)); then
    echo "ok    $lint$took"
  else
    echo "FAIL  $lint$took"
    failed=1
  fi
  sed 's/^/      /' "$told/$lint.says"
done
exit $failed
