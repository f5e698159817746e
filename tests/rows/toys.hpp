// Toys: rows of a kind of the tests' own, which costs nothing to compile.
#pragma once

#include <string>

#include "runtime/rows.hpp"

namespace rota {
namespace toys {

struct Here {};
struct There {};

template <class E> struct Ball {
  static constexpr std::string_view says = "round";
};
template <class E, class Inner> struct Box {
  static constexpr std::string_view says = Inner::says;
};

// A toy in the world E.
template <class E> struct Toy {
  std::string_view name, says;
  Worlds worlds;
};

}  // namespace toys

template <class World> struct RowOf<toys::Toy<World>> {
  using E = World;
  template <class Class, Name name> static toys::Toy<E> make(const Worlds& worlds) {
    return {name.view(), Class::says, worlds};
  }
};

template <> std::span<const toys::Toy<toys::Here>> rows<toys::Toy<toys::Here>>();
template <> std::span<const toys::Toy<toys::There>> rows<toys::Toy<toys::There>>();

}  // namespace rota
