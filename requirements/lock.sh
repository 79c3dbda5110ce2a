#!/bin/sh
# Pin every package by version and hash, for every platform, with no address of any index.
set -eu
cd "$(dirname "$0")/.."
command -v uv >/dev/null 2>&1 || { echo "uv is needed to renew the pins: pip install uv" >&2; exit 2; }
pin() {
    out=$1; shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
        --no-annotate "$@" --output-file "requirements/$out.txt" pyproject.toml requirements/build.in
}
pin run --extra linkage --extra estimation --extra desk --extra images --extra train --extra llm --extra languages
pin dev --extra dev
