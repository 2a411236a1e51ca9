#include "cli/doctor.h"

#include <fmt/format.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/study_files.h"
#include "core/error.h"
#include "core/files.h"
#include "core/process.h"
#include "core/text.h"
#include "core/visible_gpus.h"
#include "search/executors/worker_job.h"
#include "search/store/study_folder.h"

namespace hone {

namespace fs = std::filesystem;

namespace {

/// Below, a study is likely to end for want of room.
constexpr std::int64_t kLittleRoom = std::int64_t{1} << 30;

HealthCheck examine_program() {
  const fs::path program = fs::read_symlink("/proc/self/exe");
  return {"hone", Health::ok, fmt::format("{}, {}", this_build(), program.string()), ""};
}

/// What the worker says of itself; `checks` gets its own line, and one for each part it brings.
void examine_worker(std::vector<HealthCheck>& checks) {
  const std::string remedy = "install the full package, or build the target hone-worker; commands are trained without";
  try {
    const fs::path worker = find_worker();
    const TemporaryFolder folder;
    const nlohmann::json parts = run_worker_job(
        worker, {{"job", "about"}, {"folder", folder.path().string()}}, /*threads=*/1, [](const ReportLine&) {},
        [] { return false; });
    checks.push_back({"worker", Health::ok, worker.string(), ""});
    for (const auto& [part, text] : parts.items()) checks.push_back({part, Health::ok, text.get<std::string>(), ""});
  } catch (const Error& error) {
    checks.push_back({"worker", Health::missing, error.diagnostics().front().message, remedy});
  }
}

HealthCheck examine_gpus() {
  const GpuSurvey survey = usable_gpus();
  if (survey.gpus.empty()) {
    return {"gpu", Health::limited, survey.problem + "; everything runs on the CPU",
            "with an NVIDIA GPU in the machine: install its driver"};
  }
  std::vector<std::string> texts;
  for (const GpuInfo& gpu : survey.gpus) {
    std::string text = fmt::format("{} {}", gpu.name, gpu.uuid);
    if (gpu.memory_bytes > 0) {
      text += fmt::format(" ({} of {} used)", format_bytes(gpu.used_bytes), format_bytes(gpu.memory_bytes));
    }
    texts.push_back(text);
  }
  if (!survey.cuda_version.empty()) texts.push_back("driver for CUDA " + survey.cuda_version);
  if (survey.problem.empty()) return {"gpu", Health::ok, join(texts, ", "), ""};
  return {"gpu", Health::limited, join(texts, ", ") + "; " + survey.problem, "nvidia-smi and dmesg say why"};
}

HealthCheck examine_cores() {
  const auto usable = static_cast<std::int64_t>(usable_cores().size());
  const std::int64_t there = sysconf(_SC_NPROCESSORS_ONLN);
  const std::int64_t memory = sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);
  const std::string text = fmt::format("{} of {}, {} of memory", usable, there, format_bytes(memory));
  if (usable >= there) return {"cores", Health::ok, text, ""};
  return {"cores", Health::limited, text, "a limit of the container, the batch system or taskset keeps the others"};
}

/// The nearest folder that is there.
fs::path existing_parent(fs::path folder) {
  folder = fs::absolute(folder).lexically_normal();
  while (!fs::exists(folder) && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

HealthCheck examine_disk(const fs::path& folder) {
  const fs::path place = existing_parent(folder);
  if (access(place.c_str(), W_OK) != 0) {
    return {"disk", Health::missing, place.string() + " cannot be written", "work in another folder: hone -C FOLDER"};
  }
  struct statfs system = {};
  if (statfs(place.c_str(), &system) == 0) {
    if (const auto name = network_file_system(static_cast<long>(system.f_type))) {
      return {"disk", Health::missing, fmt::format("{} lies on {}, where no store can lie", place.string(), *name),
              "work in a folder of a local disk: hone -C FOLDER"};
    }
  }
  struct statvfs state = {};
  if (statvfs(place.c_str(), &state) != 0) return {"disk", Health::limited, place.string() + " cannot be measured", ""};
  const auto room = static_cast<std::int64_t>(state.f_bavail) * static_cast<std::int64_t>(state.f_frsize);
  const std::string text = fmt::format("{} free in {}", format_bytes(room), place.string());
  if (room >= kLittleRoom) return {"disk", Health::ok, text, ""};
  return {"disk", Health::limited, text, "free some, or work in another folder: hone -C FOLDER"};
}

/// A clock behind the program's own file was never set: times in reports and archives would be wrong.
HealthCheck examine_clock() {
  const auto now = fs::file_time_type::clock::now();
  const auto behind = fs::last_write_time("/proc/self/exe") - now;
  const std::time_t seconds = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc = {};
  gmtime_r(&seconds, &utc);
  char text[32] = {};
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  if (behind < std::chrono::minutes(1)) return {"clock", Health::ok, text, ""};
  return {"clock", Health::limited, fmt::format("{}, older than this program", text), "set the system's clock"};
}

}  // namespace

std::string to_text(Health health) {
  if (health == Health::ok) return "ok";
  return health == Health::limited ? "limited" : "missing";
}

std::vector<HealthCheck> examine(const fs::path& folder) {
  std::vector<HealthCheck> checks = {examine_program()};
  examine_worker(checks);
  checks.push_back(examine_gpus());
  checks.push_back(examine_cores());
  checks.push_back(examine_disk(folder));
  checks.push_back(examine_clock());
  return checks;
}

}  // namespace hone
