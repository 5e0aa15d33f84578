package io.github.codebuddy2api.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static boolean javaReads(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void assertJudgedAlike(byte[] bytes, boolean isFine) {
        if (JsonText.firstFault(bytes) < 0 != isFine) {
            throw new AssertionError(HexFormat.of().formatHex(bytes) + " should be " + (isFine ? "fine" : "a fault"));
        }
    }

    @Test
    void every_sequence_of_two_and_three_bytes_is_judged_as_java_judges_it() {
        byte[] two = new byte[2];
        byte[] three = new byte[3];
        for (int a = 0x80; a < 0x100; a++) {
            for (int b = 0; b < 0x100; b += b < 0x70 || b > 0xc4 ? 16 : 1) {
                two[0] = (byte) a;
                two[1] = (byte) (b == '\\' ? 'x' : b);
                assertJudgedAlike(two, javaReads(two));
                for (int c = 0x7e; c < 0xc4; c++) {
                    three[0] = two[0];
                    three[1] = two[1];
                    three[2] = (byte) c;
                    boolean isByteOrderMark = a == 0xef && b == 0xbb && c == 0xbf;
                    assertJudgedAlike(three, javaReads(three) && !isByteOrderMark);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void random_bytes_are_judged_as_java_judges_them(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(24)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? 0x80 + random.nextInt(0x80) : 'a' + random.nextInt(20));
            }
            assertJudgedAlike(bytes, javaReads(bytes));
        }
    }

    @Test
    void the_place_of_the_fault_is_told() {
        byte[] bytes = "{\"key\":\"0123456789 \\ud800 \"}".getBytes(UTF_8);

        assertThat(JsonText.firstFault(bytes)).isEqualTo(19);
    }

    @Test
    void whole_pairs_and_other_escapes_pass() {
        for (String text :
                new String[] {"\\ud83d\\ude00", "\\\\ud800", "\\n\\u0041\\", "\\u00", "\\ud83d\\ude00\\uzzzz"}) {
            assertThat(JsonText.firstFault(text.getBytes(UTF_8))).as(text).isNegative();
        }
    }
}
