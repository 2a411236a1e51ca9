#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hone {

/// A program on a terminal of its own, typed at as a person would.
class Terminal {
 public:
  /// `environment` is laid over the own one.
  Terminal(const std::vector<std::string>& argv, const std::filesystem::path& folder,
           const std::map<std::string, std::string>& environment);
  /// Hangs up and waits for the program.
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  void type(const std::string& text) const;
  /// Everything shown until `text` has appeared; what there was after 20 seconds when it never did.
  std::string read_until(const std::string& text);

 private:
  int pid_ = -1;
  int terminal_ = -1;
};

}  // namespace hone
