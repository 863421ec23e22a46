# Shared by the scripts in this folder: what to install and how to say so. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

build_packages=(
    gcc libc6-dev make cmake ninja-build pkg-config re2c lemon libcjson-dev libidn2-dev python3
    dpkg-dev patch xz-utils debian-archive-keyring # to build libmicrohttpd from its source package
)

say() { printf '\n== %s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 2; }

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        command -v sudo >/dev/null || die "not root and no sudo: cannot run \`$*\`"
        sudo "$@"
    fi
}

installed() {
    [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# Install the packages that are missing; without any, apt is not even called.
install_packages() {
    local package log missing=()
    command -v dpkg-query >/dev/null || die "needs Debian or a relative of it; README.md has a container recipe"
    for package in "$@"; do
        installed "$package" || missing+=("$package")
    done
    ((${#missing[@]})) || return 0
    say "Installing with apt: ${missing[*]}"
    log=$root/build/apt.log
    { as_root apt-get update -qq && as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -qq --yes --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
        { cat "$log" >&2; die "apt could not install them"; }
}

# npm may come from elsewhere than Debian, so the command counts, not the package.
install_npm() {
    command -v npm >/dev/null || install_packages nodejs npm ca-certificates
}

# build_preset PRESET [BUILD-OPTION...]
build_preset() {
    local log=$root/build/$1.configure.log
    say "Building build/$1"
    cmake --preset "$1" -S "$root" 2>&1 | tee "$log" |
        { grep --line-buffered -E '^(libmicrohttpd:|-- Swagger UI)' || true; } ||
        { cat "$log" >&2; die "cmake --preset $1 failed"; }
    cmake --build "$root/build/$1" "${@:2}"
}
