#include <array>

#include "trainers/models/families_table.h"

namespace hone {

std::span<const Family> families() {
  static const std::array<Family, 3> kFamilies = {kLinearFamily, kMlpFamily, kCnnFamily};
  return kFamilies;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families()) {
    if (family.name == name) return &family;
  }
  return nullptr;
}

std::vector<KindInfo> family_kinds() {
  std::vector<KindInfo> kinds;
  for (const Family& family : families()) {
    KindInfo kind;
    kind.name = family.name;
    kind.sentence = family.sentence;
    kind.options = family.options();
    kinds.push_back(std::move(kind));
  }
  return kinds;
}

}  // namespace hone
