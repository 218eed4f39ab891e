# Shared by the scripts beside it, which set $root. Thin on purpose: the work is in packaging/.

# Checks for what everything else needs; installs it with apt when that is allowed, or says the command that would.
require_tools() {
  local missing=()
  java_is_17 || missing+=("$(jdk_package)")
  command -v mvn >/dev/null || missing+=(maven)
  python3 -m pip --version >/dev/null 2>&1 || missing+=(python3 python3-pip)
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "installing ${missing[*]}"
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "missing: ${missing[*]}. On Debian or Ubuntu: sudo apt-get install ${missing[*]}" >&2
    exit 2
  fi
}

# The oldest packaged JDK that will do; which ones exist depends on the release.
jdk_package() {
  [ "$(id -u)" -ne 0 ] || apt-get update -qq >&2 || true
  local name
  for name in openjdk-17-jdk-headless openjdk-21-jdk-headless default-jdk-headless; do
    if apt-cache show "$name" >/dev/null 2>&1; then
      break
    fi
  done
  echo "$name"
}

java_is_17() {
  command -v javac >/dev/null || return 1
  local version
  version=$(javac -version 2>&1 | sed -E 's/^javac ([0-9]+).*/\1/')
  [ "$version" -ge 17 ] 2>/dev/null
}

# Builds archives and class paths, unless nothing has changed since the last time.
build() {
  local stamp=$root/target/built$*
  if [ -f "$stamp" ] && [ -z "$(find "$root" -newer "$stamp" \( -path '*/src/main/*' -o -name pom.xml \) -type f \
      -not -path '*/target/*' -print -quit)" ]; then
    return
  fi
  echo "building the plugin archives (the first time this downloads Maven's dependencies)"
  mkdir -p "$root/target"
  if ! (cd "$root" && mvn -B -ntp -DskipTests package "$@" >"$root/target/build.log" 2>&1); then
    tail -n 40 "$root/target/build.log" >&2
    echo "the build failed, see $root/target/build.log" >&2
    exit 1
  fi
  touch "$stamp"
}

# Runs a main class of packaging/e2e.
run() {
  local target=$root/packaging/e2e/target
  exec java -Dobconnect.root="$root" -cp "$(echo "$target"/e2e-*.jar):$(<"$target/classpath")" "$@"
}
