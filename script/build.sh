# Configures and compiles below build/, one folder for each preset, and says so as it happens. Sourced by rota.

# Where there is a ccache, a copy of the tree compiles from the same cache: paths count from its own root.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros

# configure PRESET: once per folder, and again when the presets change or the checkout has moved.
configure() {
  local dir=$root/build/$1 stamp=$root/build/$1/rota-configured
  if [[ -f $stamp && $(<"$stamp") == "$root" && ! $root/CMakePresets.json -nt $stamp ]]; then return; fi
  if [[ -f $stamp && $(<"$stamp") != "$root" ]]; then rm -rf "$dir"; fi
  say "configuring $1"
  if command -v ccache >/dev/null; then export CMAKE_CXX_COMPILER_LAUNCHER=ccache; fi
  mkdir -p "$dir"
  (cd "$root" && cmake --preset "$1") >>"$log" 2>&1 || return 1
  printf '%s\n' "$root" >"$stamp"
}

# follow_ninja PRESET TOTAL: tells how far the ninja is whose words come in, each second also while it says nothing.
follow_ninja() {
  local line status finished=0 total=$2 began=$SECONDS
  trap '' INT  # ends when ninja has
  while true; do
    status=0
    next_line || status=$?
    if ((status == 1)); then break; fi
    if ((status == 0)); then
      if [[ ! $line =~ ^\[([0-9]+)/([0-9]+)\] ]]; then continue; fi
      finished=${BASH_REMATCH[1]} total=${BASH_REMATCH[2]}
    fi
    tell "compiling $1: $finished of $total$(time_left "$finished" "$total" $((SECONDS - began)))"
  done
  tell_end
}

# steps PRESET TARGET …: prints how many are to be done; nothing if CMake has to run before that is known.
steps() {
  local plan
  plan=$(ninja -C "$root/build/$1" -n "${@:2}" 2>&1) || { printf '%s\n' "$plan" >>"$log"; return 1; }
  if [[ $plan == *"no work to do"* ]]; then
    echo 0
  elif [[ $plan != *"Re-running CMake"* && $plan =~ \[1/([0-9]+)\] ]]; then
    echo "${BASH_REMATCH[1]}"
  fi
}

# compile PRESET TARGET …: silent when nothing is out of date.
compile() {
  local total began
  total=$(steps "$@") || return 1
  if [[ ! $total ]]; then
    rm "$root/build/$1/rota-configured"
    configure "$1" || return 1
    total=$(steps "$@") || return 1
  fi
  if [[ $total == 0 ]]; then return; fi
  : "${total:=some}"  # a glob that is checked at each build: ninja knows after it
  say "compiling $1: $total steps"
  began=$SECONDS
  NINJA_STATUS='[%f/%t] ' ninja -C "$root/build/$1" ${ROTA_BUILD_JOBS:+-j "$ROTA_BUILD_JOBS"} "${@:2}" 2>&1 |
    tee -i -a "$log" | follow_ninja "$1" "$total" || return 1
  say "compiled $1 in $(time_text $((SECONDS - began)))"
}

# show_failure LOG: the first step that failed and what its compiler said; the log's end if no step did.
show_failure() {
  if grep -q '^FAILED: ' "$1"; then
    { sed -n '/^FAILED: /,$p' "$1" | grep -v '^\[' | cut -c 1-240 | head -n 60; } >&2 || true
  else
    tail -n 40 "$1" >&2
  fi
}

# build PRESET TARGET …: one at a time per build folder; the lock is let go before anything runs.
build() {
  local lock log=$root/build/$1.log built=true
  mkdir -p "$root/build"
  exec {lock}>"$root/build/$1.lock"
  flock -n "$lock" || { say "another rota is building $1: waiting for it"; flock "$lock"; }
  : >"$log"
  { configure "$1" && compile "$@"; } || built=false
  exec {lock}>&-
  if $built; then return; fi
  show_failure "$log"
  rm -f "$root"/build/packages-*.stamp  # a package may have gone: look again next time
  say "building $1 failed; the whole log: $log"
  return 1
}
