/**
 * The service as a program. {@link io.github.codebuddy2api.app.Main} reads the command line; {@link
 * io.github.codebuddy2api.app.Service} puts the parts together, and shows the whole program on one screen.
 */
package io.github.codebuddy2api.app;
