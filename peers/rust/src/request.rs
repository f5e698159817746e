//! The request of the cell protocol: one JSON object.

use crate::measure::Effort;
use crate::settings::{parse_duration, Refusal};
use serde_json::{Map, Value};

pub struct Request {
    pub policy: String,
    pub workload: String,
    pub with: Map<String, Value>,
    pub workers: usize,
    pub effort: Effort,
    /// Name of a check of the workload and its right answer.
    pub expect: Vec<(String, String)>,
}

const KEYS: [&str; 15] = [
    "protocol",
    "experiment",
    "policy",
    "workload",
    "world",
    "machine_name",
    "machine",
    "workers",
    "placement",
    "repetition",
    "seed",
    "min_time",
    "max_iterations",
    "runtime",
    "expect",
];
const MOST_WORKERS: u64 = 1024;
const MOST_EXACT: u64 = 1 << 53;

impl Request {
    /// Settings of `runtime` are Rota's own: whatever they are, they do not concern a peer.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let json: Value = serde_json::from_str(text)
            .map_err(|error| Refusal(format!("request: expected one JSON object, got: {error}")))?;
        let request = Object::of("request".into(), &json)?;
        request.only(&KEYS)?;
        request.natural("protocol", 1, 1)?;
        if request.text("world")? != "real" {
            return request.fail("world", "\"real\": a peer measures real threads");
        }
        let policy = request.choice("policy")?;
        if !policy.1.is_empty() {
            return Err(Refusal(format!(
                "request.policy.with.{}: there is no such setting; a peer has none",
                policy.1.keys().next().map_or("", String::as_str)
            )));
        }
        let workload = request.choice("workload")?;
        let min_time = match parse_duration(request.text("min_time")?) {
            Some(duration) => duration,
            None => return request.fail("min_time", "a duration such as \"100ms\""),
        };
        Ok(Self {
            policy: policy.0,
            workload: workload.0,
            with: workload.1,
            workers: request.natural("workers", 1, MOST_WORKERS)? as usize,
            effort: Effort { min_time, max_iterations: request.natural("max_iterations", 0, MOST_EXACT)? },
            expect: request.texts("expect")?,
        })
    }
}

struct Object<'a> {
    path: String,
    map: &'a Map<String, Value>,
}

impl<'a> Object<'a> {
    fn of(path: String, value: &'a Value) -> Result<Self, Refusal> {
        match value.as_object() {
            Some(map) => Ok(Self { path, map }),
            None => Err(Refusal::expected(&path, "an object", value)),
        }
    }

    fn value(&self, key: &str) -> &'a Value {
        self.map.get(key).unwrap_or(&Value::Null)
    }

    fn fail<T>(&self, key: &str, expected: &str) -> Result<T, Refusal> {
        Err(Refusal::expected(&format!("{}.{key}", self.path), expected, self.value(key)))
    }

    fn only(&self, known: &[&str]) -> Result<(), Refusal> {
        match self.map.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(Refusal(format!("{}.{key}: there is no such key", self.path))),
            None => Ok(()),
        }
    }

    fn text(&self, key: &str) -> Result<&'a str, Refusal> {
        self.value(key).as_str().map_or_else(|| self.fail(key, "a text"), Ok)
    }

    fn natural(&self, key: &str, least: u64, most: u64) -> Result<u64, Refusal> {
        match self.value(key).as_u64().filter(|number| (least..=most).contains(number)) {
            Some(number) => Ok(number),
            None if least == most => self.fail(key, &least.to_string()),
            None => self.fail(key, &format!("an integer from {least} to {most}")),
        }
    }

    fn object(&self, key: &str) -> Result<Object<'a>, Refusal> {
        Object::of(format!("{}.{key}", self.path), self.value(key))
    }

    /// `use` and `with` of a policy or a workload.
    fn choice(&self, key: &str) -> Result<(String, Map<String, Value>), Refusal> {
        let object = self.object(key)?;
        object.only(&["label", "use", "with"])?;
        object.text("label")?;
        Ok((object.text("use")?.to_owned(), object.object("with")?.map.clone()))
    }

    fn texts(&self, key: &str) -> Result<Vec<(String, String)>, Refusal> {
        if !self.map.contains_key(key) {
            return Ok(Vec::new());
        }
        let object = self.object(key)?;
        object.map.keys().map(|name| Ok((name.clone(), object.text(name)?.to_owned()))).collect()
    }
}
