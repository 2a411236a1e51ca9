#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/report/results.h"
#include "cli/status_line.h"
#include "search/driver.h"

namespace hone {

/// Shows a search while the driver works (cli.md §5): on a terminal one line that is redrawn and
/// permanent lines for what should stay; elsewhere a line per finished trial and one a minute when nothing happens.
class SearchProgress : public DriverObserver {
 public:
  SearchProgress(Console& console, std::filesystem::path study_folder, std::int64_t slots, Stopwatch stopwatch);

  void on_event(const Study& study, const Event& event) override;
  void on_note(const std::string& text) override;
  void on_tick(const Study& study, const Executor& executor) override;

 private:
  /// True when another trial or value is the best now.
  bool update_best(const Study& study);
  void new_best(const Study& study, std::int64_t trial);
  void failed(const Study& study, std::int64_t trial);
  void no_metric(const Study& study, const Trial& trial);
  void line_for(const Study& study, std::int64_t trial);
  SearchStatus status_of(const Study& study) const;

  Console& console_;
  std::filesystem::path folder_;
  std::int64_t slots_;
  Stopwatch stopwatch_;
  TimeLeft time_left_;
  std::optional<std::int64_t> best_;
  std::vector<ObjectiveScore> best_scores_;
  std::int64_t front_ = 0;
  std::map<std::string, int> failures_;
  double last_line_ = 0;
};

}  // namespace hone
