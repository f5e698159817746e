# The whole suite: what `./rota test` does. Sourced by rota.

passed=0 failed=0 skipped=0

# count FILE NAME: a number out of the head of ctest's JUnit file; 0 if there is none.
count() {
  local head=''
  if [[ -f $1 ]]; then head=$(head -n 12 "$1"); fi
  if [[ $head =~ [[:space:]]$2=\"([0-9]+)\" ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

# suite PRESET TARGET [CTEST ARGS]: a suite that cannot be built, or runs no test, counts as one failure.
suite() {
  local preset=$1 target=$2 junit=$root/build/$1-tests.xml tests bad skips status=0
  shift 2
  if ! build "$preset" "$target"; then failed=$((failed + 1)); return; fi
  rm -f "$junit"
  (cd "$root" && ctest --preset "$preset" --output-junit "$junit" "$@") || status=$?
  tests=$(count "$junit" tests) bad=$(count "$junit" failures)
  skips=$(($(count "$junit" skipped) + $(count "$junit" disabled)))
  if ((tests - skips <= 0 || (status != 0 && bad == 0))); then
    say "suite $preset: no test ran, or ctest itself failed (status $status)"
    bad=$((bad + 1)) tests=$((tests + 1))
  fi
  passed=$((passed + tests - bad - skips)) failed=$((failed + bad)) skipped=$((skipped + skips))
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
