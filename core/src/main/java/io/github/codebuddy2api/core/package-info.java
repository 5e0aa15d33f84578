/**
 * The front door, {@link io.github.codebuddy2api.core.Gateway}, and the words every other package uses: failures,
 * events, secrets, opaque JSON. Values of one subject live in their own packages; moving parts live in {@code engine}.
 */
package io.github.codebuddy2api.core;
