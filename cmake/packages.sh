#!/usr/bin/env bash
# packages.sh [--yes] run|test: installs what is missing of packages.txt, and says what it is before it does. It asks
# first, unless --yes is given or root calls it; where it would ask and there is no terminal, it installs nothing.
# packages.sh [--yes] these PACKAGE …: the same for the packages that are named.
# It never removes a package: where apt would have to, nothing is installed, and it says what would go.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
yes=false
if [[ ${1-} == --yes ]]; then yes=true; shift; fi
kind=${1:?run, test or these}
shift
list=$here/packages.txt
stamp=$here/../build/packages-$kind.stamp

source "$here/../script/progress.sh"

# follow_apt WHAT: tells how far the apt is that fetches WHAT and whose words come in; what it says besides goes to the log.
follow_apt() {
  local line status phase=dl percent=0 what="$1 fetched" began=$SECONDS
  local told='^(dl|pm)status:[^:]*(:[a-z0-9]+)?:([0-9]+)\.[0-9]+:'
  while true; do
    status=0
    next_line || status=$?
    if ((status == 1)); then break; fi
    if ((status == 0)); then
      if [[ ! $line =~ $told ]]; then printf '%s\n' "$line" >>"$log"; continue; fi
      percent=${BASH_REMATCH[3]}
      if [[ ${BASH_REMATCH[1]} != "$phase" ]]; then phase=pm what=installed began=$SECONDS; fi
    fi
    tell "packages: $percent % $what$(time_left "$percent" 100 $((SECONDS - began)))"
  done
  tell_end
}

# apt WORDS …: apt-get by who may, with its progress for follow_apt.
apt() { "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@" -o APT::Status-Fd=2 </dev/null 2>&1; }

if [[ $kind == these ]]; then
  wanted=("$@")
else
  # A second call must cost nothing: the stamp holds the list that was found installed.
  if [[ -f $stamp && $(<"$list") == "$(<"$stamp")" ]]; then exit 0; fi
  mapfile -t wanted < <(awk -v kind="$kind" '!/^#/ && NF && ($2 == "run" || kind == "test") { print $1 }' "$list")
fi

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
  if [[ $kind == these ]]; then
    say "this system has no apt. These packages of Debian 12 are needed: ${wanted[*]}"
    exit 1
  fi
  say "this system has no apt. Rota needs what Debian 12 calls: ${wanted[*]}"
  for tool in clang++-19 cmake ninja; do
    command -v "$tool" >/dev/null || { say "$tool is not in PATH: install it and the libraries above, then call again"; exit 1; }
  done
  say "clang++-19, cmake and ninja are here: going on; cmake will name a library that is missing"
  exit 0
fi

installed=" $(dpkg-query -W -f '${db:Status-Status}:${Package} ' "${wanted[@]}" 2>/dev/null || true)"
missing=()
for package in "${wanted[@]}"; do
  [[ $installed == *" installed:$package "* ]] || missing+=("$package")
done

if ((${#missing[@]})); then
  # --no-remove: apt would otherwise throw out without a question what conflicts with these: the headers of another
  # Boost, a cargo of another kind.
  install=(apt-get install -y --no-install-recommends --no-remove "${missing[@]}")
  say "these Debian packages are missing: ${missing[*]}"
  sudo=()
  if ((EUID != 0)); then
    sudo=(sudo)
    by_hand="sudo apt-get update && sudo ${install[*]}"
    if ! command -v sudo >/dev/null; then say "there is no sudo here; as root, run: ${by_hand//sudo /}"; exit 1; fi
    if ! $yes; then
      if [[ ! -t 0 || ! -t 2 ]]; then say "no terminal to ask on; call with --yes in front, or run: $by_hand"; exit 1; fi
      read -r -p "rota: install them with sudo apt-get? [y/N] " answer
      [[ $answer == [yY]* ]] || { say "nothing installed; by hand: $by_hand"; exit 1; }
    fi
  fi
  log=$here/../build/packages.log
  mkdir -p "${log%/*}"
  say "installing them (a minute to a few; apt's words go to build/packages.log)"
  : >"$log"
  apt apt-get update -qq | follow_apt "of their lists" || say "apt-get update failed; trying with the lists that are here"
  if ! apt "${install[@]}" | follow_apt "of them"; then
    tail -n 20 "$log" >&2
    removed=$(awk '/^[^ ]/ { listed = /^The following packages will be REMOVED:/ } /^ / && listed' "$log" | xargs)
    if [[ $removed ]]; then
      say "nothing was installed: apt would have to remove $removed, which Rota never does"
      say "if you can do without what would go, by hand: ${sudo[*]:+sudo }apt-get install --no-install-recommends ${missing[*]}"
    else
      say "apt-get could not install them (see above); by hand: ${sudo[*]:+sudo }${install[*]}"
    fi
    exit 1
  fi
fi
if [[ $kind == these ]]; then exit 0; fi
mkdir -p "${stamp%/*}"
cp "$list" "$stamp"
