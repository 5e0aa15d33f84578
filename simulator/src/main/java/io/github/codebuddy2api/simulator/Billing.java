package io.github.codebuddy2api.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Quotas and the daily check-in. Thread-safe. */
final class Billing {
    private static final int PEOPLE = 100_000;
    private static final int DAILY_CREDIT = 100;

    private final Parts parts;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by the lock: how many days in a row each person has checked in, as far as this process knows.
    private final Map<String, Integer> checkedIn = new HashMap<>();

    Billing(Parts parts) {
        this.parts = parts;
    }

    Scenario answer(Request request) {
        if (request.header("User-Agent").isEmpty()) {
            return RefusalTriggers.edgePage(403);
        }
        String meter = request.path().substring(request.path().lastIndexOf('/') + 1);
        String token = request.accessToken();
        return switch (meter) {
            case "get-user-resource", "get-user-resource-summary" -> packages(token);
            case "get-enterprise-user-usage" ->
                Tokens.envelope(Json.object(
                        "credit", 40.25,
                        "limitNum", 100,
                        "cycleStartTime", "2026-08-01 00:00:00",
                        "cycleEndTime", "2026-08-31 23:59:59",
                        "cycleResetTime", "2026-09-01 00:00:00"));
            case "get-dosage-notify" ->
                Tokens.envelope(Json.object("dosageNotifyCode", 0, "dosageNotifyZh", "", "dosageNotifyEn", ""));
            case "get-user-request-usage" -> Tokens.envelope(Json.object("total", 0, "data", List.of()));
            case "checkin-activity-status" -> status(token);
            case "daily-checkin" -> claim(token);
            default -> Scenario.json(404, "{\"error_msg\":\"404 Route Not Found\"}");
        };
    }

    private static Scenario packages(String token) {
        if (token.contains("sim-no-accounts-key")) {
            return resources(Json.object("TotalCount", 0));
        }
        if (token.contains("sim-no-package")) {
            return resources(Json.object("TotalCount", 0, "TotalDosage", 0, "Accounts", null));
        }
        List<Json> two = List.of(onePackage("Monthly plan", 0, 4), onePackage("Gift not yet active", 3, 1));
        return resources(Json.object("TotalCount", 2, "TotalDosage", 6000, "Accounts", two));
    }

    private static Scenario resources(Json data) {
        return Tokens.envelope(Json.object("Response", Json.object("RequestId", "r-1", "Data", data)));
    }

    private static Json onePackage(String name, int status, int type) {
        return Json.object(
                "ResourceId",
                "res-" + status,
                "PackageCode",
                "TCACA_simulated_" + status,
                "PackageName",
                name,
                "Status",
                status,
                "CapacityType",
                type,
                "CapacitySize",
                3000,
                "CapacityRemain",
                3000,
                "CapacityUsed",
                0,
                "CycleCapacitySize",
                3000,
                "CycleCapacityRemain",
                1777,
                "CycleCapacityUsed",
                1223,
                "CycleCapacitySizePrecise",
                "3000",
                "CycleCapacityRemainPrecise",
                "1776.5",
                "CycleCapacityUsedPrecise",
                "1223.5",
                "CycleStartTime",
                "2026-08-01 00:00:00",
                "CycleEndTime",
                "2026-08-31 23:59:59",
                "ExpiredTime",
                "2127-01-01 00:00:00",
                "DeductionEndTime",
                1_788_192_000_000L);
    }

    private Scenario status(String token) {
        int days = days(token);
        return Tokens.envelope(Json.object(
                "active",
                !token.contains("sim-no-activity"),
                "today_checked_in",
                days > 0,
                "streak_days",
                days,
                "daily_credit",
                DAILY_CREDIT,
                "today_credit",
                days > 0 ? DAILY_CREDIT : 0,
                "is_streak_day",
                false,
                "next_streak_day",
                7,
                "streak_bonus_days",
                7,
                "streak_bonus_credit",
                300,
                "claim_button_text",
                "Check in"));
    }

    private Scenario claim(String token) {
        if (token.contains("sim-no-activity")) {
            return Scenario.json(400, "{\"code\":5200,\"msg\":\"activity not running\",\"requestId\":\"5151c0de\"}");
        }
        lock.lock();
        try {
            String person = parts.tokens().owner(token).uid();
            if (checkedIn.containsKey(person)) {
                return Scenario.json(400, "{\"code\":10001,\"msg\":\"今日已签到\",\"requestId\":\"5151c0de\"}");
            }
            if (checkedIn.size() < PEOPLE) {
                checkedIn.put(person, 1);
            }
        } finally {
            lock.unlock();
        }
        return Tokens.envelope(Json.object("credit", DAILY_CREDIT, "streak_days", 1, "is_streak_day", false));
    }

    private int days(String token) {
        lock.lock();
        try {
            return checkedIn.getOrDefault(parts.tokens().owner(token).uid(), 0);
        } finally {
            lock.unlock();
        }
    }
}
