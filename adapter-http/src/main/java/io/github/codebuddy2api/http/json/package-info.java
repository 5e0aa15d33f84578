/**
 * JSON text as bytes: checking and walking what came ({@code JsonText}, {@code JsonCursor}), writing what goes ({@code
 * JsonBuffer}); small objects as a whole are {@code JsonMembers} and {@code JsonObject}.
 */
package io.github.codebuddy2api.http.json;
