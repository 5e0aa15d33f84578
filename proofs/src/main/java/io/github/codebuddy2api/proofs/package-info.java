/**
 * A test that proves a promise is tagged {@code trust} and with the promise's number, and shows its figure through a
 * {@link io.github.codebuddy2api.proofs.Proof}. {@code ./trust} runs such tests and {@link
 * io.github.codebuddy2api.proofs.TrustReport} makes one report of all figures. Start at {@code Proof}.
 */
package io.github.codebuddy2api.proofs;
