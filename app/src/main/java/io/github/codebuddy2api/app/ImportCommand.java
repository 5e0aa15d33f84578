package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.credential.NewCredential;
import java.util.Optional;

/** Takes the account of another program's file over, once, after saying what that means. */
final class ImportCommand {
    private static final String WARNING = """
            The file's refresh token can be used once. After the import this service uses it, and the program that
            wrote the file has to log in again as soon as its own copy is refused; or the other way round. It is safer
            to log in here (codebuddy2api login), or to take the access token alone (--access-token-only), which ends
            in its time and is not renewed.""";

    private final Credentials credentials;
    private final Terminal terminal;

    ImportCommand(Credentials credentials, Terminal terminal) {
        this.credentials = credentials;
        this.terminal = terminal;
    }

    /**
     * Stores {@code found}.
     *
     * @param sure whether the person has agreed already
     * @return whether it is stored
     * @throws io.github.codebuddy2api.core.GatewayException.StoreFailed if it cannot be
     */
    boolean run(NewCredential found, boolean accessTokenOnly, boolean sure) {
        NewCredential taken = accessTokenOnly ? withoutRefreshToken(found) : found;
        if (taken.tokens().refreshToken() != null && !agreed(sure)) {
            terminal.say("Nothing was imported.");
            return false;
        }
        terminal.say("Imported. " + StoredAccount.told(credentials.add(taken)));
        return true;
    }

    private static NewCredential withoutRefreshToken(NewCredential found) {
        return new NewCredential(found.tokens().refreshedBy(null), found.account(), found.origin(), found.name());
    }

    private boolean agreed(boolean sure) {
        terminal.say(WARNING);
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
