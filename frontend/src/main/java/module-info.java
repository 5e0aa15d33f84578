import org.jspecify.annotations.NullMarked;

/** The admin page as files, for whoever serves it. */
@NullMarked
module io.github.codebuddy2api.frontend {
    requires static transitive org.jspecify;

    exports io.github.codebuddy2api.frontend;
}
