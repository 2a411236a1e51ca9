#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "cli/commands/verb.h"
#include "cli/completion.h"
#include "cli/completion_scripts.h"

namespace hone {

namespace {

struct CompletionOptions {
  std::string shell;
  std::vector<std::string> words;
};

ExitCode show_completion(const CompletionOptions& options, Console& console) {
  if (options.words.empty()) {
    console.answer(completion_script(options.shell));
  } else {
    const Completion completion = complete(option_catalog(), options.words, std::filesystem::current_path());
    console.answer(completion_answer(completion, options.shell));
  }
  return ExitCode::ok;
}

}  // namespace

Action declare_completion(CLI::App& app) {
  auto options = std::make_shared<CompletionOptions>();
  app.add_option("SHELL", options->shell, "the shell to teach")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  app.add_option("WORD", options->words, "what the script asks: the words typed so far, behind --")->type_name("WORD");
  app.footer(
      "For the shell you are in: source <(hone completion bash), source <(hone completion zsh), hone completion fish | "
      "source. The script says where it belongs to stay.");
  return [options](Console& console) { return show_completion(*options, console); };
}

}  // namespace hone
