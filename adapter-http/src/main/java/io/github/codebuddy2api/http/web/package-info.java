/** What every request has to keep to, and the routes that are not OpenAI's. */
package io.github.codebuddy2api.http.web;
