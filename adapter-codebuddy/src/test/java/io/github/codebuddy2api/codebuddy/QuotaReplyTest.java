package io.github.codebuddy2api.codebuddy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codebuddy2api.core.GatewayException.UpstreamGarbled;
import io.github.codebuddy2api.core.quota.Quota;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaReplyTest {
    private static final Instant NOW = Instant.parse("2026-08-10T00:00:00Z");

    @Test
    void the_precise_amounts_of_the_cycle_count() {
        Quota quota = quota("""
                {"Status":0,"CapacitySize":9,"CapacityRemain":9,"CapacityUsed":9,"CycleCapacitySize":3000,
                "CycleCapacityRemain":1777,"CycleCapacityUsed":1223,"CycleCapacitySizePrecise":"3000",
                "CycleCapacityRemainPrecise":"1776.5","CycleCapacityUsedPrecise":"1223.5"}""");

        assertThat(quota.total()).isEqualByComparingTo("3000");
        assertThat(quota.remaining()).isEqualByComparingTo("1776.5");
        assertThat(quota.used()).isEqualByComparingTo("1223.5");
    }

    @Test
    void the_plain_amounts_of_the_cycle_are_good_enough() {
        Quota quota = quota("{\"Status\":0,\"CycleCapacitySize\":\"10\",\"CycleCapacityRemain\":2.5,"
                + "\"CycleCapacitySizePrecise\":\"\",\"CycleCapacityRemainPrecise\":null}");

        assertThat(quota.total()).isEqualByComparingTo("10");
        assertThat(quota.used()).isEqualByComparingTo("7.5");
    }

    @Test
    void one_missing_amount_follows_from_the_others() {
        assertThat(quota("{\"Status\":0,\"CycleCapacitySize\":10,\"CycleCapacityUsed\":12}")
                        .remaining())
                .isEqualByComparingTo("0");
        assertThat(quota("{\"Status\":0,\"CycleCapacityRemain\":10,\"CycleCapacityUsed\":12}")
                        .total())
                .isEqualByComparingTo("22");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Status\":0}",
                "{\"Status\":0,\"CapacitySize\":10,\"CapacityRemain\":10}",
                "{\"Status\":0,\"CycleCapacitySize\":\"1e999999999\",\"CycleCapacityRemain\":1}"
            })
    void amounts_that_are_missing_are_not_taken_for_nothing(String one) {
        assertThatThrownBy(() -> quota(one)).isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void packages_that_are_not_active_count_for_nothing() {
        Quota quota = quota("{\"Status\":3,\"CycleCapacitySize\":10,\"CycleCapacityRemain\":10},{\"Status\":null},{}");

        assertThat(quota.total()).isEqualByComparingTo("0");
        assertThat(quota.grants()).isEmpty();
    }

    @Test
    void the_cycle_that_ends_first_ends_first_and_ends_that_are_none_do_not_count() {
        Quota quota = quota(active("\"CycleEndTime\":\"2127-01-01 00:00:00\"")
                + "," + active("\"CycleEndTime\":\"2026-09-30 23:59:59\"")
                + "," + active("\"PackageEndTime\":\"2026-08-31 23:59:59\"")
                + "," + active("\"CycleEndTime\":\"soon\""));

        assertThat(quota.resetsAt()).hasToString("2026-08-31T15:59:59Z");
        assertThat(quota.grants().get(0).endsAt()).isNull();
        assertThat(quota.grants().get(3).endsAt()).isNull();
        assertThat(quota.total()).isEqualByComparingTo("20");
    }

    @Test
    void no_package_is_something_else_than_no_list() {
        assertThat(person("null")).isNull();
        assertThat(person("[]")).isNull();
        assertThatThrownBy(() -> person("{}")).isInstanceOf(UpstreamGarbled.class);
        assertThatThrownBy(() -> QuotaReply.ofPerson(Json.MAPPER.readTree("{}"), NOW))
                .isInstanceOf(UpstreamGarbled.class);
    }

    @Test
    void more_than_was_allowed_can_have_been_used() {
        Quota quota = QuotaReply.ofEnterprise(
                Json.MAPPER.readTree("{\"credit\":\"120\",\"limitNum\":100,\"cycleEndTime\":\"2026-08-31 23:59:59\"}"),
                NOW);

        assertThat(quota.remaining()).isEqualByComparingTo("0");
        assertThat(quota.used()).isEqualByComparingTo("120");
        assertThat(quota.resetsAt()).hasToString("2026-08-31T15:59:59Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"credit\":1}", "{\"limitNum\":1}", "{\"credit\":\"x\",\"limitNum\":1}", "[]"})
    void an_enterprise_without_amounts_tells_nothing(String data) {
        assertThatThrownBy(() -> QuotaReply.ofEnterprise(Json.MAPPER.readTree(data), NOW))
                .isInstanceOf(UpstreamGarbled.class);
    }

    private static String active(String member) {
        return "{\"Status\":0,\"PackageName\":\"p\",\"CycleCapacitySize\":5,\"CycleCapacityRemain\":5," + member + "}";
    }

    private static Quota quota(String packages) {
        Quota quota = person("[" + packages + "]");
        assertThat(quota).isNotNull();
        return quota;
    }

    private static @Nullable Quota person(String packages) {
        return QuotaReply.ofPerson(
                Json.MAPPER.readTree("{\"Response\":{\"Data\":{\"Accounts\":" + packages + "}}}"), NOW);
    }
}
