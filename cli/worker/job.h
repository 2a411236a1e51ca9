#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <string_view>

#include "core/error.h"

namespace hone {

/// Writes protocol lines (core/protocol.h) to a descriptor, each with one write. Non-finite numbers are refused by
/// assertion: the job says {"status":"non_finite"} instead.
class LineWriter {
 public:
  explicit LineWriter(int fd) : fd_(fd) {}
  void write(const nlohmann::json& line);
  void note(const std::string& text);
  void diagnostic(const Diagnostic& diagnostic);
  /// Writes `content` as <folder>/result.json and names it in a line.
  void result(const std::filesystem::path& folder, const nlohmann::json& content);

 private:
  int fd_;
};

/// One kind of job. `run` returns when the job is done; throws Error for what the user can mend (the worker writes its
/// diagnostics and closes with {"end":1}), std::bad_alloc or c10::OutOfMemoryError for memory ({"end":76}).
/// Returns the number for {"end":…}: 0, or TrialExit::stopped and the like.
struct Job {
  std::string_view kind;
  int (*run)(const nlohmann::json& brief, LineWriter& lines);
};

/// The table kJobs (cli/worker/jobs.cpp).
std::span<const Job> jobs();

int run_import(const nlohmann::json& brief, LineWriter& lines);
int run_inspect(const nlohmann::json& brief, LineWriter& lines);
int run_split(const nlohmann::json& brief, LineWriter& lines);
int run_train(const nlohmann::json& brief, LineWriter& lines);
int run_evaluate(const nlohmann::json& brief, LineWriter& lines);
int run_compress(const nlohmann::json& brief, LineWriter& lines);
int run_predict(const nlohmann::json& brief, LineWriter& lines);
int run_about(const nlohmann::json& brief, LineWriter& lines);

}  // namespace hone
