#!/bin/sh
# The small tarball in a bare Debian root, as nobody: bare_tarball.sh ROOT [BUILD]. ROOT is made by
# `debootstrap --variant=minbase bookworm ROOT`; needs root for chroot. Prints size, start and the end of two studies.
set -e
root=$(readlink -f "$1")
build=$(readlink -f "${2:-$(dirname "$(readlink -f "$0")")/../../build/release}")
work=$(mktemp -d)
trap 'umount "$root/proc" 2>/dev/null; rm -rf "$work" "$root/tmp/hone-tarball"' EXIT
cpack --config "$build/CPackConfig.cmake" -G TGZ -B "$work" >/dev/null
mkdir -p "$root/tmp/hone-tarball"
tar xzf "$work"/hone-*.tar.gz -C "$root/tmp/hone-tarball" --strip-components 1
chown -R nobody "$root/tmp/hone-tarball"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"  # every Linux has it, a bare chroot does not
echo "tarball: $(stat -c %s "$work"/hone-*.tar.gz) bytes"
# shellcheck disable=SC2016
chroot --userspec=nobody:nogroup "$root" /bin/bash -c 'cd /tmp/hone-tarball && PATH=$PWD/bin:$PATH
  best=999999
  for i in {1..20}; do
    start=${EPOCHREALTIME/./}; hone --help >/dev/null; took=$((${EPOCHREALTIME/./} - start))
    ((took < best)) && best=$took
  done
  echo "hone --help: fastest of 20 $best us"
  hone run share/hone/configs/external_command.toml --trials 8 -q | tail -4
  hone init && hone run -q hone.toml | tail -4'
