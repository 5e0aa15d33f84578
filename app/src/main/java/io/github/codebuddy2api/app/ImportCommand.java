package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.NewCredential;
import io.github.codebuddy2api.filestore.CredentialImport;
import io.github.codebuddy2api.filestore.CredentialImport.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Takes the account of another program's file over, once, after saying what that means. */
final class ImportCommand {
    private static final int MAX_BYTES = 1 << 20;

    private final Credentials credentials;
    private final Terminal terminal;

    ImportCommand(Credentials credentials, Terminal terminal) {
        this.credentials = credentials;
        this.terminal = terminal;
    }

    /**
     * Stores the account that is in {@code file}.
     *
     * @param sure whether the person has agreed already
     * @return whether it is stored
     * @throws IOException if the file cannot be read
     * @throws io.github.codebuddy2api.core.GatewayException if there is no account in it, or it cannot be stored
     */
    boolean run(Path file, Part part, boolean sure) throws IOException {
        NewCredential found = CredentialImport.read(String.valueOf(file.getFileName()), content(file), part);
        if (found.tokens().refreshToken() != null && !agreed(sure)) {
            terminal.say("Nothing was imported.");
            return false;
        }
        terminal.say("Imported. " + StoredAccount.told(credentials.add(found)));
        return true;
    }

    /** One byte more than is allowed, so that too much is noticed. */
    private static byte[] content(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no file " + file + ".");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (IOException unreadable) {
            throw new IOException("The file cannot be read: see to its permissions.", unreadable);
        }
    }

    private boolean agreed(boolean sure) {
        terminal.say(CredentialImport.WARNING);
        if (sure) {
            return true;
        }
        Optional<String> answer = terminal.ask("Import it all the same? yes or no: ");
        if (answer.isEmpty()) {
            terminal.say("Nobody is here to agree: say --yes or --access-token-only.");
        }
        return answer.filter(word -> word.equalsIgnoreCase("yes") || word.equalsIgnoreCase("y"))
                .isPresent();
    }
}
