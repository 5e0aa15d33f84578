package io.github.codebuddy2api.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks what a JSON parser lets pass: that text is UTF-8 without a byte order mark, and that no escape names half a
 * character. One pass, without a copy.
 */
final class JsonText {
    /** What {@link #firstFault} says of good text. */
    static final int FINE = -1;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;
    private static final long BACKSLASHES = ONES * '\\';

    private final byte[] text;

    private JsonText(byte[] text) {
        this.text = text;
    }

    /** Where the first fault is, or {@link #FINE}. */
    static int firstFault(byte[] text) {
        return new JsonText(text).firstFault();
    }

    private int firstFault() {
        if (text.length >= 3 && at(0) == 0xef && at(1) == 0xbb && at(2) == 0xbf) {
            return 0;
        }
        int i = 0;
        while (i < text.length) {
            int next = step(i);
            if (next <= i) {
                return i;
            }
            i = next;
        }
        return FINE;
    }

    /** Where to go on after {@code i}; not beyond {@code i} if there is a fault. */
    private int step(int i) {
        if (i + Long.BYTES <= text.length && isPlain((long) EIGHT.get(text, i))) {
            return i + Long.BYTES;
        }
        int b = at(i);
        if (b == '\\') {
            return afterEscape(i);
        }
        return b < 0x80 ? i + 1 : afterSequence(i, b);
    }

    /** Whether all eight bytes are ASCII and none is a backslash. */
    private static boolean isPlain(long eight) {
        long backslash = eight ^ BACKSLASHES;
        return ((eight | backslash - ONES & ~backslash) & HIGH_BITS) == 0;
    }

    private int afterSequence(int i, int first) {
        if (first >= 0xc2 && first <= 0xdf) {
            return continues(i + 1, 0x80, 0xbf) ? i + 2 : i;
        }
        if (first >= 0xe0 && first <= 0xef) {
            int low = first == 0xe0 ? 0xa0 : 0x80;
            int high = first == 0xed ? 0x9f : 0xbf;
            return continues(i + 1, low, high) && continues(i + 2, 0x80, 0xbf) ? i + 3 : i;
        }
        if (first >= 0xf0 && first <= 0xf4) {
            int low = first == 0xf0 ? 0x90 : 0x80;
            int high = first == 0xf4 ? 0x8f : 0xbf;
            return continues(i + 1, low, high) && continues(i + 2, 0x80, 0xbf) && continues(i + 3, 0x80, 0xbf)
                    ? i + 4
                    : i;
        }
        return i;
    }

    private boolean continues(int i, int low, int high) {
        return i < text.length && at(i) >= low && at(i) <= high;
    }

    /** A broken escape is left to the parser; only half a surrogate pair is our business. */
    private int afterEscape(int i) {
        int unit = escapedUnit(i);
        if (unit < 0) {
            return i + 2;
        }
        if (Character.isHighSurrogate((char) unit)) {
            int second = escapedUnit(i + 6);
            return second >= 0 && Character.isLowSurrogate((char) second) ? i + 12 : i;
        }
        return Character.isLowSurrogate((char) unit) ? i : i + 6;
    }

    /** The UTF-16 unit of the escape at {@code i}; negative if there is none. */
    private int escapedUnit(int i) {
        if (i + 6 > text.length || at(i) != '\\' || at(i + 1) != 'u') {
            return -1;
        }
        int unit = 0;
        for (int j = i + 2; j < i + 6; j++) {
            int digit = Character.digit(at(j), 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private int at(int i) {
        return text[i] & 0xff;
    }
}
