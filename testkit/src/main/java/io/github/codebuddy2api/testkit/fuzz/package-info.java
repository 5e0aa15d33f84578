/** Tries parsers with inputs nobody thought of. Start at {@link io.github.codebuddy2api.testkit.fuzz.Fuzzing}. */
package io.github.codebuddy2api.testkit.fuzz;
