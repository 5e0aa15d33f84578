package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderTest {
    private static final int SMALL = 1024;

    static List<String> recorded() {
        return Streams.RECORDED;
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_recorded_stream_gives_its_data_lines(String name) {
        byte[] bytes = Streams.bytes(name);

        if (!name.equals("every-framing")) {
            assertThat(Streams.events(new Pieces(bytes)))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isEmpty())
                            .map(line -> line.substring("data: ".length()))
                            .toList());
        } else {
            assertThat(Streams.events(new Pieces(bytes))).hasSize(3).last().isEqualTo("[DONE]");
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void line_ends_and_a_byte_order_mark_make_no_difference(String name) {
        byte[] bytes = Streams.bytes(name);
        List<String> events = Streams.events(new Pieces(bytes));

        for (String lineEnd : List.of("\n", "\r\n", "\r")) {
            byte[] ended = Streams.withLineEnds(bytes, lineEnd);
            for (byte[] variant : List.of(ended, Streams.utf8("\uFEFF" + new String(ended, StandardCharsets.UTF_8)))) {
                assertThat(Streams.events(new Pieces(variant))).isEqualTo(events);
                int[] everywhere = IntStream.range(0, variant.length).toArray();
                assertThat(Streams.events(new Pieces(variant, everywhere))).isEqualTo(events);
                for (int cut = 0; cut <= variant.length; cut++) {
                    assertThat(Streams.events(new Pieces(variant, cut))).isEqualTo(events);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void a_cut_at_any_two_places_makes_no_difference(String name) throws IOException {
        // Without members that only make every run longer: the number of pairs grows with the square.
        byte[] bytes = Streams.utf8(new String(Streams.bytes(name), StandardCharsets.UTF_8)
                .replaceAll("\"object\":.*?\"model\":\".*?\",", ""));
        long expected = fold(new SseDecoder(new Pieces(bytes), SMALL * SMALL));

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                long seen = fold(new SseDecoder(new Pieces(bytes, first, second), SMALL * SMALL));
                if (seen != expected) {
                    assertThat(Streams.events(new Pieces(bytes, first, second)))
                            .as("cut at %d and %d", first, second)
                            .isEqualTo(Streams.events(new Pieces(bytes)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void every_framing_with_any_line_end_survives_a_cut_at_any_two_places(String lineEnd) throws IOException {
        String text = "\uFEFF" + new String(Streams.bytes("every-framing"), StandardCharsets.UTF_8);
        byte[] bytes = Streams.withLineEnds(Streams.utf8(text), lineEnd);
        long expected = fold(new SseDecoder(new Pieces(Streams.bytes("every-framing")), SMALL));

        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                assertThat(fold(new SseDecoder(new Pieces(bytes, first, second), SMALL)))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(expected);
            }
        }
    }

    /** A sum instead of the texts, because it is made millions of times. */
    private static long fold(SseDecoder decoder) throws IOException {
        CRC32 sum = new CRC32();
        for (SseEvent event = decoder.next(); event != null; event = decoder.next()) {
            sum.update(event.bytes, event.offset, event.length);
            sum.update('|');
        }
        return sum.getValue();
    }

    @Test
    void comments_and_other_fields_say_nothing() {
        assertThat(events(": ping\n\nevent: x\nid: 7\nretry: 9\ndatabase: 1\ndata\ndata: {}\n\n:\n\n"))
                .containsExactly("{}");
    }

    @Test
    void one_space_after_the_colon_is_no_data_and_the_next_one_is() {
        assertThat(events("data:{}\ndata: {}\ndata:  {}\n")).containsExactly("{}", "{}", " {}");
    }

    @Test
    void lines_with_a_document_each_are_events_and_an_unfinished_one_goes_on_in_the_next_line() {
        assertThat(events("data: {\"a\":1}\ndata: {\"b\":\ndata: 2}\ndata: {\"c\":3}\n\n"))
                .containsExactly("{\"a\":1}", "{\"b\":\n2}", "{\"c\":3}");
    }

    @Test
    void brackets_in_strings_do_not_count() {
        assertThat(events("data: {\"a\":\"}{\\\"{[\"}\ndata: {}\n")).containsExactly("{\"a\":\"}{\\\"{[\"}", "{}");
    }

    @Test
    void an_empty_line_ends_an_event_even_if_its_document_is_not_whole() {
        assertThat(events("data: {\"a\":\n\ndata: {}\n\n")).containsExactly("{\"a\":", "{}");
    }

    @Test
    void empty_data_is_no_event() {
        assertThat(events("data:\ndata: \n\ndata: {}\n\n")).containsExactly("{}");
    }

    @Test
    void the_end_mark_is_one_only_as_the_whole_data() throws IOException {
        SseDecoder decoder = decoder("data: {\"a\":\"[DONE]\"}\n\ndata: \"[DONE]\"\n\ndata: [DONE]\n\n");

        assertThat(decoder.next().isDone()).isFalse();
        assertThat(decoder.next().isDone()).isFalse();
        assertThat(decoder.next().isDone()).isTrue();
        assertThat(decoder.next()).isNull();
        assertThat(decoder.next()).isNull();
    }

    @Test
    void a_last_line_without_an_end_counts_if_its_document_is_whole() {
        assertThat(events("data: {}\n\ndata: {\"a\":1}")).containsExactly("{}", "{\"a\":1}");
        assertThat(events("data: {}\n\ndata: [DONE]")).containsExactly("{}", "[DONE]");
        assertThat(events("data: {}\n\ndata: {\"a\":1")).containsExactly("{}");
        assertThat(events("data: {}\n\ndata: [DON")).containsExactly("{}");
        assertThat(events("data: {\"a\":\ndata: 1")).isEmpty();
        assertThat(events("data: {\"a\":\ndata: 1}")).containsExactly("{\"a\":\n1}");
    }

    @Test
    void a_large_event_is_whole_and_the_buffer_shrinks_again() {
        String large = "{\"a\":\"" + "x".repeat(300_000) + "\"}";
        String many = "data: {}\n\ndata: " + large + "\n\ndata: {}\n\n";

        assertThat(Streams.events(new Pieces(
                        Streams.utf8(many),
                        IntStream.range(0, 3000).map(i -> i * 101).toArray())))
                .containsExactly("{}", large, "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"a\":\"", "x", ": ", "data: "})
    void a_line_that_does_not_end_is_refused_at_the_limit(String start) {
        Endless endless = new Endless(Streams.utf8(start), Streams.utf8("y"));

        assertThatThrownBy(() -> Streams.events(new SseDecoder(endless, 100_000)))
                .isInstanceOf(UpstreamGarbled.class)
                .extracting(e -> ((UpstreamGarbled) e).code())
                .isEqualTo("upstream_event_too_large");
        assertThat(endless.given).isLessThan(300_000);
    }

    @Test
    void an_event_of_many_lines_is_refused_at_the_limit() {
        Endless endless = new Endless(Streams.utf8("data: {\n"), Streams.utf8("data:\ndata: 1,\n"));

        assertThatThrownBy(() -> Streams.events(new SseDecoder(endless, 100_000)))
                .isInstanceOf(UpstreamGarbled.class)
                .extracting(e -> ((UpstreamGarbled) e).code())
                .isEqualTo("upstream_event_too_large");
    }

    @Test
    void an_event_as_large_as_the_limit_passes_and_a_larger_one_does_not() {
        String fits = "{\"a\":\"" + "x".repeat(SMALL - 8) + "\"}";
        assertThat(Streams.events(new SseDecoder(new Pieces(Streams.utf8("data: " + fits + "\n")), SMALL)))
                .containsExactly(fits);

        assertThatThrownBy(
                        () -> Streams.events(new SseDecoder(new Pieces(Streams.utf8("data: " + fits + " \n")), SMALL)))
                .isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        for (int[] bad : List.of(
                new int[] {0xFF},
                new int[] {0x80},
                new int[] {0xC0, 0x80},
                new int[] {0xC3},
                new int[] {0xE2, 0x82},
                new int[] {0xE0, 0x80, 0x80},
                new int[] {0xED, 0xA0, 0x80},
                new int[] {0xF0, 0x80, 0x80, 0x80},
                new int[] {0xF4, 0x90, 0x80, 0x80},
                new int[] {0xF5, 0x80, 0x80, 0x80},
                new int[] {0xE2, 0x28, 0xA1})) {
            byte[] bytes = Streams.utf8("data: {\"a\":\"" + "?".repeat(bad.length) + "\"}\n\n");
            for (int i = 0; i < bad.length; i++) {
                bytes[12 + i] = (byte) bad[i];
            }
            assertThatThrownBy(() -> Streams.events(new Pieces(bytes)))
                    .as(Arrays.toString(bad))
                    .isInstanceOf(UpstreamGarbled.class)
                    .extracting(e -> ((UpstreamGarbled) e).code())
                    .isEqualTo("upstream_malformed");
        }
    }

    @Test
    void every_character_of_unicode_is_utf8() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            byte[] bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
            boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
            if (!surrogate && !Utf8.isValid(bytes, 0, bytes.length)) {
                throw new AssertionError("refused U+" + Integer.toHexString(c));
            }
        }
    }

    @Test
    void it_is_ready_as_soon_as_a_whole_event_is_at_hand_and_not_before() throws IOException {
        SseDecoder decoder = decoder("data: {\"a\":1}\n\n: ping\n\n");

        assertThat(decoder.ready()).isTrue();
        assertThat(decoder.ready()).isTrue();
        assertThat(decoder.next()).isNotNull();
        assertThat(decoder.ready()).as("a comment and what may follow").isFalse();
        assertThat(decoder.next()).isNull();
    }

    private static SseDecoder decoder(String text) {
        return new SseDecoder(new ByteArrayInputStream(Streams.utf8(text)), SMALL);
    }

    private static List<String> events(String text) {
        return Streams.events(new Pieces(Streams.utf8(text)));
    }

    /** A beginning, and then the same again and again. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] again;
        long given;

        Endless(byte[] start, byte[] again) {
            this.start = start;
            this.again = again;
        }

        @Override
        public int read() {
            long at = given++;
            return at < start.length ? start[(int) at] : again[(int) ((at - start.length) % again.length)];
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            for (int i = 0; i < length; i++) {
                into[offset + i] = (byte) read();
            }
            return length;
        }
    }
}
