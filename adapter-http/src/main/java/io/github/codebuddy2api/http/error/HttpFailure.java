package io.github.codebuddy2api.http.error;

/** A request that ends at the HTTP edge, before the gateway has heard of it. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient OpenAiError error;

    public HttpFailure(OpenAiError error) {
        super(error.code(), null, false, false);
        this.error = error;
    }

    /** What the caller is told. */
    public OpenAiError error() {
        return error;
    }
}
