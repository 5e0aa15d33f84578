import org.jspecify.annotations.NullMarked;

/**
 * The OpenAI-compatible endpoint on Helidon SE. Start at {@link io.github.codebuddy2api.http.HttpAdapter}.
 */
@NullMarked
module io.github.codebuddy2api.http {
    requires transitive io.github.codebuddy2api.core;
    requires io.helidon.webserver;
    requires io.helidon.webserver.sse;
    requires io.helidon.common.context;
    requires io.helidon.common.task;
    requires tools.jackson.core;
    requires static org.jspecify;

    exports io.github.codebuddy2api.http;
}
