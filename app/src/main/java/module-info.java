import org.jspecify.annotations.NullMarked;

/** The service. */
@NullMarked
module io.github.codebuddy2api.app {
    requires io.github.codebuddy2api.core;
    requires io.github.codebuddy2api.codebuddy;
    requires io.github.codebuddy2api.filestore;
    requires io.github.codebuddy2api.frontend;
    requires io.github.codebuddy2api.http;
    requires org.slf4j;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires kala.compress.compressors.bzip2;
    requires org.tukaani.xz;
    requires jdk.unsupported;
    requires static org.jspecify;
}
