#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "core/error.h"
#include "tests/bench/problems/closed_forms.h"
#include "tests/bench/problems/problem.h"
#include "tests/bench/problems/table.h"

namespace hone {
namespace {

struct SharedTable {
  std::string name;
  const char* file;
};
const std::vector<SharedTable>& shared_tables() {
  static const std::vector<SharedTable> tables = {
      {"australian", "hpobench_australian.h5"}, {"car", "hpobench_car.h5"},
      {"phoneme", "hpobench_phoneme.h5"},       {"vehicle", "hpobench_vehicle.h5"},
      {"naval", "hpolib_naval_propulsion.h5"},  {"protein", "hpolib_protein_structure.h5"},
      {"nasbench201", "nasbench201_cifar10.h5"}};
  return tables;
}

Error unknown(const std::string& name) {
  return {"bench::unknown-problem",
          "`" + name + "` is no benchmark problem (tests/bench/problems/problem.h lists them)"};
}

/// `word:d5:i3` taken apart: the word and the numbers behind single letters.
struct ProblemName {
  std::string whole;
  std::string word;
  std::vector<std::pair<char, std::int64_t>> numbers;

  explicit ProblemName(const std::string& name) : whole(name), word(name.substr(0, name.find(':'))) {
    std::size_t at = word.size();
    while (at < name.size()) {
      const std::size_t end = std::min(name.find(':', at + 1), name.size());
      std::int64_t number = 0;
      const char* const first = name.data() + at + 2;
      const auto read = end < at + 3 ? std::from_chars_result{nullptr, std::errc::invalid_argument}
                                     : std::from_chars(first, name.data() + end, number);
      if (read.ec != std::errc() || read.ptr != name.data() + end || number < 0) throw unknown(name);
      numbers.emplace_back(name[at + 1], number);
      at = end;
    }
  }

  /// The number behind a letter, else the default; nothing = must be there.
  std::int64_t number(char letter, std::optional<std::int64_t> otherwise) const {
    for (const auto& [known, value] : numbers) {
      if (known == letter) return value;
    }
    if (!otherwise) throw unknown(whole);
    return *otherwise;
  }

  /// d of `<prefix><d>` when the word is such; nothing otherwise.
  std::optional<int> suffix(const std::string& prefix) const {
    if (!word.starts_with(prefix)) return std::nullopt;
    int value = 0;
    const auto read = std::from_chars(word.data() + prefix.size(), word.data() + word.size(), value);
    if (read.ec != std::errc() || read.ptr != word.data() + word.size() || value < 1 || value > 1000)
      throw unknown(whole);
    return value;
  }
};

BenchmarkProblem open_table(const std::string& name, const std::filesystem::path& data, bool noisy) {
  std::filesystem::path path = name;
  for (const SharedTable& table : shared_tables()) {
    if (table.name == name) path = data / "hpo_tables" / table.file;
  }
  return load_table(path, noisy);
}

BenchmarkProblem open_closed_form(const std::string& name) {
  const ProblemName parsed(name);
  const std::int64_t instance = parsed.number('i', 1);
  if (parsed.word == "branin") return make_branin(instance);
  if (const auto d = parsed.suffix("hartmann")) return make_hartmann(*d, instance);
  if (const auto d = parsed.suffix("rastrigin")) return make_rastrigin(*d, instance);
  if (const auto d = parsed.suffix("ackley")) return make_ackley(*d, instance);
  if (const auto d = parsed.suffix("levy")) return make_levy(*d, instance);
  if (parsed.word == "conditional") return make_conditional(instance);
  if (parsed.word == "bbob") {
    return make_bbob(static_cast<int>(parsed.number('f', std::nullopt)),
                     static_cast<int>(parsed.number('d', std::nullopt)), instance);
  }
  const int dimension = static_cast<int>(parsed.number('d', 6));
  if (const auto number = parsed.suffix("zdt")) return make_zdt(*number, dimension, instance);
  if (parsed.word == "dtlz2") return make_dtlz2(dimension, instance);
  throw unknown(name);
}

/// Told values: the true ones, or with noise a normal deviate of 0.1 added to each.
void add_observation(BenchmarkProblem& problem, bool noisy) {
  problem.observe = [evaluate = problem.evaluate, noisy](const Params& params, RandomStream& noise) {
    std::vector<double> values = evaluate(params);
    for (double& value : values) value += noisy ? 0.1 * noise.normal() : 0;
    return values;
  };
}

}  // namespace

std::filesystem::path benchmark_data_folder() {
  if (const char* folder = std::getenv("HONE_BENCH_DATA")) return folder;
  return HONE_BENCH_DATA_DEFAULT;
}

BenchmarkProblem open_problem(const std::string& name, const std::filesystem::path& data) {
  constexpr std::string_view kNoise = "+noise";
  const bool noisy = name.ends_with(kNoise);
  const std::string plain = noisy ? name.substr(0, name.size() - kNoise.size()) : name;
  BenchmarkProblem problem;
  if (plain.starts_with("table:")) {
    problem = open_table(plain.substr(6), data, noisy);
  } else {
    problem = open_closed_form(plain);
    add_observation(problem, noisy);
  }
  problem.name = name;
  return problem;
}

const std::vector<std::string>& shared_table_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> result;
    for (const SharedTable& table : shared_tables()) result.push_back(table.name);
    return result;
  }();
  return names;
}

}  // namespace hone
