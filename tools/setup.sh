#!/bin/bash
# setup.sh - finds which Debian packages are missing, and installs them
#
#   tools/setup.sh       what building and testing needs
#   tools/setup.sh ci    also what .ci/run needs: clang, linters, Chromium
#
# As root, or with sudo, it installs; else it prints the one command to run and stops.
set -u

packages=(gcc libc6-dev pkg-config libjansson-dev libsqlite3-dev libcurl4-openssl-dev
    libgsl-dev libopenblas-dev liblapacke-dev libncurses-dev libfribidi-dev libunistring-dev
    libsodium-dev libcmocka-dev libvterm-dev libmicrohttpd-dev)
if [ "${1:-}" = ci ]; then
    packages+=(clang libclang-rt-14-dev clang-format clang-tidy cppcheck shellcheck
        valgrind mandoc tmux gettext chromium python3-jsonschema dpkg-dev)
fi

if ! command -v dpkg-query >/dev/null; then
    echo "setup: this is not Debian; what attune needs is called there:" >&2
    echo "  ${packages[*]}" >&2
    exit 0
fi

installed=" $(dpkg-query -W -f '${db:Status-Abbrev}|${Package} ' "${packages[@]}" \
    2>/dev/null) "
missing=()
for package in "${packages[@]}"; do
    case $installed in
    *"ii |$package "*) ;;
    *) missing+=("$package") ;;
    esac
done
if [ ${#missing[@]} = 0 ]; then
    exit 0
fi

echo "setup: missing packages: ${missing[*]}" >&2
if [ "$(id -u)" = 0 ]; then
    as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
elif command -v sudo >/dev/null && [ -t 0 ] && [ -t 2 ]; then
    as_root=(sudo)
else
    echo "setup: neither root nor sudo; run this as root, then try again:" >&2
    echo "  apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
    exit 1
fi

# On a fresh machine the lists are empty or old: fetch them when the first try fails.
install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q
    --no-install-recommends "${missing[@]}")
if ! "${install[@]}" </dev/null; then
    "${as_root[@]}" apt-get update -q </dev/null || exit 1
    "${install[@]}" </dev/null || exit 1
fi
