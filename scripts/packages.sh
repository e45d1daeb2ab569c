# Sourced by the other scripts: finds cargo, and installs missing Debian or Ubuntu packages.

# Puts cargo on the path, or says where to get it.
need_cargo() {
    if ! command -v cargo >/dev/null && [ -x "$HOME/.cargo/bin/cargo" ]; then
        PATH="$HOME/.cargo/bin:$PATH"
    fi
    if ! command -v cargo >/dev/null; then
        echo "Rust is not installed. Get it from https://rustup.rs (version 1.95 or newer), then run this again." >&2
        exit 1
    fi
}

# need_packages WHY PACKAGE…: installs those that are missing.
need_packages() {
    local why=$1 package missing=() sudo=()
    shift
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "Not a Debian or Ubuntu system: if something is missing $why, install what your system calls: $*"
        return
    fi
    for package; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are needed $why; ask an administrator to install them: ${missing[*]}" >&2
            exit 1
        fi
        sudo=(sudo)
    fi
    echo "Installing packages needed $why: ${missing[*]}"
    local log
    log=$(mktemp)
    if ! { "${sudo[@]}" apt-get update -qq &&
        "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        cat "$log" >&2
        echo "The packages could not be installed; see above. Install them by hand: ${missing[*]}" >&2
        exit 1
    fi
    rm -f "$log"
}

# Rust links with the system's C compiler; the allocator is C and built with make.
need_linker() {
    command -v cc >/dev/null || need_packages "to link Rust programs" gcc libc6-dev
    command -v make >/dev/null || need_packages "to build the allocator" make
}

# What the window loads when it starts (X11 or Wayland, OpenGL).
WINDOW_PACKAGES=(libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon0 libxkbcommon-x11-0 libwayland-client0 libwayland-egl1
    libegl1 libgl1 libgl1-mesa-dri)
