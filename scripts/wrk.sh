#!/bin/sh
# The load generator of the benchmarks: Debian's wrk.
set -e
command -v wrk >/dev/null && exit 0
echo "make: installing wrk for the benchmarks" >&2
sh "$(dirname "$0")/apt.sh" wrk
