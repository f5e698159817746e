#!/usr/bin/env bash
# build.sh FAMILY OUT: builds the peers of one family into OUT/bin and writes what compiled them to OUT/compiler.
# `rota peers build` calls it, after it has installed the packages, with ROTA_VERSION_<NAME> in the environment for each
# peer of the family (ROTA_VERSION_TOKIO_CURRENT=1.24.2): what the peer's start line says. ROTA_BUILD_JOBS bounds the
# compilers that run at once.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
family=${1:?the family: a folder here}
mkdir -p "${2:?the folder for what is built}/bin"
out=$(cd "$2" && pwd)
jobs=${ROTA_BUILD_JOBS:-$(nproc)}
cd "$here/$family"

# Debian's own cargo and its crates: what a user has in PATH or in a home folder does not count.
build_rust() {
  unset RUSTFLAGS RUSTUP_TOOLCHAIN RUSTC_WRAPPER
  export CARGO_HOME=$out/cargo CARGO_TARGET_DIR=$out/target RUSTC=/usr/bin/rustc
  /usr/bin/cargo build --offline --release --jobs "$jobs" \
    --config 'source.crates-io.replace-with = "debian"' \
    --config 'source.debian.directory = "/usr/share/cargo/registry"'
  find "$out/target/release" -maxdepth 1 -type f -name 'rota-peer-*' -perm -u+x -exec install -m 755 -t "$out/bin" {} +
  /usr/bin/rustc --version >"$out/compiler"
}

build_go() {
  unset GOROOT GOPATH
  export GOCACHE=$out/cache GOFLAGS=-mod=mod GOPROXY=off GOTOOLCHAIN=local
  /usr/bin/go build -p "$jobs" -trimpath -ldflags "-s -w -X main.version=$ROTA_VERSION_GO" -o "$out/bin/rota-peer-go" .
  /usr/bin/go version >"$out/compiler"
}

build_cpp() {
  local versions=()
  for name in "${!ROTA_VERSION_@}"; do versions+=("-D$name=${!name}"); done
  cmake -S . -B "$out/build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER=clang++-19 \
    -DCMAKE_RUNTIME_OUTPUT_DIRECTORY="$out/bin" "${versions[@]}"
  ninja -C "$out/build" -j "$jobs"
  clang++-19 --version | head -n 1 >"$out/compiler"
}

case $family in
  rust | go | cpp) "build_$family" ;;
  *) printf 'build.sh: %s: there is no such family\n' "$family" >&2; exit 2 ;;
esac
