#include "search/study_verify.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/random.h"
#include "search/cached_answers.h"
#include "search/study_memory.h"

namespace hone {

namespace {

using nlohmann::json;

/// Goes through a log, one event after the other.
class Replay {
 public:
  Replay(const std::vector<Event>& events, Policies policies)
      : events_(events), policies_(std::move(policies)), memory_(policies_.spec) {}

  /// Takes the decision of an event again; false at a difference.
  bool check(const Event& event) {
    switch (event.kind) {
      case EventKind::asked:
        return check_asked(event);
      case EventKind::answered:
        return check_answered(event);
      case EventKind::launched:
        return check_launched(event);
      case EventKind::promoted:
        return check_promoted(event);
      case EventKind::stop_requested:
        return check_stopped(event);
      default:
        return true;
    }
  }
  void go_on_with(Policies policies) { policies_ = std::move(policies); }
  const Verification& result() const { return result_; }

 private:
  bool check_asked(const Event& event) {
    const json body = json::parse(event.body);
    const std::int64_t seen = body.at("seen").get<std::int64_t>();
    if (seen >= event.seq || seen < folded_) return differ(event, "seen", body.at("seen"), event.seq - 1);
    fold_to(seen);
    const std::string origin = body.at("origin").get<std::string>();
    const bool repeats = origin == name_of(TrialOrigin::confirm);
    if (!repeats && !show_known(event, body)) return false;
    const std::uint64_t study_seed = static_cast<std::uint64_t>(policies_.spec.study.seed);
    const std::string seed = std::to_string(trial_seed(study_seed, *event.trial));
    if (body.at("seed") != seed) return differ(event, "seed", body.at("seed"), seed);
    ++result_.trials;
    if (origin == name_of(TrialOrigin::copy)) return check_copy(event, body);
    first_budget_ = policies_.scheduler->first_budget(memory_.view());
    if (repeats) return check_repeat(event, body);
    if (origin == "sampler") return check_suggestion(event, body);
    if (origin == "default") return check_default(event, body);
    if (origin == "start") return check_start(event, body);
    return true;
  }

  bool check_suggestion(const Event& event, const json& body) {
    RandomStream random(static_cast<std::uint64_t>(policies_.spec.study.seed), *event.trial, "suggest");
    const auto again = policies_.sampler->suggest(policies_.space, memory_.view(), *event.trial, random);
    ++result_.suggestions;
    if (!again) return differ(event, "params", body.at("params"), "space exhausted");
    const json params = to_json_object(again->params);
    if (params != body.at("params")) return differ(event, "params", body.at("params"), params);
    const json notes = json::parse(again->notes);
    return notes == body.at("notes") || differ(event, "notes", body.at("notes"), notes);
  }

  bool check_copy(const Event& event, const json& body) {
    RandomStream random(static_cast<std::uint64_t>(policies_.spec.study.seed), *event.trial, "copy");
    const auto again = policies_.scheduler->copy(policies_.space, memory_.view(), random);
    ++result_.copies;
    const json logged = {
        {"parent", body.at("parent")}, {"replaces", body.at("replaces")}, {"params", body.at("params")}};
    if (!again) return differ(event, "copy", logged, nullptr);
    first_budget_ = again->budget;
    const json derived = {
        {"parent", again->of.parent}, {"replaces", again->of.replaces}, {"params", to_json_object(again->params)}};
    return derived == logged || differ(event, "copy", logged, derived);
  }

  bool check_default(const Event& event, const json& body) {
    const json params = to_json_object(policies_.space.default_params().value_or(Params()));
    return params == body.at("params") || differ(event, "params", body.at("params"), params);
  }

  bool check_start(const Event& event, const json& body) {
    const std::vector<Params>& enqueued = memory_.state().enqueued;
    const Params params = params_from_json(body.at("params"));
    return std::find(enqueued.begin(), enqueued.end(), params) != enqueued.end() ||
           differ(event, "origin", "start", "no start point has these parameters");
  }

