#!/bin/sh
# The Nu HTML checker, one jar in the npm package vnu-jar, for tests/api/test_html.py; into the folder that is named.
set -e
version=26.9.27
sha512=4e441de4315f39a582f5e6edbe8cd3b2b1f655aa1dde3620faface791133217c417b12f3f7ead2d8336d8e7efe44f5226618258b44a0860057e9125135e6b428 # what the registry calls its integrity, as letters
target=$1
grep -qsx "$version" "$target/version" && exit 0
command -v curl >/dev/null || sh "$(dirname "$0")/apt.sh" curl ca-certificates
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl -fsSL --retry 3 -o "$work/vnu.tgz" "https://registry.npmjs.org/vnu-jar/-/vnu-jar-$version.tgz"
if ! echo "$sha512  $work/vnu.tgz" | sha512sum -c --quiet - >&2; then
  echo "vnu-jar $version: the file that came is not the one that was reviewed; nothing was installed" >&2
  exit 1
fi
tar xzf "$work/vnu.tgz" -C "$work"
mkdir -p "$target"
cp "$work/package/build/dist/vnu.jar" "$work/package/LICENSE" "$target"
echo "$version" >"$target/version"
