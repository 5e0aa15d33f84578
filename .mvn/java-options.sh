# Sourced by ./codebuddy2api and deploy/image-steps: the JVM options of the service, the same wherever it runs.

# One process for one person: a small collector and a bounded heap; out of memory ends the process, so that a
# supervisor starts a whole one. No heap dump, because it would hold tokens. Without -Xms the heap begins at a 64th of
# the machine's memory, which on a large one is nearly all it may ever have; -XX:MetaspaceSize spares a full collection
# during the start.
java_options="-XX:+UseSerialGC -Xms64m -Xmx512m -XX:MetaspaceSize=64m -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData"

# With an AOT cache: if it does not fit, the JVM goes without it and need not say so.
quiet_options="-Xlog:disable -Xlog:all=warning:stderr -Xlog:aot*=off:stderr"
