# What the scripts at the root share: makes a fresh Debian or Ubuntu machine ready. Sourced, not run.

say() { printf '%s\n' "$*" >&2; }

# Installs Debian packages that are missing, naming what each is for. With no right to install it says what to run, and goes on:
# whatever needs the package then says so itself.
need_packages() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
    say "Installing: ${missing[*]}"
    if ! { "${as_root[@]}" apt-get update -qq && DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null 2>"${TMPDIR:-/tmp}/takeitdown-apt.$$"; then
        tail -n 3 "${TMPDIR:-/tmp}/takeitdown-apt.$$" >&2
        say "These packages could not be installed; install them by hand: apt-get install ${missing[*]}"
    fi
    rm -f "${TMPDIR:-/tmp}/takeitdown-apt.$$"
}

# libturbojpeg0 is Debian's name, libturbojpeg Ubuntu's.
turbojpeg_package() { if apt-cache show libturbojpeg0 >/dev/null 2>&1; then echo libturbojpeg0; else echo libturbojpeg; fi; }

need_native_libraries() {
    command -v dpkg-query >/dev/null || { say "Not a Debian system: install libjpeg-turbo, libvips and ffmpeg by your own means."; return; }
    [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit 2>/dev/null)" ] || { [ "$(id -u)" -ne 0 ] || apt-get update -qq >/dev/null 2>&1 || true; }
    need_packages "$(turbojpeg_package)" libvips42 ffmpeg
}

# The SDK that global.json asks for: the machine's own, or one that Microsoft's install script puts in the home directory.
need_dotnet() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
        if [ ! -x "$HOME/.dotnet/dotnet" ]; then
            say "The .NET 10 SDK is missing: installing it to $HOME/.dotnet"
            need_packages ca-certificates curl libicu72 2>/dev/null || true
            if ! curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 --install-dir "$HOME/.dotnet" >&2; then
                say "The .NET 10 SDK could not be installed. Install it from https://dot.net/download and run this again."
                exit 1
            fi
        fi
        export PATH="$HOME/.dotnet:$PATH" DOTNET_ROOT="$HOME/.dotnet"
    fi
}

# Builds in Release; prints only what went wrong.
build() {
    local log
    log=$(mktemp)
    if ! dotnet build "$1" -c Release -v quiet -nologo >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        say "The build failed."
        exit 1
    fi
    rm -f "$log"
}
