# Sourced by ./mvnw and ./codebuddy2api: finds the newest JDK of this machine without starting a JVM.

# The feature version of the JDK in $1 (21, 25, ...), or 0.
jdk_version() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | head -n 1
}

# Sets JAVA_HOME to the newest JDK, at least version $1; says what to do if there is none.
choose_jdk() {
  best=0
  best_home=
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) || on_path=
  for home in "${JAVA_HOME:-}" "${on_path%/bin/javac}" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    version=$(jdk_version "$home")
    if [ "${version:-0}" -gt "$best" ]; then
      best=$version
      best_home=$home
    fi
  done
  if [ "$best" -lt "$1" ]; then
    echo "CodeBuddy2API needs a JDK of version $1 or later; the newest one found here is: ${best_home:-none}." >&2
    echo "Install one (a package such as temurin-25-jdk or openjdk-21-jdk) or point JAVA_HOME at it." >&2
    exit 1
  fi
  JAVA_HOME=$best_home
  export JAVA_HOME
}
