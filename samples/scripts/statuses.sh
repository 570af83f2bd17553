#!/bin/sh
# How many of the URLs on standard input, one a line, have which status, the commonest first; "null" is none at all.
#
#     samples/scripts/statuses.sh <urls.txt
#
# Each line of --format jsonl is an object whose fields are always the same ones in the same order, so that sed is enough; with
# jq it is "jq .status". MARTLET names another martlet than that of this checkout.
set -eu
martlet=${MARTLET:-$(dirname "$0")/../bin/martlet}

# That some fail is what is counted: it is no failure of this.
{ "$martlet" fetch -c 20 --format jsonl --input - "$@" 2>/dev/null || [ $? -eq 1 ]; } |
    sed -n 's/^{"index":[0-9]*,.*"status":\([0-9a-z]*\),"reason".*/\1/p' |
    sort | uniq -c | sort -rn | sed 's/^ *//'
