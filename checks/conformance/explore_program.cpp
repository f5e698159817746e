// What the explorer does with one program, and what its failure is called.
#include "checks/conformance/explore_program.hpp"

#include "checks/conformance/classes.hpp"
#include "checks/conformance/failure_id.hpp"
#include "checks/conformance/interpreter.hpp"
#include "checks/conformance/oracles.hpp"

namespace rota::checks {

explored::Verdict explore_program(const Subject& subject, const Program& program, const explored::Options& options,
                                  Classifier* classifier) {
  prepare_placements();
  const Guarantees promised = subject.promises(program);
  const auto oracles = make_oracles(promised, program.workers, options.memory);
  if (classifier != nullptr) classifier->pass_on_to(*oracles);
  explored::Observer* const observer = classifier != nullptr ? classifier : oracles.get();
  explored::Verdict verdict = explored::explore(options, [&] { subject.run(program, subject); }, observer);
  if (!verdict.passed) name_failure(verdict.failure, promised, program.workers, options.memory);
  return verdict;
}

}  // namespace rota::checks
