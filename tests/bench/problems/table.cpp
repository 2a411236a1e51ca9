#include "tests/bench/problems/table.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/error.h"
#include "core/statistics.h"
#include "tests/bench/problems/table_file.h"

namespace hone {
namespace {

bool same_value(const ParamValue& a, const ParamValue& b) {
  const bool texts = std::holds_alternative<std::string>(a) || std::holds_alternative<std::string>(b);
  return texts ? a == b : as_number(a) == as_number(b);
}

/// A table ready for look-ups.
struct Table {
  TableFile file;
  /// Mean over the seeds that are there, one a configuration.
  std::vector<double> means;

  std::size_t row_of(const Params& params) const {
    std::size_t row = 0;
    for (const TableAxis& axis : file.axes) {
      const ParamValue& value = params.at(axis.name);
      const auto level = std::find_if(axis.levels.begin(), axis.levels.end(),
                                      [&](const ParamValue& known) { return same_value(known, value); });
      if (level == axis.levels.end()) {
        throw Error("bench::unknown-value", "`" + axis.name + "` has no level " + to_text(value));
      }
      row = row * axis.levels.size() + static_cast<std::size_t>(level - axis.levels.begin());
    }
    return row;
  }

  /// Values of the seeds that are there.
  std::vector<double> repeats(std::size_t row) const {
    std::vector<double> present;
    for (std::size_t seed = 0; seed < file.seeds; ++seed) {
      const double value = file.values[row * file.seeds + seed];
      if (!std::isnan(value)) present.push_back(value);
    }
    return present;
  }
};

std::vector<ParameterSpec> space_of(const std::vector<TableAxis>& axes) {
  std::vector<ParameterSpec> space;
  for (const TableAxis& axis : axes) {
    ParameterSpec parameter;
    parameter.name = axis.name;
    parameter.type = axis.ordinal ? ParameterType::ordinal : ParameterType::categorical;
    parameter.choices = axis.levels;
    space.push_back(parameter);
  }
  return space;
}

}  // namespace

BenchmarkProblem load_table(const std::filesystem::path& path, bool noisy) {
  // Shared by the problem's functions and its copies; never changed once made.
  const auto table = std::make_shared<Table>();
  table->file = read_table(path);
  const std::size_t configurations = table->file.values.size() / table->file.seeds;
  for (std::size_t row = 0; row < configurations; ++row) table->means.push_back(mean(table->repeats(row)));

  BenchmarkProblem problem;
  problem.name = "table:" + path.stem().string();
  problem.space = space_of(table->file.axes);
  problem.goals = {table->file.goal};
  problem.ranked_values = table->means;
  std::sort(problem.ranked_values.begin(), problem.ranked_values.end(),
            [&](double a, double b) { return is_better(table->file.goal, a, b); });
  problem.optimum = problem.ranked_values.front();
  problem.scale = std::abs(median(table->means) - problem.optimum);
  problem.evaluate = [table](const Params& params) { return std::vector<double>{table->means[table->row_of(params)]}; };
  problem.observe = [table](const Params& params, RandomStream& noise) {
    const std::vector<double> repeats = table->repeats(table->row_of(params));
    return std::vector<double>{
        repeats[static_cast<std::size_t>(noise.index(static_cast<std::int64_t>(repeats.size())))]};
  };
  if (!noisy) {
    problem.observe = [evaluate = problem.evaluate](const Params& params, RandomStream&) { return evaluate(params); };
  }
  return problem;
}

}  // namespace hone
