// rota man: the manual page, written from the same description of the command line as the help.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>

#include "command/check_request.hpp"
#include "command/command.hpp"
#include "command/line.hpp"
#include "experiments/host/build_facts.hpp"

namespace rota::command {
namespace {

// Text as roff takes it: no character of it is a command.
std::string roff(std::string_view text) {
  std::string result;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) result += "\\&";
    line_begins = c == '\n';
    if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else {
      result += c;
    }
  }
  return result;
}

void print_heading(std::string_view text) { fmt::print(".SH {}\n", text); }

// Lines as they stand, in the typewriter's font.
void print_verbatim(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  if (!text.empty()) fmt::print(".PP\n.nf\n{}\n.fi\n", roff(text));
}

std::string names_of(const CLI::Option& option) {
  std::string names;
  for (const auto& name : option.get_snames()) names += fmt::format("{}-{}", names.empty() ? "" : ", ", name);
  for (const auto& name : option.get_lnames()) names += fmt::format("{}--{}", names.empty() ? "" : ", ", name);
  return names;
}

void print_option(const CLI::Option& option) {
  const std::string value = takes_value(option) ? fmt::format(" \\fI{}\\fR", roff(placeholder(option))) : "";
  const std::string first = option.get_default_str();
  fmt::print(".TP\n{}{}\n", option.get_positional() ? "" : "\\fB" + roff(names_of(option)) + "\\fR",
             option.get_positional() ? value.substr(1) : value);
  fmt::print("{}{}\n", roff(option.get_description()), first.empty() ? "" : " (" + roff(first) + " if absent)");
}

// "[OPTIONS] [RUN]…" as the help has it.
std::string words_after(const CLI::App& app) {
  std::string words;
  for (const CLI::Option* option : app.get_options([](const CLI::Option* one) { return one->get_positional(); })) {
    const std::string name = "\\fI" + roff(placeholder(*option)) + "\\fR";
    words += option->get_required() ? " " + name : " [" + name + "]";
    if (option->get_items_expected_max() > 1) words += " ...";
  }
  return words;
}

// `common`: the footer that every subcommand has unless it has its own.
void print_command(CLI::App& app, const std::string& prefix, const std::string& common) {
  const std::string name = prefix + " " + app.get_name();
  fmt::print(".SS \"{}\"\n\\fB{}\\fR [\\fIOPTIONS\\fR]{}\n.PP\n{}.\n", roff(name), roff(name), words_after(app),
             roff(app.get_description()));
  for (const CLI::Option* option : app.get_options()) {
    if (is_shown(*option)) print_option(*option);
  }
  if (app.get_footer() != common) print_verbatim(app.get_footer());
  for (CLI::App* inner : shown_subcommands(app)) print_command(*inner, name, common);
}

void print_page(CLI::App& root) {
  CheckRequest described;
  CLI::App* check = root.get_subcommand("check");
  add_check_words(*check, described);
  check->set_help_flag("-h,--help", "Print this help message and exit");
  const std::string footer = root.get_footer();
  fmt::print(".TH ROTA 1 \"\" \"rota {}\" \"Rota\"\n.nh\n.ad l\n", roff(experiments::build_facts().at("version")));
  print_heading("NAME");
  fmt::print("rota \\- a testbed for schedulers\n");
  print_heading("SYNOPSIS");
  fmt::print("\\fBrota\\fR \\fISUBCOMMAND\\fR [\\fIOPTIONS\\fR] ...\n");
  print_heading("DESCRIPTION");
  fmt::print("{}\n", roff(root.get_description()));
  print_verbatim(footer);
  print_heading("SUBCOMMANDS");
  for (CLI::App* command : shown_subcommands(root)) print_command(*command, "rota", footer);
}

}  // namespace

void add_man(CLI::App& app, Context&) {
  CLI::App* command = app.add_subcommand("man", "Print the manual page: rota man | man -l -");
  command->callback([&app] { print_page(app); });
}

}  // namespace rota::command
