# A shell script as trainer: hone run --minimize loss --trials 20 -- sh rosenbrock.sh '{x: -2.0..2}' '{y: -1.0..3}'
# With `hone emit` in PATH it may report as it goes: hone emit loss=$loss step=1
awk -v x="$1" -v y="$2" 'BEGIN { print "loss=" (1 - x) ^ 2 + 100 * (y - x * x) ^ 2 }'
