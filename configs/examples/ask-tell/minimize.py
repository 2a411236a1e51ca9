"""Minimises a function of two variables with hone as a child process. Standard library only.

    python3 minimize.py SPACE.toml [HONE]

Killed at any moment, hone or this script goes on where it stood when it is started again.
"""

import json, subprocess, sys


class Study:
    """A `hone ask-tell` process: one JSON line in, one JSON line out."""

    def __init__(self, spec, hone="hone"):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.process = subprocess.Popen([hone, "ask-tell", spec], **pipes)
        self.hello = json.loads(self.process.stdout.readline())
        self.requests = 0

    def __call__(self, op, **members):
        self.requests += 1
        self.process.stdin.write(json.dumps({"id": self.requests, "op": op, **members}) + "\n")
        answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer


def loss_after(step, x, kind, y=0.0):
    """What a training would show after `step`: it comes nearer to the value of its parameters."""
    value = (x - 1) ** 2 + y**2 if kind == "bowl" else abs(x) + 0.5
    return value + 1 / step


def evaluate(study, trial):
    """Runs one trial up to its budget, unless hone says that it is not worth it."""
    here = {"trial": trial["trial"], "attempt": trial["attempt"]}
    for step in range(1, int(trial["budget"]) + 1):
        metrics = {"loss": loss_after(step, **trial["params"])}
        if study("tell", **here, step=step, metrics=metrics)["verdict"] == "stop":
            break
    return study("finish", **here, state="completed")["state"]


def main():
    study = Study(*sys.argv[1:])
    print(f"{study.hello['study']}: {study.hello['trials']} trials are there", file=sys.stderr)
    while True:
        answer = study("ask", n=2)
        for trial in answer["trials"]:
            state = evaluate(study, trial)
            print(trial["trial"], trial["attempt"], trial["budget"], state, json.dumps(trial["params"]))
        if "done" in answer:
            break
    best = study("best")["best"]
    print("best", best["trial"], best["value"], json.dumps(best["params"]))
    study("close")


main()
