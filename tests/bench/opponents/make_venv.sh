#!/usr/bin/env bash
# Makes the test-only virtual environments of the opponents: make_venv.sh optuna|smac|hebo … They never meet the product.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
cd "$here/../../.."
for peer in "$@"; do
  options=()
  # HEBO's own pins contradict each other: its list names all that it imports, and nothing is resolved.
  [ "$peer" = hebo ] && options=(--no-deps)
  python3 -m venv .deps/peers/"$peer"
  .deps/peers/"$peer"/bin/pip install --quiet --disable-pip-version-check "${options[@]}" \
    --requirement "$here/requirements-$peer.txt"
done
