# debian-archive.sh - where this machine gets its Debian packages. Read in by debian-root and by
# flatpak/local-runtime; it defines functions only.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# The Debian archive that this machine's package sources already name.
find_mirror() {
  {
    apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' | sed -n '/security/d; s/^Debian //p'
    sed -nE 's,^(URIs:|deb( \[[^]]*\])?) +([^ ]*/debian)/?( .*)?$,\3,p' \
      /etc/apt/sources.list /etc/apt/sources.list.d/*
  } 2>/dev/null | head -n 1
}

# The way to it: proxies, certificates, checks.
write_apt_settings() { # write_apt_settings FILE
  apt-config dump | grep -E '^Acquire::(https?::|Check-|Retries)' | grep -vi auto-detect >"$1" || :
}
