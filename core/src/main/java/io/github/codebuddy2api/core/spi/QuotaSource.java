package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.quota.CheckIn;
import io.github.codebuddy2api.core.quota.Quota;

/** What an account may still spend. Thread-safe; each call blocks its own thread. */
public interface QuotaSource {
    /**
     * What is left, personal or of the enterprise the credential is billed to.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot tell
     */
    Quota quota(Credential credential);

    /**
     * Whether today's check-in can be claimed. It claims nothing.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot tell
     */
    CheckIn checkInStatus(Credential credential);

    /**
     * Claims today's check-in. Call it only because the owner asked for it.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot be asked
     */
    CheckIn checkIn(Credential credential);
}
