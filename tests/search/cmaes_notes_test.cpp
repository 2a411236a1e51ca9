#include "search/samplers/cmaes_notes.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TEST(CmaesNotes, ReadBackWhatWasWritten) {
  CmaesNote note;
  note.run = 2;
  note.generation = 7;
  note.draw = 3;
  note.parents = {5, 1, 9};
  note.start = CmaesRun{12, 0.25, true, 40};
  const auto back = cmaes_note_in(to_notes(note));
  ASSERT_TRUE(back && back->parents && back->start);
  EXPECT_EQ(back->run, 2);
  EXPECT_EQ(back->generation, 7);
  EXPECT_EQ(back->draw, 3);
  EXPECT_EQ(*back->parents, (std::vector<std::int64_t>{5, 1, 9}));
  EXPECT_EQ(back->start->population, 12);
  EXPECT_EQ(back->start->sigma, 0.25);
  EXPECT_TRUE(back->start->large);
  EXPECT_EQ(back->start->limit, 40);
}

TEST(CmaesNotes, LeaveOutWhatOnlyTheFirstTrialSays) {
  EXPECT_EQ(to_notes({}), R"({"arm":"cmaes","cmaes":{"draw":0,"generation":0,"run":0}})");
  const auto back = cmaes_note_in(to_notes({}));
  ASSERT_TRUE(back);
  EXPECT_FALSE(back->parents);
  EXPECT_FALSE(back->start);
}

TEST(CmaesNotes, AreNotFoundInThoseOfOtherArms) {
  EXPECT_FALSE(cmaes_note_in("{}"));
  EXPECT_FALSE(cmaes_note_in(R"({"arm":"tpe"})"));
}

}  // namespace
}  // namespace hone
