#pragma once

#include <string_view>
#include <vector>

namespace hone {

/// The separator of a CSV text: of `,` `;` tab `|` the one with which most of the first 20 lines have the same number
/// of values (more than one); among equals the one that makes more values. `,` when none occurs.
char guess_separator(std::string_view text);

/// Whether the first line of a table holds names rather than values: none of its values is a number or empty, and below
/// it some column holds mostly numbers; in a table without any number, when no name comes again in its own column.
/// `lines` are the first lines as cells, the one in question first.
bool looks_like_header(const std::vector<std::vector<std::string_view>>& lines);

}  // namespace hone
