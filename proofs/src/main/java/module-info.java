import org.jspecify.annotations.NullMarked;

/** What the product promises, and how a test puts the figure it found into the trust report. For tests only. */
@NullMarked
module io.github.codebuddy2api.proofs {
    requires static org.jspecify;

    exports io.github.codebuddy2api.proofs;
}
