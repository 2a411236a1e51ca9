#include "cli/command_program.h"

#include <filesystem>

#include "core/process.h"

namespace hone {

void require_command_program(const LoadedSpec& loaded, const std::string& spec_file) {
  const TrainerSpec& trainer = loaded.spec.trainer;
  const std::string& program = trainer.command.front();
  const bool in_trial_folder = trainer.cwd == "{folder}" && program.find('/') != std::string::npos;
  if (program.find('{') != std::string::npos || (in_trial_folder && program.front() != '/')) return;
  ProcessOptions process;
  process.argv = {program};
  process.environment = current_environment();
  for (const auto& [name, value] : trainer.env) process.environment[name] = value;
  if (!in_trial_folder) process.folder = std::filesystem::absolute(spec_file).parent_path() / trainer.cwd;
  try {
    require_program(process);
  } catch (const Error& error) {
    Diagnostic diagnostic = error.diagnostics().front();
    diagnostic.place = place_of(loaded.origins, "trainer.command[0]");
    diagnostic.notes.push_back("without a slash it is looked for in PATH, with one relative to the spec's folder");
    throw Error(diagnostic, ExitCode::missing_part);
  }
}

}  // namespace hone
