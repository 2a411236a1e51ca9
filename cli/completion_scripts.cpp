#include "cli/completion_scripts.h"

namespace hone {

namespace {

constexpr std::string_view kBash = R"(# bash completion of hone. For this shell: source <(hone completion bash)
# For all: hone completion bash > ~/.local/share/bash-completion/completions/hone
_hone() {
  local -a words=() found=()
  local i piece glued= kind current kept
  # bash breaks words at = and : as well, which ours contain.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if [[ ${#words[@]} -gt 0 && ( -n $glued || $piece =~ ^[=:]+$ ) ]]; then
      words[-1]+=$piece
    else
      words+=("$piece")
    fi
    glued=
    [[ $piece =~ ^[=:]+$ ]] && glued=yes
  done
  current=${words[-1]}
  { IFS= read -r kind; mapfile -t found; } < <("${1/#\~/$HOME}" completion bash -- "${words[@]}" 2>/dev/null)
  # What stands before the last break stays where it is.
  kept=${current%"${current##*[=:]}"}
  COMPREPLY=("${found[@]#"$kept"}")
  current=${current#"$kept"}
  case $kind in
    files) compopt -o filenames; mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$current") ;;
    folders) compopt -o filenames; mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -d -- "$current") ;;
    keys) compopt -o nospace ;;
  esac
}
complete -F _hone hone
)";

constexpr std::string_view kZsh = R"(#compdef hone
# zsh completion of hone. For this shell: source <(hone completion zsh)
# For all: hone completion zsh > a folder of $fpath/_hone
_hone() {
  local kind
  local -a lines
  lines=("${(@f)$("${words[1]/#\~/$HOME}" completion zsh -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  kind=${lines[1]}
  lines=("${(@)lines[2,-1]}")
  case $kind in
    files) (( ${#lines} )) && _describe -t words hone lines; _files ;;
    folders) _files -/ ;;
    keys) _describe -t words hone lines -S '' ;;
    *) _describe -t words hone lines ;;
  esac
}
if [[ $funcstack[1] == _hone ]]; then _hone "$@"; else compdef _hone hone; fi
)";

constexpr std::string_view kFish = R"(# fish completion of hone. For this shell: hone completion fish | source
# For all: hone completion fish > ~/.config/fish/completions/hone.fish
function __hone_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] completion fish -- $words[2..-1] "$current" 2>/dev/null)
    set -q lines[2]; and printf '%s\n' $lines[2..-1]
    switch "$lines[1]"
        case files
            __fish_complete_path "$current"
        case folders
            __fish_complete_directories "$current"
    end
end
complete -c hone -f -a '(__hone_complete)'
)";

std::string_view part_word(ShellPart part) {
  switch (part) {
    case ShellPart::files:
      return "files";
    case ShellPart::folders:
      return "folders";
    case ShellPart::keys:
      return "keys";
    case ShellPart::none:
      break;
  }
  return "none";
}

/// zsh separates word and sentence by the first colon that has no backslash.
std::string zsh_word(const std::string& word) {
  std::string text;
  for (const char c : word) {
    if (c == ':' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string_view completion_script(std::string_view shell) {
  if (shell == "bash") return kBash;
  return shell == "zsh" ? kZsh : kFish;
}

std::string completion_answer(const Completion& completion, std::string_view shell) {
  std::string text(part_word(completion.shell));
  for (const CompletionWord& candidate : completion.candidates) {
    const bool with_sentence = shell != "bash" && !candidate.sentence.empty();
    text += "\n" + (shell == "zsh" ? zsh_word(candidate.word) : candidate.word);
    if (with_sentence) text += (shell == "zsh" ? ":" : "\t") + candidate.sentence;
  }
  return text + "\n";
}

}  // namespace hone
