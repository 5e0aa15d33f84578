package io.github.codebuddy2api.core.credential;

/** What a credential is sent to rest for. */
public enum RestCause {
    /** Too many requests. */
    LIMIT,
    /** No credits. */
    QUOTA,
    /** Not accepted, which may pass, or which new tokens may cure. */
    REJECTED,
    /** Not accepted until somebody logs in. */
    REVOKED,
    /** The account does not have the model. */
    MODEL,
    /** Trouble that may be the upstream's. */
    TROUBLE
}
