#include "search/store/sqlite.h"

#include <sqlite3.h>

namespace hone {

namespace {

[[noreturn]] void throw_error(sqlite3* handle) {
  throw SqliteError(sqlite3_extended_errcode(handle), sqlite3_errmsg(handle));
}

void check(int code, sqlite3* handle) {
  if (code != SQLITE_OK) throw_error(handle);
}

/// Settings of a connection; none of them is kept in the file.
void configure(SqliteDatabase& database) {
  sqlite3_extended_result_codes(database.handle(), 1);
  database.set_busy_timeout(5000);
  check(sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr), database.handle());
  database.run("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON");
}

}  // namespace

SqliteDatabase::SqliteDatabase(const std::filesystem::path& file) {
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
  if (const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr); code != SQLITE_OK) {
    const SqliteError error(code, handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code));
    sqlite3_close(handle_);
    throw error;
  }
  try {
    configure(*this);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
}

SqliteDatabase::~SqliteDatabase() { sqlite3_close(handle_); }

void SqliteDatabase::run(const char* sql) { check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), handle_); }

std::int64_t SqliteDatabase::number(const char* sql) {
  SqliteStatement statement(*this, sql);
  return statement.step() ? statement.number(0) : 0;
}

void SqliteDatabase::set_busy_timeout(int milliseconds) { sqlite3_busy_timeout(handle_, milliseconds); }

SqliteStatement::SqliteStatement(const SqliteDatabase& database, const char* sql) {
  check(sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr),
        database.handle());
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

void SqliteStatement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(handle_, parameter, value), sqlite3_db_handle(handle_));
}

void SqliteStatement::bind(int parameter, std::string_view text) {
  check(sqlite3_bind_text64(handle_, parameter, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8),
        sqlite3_db_handle(handle_));
}

void SqliteStatement::bind_null(int parameter) {
  check(sqlite3_bind_null(handle_, parameter), sqlite3_db_handle(handle_));
}

bool SqliteStatement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) {
    const SqliteError error(sqlite3_extended_errcode(sqlite3_db_handle(handle_)),
                            sqlite3_errmsg(sqlite3_db_handle(handle_)));
    reset();
    throw error;
  }
  reset();
  return false;
}

void SqliteStatement::reset() { sqlite3_reset(handle_); }

std::int64_t SqliteStatement::number(int column) const { return sqlite3_column_int64(handle_, column); }

bool SqliteStatement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

std::string_view SqliteStatement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

}  // namespace hone
