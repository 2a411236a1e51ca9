#include "search/strict_order.h"

#include <cassert>
#include <utility>

namespace hone {

StrictOrder::StrictOrder(std::int64_t lookahead, std::vector<double> tolerances) : lookahead_(lookahead) {
  assert(lookahead >= 1);
  view_.tolerances = std::move(tolerances);
}

std::optional<std::int64_t> StrictOrder::advance() {
  while (known_ <= decisions() - lookahead_) {
    const Decision& next = decisions_[static_cast<std::size_t>(known_)];
    if (!next.settled) return next.trial;
    show_next();
  }
  return std::nullopt;
}

bool StrictOrder::show_one_more(std::optional<std::int64_t>& waits_for) {
  waits_for.reset();
  if (known_ == decisions()) return false;
  const Decision& next = decisions_[static_cast<std::size_t>(known_)];
  if (next.settled) {
    show_next();
  } else {
    waits_for = next.trial;
  }
  return true;
}

void StrictOrder::show_next() {
  Decision& decision = decisions_[static_cast<std::size_t>(known_)];
  change(std::move(*decision.result));
  decision.result.reset();
  ++known_;
}

void StrictOrder::decide(const HistoryTrial& trial, std::int64_t known) {
  while (known_ < known) show_next();
  change(trial);
  const auto id = static_cast<std::size_t>(trial.id);
  newest_.resize(view_.trials.size());
  newest_[id] = decisions();
  Decision decision;
  decision.trial = trial.id;
  decision.changes = forgotten_ + static_cast<std::int64_t>(changes_.size());
  decisions_.push_back(std::move(decision));
}

void StrictOrder::add_repeat(const HistoryTrial& trial) {
  change(trial);
  newest_.resize(view_.trials.size());
}

void StrictOrder::settle(const HistoryTrial& trial) {
  Decision& decision = decisions_[static_cast<std::size_t>(newest_[static_cast<std::size_t>(trial.id)])];
  decision.settled = true;
  decision.result = trial;
}

Verdict StrictOrder::judge(const Scheduler& scheduler, HistoryTrial& running) {
  const auto id = static_cast<std::size_t>(running.id);
  const std::int64_t seen = decisions_[static_cast<std::size_t>(newest_[id])].changes - forgotten_;
  assert(seen >= 0);
  for (auto i = static_cast<std::int64_t>(changes_.size()) - 1; i >= seen; --i) {
    undo(changes_[static_cast<std::size_t>(i)]);
  }
  std::swap(view_.trials[id], running);
  const Verdict verdict = scheduler.judge(view_, static_cast<std::int64_t>(id));
  std::swap(view_.trials[id], running);
  for (auto i = static_cast<std::size_t>(seen); i < changes_.size(); ++i) redo(changes_[i]);
  return verdict;
}

void StrictOrder::change(HistoryTrial trial) {
  Change change;
  change.trial = trial.id;
  change.other = std::move(trial);
  redo(change);
  changes_.push_back(std::move(change));
  // A decision and a result each: what the oldest decision that may run did not see.
  const auto most = static_cast<std::size_t>(4 * lookahead_ + 4);
  if (changes_.size() > most) {
    changes_.pop_front();
    ++forgotten_;
  }
}

void StrictOrder::undo(Change& change) {
  const auto id = static_cast<std::size_t>(change.trial);
  if (change.other) {
    std::swap(view_.trials[id], *change.other);
  } else {
    change.other = std::move(view_.trials[id]);
    view_.trials.pop_back();
  }
}

void StrictOrder::redo(Change& change) {
  const auto id = static_cast<std::size_t>(change.trial);
  if (id == view_.trials.size()) {
    view_.trials.push_back(std::move(*change.other));
    change.other.reset();
  } else {
    std::swap(view_.trials[id], *change.other);
  }
}

}  // namespace hone
