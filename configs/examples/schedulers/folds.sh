#!/bin/sh
# A trainer without budget: the error of a ridge regression on each of ten folds, one line of report a fold.
# Usage: folds.sh --ridge=1
ridge=${1#--ridge=}
exec awk -v ridge="$ridge" '
BEGIN {
  rows = 60
  for (i = 0; i < rows; i++) { x[i] = i / rows * 2 - 1; y[i] = 2 * x[i] + sin(37 * i) / 2 }
  for (fold = 0; fold < 10; fold++) {
    xy = 0; xx = ridge
    for (i = 0; i < rows; i++) if (i % 10 != fold) { xy += x[i] * y[i]; xx += x[i] * x[i] }
    error = 0
    for (i = fold; i < rows; i += 10) error += (y[i] - xy / xx * x[i]) ^ 2 * 10 / rows
    printf "@hone {\"step\":%d,\"error\":%.6f}\n", fold + 1, error
    fflush()
  }
}'
