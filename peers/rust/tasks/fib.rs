//! fib: Fibonacci numbers by recursion, the classic of fork and join.

use crate::rt;
use rota_peer::fib::{fibonacci, leaf, FibResult};
use rota_peer::{host, Entry, Host, Metric, Refusal, Sample, Settings, Workload};
use std::time::{Duration, Instant};

pub const ENTRY: Entry<rt::Runtime> = Entry { name: "fib", read };

/// Which of the two recursive calls become tasks; the other runs on its caller's task.
#[derive(Clone, Copy)]
enum Forks {
    One,
    Both,
}

struct Fib {
    n: u64,
    forks: Forks,
}

fn read(settings: &mut Settings) -> Result<Box<dyn Workload<rt::Runtime>>, Refusal> {
    settings.coroutine_body()?;
    Ok(Box::new(Fib {
        n: settings.natural("n", 20, 0, 50)?,
        forks: settings.choice("forks", &[("one", Forks::One), ("both", Forks::Both)])?,
    }))
}

async fn fib(n: u64, forks: Forks) -> FibResult {
    if n < 2 {
        return leaf(n);
    }
    let left = fork(n - 1, forks);
    let right = match forks {
        Forks::One => call(n - 2, forks).await,
        Forks::Both => fork(n - 2, forks).await,
    };
    right + left.await
}

fn fork(n: u64, forks: Forks) -> rt::Join<FibResult> {
    rt::spawn(fib(n, forks))
}

/// A future that contains itself needs a box.
fn call(n: u64, forks: Forks) -> rt::Boxed<FibResult> {
    Box::pin(fib(n, forks))
}

async fn time_fib(n: u64, forks: Forks) -> (Duration, FibResult) {
    let start = Instant::now();
    let result = fib(n, forks).await;
    (start.elapsed(), result)
}

impl Workload<rt::Runtime> for Fib {
    fn metrics(&self) -> &'static [Metric] {
        &[Metric { name: "ns_per_call", unit: "ns" }, Metric { name: "wall", unit: "ns" }]
    }

    fn iterate(&mut self, host: &mut Host<rt::Runtime>, sample: &mut Sample) {
        let (time, result) = host.runtime().run(time_fib(self.n, self.forks));
        let calls = 2 * fibonacci(self.n + 1) - 1;
        sample.metric("ns_per_call", host::per(time, calls));
        sample.metric("wall", host::ns(time));
        sample.check("fib", fibonacci(self.n), result.value);
        sample.check("calls", calls, result.calls);
    }
}
