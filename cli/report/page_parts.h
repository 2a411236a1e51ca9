#pragma once

#include <string_view>

namespace hone {

/// The parts of the HTML page that never change. The script is one text in four pieces, put together by html.cpp: it
/// draws SVG itself, reads its data from the JSON block and sets texts by textContent only.
std::string_view page_style();
/// Numbers, elements, axes, tooltip.
std::string_view page_script_base();
/// History, learning curves, rungs.
std::string_view page_script_search();
/// Importance, slices and parallel axes of the parameters.
std::string_view page_script_parameters();
/// Tables, compression, and the page as a whole.
std::string_view page_script_page();

}  // namespace hone
