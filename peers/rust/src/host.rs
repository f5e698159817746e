//! What workloads ask of the operating system.

use std::time::{Duration, Instant};

/// Resident memory of this program, now.
#[must_use]
pub fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").expect("/proc/self/statm can be read");
    let pages: u64 = statm.split(' ').nth(1).and_then(|field| field.parse().ok()).expect("statm has numbers");
    // SAFETY: it reads a constant of the system.
    pages * unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as u64
}

/// The most it ever was, since it was started. Not getrusage: that begins with the program which started this one.
#[must_use]
pub fn peak_resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("/proc/self/status can be read");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the system has VmHWM");
    line.trim().trim_end_matches("kB").trim().parse::<u64>().expect("VmHWM is a number") * 1024
}

/// How many processors this thread may run on.
#[must_use]
pub fn allowed_cpus() -> usize {
    // SAFETY: a cpu_set_t is plain bits, and its size is passed along.
    unsafe {
        let mut set: libc::cpu_set_t = std::mem::zeroed();
        let failed = libc::sched_getaffinity(0, std::mem::size_of_val(&set), &mut set) != 0;
        if failed {
            usize::MAX
        } else {
            libc::CPU_COUNT(&set) as usize
        }
    }
}

/// Lets this thread run on other processors than the workers', to which the process was confined. In Rota, too, a thread
/// that is no worker keeps off them if it can: it would take turns with the worker that it wakes.
pub fn roam() {
    // SAFETY: as above. If it fails, the thread stays where it may be.
    unsafe {
        let mut before: libc::cpu_set_t = std::mem::zeroed();
        let mut others: libc::cpu_set_t = std::mem::zeroed();
        if libc::sched_getaffinity(0, std::mem::size_of_val(&before), &mut before) != 0 {
            return;
        }
        for cpu in 0..libc::CPU_SETSIZE as usize {
            if !libc::CPU_ISSET(cpu, &before) {
                libc::CPU_SET(cpu, &mut others);
            }
        }
        libc::sched_setaffinity(0, std::mem::size_of_val(&others), &others); // refused if the workers have them all
    }
}

/// Nanoseconds from one point of time to a later or earlier one.
#[must_use]
pub fn nanoseconds(from: Instant, to: Instant) -> i64 {
    match to.checked_duration_since(from) {
        Some(after) => after.as_nanos() as i64,
        None => -(from.duration_since(to).as_nanos() as i64),
    }
}

#[must_use]
pub fn per(duration: Duration, count: u64) -> f64 {
    duration.as_nanos() as f64 / count as f64
}

#[must_use]
pub fn ns(duration: Duration) -> f64 {
    duration.as_nanos() as f64
}

/// Computes nothing for so long.
pub fn stay_busy(duration: Duration) {
    let start = Instant::now();
    while start.elapsed() < duration {
        std::hint::spin_loop();
    }
}

/// Runs `work` on this thread, which is a worker, and meanwhile `outside` on another, which is none.
pub fn with_thread<T, U: Send>(outside: impl FnOnce() -> U + Send, work: impl FnOnce() -> T) -> (T, U) {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            roam();
            outside()
        });
        let result = work();
        (result, thread.join().expect("it does not panic"))
    })
}
