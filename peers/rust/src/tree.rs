//! The tree "mix" of the workload uts: binomial, with a hash of a few instructions. It is not stored anywhere.
//!
//!   state     of the root: mix(1); of child i (from 0) of a parent: mix(parent + (i + 1) * 0x9E3779B97F4A7C15)
//!   children  of the root: 2000; of another node: 8 if (state >> 33) / 2^31 < 0.1247, else none

use crate::{Refusal, Sample, Settings};
use std::ops::Add;
use std::time::Duration;

#[derive(Clone, Copy)]
pub struct Node {
    state: u64,
    depth: u32,
}

const ROOT_CHILDREN: u64 = 2000;
const CHILDREN: u64 = 8;
const CHANCE: f64 = 0.1247;

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Node {
    #[must_use]
    pub fn root() -> Self {
        Self { state: mix(1), depth: 0 }
    }

    #[must_use]
    pub fn children(self) -> u64 {
        if self.depth == 0 {
            return ROOT_CHILDREN;
        }
        let drawn = (self.state >> 33) as f64 / f64::from(1_u32 << 31);
        if drawn < CHANCE {
            CHILDREN
        } else {
            0
        }
    }

    #[must_use]
    pub fn child(self, number: u64) -> Self {
        let step = (number + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Self { state: mix(self.state.wrapping_add(step)), depth: self.depth + 1 }
    }

    /// Of this node alone.
    #[must_use]
    pub fn counts(self, children: u64) -> Counts {
        Counts { nodes: 1, leaves: u64::from(children == 0), depth: self.depth }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Counts {
    pub nodes: u64,
    pub leaves: u64,
    pub depth: u32,
}

impl Add for Counts {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { nodes: self.nodes + other.nodes, leaves: self.leaves + other.leaves, depth: self.depth.max(other.depth) }
    }
}

impl std::iter::Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), Add::add)
    }
}

/// What the tree is known to have.
pub const KNOWN: Counts = Counts { nodes: 746_441, leaves: 653_385, depth: 646 };

impl Counts {
    /// Against what the tree is known to have.
    pub fn check(self, sample: &mut Sample) {
        sample.check("nodes", KNOWN.nodes, self.nodes);
        sample.check("leaves", KNOWN.leaves, self.leaves);
        sample.check("depth", KNOWN.depth.into(), self.depth.into());
    }
}

/// A peer plays only this tree, and only by forking; how many nodes a chunk has, and what a node takes in a simulated
/// world, is then nothing.
pub fn read_settings(settings: &mut Settings) -> Result<(), Refusal> {
    settings.required_choice("tree", &[("mix", ())])?;
    settings.required_choice("split", &[("fork", ())])?;
    settings.natural("chunk", 20, 1, 1_000_000_000)?;
    settings.duration("node_time", Duration::ZERO, Duration::ZERO, Duration::from_secs(1))?;
    Ok(())
}
