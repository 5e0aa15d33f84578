import org.jspecify.annotations.NullMarked;

/** A pretend CodeBuddy. */
@NullMarked
module io.github.codebuddy2api.simulator {
    requires static org.jspecify;
}
