# What ./rota says while it works, on stderr: on a terminal one line that is redrawn, elsewhere now and then a line.
# Sourced. bash reads the streams itself, line by line: Debian's awk holds back what it is given through a pipe.

say() { printf 'rota: %s\n' "$*" >&2; }

# Seconds between two lines where there is no terminal.
progress_every=${ROTA_PROGRESS_EVERY:-10}
progress_told=$SECONDS

# tell WORDS: how far something is.
tell() {
  if [[ -t 2 ]]; then
    printf '\r\033[Krota: %s' "$*" >&2
  elif ((SECONDS - progress_told >= progress_every)); then
    progress_told=$SECONDS
    say "$*"
  fi
}

# Takes the redrawn line away.
tell_end() {
  if [[ -t 2 ]]; then printf '\r\033[K' >&2; fi
}

# time_text SECONDS
time_text() {
  if (($1 < 90)); then echo "$1 s"; else echo "$((($1 + 30) / 60)) min"; fi
}

# time_left DONE TOTAL SECONDS: what the rest takes if it goes on as before; nothing while too little is known.
time_left() {
  if (($1 == 0 || $3 < 5)); then return; fi
  echo ", about $(time_text $((($2 - $1) * $3 / $1))) left"
}

# next_line: the next line of standard input into `line`: 0; 1 at its end; 2 if for a second there was none.
next_line() {
  local status=0
  IFS= read -r -t 1 line || status=$?
  if ((status > 128)); then return 2; fi
  return $((status > 0))
}
