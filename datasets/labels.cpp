#include "datasets/labels.h"

#include <map>
#include <utility>

namespace hone {

Labels labels_from_integers(std::span<const std::int64_t> labels) {
  std::map<std::int64_t, std::int64_t> codes;
  for (std::int64_t label : labels) codes.emplace(label, 0);
  Labels result;
  for (auto& [label, code] : codes) {
    code = static_cast<std::int64_t>(result.classes.size());
    result.classes.push_back(std::to_string(label));
  }
  for (std::int64_t label : labels) result.codes.push_back(codes.at(label));
  return result;
}

void add_labels(Labels labels, const std::string& where, ImportedData& data) {
  DataFacts& facts = data.facts;
  facts.task = "classification";
  facts.target = "label";
  facts.classes = std::move(labels.classes);
  facts.class_counts.assign(facts.classes.size(), 0);
  for (std::int64_t code : labels.codes) facts.class_counts[static_cast<std::size_t>(code)] += 1;
  Complaints complaints;
  if (facts.classes.size() == 1) {
    complaints.add("data::one-class",
                   "every row of `" + where + "` has the class `" + facts.classes.front() + "`: nothing can be learnt",
                   Place{where});
  }
  for (std::size_t code = 0; code < facts.classes.size() && facts.classes.size() > 1; ++code) {
    if (facts.class_counts[code] != 1) continue;
    complaints.add(
        "data::class-of-one",
        "class `" + facts.classes[code] + "` of `" + where + "` has one row: it cannot be both learnt and judged",
        Place{where});
  }
  complaints.throw_if_any();
  data.arrays["target"] = make_array<std::int64_t>({facts.rows}, labels.codes);
}

}  // namespace hone
