# The micro benchmarks: what `./rota bench` and `./rota bench-gate` do. Sourced by rota.

benchmarks=$root/build/bench/tests/bench

bench_counts() {
  build bench rota_bench rota_counts || exit 1
  exec python3 -B "$root/tests/bench/counts/counts.py" --programs "$benchmarks" "$@"
}

bench() {
  local program=rota_bench
  packages test
  case ${1-} in
    counts) bench_counts "${@:2}" ;;
    explored*) program=rota_bench_explored ;;
    simulated*) program=rota_bench_simulated ;;
  esac
  build bench "$program" || exit 1
  if [[ ${1-} && $1 != -* ]]; then set -- "--benchmark_filter=$1" "${@:2}"; fi
  exec "$benchmarks/$program" "$@"
}

# build_commit COMMIT: the micro benchmarks of another commit, in a work tree of its own; sets `other`.
build_commit() {
  local commit tree
  local git=(git -c "safe.directory=*" -C "$root")
  if ! commit=$("${git[@]}" rev-parse --verify --quiet --end-of-options "$1^{commit}"); then
    say "COMMIT: expected a commit of this repository, got '$1'"
    return 2
  fi
  tree=$root/build/gate/$commit
  if [[ ! -e $tree/CMakePresets.json ]]; then
    rm -rf "$tree"
    mkdir -p "${tree%/*}"
    "${git[@]}" worktree prune
    "${git[@]}" worktree add --quiet --detach "$tree" "$commit" >&2 || return 2
  fi
  if ! (root=$tree CCACHE_BASEDIR=$tree && build bench rota_bench); then
    say "COMMIT: expected a commit whose micro benchmarks can be built, got '$1'"
    return 2
  fi
  other=$tree/build/bench/tests/bench/rota_bench
}

# What is missing is for the program to say.
bench_gate() {
  local builds=() other
  packages run
  if [[ ${1-} && $1 != -* ]]; then
    packages test
    build_commit "$1" || exit
    build bench rota_bench || exit 1
    builds=(--here "$benchmarks/rota_bench" --there "$other")
  fi
  build release rota_command || exit 1
  exec "$programs/rota" bench-gate "$@" "${builds[@]}"
}
