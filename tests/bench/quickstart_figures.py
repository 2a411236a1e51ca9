#!/usr/bin/env python3
"""The figures of configs/quickstart.toml for study seeds 0, 1, 2 (the split stays the same): time of the search, trials at the
top rung, accuracy of the winner and of the compressed model, size, speed of the predict path.

Usage: tests/bench/quickstart_figures.py [--seeds 0 1 2]
"""
import argparse
import json
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
HONE = ROOT / "build/release/bin/hone"


def search_seconds(database):
    with sqlite3.connect(database) as connection:
        first = connection.execute("SELECT min(time_us) FROM event WHERE kind = 'asked'").fetchone()[0]
        last = connection.execute("SELECT max(time_us) FROM event WHERE kind IN ('rested', 'completed')").fetchone()[0]
        trials = connection.execute("SELECT count(*) FROM event WHERE kind = 'asked'").fetchone()[0]
        top = connection.execute("SELECT count(*) FROM event WHERE kind = 'completed'").fetchone()[0]
    return (last - first) / 1e6, trials, top


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    winners, met = [], True
    for seed in parser.parse_args().seeds:
        with tempfile.TemporaryDirectory() as folder:
            command = [HONE, "run", ROOT / "configs/quickstart.toml", "--set", f"study.seed={seed}", "--json", "-q"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
            if done.returncode not in (0, 1):
                sys.exit(done.stderr)
            report = json.loads(done.stdout)["compression"]
            seconds, trials, top = search_seconds(pathlib.Path(folder, "studies/quickstart/study.db"))
            met = met and report["met"]
            winners.append(report["source_test"])
            print(f"seed {seed}: search {seconds:.1f} s, {trials} trials, {top} at the top; test accuracy of the winner "
                  f"{report['source_test']:.4f}, compressed {report['result_test']:.4f}; validation "
                  f"{report['source_validation']:.4f} to {report['result_validation']:.4f}; weights.h5 "
                  f"{report['source_bytes']} to {report['result_bytes']} bytes "
                  f"({report['result_bytes'] / report['source_bytes']:.1%}); "
                  + "; ".join(f"batch {figure['batch']}: {figure['speedup']:.2f} x ({figure['speedup_low']:.2f} to "
                              f"{figure['speedup_high']:.2f}), {figure['source_p50_seconds'] * 1e6:.1f} to "
                              f"{figure['result_p50_seconds'] * 1e6:.1f} us" for figure in report["latency"])
                  + ("" if report["met"] else "; LIMITS MISSED"), flush=True)
    print(f"median test accuracy of the winners {statistics.median(winners):.4f}; limits {'met' if met else 'missed'}")


if __name__ == "__main__":
    main()
