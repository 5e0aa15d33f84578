package io.github.codebuddy2api.core.api;

import io.github.codebuddy2api.core.login.LoginId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.StartedLogin;

/**
 * Logging accounts in. Thread-safe; each call blocks its own thread. A login belongs to whoever knows its id, ends after
 * its lifetime, and its outcome is told once. Tokens never leave by this port.
 */
public interface Logins {
    /**
     * Begins a login.
     *
     * @throws io.github.codebuddy2api.core.GatewayException {@code TooManyLogins} if as many as allowed are under way; any
     *     other kind if the upstream cannot begin one
     */
    StartedLogin start();

    /**
     * Asks how a login stands, and stores the credential when it is complete. Asked at once by several, one asks the
     * upstream and the others are told {@code TooSoon}.
     *
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if the credential could not be stored; ask again
     */
    LoginProgress poll(LoginId id);

    /**
     * Gives a login up.
     *
     * @return whether it was under way
     */
    boolean cancel(LoginId id);
}
