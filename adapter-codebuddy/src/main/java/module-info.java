import org.jspecify.annotations.NullMarked;

/** Speaks CodeBuddy's wire protocol. Start at {@link io.github.codebuddy2api.codebuddy.CodeBuddy}. */
@NullMarked
module io.github.codebuddy2api.codebuddy {
    requires transitive io.github.codebuddy2api.core;
    requires java.net.http;
    requires tools.jackson.databind;
    requires static org.jspecify;

    exports io.github.codebuddy2api.codebuddy;
}
