"""ASHA by promotion (Li et al. 2020, algorithm 2) with uniform proposals: the baseline of the learning curves."""

import random

RUNGS = [1, 3, 9, 27, 50]
ETA = 3


def draw(problem, stream):
    params = {}
    for parameter in problem.parameters:
        low, high = parameter["low"], parameter["high"]
        params[parameter["name"]] = min(high, max(low, low * (high / low) ** stream.random()))
    return params


def promotable(results, promoted):
    """The best trial of the highest rung that stands in the top ⌊m/η⌋ and was not promoted yet."""
    for rung in reversed(range(len(RUNGS) - 1)):
        ranked = sorted(results[rung], key=lambda entry: entry[0])
        for loss, trial in ranked[: len(ranked) // ETA]:
            if trial not in promoted[rung] and loss < float("inf"):
                return rung, trial
    return None


def run_random_asha(problem, seed, spend):
    """`spend(loss)` books a step and is False once the budget is used up; a promotion continues where the run rested."""
    stream = random.Random(seed)
    results = [[] for _ in RUNGS]
    promoted = [set() for _ in RUNGS]
    curves = []
    while True:
        chosen = promotable(results, promoted)
        if chosen is None:
            losses = problem.take_curve(draw(problem, stream))
            if losses is None:
                return
            curves.append(losses)
            trial, rung, done = len(curves) - 1, 0, 0
        else:
            below, trial = chosen
            promoted[below].add(trial)
            rung, done = below + 1, RUNGS[below]
        for loss in curves[trial][done : RUNGS[rung]]:
            if not spend(loss):
                return
            if loss != loss:
                break
        results[rung].append((loss if loss == loss else float("inf"), trial))
