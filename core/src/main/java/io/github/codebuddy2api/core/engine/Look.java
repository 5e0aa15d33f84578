package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Considered;
import java.util.List;
import java.util.Optional;

/**
 * One look for a credential.
 *
 * @param lease the one to use; empty if none can be used now
 * @param busy whether one could be used if fewer requests used it
 * @param considered why each one was or was not chosen
 */
record Look(Optional<Lease> lease, boolean busy, List<Considered> considered) {}
