#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "cli/ask_tell/request.h"
#include "cli/console.h"
#include "search/study.h"

namespace hone {

/// The protocol of `hone ask-tell` (cli.md §6) over a study that a client runs: one line in, one line out, and what an
/// answer says is in the store before it is returned. Knows no streams.
class AskTell {
 public:
  /// `study` was made with Runner::client. `seconds` measures how long trials are out.
  AskTell(Study& study, Stopwatch seconds) : study_(study), seconds_(std::move(seconds)) {}

  /// The first line; `resumed`: the study was there before this process.
  std::string greeting(bool resumed) const;
  /// The answer to a line: an error object where it cannot be met, which changes nothing. Throws Error only when the
  /// study itself cannot go on, because its store cannot be written.
  std::string answer(std::string_view line);
  /// The answer to a line that nobody could keep.
  static std::string answer_too_long(std::size_t longest);
  /// The client has said that it leaves.
  bool is_closed() const { return closed_; }
  /// The client has gone: what it had not finished is lost, and asked again in the next process.
  void leave();

 private:
  /// What a client has in its hands.
  struct Open {
    double since = 0;
    std::optional<double> last_step;
  };

  nlohmann::ordered_json dispatch(const Request& request);
  nlohmann::ordered_json ask(const Request& request);
  nlohmann::ordered_json tell(const Request& request);
  nlohmann::ordered_json finish(const Request& request);
  nlohmann::ordered_json close();

  /// Says of an empty answer whether another one may come.
  void explain_nothing(nlohmann::ordered_json& answer);
  /// The running trial of a request; refuses unknown and ended ones and another attempt than the present.
  const Trial& open_trial(const Request& request) const;
  /// Refuses to complete a trial that lacks the metric of an objective or of a constraint.
  void require_metrics(const Trial& trial, const std::map<std::string, double>& metrics) const;
  void end(const Trial& trial, FailureClass failure, bool stopped, const std::string& message);

  Study& study_;
  Stopwatch seconds_;
  std::map<std::int64_t, Open> open_;
  bool closed_ = false;
};

}  // namespace hone
