package io.github.codebuddy2api.proofs;

/** What the product promises. Each can be tested, and each has a figure that shows how far it was. */
public enum Promise {
    P1(
            "A save either happened or did not: no file is ever torn, empty or lost",
            "0 bad files after 10,000 kill -9, and at every system call of a save"),
    P2(
            "The same when the power fails: unsynced bytes dropped, writes torn or reordered",
            "0 lost at 1,000,000 crash points, seeds listed"),
    P3(
            "Disk full, failing or read-only: the old file stays, the caller is told, memory and disk agree",
            "3 faults × 5 files × 3 steps: 0 divergences"),
    P4(
            "When the caller leaves, the upstream request is cancelled, whatever the phase",
            "6 phases × 1,000: 0 leaked, upstream closed within 100 ms (p99)"),
    P5(
            "A cut-off upstream answer is never presented as a finished one",
            "every cut offset × 5 clients: 0 silent truncations"),
    P6("A whole upstream answer is never presented as a failure", "0 false errors"),
    P7(
            "Nothing is asked twice after the first byte went out; before that, at most once per account",
            "0 duplicate generations in 100,000 faults"),
    P8(
            "Text and tool arguments are exactly the upstream's, however the bytes arrive",
            "1,000,000 random re-chunkings: 0 differences"),
    P9(
            "One refresh per account at a time, stored before use; a refused one deletes nothing",
            "1,000 callers at expiry: 1 refresh, 0 reuses, 0 deletions"),
    P10(
            "A slow, stalled or hostile caller does not slow down the others",
            "500 stalled + 500 slow callers: p99 of the others within 10 % of alone"),
    P11("Memory is bounded, whatever is sent", "whole matrix under -Xmx256m: 0 out of memory"),
    P12(
            "A broken file at start never stops the service, and is never deleted",
            "1,000 mutated files: the good accounts serve, the bad files are listed"),
    P13(
            "A change of settings applies whole or not at all, and never touches a running stream",
            "0 mixed settings in 1,000,000 reads; at most 1 reload per second"),
    P14(
            "Changes made at the same time behave as if made one after the other",
            "0 anomalies; a stale view is refused with 409"),
    P15(
            "Told to stop, the service ends every stream properly and then itself",
            "200 streams: 0 without a last event; exit within 30 s"),
    P16("No secret is in any response, log, error or file but its own", "0 canaries found"),
    P17("Without a usable password nothing protected answers", "0 open routes in every way to start"),
    P18("No web page of another origin can use the service, on loopback neither", "0 attempts reach a handler"),
    P19(
            "Guessing is hopeless, and cannot lock the owner out for long",
            "at most 10 guesses checked per minute and address, 60 over all; owner back within 60 s"),
    P20("How long a check takes tells nothing about the password", "|t| < 4.5 over 1,000,000 samples"),
    P21(
            "Only allowed HTTPS hosts ever get a token; redirects are not followed, certificates are checked",
            "0 tokens at the sink"),
    P22("No request can be smuggled or split, alone or behind nginx or HAProxy", "0 desyncs, 0 hangs"),
    P23("Every error of every route is OpenAI's envelope, with a request id", "100 % of the error responses valid"),
    P24(
            "No carrier thread is pinned; no thread, socket or file leaks",
            "1,000,000 requests, 10 % faults: 0 pinned, slopes 0"),
    P25("Parsers survive anything", "0 open findings of the fuzzer"),
    P26(
            "A release can be checked: list of its parts, identical rebuild, every advisory explained",
            "byte-identical rebuild, 0 unexplained advisories"),
    P27("These figures come from one command in a clean clone", "./trust");

    private final String text;
    private final String asked;

    Promise(String text, String asked) {
        this.text = text;
        this.asked = asked;
    }

    /** The promise in one sentence. */
    public String text() {
        return text;
    }

    /** The figure that would show it in full. */
    public String asked() {
        return asked;
    }
}
