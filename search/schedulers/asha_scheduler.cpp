#include "search/schedulers/asha_scheduler.h"

#include <algorithm>
#include <cmath>

#include "core/statistics.h"

namespace hone {
namespace {

constexpr std::string_view kModes[] = {"promote", "stop"};
constexpr std::string_view kEtaMeaning =
    "one of eta trials of a rung goes on to the next, whose budget is eta times larger";
constexpr std::string_view kModeMeaning =
    "promote: a trial rests at its rung and is launched again; stop: it runs on until it falls behind, for trainers "
    "that cannot resume";

constexpr std::string_view kThriftyMeaning =
    "promote only whose chance to become the best is worth the units; the others when no new trial may start";

constexpr Field<AshaOptions> kAshaFields[] = {
    {"eta", &AshaOptions::eta, {.low = 2}, kEtaMeaning},
    {"brackets",
     &AshaOptions::brackets,
     {.low = 1},
     "groups of trials that start one rung higher each; a further group gets a quarter of the trials of the one "
     "before"},
    {"mode", &AshaOptions::mode, {.words = kModes}, kModeMeaning},
    {"thrifty", &AshaOptions::thrifty, {}, kThriftyMeaning},
};

constexpr Field<HyperbandOptions> kHyperbandFields[] = {
    {"eta", &HyperbandOptions::eta, {.low = 2}, kEtaMeaning},
    {"mode", &HyperbandOptions::mode, {.words = kModes}, kModeMeaning},
    {"thrifty", &HyperbandOptions::thrifty, {}, kThriftyMeaning},
};

std::vector<double> rungs_between(double min, double max, std::int64_t eta) {
  const auto factor = static_cast<double>(eta);
  std::vector<double> rungs;
  for (double rung = min; rung * std::sqrt(factor) <= max && rung < max; rung *= factor) rungs.push_back(rung);
  rungs.push_back(max);
  return rungs;
}

/// Each bracket a quarter of the one before, at most one a rung.
std::vector<double> falling_weights(std::int64_t brackets, std::size_t rungs) {
  std::vector<double> weights;
  for (std::size_t bracket = 0; bracket < std::min(static_cast<std::size_t>(brackets), rungs); ++bracket) {
    weights.push_back(std::pow(0.25, static_cast<double>(bracket)));
  }
  return weights;
}

std::vector<double> normalised(std::vector<double> weights) {
  double total = 0;
  for (const double weight : weights) total += weight;
  for (double& weight : weights) weight /= total;
  return weights;
}

/// The first value at a rung or beyond of a list that ascends in budget; null when there is none.
const RungValue* reached_at(const std::vector<RungValue>& values, double rung) {
  const auto found = std::find_if(values.begin(), values.end(), [&](const RungValue& v) { return v.budget >= rung; });
  return found == values.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Field<AshaOptions>> asha_fields() { return kAshaFields; }
std::span<const Field<HyperbandOptions>> hyperband_fields() { return kHyperbandFields; }

AshaScheduler::AshaScheduler(const HyperbandOptions& options, std::vector<double> rungs, std::vector<double> weights,
                             std::vector<double> tolerances)
    : eta_(options.eta),
      stops_(options.mode == "stop"),
      thrifty_(options.thrifty),
      rungs_(std::move(rungs)),
      shares_(normalised(std::move(weights))),
      tolerances_(std::move(tolerances)) {}

AshaScheduler::AshaScheduler(const AshaOptions& options, double min, double max, std::vector<double> tolerances)
    : AshaScheduler(HyperbandOptions{options.eta, options.mode, options.thrifty}, rungs_between(min, max, options.eta),
                    falling_weights(options.brackets, rungs_between(min, max, options.eta).size()),
                    std::move(tolerances)) {}

AshaScheduler AshaScheduler::hyperband(const HyperbandOptions& options, double min, double max,
                                       std::vector<double> tolerances) {
  std::vector<double> rungs = rungs_between(min, max, options.eta);
  const auto count = static_cast<double>(rungs.size());
  std::vector<double> weights;
  for (double to_go = count - 1; to_go >= 0; --to_go) {
    weights.push_back(std::ceil(count / (to_go + 1) * std::pow(static_cast<double>(options.eta), to_go)));
  }
  return {options, std::move(rungs), std::move(weights), std::move(tolerances)};
}

std::vector<double> AshaScheduler::rungs() const {
  // Trials that are stopped rest nowhere.
  return stops_ ? std::vector<double>{rungs_.back()} : rungs_;
}

std::size_t AshaScheduler::first_rung(std::int64_t trial) const {
  // Multiples of the golden ratio spread over the unit interval: every stretch of trials has about the shares.
  const double turns = static_cast<double>(trial) * 0.61803398874989485;
  double left = turns - std::floor(turns);
  std::size_t bracket = 0;
  while (bracket + 1 < shares_.size() && left >= shares_[bracket]) left -= shares_[bracket++];
  return bracket;
}

double AshaScheduler::first_budget(const History& history) const {
  return stops_ ? rungs_.back() : rungs_[first_rung(std::ssize(history.trials))];
}

std::vector<RungMember> AshaScheduler::members_of(const History& history, std::size_t rung) const {
  std::vector<RungMember> members;
  for (const HistoryTrial& trial : history.trials) {
    if (!trial.teaches || first_rung(trial.id) > rung) continue;
    if (trial.state == TrialState::failed) {
      if (trial.budget >= rungs_[rung]) members.push_back({&trial, nullptr});
    } else if (const RungValue* reached = reached_at(stops_ ? trial.curve : trial.rungs, rungs_[rung])) {
      // A trainer that ended early by itself counts in all rungs its budget covered.
      members.push_back({&trial, reached});
    }
  }
  rank(members, tolerances_);
  return members;
}

Verdict AshaScheduler::judge(const History& history, std::int64_t id) const {
  if (!stops_) return Verdict::keep;
  const std::vector<RungValue>& curve = history.trials.at(static_cast<std::size_t>(id)).curve;
  if (curve.empty()) return Verdict::keep;
  const double before = curve.size() > 1 ? curve[curve.size() - 2].budget : 0;
  for (std::size_t rung = first_rung(id); rung + 1 < rungs_.size(); ++rung) {
    const bool just_reached = before < rungs_[rung] && rungs_[rung] <= curve.back().budget;
    if (!just_reached) continue;
    const std::vector<RungMember> members = members_of(history, rung);
    const auto size = std::ssize(members);
    if (size < eta_) continue;
    const auto last_place = members.begin() + size / eta_;
    const bool goes_on =
        std::any_of(members.begin(), last_place, [&](const RungMember& member) { return member.trial->id == id; });
    if (!goes_on) return Verdict::stop;
  }
  return Verdict::keep;
}

std::optional<Promotion> AshaScheduler::promote(const History& history) const { return promote(history, 0, thrifty_); }

std::optional<Promotion> AshaScheduler::promote_at_end(const History& history) const {
  if (const auto promotion = promote(history, 0, /*thrifty=*/false)) return promotion;
  const bool busy = std::any_of(history.trials.begin(), history.trials.end(), [](const HistoryTrial& trial) {
    return trial.state == TrialState::waiting || trial.state == TrialState::running;
  });
  if (busy) return std::nullopt;
  return promote(history, 1, /*thrifty=*/false);
}

std::optional<Promotion> AshaScheduler::promote(const History& history, std::int64_t at_least, bool thrifty) const {
  if (stops_) return std::nullopt;
  double units = 0;
  for (const HistoryTrial& trial : history.trials) units += trial.budget;
  for (std::size_t k = rungs_.size() - 1; k > 0; --k) {
    const std::vector<RungMember> members = members_of(history, k - 1);
    const std::int64_t size = std::ssize(members);
    const std::int64_t places = std::min(size, std::max(size / eta_, at_least));
    const double share = std::log(rungs_.back() / rungs_[k - 1]) / std::log(rungs_.back() / rungs_.front());
    const double needed = (rungs_[k] - rungs_[k - 1]) / units;
    for (std::int64_t place = 0; place < places; ++place) {
      if (thrifty && chance_of_best(static_cast<double>(place), static_cast<double>(size), share) < needed) break;
      const HistoryTrial& trial = *members[static_cast<std::size_t>(place)].trial;
      if (trial.state == TrialState::rested && trial.budget < rungs_[k]) return Promotion{trial.id, rungs_[k]};
    }
  }
  return std::nullopt;
}

double chance_of_best(double place, double size, double share) {
  const double correlation = std::pow(0.5, share);
  const double best = normal_quantile(0.5 / size);
  const double score = normal_quantile((place + 0.5) / size);
  return normal_cdf((best - correlation * score) / std::sqrt(1 - correlation * correlation));
}

}  // namespace hone
