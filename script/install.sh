# What is installed: `./rota install PREFIX` and `./rota package`. Sourced by rota; what cmake says goes to build/install.log.

# logged COMMAND …: runs it with its words in the log, and shows them if it fails.
logged() {
  local log=$root/build/install.log
  if "$@" >"$log" 2>&1; then return; fi
  tail -n 20 "$log" >&2
  say "${1##*/} failed; the whole log: $log"
  return 1
}

install_rota() {
  if (($# != 1)) || [[ $1 == -* ]]; then
    say "install: expected the folder to install into, as in './rota install ~/rota'"
    exit 2
  fi
  local prefix
  prefix=$(realpath -m -- "$1")
  packages run
  build release rota_shipped || exit 1
  logged cmake --install "$root/build/release" --prefix "$prefix" || exit 1
  say "installed: $prefix/bin/rota is the program, and with -DCMAKE_PREFIX_PATH=$prefix CMake finds the rest"
}

package_rota() {
  packages run
  "$BASH" "$root/cmake/packages.sh" "${yes[@]}" these dpkg-dev file
  build release rota_shipped || exit 1
  logged cpack --config "$root/build/release/CPackConfig.cmake" -B "$root/build/package" || exit 1
  say "made $(ls -t "$root"/build/package/rota_*.deb | head -n 1)"
}
