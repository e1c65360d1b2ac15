# What the scripts at the root share: makes a fresh Debian or Ubuntu machine ready. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo -n "$@"; fi
}

is_debian() { command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; }

# A fresh image knows of no packages until it is told to look.
know_packages() {
    [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || as_root apt-get update -qq >/dev/null 2>&1 || true
}

# Installs Debian packages that are missing. Those that cannot be had are named, and the script goes on: whatever needs them says so itself.
need_packages() {
    local missing=() package
    if ! is_debian; then
        say "Not a Debian system: install $* by your own means, if they are missing."
        return
    fi
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    say "Installing: ${missing[*]}"
    as_root apt-get update -qq >/dev/null 2>&1 || true
    # One by one, so that one a system lacks does not hold up the others.
    for package in "${missing[@]}"; do
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null 2>&1 ||
            say "The package $package could not be installed. Install it by hand: apt-get install $package"
    done
}

# Programs that a script cannot do without.
need_programs() {
    local program
    for program in "$@"; do
        command -v "$program" >/dev/null || { say "This needs $program, which is not installed."; exit 1; }
    done
}

# libturbojpeg0 is Debian's name, libturbojpeg Ubuntu's.
turbojpeg_package() { if apt-cache show libturbojpeg0 >/dev/null 2>&1; then echo libturbojpeg0; else echo libturbojpeg; fi; }

need_native_libraries() {
    if is_debian; then
        know_packages
        need_packages "$(turbojpeg_package)" libvips42 ffmpeg
    else
        need_packages libjpeg-turbo libvips ffmpeg
    fi
}

# What links a program that is compiled ahead of time: clang or gcc, whichever is there, and zlib.
need_linker() {
    command -v clang >/dev/null || command -v gcc >/dev/null || need_packages gcc libc6-dev
    ! is_debian || need_packages zlib1g-dev
}

# The SDK that global.json asks for: the machine's own, or one that Microsoft's install script puts in the home directory.
need_dotnet() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    # Without ICU the SDK starts only when it is told to do without cultures; nothing here needs them.
    compgen -G '/usr/lib/*/libicuuc.so.*' >/dev/null || export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.' || return 0
    if [ ! -x "$HOME/.dotnet/dotnet" ]; then
        say "The .NET 10 SDK is missing: installing it to $HOME/.dotnet"
        need_packages ca-certificates curl
        if ! curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 --install-dir "$HOME/.dotnet" >&2; then
            say "The .NET 10 SDK could not be installed. Install it from https://dot.net/download and run this again."
            exit 1
        fi
    fi
    export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
}

# Whether a version of Node.js builds the page: 20.19 and newer do.
builds_the_page() { [ "$(printf '20.19\n%s\n' "${1#v}" | sort -V | head -n 1)" = 20.19 ]; }

# Node.js that builds the page: the machine's own, or the system's package if that is new enough. Without it the page cannot be built.
need_node() {
    local offered
    ! builds_the_page "$(node --version 2>/dev/null)" || ! command -v npm >/dev/null || return 0
    if is_debian; then
        know_packages
        offered=$(apt-cache policy nodejs 2>/dev/null | sed -n 's/ *Candidate: \([0-9.]*\).*/\1/p')
        if builds_the_page "$offered"; then
            need_packages nodejs npm
            ! builds_the_page "$(node --version 2>/dev/null)" || ! command -v npm >/dev/null || return 0
        fi
    fi
    say "The person's page needs Node.js 20.19 or newer with npm. Found: $(node --version 2>/dev/null || echo none); this system offers: ${offered:-none}."
    say "Install it from https://nodejs.org/ and run this again to have the page."
    return 1
}

# Builds in Release; prints only what went wrong.
build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$1" -c Release -v quiet -nologo </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "The build failed."
        exit 1
    fi
    rm -f "$log"
}
