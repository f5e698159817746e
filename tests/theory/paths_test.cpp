// Every policy on an ideal machine, request by request and to the nanosecond: what each promises, on the same inputs.
#include "support.hpp"

namespace rota::checks::theory {
namespace {

Stream stream_of(const Law& law, unsigned workers, std::size_t requests) {
  return {.law = law, .workers = workers, .load = .85, .requests = requests, .seed = 40 + workers};
}

// Every law, one worker and some.
void over_inputs(std::span<const unsigned> workers, std::size_t requests,
                 const std::function<void(const Input&, unsigned, std::string_view)>& test) {
  for (const Law& law : laws()) {
    for (const unsigned k : workers) test(poisson(stream_of(law, k, requests)), k, law.name);
  }
}

constexpr unsigned single[] = {1}, some[] = {2, 3, 8, 64}, all[] = {1, 2, 3, 8, 64};

std::string place(std::string_view law, unsigned workers) { return fmt::format("{}, {} workers", law, workers); }

TEST(Paths, OneWorkerInOrderFollowsLindley) {
  for_each_in(each_worker_in_order, "Lindley", [](const Subject& subject) {
    over_inputs(single, 2000, [&](const Input& input, unsigned, std::string_view law) {
      const Recording run = serve(subject, input, {.settings = uncut(subject)});
      expect_holds(all_served(run.rows, input, true), law);
      expect_holds(follows_lindley(run.rows), law);
    });
  });
}

TEST(Paths, ASharedQueueFollowsKieferAndWolfowitz) {
  for_each_in(serves_in_order, "Kiefer-Wolfowitz", [](const Subject& subject) {
    over_inputs(some, 1500, [&](const Input& input, unsigned workers, std::string_view law) {
      const Recording run = serve(subject, input, {.workers = workers, .settings = uncut(subject)});
      expect_holds(all_served(run.rows, input, true), place(law, workers));
      expect_holds(follows_kiefer_wolfowitz(run.rows, workers), place(law, workers));
    });
  });
}

TEST(Paths, EachWorkerFollowsLindleyGivenTheSplit) {
  for_each_in(each_worker_in_order, "Lindley of each worker", [](const Subject& subject) {
    over_inputs(some, 1000, [&](const Input& input, unsigned workers, std::string_view law) {
      const Recording run = serve(subject, input, {.workers = workers, .settings = uncut(subject)});
      expect_holds(all_served(run.rows, input, true), place(law, workers));
      expect_holds(follows_split_lindley(run.rows, workers), place(law, workers));
    });
  });
}

TEST(Paths, ADrawnSplitIsRandom) {
  for_each_in(splits_by_chance, "random split", [](const Subject& subject) {
    for (const unsigned workers : {2U, 4U, 8U}) {
      const Input input = poisson(stream_of(exponential, workers, 20'000));
      const Recording run = serve(subject, input, {.workers = workers, .settings = uncut(subject)});
      expect_holds(splits_at_random(run.rows, workers), place("exponential", workers));
    }
  });
}

// The same busy periods and so, with the same input, the same unfinished work at every instant. Quanta do not matter.
TEST(Paths, OneWorkerHasTheSameUnfinishedWorkUnderEveryPolicyThatConservesIt) {
  for_each_in(conserves_work, "equal unfinished work", [](const Subject& subject) {
    over_inputs(single, 1000, [&](const Input& input, unsigned, std::string_view law) {
      for (const SettingValues& settings : {uncut(subject), cut(subject, 3000)}) {
        const Recording run = serve(subject, input, {.settings = settings});
        expect_holds(all_served(run.rows, input, run.quantum.count() == 0), law);
        expect_holds(keeps_busy_periods(run.rows), law);
        if (settings.empty()) break;
      }
    });
  });
}

TEST(Paths, NoWorkerIdlesWhileARequestWaitsIfWorkIsConserved) {
  for_each_in(conserves_work, "work conservation", [](const Subject& subject) {
    over_inputs(some, 1000, [&](const Input& input, unsigned workers, std::string_view law) {
      const Recording run = serve(subject, input, {.workers = workers, .settings = uncut(subject)});
      expect_holds(keeps_workers_busy(run.rows, workers), place(law, workers));
    });
  });
}

// The same input with even services, and no arrival at an even distance from the begin of its busy period. With an even
// quantum nothing comes at the very instant at which another gives way, which theory leaves open.
Input without_ties(Input input) {
  Period busy{-1, -1};
  Ns before = 0;
  for (Request& request : input) {
    request.service += request.service % 2;
    request.arrival = std::max(request.arrival, before);
    if (request.arrival <= busy.end && (request.arrival - busy.begin) % 2 == 0) ++request.arrival;
    if (request.arrival > busy.end) busy = {request.arrival, request.arrival};
    busy.end += request.service;
    before = request.arrival;
  }
  return input;
}

TEST(Paths, RoundRobinEndsEachRequestWhenTheRecursionSays) {
  for_each_in(shares_by_quantum, "round robin", [](const Subject& subject) {
    over_inputs(single, 2000, [&](const Input& any, unsigned, std::string_view law) {
      const Input input = without_ties(any);
      const Recording run = serve(subject, input, {.settings = cut(subject, 1500)});
      expect_holds(all_served(run.rows, input, false), law);
      expect_holds(follows_round_robin(run.rows, 1500), law);
    });
  });
}

// Whatever a policy promises: it serves all, and what is in the system is what has come and not gone.
TEST(Paths, LittlesLawIsAnEqualityAtAnEmptyInstant) {
  for_each_in(everyone, "Little", [](const Subject& subject) {
    for (const unsigned workers : all) {
      const Input input = poisson(stream_of(lognormal, workers, 1500));
      const Recording run = serve(subject, input, {.workers = workers});
      expect_holds(all_served(run.rows, input, false), place("lognormal", workers));
      expect_holds(obeys_little(run.rows, run.present), place("lognormal", workers));
      EXPECT_EQ(run.counters.spawned, input.size());
      EXPECT_EQ(run.counters.finished, input.size());
    }
  });
}

// No arrival falls on the end of a quantum: a worker needs a nanosecond to wake up, and all else is a multiple of the
// quantum. So giving way after each quantum is as good as giving way at once.
TEST(Paths, ShortestRemainingFirstHasTheLeastMeanTimeInTheSystem) {
  const Subject& best = subject_named("srpt");
  for (const Law& law : laws()) {
    Stream stream = stream_of(law, 1, 1500);
    stream.step = 1000;
    const Input input = poisson(stream);
    simulated::Costs costs;
    costs.wake_up = 1000;  // picoseconds
    const Recording least = serve(best, input, {.settings = cut(best, stream.step), .costs = costs});
    expect_holds(all_served(least.rows, input, false), law.name);
    for (const Subject& subject : subjects()) {
      SCOPED_TRACE(subject.name);
      for (const SettingValues& settings : {SettingValues(), cut(subject, stream.step)}) {
        expect_holds(no_slower(least.rows, serve(subject, input, {.settings = settings, .costs = costs}).rows),
                     law.name);
        if (!subject.knows("quantum")) break;
      }
    }
  }
}

// Not a theorem: the list that says who is held against what.
TEST(Paths, EveryPolicyIsToldWithItsClasses) {
  for (const Subject& subject : subjects()) {
    const std::string classes = classes_of(subject);
    fmt::print("             {}: {}\n", subject.name,
               classes.empty() ? "fits no class; Little's law and the accounts alone" : classes);
  }
  EXPECT_GE(subjects().size(), 4U);
}

}  // namespace
}  // namespace rota::checks::theory
