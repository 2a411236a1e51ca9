"""Logistic regression on points of two classes, without any library: prints its accuracy on points it has not seen."""
import argparse
import math
import random

parser = argparse.ArgumentParser()
parser.add_argument("--rate", type=float, required=True)
parser.add_argument("--steps", type=int, required=True)
options = parser.parse_args()

rng = random.Random(1)
points = [(rng.gauss(c, 1), rng.gauss(-c, 1), c) for c in (0, 1) for _ in range(100)]
rng.shuffle(points)
train, test = points[:100], points[100:]


def probability(weights, x, y):
    return 1 / (1 + math.exp(-(weights[0] * x + weights[1] * y + weights[2])))


weights = [0.0, 0.0, 0.0]
for step in range(options.steps):
    slope = [0.0, 0.0, 0.0]
    for x, y, label in train:
        error = label - probability(weights, x, y)
        slope = [s + error * v for s, v in zip(slope, (x, y, 1))]
    weights = [w + options.rate * s / len(train) for w, s in zip(weights, slope)]

right = sum((probability(weights, x, y) > 0.5) == (label == 1) for x, y, label in test)
print(f"accuracy={right / len(test)}")
