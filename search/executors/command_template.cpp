#include "search/executors/command_template.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

#include "configs/command_template.h"
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

Expanded expand_element(std::string_view element, const TemplateValues& values, const std::set<std::string>& known) {
  Expanded result;
  for (const TemplatePiece& piece : read_template(element, known)) {
    if (piece.kind != TemplatePiece::Kind::name) {
      result.text += piece.text;
      continue;
    }
    const auto built_in = values.built_in.find(piece.name);
    const auto parameter = values.params.find(piece.name);
    if (built_in != values.built_in.end())
      result.text += built_in->second;
    else if (parameter != values.params.end())
      result.text += to_text(parameter->second);
    else
      result.has_inactive = true;
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
  std::set<std::string> known = values.declared;
  known.insert(builtin_placeholders().begin(), builtin_placeholders().end());
  for (std::size_t i = 0; i < command.size(); ++i) {
    const std::string& element = command[i];
    if (element == kFlags) {
      append_params(values.params, "--", argv);
    } else if (element == kPlain) {
      append_params(values.params, "", argv);
    } else {
      Expanded expanded = expand_element(element, values, known);
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
