#include "datasets/split.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <utility>

#include "core/error.h"
#include "core/random.h"
#include "datasets/data_format.h"
#include "datasets/hdf5_file.h"

namespace hone {
namespace {

constexpr std::int16_t kValidates = 0;
constexpr std::int16_t kTest = -1;
constexpr std::int16_t kAlwaysTrains = -2;

void check_shares(double validation, double test) {
  if (validation > 0 && test >= 0 && validation + test < 1) return;
  throw Error("data::cannot-split",
              "the shares of a split must satisfy validation > 0, test >= 0 and validation + test < 1");
}

/// Row numbers by stratum: by class, or all in one.
std::vector<std::vector<std::int64_t>> strata_of(bool stratify, const Dataset& dataset,
                                                 std::span<const std::int64_t> among) {
  const bool by_class = stratify && !dataset.classes().empty();
  std::vector<std::vector<std::int64_t>> strata(by_class ? dataset.facts().classes.size() : 1);
  for (std::int64_t row : among) {
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

/// Deals the rows `among` by shares; those that get no part always train.
void deal_rows(const SplitSpec& spec, double test_share, const Dataset& dataset, std::span<const std::int64_t> among,
               Folds& folds) {
  RandomStream random(static_cast<std::uint64_t>(spec.seed), -1, "split");
  Dealer tests(test_share);
  Dealer validations(spec.validation);
  for (std::vector<std::int64_t>& rows : strata_of(spec.stratify, dataset, among)) {
    shuffle(rows, random);
    const auto count = static_cast<std::int64_t>(rows.size());
    std::int64_t test = tests.deal(count);
    std::int64_t validation = validations.deal(count);
    // A stratum keeps a row to train on: the part that lies furthest above its share gives one back.
    while (count > 0 && test + validation >= count) {
      const double test_surplus = static_cast<double>(test) - static_cast<double>(count) * test_share;
      const double surplus = static_cast<double>(validation) - static_cast<double>(count) * spec.validation;
      const bool from_test = validation == 0 || (test > 0 && test_surplus > surplus);
      (from_test ? test : validation) -= 1;
    }
    for (std::int64_t i = 0; i < test; ++i) folds[rows[i]] = kTest;
    for (std::int64_t i = test; i < test + validation; ++i) folds[rows[i]] = kValidates;
  }
}

/// What the source says; where it names no validation rows, a share of the training rows validates.
Folds given_split(const SplitSpec& spec, const Dataset& dataset) {
  if (dataset.parts().empty()) {
    throw Error("data::no-parts", "a split of kind `" + spec.kind +
                                      "` takes the parts from the source, and the source does not say which rows test");
  }
  Folds folds(static_cast<std::size_t>(dataset.rows()), kAlwaysTrains);
  std::vector<std::int64_t> training;
  bool validates = false;
  for (std::int64_t row = 0; row < dataset.rows(); ++row) {
    const auto part = static_cast<Part>(dataset.parts()[row]);
    if (part == Part::train) training.push_back(row);
    if (part == Part::test) folds[row] = kTest;
    if (part == Part::validation) folds[row] = kValidates;
    validates = validates || part == Part::validation;
  }
  if (!validates) {
    check_shares(spec.validation, 0);
    deal_rows(spec, 0, dataset, training, folds);
  }
  return folds;
}

Folds holdout_split(const SplitSpec& spec, const Dataset& dataset) {
  check_shares(spec.validation, spec.test);
  Folds folds(static_cast<std::size_t>(dataset.rows()), kAlwaysTrains);
  std::vector<std::int64_t> all(folds.size());
  std::iota(all.begin(), all.end(), 0);
  deal_rows(spec, spec.test, dataset, all, folds);
  if (spec.test > 0) require_part(folds, kTest, "test");
  return folds;
}

}  // namespace

Folds make_split(const SplitSpec& spec, const Dataset& dataset) {
  const bool given = spec.kind == "files" || spec.kind == "column" || (spec.kind == "auto" && !dataset.parts().empty());
  if (!given && spec.kind != "auto" && spec.kind != "holdout") {
    throw Error("data::unsupported",
                "split kind `" + spec.kind + "` is not known here: `auto`, `holdout`, `files` or `column`");
  }
  Folds folds = given ? given_split(spec, dataset) : holdout_split(spec, dataset);
  require_part(folds, kAlwaysTrains, "training");
  require_part(folds, kValidates, "validation");
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
