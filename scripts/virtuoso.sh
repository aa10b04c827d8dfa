#!/bin/sh
# The other store of the tests: Debian's Virtuoso, never started as a service (oxigraph comes from PyPI).
set -e
[ -x /usr/bin/virtuoso-t ] && [ -x /usr/bin/isql-vt ] && exit 0
echo "make: installing Virtuoso for the tests of remote stores" >&2
sh "$(dirname "$0")/apt.sh" virtuoso-opensource-7-bin
