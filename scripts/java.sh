#!/bin/sh
# Java of the reasoner tests: Debian's JDK, since a single source file is run as it stands.
set -e
command -v java >/dev/null && java --list-modules 2>/dev/null | grep -q '^jdk.compiler' && exit 0
echo "make: installing Java for the reasoner tests" >&2
sh "$(dirname "$0")/apt.sh" default-jdk-headless
