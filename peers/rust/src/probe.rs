//! Starting a program that measures its own start, by the cell protocol.

use serde_json::{json, Value};
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::io::FromRawFd;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};

pub struct ProbeEnd {
    /// As the shell would show it: 128 + signal if it was killed.
    pub status: u64,
    /// The metrics that it reported.
    pub metrics: Vec<(String, f64)>,
}

impl ProbeEnd {
    pub fn metric(&self, name: &str) -> Option<f64> {
        self.metrics.iter().find(|(other, _)| other == name).map(|(_, value)| *value)
    }
}

fn request_text(peer: &str, workers: usize) -> String {
    let policy = format!("peer:{peer}");
    let request = json!({
        "protocol": 1, "experiment": "startup-probe",
        "policy": {"label": policy, "use": policy, "with": {}},
        "workload": {"label": "probe", "use": "startup", "with": {"probe": true}},
        "world": "real", "workers": workers, "placement": "none", "repetition": 0, "seed": 0, "min_time": "0ns",
        "max_iterations": 1, "runtime": {}, "expect": {},
    });
    format!("{request}\n")
}

/// Both ends are closed on exec.
fn pipe() -> std::io::Result<(File, File)> {
    let mut ends = [0; 2];
    // SAFETY: pipe2 fills the two descriptors, which nobody else owns.
    unsafe {
        if libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC) != 0 {
            return Err(std::io::Error::last_os_error());
        }
        Ok((File::from_raw_fd(ends[0]), File::from_raw_fd(ends[1])))
    }
}

fn metric_of(line: &str) -> Option<(String, f64)> {
    let json: Value = serde_json::from_str(line).ok()?;
    Some((json.get("metric")?.as_str()?.to_owned(), json.get("value")?.as_f64()?))
}

/// Starts `PROGRAM cell`, gives it the request for one first task, and returns when it has exited. An empty name is
/// this program.
pub fn startup(program: &str, peer: &str, workers: usize) -> std::io::Result<ProbeEnd> {
    let (read, mut write) = pipe()?;
    // Before the start, so that it need not wait; a request fits into an empty pipe.
    write.write_all(request_text(peer, workers).as_bytes())?;
    drop(write);
    let program = if program.is_empty() { "/proc/self/exe" } else { program };
    let mut child = Command::new(program).arg("cell").stdin(Stdio::from(read)).stdout(Stdio::piped()).spawn()?;
    let mut output = String::new();
    child.stdout.take().expect("it is piped").read_to_string(&mut output)?;
    let status = child.wait()?;
    let shown = status.code().unwrap_or_else(|| 128 + status.signal().unwrap_or(0));
    Ok(ProbeEnd { status: shown as u64, metrics: output.lines().filter_map(metric_of).collect() })
}
