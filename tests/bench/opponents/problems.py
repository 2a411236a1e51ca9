"""The benchmark problems of tests/bench/problems, reached through their C face."""

import ctypes
import json
import os
import re
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
CURVE_STEPS = 51


def find_library():
    """$HONE_PROBLEMS, else the newest build's libhone_problems_c.so."""
    if "HONE_PROBLEMS" in os.environ:
        return os.environ["HONE_PROBLEMS"]
    built = list(REPOSITORY.glob("build/*/lib/libhone_problems_c.so"))
    if not built:
        raise SystemExit("build it first: cmake --build --preset release --target hone_problems_c")
    return str(max(built, key=lambda path: path.stat().st_mtime))


def load_library():
    library = ctypes.CDLL(find_library())
    text, handle, number = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_double
    numbers = ctypes.POINTER(number)
    for name, result, arguments in [
        ("open", handle, [text, text]),
        ("error", text, []),
        ("describe", text, [handle]),
        ("observe", ctypes.c_int, [handle, text, ctypes.c_ulonglong, ctypes.c_longlong, numbers]),
        ("evaluate", ctypes.c_int, [handle, text, numbers]),
        ("regret", number, [handle, number]),
        ("hypervolume_share", number, [handle, numbers, ctypes.c_int]),
        ("take_curve", ctypes.c_int, [handle, text, numbers]),
        ("curve_score", number, [handle, number]),
    ]:
        function = getattr(library, "hone_problem_" + name)
        function.restype, function.argtypes = result, arguments
    return library


LIBRARY = load_library()


class Problem:
    """One problem; `parameters` are dicts with name, type and low/high/log or choices, sometimes `when`."""

    def __init__(self, name):
        self.handle = LIBRARY.hone_problem_open(name.encode(), None)
        if not self.handle:
            raise SystemExit(f"{name}: {LIBRARY.hone_problem_error().decode()}")
        facts = json.loads(LIBRARY.hone_problem_describe(self.handle))
        self.name = name
        self.goals = facts["goals"]
        self.parameters = facts["parameters"]
        for parameter in self.parameters:
            if "when" in parameter:
                parameter["parent"], parameter["value"] = re.fullmatch(r"(\w+) == '(\w+)'", parameter["when"]).groups()

    def is_active(self, parameter, params):
        return "when" not in parameter or params.get(parameter["parent"]) == parameter["value"]

    def _values(self, function, params, *key):
        values = (ctypes.c_double * len(self.goals))()
        if function(self.handle, json.dumps(params).encode(), *key, values) != 0:
            raise SystemExit(f"{self.name}: {LIBRARY.hone_problem_error().decode()}")
        return list(values)

    def observe(self, params, seed, trial):
        """What the optimiser is told."""
        return self._values(LIBRARY.hone_problem_observe, params, seed, trial)

    def evaluate(self, params):
        """What results are scored by."""
        return self._values(LIBRARY.hone_problem_evaluate, params)

    def score(self, values):
        """Normalised regret of the best of the values, or share of the hypervolume; `values` is a list of vectors."""
        if len(self.goals) == 2:
            flat = [number for pair in values for number in pair]
            return LIBRARY.hone_problem_hypervolume_share(self.handle, (ctypes.c_double * len(flat))(*flat), len(values))
        best = (min if self.goals[0] == "minimize" else max)(value[0] for value in values)
        return LIBRARY.hone_problem_regret(self.handle, best)

    def take_curve(self, params):
        """Losses after 1 … 50 steps of the nearest unused row."""
        losses = (ctypes.c_double * CURVE_STEPS)()
        if LIBRARY.hone_problem_take_curve(self.handle, json.dumps(params).encode(), losses) < 0:
            return None
        return list(losses)[1:]

    def curve_score(self, lowest):
        return LIBRARY.hone_problem_curve_score(self.handle, lowest)
