#include "search/trial/event.h"

#include <gtest/gtest.h>

namespace hone {
namespace {

TEST(Event, NamesEveryKindAndReadsItBack) {
  EXPECT_EQ(name_of(EventKind::study_opened), "study_opened");
  EXPECT_EQ(name_of(EventKind::asked), "asked");
  EXPECT_EQ(name_of(EventKind::closed), "closed");
  for (int i = 0; i <= static_cast<int>(EventKind::closed); ++i) {
    const auto kind = static_cast<EventKind>(i);
    EXPECT_EQ(event_kind_named(name_of(kind)), kind);
  }
  EXPECT_EQ(event_kind_named("opened"), std::nullopt);
}

}  // namespace
}  // namespace hone
