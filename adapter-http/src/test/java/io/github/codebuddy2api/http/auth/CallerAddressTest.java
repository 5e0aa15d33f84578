package io.github.codebuddy2api.http.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerAddressTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private static String of(String address, String... forwardedFor) throws UnknownHostException {
        return CallerAddress.of(InetAddress.getAllByName(address)[0], List.of(forwardedFor));
    }

    @Test
    void one_network_of_the_newer_protocol_is_one_address() throws Exception {
        String one = of("2001:db8:1:2::1");

        assertThat(of("2001:db8:1:2:ffff::9")).isEqualTo(one);
        assertThat(of("2001:db8:1:3::1")).isNotEqualTo(one);
        assertThat(of("192.0.2.1")).isEqualTo("192.0.2.1");
    }

    @Test
    void behind_a_proxy_on_this_machine_callers_are_told_apart_by_what_it_added() throws Exception {
        String one = CallerAddress.of(HERE, List.of("198.51.100.7, 192.0.2.1"));

        assertThat(CallerAddress.of(HERE, List.of("192.0.2.1"))).isEqualTo(one);
        assertThat(CallerAddress.of(HERE, List.of("192.0.2.2", "192.0.2.1"))).isEqualTo(one);
        assertThat(CallerAddress.of(HERE, List.of("192.0.2.2"))).isNotEqualTo(one);
        assertThat(CallerAddress.of(HERE, List.of("2001:db8:1:2::1")))
                .isEqualTo(CallerAddress.of(HERE, List.of("2001:db8:1:2::2")));
        assertThat(CallerAddress.of(HERE, List.of())).isNotEqualTo(one);
    }

    @Test
    void nobody_else_chooses_what_he_is_counted_as() throws Exception {
        assertThat(of("192.0.2.1", "198.51.100.7")).isEqualTo(of("192.0.2.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "unknown", "localhost", "fade", "1.2.3", ":", "::1::2", "a,", "192.0.2.1:80", "1.2.3.4.5"})
    void what_is_no_address_counts_for_nothing(String text) {
        assertThat(CallerAddress.of(HERE, List.of(text))).isEqualTo(CallerAddress.of(HERE, List.of()));
    }
}
