package io.github.codebuddy2api.filestore;

import java.util.List;

/** The chat models of the China sites in 2026 (protocol sheet, 7.5), offered until the owner names his own. */
final class ChinaModels {
    static final List<String> LIST = List.of(
            "auto",
            "deepseek-v4-pro",
            "deepseek-v4-flash",
            "deepseek-v4.1-flash",
            "deepseek-v3-2-volc",
            "glm-5.3",
            "glm-5.3-flash",
            "glm-5.2",
            "glm-5.1",
            "glm-5.0",
            "glm-5.0-turbo",
            "glm-5v-turbo",
            "glm-4.7",
            "glm-4.6",
            "glm-4.6v",
            "kimi-k3-1",
            "kimi-k2.8-preview",
            "kimi-k2.7",
            "kimi-k2.6",
            "kimi-k2.5",
            "kimi-k2-thinking",
            "minimax-m3",
            "minimax-m2.7",
            "minimax-m2.5",
            "hy4-preview",
            "hy3",
            "hy3-x",
            "hunyuan-chat");

    private ChinaModels() {}
}
