# shellcheck shell=bash
# Shared by script/server, script/test and script/bench: sourced, never run.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
VAR=$ROOT/var
VENV=$ROOT/.venv
LOG=$VAR/log/${0##*/}.log

# Start from the same environment everywhere, also under `env -i`.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin${PATH:+:$PATH}
export LANG=${LANG:-C.UTF-8} HOME=${HOME:-$VAR/home}
export PIP_CACHE_DIR=${PIP_CACHE_DIR:-$VAR/cache/pip} XDG_CACHE_HOME=$VAR/cache
unset PYTHONPATH PYTHONHOME DJANGO_SETTINGS_MODULE

APPS=(areas cms newsletters participation surveys)
SERVER_PACKAGES=(
  ca-certificates gettext libsqlite3-mod-spatialite
  libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
)
POSTGRES_PACKAGES=(postgresql-15 postgresql-15-postgis-3)

die() { # die LINE...: say what went wrong and what to do, and stop
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit 1
}

JOBS=()
clean_up() { :; } # a script puts its own in this place

on_exit() { # whatever ends the script: nothing of it runs on
  trap - EXIT INT TERM HUP
  end_jobs "${JOBS[@]}"
  clean_up
}
trap on_exit EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

job() { # job COMMAND...: start it in a process group of its own; its number is in $JOB
  set -m # gives a background command a process group
  "$@" </dev/null >>"$LOG" 2>&1 &
  JOB=$!
  set +m
  JOBS+=("$JOB")
}

end_jobs() { # end_jobs NUMBER...: ask their whole groups to stop, and wait until they have
  local number
  for number in "$@"; do kill -TERM -- "-$number" 2>/dev/null || true; done
  for number in "$@"; do wait "$number" 2>/dev/null || true; done
}

begin() { # begin TITLE: a new log, and the folders that hold what a run makes
  mkdir -p "$VAR/log" "$VAR/stamps" "$HOME" 2>/dev/null || [ -w "$VAR/log" ] ||
    die "Cannot write in $VAR. Give yourself that folder: chown -R $(id -un) $VAR"
  printf '%s\n' "$(date '+%F %T') $0" >"$LOG" ||
    die "Cannot write $LOG. Give yourself that folder: chown -R $(id -un) $VAR"
  printf '%s\n' "$1"
}

# Functions that run as a step say `|| return` themselves: within `step … || failed` the shell
# does not stop at a command that fails.
step() { # step TITLE COMMAND...: run it, its output in the log; print how long it took
  printf '\n== %s\n' "$1" >>"$LOG"
  job "${@:2}"
  finish_step "$1" "$JOB"
}

finish_step() { # finish_step TITLE NUMBER: wait for a job; print how long that took
  local start=$EPOCHREALTIME status=0
  printf '  %-30s' "$1"
  wait "$2" || status=$?
  seconds "$start"
  return "$status"
}

seconds() { # seconds START: print the time since $EPOCHREALTIME was START
  local micros=$((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}))
  printf '%6d.%d s\n' $((micros / 1000000)) $((micros / 100000 % 10))
}

failed() { # failed LINE...: the end of the log, then what to do
  printf '\n' >&2
  tail -n 25 "$LOG" >&2
  die "$@" "The whole log: $LOG"
}

# --- Debian packages -------------------------------------------------------------------------

missing_packages() { # missing_packages PACKAGE...: those of them that are not installed
  local installed package
  installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
  for package in "$@"; do
    grep -qx "installed $package" <<<"$installed" || echo "$package"
  done
}

