import org.jspecify.annotations.NullMarked;

/** The OpenAI-compatible endpoint on Helidon SE. */
@NullMarked
module io.github.codebuddy2api.http {
    requires transitive io.github.codebuddy2api.core;
    requires io.helidon.webserver;
    requires tools.jackson.databind;
    requires static org.jspecify;
}
