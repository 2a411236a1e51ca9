// Searches problems of known answer with hone's samplers and prints the results beside those of opponents:
//   search_bench PART [--samplers auto,gp] [--seeds N] [--jobs N] [--fresh] [--print]
// Records are appended to tests/bench/opponents/results/hone_<part>.csv; searches that it holds are not done again
// unless --fresh. --print only prints.
//   search_bench ask-tell [--samplers auto,gp] [--seeds N]
// runs searches in process and again as a client of `hone ask-tell`, and says whether the trials are the same.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/text.h"
#include "tests/bench/search/ask_tell_run.h"
#include "tests/bench/search/parts.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string part;
  PartOptions open;
  std::size_t threads = 1;
  bool fresh = false;
  bool only_print = false;
};

Error usage() {
  std::string text = "search_bench PART [--samplers A,B] [--seeds N] [--jobs N] [--fresh] [--print]; parts:";
  for (const Part& part : parts()) text += fmt::format("\n  {:<16} {}", part.name, part.sentence);
  return {"bench::usage", text};
}

Options options_of(const std::vector<std::string>& arguments) {
  Options options;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    const auto next = [&] {
      if (i + 1 == arguments.size()) throw usage();
      return arguments[++i];
    };
    if (argument == "--samplers") {
      for (const std::string& sampler : split(next(), ',')) options.open.samplers.push_back(sampler);
    } else if (argument == "--seeds") {
      options.open.seeds = std::stoll(next());
    } else if (argument == "--jobs") {
      options.threads = std::stoul(next());
    } else if (argument == "--fresh") {
      options.fresh = true;
    } else if (argument == "--print") {
      options.only_print = true;
    } else {
      options.part = argument;
    }
  }
  return options;
}

/// Records of all files in the folder, those of opponents and hone's own of all parts.
std::vector<Record> all_records(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<Record> records;
  for (const fs::path& file : files) {
    const std::vector<Record> more = read_records(file);
    records.insert(records.end(), more.begin(), more.end());
  }
  return records;
}

/// Compares searches in process with the same through a client's lines; 1 when trials differ.
int compare_with_ask_tell(const Options& options) {
  const fs::path hone = fs::read_symlink("/proc/self/exe").parent_path() / "hone";
  const fs::path folder = fs::temp_directory_path() / fmt::format("hone-search-bench-{}", ::getpid());
  PartOptions open = options.open;
  if (!open.seeds) open.seeds = 2;
  const std::vector<std::string> problems = {"table:naval", "hartmann6:i{seed}", "conditional:i{seed}"};
  bool all_same = true;
  for (const Job& job : jobs_of(open, {"auto"}, problems, 1, 2, 40)) {
    const BenchmarkProblem problem = open_problem(job.problem);
    fs::remove_all(folder);
    fs::create_directories(folder);
    const Run inside = run_search(problem, job.options);
    const Run outside = run_through_ask_tell(problem, job.options, hone, folder);
    std::size_t same = 0;
    while (same < std::min(inside.trials.size(), outside.trials.size()) &&
           inside.trials[same].params == outside.trials[same].params) {
      ++same;
    }
    const bool is_same = same == inside.trials.size() && same == outside.trials.size();
    all_same = all_same && is_same;
    fmt::print("{:<12} {:<20} seed {}: the same for {} of {} trials\n", job.opponent, job.problem, job.options.seed,
               same, job.options.trials);
  }
  fs::remove_all(folder);
  return all_same ? 0 : 1;
}

int run(const std::vector<std::string>& arguments) {
  const Options options = options_of(arguments);
  if (options.part == "ask-tell") return compare_with_ask_tell(options);
  const auto part = std::find_if(parts().begin(), parts().end(), [&](const Part& p) { return p.name == options.part; });
  if (part == parts().end()) throw usage();
  const fs::path folder = fs::path(HONE_SOURCE_DIR) / "tests/bench/opponents/results";
  const fs::path file = folder / ("hone_" + part->name + ".csv");
  if (options.fresh) fs::remove(file);
  if (!options.only_print) run_jobs(part->jobs(options.open), file, options.threads);
  std::vector<Record> records = read_records(file);
  for (Record& record : all_records(folder)) {
    if (!record.opponent.starts_with("hone ")) records.push_back(std::move(record));
  }
  fmt::print("{}", part->text(records));
  return 0;
}

}  // namespace
}  // namespace hone

int main(int argc, char** argv) {
  try {
    return hone::run({argv + 1, argv + argc});
  } catch (const hone::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
