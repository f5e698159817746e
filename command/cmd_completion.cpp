// rota completion SHELL: the script that completes words. It asks `rota complete WORD…`, hidden, what may stand next:
// so it knows whatever the program knows.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command/check_request.hpp"
#include "command/command.hpp"
#include "command/complete.hpp"
#include "command/one_of.hpp"

namespace rota::command {
namespace {

constexpr auto bash_script = R"sh(# Completes the words of rota in bash: eval "$(rota completion bash)"
# Of a checkout's ./rota, which builds what it needs, the program that it built last is asked, and nothing is built.
_rota() {
  local line=${COMP_LINE-${COMP_WORDS[*]}} words called program word rest before break
  line=${line:0:${COMP_POINT-${#line}}}
  read -ra words <<<"$line"
  if [[ $line == *[[:blank:]] ]]; then words+=(""); fi
  called=$(type -P -- "${words[0]/#~\//$HOME/}") || return 0
  called=$(readlink -f -- "$called")
  program=$called
  COMPREPLY=()
  if [[ -f ${called%/*}/script/help.txt ]]; then
    program=${called%/*}/build/release/command/rota
    if ((${#words[@]} == 2)); then  # what the script does itself
      word=$(sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' "${called%/*}/script/help.txt")
      mapfile -t COMPREPLY < <(compgen -W "--help --yes $word" -- "${words[1]}")
      return 0
    fi
  fi
  if [[ ! -x $program ]]; then return 0; fi
  mapfile -t COMPREPLY < <("$program" complete "${words[@]:1}" 2>/dev/null)
  if ((${#COMPREPLY[@]} == 1)) && [[ ${COMPREPLY[0]} == *[=.] ]]; then compopt -o nospace 2>/dev/null; fi
  # Readline replaces what stands behind the last of these, not the whole word.
  rest=${words[-1]}
  for break in = :; do
    if [[ $COMP_WORDBREAKS == *"$break"* ]]; then rest=${rest##*"$break"}; fi
  done
  before=${words[-1]%"$rest"}
  COMPREPLY=("${COMPREPLY[@]#"$before"}")
}
complete -o bashdefault -o default -F _rota rota
)sh";

void print_completions(CLI::App& root, std::vector<std::string> words) {
  CheckRequest described;
  add_check_words(*root.get_subcommand("check"), described);
  if (words.empty()) words.emplace_back();
  for (const std::string& word : completions(read_line(root, words))) fmt::print("{}\n", word);
}

}  // namespace

void add_completion(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand("completion", "Print a script that completes the words of rota in a shell");
  auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash")->required()->check(OneOf({"bash"}));
  command->callback([shell] { fmt::print("{}", bash_script); });
  command->footer(
      "In this shell: eval \"$(rota completion bash)\"; in every one: write it to the file\n"
      "~/.local/share/bash-completion/completions/rota");

  CLI::App* complete = app.add_subcommand("complete", "The words that may stand next")->group("");
  complete->prefix_command();
  complete->set_help_flag();
  complete->callback([complete, &app] { print_completions(app, complete->remaining()); });
}

}  // namespace rota::command
