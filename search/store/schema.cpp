#include "search/store/schema.h"

#include <string>

#include "core/error.h"

namespace hone {

namespace {

constexpr std::int64_t kApplicationId = 1213156933;  // "HONE"
constexpr std::int64_t kFormatVersion = 1;

constexpr const char* kTables = R"sql(
  BEGIN IMMEDIATE;
  PRAGMA application_id = 1213156933;
  PRAGMA user_version = 1;
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE event(seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, trial INTEGER, attempt INTEGER,
                     time_us INTEGER NOT NULL, body TEXT NOT NULL, crc INTEGER NOT NULL) STRICT;
  CREATE INDEX event_of_trial ON event(trial, seq) WHERE trial IS NOT NULL;
  CREATE TRIGGER no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
  CREATE TRIGGER no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
  COMMIT)sql";

}  // namespace

bool is_blank(SqliteDatabase& database) {
  return database.number("SELECT count(*) FROM sqlite_schema") == 0 && database.number("PRAGMA application_id") == 0;
}

void create_schema(SqliteDatabase& database) {
  database.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
  database.run(kTables);
}

void require_own_schema(SqliteDatabase& database, const std::filesystem::path& file) {
  const std::int64_t tables = database.number("SELECT count(*) FROM sqlite_schema WHERE name IN ('event', 'meta')");
  if (database.number("PRAGMA application_id") != kApplicationId || tables != 2) {
    throw Error("store::foreign", file.string() + " is not a study of hone", {}, ExitCode::damaged);
  }
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version == kFormatVersion) return;
  throw Error("store::newer",
              file.string() + " has format " + std::to_string(version) + ", this hone reads format " +
                  std::to_string(kFormatVersion) + " only",
              {}, ExitCode::damaged);
}

}  // namespace hone
