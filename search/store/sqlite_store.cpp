#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "core/error.h"
#include "search/store/integrity.h"
#include "search/store/schema.h"
#include "search/store/sqlite.h"
#include "search/store/store.h"
#include "search/store/study_folder.h"

namespace hone {

namespace {

namespace fs = std::filesystem;
using SteadyClock = std::chrono::steady_clock;

constexpr auto kFullEvery = std::chrono::seconds(1);
constexpr auto kHeadEvery = std::chrono::seconds(1);

fs::path database_file(const fs::path& folder) { return folder / "study.db"; }

Error damaged(const fs::path& folder, std::int64_t seq, const std::string& why) {
  return Error("store::damaged",
               database_file(folder).string() + " is damaged at event " + std::to_string(seq) + ": " + why, {},
               ExitCode::damaged);
}

/// SQLite's answer as an Error for people: damage, or a store that cannot be written.
Error translated(const fs::path& folder, const SqliteError& error) {
  const fs::path file = database_file(folder);
  if (error.primary_code() == SQLITE_NOTADB) {
    return Error("store::foreign", file.string() + " is not a study of hone: " + error.what(), {}, ExitCode::damaged);
  }
  if (error.primary_code() == SQLITE_CORRUPT) {
    return Error("store::damaged", file.string() + " is damaged: " + error.what(), {}, ExitCode::damaged);
  }
  return Error("store::not-writable", "cannot use " + file.string() + ": " + error.what(), {}, ExitCode::busy);
}

/// A transaction that takes the write lock at once and rolls back unless committed.
class WriteTransaction {
 public:
  explicit WriteTransaction(SqliteDatabase& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
  ~WriteTransaction() {
    if (!committed_) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
  void commit() {
    database_.run("COMMIT");
    committed_ = true;
  }

 private:
  SqliteDatabase& database_;
  bool committed_ = false;
};

enum class Use { write, read };

class SqliteStore final : public Store {
 public:
  /// The file exists; `folder` is canonical.
  SqliteStore(fs::path folder, Use use);
  ~SqliteStore() override;

  std::vector<Event> load(std::int64_t after) override;
  void append(std::span<const Event> events, Commit commit) override;
  std::optional<std::string> meta(const std::string& key) override;
  void set_meta(const std::string& key, const std::string& value) override;
  double commit_seconds() const override { return commit_seconds_; }

 private:
  /// Runs a piece of work and translates what SQLite throws.
  template <class Work>
  auto guarded(const Work& work) {
    try {
      return work();
    } catch (const SqliteError& error) {
      throw translated(folder_, error);
    }
  }
  void check_head(const std::optional<StoreHead>& head, std::int64_t after, const std::vector<Event>& events) const;
  void insert(const Event& event, std::uint32_t crc);
  /// Only outside a transaction: inside one SQLite refuses the change.
  void set_synchronous(Commit commit);
  void note_full_commit();

  fs::path folder_;
  Use use_;
  SqliteDatabase database_;
  std::optional<SqliteStatement> insert_;
  Commit synchronous_ = Commit::normal;
  StoreHead newest_;
  std::int64_t written_head_ = 0;
  SteadyClock::time_point last_full_{};
  SteadyClock::time_point last_head_{};
  double commit_seconds_ = 0;
};

SqliteStore::SqliteStore(fs::path folder, Use use)
    : folder_(std::move(folder)), use_(use), database_(database_file(folder_)) {
  if (use_ == Use::read) {
    if (is_blank(database_)) throw Error("study::not-found", "there is no study in " + folder_.string());
    require_own_schema(database_, database_file(folder_));
    database_.run("PRAGMA query_only = ON");
    return;
  }
  if (is_blank(database_)) create_schema(database_);
  require_own_schema(database_, database_file(folder_));
  database_.run("PRAGMA journal_size_limit = 67108864; PRAGMA synchronous = NORMAL");
  insert_.emplace(database_,
                  "INSERT INTO event(seq, kind, trial, attempt, time_us, body, crc) VALUES(?, ?, ?, ?, ?, ?, ?)");
  newest_.seq = database_.number("SELECT coalesce(max(seq), 0) FROM event");
}

SqliteStore::~SqliteStore() {
  if (use_ == Use::read) return;
  // A clean end leaves one whole file; where that fails (a reader, a full disk) the log stays and is read next time.
  try {
    if (last_full_ != SteadyClock::time_point{} && newest_.seq > written_head_) {
      database_.run("PRAGMA synchronous = FULL");
      database_.set_busy_timeout(100);
      database_.run("PRAGMA wal_checkpoint(TRUNCATE)");
      write_head(folder_, newest_);
    }
  } catch (const std::exception&) {
    return;
  }
}

std::vector<Event> SqliteStore::load(std::int64_t after) {
  // First the head: whatever it names was committed before, so the rows read later must show it.
  const std::optional<StoreHead> head = load_head(folder_);
  std::vector<Event> events;
  try {
    SqliteStatement rows(database_,
                         "SELECT seq, kind, trial, attempt, time_us, body, crc FROM event WHERE seq > ? ORDER BY seq");
    rows.bind(1, after);
    while (rows.step()) {
      const std::int64_t expected = after + static_cast<std::int64_t>(events.size()) + 1;
      Event event;
      event.seq = rows.number(0);
      if (event.seq != expected) throw damaged(folder_, expected, "it is missing");
      const std::optional<EventKind> kind = event_kind_named(rows.text(1));
      if (!kind) throw damaged(folder_, expected, "its kind is unknown");
      event.kind = *kind;
      if (!rows.is_null(2)) event.trial = rows.number(2);
      if (!rows.is_null(3)) event.attempt = rows.number(3);
      event.time_us = rows.number(4);
      event.body = rows.text(5);
      if (rows.number(6) != checksum(event)) throw damaged(folder_, expected, "its checksum is wrong");
      events.push_back(std::move(event));
    }
  } catch (const SqliteError& error) {
    if (error.primary_code() != SQLITE_CORRUPT) throw translated(folder_, error);
    throw damaged(folder_, after + static_cast<std::int64_t>(events.size()) + 1, error.what());
  }
  check_head(head, after, events);
  if (use_ == Use::write && !events.empty()) newest_ = {events.back().seq, checksum(events.back())};
  return events;
}

void SqliteStore::check_head(const std::optional<StoreHead>& head, std::int64_t after,
                             const std::vector<Event>& events) const {
  if (!head || head->seq <= after) return;
  const std::int64_t last = after + static_cast<std::int64_t>(events.size());
  if (head->seq > last) {
    throw damaged(folder_, last + 1,
                  "it is missing, although study.head says that event " + std::to_string(head->seq) + " was written");
  }
  if (checksum(events[static_cast<std::size_t>(head->seq - after - 1)]) != head->crc) {
    throw damaged(folder_, head->seq, "its checksum is not the one in study.head");
  }
}

void SqliteStore::append(std::span<const Event> events, Commit commit) {
  assert(use_ == Use::write);
  if (events.empty()) return;
  guarded([&] {
    const bool full = commit == Commit::full || SteadyClock::now() - last_full_ >= kFullEvery;
    set_synchronous(full ? Commit::full : Commit::normal);
    WriteTransaction transaction(database_);
    StoreHead newest = newest_;
    for (const Event& event : events) {
      assert(event.seq == newest.seq + 1);
      newest = {event.seq, checksum(event)};
      insert(event, newest.crc);
    }
    const auto before = SteadyClock::now();
    transaction.commit();
    commit_seconds_ += std::chrono::duration<double>(SteadyClock::now() - before).count();
    newest_ = newest;
    if (full) note_full_commit();
  });
}

void SqliteStore::insert(const Event& event, std::uint32_t crc) {
  insert_->bind(1, event.seq);
  insert_->bind(2, name_of(event.kind));
  event.trial ? insert_->bind(3, *event.trial) : insert_->bind_null(3);
  event.attempt ? insert_->bind(4, *event.attempt) : insert_->bind_null(4);
  insert_->bind(5, event.time_us);
  insert_->bind(6, std::string_view(event.body));
  insert_->bind(7, static_cast<std::int64_t>(crc));
  insert_->step();
}

void SqliteStore::set_synchronous(Commit commit) {
  if (commit == synchronous_) return;
  database_.run(commit == Commit::full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  synchronous_ = commit;
}

void SqliteStore::note_full_commit() {
  const auto now = SteadyClock::now();
  last_full_ = now;
  if (now - last_head_ < kHeadEvery) return;
  last_head_ = now;
  try {
    write_head(folder_, newest_);
    written_head_ = newest_.seq;
  } catch (const Error&) {
    // The events are safe; an older head only notices less damage. A full disk is reported by the next commit.
    return;
  }
}

std::optional<std::string> SqliteStore::meta(const std::string& key) {
  return guarded([&]() -> std::optional<std::string> {
    SqliteStatement row(database_, "SELECT value FROM meta WHERE key = ?");
    row.bind(1, std::string_view(key));
    if (!row.step()) return std::nullopt;
    return std::string(row.text(0));
  });
}

void SqliteStore::set_meta(const std::string& key, const std::string& value) {
  assert(use_ == Use::write);
  guarded([&] {
    set_synchronous(Commit::full);
    WriteTransaction transaction(database_);
    SqliteStatement row(database_,
                        "INSERT INTO meta(key, value) VALUES(?, ?) "
                        "ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    row.bind(1, std::string_view(key));
    row.bind(2, std::string_view(value));
    row.step();
    transaction.commit();
  });
}

std::unique_ptr<Store> open_checked(const fs::path& folder, Use use) {
  try {
    return std::make_unique<SqliteStore>(folder, use);
  } catch (const SqliteError& error) {
    throw translated(folder, error);
  }
}

}  // namespace

std::unique_ptr<Store> open_store(const fs::path& folder) {
  const fs::path canonical = prepare_study_folder(folder);
  // Made here so that it is 0600. An existing file is never opened by anybody but SQLite: closing another descriptor
  // of it would drop the locks of every connection in this process.
  const fs::path file = database_file(canonical);
  const int fd = ::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 && errno != EEXIST) {
    throw Error("store::not-writable", "cannot make " + file.string() + ": " + std::strerror(errno), {},
                ExitCode::busy);
  }
  if (fd >= 0) ::close(fd);
  return open_checked(canonical, Use::write);
}

std::unique_ptr<Store> open_store_to_read(const fs::path& folder) {
  std::error_code error;
  const fs::path canonical = fs::canonical(folder, error);
  if (error || !fs::exists(database_file(canonical), error)) {
    throw Error("study::not-found", "there is no study in " + folder.string());
  }
  return open_checked(canonical, Use::read);
}

}  // namespace hone
