package io.github.codebuddy2api.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.Gateway;
import io.github.codebuddy2api.core.GatewayException;
import io.github.codebuddy2api.simulator.LoginOutcome;
import io.github.codebuddy2api.simulator.Options;
import io.github.codebuddy2api.simulator.SimulatedCodeBuddy;
import io.github.codebuddy2api.testkit.fake.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The login of the shell with everything real but the terminal, the passing of time and CodeBuddy. */
final class ShellLoginTest {
    private static final Pattern STATE = Pattern.compile("state=([^&\\s]+)");

    @TempDir
    Path home;

    private final ManualTime time = new ManualTime();
    private SimulatedCodeBuddy simulator;

    @BeforeEach
    void start() throws IOException {
        simulator = SimulatedCodeBuddy.start(Options.defaults().withPendingPolls(1_000));
        configure(simulator.uri());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void a_personal_account_is_stored_while_nobody_else_has_to_run() throws Exception {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(login(terminal, LoginOutcome.PERSONAL)).isTrue();

        assertThat(terminal.shown())
                .contains(simulator.uri().toString())
                .contains("Logged in. Stored as codebuddy_")
                .contains("personal account")
                .contains("renewed by itself");
        assertThat(stored()).hasSize(1).allMatch(name -> name.matches("codebuddy_.*\\.json"));
        assertThat(terminal.shown()).doesNotContain("eyJ");
    }

    @Test
    void an_enterprise_account_is_told_as_one() throws Exception {
        ScriptedTerminal terminal = new ScriptedTerminal("");

        assertThat(login(terminal, LoginOutcome.ENTERPRISE)).isTrue();

        assertThat(terminal.shown()).contains("You can use several accounts:").contains("enterprise account");
        assertThat(stored()).hasSize(1);
    }

    @Test
    void a_refusal_is_told_in_words_and_leaves_no_file() throws Exception {
        ScriptedTerminal terminal = new ScriptedTerminal();

        assertThat(login(terminal, LoginOutcome.NO_SEAT)).isFalse();

        assertThat(terminal.shown()).contains("Not logged in: Your enterprise has no free seat");
        assertThat(stored()).isEmpty();
    }

    @Test
    void nobody_signs_in_in_time() throws Exception {
        ScriptedTerminal terminal = new ScriptedTerminal();

        try (CommandGateway command = CommandGateway.open(home, time)) {
            assertThat(command(command.gateway(), terminal, time::advance).run())
                    .isFalse();
        }

        assertThat(terminal.shown()).contains("Not logged in: Nobody signed in in time.");
        assertThat(stored()).isEmpty();
    }

    @Test
    void a_site_that_cannot_be_reached_is_told_of_at_once() {
        simulator.close();

        try (CommandGateway command = CommandGateway.open(home, time)) {
            LoginCommand login = command(command.gateway(), new ScriptedTerminal(), time::advance);
            assertThatThrownBy(login::run).isInstanceOf(GatewayException.UpstreamUnavailable.class);
        }
    }

    private boolean login(ScriptedTerminal terminal, LoginOutcome outcome) throws Exception {
        try (CommandGateway command = CommandGateway.open(home, time)) {
            return command(command.gateway(), terminal, length -> {
                        Matcher link = STATE.matcher(terminal.shown());
                        assertThat(link.find()).isTrue();
                        simulator.decideLogin(link.group(1), outcome, "Li");
                        time.advance(length);
                    })
                    .run();
        }
    }

    private static LoginCommand command(Gateway gateway, Terminal terminal, LoginCommand.Pause pause) {
        return new LoginCommand(gateway.logins(), gateway.accounts(), gateway.credentials(), terminal, pause);
    }

    private void configure(URI upstream) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("config")).resolve("config.yaml"), """
                codebuddy: {api_endpoint: "%s", allowed_endpoints: ["%s"]}
                """.formatted(
                        upstream, upstream));
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve(".codebuddy_creds"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json") && !name.equals("manager_state.json"))
                    .toList();
        }
    }
}
