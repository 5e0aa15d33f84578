package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the credential files of one directory. Only regular files directly inside count; nothing is followed, and what
 * could block when opened is not opened. Not thread-safe.
 */
final class CredentialDirectory {
    /** More files than this are not looked at: the first ones by name are. */
    static final int MAX_FILES = 10_000;

    /** Not a credential: where the original keeps its choices, and we ours. */
    static final String STATE_FILE = "manager_state.json";

    private static final int ID_LENGTH = 16;
    private static final int MAX_SHOWN = 100;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

    private final Path path;
    private final CredentialJson json = new CredentialJson();

    CredentialDirectory(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** One file as it was last read: a credential, a reason why not, or both when an older content is still in use. */
    record Seen(
            FileStamp stamp,
            boolean settled,
            @Nullable Credential credential,
            @Nullable SkippedFile skipped,
            boolean torn,
            Modes.Result mode) {}

    /** The files by name, in order, and whether there were more than are looked at. */
    record Listing(SortedMap<String, Path> files, boolean tooMany) {}

    Listing list() throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        boolean tooMany = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!isCandidate(name)) {
                    continue;
                }
                files.put(name, entry);
                if (files.size() > MAX_FILES) {
                    files.remove(files.lastKey());
                    tooMany = true;
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        }
        return new Listing(files, tooMany);
    }

    private static boolean isCandidate(String name) {
        return name.endsWith(".json") && !name.startsWith(".") && !name.equals(STATE_FILE);
    }

    /**
     * The file as it is now.
     *
     * @param before the file as it was last read, if it was
     * @return null if it has gone meanwhile; {@code before} if it cannot be asked
     */
    @Nullable Seen look(String name, Path file, @Nullable Seen before, Instant now) {
        FileStamp stamp;
        try {
            stamp = FileStamp.of(file);
        } catch (NoSuchFileException gone) {
            return null;
        } catch (IOException cannotBeAsked) {
            return before;
        }
        if (before != null && before.settled() && before.stamp().equals(stamp)) {
            return before;
        }
        try {
            Credential credential = content(name, file, stamp).credential();
            Modes.Result mode = Modes.tighten(file);
            FileStamp after = mode == Modes.Result.TIGHTENED ? FileStamp.of(file) : stamp;
            return new Seen(after, after.equals(stamp) && stamp.isSettled(now), credential, null, false, mode);
        } catch (NotCredential unusable) {
            String reason = String.valueOf(unusable.getMessage());
            return skipped(name, stamp, stamp.isSettled(now), before, reason, unusable.isTorn());
        } catch (IOException unreadable) {
            return skipped(name, stamp, false, before, "it cannot be read: " + DiskTrouble.of(unreadable), false);
        }
    }

    /** What a file holds: its whole object, and the credential that was found in it. */
    record Content(ObjectNode object, Credential credential) {}

    /**
     * What the file holds now.
     *
     * @throws NotCredential if it is not a file that may be read, or holds no credential
     */
    Content read(String name) throws IOException, NotCredential {
        Path file = path.resolve(name);
        return content(name, file, FileStamp.of(file));
    }

    private Content content(String name, Path file, FileStamp stamp) throws IOException, NotCredential {
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
            throw new NotCredential("its name has characters that cannot be shown");
        }
        switch (stamp.kind()) {
            case LINK -> throw new NotCredential("it is a link, and links are not followed");
            case SHARED_FILE -> throw new NotCredential("it is a hard link: the same file has another name elsewhere");
            case OTHER -> throw new NotCredential("it is not a regular file");
            case FILE -> {}
        }
        if (stamp.size() > CredentialJson.MAX_BYTES) {
            throw new NotCredential("it is larger than 1 MiB");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            bytes = in.readNBytes(CredentialJson.MAX_BYTES + 1);
        }
        ObjectNode object = json.read(bytes);
        return new Content(object, CredentialShape.read(new CredentialId(id(name)), name, object));
    }

    /** Another program may be in the middle of writing the file: what it held before stays in use. */
    private static Seen skipped(
            String name, FileStamp stamp, boolean settled, @Nullable Seen before, String reason, boolean torn) {
        Credential kept = before == null ? null : before.credential();
        String said = kept == null ? reason : reason + "; what it held before is still used";
        return new Seen(stamp, settled, kept, skippedFile(name, said), torn, Modes.Result.FINE);
    }

    /** How a file that is not used is told of. */
    static SkippedFile skippedFile(String name, String reason) {
        return new SkippedFile(shown(name), id(name), reason);
    }

    private static String shown(String name) {
        StringBuilder line = new StringBuilder();
        name.codePoints().limit(MAX_SHOWN).map(c -> isShowable(c) ? c : '?').forEach(line::appendCodePoint);
        return line.toString();
    }

    private static boolean isShowable(int c) {
        int type = Character.getType(c);
        return !Character.isISOControl(c)
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }

    /** Whether it is of the form that {@link #id} gives. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** A file's id: the first 16 hex digits of the SHA-256 of its name (protocol sheet, 10.2). */
    static String id(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
