package io.github.codebuddy2api.simulator;

import java.time.Clock;

/** What the endpoints share. */
record Parts(Options options, Refusals refusals, Triggers triggers, Tokens tokens, Catalogue catalogue) {
    static Parts of(Options options) {
        Clock clock = Clock.systemUTC();
        Refusals refusals = new Refusals(clock);
        Triggers triggers = new Triggers(refusals);
        Tokens tokens = new Tokens(clock, options, refusals, triggers);
        return new Parts(options, refusals, triggers, tokens, new Catalogue(options.site()));
    }
}
