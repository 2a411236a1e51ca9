#include "tests/bench/problems/c_api.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/param_value.h"
#include "tests/bench/problems/curves.h"
#include "tests/bench/problems/problem.h"

/// What a handle points to: a problem, or curves with their pool.
struct hone_problem {
  hone::BenchmarkProblem problem;
  hone::LearningCurves curves;
  std::optional<hone::CurvePool> pool;
  std::string description;
};

namespace {

using nlohmann::json;

std::string last_error;

/// Runs a call; what it throws becomes the error text and `otherwise` the answer.
template <class Result, class Call>
Result guarded(Result otherwise, const Call& call) {
  try {
    return call();
  } catch (const std::exception& problem) {
    last_error = problem.what();
    return otherwise;
  }
}

hone::Params params_of(const char* text) { return hone::params_from_json(json::parse(text)); }

json describe_parameter(const hone::ParameterSpec& parameter) {
  static const char* const kTypes[] = {"float", "int", "bool", "categorical", "ordinal"};
  json object = {{"name", parameter.name}, {"type", kTypes[static_cast<int>(parameter.type)]}};
  if (parameter.low) object["low"] = *parameter.low;
  if (parameter.high) object["high"] = *parameter.high;
  if (parameter.log != hone::LogScale::none) object["log"] = true;
  if (!parameter.when.empty()) object["when"] = parameter.when;
  for (const hone::ParamValue& choice : parameter.choices) object["choices"].push_back(hone::to_json_value(choice));
  return object;
}

json describe_problem(const hone::BenchmarkProblem& problem) {
  json object = {{"name", problem.name}, {"optimum", problem.optimum}, {"scale", problem.scale}};
  for (hone::Goal goal : problem.goals)
    object["goals"].push_back(goal == hone::Goal::minimize ? "minimize" : "maximize");
  for (const hone::ParameterSpec& parameter : problem.space) {
    object["parameters"].push_back(describe_parameter(parameter));
  }
  return object;
}

}  // namespace

hone_problem* hone_problem_open(const char* name, const char* data) {
  return guarded<hone_problem*>(nullptr, [&] {
    const std::filesystem::path folder = data != nullptr ? data : hone::benchmark_data_folder();
    const std::string text = name;
    auto opened = std::make_unique<hone_problem>();
    if (text.starts_with("curves:")) {
      opened->curves = hone::load_curves(text.substr(7), folder);
      opened->pool.emplace(opened->curves);
      opened->problem.name = text;
      opened->problem.space = opened->curves.space;
      opened->problem.optimum = opened->curves.best;
      opened->problem.scale = opened->curves.median_final - opened->curves.best;
    } else {
      opened->problem = hone::open_problem(text, folder);
    }
    opened->description = describe_problem(opened->problem).dump();
    return opened.release();
  });
}

void hone_problem_close(hone_problem* problem) { delete problem; }

const char* hone_problem_error(void) { return last_error.c_str(); }

const char* hone_problem_describe(hone_problem* problem) { return problem->description.c_str(); }

int hone_problem_observe(hone_problem* problem, const char* params, unsigned long long seed, long long trial,
                         double* values) {
  return guarded(-1, [&] {
    hone::RandomStream noise(seed, trial, "benchmark noise");
    std::ranges::copy(problem->problem.observe(params_of(params), noise), values);
    return 0;
  });
}

int hone_problem_evaluate(hone_problem* problem, const char* params, double* values) {
  return guarded(-1, [&] {
    std::ranges::copy(problem->problem.evaluate(params_of(params)), values);
    return 0;
  });
}

double hone_problem_regret(hone_problem* problem, double value) { return hone::regret(problem->problem, value); }

double hone_problem_share_better(hone_problem* problem, double value) {
  return hone::share_better(problem->problem, value).value_or(-1);
}

double hone_problem_hypervolume_share(hone_problem* problem, const double* points, int n) {
  std::vector<std::array<double, 2>> pairs;
  for (int i = 0; i < n; ++i) pairs.push_back({points[2 * i], points[2 * i + 1]});
  return hone::hypervolume_share(problem->problem, pairs);
}

int hone_problem_take_curve(hone_problem* problem, const char* params, double* losses) {
  return guarded(-1, [&] {
    const auto row = problem->pool ? problem->pool->take(params_of(params)) : std::nullopt;
    if (!row) return -1;
    std::ranges::copy(problem->curves.rows[*row].loss, losses);
    return static_cast<int>(*row);
  });
}

double hone_problem_curve_score(hone_problem* problem, double lowest_loss) {
  return hone::curve_score(problem->curves, lowest_loss);
}
