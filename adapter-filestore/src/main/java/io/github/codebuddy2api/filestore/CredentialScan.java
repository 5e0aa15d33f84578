package io.github.codebuddy2api.filestore;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look at the credential directory changed; there is none when nothing changed. Safe to log.
 *
 * @param usable how many credentials there are now
 * @param newlySkipped the files that are skipped since this look, or for another reason than before
 * @param tightened how many files could be read by other users of the machine before this look, and cannot now
 * @param stillOpen how many files other users can read, and we may not change that
 * @param swept how many temporary files of ours were removed, which an earlier run left behind; only at the start
 * @param quarantined how many files of ours were moved to {@code .quarantine}, because they were torn; only at the start
 * @param trouble what is wrong with the directory as a whole; null if nothing is
 */
public record CredentialScan(
        int usable,
        List<SkippedFile> newlySkipped,
        int tightened,
        int stillOpen,
        int swept,
        int quarantined,
        @Nullable String trouble) {
    public CredentialScan {
        newlySkipped = List.copyOf(newlySkipped);
    }

    /** What is wrong with the directory as a whole, as a sentence without a full stop. */
    public Optional<String> directoryTrouble() {
        return Optional.ofNullable(trouble);
    }
}
