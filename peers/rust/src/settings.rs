//! Settings of a workload as a request gives them: checked for type and range, defaults for absent ones.

use serde_json::{Map, Value};
use std::time::Duration;

/// Why a request is refused, in one line.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal(pub String);

impl Refusal {
    pub fn expected(path: &str, expected: &str, got: &Value) -> Self {
        Self(format!("{path}: expected {expected}, got {got}"))
    }
}

/// Each setting is taken once; `end` refuses what nobody took.
pub struct Settings {
    path: String,
    left: Map<String, Value>,
    known: Vec<&'static str>,
}

impl Settings {
    #[must_use]
    pub fn new(path: &str, values: Map<String, Value>) -> Self {
        Self { path: path.to_owned(), left: values, known: Vec::new() }
    }

    fn take<T>(
        &mut self,
        key: &'static str,
        default: T,
        expected: &dyn Fn() -> String,
        convert: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<T, Refusal> {
        self.known.push(key);
        match self.left.remove(key) {
            None => Ok(default),
            Some(value) => {
                convert(&value).ok_or_else(|| Refusal::expected(&format!("{}.{key}", self.path), &expected(), &value))
            }
        }
    }

    pub fn natural(&mut self, key: &'static str, default: u64, least: u64, most: u64) -> Result<u64, Refusal> {
        let expected = || format!("an integer from {least} to {most}");
        self.take(key, default, &expected, |value| value.as_u64().filter(|n| (least..=most).contains(n)))
    }

    pub fn flag(&mut self, key: &'static str, default: bool) -> Result<bool, Refusal> {
        self.take(key, default, &|| "true or false".into(), Value::as_bool)
    }

    pub fn text(&mut self, key: &'static str, default: &str) -> Result<String, Refusal> {
        self.take(key, default.to_owned(), &|| "a text".into(), |value| value.as_str().map(str::to_owned))
    }

    /// The first option is the default.
    pub fn choice<T: Copy>(&mut self, key: &'static str, options: &[(&str, T)]) -> Result<T, Refusal> {
        let expected = || {
            let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
            format!("{}{}", if names.len() > 1 { "one of " } else { "" }, names.join(", "))
        };
        self.take(key, options[0].1, &expected, |value| {
            let text = value.as_str()?;
            options.iter().find(|(name, _)| *name == text).map(|(_, option)| *option)
        })
    }

    /// The default of this setting is something that a peer does not play, so it must be there.
    pub fn required_choice<T: Copy>(&mut self, key: &'static str, options: &[(&str, T)]) -> Result<T, Refusal> {
        if self.left.contains_key(key) {
            return self.choice(key, options);
        }
        let names: Vec<&str> = options.iter().map(|(name, _)| *name).collect();
        Err(self.unfit(key, &names.join(", "), "nothing"))
    }

    /// Why a value that was taken is refused after all.
    #[must_use]
    pub fn unfit(&self, key: &str, expected: &str, got: &str) -> Refusal {
        Refusal(format!("{}.{key}: expected {expected}, got {got}", self.path))
    }

    /// Which body tasks have: only a coroutine, which is what a future is.
    pub fn coroutine_body(&mut self) -> Result<(), Refusal> {
        self.choice("body", &[("coroutine", ())])
    }

    /// For a runtime whose tasks have a body of their own kind, whatever is asked for.
    pub fn any_body(&mut self) -> Result<(), Refusal> {
        self.choice("body", &[("coroutine", ()), ("fiber", ()), ("fork", ())])
    }

    pub fn duration(
        &mut self,
        key: &'static str,
        default: Duration,
        least: Duration,
        most: Duration,
    ) -> Result<Duration, Refusal> {
        let expected = || format!("a duration such as \"100us\", from {least:?} to {most:?}");
        self.take(key, default, &expected, |value| {
            parse_duration(value.as_str()?).filter(|d| (least..=most).contains(d))
        })
    }

    pub fn end(self) -> Result<(), Refusal> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(key) => Err(Refusal(format!(
                "{}.{key}: there is no such setting; there are: {}",
                self.path,
                if self.known.is_empty() { "none".to_owned() } else { self.known.join(", ") }
            ))),
        }
    }
}

/// "250ns", "100us", "2ms", "1.5s", "3min", "2h".
pub fn parse_duration(text: &str) -> Option<Duration> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit_at);
    let nanoseconds: f64 = match unit.trim() {
        "ns" => 1.0,
        "us" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "min" => 60e9,
        "h" => 3600e9,
        _ => return None,
    };
    let value = number.trim().parse::<f64>().ok()? * nanoseconds;
    (value.is_finite() && (0.0..9.2e18).contains(&value)).then(|| Duration::from_nanos(value.round() as u64))
}