need_packages() { # need_packages PACKAGE...: install those that are missing, and only those
  local missing as_root=() start=$EPOCHREALTIME
  if ! command -v dpkg-query >/dev/null; then
    printf '  This is not Debian. It needs what Debian calls:\n    %s\n' "$*"
    return
  fi
  has_python || set -- python3 python3-venv "$@"
  mapfile -t missing < <(missing_packages "$@")
  if [ ${#missing[@]} -gt 0 ]; then
    local install="apt-get install --yes --no-install-recommends ${missing[*]}"
    if [ "$(id -u)" -ne 0 ]; then
      if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=(sudo)
      else
        die "These Debian packages are missing, and you may not install them." \
          "Ask an administrator to run this as root, then start again:" "" \
          "  apt-get update && $install"
      fi
    fi
    printf '  Installing: %s\n' "${missing[*]}"
    if ! install_packages "${as_root[@]}" -- "${missing[@]}" >>"$LOG" 2>&1; then
      failed "The Debian packages could not be installed. Is there a network?" \
        "Start again, or run this as root:" "" "  apt-get update && $install" ""
    fi
  fi
  printf '  %-30s' 'Debian packages'
  seconds "$start"
}

install_packages() { # install_packages [sudo] -- PACKAGE...
  local as_root=()
  while [ "$1" != -- ]; do as_root+=("$1"); shift; done
  shift
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive
    apt-get --yes --option DPkg::Lock::Timeout=120)
  # An installation that was broken off earlier is finished first.
  [ -z "$(dpkg --audit 2>/dev/null)" ] || "${as_root[@]}" dpkg --configure -a
  # A failing update may concern a source that has nothing to do with us.
  "${apt[@]}" update || true
  "${apt[@]}" install --no-install-recommends "$@"
}

# --- Python ----------------------------------------------------------------------------------

python_candidates() { # Debian's own first: it goes with Debian's SpatiaLite
  local name
  for name in ${PYTHON:-} /usr/bin/python3 python3.11 python3.12 python3.13 python3.14 python3; do
    command -v "$name" || true
  done | awk '!seen[$0]++'
}

has_python() { # whether some Python would do, as far as that shows without SpatiaLite
  local python
  for python in $(python_candidates); do
    "$python" -c '
import ensurepip, sqlite3, sys
sys.exit(sys.version_info < (3, 11) or not hasattr(sqlite3.Connection, "load_extension"))
' 2>/dev/null && return
  done
  return 1
}

loads_spatialite() { # loads_spatialite PYTHON: whether it is >= 3.11 and opens SpatiaLite
  "$1" -c '
import sqlite3, sys
assert sys.version_info >= (3, 11), "older than 3.11"
connection = sqlite3.connect(":memory:")
assert hasattr(connection, "enable_load_extension"), "its sqlite3 loads no extensions"
connection.enable_load_extension(True)
connection.load_extension("mod_spatialite")
'
}

make_venv() { # make_venv base|dev: .venv holds exactly what requirements/<name>.txt locks
  local lock=$ROOT/requirements/$1.txt unfinished=$VAR/stamps/venv-unfinished python
  local wanted
  wanted=$(sha256sum <"$lock")
  if [ ! -e "$unfinished" ] && [ "$(cat "$VENV/.lock-$1" 2>/dev/null)" = "$wanted" ] &&
    loads_spatialite "$VENV/bin/python" 2>/dev/null; then
    return
  fi
  # What an earlier run left half-finished is not worth mending.
  if [ -e "$unfinished" ] || ! loads_spatialite "$VENV/bin/python" 2>/dev/null ||
    ! "$VENV/bin/python" -m pip --version >/dev/null 2>&1; then
    for python in $(python_candidates); do
      echo "Trying $python"
      loads_spatialite "$python" && "$python" -c 'import ensurepip' && break
      python=
    done
    if [ -z "${python:-}" ]; then
      echo "No Python from 3.11 on has a sqlite3 that loads extensions. Debian's has."
      return 1
    fi
    touch "$unfinished" && rm -rf "$VENV" && "$python" -m venv "$VENV" || return
  fi
  touch "$unfinished" && rm -f "$VENV"/.lock-* || return
  # The lock names everything with its hash: there is nothing to resolve, only to check. Compiling
  # is left to two processors, and to the first import where only tests run: they import a third.
  "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
    --retries 2 --require-hashes --no-deps --no-compile --requirement "$lock" || return
  "$VENV/bin/python" -m pip check --disable-pip-version-check || return
  [ "$1" = dev ] || "$VENV/bin/python" -m compileall -q -j 0 "$VENV"/lib/python3.*/site-packages ||
    echo "Some files were not compiled: they are at their first use."
  # The development lock holds all that the base lock holds, in the same versions.
  [ "$1" = base ] || sha256sum <"$ROOT/requirements/base.txt" >"$VENV/.lock-base"
  printf '%s\n' "$wanted" >"$VENV/.lock-$1" && rm -f "$unfinished"
}

install_python_packages() { # install_python_packages base|dev
  step 'Python and its packages' make_venv "$1" || failed \
    "The Python packages could not be installed. Is there a network?" \
    "Start again: it goes on by itself."
}

manage() { "$VENV/bin/python" "$ROOT/manage.py" "$@"; }

compile_messages() { # the catalogues that gettext reads, where their source is newer
  local source target
  for source in "$ROOT"/locale/*/LC_MESSAGES/*.po; do
    [ -e "$source" ] || continue
    target=${source%.po}.mo
    if [ ! "$target" -nt "$source" ]; then
      msgfmt --check-format --output-file "$target.new" "$source" &&
        mv "$target.new" "$target" || return
    fi
  done
}

# --- Once is enough --------------------------------------------------------------------------

fingerprint() { # fingerprint PATTERN FOLDER...: of the names, sizes and times of matching files
  local pattern=$1
  shift
  (cd "$ROOT" && find "$@" -type f -path "$pattern" ! -name '*.pyc' -printf '%p %s %T@\n') |
    sort | sha256sum
}

is_stamped() { # is_stamped NAME VALUE
  [ "$(cat "$VAR/stamps/$1" 2>/dev/null)" = "$2" ]
}

stamp() { # stamp NAME VALUE
  printf '%s\n' "$2" >"$VAR/stamps/$1.new"
  mv "$VAR/stamps/$1.new" "$VAR/stamps/$1"
}

start_static() { # begin to collect the static files, where they changed; see `finish_static`
  STATIC_STAMP="$(sha256sum <"$ROOT/requirements/base.txt") $(
    fingerprint '*static*/*' static_src "${APPS[@]}")"
  STATIC_JOB=
  if [ ! -s "$VAR/static/staticfiles.json" ] || ! is_stamped static "$STATIC_STAMP"; then
    job env DJANGO_SETTINGS_MODULE=participation.settings.development STATIC_ROOT="$VAR/static" \
      "$VENV/bin/python" "$ROOT/manage.py" collectstatic --noinput --verbosity 0
    STATIC_JOB=$JOB
  fi
}

finish_static() { # wait for `start_static`
  [ -n "$STATIC_JOB" ] || return 0
  finish_step 'Static files' "$STATIC_JOB" || failed "The static files could not be collected."
  stamp static "$STATIC_STAMP"
}

# --- Servers ---------------------------------------------------------------------------------

port_answers() { (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
  "$VENV/bin/python" -c 'import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])'
}

wait_for_http() { # wait_for_http PORT PID SECONDS: until the home page answers; fails if PID ends
  local port=$1 pid=$2 until=$((SECONDS + $3)) status=
  while kill -0 "$pid" 2>/dev/null && [ $SECONDS -lt $until ]; do
    if port_answers "$port"; then
      status=$("$VENV/bin/python" -c '
import http.client, sys
connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=30)
connection.request("GET", "/")
print(connection.getresponse().status)' "$port" 2>&1 | tail -n 1)
      [ "$status" = 200 ] && return
      printf 'The home page answers: %s\n' "$status" >>"$LOG"
      return 1
    fi
    sleep 0.1
  done
  return 1
}

postgres_bin() { # the newest PostgreSQL here, from 15 on, that has PostGIS
  local folder
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr); do
    local major=${folder%/bin}
    major=${major##*/}
    if [ -x "$folder/initdb" ] && [ "$major" -ge 15 ] 2>/dev/null &&
      [ -e "/usr/share/postgresql/$major/extension/postgis.control" ]; then
      echo "$folder"
      return
    fi
  done
  return 1
}

start_postgres() { # start_postgres FOLDER [OPTION...]: ends with the script; sets POSTGRES_URL
  local folder=$1 bin as_owner=() start=$EPOCHREALTIME port
  printf '  %-30s' 'PostgreSQL'
  bin=$(postgres_bin)
  port=$(free_port)
  mkdir -p "$folder"
  if [ "$(id -u)" -eq 0 ]; then # PostgreSQL refuses to run as root
    as_owner=(setpriv --reuid postgres --regid postgres --clear-groups)
    chown postgres:postgres "$folder"
  fi
  cd "$folder"
  "${as_owner[@]}" "$bin/initdb" --pgdata "$folder/data" --username gebiedsplein \
    --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync >>"$LOG" 2>&1 ||
    failed "PostgreSQL could not make its folder."
  job "${as_owner[@]}" setpriv --pdeathsig INT "$bin/postgres" \
    -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c shared_buffers=256MB -c max_connections=100 -c timezone=UTC \
    "${@:2}"
  cd "$ROOT"
  until "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" -U gebiedsplein -d postgres; do
    kill -0 "$JOB" 2>/dev/null || failed "PostgreSQL could not start."
    sleep 0.1
  done
  # In the template, so that every test database has it at once.
  {
    "$bin/psql" -q -h 127.0.0.1 -p "$port" -U gebiedsplein -d template1 \
      -c 'CREATE EXTENSION postgis' &&
      "$bin/createdb" -h 127.0.0.1 -p "$port" -U gebiedsplein gebiedsplein
  } >>"$LOG" 2>&1 || failed "PostGIS could not be set up."
  POSTGRES_URL=postgis://gebiedsplein@127.0.0.1:$port/gebiedsplein
  seconds "$start"
}

copy_database() { # copy_database NAME: of the one at POSTGRES_URL, to which nobody is connected
  local server=${POSTGRES_URL%/*}
  "$(postgres_bin)/createdb" --maintenance-db "${server/postgis/postgresql}/postgres" \
    --template gebiedsplein "$1" >>"$LOG" 2>&1 || failed "The database could not be copied."
}
