#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "cli/best_lines.h"
#include "cli/report/json_document.h"
#include "cli/report/page_parts.h"
#include "cli/report/write_report.h"
#include "core/hash.h"

namespace hone {

namespace {

using nlohmann::json;

/// Curves beyond these weigh more than they tell; the page says how many it draws.
constexpr std::size_t kMostCurves = 200;

std::string base64_of_hex(const std::string& hex) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  unsigned bits = 0;
  int count = 0;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bits = (bits << 8) | static_cast<unsigned>(std::stoi(hex.substr(i, 2), nullptr, 16));
    for (count += 8; count >= 6; count -= 6) text += kAlphabet[(bits >> (count - 6)) & 63];
  }
  if (count > 0) text += kAlphabet[(bits << (6 - count)) & 63];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

std::string source_hash(const std::string& text) { return "'sha256-" + base64_of_hex(sha256(text)) + "'"; }

/// JSON that cannot end its block or start markup, whatever a name holds (cli.md §8). All these characters stand in
/// strings only.
std::string escaped_for_page(const json& document) {
  std::string text;
  for (const std::string& raw = document.dump(-1, ' ', false, json::error_handler_t::replace); const char c : raw) {
    switch (c) {
      case '<':
        text += "\\u003c";
        break;
      case '>':
        text += "\\u003e";
        break;
      case '&':
        text += "\\u0026";
        break;
      default:
        text += c;
    }
  }
  for (const auto& [raw, escape] : {std::pair("\xe2\x80\xa8", "\\u2028"), std::pair("\xe2\x80\xa9", "\\u2029")}) {
    for (std::size_t at = text.find(raw); at != std::string::npos; at = text.find(raw, at)) text.replace(at, 3, escape);
  }
  return text;
}

std::string escaped_text(const std::string& raw) {
  std::string text;
  for (const char c : raw) {
    if (c == '<') {
      text += "&lt;";
    } else if (c == '>') {
      text += "&gt;";
    } else if (c == '&') {
      text += "&amp;";
    } else {
      text += c;
    }
  }
  return text;
}

/// Keeps the best trials, as many as [report] trials says, and those the page names: the best one and the front.
void keep_shown_trials(const Results& results, json& document) {
  json& items = document["items"];
  if (items.size() <= results.shown_trials) return;
  std::vector<const TrialResult*> ranked;
  for (const TrialResult& trial : results.trials) ranked.push_back(&trial);
  std::stable_sort(ranked.begin(), ranked.end(), [&](const TrialResult* a, const TrialResult* b) {
    if (!a->value || !b->value) return a->value.has_value() && !b->value.has_value();
    return results.maximize ? *a->value > *b->value : *a->value < *b->value;
  });
  std::set<std::int64_t> shown;
  for (std::size_t i = 0; i < results.shown_trials; ++i) shown.insert(ranked[i]->id);
  if (results.best) shown.insert(*results.best);
  if (results.front) {
    for (const FrontTrial& trial : results.front->trials) shown.insert(trial.trial);
  }
  json kept = json::array();
  for (json& item : items) {
    if (shown.contains(item["trial"].get<std::int64_t>())) kept.push_back(std::move(item));
  }
  items = std::move(kept);
}

/// The JSON report with what only the page needs, and without curves nobody could tell apart.
json page_data(const Results& results) {
  json document = report_json(results);
  document["title"] = results.title;
  document["family"] = results.family;
  document["best_how"] = how_text(results);
  keep_shown_trials(results, document);
  if (results.trials.size() > kMostCurves) {
    std::size_t kept = 0;
    for (auto trial = document["items"].rbegin(); trial != document["items"].rend(); ++trial) {
      if (++kept > kMostCurves && (*trial)["trial"] != document["study"]["best"]) trial->erase("curve");
    }
  }
  return document;
}

}  // namespace

std::string html_report(const Results& results) {
  const std::string style(page_style());
  const std::string script = std::string(page_script_base()) + std::string(page_script_search()) +
                             std::string(page_script_parameters()) + std::string(page_script_page());
  const std::string policy =
      fmt::format("default-src 'none'; script-src {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
                  source_hash(script), source_hash(style));
  return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta "
         "http-equiv=\"Content-Security-Policy\" content=\"" +
         policy +
         "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" "
         "href=\"data:,\">\n<title>" +
         escaped_text(results.title) + "</title>\n<style>" + style +
         "</style>\n</head>\n<body>\n<main></main>\n<noscript><p>This page draws itself with a script; report.md holds "
         "the same in text.</p></noscript>\n<script type=\"application/json\" id=\"data\">" +
         escaped_for_page(page_data(results)) + "</script>\n<script>" + script + "</script>\n</body>\n</html>\n";
}

}  // namespace hone
