/**
 * The log: its settings, its file, its old files. Start at {@link io.github.codebuddy2api.app.logging.LogControl}, which
 * applies settings while the service runs. The grammar of each setting lives with the setting ({@code LogLevel}, {@code
 * RotationGrammar}, {@code Retention}, {@code Compression}) and is pure; only {@code LogFile} and {@code Archivist} touch
 * the disk. Who writes what to the log is not decided here.
 */
package io.github.codebuddy2api.app.logging;