  bool check_repeat(const Event& event, const json& body) {
    repeats_.insert(*event.trial);
    const auto of = body.at("notes").at("of").get<std::size_t>();
    const json params = to_json_object(memory_.state().trials.at(of).params);
    return params == body.at("params") || differ(event, "params", body.at("params"), params);
  }

  /// With order strict: shows the results that the decision saw.
  bool show_known(const Event& event, const json& body) {
    StrictOrder* order = memory_.strict();
    if (order == nullptr) return true;
    const std::int64_t known = body.at("known").get<std::int64_t>();
    std::optional<std::int64_t> waits_for = order->advance();
    while (!waits_for && order->known() < known && order->show_one_more(waits_for)) continue;
    return order->known() == known || differ(event, "seen", known, order->known());
  }

  /// The view is that of the `asked` event before it.
  bool check_answered(const Event& event) {
    const json logged = json::parse(event.body).at("of");
    const json asked = json::parse(events_[static_cast<std::size_t>(event.seq) - 2].body).at("params");
    const auto of = answer_to(params_from_json(asked), policies_.space, memory_.view());
    if (of == logged.get<std::int64_t>()) return true;
    return differ(event, "answer", logged, of ? json(*of) : json(nullptr));
  }

  /// The first launch of a trial goes to the budget that its decision gave; later ones follow what is logged.
  bool check_launched(const Event& event) {
    if (event.attempt != 1) return true;
    const json budget = json::parse(event.body).at("budget");
    const double derived = repeats_.contains(*event.trial) ? policies_.scheduler->rungs().back() : first_budget_;
    return budget.get<double>() == derived || differ(event, "budget", budget, derived);
  }

  bool check_promoted(const Event& event) {
    fold_to(event.seq - 1);
    const json body = json::parse(event.body);
    if (!show_known(event, body)) return false;
    ++result_.promotions;
    const double budget = body.at("budget").get<double>();
    const auto is_logged = [&](const std::optional<Promotion>& promotion) {
      return promotion && promotion->trial == *event.trial && promotion->budget == budget;
    };
    const auto promotion = policies_.scheduler->promote(memory_.view());
    if (is_logged(promotion) || is_logged(policies_.scheduler->promote_at_end(memory_.view()))) return true;
    const json other = promotion ? json{{"trial", promotion->trial}, {"budget", promotion->budget}} : json(nullptr);
    return differ(event, "promotion", json{{"trial", *event.trial}, {"budget", budget}}, other);
  }

  bool check_stopped(const Event& event) {
    fold_to(event.seq - 1);
    if (json::parse(event.body).value("by", "") != "scheduler") return true;
    ++result_.stops;
    return memory_.judge(*policies_.scheduler, *event.trial) == Verdict::stop ||
           differ(event, "verdict", "stop", "keep");
  }

  void fold_to(std::int64_t seq) {
    for (; folded_ < seq; ++folded_) memory_.apply(events_[static_cast<std::size_t>(folded_)]);
  }

  bool differ(const Event& event, const char* what, const json& logged, const json& derived) {
    result_.difference = LogDifference{event.seq, *event.trial, what, logged.dump(), derived.dump()};
    return false;
  }

  const std::vector<Event>& events_;
  Policies policies_;
  StudyMemory memory_;
  /// Events that the memory holds.
  std::int64_t folded_ = 0;
  double first_budget_ = 0;
  std::set<std::int64_t> repeats_;
  Verification result_;
};

std::string spec_in(const Event& event, const char* member) {
  return json::parse(event.body).at(member).get<std::string>();
}

}  // namespace

Verification verify_study(const std::vector<Event>& events, const std::string& resolved,
                          const std::function<Policies(const std::string& resolved)>& make) {
  const auto changed = [](const Event& event) { return event.kind == EventKind::spec_changed; };
  const auto first = std::find_if(events.begin(), events.end(), changed);
  Replay replay(events, make(first == events.end() ? resolved : spec_in(*first, "before")));
  for (const Event& event : events) {
    if (changed(event)) replay.go_on_with(make(spec_in(event, "after")));
    if (!replay.check(event)) break;
  }
  return replay.result();
}

}  // namespace hone
