#include "cli/doctor.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands/verb.h"
#include "cli/format.h"

namespace hone {

namespace {

constexpr int kStateWidth = 9;
constexpr int kTextColumn = 19;

std::string styled_state(Health health, const Console& console) {
  const Style style = health == Health::ok ? Style::good : health == Health::limited ? Style::warning : Style::bad;
  const std::string text = to_text(health);
  return console.styled(style, text) + std::string(static_cast<std::size_t>(kStateWidth) - text.size(), ' ');
}

std::string check_lines(const HealthCheck& check, const Console& console, int columns) {
  // Wrapped behind a label of plain letters, which a styled one of the same width then replaces.
  const std::string label = std::string(static_cast<std::size_t>(kStateWidth), ' ') + check.what;
  std::string text = wrap_labelled(label, check.text, columns, kTextColumn);
  text.replace(0, static_cast<std::size_t>(kStateWidth), styled_state(check.health, console));
  if (!check.remedy.empty()) text += wrap_labelled("", "remedy: " + check.remedy, columns, kTextColumn);
  return text;
}

ExitCode show_health(Console& console) {
  const std::vector<HealthCheck> checks = examine("studies");
  if (console.options().json) {
    nlohmann::json items = nlohmann::json::array();
    for (const HealthCheck& check : checks) {
      items.push_back({{"what", check.what},
                       {"state", to_text(check.health)},
                       {"text", check.text},
                       {"remedy", check.remedy.empty() ? nlohmann::json(nullptr) : nlohmann::json(check.remedy)}});
    }
    console.answer(nlohmann::json{{"hone", 1}, {"kind", "doctor"}, {"items", items}}.dump(2) + "\n");
  } else {
    std::string text;
    for (const HealthCheck& check : checks) text += check_lines(check, console, console.answer_columns(100));
    console.answer(text);
  }
  const bool lacks = std::any_of(checks.begin(), checks.end(),
                                 [](const HealthCheck& check) { return check.health == Health::missing; });
  return lacks ? ExitCode::missing_part : ExitCode::ok;
}

}  // namespace

Action declare_doctor(CLI::App& app) {
  app.footer(
      "ok: all there; limited: it works, but less is possible; missing: what it is for does not run (exit 10). Where "
      "there is something to do, the remedy is said.");
  return [](Console& console) { return show_health(console); };
}

}  // namespace hone
