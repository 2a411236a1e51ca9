#include "configs/dataset_files.h"

#include <string_view>

#include "core/text.h"

namespace hone {

std::vector<std::string> source_paths(const DatasetSpec& spec) {
  if (!spec.source.empty()) return {spec.source};
  std::vector<std::string> paths;
  for (const std::string* path : {&spec.files.train, &spec.files.validation, &spec.files.test}) {
    if (!path->empty()) paths.push_back(*path);
  }
  return paths;
}

bool is_table(const DatasetSpec& spec) {
  if (spec.format != "auto") return spec.format == "csv" || spec.format == "tsv";
  const std::vector<std::string> paths = source_paths(spec);
  std::string name = paths.empty() ? "" : to_lower(paths.front());
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  for (std::string_view ending : {".csv", ".tsv", ".tab", ".txt", ".data"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

}  // namespace hone
