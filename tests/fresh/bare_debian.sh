#!/usr/bin/env bash
# bare_debian.sh [--keep] [--package FILE.deb] [COMMAND …]: what a newcomer's first minute costs, measured in a bare Debian 12.
#
# Makes a Debian with nothing but git and bash (and what every Debian has), clones HEAD of this checkout into it, runs
# the commands there one after the other, as root, and prints a line for each: wall time, processor time (user and
# system, of all children), the longest time without a line of output, exit status, and the load before. What they print
# goes to stderr and into a log; --keep leaves the Debian where it is. Packages come from where this host's apt gets its
# own. Needs root, git and mmdebstrap or debootstrap. Without commands: the first minute of the README.
#
# With --package there is neither a checkout nor git, nor a compiler: the commands run in an empty folder, beside the
# package that `./rota package` made. Without commands: it is installed, does what needs no compiler, and then, with the
# packages that it suggests, a project of one's own is made, built and tested.
set -euo pipefail
self=$(readlink -f "${BASH_SOURCE[0]}")
root=$(cd "${self%/*}/../.." && pwd)
suite=bookworm

say() { printf 'bare_debian: %s\n' "$*" >&2; }

# The host's own lines for Debian's main archives of this suite.
host_sources() {
  apt-get indextargets --format '$(ORIGIN) deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
    sed -n "s/^Debian \(deb .* $suite[a-z-]* main\)$/\1/p" | sort -u
}

# The host's proxies, as a configuration of apt.
host_proxies() { apt-config dump Acquire | grep -i 'proxy' || true; }

# make_debian FOLDER
make_debian() {
  local sources mirror
  sources=$(host_sources)
  mirror=$(sed -n "s/^deb \(.*\) $suite main$/\1/p" <<<"$sources" | head -n 1)
  if [[ ! $mirror ]]; then say "this host's apt has no main archive of $suite"; return 1; fi
  say "making a bare $suite in $1"
  if command -v mmdebstrap >/dev/null; then
    host_proxies >"$1.apt"
    mmdebstrap --quiet --mode=root --variant=minbase --include="$with" --aptopt="$1.apt" "$suite" "$1" - <<<"$sources"
    rm "$1.apt"
  else
    debootstrap --variant=minbase --include="$with" "$suite" "$1" "$mirror" >/dev/null
    host_proxies >"$1/etc/apt/apt.conf.d/90host"
  fi
  printf '%s\n' "$sources" >"$1/etc/apt/sources.list"
  cp -L /etc/resolv.conf /etc/hosts "$1/etc/"
  if [[ $package ]]; then
    mkdir "$1/srv/rota"
    cp "$package" "$1/srv/rota.deb"
  else
    git -c 'safe.directory=*' clone --quiet --no-hardlinks "$root" "$1/srv/rota"
  fi
}

# in_debian FOLDER COMMAND: runs it in the clone; leaves "wall user system" and the status in FOLDER/srv/.
in_debian() {
  chroot "$1" /usr/bin/env -i HOME=/srv PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ${ROTA_BUILD_JOBS:+ROTA_BUILD_JOBS="$ROTA_BUILD_JOBS"} bash -c '
      cd /srv/rota
      TIMEFORMAT="%R %U %S" status=0
      exec 3>&1
      { time bash -c "$1" </dev/null >&3 2>&3 || status=$?; } 2>/srv/time
      echo "$status" >/srv/status' bash "$2"
}

# follow LOG: hands lines on, keeps them, and prints the longest time between two on standard output.
follow() {
  local line last=$SECONDS longest=0
  while IFS= read -r line; do
    if ((SECONDS - last > longest)); then longest=$((SECONDS - last)); fi
    last=$SECONDS
    printf '%s\n' "$line" | tee -a "$1" >&2
  done
  if ((SECONDS - last > longest)); then longest=$((SECONDS - last)); fi
  echo "$longest"
}

# measure FOLDER LOG COMMAND: one row of the table.
measure() {
  local load date silence wall user system
  load=$(cut -d ' ' -f 1 /proc/loadavg) date=$(date -u '+%Y-%m-%d %H:%M')
  say "$3"
  silence=$(in_debian "$1" "$3" 2>&1 | follow "$2")
  read -r wall user system <"$1/srv/time"
  awk -v w="$wall" -v u="$user" -v s="$system" -v silence="$silence" -v status="$(<"$1/srv/status")" -v load="$load" \
    -v date="$date" -v command="$3" 'BEGIN {
      printf "%9.1f s  %9.2f min  %7d s  %6d  %6.2f  %s  %s\n", w, (u + s) / 60, silence, status, load, date, command }'
}

# Inside a mount namespace of its own, so that nothing stays mounted however this ends.
measure_all() {
  local folder=$1 log=$2 command
  shift 2
  mount -t proc proc "$folder/proc"
  mount --rbind /sys "$folder/sys"
  mount --rbind /dev "$folder/dev"
  printf 'commit %s, %s processors, ROTA_BUILD_JOBS=%s\n' "$(git -C "$root" rev-parse --short HEAD)" \
    "$(nproc)" "${ROTA_BUILD_JOBS:-}"
  printf '%11s  %13s  %9s  %6s  %6s  %-16s  %s\n' 'wall' 'processors' 'silent' 'status' 'load' 'date (UTC)' 'command'
  for command in "$@"; do measure "$folder" "$log" "$command"; done
}

if [[ ${1-} == --inside ]]; then measure_all "${@:2}"; exit; fi

keep=false package='' with=git,ca-certificates
if [[ ${1-} == --keep ]]; then keep=true; shift; fi
if [[ ${1-} == --package ]]; then package=$2 with=ca-certificates; shift 2; fi
if ((EUID != 0)); then say "only root can make a Debian to change into"; exit 1; fi
install='DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends'
if (($# == 0)) && [[ $package ]]; then
  set -- 'apt-get update -qq' "$install ../rota.deb" '! command -v git cc c++ clang++-19 cmake' 'rota run quickstart' \
    'rota report latest' 'rota check fifo --budget 10s' \
    "$install \$(dpkg-query -W -f '\${Suggests}' rota | tr -d ,)" 'rota new policy random-pick' \
    'cd random-pick && rota new workload add-up' \
    'cmake -S random-pick -B random-pick/build -G Ninja -DCMAKE_CXX_COMPILER=clang++-19' \
    'cmake --build random-pick/build' 'ctest --test-dir random-pick/build --output-on-failure'
elif (($# == 0)); then
  set -- './rota --yes run quickstart' './rota list' './rota check fifo --budget 10s'
fi
folder=$(mktemp -d --tmpdir rota-debian-XXXXXX)
log=$folder.log
chmod 755 "$folder"
if ! $keep; then trap 'rm -rf --one-file-system "$folder"' EXIT; fi
make_debian "$folder"
unshare --mount --propagation private "$BASH" "$self" --inside "$folder" "$log" "$@"
say "all that was printed: $log"
