import org.jspecify.annotations.NullMarked;

/** Contracts every port must keep, and fakes that keep them. For tests only. */
@NullMarked
module io.github.codebuddy2api.testkit {
    requires transitive io.github.codebuddy2api.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires static org.jspecify;
}
