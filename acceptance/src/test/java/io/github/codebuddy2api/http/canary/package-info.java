/** Stands where the HTTP adapter stands and does what an adapter must not do; see {@code ArchitectureTest}. */
package io.github.codebuddy2api.http.canary;
