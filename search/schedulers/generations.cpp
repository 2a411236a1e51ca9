#include "search/schedulers/generations.h"

#include <algorithm>
#include <cmath>

namespace hone {
namespace {

using Members = std::vector<const HistoryTrial*>;

const RungValue* reached_at(const HistoryTrial& trial, double rung) {
  const auto found =
      std::find_if(trial.rungs.begin(), trial.rungs.end(), [&](const RungValue& v) { return v.budget >= rung; });
  return found == trial.rungs.end() ? nullptr : &*found;
}

/// Nothing more is to be heard of the trial at this rung.
bool is_settled(const HistoryTrial& trial, double rung) {
  return trial.state == TrialState::failed || trial.state == TrialState::stopped || reached_at(trial, rung) != nullptr;
}

const HistoryTrial* copy_in_place_of(const HistoryTrial& loser, const History& history) {
  for (const HistoryTrial& trial : history.trials) {
    if (trial.copy_of && trial.copy_of->replaces == loser.id) return &trial;
  }
  return nullptr;
}

std::optional<Promotion> promotion_among(const Members& members, double budget) {
  for (const HistoryTrial* member : members) {
    if (member->state == TrialState::rested && member->budget < budget) return Promotion{member->id, budget};
  }
  return std::nullopt;
}

/// What becomes of the members at a rung.
struct Turn {
  std::vector<RungMember> ranked;
  std::size_t parents = 1;
  std::size_t losers = 0;
};

Turn turn_of(const Members& members, double rung, const PopulationRules& rules) {
  Turn turn;
  for (const HistoryTrial* member : members) turn.ranked.push_back({member, reached_at(*member, rung)});
  rank(turn.ranked, rules.tolerances);
  const auto size = static_cast<std::size_t>(members.size());
  const auto share = static_cast<std::size_t>(std::floor(rules.quantile * static_cast<double>(size) + 1e-9));
  const auto dead = static_cast<std::size_t>(std::count_if(
      turn.ranked.begin(), turn.ranked.end(), [](const RungMember& member) { return member.reached == nullptr; }));
  turn.losers = std::max(share, dead);
  turn.parents = std::clamp<std::size_t>(share, 1, std::max<std::size_t>(1, size - dead));
  return turn;
}

}  // namespace

Members founders(const History& history, std::size_t size) {
  Members members;
  for (const HistoryTrial& trial : history.trials) {
    if (members.size() == size) break;
    if (trial.teaches && !trial.copy_of) members.push_back(&trial);
  }
  return members;
}

PopulationStep next_step(const History& history, const PopulationRules& rules, bool as_it_is) {
  Members members = founders(history, rules.size);
  PopulationStep step;
  if (members.size() < rules.size && !as_it_is) return step;
  for (std::size_t k = 0; k < rules.rungs.size(); ++k) {
    const double rung = rules.rungs[k];
    step.promotion = promotion_among(members, rung);
    const bool all_here = std::all_of(members.begin(), members.end(),
                                      [&](const HistoryTrial* member) { return is_settled(*member, rung); });
    if (!all_here || k + 1 == rules.rungs.size()) return step;

    Turn turn = turn_of(members, rung, rules);
    if (turn.losers == members.size()) return step;
    const std::size_t stay = members.size() - turn.losers;
    const bool went_on = std::any_of(turn.ranked.begin(), turn.ranked.begin() + static_cast<std::ptrdiff_t>(stay),
                                     [&](const RungMember& member) { return member.trial->budget > rung; });
    Members next;
    for (std::size_t place = 0; place < stay; ++place) next.push_back(turn.ranked[place].trial);
    for (std::size_t place = stay; place < turn.ranked.size(); ++place) {
      const HistoryTrial* loser = turn.ranked[place].trial;
      const HistoryTrial* copy = copy_in_place_of(*loser, history);
      if (copy != nullptr) {
        next.push_back(copy);
      } else if (!went_on) {
        step.promotion = promotion_among(next, rules.rungs[k + 1]);
        step.vacancy = PopulationStep::Vacancy{std::move(turn.ranked), turn.parents, loser, rung, rules.rungs[k + 1]};
        return step;
      }
    }
    members = std::move(next);
  }
  return step;
}

}  // namespace hone
