// Rows: what a table of policies or workloads is made of. A row is one of them in one role `Of`: its description, or
// how it runs in one world. Each is compiled by itself, and the sources of rows and tables are generated
// (cmake/Rows.cmake).
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace rota {

// The worlds that a row is in, as its line of CMake says.
struct Worlds {
  bool real = false, local = false, simulated = false, explored = false;
};

// A name as a template argument: names need not be identifiers.
template <std::size_t N> struct Name {
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is a name
  consteval Name(const char (&literal)[N]) { std::copy_n(literal, N, text); }
  [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
  char text[N]{};
};

// The row of that name; each is a source of its own. By its characters, since compilers do not agree on what a symbol
// with an object as template argument is called: clang 16 does not find the rows that clang 19 compiled.
template <class Of, char... name> [[nodiscard]] Of row();

// How a row is made of a class, next to each Of:
//   using E = …;  // the world for which the class is instantiated
//   template <class Class, Name name> static Of make(const Worlds& worlds);
template <class Of> struct RowOf;

// All rows of one role, sorted by name. A table is made at its first use.
template <class Of> [[nodiscard]] std::span<const Of> rows();

template <class Of> [[nodiscard]] std::vector<Of> sorted(std::vector<Of> table) {
  std::ranges::sort(table, {}, &Of::name);
  return table;
}

// nullptr if there is none.
template <class Of> [[nodiscard]] const Of* find(std::span<const Of> table, std::string_view name) {
  const auto found = std::ranges::find(table, name, &Of::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace rota
