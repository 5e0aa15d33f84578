package io.github.codebuddy2api.filestore;

import io.github.codebuddy2api.core.GatewayException.InvalidRequest;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.core.credential.Tokens;
import io.github.codebuddy2api.filestore.CredentialJson.NotCredential;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the account out of another program's file: the official client's (protocol sheet, 10.5), or any credential file
 * this gateway reads. It is a single act; the file itself is neither kept nor looked at again. Thread-safe.
 */
public final class CredentialImport {
    /** What the owner must be told before he imports more than the access token. */
    public static final String WARNING = "The account's refresh token is shared with the program it came from. It works"
            + " only once: as soon as one of the two uses it, the other must log in again. Log in here instead, or"
            + " import the access token alone.";

    private static final CredentialId ANY = new CredentialId("import");

    private CredentialImport() {}

    /** What is taken over. */
    public enum Part {
        /** Everything; {@link #WARNING} applies. */
        ALL_TOKENS,
        /** What works until the access token ends, and disturbs nobody. */
        ACCESS_TOKEN
    }

    /**
     * The account in the file.
     *
     * @param fileName what the file is called, if that is known
     * @param content its bytes, at most 1 MiB
     * @throws InvalidRequest if there is none in it, or it is encrypted; the message says which and quotes nothing
     */
    public static NewCredential read(@Nullable String fileName, byte[] content, Part part) {
        if (fileName != null && fileName.toLowerCase(Locale.ROOT).endsWith(".logged-out")) {
            throw refused("its account was logged out there");
        }
        try {
            Credential found = CredentialShape.read(ANY, ANY.value(), new CredentialJson().read(content));
            Tokens tokens = found.tokens();
            return new NewCredential(
                    part == Part.ALL_TOKENS ? tokens : alone(tokens),
                    found.account(),
                    NewCredential.Origin.IMPORT,
                    null);
        } catch (NotCredential unusable) {
            throw refused(String.valueOf(unusable.getMessage()));
        }
    }

    private static Tokens alone(Tokens tokens) {
        return new Tokens(
                tokens.accessToken(),
                null,
                tokens.issuedAt(),
                tokens.expiresAt(),
                null,
                tokens.type(),
                tokens.scope(),
                tokens.sessionState());
    }

    private static InvalidRequest refused(String reason) {
        return InvalidRequest.value("file", "The file cannot be imported: " + reason + ".");
    }
}
