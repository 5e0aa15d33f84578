package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.Credential;

/** Exchanges a refresh token for new tokens. Thread-safe; blocks its own thread and is cancelled by interrupting it. */
@FunctionalInterface
public interface TokenRefresher {
    /**
     * New tokens for {@code credential}, which has a refresh token. That token is used up by it. What the upstream does
     * not say anew is kept from the old ones (protocol sheet, 3).
     *
     * @return the same credential with other tokens
     * @throws io.github.codebuddy2api.core.GatewayException {@code CredentialRejected} with {@code needsLogin()} if the
     *     upstream refused for good, any other kind if trying again may help
     */
    Credential refresh(Credential credential);
}
