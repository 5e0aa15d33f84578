package io.github.codebuddy2api.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptedCodingsTest {
    @ParameterizedTest
    @CsvSource({
        "'br', true, false",
        "'gzip, deflate, br', true, true",
        "'GZIP , BR', true, true",
        "'gzip;q=1.0, br;q=0', false, true",
        "'br;q=0.0, gzip; q=0.001', false, true",
        "'br;q=0.000', false, false",
        "'br;Q=0', false, false",
        "'br;q=x', false, false",
        "'br;q=0.0001', false, false",
        "'br; level=4', true, false",
        "'*', true, true",
        "'*;q=0', false, false",
        "'*;q=0, gzip', false, true",
        "'br;q=0, *', false, true",
        "'identity', false, false",
        "'brotli, xgzip', false, false",
        "',;=,', false, false",
        "'', false, false"
    })
    void what_is_named_is_taken_unless_its_weight_is_zero(String line, boolean brotli, boolean gzip) {
        AcceptedCodings accepted = AcceptedCodings.of(List.of(line));

        assertThat(accepted.include("br")).isEqualTo(brotli);
        assertThat(accepted.include("gzip")).isEqualTo(gzip);
    }

    @Test
    void without_the_header_nothing_is_encoded() {
        assertThat(AcceptedCodings.of(List.of()).include("gzip")).isFalse();
    }

    @Test
    void several_lines_count_together() {
        assertThat(AcceptedCodings.of(List.of("gzip", "br")).include("br")).isTrue();
    }
}
