#include "search/store/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/error.h"
#include "search/store/integrity.h"
#include "search/store/study_folder.h"
#include "tests/search/simulation.h"

namespace hone {
namespace {

namespace fs = std::filesystem;

Event event_of(std::int64_t seq, EventKind kind = EventKind::reported, std::string body = R"({"step":1})") {
  Event event;
  event.seq = seq;
  event.kind = kind;
  event.trial = seq * 10;
  event.attempt = 1;
  event.time_us = 1'700'000'000'000'000 + seq;
  event.body = std::move(body);
  return event;
}

void append_one(Store& store, std::int64_t seq) { store.append(std::vector{event_of(seq)}, Commit::full); }

void expect_equal(const Event& a, const Event& b) {
  EXPECT_EQ(a.seq, b.seq);
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.trial, b.trial);
  EXPECT_EQ(a.attempt, b.attempt);
  EXPECT_EQ(a.time_us, b.time_us);
  EXPECT_EQ(a.body, b.body);
}

std::string what_of(const std::function<void()>& action, ExitCode exit_code) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.exit_code()), static_cast<int>(exit_code)) << error.what();
    return error.what();
  }
  return "no error";
}

/// SQL behind the store's back.
std::string run_sql(const fs::path& file, const char* sql) {
  sqlite3* database = nullptr;
  EXPECT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  char* message = nullptr;
  sqlite3_exec(database, sql, nullptr, nullptr, &message);
  const std::string text = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(database);
  return text;
}

TEST(Store, EventsReadBackEqual) {
  const FastFolder folder;
  std::vector<Event> events = {event_of(1, EventKind::study_opened, R"({"name":"größe"})"), event_of(2)};
  events[0].trial.reset();
  events[0].attempt.reset();
  events[1].time_us = std::numeric_limits<std::int64_t>::min();
  {
    const auto store = open_store(folder.study());
    EXPECT_TRUE(store->load().empty());
    store->append(events, Commit::full);
    store->append(std::vector{event_of(3)}, Commit::normal);
  }
  const auto store = open_store(folder.study());
  const std::vector<Event> loaded = store->load();
  ASSERT_EQ(loaded.size(), 3U);
  expect_equal(loaded[0], events[0]);
  expect_equal(loaded[1], events[1]);
  expect_equal(loaded[2], event_of(3));
  ASSERT_EQ(store->load(2).size(), 1U);
  EXPECT_EQ(store->load(2).front().seq, 3);
  EXPECT_TRUE(store->load(3).empty());
}

TEST(Store, AnAppendIsAllOrNothing) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  append_one(*store, 1);
  EXPECT_EQ(run_sql(folder.study() / "study.db", "INSERT INTO event VALUES(3, 'reported', NULL, NULL, 0, '{}', 0)"),
            "");
  const std::vector<Event> events = {event_of(2), event_of(3)};
  EXPECT_EQ(what_of([&] { store->append(events, Commit::full); }, ExitCode::busy),
            "store::not-writable: cannot use " + (folder.study() / "study.db").string() +
                ": UNIQUE constraint failed: event.seq");
  EXPECT_EQ(run_sql(folder.study() / "study.db", "SELECT 1/(count(*) = 2) FROM event"), "");
  EXPECT_EQ(what_of([&] { store->load(); }, ExitCode::damaged),
            "store::damaged: " + (folder.study() / "study.db").string() + " is damaged at event 2: it is missing");
}

TEST(Store, MetaIsKeptAndReplaced) {
  const FastFolder folder;
  {
    const auto store = open_store(folder.study());
    EXPECT_EQ(store->meta("spec"), std::nullopt);
    store->set_meta("spec", "first");
    store->set_meta("spec", "second");
  }
  EXPECT_EQ(open_store_to_read(folder.study())->meta("spec"), "second");
}

