# lib.sh - what the tests of the command line share; sourced.
# SPDX-License-Identifier: GPL-3.0-or-later
#
#   . lib.sh BUILDDIR
set -eu

build=$1
source=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd -P)
work=$(mktemp -d "${TMPDIR:-/tmp}/kilter-cli-XXXXXX")
trap 'rm -rf "$work"' EXIT
export XDG_STATE_HOME=$work/state XDG_CACHE_HOME=$work/cache XDG_CONFIG_HOME=$work/config HOME=$work
export KILTER_LIBEXECDIR=$build/src/exchange G_DEBUG=${G_DEBUG-fatal-criticals}
cd "$work"

kilterctl() { "$source/tests/uninstalled" "$build" kilterctl "$@"; }

fail() { echo "FAIL: $*" >&2; exit 1; }

# expect STATUS COMMAND...: runs it; output in ./out, messages in ./err
expect() {
  local wanted=$1 got=0; shift
  "$@" >out 2>err || got=$?
  [ "$got" = "$wanted" ] || { cat out err >&2; fail "status $got, not $wanted: $*"; }
  ! grep -q -e CRITICAL -e WARNING err || { cat err >&2; fail "complaints: $*"; }
}

# says FILE PATTERN: the file has a line that matches
says() { grep -q -e "$2" "$1" || { cat "$1" >&2; fail "nothing in $1 says: $2"; }; }

# unchanged COMMAND...: plan.kilter is byte for byte what it was
unchanged() {
  local before after
  before=$(sha256sum <plan.kilter)
  "$@"
  after=$(sha256sum <plan.kilter)
  [ "$before" = "$after" ] || fail "the plan changed: $*"
}
