/** What every request has to keep to, the room and the reading of its body, and the routes that are not OpenAI's. */
package io.github.codebuddy2api.http.web;
