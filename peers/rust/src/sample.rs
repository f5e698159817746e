//! What one iteration found.

pub struct Answer {
    pub name: &'static str,
    pub expected: u64,
    pub got: u64,
}

#[derive(Default)]
pub struct Sample {
    pub(crate) figures: Vec<(&'static str, f64)>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) latencies: Vec<i64>,
}

impl Sample {
    /// Only metrics that the workload declares, and all of them.
    pub fn metric(&mut self, name: &'static str, value: f64) {
        self.figures.push((name, value));
    }

    /// A known answer and what was computed: unequal ones discard the measurement.
    pub fn check(&mut self, name: &'static str, expected: u64, got: u64) {
        self.answers.push(Answer { name, expected, got });
    }

    /// Raw latencies of this iteration in nanoseconds, for the percentiles.
    pub fn latencies(&mut self, values: &[i64]) {
        self.latencies.extend_from_slice(values);
    }

    pub(crate) fn next_iteration(&mut self) {
        self.figures.clear();
        self.answers.clear();
    }
}
