package io.github.codebuddy2api.core.canary;

import io.github.codebuddy2api.core.Secret;
import java.util.function.Function;

/** A place that has no business with secrets. */
public final class ShowsASecret {
    /** By a call. */
    public String called(Secret secret) {
        return secret.reveal();
    }

    /** By a method reference, which a careless rule does not see. */
    public Function<Secret, String> referred() {
        return Secret::reveal;
    }
}
