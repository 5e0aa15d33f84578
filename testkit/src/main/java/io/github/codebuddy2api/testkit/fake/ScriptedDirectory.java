package io.github.codebuddy2api.testkit.fake;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import io.github.codebuddy2api.core.spi.AccountDirectory;
import io.github.codebuddy2api.testkit.fixture.Credentials;
import java.util.Arrays;
import java.util.List;

/** Accounts that can be switched to; who switches gets other tokens. Thread-safe. */
public final class ScriptedDirectory implements AccountDirectory {
    /** The accounts on offer. */
    public final ScriptedAnswers<List<Account>> lists;

    /** What switching is like, before the account is put in; other tokens at first. */
    public final ScriptedAnswers<Credential> switches = ScriptedAnswers.choosing(Credentials::refreshed);

    private ScriptedDirectory(List<Account> accounts) {
        this.lists = ScriptedAnswers.always(accounts);
    }

    /** A directory of these. */
    public static ScriptedDirectory of(Account... accounts) {
        return new ScriptedDirectory(Arrays.asList(accounts));
    }

    @Override
    public List<Account> accounts(Credential credential) {
        return lists.ask(credential);
    }

    @Override
    public Credential switchTo(Credential credential, Account target) {
        return switches.ask(credential).with(target);
    }
}
