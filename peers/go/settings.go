// A workload's settings: read once, with the names, ranges and defaults of Rota's workload of that name.
package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Collects the first error, so that a workload can read all of its settings and ask at the end.
type settings struct {
	values map[string]any
	known  []string
	err    error
}

func (s *settings) refuse(name, expected string, got any) {
	if s.err == nil {
		s.err = fmt.Errorf("request.workload.with.'%s': expected %s, got %v", name, expected, got)
	}
}

func (s *settings) find(name string) (any, bool) {
	s.known = append(s.known, name)
	value, there := s.values[name]
	return value, there
}

func (s *settings) integer(name string, otherwise, least, most uint64) uint64 {
	value, there := s.find(name)
	if !there {
		return otherwise
	}
	number, isNumber := value.(json.Number)
	parsed, err := strconv.ParseUint(number.String(), 10, 64)
	if !isNumber || err != nil || parsed < least || parsed > most {
		s.refuse(name, fmt.Sprintf("an integer from %d to %d", least, most), value)
	}
	return parsed
}

func (s *settings) boolean(name string) bool {
	value, there := s.find(name)
	if !there {
		return false
	}
	result, isBool := value.(bool)
	if !isBool {
		s.refuse(name, "true or false", value)
	}
	return result
}

func (s *settings) text(name string) string {
	value, there := s.find(name)
	if !there {
		return ""
	}
	result, isText := value.(string)
	if !isText {
		s.refuse(name, "a text", value)
	}
	return result
}

func (s *settings) choice(name string, options ...string) string {
	value, there := s.find(name)
	if !there {
		return options[0]
	}
	for _, option := range options {
		if value == option {
			return option
		}
	}
	s.refuse(name, "one of "+strings.Join(options, ", "), value)
	return options[0]
}

func (s *settings) duration(name string, otherwise, least, most time.Duration) time.Duration {
	value, there := s.find(name)
	if !there {
		return otherwise
	}
	text, _ := value.(string)
	parsed, ok := parseDuration(text)
	if !ok || parsed < least || parsed > most {
		s.refuse(name, fmt.Sprintf("a duration such as \"100us\" from %v to %v", least, most), value)
	}
	return parsed
}

// A goroutine is every sort of task.
func (s *settings) body() { s.choice("body", "coroutine", "fiber", "fork") }

// Call last: what nobody asked for is unknown.
func (s *settings) finish() error {
	for name := range s.values {
		found := false
		for _, known := range s.known {
			found = found || known == name
		}
		if !found {
			s.refuse(name, "one of the settings "+strings.Join(s.known, ", "), "an unknown key")
		}
	}
	return s.err
}

// "250ns", "100us", "2ms", "1.5s", "3min", "2h", as in definitions.
func parseDuration(text string) (time.Duration, bool) {
	number := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyz")
	units := map[string]float64{"ns": 1, "us": 1e3, "ms": 1e6, "s": 1e9, "min": 60e9, "h": 3600e9}
	unit, known := units[text[len(number):]]
	value, err := strconv.ParseFloat(number, 64)
	if !known || err != nil || value < 0 || value*unit > 9e18 {
		return 0, false
	}
	return time.Duration(value * unit), true
}
