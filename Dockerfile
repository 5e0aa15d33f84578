# Two stages: the build makes a folder with everything in it (deploy/image-steps); the image is that folder on a small base.
# Build it with ./run_docker_in_server.sh build, or: docker build -t codebuddy2api .
ARG JDK_IMAGE=eclipse-temurin:25-jdk-noble
ARG NODE_IMAGE=node:22-bookworm-slim
ARG BASE_IMAGE=debian:bookworm-slim

FROM ${NODE_IMAGE} AS node

FROM ${JDK_IMAGE} AS build
# The page is built with Node; the image that runs has none.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    ./mvnw --quiet --batch-mode --activate-profiles quick --projects app,simulator --also-make -Dmaven.test.skip=true -DskipTests package \
    && deploy/image-steps /opt/codebuddy2api

FROM ${BASE_IMAGE}
COPY --from=build /opt/codebuddy2api /opt/codebuddy2api
# The only places it writes to, besides /tmp; the root may be mounted read-only.
RUN ln -s /opt/codebuddy2api/bin/codebuddy2api /usr/local/bin/codebuddy2api \
    && install -d -m 0700 -o 1001 -g 1001 /app/config /app/.codebuddy_creds /app/logs
WORKDIR /app
USER 1001:1001
EXPOSE 8001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["codebuddy2api", "health"]
ENTRYPOINT ["codebuddy2api"]
CMD ["serve"]
# Last, so that a new commit alone does not rebuild what is above.
ARG CODEBUDDY2API_GIT_COMMIT_HASH=unknown
LABEL org.opencontainers.image.title="CodeBuddy2API" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="${CODEBUDDY2API_GIT_COMMIT_HASH}"