TEST(Store, TheEventTableIsAppendOnly) {
  const FastFolder folder;
  append_one(*open_store(folder.study()), 1);
  EXPECT_EQ(run_sql(folder.study() / "study.db", "UPDATE event SET body = '{}'"), "append only");
  EXPECT_EQ(run_sql(folder.study() / "study.db", "DELETE FROM event"), "append only");
}

TEST(Store, OnlyItsOwnerMayLookInside) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  append_one(*store, 1);
  const auto mode_of = [](const fs::path& path) {
    struct stat info {};
    EXPECT_EQ(::stat(path.c_str(), &info), 0) << path;
    return info.st_mode & 0777;
  };
  EXPECT_EQ(mode_of(folder.study()), 0700U);
  EXPECT_EQ(mode_of(folder.study() / "study.db"), 0600U);
  EXPECT_EQ(mode_of(folder.study() / "study.db-wal"), 0600U);
}

TEST(Store, LookingForNoStudySaysSo) {
  const FastFolder folder;
  EXPECT_EQ(what_of([&] { open_store_to_read(folder.study()); }, ExitCode::usage),
            "study::not-found: there is no study in " + folder.study().string());
}

TEST(Store, AFileOfAnotherProgramIsRefused) {
  const FastFolder folder;
  fs::create_directories(folder.study());
  const fs::path file = folder.study() / "study.db";
  write_file(file, std::string(5000, 'x'));
  EXPECT_EQ(what_of([&] { open_store(folder.study()); }, ExitCode::damaged),
            "store::foreign: " + file.string() + " is not a study of hone: file is not a database");
  fs::remove(file);
  run_sql(file, "CREATE TABLE song(name)");
  EXPECT_EQ(what_of([&] { open_store(folder.study()); }, ExitCode::damaged),
            "store::foreign: " + file.string() + " is not a study of hone");
}

TEST(Store, AFileOfANewerHoneIsRefused) {
  const FastFolder folder;
  append_one(*open_store(folder.study()), 1);
  run_sql(folder.study() / "study.db", "PRAGMA user_version = 2");
  EXPECT_EQ(what_of([&] { open_store_to_read(folder.study()); }, ExitCode::damaged),
            "store::newer: " + (folder.study() / "study.db").string() + " has format 2, this hone reads format 1 only");
}

TEST(Store, ASymbolicLinkIsNotFollowed) {
  const FastFolder folder;
  append_one(*open_store(folder.study()), 1);
  const fs::path other = folder.study().parent_path() / "other";
  fs::create_directories(other);
  fs::create_symlink(folder.study() / "study.db", other / "study.db");
  EXPECT_EQ(what_of([&] { open_store(other); }, ExitCode::busy),
            "store::not-writable: cannot use " + (other / "study.db").string() + ": unable to open database file");
}

TEST(Store, AChangedBodyIsNamed) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  for (std::int64_t seq = 1; seq <= 5; ++seq) append_one(*store, seq);
  run_sql(folder.study() / "study.db", "DROP TRIGGER no_update; UPDATE event SET body = '{\"step\":2}' WHERE seq = 4");
  EXPECT_EQ(
      what_of([&] { store->load(); }, ExitCode::damaged),
      "store::damaged: " + (folder.study() / "study.db").string() + " is damaged at event 4: its checksum is wrong");
}

TEST(Store, AStoreBehindItsHeadIsNamed) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  append_one(*store, 1);
  write_head(folder.study(), {3, 0});
  EXPECT_EQ(what_of([&] { store->load(); }, ExitCode::damaged),
            "store::damaged: " + (folder.study() / "study.db").string() +
                " is damaged at event 2: it is missing, although study.head says that event 3 was written");
  write_head(folder.study(), {1, 12345});
  EXPECT_EQ(what_of([&] { store->load(); }, ExitCode::damaged),
            "store::damaged: " + (folder.study() / "study.db").string() +
                " is damaged at event 1: its checksum is not the one in study.head");
}

