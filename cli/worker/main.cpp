#include <c10/util/Exception.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <new>
#include <nlohmann/json.hpp>
#include <string>

#include "cli/worker/job.h"
#include "cli/worker/stop_request.h"
#include "core/protocol.h"
#include "core/version.h"

namespace hone {
namespace {

using nlohmann::json;

/// torch's CPU allocator throws a plain c10::Error.
bool says_out_of_memory(const std::string& what) {
  return what.find("DefaultCPUAllocator") != std::string::npos || what.find("not enough memory") != std::string::npos;
}

int out_of_memory(LineWriter& lines, json tags, const std::string& why) {
  tags["status"] = "out_of_memory";
  tags["why"] = why;
  lines.write(tags);
  return static_cast<int>(TrialExit::out_of_memory);
}

/// What went wrong inside, as one diagnostic; the long text of c10 errors goes to stderr.
int report_bug(LineWriter& lines, const std::string& what) {
  std::cerr << what << std::endl;
  Diagnostic diagnostic;
  diagnostic.code = "worker::bug";
  diagnostic.message = "the worker failed: " + what.substr(0, what.find('\n'));
  lines.diagnostic(diagnostic);
  return static_cast<int>(TrialExit::failed);
}

/// {"trial","attempt"} of a train brief.
json tags_of(const json& brief) {
  json tags = json::object();
  if (!brief.contains("trials") || !brief["trials"].is_array() || brief["trials"].empty()) return tags;
  for (const char* key : {"trial", "attempt"}) {
    if (brief["trials"][0].contains(key)) tags[key] = brief["trials"][0][key];
  }
  return tags;
}

int run_job(const json& brief, LineWriter& lines) {
  const std::string kind = brief.value("job", "");
  for (const Job& job : jobs()) {
    if (job.kind == kind) return job.run(brief, lines);
  }
  throw Error("worker::unknown-job", "this worker knows no job `" + kind + "`");
}

/// Runs one brief; whatever goes wrong becomes lines and the number of its end.
int run_brief(const std::string& text, LineWriter& lines) {
  json brief;
  try {
    brief = json::parse(text);
    return run_job(brief, lines);
  } catch (const Error& error) {
    for (const Diagnostic& diagnostic : error.diagnostics()) lines.diagnostic(diagnostic);
    return static_cast<int>(TrialExit::failed);
  } catch (const std::bad_alloc&) {
    return out_of_memory(lines, tags_of(brief), "no memory left");
  } catch (const c10::OutOfMemoryError& error) {
    return out_of_memory(lines, tags_of(brief), error.what_without_backtrace());
  } catch (const c10::Error& error) {
    const std::string what = error.what_without_backtrace();
    if (says_out_of_memory(what)) return out_of_memory(lines, tags_of(brief), what);
    return report_bug(lines, what);
  } catch (const std::exception& error) {
    return report_bug(lines, error.what());
  }
}

int work() {
  // The worker must not outlive the process that gives it work; a closed stdin ends it too.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGPIPE, SIG_IGN);
  LineWriter lines(kReportFd);
  lines.write({{"hello", {{"version", version()}, {"protocol", kProtocolVersion}}}});
  std::string text;
  while (std::getline(std::cin, text)) {
    if (text.empty()) continue;
    const auto start = std::chrono::steady_clock::now();
    const int code = run_brief(text, lines);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    lines.write({{"end", code}, {"seconds", spent.count()}});
    if (StopRequest::terminated()) return static_cast<int>(TrialExit::stopped);
  }
  return 0;
}

}  // namespace
}  // namespace hone

int main() {
  if (fcntl(hone::kReportFd, F_GETFD) < 0) {
    std::fputs("hone-worker is started by hone, which gives it its work; run `hone --help`.\n", stderr);
    return static_cast<int>(hone::TrialExit::usage);
  }
  int code = static_cast<int>(hone::TrialExit::failed);
  try {
    code = hone::work();
  } catch (const std::exception& error) {
    std::cerr << "hone-worker: " << error.what() << std::endl;
  }
  // Without static destructors: torch's cost 60 ms and nothing of ours is left to do.
  std::fflush(nullptr);
  _exit(code);
}
