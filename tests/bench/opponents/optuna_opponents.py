"""Optuna's samplers with their defaults. Ordinal parameters are integers 0 … K−1, so that their order is known."""

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)

SAMPLERS = {
    "optuna-tpe": lambda seed: optuna.samplers.TPESampler(seed=seed),
    "optuna-gp": lambda seed: optuna.samplers.GPSampler(seed=seed),
    "optuna-cmaes": lambda seed: optuna.samplers.CmaEsSampler(seed=seed),
    "optuna-nsga2": lambda seed: optuna.samplers.NSGAIISampler(seed=seed),
    "random": lambda seed: optuna.samplers.RandomSampler(seed=seed),
}
VERSION = "optuna " + optuna.__version__


def suggest(trial, problem):
    params = {}
    for parameter in problem.parameters:
        name, kind = parameter["name"], parameter["type"]
        if not problem.is_active(parameter, params):
            continue
        if kind == "categorical":
            params[name] = trial.suggest_categorical(name, parameter["choices"])
        elif kind == "ordinal":
            params[name] = parameter["choices"][trial.suggest_int(name, 0, len(parameter["choices"]) - 1)]
        else:
            params[name] = trial.suggest_float(name, parameter["low"], parameter["high"], log=parameter.get("log", False))
    return params


class OptunaOpponent:
    version = VERSION

    def __init__(self, kind, problem, seed, trials):
        self.problem = problem
        self.study = optuna.create_study(directions=problem.goals, sampler=SAMPLERS[kind](seed))

    def ask(self):
        self.trial = self.study.ask()
        return suggest(self.trial, self.problem)

    def tell(self, values):
        self.study.tell(self.trial, values)


def run_hyperband(problem, seed, spend):
    """Hyperband with TPE on learning curves. `spend(loss)` books a step and is False once the budget is used up."""
    study = optuna.create_study(
        sampler=optuna.samplers.TPESampler(seed=seed),
        pruner=optuna.pruners.HyperbandPruner(min_resource=1, max_resource=50, reduction_factor=3),
    )
    while True:
        trial = study.ask()
        losses = problem.take_curve(suggest(trial, problem))
        if losses is None:
            return
        state = optuna.trial.TrialState.COMPLETE
        for step, loss in enumerate(losses, start=1):
            if not spend(loss):
                return
            trial.report(loss, step)
            # A diverged run is pruned, not failed: so TPE learns that it was bad.
            if loss != loss or trial.should_prune():
                state = optuna.trial.TrialState.PRUNED
                break
        study.tell(trial, loss if state == optuna.trial.TrialState.COMPLETE else None, state=state)
