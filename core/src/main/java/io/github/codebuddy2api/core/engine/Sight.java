package io.github.codebuddy2api.core.engine;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.CredentialState;
import io.github.codebuddy2api.core.credential.CredentialView;
import io.github.codebuddy2api.core.credential.CredentialView.Refresh;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How credentials look to their owner at one moment. It lives as long as the pool's lock is held. */
record Sight(
        Rests rests, Set<CredentialId> disabled, @Nullable CredentialId pinned, Instant now) {
    CredentialView view(Credential credential, Refresh refresh) {
        boolean enabled = !disabled.contains(credential.id());
        return new CredentialView(
                credential.id(),
                credential.name(),
                credential.label(),
                credential.account(),
                enabled ? state(credential, refresh) : new CredentialState.Disabled(),
                credential.id().equals(pinned),
                enabled,
                CredentialView.Facts.of(credential.tokens(), now),
                refresh);
    }

    private CredentialState state(Credential credential, Refresh refresh) {
        if (credential.isExpired(now)) {
            return refresh == Refresh.REFUSED
                    ? new CredentialState.NeedsLogin()
                    : new CredentialState.Expired(credential.isRefreshable());
        }
        return rests.ofAll(credential, now)
                .<CredentialState>map(rest -> rest.until() == null
                        ? new CredentialState.NeedsLogin()
                        : new CredentialState.CoolingDown(rest.until(), rest.code()))
                .orElseGet(CredentialState.Ready::new);
    }
}
