#include "search/executors/command_template.h"

#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/error.h"

namespace hone {
namespace {

constexpr std::string_view kFlags = "{params}";
constexpr std::string_view kPlain = "{params_plain}";

/// An element with its placeholders replaced.
struct Expanded {
  std::string text;
  bool has_inactive = false;
};

/// The name in `{NAME}` at the start of `text` when it is one that would be replaced.
std::optional<std::string> known_name(std::string_view text, const TemplateValues& values) {
  if (text.empty() || text.front() != '{') return std::nullopt;
  const std::size_t end = text.find('}');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view placeholder = text.substr(0, end + 1);
  std::string name(text.substr(1, end - 1));
  if (placeholder == kFlags || placeholder == kPlain) return name;
  if (!values.declared.contains(name) && !values.built_in.contains(name)) return std::nullopt;
  return name;
}

Expanded expand_element(std::string_view element, const TemplateValues& values) {
  Expanded result;
  for (std::size_t i = 0; i < element.size();) {
    const std::string_view rest = element.substr(i);
    const bool after_dollar = i > 0 && element[i - 1] == '$';
    const auto escaped = rest.starts_with("{{") && !after_dollar ? known_name(rest.substr(1), values) : std::nullopt;
    const auto name = after_dollar ? std::nullopt : known_name(rest, values);
    if (escaped) {
      result.text += "{" + *escaped + "}";
      i += escaped->size() + 3;
    } else if (name) {
      const auto built_in = values.built_in.find(*name);
      const auto parameter = values.params.find(*name);
      if (built_in != values.built_in.end())
        result.text += built_in->second;
      else if (parameter != values.params.end())
        result.text += to_text(parameter->second);
      else
        result.has_inactive = true;
      i += name->size() + 2;
    } else {
      result.text += element[i++];
    }
  }
  return result;
}

void append_params(const Params& params, std::string_view prefix, std::vector<std::string>& argv) {
  for (const auto& [name, value] : params) argv.push_back(std::string(prefix) + name + "=" + to_text(value));
}

bool is_flag(const std::string& element) {
  return element.size() > 1 && element.front() == '-' && element.find_first_of("={") == std::string::npos;
}

}  // namespace

std::vector<std::string> expand_command(const std::vector<std::string>& command, const TemplateValues& values) {
  std::vector<std::string> argv;
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string& element = command[i];
    if (element == kFlags) {
      append_params(values.params, "--", argv);
    } else if (element == kPlain) {
      append_params(values.params, "", argv);
    } else {
      Expanded expanded = expand_element(element, values);
      if (!expanded.has_inactive)
        argv.push_back(std::move(expanded.text));
      else if (expanded.text.empty() && i > 1 && is_flag(command[i - 1]))
        argv.pop_back();  // the flag whose value this would have been: alone it would swallow the next word
    }
  }
  return argv;
}

void check_command(const std::vector<std::string>& command) {
  for (const std::string& element : command)
    for (const std::string_view placeholder : {kFlags, kPlain}) {
      const std::size_t at = element.find(placeholder);
      if (at == std::string::npos || element == placeholder) continue;
      if (at > 0 && (element[at - 1] == '{' || element[at - 1] == '$')) continue;
      throw Error("spec::bad-placeholder",
                  fmt::format("`{}` becomes several words, so it must be an element of `command` alone (is in `{}`); "
                              "`{{{}` is plain text",
                              placeholder, element, placeholder));
    }
}

}  // namespace hone
