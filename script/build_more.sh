#!/usr/bin/env bash
# build_more.sh TARGET …: builds what a program that ./rota called comes to need while it runs (its ROTA_BUILD).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
for part in progress build; do source "$root/script/$part.sh"; done
build release "$@"
