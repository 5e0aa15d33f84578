import org.jspecify.annotations.NullMarked;

/**
 * The gateway without any framework: values, the ports around it, and (not exported) the engine between them.
 * Start at {@link io.github.codebuddy2api.core.Gateway}.
 */
@NullMarked
module io.github.codebuddy2api.core {
    requires static transitive org.jspecify;

    exports io.github.codebuddy2api.core;
    exports io.github.codebuddy2api.core.api;
    exports io.github.codebuddy2api.core.spi;
    exports io.github.codebuddy2api.core.chat;
    exports io.github.codebuddy2api.core.credential;
    exports io.github.codebuddy2api.core.settings;
    exports io.github.codebuddy2api.core.catalog;
    exports io.github.codebuddy2api.core.login;
    exports io.github.codebuddy2api.core.quota;
    exports io.github.codebuddy2api.core.usage;
}
