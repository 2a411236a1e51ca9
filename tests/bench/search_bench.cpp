// Searches problems of known answer with hone's samplers and prints the results beside those of opponents:
//   search_bench PART [--samplers auto,gp] [--seeds N] [--jobs N] [--fresh] [--print]
// Records are appended to tests/bench/opponents/results/hone_<part>.csv; searches that it holds are not done again
// unless --fresh. --print only prints.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.h"
#include "core/text.h"
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

int run(const std::vector<std::string>& arguments) {
  const Options options = options_of(arguments);
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
