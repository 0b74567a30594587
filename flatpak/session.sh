# session.sh - an installation of Flatpak of its own, and the buses it needs. Read in by the scripts
# of this folder; the user's and the system's own Flatpaks are neither used nor changed.
#
# SPDX-License-Identifier: GPL-3.0-or-later

id=io.github.kilter_sop.Kilter
cache=${KILTER_FLATPAK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/kilter/flatpak}
manifest=$top/flatpak/$id.json
out=$top/_out/flatpak

say() { printf 'flatpak: %s\n' "$*" >&2; }
die() { say "$*"; exit 1; }
value() { sed -n "s/^  \"$1\": \"\(.*\)\",\$/\1/p" "$manifest"; }
remove() { chmod -R u+rwX "$@" 2>/dev/null || :; rm -rf --one-file-system "$@"; }

need_tools() {
  local tool missing=()
  for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
  [ ${#missing[@]} -eq 0 ] || die "not installed: ${missing[*]} (on Debian: sudo apt-get install flatpak flatpak-builder elfutils librsvg2-common mmdebstrap uidmap dbus-daemon)"
}

# Goes on under a session bus, with a folder for what runs; "$@": the script and its arguments.
enter_session() {
  mkdir -p "$cache"
  export FLATPAK_USER_DIR=$cache/installation
  export XDG_DATA_DIRS=$FLATPAK_USER_DIR/exports/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}
  if [ ! -d "${XDG_RUNTIME_DIR:-}" ]; then
    export XDG_RUNTIME_DIR=$cache/run
    mkdir -p "$XDG_RUNTIME_DIR"; chmod 700 "$XDG_RUNTIME_DIR"
  fi
  [ -n "${DBUS_SESSION_BUS_ADDRESS:-}" ] || exec dbus-run-session -- "$@"
  # installing asks the system bus about parental controls; a container may have none
  [ -S /run/dbus/system_bus_socket ] || export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS
}
