#include "datasets/split.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/worker/job.h"
#include "configs/spec_json.h"
#include "datasets/dataset_store.h"

namespace hone {

int run_split(const nlohmann::json& brief, LineWriter& lines) {
  const SplitSpec spec = split_spec_from_json(brief.at("split"));
  const Dataset dataset = Dataset::open(brief.at("file").get<std::string>());
  const Folds folds = make_split(spec, dataset);
  const std::filesystem::path folder = brief.at("folder").get<std::string>();
  write_split(folder / brief.at("out").get<std::string>(), folds);
  const SplitRows rows = rows_of(folds, /*fold=*/0);
  lines.result(folder,
               {{"train", rows.train.size()}, {"validation", rows.validation.size()}, {"test", rows.test.size()}});
  return 0;
}

}  // namespace hone
