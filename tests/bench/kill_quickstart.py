#!/usr/bin/env python3
"""kill -9 during quickstart: 20 fresh runs, one kill each at a seeded time uniform over the uninterrupted wall time, half of
them of `hone`, half of one of its workers; then the run is resumed (or goes on) and what it left is examined.

Usage: tests/bench/kill_quickstart.py [--runs 20] [--seed 0] [--set key=value …]
"""
import argparse
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HONE = ROOT / "build/release/bin/hone"


def processes_in(folder):
    """Pids of living processes of ours whose command line or working folder lies in `folder`."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            cwd = os.readlink(entry / "cwd")
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if state != "Z" and (cwd.startswith(folder) or folder in command) and "hone" in command:
            found.append(int(entry.name))
    return found


def children_of(pid):
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            name = (entry / "comm").read_text().strip()
        except OSError:
            continue
        if parent == pid and name.startswith("hone-worker"):
            found.append(int(entry.name))
    return found


def start(folder, extra):
    command = [str(HONE), "run", str(ROOT / "configs/quickstart.toml"), "--events=events.ndjson", *extra]
    return subprocess.Popen(command, cwd=folder, stdout=open(folder + "/out", "ab"), stderr=open(folder + "/err", "ab"))


def announced(folder):
    """The last event that hone had written to its event stream: acknowledged, so it must be in the store."""
    last = 0
    path = pathlib.Path(folder, "events.ndjson")
    for line in path.read_bytes().split(b"\n") if path.exists() else []:
        try:
            last = max(last, json.loads(line)["seq"])
        except (ValueError, KeyError):
            continue
    return last


def stored(folder):
    database = pathlib.Path(folder, "studies/quickstart/study.db")
    if not database.exists():
        return []
    with sqlite3.connect(database) as connection:
        return connection.execute("SELECT seq, kind, trial FROM event ORDER BY seq").fetchall()


def one_run(index, wall, chance, extra):
    kill_worker = index % 2 == 1
    with tempfile.TemporaryDirectory() as folder:
        process = start(folder, extra)
        moment = chance.uniform(0, wall)
        time.sleep(moment)
        victim = "hone"
        if kill_worker:
            workers = children_of(process.pid)
            if workers:
                victim = "worker"
                os.kill(chance.choice(workers), signal.SIGKILL)
            else:
                victim = "no worker alive"
        else:
            process.kill()
        problems = []
        if victim == "hone":
            process.wait()
            time.sleep(3)
            left = processes_in(folder)
            if left:
                problems.append(f"processes left after 3 s: {left}")
            seqs = [row[0] for row in stored(folder)]
            if announced(folder) > len(seqs):
                problems.append(f"{announced(folder)} events acknowledged, {len(seqs)} stored")
            process = start(folder, extra)
        code = process.wait()
        if code != 0:
            problems.append(f"exit code {code}: " + open(folder + "/err").read()[-400:])
        rows = stored(folder)
        if [row[0] for row in rows] != list(range(1, len(rows) + 1)):
            problems.append("event numbers have gaps")
        asked = [row[2] for row in rows if row[1] == "asked"]
        if asked != list(range(len(asked))):
            problems.append(f"trials asked: {asked}")
        finished = [row[2] for row in rows if row[1] in ("completed",)]
        if len(finished) != len(set(finished)):
            problems.append("a trial completed twice")
        if processes_in(folder):
            problems.append("processes left at the end")
        print(f"run {index}: {victim} killed after {moment:.1f} s, {len(asked)} trials, "
              + ("; ".join(problems) if problems else "ok"), flush=True)
        return not problems


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--set", action="append", default=[])
    options = parser.parse_args()
    extra = [word for value in options.set for word in ("--set", value)]
    with tempfile.TemporaryDirectory() as folder:
        begin = time.time()
        if start(folder, extra).wait() != 0:
            sys.exit("the uninterrupted run failed: " + open(folder + "/err").read()[-800:])
        wall = time.time() - begin
    print(f"uninterrupted: {wall:.1f} s", flush=True)
    chance = random.Random(options.seed)
    good = sum(one_run(index, wall, chance, extra) for index in range(options.runs))
    print(f"{good} of {options.runs} runs in order")
    sys.exit(good != options.runs)


if __name__ == "__main__":
    main()
