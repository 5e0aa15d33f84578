package io.github.codebuddy2api.codebuddy;

import io.github.codebuddy2api.codebuddy.ServiceCalls.Call;
import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.Secret;
import io.github.codebuddy2api.core.credential.Account;
import io.github.codebuddy2api.core.login.LoginRefusal;
import io.github.codebuddy2api.core.login.LoginStep;
import io.github.codebuddy2api.core.spi.LoginProvider;
import io.github.codebuddy2api.core.spi.Time;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Logs people in: a state is issued, its page shown to the person, and asked for until it is decided (protocol sheet, 2). */
final class CodeBuddyLogin implements LoginProvider {
    /** The person has not finished yet (2.3). */
    private static final Set<String> PENDING = Set.of("11217", "10008");

    /** The account is still being prepared (2.5). */
    private static final String PREPARING = "12151";

    private static final Pattern STATE = Pattern.compile("[!-~]{1,512}");
    /** An address in which nothing is hidden from the person who looks at it. */
    private static final Pattern PAGE = Pattern.compile("[!-~]{1,4096}");

    private final ServiceCalls calls;
    private final ServiceFailures failures;
    private final RequestIds ids;
    private final Time time;

    CodeBuddyLogin(ServiceCalls calls, ServiceFailures failures, RequestIds ids, Time time) {
        this.calls = calls;
        this.failures = failures;
        this.ids = ids;
        this.time = time;
    }

    @Override
    public LoginStep.AwaitingPerson start() {
        CodeBuddyOptions now = calls.options();
        String nonce = ids.nonce();
        Call call = Call.post(Endpoint.LOGIN_START, calls.headers().ofNobody(now), "{\"nonce\":\"" + nonce + "\"}");
        Reply reply = calls.send(call.with("?platform=" + now.services().platform() + "&nonce=" + nonce), now);
        if (!reply.isSuccess()) {
            throw failures.ofNobody(reply);
        }
        return new LoginStep.AwaitingPerson(state(reply.data()), page(reply.data(), now));
    }

    private static Secret state(JsonNode data) {
        String state = data.path("state").isString() ? data.path("state").stringValue() : "";
        if (!STATE.matcher(state).matches()) {
            throw UpstreamGarbled.signInPage("The upstream began a login without a usable state.");
        }
        return Secret.of(state);
    }

    private static URI page(JsonNode data, CodeBuddyOptions now) {
        for (String name : List.of("authUrl", "auth_url", "url")) {
            JsonNode value = data.path(name);
            if (value.isString() && !value.stringValue().isEmpty()) {
                return checked(value.stringValue(), now);
            }
        }
        throw UpstreamGarbled.signInPage("The upstream began a login without a page to sign in at.");
    }

    private static URI checked(String text, CodeBuddyOptions now) {
        if (PAGE.matcher(text).matches()) {
            try {
                URI page = new URI(text);
                if (Origins.isSignInSite(page, now)) {
                    return page;
                }
            } catch (URISyntaxException noAddress) {
                // Its message quotes the address, and with it the state.
            }
        }
        throw UpstreamGarbled.signInPage("The upstream's sign-in page is not on a site that is allowed:"
                + " if you trust its site, add it to the allowed ones.");
    }

    @Override
    public LoginStep advance(LoginStep.Pending step) {
        return switch (step) {
            case LoginStep.AwaitingPerson person -> tokens(person);
            case LoginStep.AwaitingAccount account -> account(account);
            case LoginStep.AwaitingChoices choices -> choices(choices);
        };
    }

    private LoginStep tokens(LoginStep.AwaitingPerson step) {
        CodeBuddyOptions now = calls.options();
        Call call = Call.get(Endpoint.LOGIN_TOKEN, calls.headers().ofNobody(now));
        Reply reply = calls.send(call.with(query(step.state())), now);
        if (PENDING.contains(reply.code())) {
            return step;
        }
        if (reply.isSuccess()) {
            return signedIn(step, reply);
        }
        LoginStep.Refused refused = refusal(reply);
        if (refused == null) {
            throw failures.ofNobody(reply);
        }
        return refused;
    }

    /** A success spends the state, so one without usable tokens is the end: asking again could only be refused. */
    private LoginStep signedIn(LoginStep.AwaitingPerson step, Reply reply) {
        try {
            TokenReply tokens = TokenReply.of(reply.data(), time.instant());
            return new LoginStep.AwaitingAccount(step.state(), tokens.tokens(), tokens.account());
        } catch (UpstreamGarbled unusable) {
            return new LoginStep.Refused(LoginRefusal.UNKNOWN);
        }
    }

    private LoginStep account(LoginStep.AwaitingAccount step) {
        CodeBuddyOptions now = calls.options();
        Call call = Call.get(Endpoint.LOGIN_ACCOUNT, calls.headers().ofAccount(now, step.tokens(), step.known()));
        Reply reply = calls.send(call.with(query(step.state())), now);
        if (reply.code().equals(PREPARING)) {
            return step;
        }
        if (reply.isSuccess()) {
            Account account = AccountReply.of(reply.data(), step.known());
            if (account == null) {
                throw ServiceFailures.incomplete("the account's id");
            }
            return new LoginStep.AwaitingChoices(step.tokens(), account);
        }
        LoginStep.Refused refused = refusal(reply);
        if (refused == null) {
            throw failures.of(reply);
        }
        return refused;
    }

    /** Any status but 200 means that the list is not ready; an account whose list is refused is an account all the same. */
    private LoginStep choices(LoginStep.AwaitingChoices step) {
        CodeBuddyOptions now = calls.options();
        Reply reply = calls.send(
                Call.get(Endpoint.ACCOUNTS, calls.headers().ofAccount(now, step.tokens(), step.account())), now);
        if (!reply.isOk() || reply.code().equals(PREPARING)) {
            return step;
        }
        if (!reply.isEnvelope()) {
            throw failures.of(reply);
        }
        List<Account> choices = reply.isSuccess() ? AccountReply.usable(reply.data(), step.account()) : List.of();
        return new LoginStep.Complete(step.tokens(), step.account(), choices);
    }

    private static String query(Secret state) {
        return "?state=" + AccountHeaders.percentEncoded(state.reveal());
    }

    /** A refusal is one of the known codes with any status, or any other code that is said with all due form. */
    private static LoginStep.@Nullable Refused refusal(Reply reply) {
        LoginRefusal known = ServiceFailures.refusal(reply);
        if (known != null) {
            return new LoginStep.Refused(known);
        }
        return reply.isOk() && reply.isEnvelope() && !reply.isSuccess()
                ? new LoginStep.Refused(LoginRefusal.UNKNOWN)
                : null;
    }
}
