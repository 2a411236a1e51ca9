#pragma once

#include <cstdint>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace hone {

/// What SQLite answered when it could not do its work. The store turns it into an Error for people.
class SqliteError : public std::runtime_error {
 public:
  /// `code` is an extended result code, `what` SQLite's own sentence.
  SqliteError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
  /// The primary result code: SQLITE_FULL, SQLITE_CORRUPT, …
  int primary_code() const { return code_ & 0xFF; }

 private:
  int code_;
};

/// A connection to one database file. Not copyable; closed at the end of its scope. All functions throw SqliteError.
class SqliteDatabase {
 public:
  /// Opens for reading and writing (reading only where the file is write-protected), never through a symbolic link.
  /// With busy_timeout 5 s, extended result codes, defensive mode, trusted_schema off, cell_size_check on.
  explicit SqliteDatabase(const std::filesystem::path& file);
  ~SqliteDatabase();
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  /// Runs statements whose rows nobody needs.
  void run(const char* sql);
  /// The first column of the first row as a number; 0 without a row.
  std::int64_t number(const char* sql);
  void set_busy_timeout(int milliseconds);
  sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
};

/// A prepared statement, used again and again: bind, step until false, which makes it ready for the next round.
class SqliteStatement {
 public:
  SqliteStatement(const SqliteDatabase& database, const char* sql);
  ~SqliteStatement();
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  /// Parameters count from 1. A bound text must live until the statement is done.
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_null(int parameter);
  /// The next row, or false after the last one.
  bool step();
  void reset();
  /// Columns count from 0.
  std::int64_t number(int column) const;
  bool is_null(int column) const;
  std::string_view text(int column) const;

 private:
  sqlite3_stmt* handle_ = nullptr;
};

}  // namespace hone
