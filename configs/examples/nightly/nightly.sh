#!/bin/sh
# One night. It is never green without a trial: a finished study is followed by a new one (nightly-2, nightly-3, ...),
# an unfinished one goes on; with IF_FINISHED=show changed code is exit 1 instead.
#   0 searched, and good enough    6 not good enough    9 everything fails    7 last night still runs
set -eu
cd "$(dirname "$0")"
hone run nightly.toml --if-finished "${IF_FINISHED:-new}" --require 'accuracy >= 0.7' --deadline 06:00 --json \
  > result.json
