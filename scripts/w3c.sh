#!/bin/sh
# The W3C's tests of SPARQL result formats, out of the source of rdflib on PyPI, into the folder that is named.
set -e
target=$1
[ -d "$target/csv-tsv-res" ] && exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/pip download -q --disable-pip-version-check --no-deps --no-binary :all: --require-hashes \
  -r requirements/w3c.txt -d "$work"
mkdir -p "$target"
tar xzf "$work"/rdflib-*.tar.gz -C "$work"
cp -r "$work"/rdflib-*/test/data/suites/w3c/sparql11/csv-tsv-res "$work"/rdflib-*/test/data/suites/w3c/sparql11/json-res "$target"
