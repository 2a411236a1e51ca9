#include "datasets/labelled_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/error.h"
#include "core/text.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kWords = {
    {{"images", "labels"}, {"features", "labels"}, {"x", "y"}, {"X", "Y"}}};

std::string without_gz(std::string name) {
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name;
}

/// Where a word stands in a name with no letter beside it; npos when it does not.
std::size_t find_word(const std::string& name, std::string_view word) {
  const auto letter = [&](std::size_t at) {
    return at < name.size() && std::isalpha(static_cast<unsigned char>(name[at]));
  };
  for (std::size_t at = name.find(word); at != std::string::npos; at = name.find(word, at + 1)) {
    if (!(at > 0 && letter(at - 1)) && !letter(at + word.size())) return at;
  }
  return std::string::npos;
}

/// Names that the labels of a file of values may have; empty for a name that says no values.
std::vector<std::string> labels_names(const std::string& values) {
  for (const auto& [word, labels] : kWords) {
    const std::size_t at = find_word(values, word);
    if (at == std::string::npos) continue;
    std::string name = values;
    name.replace(at, word.size(), labels);
    const std::size_t rank = name.find("idx", at);
    if (rank != std::string::npos && rank + 3 < name.size()) name[rank + 3] = '1';
    if (labels == "Y") return {name, values.substr(0, at) + "y" + values.substr(at + 1)};
    return {name};
  }
  return {};
}

/// The file of that name in the folder, packed or not; empty when there is none.
fs::path packed_or_not(const fs::path& folder, const std::string& name) {
  std::error_code problem;
  for (const std::string& candidate : {without_gz(name), without_gz(name) + ".gz"}) {
    if (fs::is_regular_file(folder / candidate, problem)) return folder / candidate;
  }
  return {};
}

void add_pair(const fs::path& values, Part part, std::vector<SourceFile>& files) {
  const std::vector<std::string> names = labels_names(values.filename().string());
  for (const std::string& name : names) {
    const fs::path labels = packed_or_not(values.parent_path(), name);
    if (labels.empty()) continue;
    files.push_back({values, part});
    files.push_back({labels, part, "labels"});
    return;
  }
  if (!names.empty()) throw_no_source((values.parent_path() / names.front()).string(), "there is no file of labels");
  throw Error("data::no-source", "the name of `" + values.string() +
                                     "` does not say `images`, `features` or `x`, so that the file of its labels "
                                     "cannot be found beside it");
}

Part part_of(const std::string& name) {
  if (name.find("t10k") != std::string::npos || name.find("test") != std::string::npos) return Part::test;
  return name.find("val") != std::string::npos ? Part::validation : Part::train;
}

std::vector<SourceFile> values_in(const fs::path& folder, const LabelledFileRules& rules) {
  std::vector<SourceFile> values;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const bool packed_twin = name.ends_with(".gz") && fs::exists(folder / without_gz(name));
    if (!packed_twin && rules.is_file(without_gz(name)) && !labels_names(name).empty()) {
      values.push_back({entry.path(), part_of(name)});
    }
  }
  if (values.empty()) throw_no_source((folder / rules.example).string(), "the folder has no file such as");
  std::sort(values.begin(), values.end(), [](const SourceFile& a, const SourceFile& b) {
    return std::pair(a.part, a.path) < std::pair(b.part, b.path);
  });
  return values;
}

}  // namespace

std::vector<SourceFile> labelled_files(const DatasetSpec& spec, const LabelledFileRules& rules) {
  std::error_code problem;
  const bool folder = !spec.source.empty() && fs::is_directory(spec.source, problem);
  std::vector<SourceFile> files;
  for (const SourceFile& values : folder ? values_in(spec.source, rules) : named_files(spec)) {
    add_pair(values.path, values.part, files);
  }
  return files;
}

ImportedData read_labelled_files(const DatasetSpec& spec, const LabelledFileRules& rules,
                                 Array (*read)(const std::string& file)) {
  const std::vector<SourceFile> files = labelled_files(spec, rules);
  std::vector<LabelledArrays> parts;
  for (std::size_t i = 0; i + 1 < files.size(); i += 2) {
    const std::string values = files[i].path.string();
    const std::string labels = files[i + 1].path.string();
    parts.push_back({values, read(values), labels, read(labels), files[i].part});
  }
  return from_arrays(std::move(parts), spec);
}

}  // namespace hone
