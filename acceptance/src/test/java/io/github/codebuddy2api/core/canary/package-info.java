/** Stands where core stands and does what core must not do, so that the rules of {@code ArchitectureTest} are seen to bite. */
package io.github.codebuddy2api.core.canary;
