package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;

/**
 * One credential in the use of one request. Its holder gives it back to the pool with a {@link Verdict}, once.
 *
 * @param credential the credential as it was when leased; a refresh does not change it
 * @param model the model it is used for, since some limits are per model
 */
record Lease(Credential credential, String model) {}
