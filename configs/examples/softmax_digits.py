#!/usr/bin/env python3
"""Softmax regression on the digits, in plain Python, as a hone trainer.

hone gives parameters as arguments and the rest in the environment: train to HONE_BUDGET epochs, go on from HONE_RESUME,
append report lines to HONE_REPORT, keep checkpoints in HONE_FOLDER. Run by hand it trains 3 epochs and prints.
"""
import argparse
import gzip
import json
import math
import os
import random

parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, required=True)
parser.add_argument("--decay", type=float, required=True)
parser.add_argument("--data", required=True)
parser.add_argument("--rows", type=int, default=600)
options = parser.parse_args()
budget = int(float(os.environ.get("HONE_BUDGET", "3")))
folder = os.environ.get("HONE_FOLDER", ".")
report = open(os.environ.get("HONE_REPORT", "/dev/stdout"), "a")


def say(**line):
    report.write(json.dumps(line) + "\n")
    report.flush()


rows = []
with gzip.open(options.data, "rt") as text:
    for line in text:
        values = [int(v) for v in line.split(",")]
        rows.append(([v / 16 for v in values[:-1]] + [1.0], values[-1]))
random.Random(0).shuffle(rows)
rows = rows[: options.rows]
cut = len(rows) * 3 // 4
train, validation = rows[:cut], rows[cut:]

weights = [[0.0] * 65 for _ in range(10)]
done = 0
resume = os.environ.get("HONE_RESUME")
if resume:
    state = json.load(open(os.path.join(folder, resume)))
    weights, done = state["weights"], state["epoch"]


def scores(x):
    return [sum(a * b for a, b in zip(w, x)) for w in weights]


order = random.Random(int(os.environ.get("HONE_SEED", "0")))
for epoch in range(done + 1, budget + 1):
    order.shuffle(train)
    for x, label in train:
        s = scores(x)
        top = max(s)
        e = [math.exp(v - top) for v in s]
        total = sum(e)
        for c in range(10):
            slope = e[c] / total - (c == label)
            w = weights[c]
            for i, value in enumerate(x):
                if value:
                    w[i] -= options.lr * (slope * value + options.decay * w[i])
    right = sum(max(range(10), key=scores(x).__getitem__) == label for x, label in validation)
    say(step=epoch, val_accuracy=right / len(validation))

name = f"checkpoint-{budget}.json"
with open(os.path.join(folder, name + ".new"), "w") as file:
    json.dump({"weights": weights, "epoch": budget}, file)
os.rename(os.path.join(folder, name + ".new"), os.path.join(folder, name))
say(checkpoint=name, step=budget)
