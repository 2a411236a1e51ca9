#include "search/registry.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/search/sampler_problems.h"

namespace hone {
namespace {

ExperimentSpec spec_with_fidelity(std::optional<double> min, std::optional<double> max) {
  ExperimentSpec spec;
  spec.fidelity.min = min;
  spec.fidelity.max = max;
  return spec;
}

TEST(Registry, NamesAndDescribesEveryKindOnce) {
  for (const auto& kinds : {sampler_kinds(), scheduler_kinds()}) {
    std::set<std::string> names;
    for (const KindInfo& kind : kinds) {
      EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
      EXPECT_FALSE(kind.sentence.empty()) << kind.name;
      for (const OptionInfo& option : kind.options) EXPECT_FALSE(option.meaning.empty()) << option.name;
    }
    EXPECT_EQ(kinds.front().name, "auto");
  }
}

TEST(Registry, MakesEverySamplerWithDefaults) {
  const SearchSpace space = space_of({float_parameter("x", 0, 1), bool_parameter("b")});
  for (const KindInfo& kind : sampler_kinds()) {
    ExperimentSpec spec;
    spec.sampler.kind = kind.name;
    RandomStream random(1, 0, "sampler");
    EXPECT_TRUE(make_sampler(spec)->suggest(space, {}, 0, random)) << kind.name;
  }
}

TEST(Registry, MakesEverySchedulerWithDefaults) {
  for (const KindInfo& kind : scheduler_kinds()) {
    ExperimentSpec spec = spec_with_fidelity(1, 9);
    spec.scheduler.kind = kind.name;
    EXPECT_EQ(make_scheduler(spec)->rungs().back(), 9) << kind.name;
  }
}

TEST(Registry, TakesOptionsFromTheSpec) {
  ExperimentSpec spec = spec_with_fidelity(1, 4);
  spec.scheduler.kind = "asha";
  spec.scheduler.options = {{"eta", std::int64_t{2}}};
  EXPECT_EQ(make_scheduler(spec)->rungs(), (std::vector<double>{1, 2, 4}));
  spec.sampler.kind = "sobol";
  spec.sampler.dedupe = false;
  EXPECT_EQ(run_trials(*make_sampler(spec),
                       {"coin", space_of({bool_parameter("b")}), [](const Params&) { return 0.0; }}, 5, 1)
                .trials.size(),
            5u);
}

TEST(Registry, ChoosesAshaWhenTheFidelityHasRoom) {
  const auto rungs = [](std::optional<double> min, std::optional<double> max) {
    return make_scheduler(spec_with_fidelity(min, max))->rungs();
  };
  EXPECT_EQ(rungs(1, 4), (std::vector<double>{1, 4}));
  EXPECT_EQ(rungs(1, 3.9), std::vector<double>{3.9});
  EXPECT_EQ(rungs(3, 27), (std::vector<double>{3, 9, 27}));
  EXPECT_EQ(rungs({}, 27), (std::vector<double>{1, 3, 9, 27}));
  EXPECT_EQ(rungs({}, 200), (std::vector<double>{2, 6, 18, 54, 200}));
  EXPECT_EQ(rungs({}, {}), std::vector<double>{0});
}

TEST(Registry, MixesSamplersWhenTheSamplerIsLeftOpen) {
  const auto space = space_of({float_parameter("x", 0, 1)});
  const Problem problem = {"line", space, [](const Params& params) { return as_number(params.at("x")); }};
  const std::string notes = run_trials(*make_sampler(ExperimentSpec{}), problem, 15, 3).trials.back().notes;
  EXPECT_NE(notes.find("policy"), std::string::npos) << notes;
}

}  // namespace
}  // namespace hone
