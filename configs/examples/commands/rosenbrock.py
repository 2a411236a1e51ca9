"""A script that knows nothing of hone:
hone run --minimize loss --trials 20 -- python3 rosenbrock.py --x '{x: -2.0..2}' --y '{y: -1.0..3}'"""
import argparse

parser = argparse.ArgumentParser()
parser.add_argument("--x", type=float)
parser.add_argument("--y", type=float)
options = parser.parse_args()
print(f"loss={(1 - options.x) ** 2 + 100 * (options.y - options.x ** 2) ** 2}")
