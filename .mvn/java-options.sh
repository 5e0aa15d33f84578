# Sourced by ./codebuddy2api and deploy/image-steps: the JVM options of the service, the same wherever it runs.

# One process for one person: a small collector and a bounded heap; out of memory ends the process, so that a
# supervisor starts a whole one. No heap dump, because it would hold tokens.
java_options="-XX:+UseSerialGC -Xmx512m -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData"

# With an AOT cache: if it does not fit, the JVM goes without it and need not say so.
quiet_options="-Xlog:disable -Xlog:all=warning:stderr -Xlog:aot*=off:stderr"
