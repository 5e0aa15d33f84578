package io.github.codebuddy2api.core.spi;

import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.credential.Credential;
import java.util.List;

/** The accounts a person may act for: his own and those of enterprises. Thread-safe; each call blocks its own thread. */
public interface AccountDirectory {
    /**
     * The accounts that can be switched to, the current one included.
     *
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream cannot tell
     */
    List<Account> accounts(Credential credential);

    /**
     * New tokens that act for {@code target} (protocol sheet, 2.7). The old ones may be used up by it.
     *
     * @return the same credential with other tokens and {@code target} as its account
     * @throws io.github.codebuddy2api.core.GatewayException if the upstream refused
     */
    Credential switchTo(Credential credential, Account target);
}
