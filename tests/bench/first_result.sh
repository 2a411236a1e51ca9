#!/bin/sh
# From an installed hone to the first result of a Python script that knows nothing of it, in an empty folder:
#   tests/bench/first_result.sh build/release/bin/hone
set -eu
hone=$(realpath "$1")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > train.py <<'SCRIPT'
import sys
x = float(sys.argv[1])
print(f"loss={(x - 0.3) ** 2}")
SCRIPT
start=$(date +%s.%N)
since() { awk "BEGIN { print $(date +%s.%N) - $start }"; }
"$hone" run --minimize loss --trials 60 --slots 1 -- python3 train.py '{x: 0..1.0}' 2>&1 | while read -r line; do
  case $line in
    *"trial 0 completed"*) echo "first result after $(since) s"; echo "$line" ;;
  esac
done
echo "all 60 trials after $(since) s; files written by the user besides train.py: 0"
