#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/param_value.h"

namespace hone {

/// What the placeholders of a command stand for.
struct TemplateValues {
  /// Every parameter of the space; those absent in `params` are inactive.
  std::set<std::string> declared;
  Params params;
  /// params_file seed budget trial folder checkpoint.
  std::map<std::string, std::string> built_in;
};

/// argv of a command: `{NAME}` is replaced inside its element, `{params}` alone becomes `--name=value` elements,
/// `{params_plain}` `name=value`; `{{` before what would be replaced is `{`; all else stays as it is, after `$` always
/// (cli.md §10). One element never becomes two by a value. An element with an inactive parameter is left out, and with
/// `{NAME}` alone also the flag before it ("--lr", "{lr}").
std::vector<std::string> expand_command(const std::vector<std::string>& command, const TemplateValues& values);

/// Throws Error("spec::bad-placeholder") when `{params}` or `{params_plain}` does not stand alone.
void check_command(const std::vector<std::string>& command);

}  // namespace hone
