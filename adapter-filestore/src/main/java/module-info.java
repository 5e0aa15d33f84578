import org.jspecify.annotations.NullMarked;

/** Settings and credentials in files. */
@NullMarked
module io.github.codebuddy2api.filestore {
    requires transitive io.github.codebuddy2api.core;
    requires tools.jackson.databind;
    requires org.snakeyaml.engine;
    requires static org.jspecify;

    exports io.github.codebuddy2api.filestore;
}
