/**
 * What an embedder supplies. {@link io.github.codebuddy2api.core.spi.Upstream} and {@link
 * io.github.codebuddy2api.core.spi.CredentialStore} are needed; the rest has defaults.
 */
package io.github.codebuddy2api.core.spi;
