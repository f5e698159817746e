#!/usr/bin/env bash
# Runs every lint; one line each, and under it what it found.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
status=0
for lint in include_direction around_env memory_orders formatting invariant_ids oracle_ids file_length forbidden_words; do
  if findings=$(python3 -B "$lint.py" 2>&1); then
    echo "ok    $lint"
  else
    echo "FAIL  $lint"
    printf '%s\n' "$findings" | sed 's/^/      /'
    status=1
  fi
done
exit $status
