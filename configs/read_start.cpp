#include <algorithm>

#include "configs/read_sections.h"
#include "core/text.h"

namespace hone {
namespace {

constexpr std::string_view kWanted =
    "a table of parameters such as {lr = 1e-3}, \"study:NAME\" or the path of a .csv file";

/// Parameters of one start point; the space judges later whether they fit together.
Params read_point(SpecReader& reader, const TomlNode& table, const std::string& path,
                  const std::vector<ParameterSpec>& space) {
  Params params;
  std::vector<std::string> names;
  for (const ParameterSpec& parameter : space) names.push_back(parameter.name);
  for (const TomlEntry& entry : table.entries) {
    const auto parameter =
        std::find_if(space.begin(), space.end(), [&](const ParameterSpec& one) { return one.name == entry.name; });
    if (parameter == space.end()) {
      reader.diagnostics().error("spec::unknown-key", "`" + entry.name + "` in " + path + " is no parameter of [space]",
                                 entry.key, suggestion_for(entry.name, names));
      continue;
    }
    const auto value = read_parameter_value(reader, entry.value, path + "." + entry.name, *parameter);
    if (value) params[entry.name] = *value;
  }
  return params;
}

}  // namespace

void read_start(SpecReader& reader, const std::vector<ParameterSpec>& space, std::vector<StartPoint>& start) {
  const TomlEntry* sampler = find_entry(reader.root(), "sampler");
  const TomlEntry* entry = sampler == nullptr ? nullptr : find_entry(sampler->value, "start");
  if (entry == nullptr) return;
  if (entry->value.kind != TomlKind::array) {
    reader.wrong_type(entry->value, "sampler.start", "a list");
    return;
  }
  for (std::size_t i = 0; i < entry->value.items.size(); ++i) {
    const TomlNode& item = entry->value.items[i];
    const std::string path = "sampler.start[" + std::to_string(i) + "]";
    const std::string* text = text_of(item);
    if (item.kind == TomlKind::table) {
      start.emplace_back(read_point(reader, item, path, space));
    } else if (text != nullptr && text->starts_with("study:") && text->size() > 6) {
      start.emplace_back(*text);
    } else if (text != nullptr && text->ends_with(".csv")) {
      start.emplace_back(reader.absolute_path(item));
    } else {
      reader.wrong_type(item, path, std::string(kWanted));
    }
  }
}

}  // namespace hone
