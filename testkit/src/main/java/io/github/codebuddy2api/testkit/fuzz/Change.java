package io.github.codebuddy2api.testkit.fuzz;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Small random changes of inputs. */
final class Change {
    private static final int MOST_CHANGES = 6;
    private static final int SHOWN = 2_000;
    private static final String TELLING = "\0\n\r\t\"\\{}[]:,&*#%!|>-.@/?;='\u007f\u0080\u00ff";

    private Change() {}

    /** One of {@code corpus}, changed in a few places, no longer than {@code most}. */
    static byte[] of(List<byte[]> corpus, Random random, int most) {
        byte[] input = corpus.get(random.nextInt(corpus.size())).clone();
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            input = once(input, corpus, random);
        }
        return input.length > most ? Arrays.copyOf(input, most) : input;
    }

    private static byte[] once(byte[] input, List<byte[]> corpus, Random random) {
        int at = random.nextInt(input.length + 1);
        int until = at + random.nextInt(Math.min(16, input.length - at) + 1);
        byte[] between = switch (random.nextInt(5)) {
            case 0 -> new byte[] {(byte) random.nextInt(256)};
            case 1 -> new byte[] {(byte) TELLING.charAt(random.nextInt(TELLING.length()))};
            case 2 -> piece(corpus.get(random.nextInt(corpus.size())), random);
            case 3 -> repeated(input, at, until, 1 + random.nextInt(20));
            default -> new byte[0];
        };
        byte[] changed = Arrays.copyOf(input, at + between.length + input.length - until);
        System.arraycopy(between, 0, changed, at, between.length);
        System.arraycopy(input, until, changed, at + between.length, input.length - until);
        return changed;
    }

    private static byte[] piece(byte[] other, Random random) {
        int at = random.nextInt(other.length + 1);
        return Arrays.copyOfRange(other, at, at + random.nextInt(Math.min(64, other.length - at) + 1));
    }

    private static byte[] repeated(byte[] input, int from, int to, int times) {
        byte[] all = new byte[(to - from) * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = input[from + i % (to - from)];
        }
        return all;
    }

    /** An input as it can be copied out of a report. */
    static String shown(byte[] input) {
        return HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(SHOWN, input.length)));
    }
}
