package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.login.LoginStep;

/** Where people log in. Thread-safe; each call blocks its own thread, asks the upstream once and holds no state. */
public interface LoginProvider {
    /**
     * Begins a login.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot be reached or answers what cannot be
     *     meant: a sign-in page on a site that is not allowed, for example
     */
    LoginStep.AwaitingPerson start();

    /**
     * Asks once how a login stands.
     *
     * @return the same step if nothing changed, else a later one
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream could not be asked; the step is still good
     */
    LoginStep advance(LoginStep.Pending step);
}
