# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154 # the scripts read and set them
# What the scripts in ../bin share: options of HPE Swarm Learning's scripts, what was started, and how it is stopped.
#
# State is in $SWARM_HPE_HOME (default: .swarm/hpe in the working folder):
#   members/NAME   the member's folder: its keys, and where its swarm is. Stays when the program is stopped.
#   nodes/NAME     a program that was started: kind, pid, start, group, address, folder, log

set -euo pipefail

script=$(basename -- "$0")
here=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
home=${SWARM_HPE_HOME:-.swarm/hpe}
case $home in
  /*) ;;
  *) home=$PWD/$home ;;
esac

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

say() {
  printf '%s: %s\n' "$script" "$*" >&2
}

# -- the swarm command

# In the repository, in a distribution (deploy/hpe/bin beside bin), or in PATH.
find_swarm() {
  local each
  for each in ${SWARM_COMMAND:+"$SWARM_COMMAND"} "$here/../../../swarm" "$here/../../../bin/swarm"; do
    if [ -f "$each" ] && [ -x "$each" ]; then
      swarm=$each
      return
    fi
  done
  swarm=$(command -v swarm) || fail "cannot find the command 'swarm'; name it in SWARM_COMMAND"
}

# -- options

identity=()   # options of the swarm command: --cert, --key, --cacert, --capath, --spiffe
authorities=0 # whether --cacert or --capath is given
detach=0
name=''
host_ip=''
rest=()         # what follows --
ignored=()      # options that mean nothing here
published=''    # -p
sn=''           # --sn-ip, or --sn-api-service
sn_port=30304
arguments=("$@")

# Docker's and HPE's options without a value, which mean nothing here.
is_flag() {
  case $1 in
    --rm | --sudo | --privileged | --init | --tty | --interactive | --read-only | --no-healthcheck | --sig-proxy | \
      --oom-kill-disable | --publish-all | --quiet | --keep | --no-keep | --no-rm | --pid-main | --volumes-from-main | \
      -genJoinToken | -t | -i | -it | -ti | -P | -q) return 0 ;;
  esac
  return 1
}

# Reads one option that all scripts know. Sets `taken` to how many words it has; 0: it is not one of these.
common_option() {
  taken=2
  case $1 in
    -d | --detach | -dt | -td | -dit | -dti | -itd | -tid) detach=1 taken=1 ;;
    --name) name=$(value "$@") ;;
    --host-ip) host_ip=$(value "$@") ;;
    --sn-ip | --sn-docker-name) sn=$(value "$@") ;;
    --sn-api-port) sn_port=$(value "$@") ;;
    --sn-api-service) sn=$(service "$@") ;;
    --cert | --key | --cacert | --capath)
      given=$(file "$@")
      identity+=("$1" "$given")
      [[ $1 != --ca* ]] || authorities=1
      ;;
    --socket-path)
      given=$(file "$@")
      identity+=(--spiffe "unix:$given")
      ;;
    -e | --env)
      given=$(value "$@")
      environment "$given"
      ;;
    --env-file)
      given=$(file "$@")
      while IFS= read -r line; do environment "$line"; done <"$given"
      ;;
    -p | --publish) published=$(value "$@") ;;
    --apls-ip | --apls-port) ignored+=("$1 (no licence server is needed)") ;;
    -h | --help)
      usage
      exit 0
      ;;
    *) taken=0 ;;
  esac
}

value() {
  [ $# -ge 2 ] || fail "$1 needs a value"
  printf '%s' "$2"
}

# A reverse proxy: HOST or HOST:PORT; its port is 443 if none is said.
service() {
  local place
  place=$(value "$@")
  case $place in
    *:*) printf '%s' "$place" ;;
    *) printf '%s:443' "$place" ;;
  esac
}

file() {
  local path
  path=$(value "$@")
  [ -e "$path" ] || fail "$1 is $path, which does not exist"
  case $path in
    /*) printf '%s' "$path" ;;
    *) printf '%s' "$PWD/$path" ;;
  esac
}

# NAME=VALUE, or NAME alone for the value that it has here.
environment() {
  case $1 in
    '' | '#'*) ;;
    [A-Za-z_]*=*) export "${1?}" ;;
    *[!A-Za-z0-9_]*) fail "-e $1 is not NAME=VALUE" ;;
  esac
}

# Reads an option that no script knows: one of docker's. Sets `taken`.
foreign_option() {
  case $1 in
    -*) ;;
    *) fail "$1 is no option; see $script --help" ;;
  esac
  ignored+=("${1%%=*}")
  taken=1
  if ! is_flag "$1" && [[ $1 != *=* ]] && [ $# -ge 2 ] && [[ $2 != -* ]]; then
    taken=2
  fi
}

# Calls the script's own `own_option`, then `common_option`, then `foreign_option`, for all words.
read_options() {
  local words=()
  while [ $# -gt 0 ]; do # --option=value is --option value
    case $1 in
      --)
        shift
        rest=("$@")
        break
        ;;
      --ml-*) words+=("$1") ;;
      --*=*=*) words+=("${1%%=*}" "${1#*=}") ;; # --env=NAME=true is no flag
      --detach=false | --sentinel=false | --cluster=false) ;;
      --*=true) words+=("${1%%=*}") ;; # docker's way to say a flag
      --*=false) is_flag "${1%%=*}" || words+=("${1%%=*}" false) ;;
      --*=*) words+=("${1%%=*}" "${1#*=}") ;;
      *) words+=("$1") ;;
    esac
    shift
  done
  set -- "${words[@]+"${words[@]}"}"
  while [ $# -gt 0 ]; do
    taken=0
    own_option "$@"
    [ "$taken" -gt 0 ] || common_option "$@"
    [ "$taken" -gt 0 ] || foreign_option "$@"
    shift "$((taken < $# ? taken : $#))"
  done
  if [ "${#ignored[@]}" -gt 0 ] && [ -z "${SWARM_HPE_DETACHED:-}" ]; then
    say "ignored: $(joined "${ignored[@]}")"
  fi
}

joined() {
  local text=$1
  shift
  for each in "$@"; do
    text+=", $each"
  done
  printf '%s' "$text"
}

checked_name() {
  [[ $1 =~ ^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$ ]] ||
    fail "--name is $1; it has to be 1 to 64 letters, digits, dots, underscores and dashes"
}

# -- programs that were started

# When a process began; with its pid, that is one process and no other.
start_of() {
  if [ -r "/proc/$1/stat" ]; then
    local stat fields
    stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
    # The second field may have spaces; the 22nd is the 20th after it.
    read -ra fields <<<"${stat##*) }"
    printf '%s' "${fields[19]}"
  else
    ps -o lstart= -p "$1"
  fi
}

is_running() {
  local node=$1 pid
  [ -s "$node/pid" ] && [ -s "$node/start" ] || return 1
  pid=$(cat "$node/pid")
  [ "$(start_of "$pid" 2>/dev/null || true)" = "$(cat "$node/start")" ]
}

# Remembers that this process is the program of that name. Usage: remember KIND [ADDRESS]
remember() {
  node=$home/nodes/$name
  if [ -z "${SWARM_HPE_DETACHED:-}" ] && is_running "$node"; then
    fail "$name is running already (pid $(cat "$node/pid")); stop-swarm stops it"
  fi
  (umask 077 && mkdir -p "$node" "$home/members")
  printf '%s\n' "$1" >"$node/kind"
  printf '%s\n' "${2:-}" >"$node/address"
  printf '%s\n' "$folder" >"$node/folder"
  printf '%s\n' "$$" >"$node/pid"
  start_of "$$" >"$node/start"
  [ -n "${SWARM_HPE_DETACHED:-}" ] && echo 1 >"$node/group" || echo 0 >"$node/group"
}

# With -d: runs this script again in the background, in a process group of its own, and ends.
detach_if_asked() {
  [ "$detach" = 1 ] && [ -z "${SWARM_HPE_DETACHED:-}" ] || return 0
  local node=$home/nodes/$name pid
  ! is_running "$node" || fail "$name is running already (pid $(cat "$node/pid")); stop-swarm stops it"
  (umask 077 && mkdir -p "$node" "$home/members")
  rm -f "$node/pid" "$node/start" "$node/exit"
  printf '%s\n' "$1" >"$node/kind"
  SWARM_HPE_DETACHED=1 SWARM_HPE_HOME=$home setsid "$BASH" "$0" "${arguments[@]}" >"$node/log" 2>&1 </dev/null &
  pid=$!
  for _ in $(seq 100); do # until it has remembered itself
    [ ! -s "$node/start" ] || break
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.05
  done
  [ -s "$node/start" ] || {
    cat "$node/log" >&2
    exit 1
  }
  echo "$name runs in the background; its log is $node/log"
  exit 0
}

# The address of a network node: the one that is called so here, else the host itself.
node_address() {
  local known=$home/nodes/$1/address
  if [ -s "$known" ]; then
    cat "$known"
  else
    case $1 in
      \[*\]:* | [!\[]*:*[!:]) [[ $1 == *:*:* && $1 != \[* ]] && printf '[%s]:%s' "$1" "$2" || printf '%s' "$1" ;;
      *) printf '%s:%s' "$1" "$2" ;;
    esac
  fi
}

# --alias options for all network nodes that were started here, so that scripts reach them by their names.
aliases() {
  local node
  for node in "$home"/nodes/*/; do
    if [ "$(cat "$node/kind" 2>/dev/null)" = sn ] && [ -s "$node/address" ]; then
      printf '%s\n' --alias "$(basename -- "$node")=$(cat "$node/address")"
    fi
  done
}

# Becomes a member by certificate, if that is not done. Usage: join ROLE
join() {
  [ ! -s "$folder/site.properties" ] || return 0
  if [ -n "${invitation:-}" ]; then
    "$swarm" site join "$invitation" --folder "$folder" "${identity[@]+"${identity[@]}"}"
    return
  fi
  [ -n "$sn" ] || fail "mandatory parameter --sn-ip not specified"
  [ "${#identity[@]}" -gt 0 ] || [ -n "${SWARM_ID_CERT:-}${SWARM_SPIFFE_WORKLOAD_API_SOCKET_PATH:-}" ] ||
    fail "a certificate is needed: --cert, --key and --cacert or --capath, or --socket-path; or --join INVITATION"
  "$swarm" site join --network-node "$(node_address "$sn" "$sn_port")" --name "$name" --role "$1" --folder "$folder" \
    "${identity[@]+"${identity[@]}"}" "${@:2}"
}
