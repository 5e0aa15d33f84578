package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.NewCredential.Origin;
import java.time.Instant;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names a new credential file may get, best first (surface contract, B.2). They are plain ASCII, never hidden, and
 * mean a file of the directory itself on every system.
 */
final class CredentialFileNames {
    private static final int TRIES = 20_000;
    private static final int MAX_USER = 20;
    private static final int MAX_WANTED = 100;
    private static final String SUFFIX = ".json";
    private static final Pattern OURS = Pattern.compile("codebuddy_.*\\.json", Pattern.DOTALL);
    private static final Pattern RESERVED =
            Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?", Pattern.CASE_INSENSITIVE);

    private CredentialFileNames() {}

    /** Whether a file of this name was most likely written by us or by the original. */
    static boolean isOurs(String name) {
        return OURS.matcher(name).matches();
    }

    /**
     * The names to try in this order.
     *
     * @param count how many credentials there are
     * @param used names that are not to be given again: whoever has seen what had one must not meet another under it
     */
    static Iterator<String> of(NewCredential credential, int count, Set<String> used, Instant now) {
        return names(credential, count, now)
                .filter(name -> !used.contains(name))
                .iterator();
    }

    private static Stream<String> names(NewCredential credential, int count, Instant now) {
        Optional<String> wanted = credential.wantedName().flatMap(CredentialFileNames::sanitized);
        if (wanted.isPresent()) {
            return numbered(wanted.get());
        }
        Optional<String> user = user(credential.account());
        boolean named =
                credential.origin() == Origin.LOGIN || (credential.origin() == Origin.IMPORT && user.isPresent());
        if (named) {
            return numbered("codebuddy_" + user.orElse("unknown") + "_" + now.getEpochSecond());
        }
        return IntStream.range(count + 1, count + 1 + TRIES).mapToObj(number -> "codebuddy_token_" + number + SUFFIX);
    }

    private static Stream<String> numbered(String stem) {
        return IntStream.range(1, TRIES).mapToObj(number -> stem + (number == 1 ? "" : "_" + number) + SUFFIX);
    }

    private static Optional<String> user(Account account) {
        return Stream.<@Nullable String>of(account.userId(), account.email(), account.uid())
                .filter(Objects::nonNull)
                .map(text -> kept(text, MAX_USER))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** The base name of what a person typed, without its {@code .json}; empty if nothing usable is left. */
    private static Optional<String> sanitized(String wanted) {
        String base = wanted.substring(Math.max(wanted.lastIndexOf('/'), wanted.lastIndexOf('\\')) + 1);
        String stem = base.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                ? base.substring(0, base.length() - SUFFIX.length())
                : base;
        String name = kept(stem, MAX_WANTED).replaceAll("^\\.+|\\.+$", "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        boolean taken =
                RESERVED.matcher(name).matches() || CredentialDirectory.STATE_FILE.equalsIgnoreCase(name + SUFFIX);
        return Optional.of(taken ? "codebuddy_" + name : name);
    }

    private static String kept(String text, int limit) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(c -> isKept((char) c)).limit(limit).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    private static boolean isKept(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
    }
}
