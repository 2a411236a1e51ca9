#include "datasets/split.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/random.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

constexpr std::int16_t kValidates = 0;
constexpr std::int16_t kTest = -1;
constexpr std::int16_t kAlwaysTrains = -2;

void check(const SplitSpec& spec) {
  if (spec.kind != "holdout") {
    throw Error("data::unsupported", "split kind `" + spec.kind + "` is not known here: `holdout`");
  }
  const bool fits = spec.validation > 0 && spec.test >= 0 && spec.validation + spec.test < 1;
  if (!fits) {
    throw Error("data::cannot-split",
                "the shares of a split must satisfy validation > 0, test >= 0 and validation + test < 1");
  }
}

/// Row numbers by stratum: by class, or all in one.
std::vector<std::vector<std::int64_t>> strata_of(const SplitSpec& spec, const Dataset& dataset) {
  const bool by_class = spec.stratify && !dataset.classes().empty();
  std::vector<std::vector<std::int64_t>> strata(by_class ? dataset.facts().classes.size() : 1);
  for (std::int64_t row = 0; row < dataset.rows(); ++row) {
    strata[by_class ? static_cast<std::size_t>(dataset.classes()[row]) : 0].push_back(row);
  }
  return strata;
}

/// Fisher-Yates (Durstenfeld 1964).
void shuffle(std::vector<std::int64_t>& rows, RandomStream& random) {
  for (auto last = static_cast<std::int64_t>(rows.size()) - 1; last > 0; --last) {
    std::swap(rows[last], rows[random.index(last + 1)]);
  }
}

/// Deals strata so that a part gets the rounded share of all rows seen so far: within a row of its share in each
/// stratum, and of all rows together. What a stratum cannot give is not made up for by the next.
class Dealer {
 public:
  explicit Dealer(double share) : share_(share) {}
  std::int64_t deal(std::int64_t rows) {
    seen_ += rows;
    const std::int64_t given = std::llround(static_cast<double>(seen_) * share_) - dealt_;
    dealt_ += given;
    return given;
  }

 private:
  double share_;
  std::int64_t seen_ = 0;
  std::int64_t dealt_ = 0;
};

void require_part(const Folds& folds, std::int16_t fold, const std::string& name) {
  if (std::find(folds.begin(), folds.end(), fold) != folds.end()) return;
  throw Error("data::cannot-split", "the " + name + " part of the split would be empty: there are only " +
                                        std::to_string(folds.size()) + " rows");
}

}  // namespace

Folds make_split(const SplitSpec& spec, const Dataset& dataset) {
  check(spec);
  RandomStream random(static_cast<std::uint64_t>(spec.seed), -1, "split");
  Folds folds(static_cast<std::size_t>(dataset.rows()), kAlwaysTrains);
  Dealer tests(spec.test);
  Dealer validations(spec.validation);
  for (std::vector<std::int64_t>& rows : strata_of(spec, dataset)) {
    shuffle(rows, random);
    const auto count = static_cast<std::int64_t>(rows.size());
    std::int64_t test = tests.deal(count);
    std::int64_t validation = validations.deal(count);
    // A stratum keeps a row to train on: the part that lies furthest above its share gives one back.
    while (count > 0 && test + validation >= count) {
      const double test_surplus = static_cast<double>(test) - static_cast<double>(count) * spec.test;
      const double surplus = static_cast<double>(validation) - static_cast<double>(count) * spec.validation;
      const bool from_test = validation == 0 || (test > 0 && test_surplus > surplus);
      (from_test ? test : validation) -= 1;
    }
    for (std::int64_t i = 0; i < test; ++i) folds[rows[i]] = kTest;
    for (std::int64_t i = test; i < test + validation; ++i) folds[rows[i]] = kValidates;
  }
  require_part(folds, kAlwaysTrains, "training");
  require_part(folds, kValidates, "validation");
  if (spec.test > 0) require_part(folds, kTest, "test");
  return folds;
}

void write_split(const std::filesystem::path& file, std::span<const std::int16_t> folds) {
  Hdf5Content content;
  content.arrays["fold"] = make_array<std::int16_t>({static_cast<std::int64_t>(folds.size())}, folds);
  content.attributes = {{"format", "1"}};
  write_hdf5(file, content);
}

Folds read_split(const std::filesystem::path& file) {
  const Hdf5Content content = read_hdf5(file);
  const auto found = content.arrays.find("fold");
  if (found == content.arrays.end() || found->second.type != DType::i16 || found->second.shape.size() != 1) {
    throw Error("data::damaged", "`" + file.string() + "` is no split of hone", {}, ExitCode::damaged);
  }
  const auto folds = found->second.as<std::int16_t>();
  return {folds.begin(), folds.end()};
}

SplitRows rows_of(std::span<const std::int16_t> folds, int fold) {
  SplitRows rows;
  for (std::size_t row = 0; row < folds.size(); ++row) {
    std::vector<std::int64_t>& part = folds[row] == kTest  ? rows.test
                                      : folds[row] == fold ? rows.validation
                                                           : rows.train;
    part.push_back(static_cast<std::int64_t>(row));
  }
  return rows;
}

}  // namespace hone
