#!/bin/sh
# A trainer with a checkpoint: walks down a valley by gradient descent, one line of report a step. A long rate is fast
# at first and cannot settle, a short one settles and is slow: the best is a schedule of rates.
# Usage: descend.sh --rate=0.1 --momentum=0.5 --steps=40
for word in "$@"; do
  case $word in
    --rate=*) rate=${word#*=} ;;
    --momentum=*) momentum=${word#*=} ;;
    --steps=*) steps=${word#*=} ;;
    *) echo "descend.sh: unknown word $word" >&2; exit 64 ;;
  esac
done
state="0 -1.5 2 0 0"                     # step, place and speed
if [ -n "$HONE_RESUME" ]; then state=$(cat "$HONE_RESUME") || exit 66; fi
awk -v rate="$rate" -v momentum="$momentum" -v steps="$steps" -v state="$state" -v out="$HONE_CHECKPOINT" '
BEGIN {
  split(state, s, " ")
  x = s[2]; y = s[3]; u = s[4]; v = s[5]
  for (step = s[1] + 1; step <= steps; step++) {
    ripple = sin(40 * x) / 4
    u = momentum * u - rate * (2 * (x - 1) + ripple)
    v = momentum * v - rate * 20 * y
    if (u > 1) u = 1; if (u < -1) u = -1; if (v > 1) v = 1; if (v < -1) v = -1
    x += u; y += v
    loss = (x - 1) * (x - 1) + 10 * y * y
    printf "{\"step\":%d,\"loss\":%.6f}\n", step, loss
  }
  printf "%d %.12g %.12g %.12g %.12g\n", steps, x, y, u, v > out
}' >> "$HONE_REPORT"
echo "{\"checkpoint\":\"checkpoint\",\"step\":$steps}" >> "$HONE_REPORT"
