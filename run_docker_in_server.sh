#!/usr/bin/env bash
# Builds CodeBuddy2API's Docker image and runs it on this machine. See help.
set -euo pipefail
umask 077

REPO_ROOT=$(cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd -P)
DATA_ROOT=${DATA_ROOT:-$REPO_ROOT/data}
IMAGE_NAME=${IMAGE_NAME:-codebuddy2api}
CONTAINER_NAME=${CONTAINER_NAME:-codebuddy2api}
IMAGE_TAG_LENGTH=${IMAGE_TAG_LENGTH:-8}
IMAGE_RETENTION_COUNT=${IMAGE_RETENTION_COUNT:-5}
SKIP_CONFIG_ADAPT=${SKIP_CONFIG_ADAPT:-0}
PUBLISH_ADDRESS=${PUBLISH_ADDRESS:-}
CONTAINER_USER=${CONTAINER_USER:-}
HEALTH_TIMEOUT=${HEALTH_TIMEOUT:-60}

IMAGE_UID=1001
REVISION_LABEL=org.opencontainers.image.revision
CONFIG=$DATA_ROOT/config/config.yaml
LEGACY_CONFIG=$DATA_ROOT/config/config.json

usage() {
  cat <<END
Usage: ./run_docker_in_server.sh COMMAND

  build            build the image; its tag is the beginning of the git commit's hash
  deploy           build, start, wait until the service is healthy, remove old images;
                   if it does not get healthy, the image that ran before is started again
  start [TAG]      run the image of the current commit, or TAG, instead of what runs now
  images           list the images: tag, revision, date
  rm-image TAG     remove one image, unless it is running
  help             this

Environment: of this script only, the service itself reads none.
  DATA_ROOT              holds config/, creds/ and logs/; default: data beside this script
  SKIP_CONFIG_ADAPT=1    do not set server.host to 0.0.0.0 in a new config.yaml
  IMAGE_TAG_LENGTH       how many characters of the hash; default 8
  IMAGE_RETENTION_COUNT  how many images deploy leaves, the newest ones; default 5
  IMAGE_NAME, CONTAINER_NAME   default codebuddy2api
  PUBLISH_ADDRESS        the address of this machine to publish server.port at, such as 127.0.0.1; default: all
  CONTAINER_USER         UID:GID to run as; default: 1001:1001 if you are root, else yourself.
                         With rootless Docker: 0:0, which is you outside of the container
  HEALTH_TIMEOUT         how many seconds deploy waits; default 60
END
}

say() { printf '%s\n' "$*" >&2; }
fail() {
  say "$@"
  exit 1
}

