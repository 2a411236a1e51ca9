#!/bin/sh
# A trainer for the examples: made-up loss, latency and memory of a network of this width and depth, without training.
# Usage: machine_model.sh --width=64 --depth=4 --batch=32 --precision=half
for word in "$@"; do
  case $word in
    --width=*) width=${word#*=} ;;
    --depth=*) depth=${word#*=} ;;
    --batch=*) batch=${word#*=} ;;
    --precision=*) precision=${word#*=} ;;
    *) echo "machine_model.sh: unknown word $word" >&2; exit 64 ;;
  esac
done
exec awk -v width="$width" -v depth="$depth" -v batch="$batch" -v precision="$precision" '
BEGIN {
  bytes = precision == "half" ? 2 : 4
  weights = depth * width * width
  loss = 0.2 + 3 / sqrt(width) + 0.4 / depth + (precision == "half" ? 0.01 : 0) + 0.02 * sqrt(batch / 32)
  printf "loss=%.6f latency_ms=%.6f memory_mib=%.6f\n", loss, 0.2 + weights * bytes / 400000, bytes * (weights + batch * width * depth) / 1048576
}'
