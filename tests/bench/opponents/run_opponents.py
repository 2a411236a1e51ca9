#!/usr/bin/env python3
"""Runs an opponent on benchmark problems and appends one CSV row a run. Rows that are there are left out, so that it can
be interrupted and continued; several may append to one file.

    run_opponents.py --opponent optuna-tpe --problem table:naval table:car --seeds 0-29 --trials 100 -o results/tables.csv
    run_opponents.py --opponent optuna-gp --problem 'bbob:f{1-24}:d5:i{seed}' --seeds 1-10 --trials 100 -o results/bbob.csv
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import argparse
import csv
import fcntl
import math
import re
import time
import warnings
from pathlib import Path

from problems import Problem

warnings.filterwarnings("ignore")

TRIAL_CHECKPOINTS = [10, 25, 40, 50, 100, 200, 300]
CURVE_CHECKPOINTS = [250, 500, 1000, 2500]
CURVE_OPPONENTS = ["optuna-hyperband-tpe", "random-asha"]


def columns(checkpoints):
    return ["opponent", "version", "problem", "seed", "trials", *[f"at_{n}" for n in checkpoints], "repeats", "seconds", "host"]


def host_class():
    """Processor and number of cores; never a name."""
    model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    return f"{model.group(1) if model else os.uname().machine}, {os.cpu_count()} cores"


def make_opponent(kind, problem, seed, trials):
    if kind == "smac":
        from other_opponents import SmacOpponent

        return SmacOpponent(problem, seed, trials)
    if kind == "hebo":
        from other_opponents import HeboOpponent

        return HeboOpponent(problem, seed, trials)
    from optuna_opponents import OptunaOpponent

    return OptunaOpponent(kind, problem, seed, trials)


def run_trials(kind, name, seed, trials):
    problem = Problem(name)
    opponent = make_opponent(kind, problem, seed, trials)
    truths, seen, scores = [], set(), {}
    for trial in range(trials):
        params = opponent.ask()
        seen.add(repr(sorted(params.items())))
        opponent.tell(problem.observe(params, seed, trial))
        truths.append(problem.evaluate(params))
        if trial + 1 in TRIAL_CHECKPOINTS:
            scores[trial + 1] = problem.score(truths)
    return opponent.version, scores, trials - len(seen)


def run_curves(kind, name, seed, units):
    problem = Problem(name)
    scores, state = {}, {"spent": 0, "lowest": math.inf}

    def spend(loss):
        if state["spent"] == units:
            return False
        state["spent"] += 1
        if loss == loss:
            state["lowest"] = min(state["lowest"], loss)
        if state["spent"] in CURVE_CHECKPOINTS:
            scores[state["spent"]] = problem.curve_score(state["lowest"])
        return True

    if kind == "random-asha":
        from random_asha import run_random_asha

        run_random_asha(problem, seed, spend)
        return "this folder", scores, 0
    import optuna_opponents

    optuna_opponents.run_hyperband(problem, seed, spend)
    return optuna_opponents.VERSION, scores, 0


def expand(problems):
    """`f{1-24}` stands for 24 names; `{seed}` stays."""
    for problem in problems:
        counted = re.search(r"\{(\d+)-(\d+)\}", problem)
        if counted is None:
            yield problem
            continue
        for number in range(int(counted[1]), int(counted[2]) + 1):
            yield problem.replace(counted[0], str(number))


def seeds_of(text):
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def rows_done(path):
    if not path.exists():
        return set()
    with path.open() as file:
        return {(row["opponent"], row["problem"], row["seed"], row["trials"]) for row in csv.DictReader(file)}


def append_row(path, header, row):
    """One write under a lock: a row is there whole or not at all."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        writer = csv.DictWriter(file, header, restval="", lineterminator="\n")
        if path.stat().st_size == 0:
            writer.writeheader()
        writer.writerow(row)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opponent", required=True, nargs="+")
    parser.add_argument("--problem", required=True, nargs="+")
    parser.add_argument("--seeds", default="0-29", type=seeds_of)
    parser.add_argument("--trials", default=100, type=int, help="of curves: steps in all")
    parser.add_argument("-o", "--output", required=True, type=Path)
    arguments = parser.parse_args()
    for kind in arguments.opponent:
        on_curves = kind in CURVE_OPPONENTS
        checkpoints = CURVE_CHECKPOINTS if on_curves else TRIAL_CHECKPOINTS
        # Seed by seed, so that an interrupted run has all problems.
        for seed in arguments.seeds:
            for template in expand(arguments.problem):
                name = template.replace("{seed}", str(seed))
                if (kind, name, str(seed), str(arguments.trials)) in rows_done(arguments.output):
                    continue
                started = time.perf_counter()
                version, scores, repeats = (run_curves if on_curves else run_trials)(kind, name, seed, arguments.trials)
                row = {"opponent": kind, "version": version, "problem": name, "seed": seed, "trials": arguments.trials,
                       "repeats": repeats, "seconds": f"{time.perf_counter() - started:.2f}", "host": host_class()}
                row.update({f"at_{n}": f"{score:.6g}" for n, score in scores.items()})
                append_row(arguments.output, columns(checkpoints), row)


if __name__ == "__main__":
    main()
