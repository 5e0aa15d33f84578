package io.github.codebuddy2api.app;

import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.core.api.Accounts;
import io.github.codebuddy2api.core.api.Credentials;
import io.github.codebuddy2api.core.api.Logins;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.CredentialId;
import io.github.codebuddy2api.core.login.LoginProgress;
import io.github.codebuddy2api.core.login.StartedLogin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A login at the command line: shows the link, waits until the person has signed in somewhere, stores the account. It
 * needs no browser here, and nothing is stored before everything is known.
 */
final class LoginCommand {
    private static final int MAX_QUESTIONS = 3;

    private final Logins logins;
    private final Accounts accounts;
    private final Credentials credentials;
    private final Terminal terminal;
    private final Pause pause;
    private String said = "";

    /** Waits. */
    interface Pause {
        void take(Duration length) throws InterruptedException;
    }

    LoginCommand(Logins logins, Accounts accounts, Credentials credentials, Terminal terminal, Pause pause) {
        this.logins = logins;
        this.accounts = accounts;
        this.credentials = credentials;
        this.terminal = terminal;
        this.pause = pause;
    }

    /**
     * Runs it to its end.
     *
     * @return whether the account is stored as the person wanted it
     * @throws GatewayException if no login could be begun, or it cannot go on; the message is for the person
     */
    boolean run() throws InterruptedException {
        StartedLogin login = logins.start();
        terminal.say("Open this page in any browser, on any machine, and sign in:");
        terminal.say("");
        terminal.say("  " + login.page());
        terminal.say("");
        say("Waiting for you to sign in. Ctrl-C gives up; nothing is stored then.");
        boolean over = false;
        try {
            Outcome outcome = await(login);
            over = true;
            return finish(outcome);
        } finally {
            if (!over) {
                logins.cancel(login.id());
            }
        }
    }

    /** How it ended: with an account, or with a sentence that says why not. */
    private sealed interface Outcome {
        record Stored(LoginProgress.LoggedIn account) implements Outcome {}

        record Failed(String message) implements Outcome {}
    }

    private Outcome await(StartedLogin login) throws InterruptedException {
        Duration wait = login.interval();
        while (true) {
            pause.take(wait);
            wait = login.interval();
            switch (poll(login)) {
                case LoginProgress.AwaitingPerson unchanged -> {}
                case LoginProgress.PreparingAccount signedIn ->
                    say("You have signed in. CodeBuddy is still preparing the account...");
                case LoginProgress.TooSoon early -> wait = early.pause();
                case LoginProgress.Disturbed disturbed -> say(disturbed.message() + " Trying on...");
                case LoginProgress.LoggedIn done -> {
                    return new Outcome.Stored(done);
                }
                case LoginProgress.Refused refused -> {
                    return new Outcome.Failed(refused.reason().message());
                }
                case LoginProgress.TimedOut late -> {
                    return new Outcome.Failed("Nobody signed in in time. Start again when you are ready.");
                }
                case LoginProgress.Unknown gone -> {
                    return new Outcome.Failed("This login is over already. Start again.");
                }
            }
        }
    }

    /** A full disk can be cleared while we wait, and the account is still to be had then. */
    private LoginProgress poll(StartedLogin login) {
        try {
            return logins.poll(login.id());
        } catch (GatewayException.StoreFailed notStored) {
            return new LoginProgress.Disturbed(notStored.getMessage());
        }
    }

    /** A line that is not repeated while nothing else is to be said. */
    private void say(String line) {
        if (!line.equals(said)) {
            terminal.say(line);
            said = line;
        }
    }

    private boolean finish(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> {
                terminal.say("Not logged in: " + failed.message());
                yield false;
            }
            case Outcome.Stored stored -> {
                boolean switched = chooseAccount(stored.account());
                tellStored(stored.account().credential());
                yield switched;
            }
        };
    }

    private void tellStored(CredentialId id) {
        credentials.list().stream()
                .filter(view -> view.id().equals(id))
                .findFirst()
                .ifPresent(view -> terminal.say("Logged in. " + StoredAccount.told(view)));
    }

    /** Asks which account to use if there are several. Returns whether the one that is wanted is in use. */
    private boolean chooseAccount(LoginProgress.LoggedIn login) {
        List<Account> choices = login.choices();
        if (choices.size() < 2) {
            return true;
        }
        terminal.say("You can use several accounts:");
        for (int i = 0; i < choices.size(); i++) {
            Account choice = choices.get(i);
            String mark = choice.isSameAs(login.account()) ? " (in use)" : "";
            terminal.say("  " + (i + 1) + "  " + StoredAccount.kind(choice) + mark);
        }
        Optional<Account> wanted = ask(choices);
        if (wanted.isEmpty() || wanted.get().isSameAs(login.account())) {
            return true;
        }
        return switchTo(login.credential(), wanted.get());
    }

    private Optional<Account> ask(List<Account> choices) {
        for (int i = 0; i < MAX_QUESTIONS; i++) {
            Optional<String> answer = terminal.ask("Which one? Its number, or Enter to keep the one in use: ");
            if (answer.isEmpty()) {
                terminal.say("Nobody is here to choose: the one in use stays.");
                return Optional.empty();
            }
            if (answer.get().isEmpty()) {
                return Optional.empty();
            }
            Optional<Account> chosen = numbered(answer.get(), choices);
            if (chosen.isPresent()) {
                return chosen;
            }
        }
        terminal.say("The one in use stays.");
        return Optional.empty();
    }

    private static Optional<Account> numbered(String answer, List<Account> choices) {
        try {
            int number = Integer.parseInt(answer);
            return number >= 1 && number <= choices.size() ? Optional.of(choices.get(number - 1)) : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    private boolean switchTo(CredentialId id, Account wanted) {
        try {
            accounts.switchTo(id, wanted);
            return true;
        } catch (GatewayException refused) {
            terminal.say("The account could not be changed: " + refused.getMessage() + " The one in use stays.");
            return false;
        }
    }
}
