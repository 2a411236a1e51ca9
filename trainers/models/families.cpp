#include <array>

#include "core/text.h"
#include "trainers/models/families_table.h"

namespace hone {

std::span<const Family> families() {
  static const std::array<Family, 4> kFamilies = {kLinearFamily, kMlpFamily, kCnnFamily, kResnetFamily};
  return kFamilies;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families()) {
    if (family.name == name) return &family;
  }
  return nullptr;
}

namespace {

/// "learning_rate = 0.1, …" as set for 20,000 coloured pictures or rows; empty where the trainer's own defaults hold.
std::string trainer_defaults_text(const Family& family) {
  DataFacts usual;
  usual.rows = 20'000;
  usual.shape = {3, 32, 32};
  std::vector<std::string> texts;
  for (const auto& [name, value] : family.trainer_defaults(usual)) texts.push_back(name + " = " + to_text(value));
  return texts.empty() ? "" : "; trains 20,000 rows with " + join(texts, ", ") + " where the spec says nothing";
}

}  // namespace

std::vector<KindInfo> family_kinds() {
  std::vector<KindInfo> kinds;
  for (const Family& family : families()) {
    KindInfo kind;
    kind.name = family.name;
    kind.sentence = std::string(family.sentence) + trainer_defaults_text(family);
    kind.options = family.options();
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

}  // namespace hone
