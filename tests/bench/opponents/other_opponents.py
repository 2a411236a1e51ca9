"""SMAC and HEBO with their defaults; each is imported only when it is asked for."""

import importlib.metadata
import tempfile


class SmacOpponent:
    """SMAC's HyperparameterOptimizationFacade: random forest, log EI, Sobol start-up."""

    def __init__(self, problem, seed, trials):
        import smac
        from ConfigSpace import (CategoricalHyperparameter, ConfigurationSpace, OrdinalHyperparameter,
                                 UniformFloatHyperparameter)

        self.version = "smac " + importlib.metadata.version("smac")
        self.folder = tempfile.TemporaryDirectory()
        self.problem = problem
        space = ConfigurationSpace(seed=seed)
        for parameter in problem.parameters:
            if parameter["type"] == "categorical":
                axis = CategoricalHyperparameter(parameter["name"], parameter["choices"])
            elif parameter["type"] == "ordinal":
                axis = OrdinalHyperparameter(parameter["name"], list(range(len(parameter["choices"]))))
            else:
                axis = UniformFloatHyperparameter(parameter["name"], parameter["low"], parameter["high"],
                                                  log=parameter.get("log", False))
            space.add(axis)
        scenario = smac.Scenario(space, deterministic=True, n_trials=trials, seed=seed, output_directory=self.folder.name)
        facade = smac.HyperparameterOptimizationFacade
        self.optimizer = facade(scenario, lambda config, seed=0: 0.0, overwrite=True, logging_level=False)

    def ask(self):
        self.info = self.optimizer.ask()
        params = dict(self.info.config)
        for parameter in self.problem.parameters:
            value = params[parameter["name"]]
            if parameter["type"] == "ordinal":
                params[parameter["name"]] = parameter["choices"][int(value)]
            elif parameter["type"] == "categorical":
                params[parameter["name"]] = str(value)
        return params

    def tell(self, values):
        from smac.runhistory.dataclasses import TrialValue

        sign = 1 if self.problem.goals[0] == "minimize" else -1
        self.optimizer.tell(self.info, TrialValue(cost=sign * values[0]))


class HeboOpponent:
    def __init__(self, problem, seed, trials):
        import numpy
        import torch
        from hebo.design_space.design_space import DesignSpace
        from hebo.optimizers.hebo import HEBO

        numpy.random.seed(seed)
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        self.numpy = numpy
        self.version = "hebo " + importlib.metadata.version("hebo")
        self.problem = problem
        axes = []
        for parameter in problem.parameters:
            axis = {"name": parameter["name"]}
            if parameter["type"] == "categorical":
                axis.update(type="cat", categories=parameter["choices"])
            elif parameter["type"] == "ordinal":
                axis.update(type="int", lb=0, ub=len(parameter["choices"]) - 1)
            else:
                axis.update(type="pow" if parameter.get("log") else "num", lb=parameter["low"], ub=parameter["high"])
            axes.append(axis)
        self.optimizer = HEBO(DesignSpace().parse(axes), scramble_seed=seed)

    def ask(self):
        self.suggestion = self.optimizer.suggest(n_suggestions=1)
        params = {}
        for parameter in self.problem.parameters:
            value = self.suggestion.iloc[0][parameter["name"]]
            if parameter["type"] == "ordinal":
                params[parameter["name"]] = parameter["choices"][int(value)]
            else:
                params[parameter["name"]] = str(value) if parameter["type"] == "categorical" else float(value)
        return params

    def tell(self, values):
        sign = 1 if self.problem.goals[0] == "minimize" else -1
        self.optimizer.observe(self.suggestion, self.numpy.array([[sign * values[0]]]))
