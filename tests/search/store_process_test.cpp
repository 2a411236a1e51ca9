// The store between processes: the lock, readers beside a writer, and a writer that is killed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/error.h"
#include "core/random.h"
#include "search/store/integrity.h"
#include "search/store/store.h"
#include "tests/search/child.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

Event event_of(std::int64_t seq) {
  Event event;
  event.seq = seq;
  event.kind = EventKind::reported;
  event.trial = seq;
  event.body = R"({"text":")" + std::string(150, 'x') + "\"}";
  return event;
}

/// Appends events for ever and tells each number once it is safe.
void write_for_ever(const fs::path& folder, int report_fd) {
  const auto store = open_store(folder);
  std::int64_t seq = static_cast<std::int64_t>(store->load().size());
  while (true) {
    store->append(std::vector{event_of(seq + 1), event_of(seq + 2)}, seq % 10 == 0 ? Commit::full : Commit::normal);
    seq += 2;
    tell(report_fd, seq);
  }
}

TEST(StudyLock, ASecondHolderIsToldWhoTheFirstIs) {
  const FastFolder folder;
  EXPECT_FALSE(StudyLock::is_held(folder.study()));
  const StudyLock lock(folder.study());
  EXPECT_TRUE(StudyLock::is_held(folder.study()));
  char host[256] = {};
  ::gethostname(host, sizeof(host) - 1);
  try {
    const StudyLock second(folder.study());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.what(), "study::busy: " + folder.study().string() + " is in use by process " +
                                std::to_string(::getpid()) + " on " + host);
    EXPECT_EQ(error.exit_code(), ExitCode::busy);
  }
}

TEST(StudyLock, EndsWithItsScope) {
  const FastFolder folder;
  { const StudyLock lock(folder.study()); }
  EXPECT_FALSE(StudyLock::is_held(folder.study()));
  const StudyLock again(folder.study());
}

TEST(StudyLock, EndsWithItsProcess) {
  const FastFolder folder;
  Child child([&](int report) {
    const StudyLock lock(folder.study());
    tell(report, 1);
    ::pause();
  });
  ASSERT_TRUE(child.next());
  EXPECT_TRUE(StudyLock::is_held(folder.study()));
  child.kill_and_reap();
  EXPECT_FALSE(StudyLock::is_held(folder.study()));
}

TEST(Store, ReadersSeeAGrowingPrefixBesideAWriter) {
  const FastFolder folder;
  Child writer([&](int report) { write_for_ever(folder.study(), report); });
  ASSERT_TRUE(writer.next());
  std::int64_t seen = 0;
  for (int round = 0; round < 100; ++round) {
    const std::int64_t told = writer.next().value();
    const auto count = static_cast<std::int64_t>(open_store_to_read(folder.study())->load().size());
    ASSERT_GE(count, told);
    ASSERT_GE(count, seen);
    ASSERT_EQ(count % 2, 0) << "half a transaction";
    seen = count;
  }
}

TEST(Store, AKilledWriterLosesNothingItHasTold) {
  const FastFolder folder;
  RandomStream random(1, -1, "kills");
  std::int64_t told = 0;
  for (int kill = 0; kill < 40; ++kill) {
    Child writer([&](int report) { write_for_ever(folder.study(), report); });
    for (std::int64_t left = random.index(30); left > 0; --left) told = writer.next().value();
    writer.kill_and_reap();
    while (const auto more = writer.next()) told = *more;
    const std::vector<Event> events = open_store(folder.study())->load();
    ASSERT_GE(static_cast<std::int64_t>(events.size()), told);
    for (const Event& event : events) ASSERT_EQ(event.body, event_of(event.seq).body);
  }
}

TEST(Store, ACutLogGivesAPrefixOrIsNamedByTheHead) {
  const FastFolder folder;
  Child writer([&](int report) {
    const auto store = open_store(folder.study());
    for (std::int64_t seq = 1; seq <= 20; ++seq) store->append(std::vector{event_of(seq)}, Commit::full);
    tell(report, 20);
    ::pause();
  });
  ASSERT_EQ(writer.next(), 20);
  writer.kill_and_reap();
  write_head(folder.study(), {10, checksum(event_of(10))});
  const std::string database = read_file(folder.study() / "study.db");
  const std::string log = read_file(folder.study() / "study.db-wal");
  int noticed = 0;
  for (std::size_t length = 0; length <= log.size(); length += 509) {
    fs::remove(folder.study() / "study.db-shm");
    write_file(folder.study() / "study.db", database, Durability::renamed);
    write_file(folder.study() / "study.db-wal", log.substr(0, length), Durability::renamed);
    try {
      const std::size_t count = open_store_to_read(folder.study())->load().size();
      ASSERT_GE(count, 10U) << length;
      ASSERT_LE(count, 20U) << length;
    } catch (const Error& error) {
      ++noticed;
    }
  }
  EXPECT_GT(noticed, 10);
}

TEST(Store, AFullDiskIsAnErrorAndNotAHalfEvent) {
  const FastFolder folder;
  open_store(folder.study())->append(std::vector{event_of(1)}, Commit::full);
  Child writer([&](int report) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {100'000, 100'000};  // files cannot grow beyond: as near as one gets to a full disk
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto store = open_store(folder.study());
    std::int64_t seq = static_cast<std::int64_t>(store->load().size());
    try {
      while (true) {
        store->append(std::vector{event_of(seq + 1)}, Commit::full);
        ++seq;
      }
    } catch (const Error& error) {
      tell(report, error.exit_code() == ExitCode::busy ? seq : -1);
    }
  });
  const std::optional<std::int64_t> told = writer.next();
  ASSERT_TRUE(told);
  EXPECT_GT(*told, 1);
  EXPECT_EQ(static_cast<std::int64_t>(open_store(folder.study())->load().size()), *told);
}

}  // namespace
}  // namespace hone
