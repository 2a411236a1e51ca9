#!/bin/sh
# A trainer that knows nothing of hone: fits a polynomial to sin(3x) by gradient descent and prints its loss as it goes.
# Usage: fit_curve.sh --rate=0.1 --momentum=0.9 --degree=3 --steps=100
for word in "$@"; do
  case $word in
    --rate=*) rate=${word#*=} ;;
    --momentum=*) momentum=${word#*=} ;;
    --degree=*) degree=${word#*=} ;;
    --steps=*) steps=${word#*=} ;;
    *) echo "fit_curve.sh: unknown word $word" >&2; exit 64 ;;
  esac
done
exec awk -v rate="$rate" -v momentum="$momentum" -v degree="$degree" -v steps="$steps" '
BEGIN {
  rows = 41
  for (step = 1; step <= steps; step++) {
    loss = 0
    for (d = 0; d <= degree; d++) gradient[d] = 0
    for (i = 0; i < rows; i++) {
      x = -1 + 2 * i / (rows - 1)
      error = -sin(3 * x)
      power = 1
      for (d = 0; d <= degree; d++) { error += weight[d] * power; power *= x }
      loss += error * error / rows
      power = 1
      for (d = 0; d <= degree; d++) { gradient[d] += 2 * error * power / rows; power *= x }
    }
    for (d = 0; d <= degree; d++) {
      speed[d] = momentum * speed[d] - rate * gradient[d]
      weight[d] += speed[d]
    }
    if (step % 10 == 0) printf "step=%d loss=%.6f\n", step, loss
  }
}'