check_count() { # NAME VALUE LEAST MOST
  if ! [[ $2 =~ ^[0-9]{1,6}$ ]] || ((10#$2 < $3 || 10#$2 > $4)); then
    fail "$1 is a number from $3 to $4, not '$2'."
  fi
}

check_settings() {
  check_count IMAGE_TAG_LENGTH "$IMAGE_TAG_LENGTH" 4 40
  check_count IMAGE_RETENTION_COUNT "$IMAGE_RETENTION_COUNT" 1 999
  check_count HEALTH_TIMEOUT "$HEALTH_TIMEOUT" 1 3600
  [[ $DATA_ROOT == /* && $DATA_ROOT != *:* ]] || fail "DATA_ROOT is an absolute path without a colon, not '$DATA_ROOT'."
  [[ $CONTAINER_USER =~ ^([0-9]+:[0-9]+)?$ ]] || fail "CONTAINER_USER is UID:GID in numbers, not '$CONTAINER_USER'."
}

# --- images ---

# Root deploys from a checkout that belongs to somebody else, which git refuses by itself.
in_git() { git -c "safe.directory=$REPO_ROOT" -C "$REPO_ROOT" "$@"; }

full_hash() {
  in_git rev-parse --verify HEAD 2>/dev/null || fail "No git commit in $REPO_ROOT: the image's tag comes from it."
}

# A tag never claims to be a commit that it is not.
current_tag() {
  local hash changes
  hash=$(full_hash) || exit 1
  changes=$(in_git status --porcelain 2>/dev/null) || fail "git status does not work in $REPO_ROOT."
  printf '%s%s\n' "${hash:0:10#$IMAGE_TAG_LENGTH}" "${changes:+-dirty}"
}

build() { # TAG
  local hash
  hash=$(full_hash)
  [[ $1 != *-dirty ]] || say "The checkout has changes that are not committed: the tag is $1."
  DOCKER_BUILDKIT=1 docker build --build-arg "CODEBUDDY2API_GIT_COMMIT_HASH=$hash" --tag "$IMAGE_NAME:$1" "$REPO_ROOT"
}

image_exists() { docker image inspect --format '{{.Id}}' "$1" >/dev/null 2>&1; }

# Id and tag of each of this project's images, the newest first.
own_images() {
  docker images --no-trunc --format '{{.ID}} {{.Tag}}' "$IMAGE_NAME" | awk '$2 != "<none>"'
}

running_image_id() {
  [[ $(docker container inspect --format '{{.State.Running}}' "$CONTAINER_NAME" 2>/dev/null) == true ]] || return 0
  docker container inspect --format '{{.Image}}' "$CONTAINER_NAME"
}

list_images() {
  local running id tag mark
  running=$(running_image_id)
  printf '%-20s %-42s %s\n' TAG REVISION CREATED
  while read -r id tag; do
    mark=
    [[ $id != "$running" ]] || mark='  (running)'
    printf '%-20s %s%s\n' "$tag" "$(docker image inspect \
      --format "{{printf \"%-42s\" (index .Config.Labels \"$REVISION_LABEL\")}} {{.Created}}" "$id")" "$mark"
  done < <(own_images)
}

remove_image() { # TAG
  local id
  id=$(docker image inspect --format '{{.Id}}' "$IMAGE_NAME:$1" 2>/dev/null) || fail "There is no image $IMAGE_NAME:$1."
  [[ $id != "$(running_image_id)" ]] || fail "$IMAGE_NAME:$1 is running; it stays."
  docker image rm "$IMAGE_NAME:$1"
}

remove_old_images() {
  local running id tag kept=0
  running=$(running_image_id)
  while read -r id tag; do
    if ((kept < 10#$IMAGE_RETENTION_COUNT)); then
      kept=$((kept + 1))
    elif [[ $id != "$running" ]]; then
      docker image rm "$IMAGE_NAME:$tag" || say "$IMAGE_NAME:$tag could not be removed; it stays."
    fi
  done < <(own_images)
}

# --- settings and folders ---

container_user() {
  if [[ -n $CONTAINER_USER ]]; then
    echo "$CONTAINER_USER"
  elif ((EUID == 0)); then
    echo "$IMAGE_UID:$IMAGE_UID"
  else
    echo "$(id -u):$(id -g)"
  fi
}

# Makes what is mounted, for the user in the container. Links are not followed, and nothing that fits is touched.
prepare_folders() {
  local folder user
  user=$(container_user)
  for folder in config creds logs; do
    [[ -d $DATA_ROOT/$folder ]] || mkdir -p -- "$DATA_ROOT/$folder" || return 1
  done
  first_config || return 1
  ((EUID == 0)) || return 0
  for folder in config creds logs; do
    find -P "$DATA_ROOT/$folder" -xdev \( -type d -o -type f \) ! -uid "${user%%:*}" \
      -execdir chown -h -- "$user" {} + ||
      say "Not everything in $DATA_ROOT/$folder could be given to user $user; the service may not be able to write there."
  done
}

# A config.json of the original service is for the service to migrate; a config.yaml would hide it.
first_config() {
  [[ ! -e $CONFIG && ! -L $CONFIG && ! -e $LEGACY_CONFIG ]] || return 0
  cp -- "$REPO_ROOT/config/config.example.yaml" "$CONFIG" && chmod 600 -- "$CONFIG" || return 1
  adapt_host
  say "Wrote $CONFIG: set server.password there, until then the service is locked."
}

# Inside of a container only 0.0.0.0 can be reached from outside. Every other line stays as it is.
adapt_host() {
  [[ $SKIP_CONFIG_ADAPT != 1 ]] || return 0
  local fresh=$CONFIG.$$.tmp
  if cp -p -- "$CONFIG" "$fresh" && awk '
    /^[^ \t#]/ { if (inside && !done) { print "  host: 0.0.0.0"; done = 1 } inside = /^server:[ \t\r]*(#.*)?$/ }
    inside && !done && /^[ \t]+host:/ { match($0, /^[ \t]+host:[ \t]*/); head = substr($0, 1, RLENGTH)
      tail = substr($0, RLENGTH + 1); sub(/^("[^"]*"|\047[^\047]*\047|[^ \t#\r]*)/, "", tail)
      if (head !~ /[ \t]$/) head = head " "
      $0 = head "0.0.0.0" tail; done = 1 }
    { print }
    END { if (inside && !done) { print "  host: 0.0.0.0"; done = 1 } exit !done }
  ' "$CONFIG" >"$fresh" && mv -f -- "$fresh" "$CONFIG"; then
    return 0
  fi
  rm -f -- "$fresh"
  say "server.host could not be set to 0.0.0.0 in $CONFIG: do it by hand."
}

# A value of the section `server`, without quotes and comment.
server_setting() { # KEY
  [[ -f $CONFIG ]] || return 0
  awk -v key="$1" '
    /^[^ \t#]/ { inside = /^server:/ }
    inside && $1 == key ":" { value = $2; gsub(/["\047\r]/, "", value); print value; exit }
  ' "$CONFIG"
}

service_port() {
  local port
  if [[ -f $CONFIG ]]; then
    port=$(server_setting port)
  elif [[ -f $LEGACY_CONFIG ]]; then
    port=$(sed -n 's/.*"CODEBUDDY_PORT"[[:space:]]*:[[:space:]]*"\{0,1\}\([0-9]*\).*/\1/p' "$LEGACY_CONFIG" | head -n 1)
  fi
  if [[ ${port:-} =~ ^[0-9]{1,5}$ ]] && ((10#$port >= 1 && 10#$port <= 65535)); then
    echo $((10#$port))
  else
    echo 8001
  fi
}

# --- the container ---

container_exists() { docker container inspect --format '{{.Id}}' "$CONTAINER_NAME" >/dev/null 2>&1; }

remove_container() {
  container_exists || return 0
  # Answers in progress have 25 s to end, and 5 more to say farewell.
  docker stop -t 35 "$CONTAINER_NAME" >/dev/null || true
  docker rm --force "$CONTAINER_NAME" >/dev/null
}

run_container() { # IMAGE
  local port
  port=$(service_port)
  docker run --detach --name "$CONTAINER_NAME" --restart unless-stopped --stop-timeout 40 \
    --user "$(container_user)" --read-only --tmpfs /tmp:rw,noexec,nosuid,nodev,size=64m \
    --cap-drop ALL --security-opt no-new-privileges \
    --publish "${PUBLISH_ADDRESS:+$PUBLISH_ADDRESS:}$port:$port" \
    --volume "$DATA_ROOT/config:/app/config" \
    --volume "$DATA_ROOT/creds:/app/.codebuddy_creds" \
    --volume "$DATA_ROOT/logs:/app/logs" \
    "$1" >/dev/null
}

is_healthy() { docker exec "$CONTAINER_NAME" codebuddy2api health >/dev/null 2>&1; }

await() { # CONDITION...
  local end=$((SECONDS + 10#$HEALTH_TIMEOUT))
  until "$@"; do
    ((SECONDS < end)) || return 1
    sleep 1
  done
}

start() { # IMAGE
  local image=$1 migrates=
  image_exists "$image" || fail "There is no image $image: build it first."
  prepare_folders || fail "The folders in $DATA_ROOT could not be prepared; nothing was started or stopped."
  [[ -e $CONFIG || -L $CONFIG ]] || migrates=yes
  remove_container
  run_container "$image" || return 1
  if [[ -n $migrates ]]; then
    adopt_migrated_config || return 1
  fi
  say "$CONTAINER_NAME runs $image, published at port $(service_port), with the files in $DATA_ROOT."
  case $(server_setting host) in
  127.* | localhost | ::1 | '') say "server.host in $CONFIG is not 0.0.0.0: nothing outside of the container reaches the service." ;;
  esac
}

# The service writes config.yaml from config.json; then the host is set, and the service must read it again.
adopt_migrated_config() {
  await test -f "$CONFIG" || {
    say "The service did not make $CONFIG of $LEGACY_CONFIG."
    return 1
  }
  adapt_host
  docker restart -t 35 "$CONTAINER_NAME" >/dev/null
}

roll_back() { # IMAGE-ID, or nothing
  say "The last lines of its log:"
  docker logs --tail 50 "$CONTAINER_NAME" >&2 || true
  if [[ -z $1 ]]; then
    fail "The new container is left as it is, because there is none before it to go back to."
  fi
  say "Going back to the image that ran before."
  remove_container
  run_container "$1" || fail "The image that ran before could not be started either."
  fail "Nothing was deployed; the image that ran before runs again. No image was removed."
}

deploy() {
  local tag previous
  tag=$(current_tag)
  build "$tag"
  previous=$(running_image_id)
  start "$IMAGE_NAME:$tag" || { say "$IMAGE_NAME:$tag did not start." && roll_back "$previous"; }
  await is_healthy || { say "$IMAGE_NAME:$tag is not healthy after $HEALTH_TIMEOUT s." && roll_back "$previous"; }
  say "Healthy."
  remove_old_images
}

not_understood() {
  usage >&2
  exit 2
}

main() {
  local command=${1:-}
  case $command in
  help) usage && return ;;
  build | deploy | images) (($# == 1)) || not_understood ;;
  start) (($# <= 2)) || not_understood ;;
  rm-image) [[ $# -eq 2 && -n $2 ]] || not_understood ;;
  *) not_understood ;;
  esac
  check_settings
  command -v docker >/dev/null || fail "docker is not installed."
  case $command in
  build) build "$(current_tag)" ;;
  deploy) deploy ;;
  start) start "$IMAGE_NAME:${2:-$(current_tag)}" ;;
  images) list_images ;;
  rm-image) remove_image "$2" ;;
  esac
}

main "$@"
