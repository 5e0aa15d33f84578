package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Small files that say which refreshes are under way. Each names the refresh token that is about to be used up by a
 * digest: a note about another token than the stored one is about a refresh that ended well. Not thread-safe.
 */
final class RefreshNotes {
    private static final String PREFIX = ".refreshing_";
    private static final int MAX_BYTES = 64;

    private final Disk disk;
    private final AtomicFile writer;

    RefreshNotes(Disk disk) {
        this.disk = disk;
        this.writer = new AtomicFile(disk);
    }

    /** Notes it for good. */
    void put(Path directory, Credential credential) {
        byte[] content = digest(credential).getBytes(StandardCharsets.UTF_8);
        writer.replace(file(directory, credential.id()), content, "The note of a refresh");
    }

    /** Takes the note away, if there is one. */
    void remove(Path directory, CredentialId id) {
        try {
            disk.delete(file(directory, id));
        } catch (IOException staysBehind) {
            // It names a token that is used up, so after the refresh it no longer says anything.
        }
    }

    /** What the notes say: ids, and the digests of the tokens. */
    Map<CredentialId, String> all(Path directory) {
        Map<CredentialId, String> notes = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                String id = String.valueOf(file.getFileName()).substring(PREFIX.length());
                if (CredentialDirectory.isId(id) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    notes.put(new CredentialId(id), content(file));
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // What cannot be read is not known of; the credentials beside it cannot be read then either.
        }
        return notes;
    }

    /** Whether the note is about the tokens that {@code stored} still has; one that says nothing might be. */
    static boolean isAbout(@Nullable String note, Credential stored) {
        return note != null && (note.isEmpty() || note.equals(digest(stored)));
    }

    private static String digest(Credential credential) {
        Secret refresh = credential.tokens().refreshToken();
        return CredentialDirectory.id(refresh == null ? credential.accessToken().reveal() : refresh.reveal());
    }

    /** Empty if it cannot be read. */
    private static String content(Path file) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static Path file(Path directory, CredentialId id) {
        return directory.resolve(PREFIX + id.value());
    }
}
