/** JSON text as bytes: checking what came ({@code JsonText}), writing what goes ({@code JsonBuffer}). */
package io.github.codebuddy2api.http.json;
