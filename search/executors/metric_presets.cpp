#include "search/executors/metric_presets.h"

#include <memory>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/text.h"
#include "search/executors/metric_regex.h"

namespace hone {
namespace {

constexpr const char* kKatib =
    R"((?P<metric>[\w|-]+)\s*=\s*(?P<value>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|[nN]a[nN]))";
constexpr const char* kGuild = R"(^(?P<metric>[\w./@ -]*[\w./@-]):\s+(?P<value>\S+)(?:\s+\(step (?P<step>\d+)\))?\s*$)";
constexpr std::string_view kAclibLine = "Result of this algorithm run:";

LineReader regex_reader(const char* expression) {
  const auto regex = std::make_shared<const MetricRegex>(expression);
  return [regex](std::string_view line) { return regex->match(line); };
}

void take_status(const std::string& status, ReportLine& line) {
  if (to_lower(status) == "success") return;
  line.status = status == "MEMORYOUT" ? "out_of_memory" : "infeasible";
  line.why = "status " + status;
}

void take_value(const std::string& name, std::string_view text, ReportLine& line) {
  if (is_reserved_metric(name)) return;
  if (const auto number = parse_number(trim(text))) line.metrics[name] = *number;
}

std::optional<ReportLine> read_smac(std::string_view text) {
  if (text.find("cost=") == std::string_view::npos) return std::nullopt;
  ReportLine line;
  for (const std::string& part : split(text, ';')) {
    const std::size_t sign = part.find('=');
    if (sign == std::string::npos) continue;
    const std::string name(trim(part.substr(0, sign)));
    const std::string value(trim(part.substr(sign + 1)));
    if (name == "status") take_status(value, line);
    take_value(name, value, line);
  }
  line.final = true;
  return line;
}

std::optional<ReportLine> read_aclib(std::string_view text) {
  const std::size_t at = text.find(kAclibLine);
  if (at == std::string_view::npos) return std::nullopt;
  const auto object = nlohmann::json::parse(text.substr(at + kAclibLine.size()), nullptr, /*allow_exceptions=*/false);
  if (!object.is_object()) return std::nullopt;
  ReportLine line;
  for (const auto& [name, value] : object.items()) {
    if (name == "status" && value.is_string()) take_status(value.get<std::string>(), line);
    if (value.is_number() && !is_reserved_metric(name)) line.metrics[name] = value.get<double>();
  }
  line.final = true;
  return line;
}

LineReader number_reader(const std::string& objective) {
  return [objective](std::string_view text) -> std::optional<ReportLine> {
    const auto number = parse_number(trim(text));
    if (!number) return std::nullopt;
    ReportLine line;
    line.metrics[objective] = *number;
    line.final = true;
    return line;
  };
}

}  // namespace

LineReader make_preset(const std::string& name, const std::string& objective) {
  if (name == "katib") return regex_reader(kKatib);
  if (name == "guild") return regex_reader(kGuild);
  if (name == "smac") return read_smac;
  if (name == "aclib") return read_aclib;
  if (name == "number") return number_reader(objective);
  throw Error("spec::unknown-word",
              "trainer.metrics.preset must be katib, guild, smac, aclib or number (is " + name + ")");
}

}  // namespace hone