TEST(Store, ADamagedHeadIsNamed) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  append_one(*store, 1);
  for (const std::string text : {"1", "1 ", "x 1\n", "1 2", "1 2\n3"}) {
    write_file(folder.study() / "study.head", text);
    EXPECT_EQ(what_of([&] { store->load(); }, ExitCode::damaged),
              "store::damaged: " + (folder.study() / "study.head").string() +
                  " is damaged: it must hold a number and a checksum");
  }
  write_file(folder.study() / "study.head", "");
  EXPECT_EQ(store->load().size(), 1U);
}

TEST(Store, ACleanEndLeavesTheNewestHead) {
  const FastFolder folder;
  {
    const auto store = open_store(folder.study());
    for (std::int64_t seq = 1; seq <= 5; ++seq) append_one(*store, seq);
  }
  const std::optional<StoreHead> head = load_head(folder.study());
  ASSERT_TRUE(head);
  EXPECT_EQ(head->seq, 5);
  EXPECT_EQ(head->crc, checksum(event_of(5)));
}

/// Writes five events and returns the files of the closed study.
std::string bytes_of_a_closed_study(const fs::path& folder) {
  {
    const auto store = open_store(folder);
    for (std::int64_t seq = 1; seq <= 5; ++seq) append_one(*store, seq);
  }
  return read_file(folder / "study.db");
}

/// Loads all events, or nothing when the damage was noticed.
std::optional<std::vector<Event>> events_or_noticed(const fs::path& folder) {
  try {
    return open_store(folder)->load();
  } catch (const Error& error) {
    EXPECT_TRUE(error.exit_code() == ExitCode::damaged || error.exit_code() == ExitCode::busy) << error.what();
    return std::nullopt;
  }
}

TEST(Store, AFlippedBitIsHarmlessOrNamed) {
  const FastFolder folder;
  const std::string whole = bytes_of_a_closed_study(folder.study());
  int noticed = 0;
  for (std::size_t at = 0; at < whole.size(); at += 13) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << (at % 8)));
    fs::remove(folder.study() / "study.db-wal");
    fs::remove(folder.study() / "study.db-shm");
    write_file(folder.study() / "study.db", flipped, Durability::renamed);
    const auto events = events_or_noticed(folder.study());
    noticed += events ? 0 : 1;
    if (!events) continue;
    ASSERT_EQ(events->size(), 5U) << "byte " << at;
    for (std::int64_t seq = 1; seq <= 5; ++seq)
      expect_equal((*events)[static_cast<std::size_t>(seq - 1)], event_of(seq));
  }
  EXPECT_GT(noticed, 10);
}

TEST(Store, ACutFileIsHarmlessOrNamed) {
  const FastFolder folder;
  const std::string whole = bytes_of_a_closed_study(folder.study());
  for (std::size_t length = 0; length < whole.size(); length += 101) {
    fs::remove(folder.study() / "study.db-wal");
    fs::remove(folder.study() / "study.db-shm");
    write_file(folder.study() / "study.db", whole.substr(0, length), Durability::renamed);
    const auto events = events_or_noticed(folder.study());
    if (!events) continue;
    EXPECT_EQ(events->size(), 5U) << "length " << length;
  }
}

TEST(Store, NetworkFileSystemsAreKnown) {
  EXPECT_EQ(network_file_system(0x6969), "NFS");
  EXPECT_EQ(network_file_system(static_cast<long>(0xFE534D42)), "SMB");
  EXPECT_EQ(network_file_system(static_cast<int>(0xFF534D42)), "CIFS");
  EXPECT_EQ(network_file_system(0x0BD00BD3), "Lustre");
  EXPECT_EQ(network_file_system(0x47504653), "GPFS");
  EXPECT_EQ(network_file_system(0xEF53), std::nullopt);
}

TEST(Store, CommitsAreTimed) {
  const FastFolder folder;
  const auto store = open_store(folder.study());
  EXPECT_EQ(store->commit_seconds(), 0);
  append_one(*store, 1);
  EXPECT_GT(store->commit_seconds(), 0);
}

}  // namespace
}  // namespace hone
