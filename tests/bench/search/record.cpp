#include "tests/bench/search/record.h"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <memory>
#include <thread>

#include "core/error.h"

namespace hone {
namespace {

constexpr std::string_view kLead[] = {"opponent", "version", "problem", "seed", "trials"};
constexpr std::string_view kTail[] = {"repeats", "seconds", "host"};

std::string header(std::span<const std::int64_t> checkpoints) {
  std::string text;
  for (const std::string_view name : kLead) text += std::string(name) + ",";
  for (const std::int64_t trials : checkpoints) text += fmt::format("at_{},", trials);
  return text + fmt::format("{}", fmt::join(kTail, ","));
}

/// Fields of a line; one in double quotes may hold commas.
std::vector<std::string> fields_of(const std::string& line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      fields.emplace_back();
    } else if (c != '\r') {
      fields.back() += c;
    }
  }
  return fields;
}

template <class Number>
Number number_in(const std::string& text) {
  Number number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    throw Error("bench::results", "`" + text + "` in a table of results is no number");
  }
  return number;
}

Record record_of(const std::vector<std::string>& names, const std::vector<std::string>& fields) {
  Record record;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string& name = names[i];
    const std::string& field = fields[i];
    if (name == "opponent") record.opponent = field;
    if (name == "version") record.version = field;
    if (name == "problem") record.problem = field;
    if (name == "host") record.host = field;
    if (field.empty()) continue;
    if (name == "seed") record.seed = number_in<std::int64_t>(field);
    if (name == "trials") record.trials = number_in<std::int64_t>(field);
    if (name == "repeats") record.repeats = number_in<std::int64_t>(field);
    if (name == "seconds") record.seconds = number_in<double>(field);
    if (name.starts_with("at_")) record.at[number_in<std::int64_t>(name.substr(3))] = number_in<double>(field);
  }
  return record;
}

}  // namespace

std::vector<Record> read_records(const std::filesystem::path& path) {
  std::vector<Record> records;
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) return records;
  const std::vector<std::string> names = fields_of(line);
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = fields_of(line);
    if (fields.size() != names.size()) throw Error("bench::results", path.string() + ": a torn line: " + line);
    records.push_back(record_of(names, fields));
  }
  return records;
}

void append_record(const std::filesystem::path& path, const Record& record, std::span<const std::int64_t> checkpoints) {
  const bool is_new = !std::filesystem::exists(path);
  std::string line = is_new ? header(checkpoints) + "\n" : "";
  line +=
      fmt::format("\"{}\",{},{},{},{},", record.opponent, record.version, record.problem, record.seed, record.trials);
  for (const std::int64_t trials : checkpoints) {
    const auto score = record.at.find(trials);
    line += (score == record.at.end() ? "" : fmt::format("{:.6g}", score->second)) + ",";
  }
  line += fmt::format("{},{:.2f},\"{}\"\n", record.repeats, record.seconds, record.host);
  std::ofstream(path, std::ios::app) << line;
}

std::string host_class() {
  std::ifstream file("/proc/cpuinfo");
  std::string line;
  std::string model = "unknown processor";
  while (std::getline(file, line)) {
    if (line.starts_with("model name")) {
      model = line.substr(line.find(':') + 2);
      break;
    }
  }
  return fmt::format("{}, {} cores", model, std::thread::hardware_concurrency());
}

std::string without_instance(const std::string& problem) {
  const std::size_t at = problem.find(":i");
  if (at == std::string::npos) return problem;
  std::size_t end = at + 2;
  while (end < problem.size() && problem[end] >= '0' && problem[end] <= '9') ++end;
  return problem.substr(0, at) + problem.substr(end);
}

ScoresByProblem scores_of(const std::vector<Record>& records, const std::string& opponent, std::int64_t trials) {
  ScoresByProblem scores;
  for (const Record& record : records) {
    if (record.opponent != opponent) continue;
    const auto score = record.at.find(trials);
    if (score != record.at.end()) scores[without_instance(record.problem)].push_back(score->second);
  }
  return scores;
}

}  // namespace hone
