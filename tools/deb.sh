#!/bin/bash
# deb.sh - makes a Debian package of a folder in which the program is installed
#
#   tools/deb.sh ROOT VERSION OUTDIR
set -eu

root=$1 version=$2 out=$3
architecture=$(dpkg --print-architecture)
package=$out/attune_${version}_$architecture.deb

# Packages that own the libraries the program loads by itself.
depends_by_ldd() {
    local library
    readelf -d "$root/usr/bin/attune" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' |
        while read -r library; do
            dpkg -S "*/$library" 2>/dev/null | sed -n '1s/:.*//p'
        done | LC_ALL=C sort -u | paste -s -d, | sed 's/,/, /g'
}

# The same with the least version of each, where dpkg-dev is installed.
depends_by_shlibdeps() {
    local folder
    folder=$(mktemp -d)
    mkdir "$folder/debian"
    printf 'Source: attune\n\nPackage: attune\nArchitecture: any\n' >"$folder/debian/control"
    cp "$root/usr/bin/attune" "$folder/attune"
    (cd "$folder" && dpkg-shlibdeps -O attune 2>/dev/null) | sed -n 's/^shlibs:Depends=//p'
    rm -rf "$folder"
}

depends=
if command -v dpkg-shlibdeps >/dev/null; then
    depends=$(depends_by_shlibdeps)
fi
if [ -z "$depends" ]; then
    depends=$(depends_by_ldd)
fi
if [ -z "$depends" ]; then
    echo "deb: cannot find what the program depends on" >&2
    exit 1
fi

strip --strip-unneeded "$root/usr/bin/attune"
doc=$root/usr/share/doc/attune
mkdir -p "$doc"
cat >"$doc/copyright" <<'END'
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: attune

Files: *
Copyright: the attune authors
License: GPL-3.0-or-later
 On Debian systems the full text of the GNU General Public License, version 3, is in
 /usr/share/common-licenses/GPL-3.

Files: usr/share/attune/instruments/*
Copyright: the attune authors
License: CC0-1.0
 The instruments are dedicated to the public domain. On Debian systems the full text is
 in /usr/share/common-licenses/CC0-1.0.
END
gzip -n9c CHANGELOG.md >"$doc/changelog.gz"
find "$root/usr/share/man" -type f -name '*.[1-9]' -exec gzip -n9 {} +
find "$root" -type d -empty -delete
find "$root" -type d -exec chmod 755 {} +

mkdir -p "$root/DEBIAN"
cat >"$root/DEBIAN/control" <<END
Package: attune
Version: $version
Section: science
Priority: optional
Architecture: $architecture
Maintainer: attune developers <attune@localhost>
Depends: $depends
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f 1)
Description: survey instruments, interviews, and how good the questions are
 attune asks people the questions of an instrument, in a terminal or by a script,
 keeps every answer on disk before it asks the next, scores the scales, says how
 reliable they are, writes reports and sends finished responses to REDCap.
END
(cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"

dpkg-deb --root-owner-group --build "$root" "$package" >/dev/null
echo "$package"
