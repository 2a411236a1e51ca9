#pragma once

#include <filesystem>

#include "search/store/sqlite.h"

namespace hone {

/// Whether nothing was ever put into the database: a study that is being made, or one whose making was cut short.
bool is_blank(SqliteDatabase& database);

/// Makes the tables of reliability.md §3 in one transaction: a death leaves all of them or a blank database.
void create_schema(SqliteDatabase& database);

/// Throws Error("store::foreign") for a database of another program and Error("store::newer") for a format that this
/// hone does not know, both exit 8.
void require_own_schema(SqliteDatabase& database, const std::filesystem::path& file);

}  // namespace hone
