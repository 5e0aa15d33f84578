import org.jspecify.annotations.NullMarked;

/** Contracts every port must keep, fakes that keep them, and values to try them with. For tests only. */
@NullMarked
module io.github.codebuddy2api.testkit {
    requires transitive io.github.codebuddy2api.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires static org.jspecify;

    exports io.github.codebuddy2api.testkit.contract;
    exports io.github.codebuddy2api.testkit.fake;
    exports io.github.codebuddy2api.testkit.fixture;
    exports io.github.codebuddy2api.testkit.fuzz;
}
