# The whole suite: what `./rota test` does. Sourced by rota.

passed=0 failed=0 skipped=0

# suite PRESET TARGET [CTEST ARGS]: a suite that cannot be built, or runs no test, counts as one failure. Tests that are
# asked for by name run each in a process of its own, all others share some.
suite() {
  local preset=$1 target=$2 chosen=$1 junit=$root/build/$1-tests.xml results=$root/build/$1/test-results
  local good=0 bad=0 skips=0 status=0 began
  shift 2
  if ! build "$preset" "$target"; then failed=$((failed + 1)); return; fi
  if [[ " $* " == *" -R"* ]]; then chosen+=-one; fi
  rm -rf "$junit" "$results"
  began=$SECONDS
  (cd "$root" && ctest --preset "$chosen" --output-junit "$junit" "$@") || status=$?
  say "ran the suite $preset in $(time_text $((SECONDS - began)))"
  if [[ -f $junit ]]; then read -r good bad skips < <(python3 -B "$root/tests/support/results.py" "$junit" "$results"); fi
  if ((good + bad <= 0 || (status != 0 && bad == 0))); then
    say "suite $preset: no test ran, or ctest itself failed (status $status)"
    bad=$((bad + 1))
  fi
  passed=$((passed + good)) failed=$((failed + bad)) skipped=$((skipped + skips))
}

run_tests() {
  local quick=false
  if [[ ${1-} == --quick ]]; then quick=true; shift; fi
  packages test
  build release rota_programs || exit 1  # the tests of this script use it
  suite test all "$@"
  if ! $quick; then
    suite tsan core_tests
    suite asan core_tests
  fi
  if ((skipped)); then echo "$skipped skipped"; fi
  echo "$passed passed, $failed failed"
  ((failed == 0 && passed > 0))
}
